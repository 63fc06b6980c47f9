"""The text of a witness on its own page: the same as its transcription, its differences told apart."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from building import EDITIONS, build, project

from apparatus.sphinxext.domain import domain_of
from apparatus.witness_text import Part, passages, transcribed


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory):
    return build(EDITIONS / "four-witnesses", tmp_path_factory.mktemp("ferry"))


def test_without_what_is_only_of_the_text_it_is_the_rebuilt_witness(ferry) -> None:
    edition = domain_of(ferry.app.env).edition
    keys = transcribed(edition)
    assert keys
    for key in keys:
        told = [
            "".join(s.words for s in passage.stretches if s.part is not Part.TEXT_ONLY)
            for passage in passages(edition, key)
            if not passage.is_lacking
        ]
        assert told == [block.text for block in edition.collation.rebuilt[key].blocks]


def test_without_what_is_only_of_the_witness_it_is_the_reading_text(ferry) -> None:
    edition = domain_of(ferry.app.env).edition
    for key in transcribed(edition):
        told = "".join(
            s.words for p in passages(edition, key) for s in p.stretches if s.part is not Part.WITNESS_ONLY
        )
        assert re.sub(r"\s", "", told) == re.sub(r"\s", "", edition.text.joined)


def test_every_witness_has_two_pages_whose_numbers_lead_to_the_text(ferry) -> None:
    edition = domain_of(ferry.app.env).edition
    for key in transcribed(edition):
        for name in (f"text-{key}", f"text-{key}-differences"):
            page = ferry.page(name)
            ends = re.findall(r'class="passage-number" href="text\.html#([^"]+)"', page)
            assert ends
            assert set(ends) <= {block.number for block in edition.text.blocks}
            assert len(set(re.findall(r' id="([^"]+)"', page))) == len(re.findall(r' id="([^"]+)"', page))


def test_the_page_has_the_words_of_the_witness(ferry) -> None:
    edition = domain_of(ferry.app.env).edition
    for key in transcribed(edition):
        page = unescape(re.sub(r"<[^>]+>", "", ferry.page(f"text-{key}")))
        for block in edition.collation.rebuilt[key].blocks:
            assert block.text in page


def test_the_list_of_witnesses_leads_to_the_texts(ferry) -> None:
    page = ferry.page("witnesses")
    for key in transcribed(domain_of(ferry.app.env).edition):
        assert f'href="text-{key}.html"' in page
        assert f'href="text-{key}-differences.html"' in page


def test_an_edition_without_transcriptions_has_no_such_page(tmp_path: Path) -> None:
    from building import project

    built = build(
        project(tmp_path / "source", "# Title\n\nThe cat.\n\n:::{apparatus}\ncat ] dog A\n:::\n"),
        tmp_path,
        allow="siglum_unused",
    )
    assert not list(built.out.glob("index-*.html"))
    assert 'class="texts"' not in built.page("index")


def test_an_edition_may_do_without_the_pages_and_then_nothing_leads_to_them(tmp_path: Path) -> None:
    built = build(EDITIONS / "four-witnesses", tmp_path, apparatus_witness_pages=False)
    assert not list(built.out.glob("text-*.html"))
    assert "text-A" not in built.page("text") + built.page("witnesses")


@pytest.mark.parametrize(
    ("name", "sigla", "what"),
    [
        ("index-A", "A", "of the document 'index-A'"),
        ("index-a-differences", "A", "of the document 'index-a-differences'"),
        ("index-positive-form", "B", "in the positive form would have the name of the document"),
        ("Index-Positive-Form", "B", "in the positive form would have the name of the document"),
        ("other", "positive-form", "of the page of the document 'index' in the positive form"),
        ("other", ("A", "A-differences"), "of the page of witness 'A' for the document 'index'"),
    ],
)
def test_a_page_that_would_be_written_over_another_is_reported(tmp_path, name, sigla, what):
    keys = (sigla,) if isinstance(sigla, str) else sigla
    conspectus = "".join(f'[witness."{key}"]\nname = "x"\ntranscription = "a.txt"\n' for key in keys)
    files = {f"{name}.md": "# A page\n", "a.txt": "One two.\n"}
    source = project(tmp_path / "source", "One two.", witnesses=conspectus, **files)
    said = [w for w in build(source, tmp_path, allow="any").warnings if "name_taken" in w]
    assert len(said) == 1
    assert what in said[0]
    assert all((tmp_path / "html" / f"{page}.html").exists() for page in ("index", name))


@pytest.mark.parametrize("name", ["genindex", "Search"])
def test_so_is_a_text_that_has_the_name_of_a_page_of_sphinx(tmp_path: Path, name: str) -> None:
    files = {f"{name}.md": "---\nedited-text: true\n---\n\n# Two\n"}
    source = project(tmp_path / "source", "One two.", witnesses="", **files)
    said = [w for w in build(source, tmp_path, allow="any").warnings if "name_taken" in w]
    assert len(said) == 1
    assert f"the document '{name}' has the name of a page that Sphinx writes" in said[0]


def test_a_passage_stands_on_the_page_of_the_document_where_the_witness_has_it(tmp_path: Path) -> None:
    """Moved to another document, to its end, before its first passage."""
    one = "# One\n\nFirst here.\n\nLast of one.\n\n:::{apparatus}\n¶ ] transp. post 2.1 A\n:::\n\n```{toctree}\n:hidden:\n\ntwo\n```\n"
    two = "---\nedited-text: true\n---\n\n# Two\n\nBegin of two.\n\nEnd of two.\n\n:::{apparatus}\n¶ ] transp. ante 1.1 B\n:::\n"
    said = "".join(f'[witness.{key}]\nname = "copy {key}"\ntranscription = "{key}.txt"\n' for key in "AB")
    theirs = {
        "A": ("One", "First here.", "Two", "Begin of two.", "Last of one.", "End of two."),
        "B": ("One", "End of two.", "First here.", "Last of one.", "Two", "Begin of two."),
    }
    files = {f"{key}.txt": "\n".join(lines) + "\n" for key, lines in theirs.items()}
    built = build(project(tmp_path / "s", one, witnesses=said, **files, **{"two.md": two}), tmp_path / "o")
    passage = re.compile(
        r'<(?:p|h1) class="passage"[^>]*>(?:<span[^>]*></span>)?(?:<a.*?</a>)?(.*?)</(?:p|h1)>'
    )
    for key, lines in theirs.items():
        pages = [passage.findall(built.page(f"{name}-{key}")) for name in ("index", "two")]
        assert pages == [list(lines[: lines.index("Two")]), list(lines[lines.index("Two") :])]
    way = '<a class="way way-to" href="index-A-differences.html#moved-0-from"'
    assert f'<ins class="moved" id="moved-0-to">Last of one.{way}' in built.page("two-A-differences")
    assert 'href="two-A-differences.html#moved-0-to"' in built.page("index-A-differences")
    assert 'href="index.html#1.2"' in built.page("two-A")


def test_what_stands_for_words_of_two_blocks_stands_in_the_block_of_each(tmp_path: Path) -> None:
    two = "---\nedited-text: true\n---\n\n# Two\n\nThen the rope broke.\n"
    one = (
        "# One\n\nNobody saw it.\n\nFish swam.\n\nBirds flew.\n\n:::{apparatus}\n"
        "1.2–1.3: swam. ¶ Birds ] leapt. ¶ Owls D\n:::\n\nBoys slept.\n\n```{toctree}\n:hidden:\n\ntwo\n```\n"
    )
    witnesses = '[witness.C]\ntranscription = "C.txt"\ngaps = ["1.4–2: slept … Two"]\n[witness.D]\ntranscription = "D.txt"\n'
    texts = {
        "C.txt": "One\nNobody saw it.\nFish swam.\nBirds flew.\nBoys [lac.]\n[lac.]\nThen the rope broke.\n",
        "D.txt": "One\nNobody saw it.\nFish leapt.\nOwls flew.\nBoys slept.\nTwo\nThen the rope broke.\n",
        "two.md": two,
    }
    built = build(
        project(tmp_path / "source", one, witnesses=witnesses, **texts), tmp_path / "out", allow="any"
    )
    assert [w for w in built.warnings if "differ" in w or "gap" in w] == []

    def words_of(page: str, number: str) -> str:
        found = re.search(rf'id="{re.escape(number)}"[^>]*>.*?</a>(.*?)</[ph]', built.page(page))
        assert found
        return found[1].replace("</del> <ins>", "</del><ins>")

    assert words_of("index-C-differences", "1.4") == "Boys <del>slept.</del><ins>[lac.]</ins>"
    assert words_of("two-C", "2") == "[lac.]"
    assert words_of("two-C-differences", "2") == "<del>Two</del><ins>[lac.]</ins>"
    assert words_of("index-D-differences", "1.2") == "Fish <del>swam.</del><ins>leapt.</ins>"
    assert words_of("index-D-differences", "1.3") == "<del>Birds</del><ins>Owls</ins> flew."
    assert "added" not in built.page("index-C-differences") + built.page("index-D-differences")
