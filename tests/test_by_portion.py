"""An edition is proved again by the portion that has changed; what is said is what a fresh build says."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from building import CONF, Built, build, files_that_differ
from revising import Revised

from apparatus.sphinxext.domain import domain_of

SEEDS = range(3)


def said(built: Built) -> list[str]:
    return [warning for warning in built.warnings if "[apparatus." in warning]


def was_proved_whole(built: Built) -> bool:
    return "_made" in vars(domain_of(built.app.env))


def differing(kept: Built, fresh: Built) -> list[str]:
    names = files_that_differ(kept.out.parent, fresh.out.parent)
    return [name for name in names if not name.startswith("doctrees/")]


def revise(seed: int, folder: Path, steps: int) -> None:
    """Revise an edition step by step, and half of the time only in some of its files."""
    edition, chance, source = Revised(seed), random.Random(seed), folder / "source"
    edition.write(source)
    build(source, folder / "kept")
    for step in range(steps):
        act = edition.revise()
        names = sorted(edition.files())
        edition.write(source, {*chance.sample(names, len(names) // 2)} if chance.random() < 0.5 else None)
        kept = build(source, folder / "kept", allow="any")
        fresh = build(source, folder / f"fresh{step}", allow="any")
        assert (act, said(kept), differing(kept, fresh)) == (act, said(fresh), [])


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_revised_a_build_says_and_writes_what_a_fresh_one_does(seed: int, tmp_path: Path) -> None:
    revise(seed, tmp_path, 5)


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(10, 60))
def test_many_revisions(seed: int, tmp_path: Path) -> None:
    revise(seed, tmp_path, 8)


# --- what is not done twice -------------------------------------------------------------------------

ENTRY, OTHER = "cat ] dog A", "cat ] cow A"
TEXT = "---\nedited-text: true\n---\n\n# Part {0}\n\nThe cat of {0} sat.\n\n:::{{apparatus}}\n{1}\n:::\n"
DECLARED = '[witness.A]\nname = "Copy"\ntranscription = "A.txt"\n\n[witness.B]\nname = "Print"\ntranscription = "B.txt"\n'
MORE = {
    "nothing more": "",
    "a lemma of another document": "1.1: sat ] sits A",
    "a whole passage at the edge": "¶ ] add. More. A",
}


def written(folder: Path, entries: dict[int, str], *, copy: dict[int, str] | None = None) -> Path:
    """An edition of four documents, in which witness A has *copy* where it has no dog."""
    reads = dict.fromkeys(range(1, 5), "The dog of {} sat.") | (copy or {})
    pages = "\n".join(["part1", "part2", "part3", "part4", "witnesses"])
    files = {
        "conf.py": f"{CONF}apparatus_witness_pages = False\n",
        "index.md": f"# Home\n\n```{{toctree}}\n{pages}\n```\n",
        "witnesses.md": "# Witnesses\n\n:::{conspectus}\n:::\n",
        "witnesses.toml": DECLARED,
        "A.txt": "".join(f"Part {d}\n{words.format(d)}\n" for d, words in reads.items()),
        "B.txt": "".join(f"Part {d}\nThe cat of {d} sat.\n" for d in reads),
        **{f"part{d}.md": TEXT.format(d, entries.get(d, ENTRY)) for d in range(1, 5)},
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        if not (folder / name).exists() or (folder / name).read_text() != text:
            (folder / name).write_text(text, encoding="utf-8")
    return folder


def proved(built: Built) -> tuple[bool, list[tuple[str, ...]], list[str]]:
    """Whether the whole was put together, which portions were, and which transcriptions were read."""
    domain = domain_of(built.app.env)
    return was_proved_whole(built), list(domain._portions), sorted(domain.witnesses_read)


def test_one_changed_entry_is_proved_by_its_own_document_and_its_own_witness(tmp_path: Path) -> None:
    build(written(tmp_path / "source", {}), tmp_path / "out")
    written(tmp_path / "source", {3: OTHER}, copy={3: "The cow of {} sat."})
    built = build(tmp_path / "source", tmp_path / "out")
    assert proved(built) == (False, [("part3",)], ["A"])
    assert "cow" in built.page("part3")


def test_an_entry_that_is_made_false_is_noticed_though_no_other_is_looked_at(tmp_path: Path) -> None:
    build(written(tmp_path / "source", {}), tmp_path / "out")
    built = build(written(tmp_path / "source", {3: OTHER}), tmp_path / "out", allow="false_claim")
    assert "part3.md:10: WARNING: the entry says that A reads “cow” for “cat”" in built.warnings[0]


def test_a_transcription_that_is_made_false_is_noticed_though_no_document_is_read(tmp_path: Path) -> None:
    build(written(tmp_path / "source", {}), tmp_path / "out")
    written(tmp_path / "source", {}, copy={2: "The dog of {} sits."})
    built = build(tmp_path / "source", tmp_path / "out", allow="unrecorded_difference")
    assert "in 2.1, A has “sits” where the edition gives it “sat”" in built.warnings[0]


@pytest.mark.parametrize("line", MORE.values(), ids=MORE)
def test_documents_of_which_one_speaks_of_another_are_one_portion(tmp_path: Path, line: str) -> None:
    copies = {1: "The dog of {} sits."} if "sits" in line else {}
    copies |= {2: "The dog of {} sat.\nMore."} if "¶" in line else {}
    built = build(
        written(tmp_path / "source", {2: f"{ENTRY}\n{line}".strip()}, copy=copies), tmp_path / "out"
    )
    portions = [portion.documents for portion in domain_of(built.app.env).proof.portions]
    together = {
        "sits": [("part1", "part2"), ("part3",), ("part4",)],
        "¶": [("part1",), ("part2", "part3"), ("part4",)],
    }
    alone = [("part1",), ("part2",), ("part3",), ("part4",)]
    assert portions == next((its for mark, its in together.items() if mark in line), alone)


def test_where_anything_is_wrong_nothing_is_kept_in_portions(tmp_path: Path) -> None:
    built = build(written(tmp_path / "source", {3: OTHER}), tmp_path / "out", allow="false_claim")
    assert domain_of(built.app.env).proof.portions == ()
