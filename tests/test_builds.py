"""Builds that must agree: in parallel and alone, incremental and fresh, first and second."""

from __future__ import annotations

import re
import shutil

import pytest
from building import CONF, EDITIONS, TRANSCRIBED, build, files_that_differ, many_documents, project

from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.html import assets

TEXT = "# Title\n\nThe cat sat on the mat.\n\n:::{apparatus}\ncat ] dog A\n:::\n"
AGREES = "Title\nThe dog sat on the mat.\n"
DIFFERS = "Title\nThe dog sat on a mat.\n"


def test_four_processes_build_what_one_builds(tmp_path):
    source = many_documents(tmp_path / "source")
    alone = build(source, tmp_path / "alone")
    together = build(source, tmp_path / "together", jobs=4)
    assert alone.warnings == together.warnings == ()
    assert "parallel" not in "".join(together.warnings)
    assert files_that_differ(alone.out, together.out) == []


def test_an_incremental_build_gives_what_a_fresh_one_gives(tmp_path):
    source = many_documents(tmp_path / "source")
    build(source, tmp_path / "kept")
    # A new block moves the numbers of what follows, in this file; a new note those of all later files.
    first = source / "part0.md"
    first.write_text(
        first.read_text(encoding="utf-8") + "\nOne more.\n\n:::{commentary}\nmore ] A note.\n:::\n",
        encoding="utf-8",
    )
    (source / "A.txt").write_text(
        (source / "A.txt").read_text(encoding="utf-8").replace("Part 1\n", "One more.\nPart 1\n"),
        encoding="utf-8",
    )
    kept = build(source, tmp_path / "kept")
    fresh = build(source, tmp_path / "fresh")
    assert kept.warnings == fresh.warnings == ()
    assert files_that_differ(kept.out, fresh.out) == []
    assert 'id="8.1-n1"' in kept.page("part7")
    assert 'aria-label="Note 9"' in kept.page("part7")


def test_only_what_changed_is_read_again(tmp_path):
    source = many_documents(tmp_path / "source")
    build(source, tmp_path / "build")
    with (source / "part3.md").open("a", encoding="utf-8") as file:
        file.write("\n% a comment\n")
    read: list[str] = []
    from apparatus.sphinxext.source import fences

    original = fences.check_series_names

    def spy(app: object, docname: str, content: list[str]) -> None:
        read.append(docname)
        original(app, docname, content)

    fences.check_series_names = spy
    try:
        build(source, tmp_path / "build")
    finally:
        fences.check_series_names = original
    assert read == ["part3"]


def test_a_changed_transcription_alone_is_noticed_and_nothing_is_read_again(tmp_path):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    assert build(source, tmp_path / "build", allow="any").warnings == ()
    (source / "A.txt").write_text(DIFFERS, encoding="utf-8")
    (said,) = build(source, tmp_path / "build", allow="any").warnings
    assert "[apparatus.unrecorded_difference]" in said


@pytest.mark.parametrize(
    "transcription", [DIFFERS, AGREES.replace("dog", "cow")], ids=["unrecorded", "false claim"]
)
def test_a_fault_is_reported_again_when_nothing_has_changed(tmp_path, transcription):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": transcription})
    first, second = (build(source, tmp_path / "build", allow="any") for _ in range(2))
    assert len(first.warnings) == 1
    assert first.warnings == second.warnings


def test_a_problem_of_reading_is_reported_again_when_nothing_has_changed(tmp_path):
    text = TEXT.replace("cat ] dog A", 'cat ] "dog" A')
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    first, second = (build(source, tmp_path / "build", allow="any") for _ in range(2))
    assert "[apparatus.needless_quotes]" in first.warnings[0]
    assert first.warnings == second.warnings


def test_a_changed_conspectus_makes_the_text_be_read_again(tmp_path):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    build(source, tmp_path / "build", allow="any")
    (source / "witnesses.toml").write_text(TRANSCRIBED.replace("witness.A", "witness.X"), encoding="utf-8")
    said = build(source, tmp_path / "build", allow="any").warnings
    assert any("[apparatus.unknown_siglum]" in w for w in said)


@pytest.mark.parametrize("name", sorted(p.name for p in EDITIONS.iterdir()))
def test_the_test_editions_are_proved_and_build_without_a_warning(tmp_path, name):
    built = build(EDITIONS / name, tmp_path, allow="any")
    assert built.warnings == ()
    witnesses = sorted(EDITIONS.joinpath(name, "witnesses").glob("*.txt"))
    assert witnesses
    assert sorted(p.name for p in (tmp_path / "witnesses").iterdir()) >= [p.name for p in witnesses]


def test_the_record_of_a_build_is_the_same_in_every_clone(tmp_path, monkeypatch):
    """Sphinx's ``.buildinfo`` has the settings, among them the ways to files of the engine, which lies in the clone."""
    records = []
    for clone in (tmp_path / "one", tmp_path / "deeper" / "down" / "two"):
        engine = clone / "engine"
        for name in ("TEMPLATES", "STATIC"):
            monkeypatch.setattr(assets, name, engine / getattr(assets, name).name)
        shutil.copytree(assets.PACKAGE / "templates", engine / "templates")
        shutil.copytree(assets.PACKAGE / "static", engine / "static")
        source = project(clone / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
        made = build(source, clone / "build", html_theme="furo")
        records.append((made.out / ".buildinfo").read_text(encoding="utf-8"))
        monkeypatch.undo()
    assert records[0] == records[1]


# Sphinx’s own builder asks for what Sphinx deprecates.
@pytest.mark.filterwarnings("ignore:'tags' will become a required keyword")
def test_a_builder_with_a_theme_of_its_own_needs_nothing_of_furo(tmp_path):
    source = project(tmp_path / "source", TEXT, witnesses=TRANSCRIBED, **{"A.txt": AGREES})
    made = build(source, tmp_path / "build", builder="qthelp", html_theme="furo", project="P")
    assert "nonav" in made.app.builder.get_theme_config()[0]
    assert re.search(r'class="[^"]*lemma"', made.page("index"))


def test_a_message_about_the_text_is_no_text(tmp_path):
    """What MyST says of a role that it does not know stands in its tree where the words would stand."""
    text = "# Title\n\nAlpha {nosuch}`delta` ~~beta~~ gamma.\n\n:::{apparatus}\ngamma ] gemma A\n:::\n\nZeta eta.\n"
    files = {
        "conf.py": CONF + 'myst_enable_extensions = ["strikethrough"]\n',
        "A.txt": "Title\nAlpha beta gemma.\nZeta eta.\n",
    }
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED, **files)
    made = build(source, tmp_path / "build", allow="role_unknown strikethrough")
    assert len(made.warnings) == 2  # what A reads is the text without them, so that nothing is offered
    edition = domain_of(made.app.env).edition
    assert [block.text for block in edition.text.blocks] == ["Title", "Alpha beta gamma.", "Zeta eta."]
    tex = build(source, tmp_path / "build", builder="latex", allow="any").out
    book = next(tex.glob("*.tex")).read_text(encoding="utf-8")
    assert "nosuch" not in book and "currently only supported" not in book
    assert re.findall(r"\\lemmastart\{([^}]+)\}", book) == ["1.1-a1"]


def test_each_list_of_readings_has_a_box_of_its_own(tmp_path):
    series = '{"apparatus": {"holds": "readings", "form": "run-in"}, "signs": {"holds": "readings", "form": "run-in"}}'
    text = "# T\n\nAlpha beta.\n\n:::{apparatus}\nbeta ] beyond A\n:::\n\n:::{signs}\nAlpha ] alpha A\n:::\n"
    files = {
        "conf.py": CONF + f'html_theme = "furo"\napparatus_series = {series}\n',
        "A.txt": "T\nalpha beyond.\n",
    }
    page = build(project(tmp_path / "source", text, witnesses=TRANSCRIBED, **files), tmp_path / "build").page(
        "index"
    )
    boxes = dict(re.findall(r'name="series-(\w+)" checked>([^<]+)<', page))
    assert boxes == {"apparatus": "Apparatus", "signs": "Signs"}
    links = dict(re.findall(r'class="of-(\w+) [^"]*lemma"[^>]*>(\w+)<', page))
    assert links == {"signs": "Alpha", "apparatus": "beta"}
