"""What a build leaves for the search page: the index with stems and keys, and the file of passages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from building import EDITIONS, IMPRINT, Built, build, files_that_differ, many_documents, project

from apparatus.sphinxext.search.passages import BEGIN, END, dump_rows, has_rows_of, load_rows

TEXT = """\
# Title

The armies of Власов and Krin’ko’s men met; the cats sat still.

:::{apparatus}
cats ] chats A (a *Gallicism*) ; rats B
met ] add. again Madvig
still ] om. A ; quiet cett.
:::

:::{commentary}
armies ] Soldiers of Власов, see [](#1).

    A second paragraph.
:::
"""
WITNESSES = '[witness.A]\nname = "A"\n\n[witness.B]\nname = "B"\n\n[scholar.Madvig]\nname = "J. N. Madvig"\n'


def passages(built: Built) -> dict[str, list[list[Any]]]:
    return load_rows(built.out / "_static" / "passages.js")


def index(built: Built) -> dict[str, dict[str, object]]:
    text = (built.out / "searchindex.js").read_text(encoding="utf-8")
    found: dict[str, dict[str, object]] = json.loads(text[text.index("{") : text.rindex("}") + 1])
    return found


@pytest.fixture
def built(tmp_path: Path) -> Built:
    return build(project(tmp_path / "source", TEXT, witnesses=WITNESSES), tmp_path / "build")


def test_text_readings_remarks_and_notes_have_a_row_each(built: Built) -> None:
    assert built.warnings == ()
    assert passages(built)["index"] == [
        ["1", "Title"],
        ["1.1", "The armies of Власов and Krin’ko’s men met; the cats sat still."],
        ["1.1-a1", "met ] ", [["again", "Madvig", "conjecture", "add. "]]],
        ["1.1-a2", "cats ] ", [["chats", "A"], ["rats", "B"], ["(a Gallicism)", "", "remark"]]],
        ["1.1-a3", "still ] ", [["quiet", "the others"]]],
        ["1.1-n1", "Soldiers of Власов, see 1. A second paragraph.", "note", 1],
    ]


def test_names_are_in_the_index_by_key_and_english_words_by_stem_alone(built: Built) -> None:
    terms = index(built)["terms"]
    assert {"~vlasov", "~krinko", "armi", "cat"} <= set(terms)
    assert not {"~armies", "~cats", "~army", "~the"} & set(terms)


def test_a_series_of_prose_is_called_by_its_label(tmp_path: Path) -> None:
    rows = passages(build(EDITIONS / "four-witnesses", tmp_path))["text"]
    assert ["1.2-s1", "compare the flood of the year before.", "Sources", "", "The river was high ] "] in rows


def test_every_row_leads_to_an_anchor_of_its_page(tmp_path: Path) -> None:
    for edition in sorted(EDITIONS.iterdir()):
        made = build(edition, tmp_path / edition.name)
        rows = [(docname, row[0]) for docname, its in passages(made).items() for row in its]
        assert rows
        assert [row for row in rows if f'id="{row[1]}"' not in made.page(row[0])] == []


def test_four_processes_find_the_same_passages(tmp_path: Path) -> None:
    source = many_documents(tmp_path / "source")
    alone, together = (build(source, tmp_path / f"{jobs}", jobs=jobs) for jobs in (1, 4))
    assert files_that_differ(alone.out, together.out) == []
    assert list(passages(alone)) == [f"part{i}" for i in range(8)]


def test_what_is_not_written_again_is_still_found(tmp_path: Path) -> None:
    source = many_documents(tmp_path / "source")
    build(source, tmp_path / "kept")
    part = source / "part3.md"
    part.write_text(part.read_text(encoding="utf-8").replace("The cat", "The old cat"), encoding="utf-8")
    (source / "A.txt").write_text(
        (source / "A.txt").read_text(encoding="utf-8").replace("The dog 3", "The old dog 3"), encoding="utf-8"
    )
    kept, fresh = build(source, tmp_path / "kept"), build(source, tmp_path / "fresh")
    assert kept.warnings == fresh.warnings == ()
    assert files_that_differ(kept.out, fresh.out) == []
    assert ["4.1", "The old cat 3 sat on the mat."] in passages(kept)["part3"]


@pytest.mark.parametrize("left", [None, "", "var apparatusSearch = {};\n", "nonsense"])
def test_a_file_that_is_gone_or_broken_is_made_anew(tmp_path: Path, left: str | None) -> None:
    source = many_documents(tmp_path / "source")
    wanted = passages(build(source, tmp_path / "build"))
    file = tmp_path / "build" / "html" / "_static" / "passages.js"
    file.unlink() if left is None else file.write_text(left, encoding="utf-8")
    assert passages(build(source, tmp_path / "build")) == wanted != {}


def test_a_document_that_is_gone_is_not_found(tmp_path: Path) -> None:
    source = many_documents(tmp_path / "source")
    build(source, tmp_path / "build")
    (source / "part7.md").unlink()
    (source / "index.md").write_text(
        (source / "index.md").read_text(encoding="utf-8").replace("part7\n", ""), encoding="utf-8"
    )
    assert "part7" not in passages(build(source, tmp_path / "build", allow="unrecorded_difference"))


def test_the_file_is_one_line_that_a_browser_runs_without_fetching(built: Built) -> None:
    text = (built.out / "_static" / "passages.js").read_text(encoding="utf-8")
    assert text.startswith(BEGIN) and text.endswith(END) and text.count("\n") == 1
    assert json.loads(text.removeprefix(BEGIN).removesuffix(END))["fold"]["letters"]["я"] == "ia"


@pytest.mark.parametrize("builder", ["singlehtml", "epub", "text"])
def test_builders_without_a_search_page_get_no_file(tmp_path: Path, builder: str) -> None:
    source = project(tmp_path / "source", TEXT, witnesses=WITNESSES)
    made = build(source, tmp_path / "build", builder=builder, **IMPRINT)
    assert list(made.out.rglob("passages*.js")) in ([], [made.out / "_static" / "passages-search.js"])


@pytest.mark.parametrize("language", ["de", "ja", "la"])
def test_other_languages_keep_their_own_index(tmp_path: Path, language: str) -> None:
    source = project(tmp_path / "source", TEXT, witnesses=WITNESSES)
    made = build(source, tmp_path / "build", html_search_language=language)
    assert ("~vlasov" in index(made)["terms"]) is (language != "ja")


def test_a_file_of_passages_is_kept_only_if_it_is_whole_and_has_all_documents_in_their_order() -> None:
    written = dump_rows({"one": [["1", 'words, "two":[']], "two": [["2", "others"]]}).encode()
    assert has_rows_of(written, ["one", "two"])
    assert not has_rows_of(written, ["two", "one"])
    assert not has_rows_of(written, ["one", "two", "three"])
    assert not has_rows_of(written[:-1], ["one", "two"])
    assert not has_rows_of(written, [])
    assert not has_rows_of(dump_rows({"one": [["1", 'words, "two":[']]}).encode(), ["one", "two"])
