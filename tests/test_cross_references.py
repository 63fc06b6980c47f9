"""A note is named by its passage and lemma and printed by its number, in every output."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest
from building import CONF, Built, build, project

SERIES = """\
apparatus_series = {
    "apparatus": {"label": "Apparatus", "holds": "readings", "form": "run-in"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes"},
}
"""
TEXT = """# Title

They led the army home at last.

:::{{apparatus}}
led ] lead A
:::

:::{{commentary}}
{first}the army ] A note.
home ] {reference}
:::
"""
OTHER = "# Other\n\nSee note {note}`1.1: the army` and the entry on {entry}`1.1: led`.\n"
INDEX = "```{toctree}\n:hidden:\n\nother\n```\n"


def edition(folder: Path, reference: str = "See note {note}`1.1: the army`.", first: str = "") -> Path:
    text = TEXT.format(first=first, reference=reference) + "\n" + INDEX
    one = '[witness.A]\nname = "the one copy"\n'
    return project(folder / "source", text, witnesses=one, conf=CONF + SERIES, **{"other.md": OTHER})


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page).replace("\N{NO-BREAK SPACE}", " "))


def change(path: Path, text: str) -> None:
    """Write a file so that Sphinx sees that it is newer."""
    path.write_text(text, encoding="utf-8")
    later = time.time_ns() + 10**9
    os.utime(path, ns=(later, later))


def test_a_note_is_printed_by_its_number_and_linked(tmp_path):
    built = build(edition(tmp_path), tmp_path / "build")
    assert built.warnings == ()
    assert "See note 1." in words(built.page("index"))
    assert re.search(r'href="#1\.1-n1">1</a>', built.page("index"))
    assert "See note 1 and the entry on 1.1." in words(built.page("other"))
    assert re.search(r'href="index\.html#1\.1-n1">1</a>', built.page("other"))
    assert re.search(r'href="index\.html#1\.1-a1">1\.1</a>', built.page("other"))


def test_the_number_does_not_begin_a_line(tmp_path):
    built = build(edition(tmp_path), tmp_path / "build")
    assert "See note\N{NO-BREAK SPACE}<a" in built.page("other")


def test_in_print_it_leads_to_the_note_on_its_page(tmp_path):
    built = build(edition(tmp_path), tmp_path / "build", builder="latex")
    (tex,) = built.out.glob("*.tex")
    found = re.findall(r"\\hyperref\[\\detokenize\{(index:1\.1-n1)\}\]\{[^}]*?(\d)", tex.read_text("utf-8"))
    assert found == [("index:1.1-n1", "1")] * 2


def test_the_beginning_of_a_lemma_is_enough_in_whole_words(tmp_path):
    built = build(edition(tmp_path, "See {note}`1.1: the`."), tmp_path / "build", allow="any")
    assert built.warnings == ()
    assert "See 1." in words(built.page("index"))
    built = build(edition(tmp_path, "See {note}`1.1: th`."), tmp_path / "build", fresh=True, allow="any")
    assert "there is no note '1.1: th'" in " ".join(built.warnings)


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        (
            "See {note}`1.1: the armies`.",
            "there is no note '1.1: the armies'; did you mean '1.1: the army'?",
        ),
        ("See {note}`1.2: the army`.", "there is no note '1.2: the army'; did you mean '1.1: the army'?"),
        (
            "See {note}`1.12: the army`.",
            "did you mean '1.1: the army'? There is no passage 1.12; the nearest number is 1.1 [",
        ),
        (
            "See {note}`1.11: old merits`.",
            "no note '1.11: old merits': there is no passage 1.11; the nearest number is 1.1 [",
        ),
        ("See {entry}`7: old merits`.", "no entry '7: old merits': there is no passage 7 ["),
        ("See {note}`1: the home`.", "there is no note '1: the home'; did you mean '1.1: home'?"),
        ("See {note}`1: old merits`.", "there is no note '1: old merits'; 1 has none ["),
        ("See {note}`the army`.", "write its block or blocks, as in '2.5: '"),
        ("See {note}`1.1: led`.", "there is no note '1.1: led'; in 1.1 there is"),
        ("See {entry}`1.1: lad`.", "there is no entry '1.1: lad'; did you mean '1.1: led'?"),
    ],
)
def test_a_reference_that_leads_nowhere_says_where_it_stands_and_what_is_there(tmp_path, reference, told):
    source = edition(tmp_path, reference)
    built = build(source, tmp_path / "build", allow="any")
    (warning,) = built.warnings
    assert warning.startswith("index.md:15: WARNING: ")
    assert told in warning
    assert reference.partition("`")[2].partition("`")[0] in words(built.page("index"))  # nothing is lost
    again = build(source, tmp_path / "build", allow="any")
    assert again.warnings == built.warnings  # although nothing was read anew


def test_only_words_that_are_like_are_offered(tmp_path):
    source = edition(
        tmp_path, "See {note}`1.1: wanted to fight`.", "at last. ] Also.\nbased on merit ] One.\n"
    )
    text = (source / "index.md").read_text("utf-8").replace("home at last.", "home at last, based on merit.")
    (source / "index.md").write_text(text.replace("at last. ]", "at last ]"), encoding="utf-8")
    (warning,) = build(source, tmp_path / "build", allow="any").warnings
    there = "'1.1: the army', '1.1: home', '1.1: at last' or '1.1: based on merit'"
    assert f"there is no note '1.1: wanted to fight'; in 1.1 there is {there} [" in warning


def test_a_remark_of_the_apparatus_refers_to_a_note_wherever_it_is_printed(tmp_path):
    source = edition(tmp_path)
    text = (source / "index.md").read_text("utf-8")
    text = text.replace("led ] lead A", "led ] lead A (see note {note}`1.1: the army`)")
    (source / "index.md").write_text(text, encoding="utf-8")
    (source / "other.md").write_text("# Whole\n\n:::{whole-apparatus}\n:::\n", encoding="utf-8")
    built = build(source, tmp_path / "build")
    assert built.warnings == ()
    assert "lead A (see note 1)" in words(built.page("index"))
    assert 'href="#1.1-n1">1</a>)' in built.page("index")
    assert 'href="index.html#1.1-n1">1</a>)' in built.page("other")


def test_a_sign_may_follow_the_words_that_are_given(tmp_path):
    first = "last. ] Also.\nThey led the ] Two.\n"
    reference = "See {note}`1.1: last` and {note}`1.1: They … the`."
    built = build(edition(tmp_path, reference, first), tmp_path / "build")
    assert built.warnings == ()
    assert "See 4 and 1." in words(built.page("index"))


def test_a_reference_that_fits_two_notes_asks_for_more_words(tmp_path):
    first = "They led ] One.\nThey led the ] Two.\n"
    built = build(edition(tmp_path, "See {note}`1.1: They`.", first), tmp_path / "build", allow="any")
    (warning,) = built.warnings
    assert "'1.1: They' fits 2 of them; write more of its lemma: '1.1: They led' or '1.1: They led the'" in (
        warning
    )
    built = build(
        edition(tmp_path, "See {note}`1.1: They led`.", first), tmp_path / "build", fresh=True, allow="any"
    )
    assert built.warnings == ()  # a lemma as a whole comes before one that only begins so


def test_a_number_that_has_changed_is_renewed_on_other_pages(tmp_path):
    source = edition(tmp_path)
    build(source, tmp_path / "build")
    change(
        source / "index.md",
        (source / "index.md").read_text("utf-8").replace("the army ] A", "They ] New.\nthe army ] A"),
    )
    built: Built = build(source, tmp_path / "build")
    assert "See note 2 and" in words(built.page("other"))


def test_references_are_kept_when_several_processes_read(tmp_path):
    source = edition(tmp_path, "See {note}`1.1: the armies`.")
    for i in range(6):
        (source / f"page{i}.md").write_text(f"# Page {i}\n", encoding="utf-8")
    built = build(source, tmp_path / "build", jobs=2, allow="any")
    assert any("there is no note '1.1: the armies'" in warning for warning in built.warnings)
    assert "See note 1 and" in words(built.page("other"))


def test_entries_that_no_words_tell_apart_are_called_by_their_anchors(tmp_path):
    conf = CONF + (
        'apparatus_series = {"apparatus": {"label": "Apparatus"}, '
        '"signs": {"label": "Signs", "variants": "accidental", "letter": "c"}}\n'
    )
    text = (
        "# T\n\nAn old man.\n\n:::{apparatus}\nold ] young A\n:::\n\n:::{signs}\nold ] Old B\n:::\n\n"
        "{.editorial-text}\nSee {entry}`1.1: old`, {entry}`1.1-c1`.\n"
    )
    built = build(project(tmp_path / "s", text, conf=conf), tmp_path / "o", allow="unknown_note")
    (said,) = built.warnings
    assert "'1.1: old' fits 2 of them; write its anchor: '1.1-a1' or '1.1-c1'" in said
    assert 'href="#1.1-c1"' in built.page("index")
