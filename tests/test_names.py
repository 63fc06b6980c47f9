"""Names in the text and their index: linked both ways on the screen, with pages in print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, Built, build, files_that_differ
from naming import REGISTER, TEXT, edition

from apparatus.sphinxext.domain import domain_of


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("names")
    return build(edition(folder / "source"), folder / "out", nitpicky=True)


@pytest.fixture(scope="module")
def essay(essay_built: Built) -> Built:
    return essay_built


def anchors(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', page)


def both_ways(built: Built) -> None:
    """Every link to the index has its entry, every passage in the index its words."""
    pages = {p.stem: p.read_text(encoding="utf-8") for p in built.out.glob("*.html")}
    for page in pages.values():
        for key in re.findall(r'<a class="name" href="names\.html#name-([^"]+)"', page):
            assert f'id="name-{key}"' in pages["names"]
    links = re.findall(
        r'<a (?:class="reference internal" )?href="(\w+)\.html#([\d.]+-[^"]+)" title', pages["names"]
    )
    assert sorted(anchor for _, anchor in links) == sorted(n.id for n in domain_of(built.app.env).names)
    assert links
    for doc, anchor in links:
        assert anchors(pages[doc]).count(anchor) == 1, anchor


# --- on the screen ----------------------------------------------------------------------


def test_text_and_index_are_linked_both_ways(built):
    assert built.warnings == ()
    both_ways(built)


def test_the_essay_is_linked_both_ways(essay):
    both_ways(essay)
    assert [w for w in essay.warnings if "_register]" in w or "[apparatus.name_" in w] == []


def test_a_name_is_a_link_to_its_entry(built):
    page = built.page("index")
    assert '<a class="name" href="names.html#name-konr" id="1.1-konr">KONR</a>' in page
    assert '<a class="name" href="names.html#name-stalin" id="1-stalin">Stalin</a>' in page  # a heading
    assert '<a class="name" href="names.html#name-vlasov" id="1.2-vlasov.3">Vlasov</a>.' in page  # an item


def test_a_name_partly_inside_a_lemma_has_one_anchor_and_a_link_outside_it(built):
    page = built.page("index")
    inside = re.search(r'<a class="[^"]*\blemma\b[^"]*"[^>]*>(.*?)</a>', page)
    assert inside is not None
    assert inside[1] == '<span class="name" id="1.1-vlasov">Andrei</span>'
    assert '<a class="name" href="names.html#name-vlasov">Vlasov</a> and of ' in page
    assert anchors(page).count("1.1-vlasov") == 1


def test_not_a_letter_of_the_page_is_changed(tmp_path):
    text = TEXT.replace(
        "London.", "London; *Stalin* and a long way after him, too, **without** any name, KONR."
    )
    source = edition(tmp_path / "source", text)
    marked, plain = (
        build(source, tmp_path / str(i), apparatus_register=file, allow="lemma_ambiguous bad_config").page(
            "index"
        )
        for i, file in enumerate(("names.toml", None))
    )
    words = [re.sub("<[^>]*>", "", page[page.index('class="page-body"') :]) for page in (marked, plain)]
    assert words[0] == words[1]
    assert "a long way after him" in words[0]


def test_a_name_inside_a_link_of_the_author_keeps_that_link(built):
    assert re.search(
        r'<a class="reference external" href="https://example.org"><span class="name" id="1.2-stalin">Stalin</span></a>',
        built.page("index"),
    )


def test_a_name_inside_a_run_of_cyrillic_does_not_divide_its_transliteration(built):
    page = built.page("index")
    assert '<span class="cyrillic" lang="ru"><a class="name"' in page
    assert "Власов В. П.</a>: Первая дивизия</span>" in page
    assert "[Vlasov V. P.: Pervaia diviziia]</span>" in page


def test_names_in_notes_are_not_of_the_text(built):
    assert built.page("index").count(">Stalin<") == 2
    assert 'id="1.1-london.2"' not in built.page("index")


def test_an_entry_of_the_index_has_name_original_dates_identification_and_passages(built):
    page = built.page("names")
    (heading,) = re.findall(r'<dt id="name-vlasov">(.*?)</dt>', page)
    assert re.sub("<.*?>", "", heading) == "Vlasov, Andrei Власов, Андрей, 1901–1946"  # both are there
    assert "<p>a <em>general</em>.</p>" in page
    assert (
        'href="index.html#1.1-vlasov" title="The end of Andrei Vlasov and of KONR in London.">1.1</a>' in page
    )
    places = re.findall(r'title="[^"]*">(1[.\d]*|<sup>\d</sup>)</a>', page[page.index("name-vlasov") :])
    assert places == ["1.1", "1.2", "<sup>2</sup>", "<sup>3</sup>"]
    assert re.findall(r'<dt id="name-([a-z]+)"', page) == ["konr", "london", "stalin", "vlasov"]


def test_an_entry_can_be_referred_to_from_anywhere(tmp_path):
    source = edition(tmp_path / "source", TEXT + "\nSee [the entry](#name-konr).\n")
    built = build(source, tmp_path / "out", nitpicky=True)
    assert built.warnings == ()
    assert 'href="names.html#name-konr"><span class="std std-ref">the entry</span>' in built.page("index")


def test_words_that_a_reference_puts_into_a_passage_move_no_name(tmp_path):
    source = edition(
        tmp_path / "source", TEXT.replace("KONR in", "KONR {ref}`here` in") + "\n(here)=\n## There\n"
    )
    built = build(source, tmp_path / "out", allow="not_text")
    assert re.search(r'id="1.1-konr"[^>]*>KONR<', built.page("index"))
    both_ways(built)


# --- what is wrong ------------------------------------------------------------------------


def test_an_ambiguous_form_is_reported_and_not_linked(tmp_path):
    register = REGISTER + '\n[ontario]\nname = "London, Ontario"\nkind = "place"\nforms = ["London"]\n'
    source = edition(tmp_path / "source", register=register)
    built = build(source, tmp_path / "out", allow="any")
    (said,) = built.warnings
    assert said.startswith("names.toml:27: WARNING: 'London' in 1.1 could mean 'london', 'ontario'; ")
    assert said.endswith("[apparatus.name_ambiguous]")
    assert "#name-london" not in built.page("index")
    assert build(source, tmp_path / "out", allow="any").warnings == (said,)


def test_an_entry_that_never_occurs_is_reported(tmp_path):
    register = REGISTER + '\n[hitler]\nname = "Hitler, Adolf"\nkind = "person"\nforms = ["Hitler"]\n'
    source = edition(tmp_path / "source", register=register)
    (said,) = build(source, tmp_path / "out", allow="any").warnings
    assert said.startswith("names.toml:24: WARNING: 'hitler' never occurs in the text as 'Hitler'; ")


def test_a_register_that_is_missing_or_not_named_is_reported(tmp_path):
    source = edition(tmp_path / "source")
    (source / "names.toml").unlink()
    (said,) = build(source, tmp_path / "one", allow="any").warnings
    assert "the register 'names.toml' is not in" in said
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (said,) = build(source, tmp_path / "other", allow="any").warnings
    assert said.startswith("names.md:3: WARNING: the index of names has no register; ")


# --- builds that must agree -----------------------------------------------------------------


def many(folder: Path) -> Path:
    """Eight files of text, so that Sphinx reads and writes in parallel."""
    parts = {
        f"part{i}.md": f"---\nedited-text: true\n---\n\n# Part {i}\n\nVlasov, Stalin, KONR, London, {i}.\n"
        for i in range(8)
    }
    source = edition(folder, witnesses="", **parts)
    toctree = "\n".join(["names", *(f"part{i}" for i in range(8))])
    (source / "index.md").write_text(f"# Index\n\n```{{toctree}}\n{toctree}\n```\n", encoding="utf-8")
    register = REGISTER.replace('"Andrei Vlasov", "Vlasov", "Власов В. П."', '"Vlasov"')
    (source / "names.toml").write_text(register, encoding="utf-8")
    return source


def test_four_processes_build_what_one_builds(tmp_path):
    source = many(tmp_path / "source")
    alone = build(source, tmp_path / "alone")
    together = build(source, tmp_path / "together", jobs=4)
    assert alone.warnings == together.warnings == ()
    assert files_that_differ(alone.out, together.out) == []
    both_ways(together)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("part0.md", "Stalin, ", ""),  # a name goes: the index changes
        ("part0.md", "# Part 0\n", "# Part 0\n\nA paragraph more.\n"),  # a passage gets another number
        ("names.toml", '"Stalin, Iosif"', '"Stalin, Iosif Vissarionovich"'),  # the entry changes
        ("names.toml", 'forms = ["Stalin"]', 'forms = ["Stalin, KONR"]'),  # the text changes
        ("names.toml", "[konr]", "[committee]"),  # links and anchors change
    ],
)
def test_an_incremental_build_gives_what_a_fresh_one_gives(tmp_path, file, old, new):
    source = many(tmp_path / "source")
    build(source, tmp_path / "kept", allow="any")
    changed = (source / file).read_text(encoding="utf-8")
    assert old in changed
    (source / file).write_text(changed.replace(old, new), encoding="utf-8")
    kept = build(source, tmp_path / "kept", allow="any")
    fresh = build(source, tmp_path / "fresh", allow="any")
    assert kept.warnings == fresh.warnings
    assert files_that_differ(kept.out, fresh.out) == []
    both_ways(kept)
