"""The edited text in Sphinx: blocks of every kind, lemmata across markup, entries at their place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, Built, build, project

ONE = '[witness.Q]\nname = "the first copy"\n'


def made(folder: Path, text: str, *, conf: str = CONF, witnesses: str = ONE, **options: str) -> Built:
    source = project(folder / "source", text, conf=conf, witnesses=witnesses)
    return build(source, folder / "build", **options)


def entry(*lines: str) -> str:
    return "\n:::{apparatus}\n" + "\n".join(lines) + "\n:::\n"


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def linked(page: str, entry_id: str) -> str:
    """The words of the text that link to an entry."""
    pieces = re.findall(
        rf'<a class="(?:[^"]* )?lemma"(?: data-entries="[^"]*")? href="#{re.escape(entry_id)}"[^>]*>(.*?)</a>',
        page,
    )
    return plain("".join(pieces))


@pytest.mark.parametrize(
    ("block", "lemma", "place"),
    [
        ("A paragraph of words.", "paragraph", "1.1"),
        ("- An item.\n- Another item.\n", "Another", "1.2"),
        ("> A quotation.\n>\n> Its second paragraph.\n", "second", "1.2"),
        ("| one | two |\n|---|---|\n| three | four |\n", "four", "1.4"),
        (":::{verse}\nThe first line,\nthe second line.\n:::\n", "second", "1.2"),
        ("1. First.\n\n   Its comment.\n", "comment", "1.2"),
        ("## Section\n\n### A deeper heading\n", "deeper", "2.1"),
        ("Term\n: Its definition.\n", "definition", "1.2"),
    ],
    ids=[
        "paragraph",
        "list item",
        "quotation",
        "table cell",
        "verse line",
        "enumerated",
        "heading",
        "definition",
    ],
)
def test_the_host_of_an_entry_is_the_text_block_before_it(tmp_path, block, lemma, place):
    conf = CONF + 'myst_enable_extensions = ["deflist"]\n'
    built = made(tmp_path, f"# Title\n\n{block}\n{entry(f'{lemma} ] other Q')}", conf=conf)
    assert built.warnings == ()
    assert linked(built.page("index"), f"{place}-a1") == lemma


def test_inside_a_list_item_the_host_is_the_items_paragraph(tmp_path):
    text = "# T\n\n- First item.\n\n  :::{apparatus}\n  First ] Last Q\n  :::\n\n- First again.\n"
    built = made(tmp_path, text)
    assert built.warnings == ()
    assert linked(built.page("index"), "1.1-a1") == "First"


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("Words *in emphasis that* end inside it.", "emphasis that end"),
        ("Words *in emphasis that* end inside it.", "in emphasis"),
        ("A **bold *and* nested** phrase.", "bold and nested phrase"),
        ("A note[^1] of the author.\n\n[^1]: {.editorial-text}\n    A note.\n", "note of"),
        ("A long line\nbroken in the source.", "line broken"),
        ("Of Власов and others.", "Of Власов"),
        ("The end (of it).", "(of"),
        ("A cafe\u0301 by the sea.", "cafe\u0301 by"),
    ],
)
def test_a_lemma_is_found_across_inline_markup(tmp_path, text, lemma):
    conf = CONF + "apparatus_transliterate = False\n"
    built = made(tmp_path, f"# T\n\n{text}\n{entry(f'{lemma} ] other Q')}", conf=conf)
    assert built.warnings == ()
    assert linked(built.page("index"), "1.1-a1") == lemma


def test_a_lemma_inside_a_link_is_marked_but_holds_no_second_link(tmp_path):
    built = made(tmp_path, f"# T\n\nSee [the old place](https://example.org) now.\n{entry('old ] new Q')}")
    assert built.warnings == ()
    assert '<span class="v-words lemma" id="1.1-a1-lemma">old</span>' in built.page("index")


def test_curly_and_straight_quotes_are_kept_apart(tmp_path):
    built = made(tmp_path, "# T\n\nThe “old” \"new\" -- and 'last' words...\n", witnesses="")
    assert "The “old” &quot;new&quot; -- and 'last' words..." in plain(built.page("index"))
    straight = entry('"""old""" ] x Q')
    (said,) = made(tmp_path / "2", f"# T\n\nThe “old” man.\n{straight}", allow="any").warnings
    assert "“old”" in said


def test_a_lemma_in_another_normalisation_form_is_not_found_and_the_message_says_so(tmp_path):
    composed = entry("caf\u00e9 ] inn Q")
    built = made(tmp_path, f"# T\n\nA cafe\u0301 by the sea.\n{composed}", allow="any")
    (said,) = built.warnings
    assert "[apparatus.lemma_not_found]" in said
    assert "NF" in said


def test_nested_and_overlapping_lemmata_are_shown_together(tmp_path):
    text = f"# T\n\nOne two three four five.\n{entry('One … three ] x Q', 'two ] y Q', 'three four ] z Q')}"
    page = made(tmp_path, text, conf=CONF + "apparatus_collation = False\n").page("index")
    together = page[page.index("entries-together") :]
    assert all(f'id="1.1-a{i}"' in together for i in (1, 2, 3))
    assert 'data-entries="1.1-a3 1.1-a1"' in page


def test_an_entry_may_name_its_place_when_the_apparatus_is_gathered(tmp_path):
    text = "# T\n\nFirst words.\n\nSecond words.\n" + entry(
        "1.1: words ] x Q", "1.1–1.2: First … Second ] y Q"
    )
    built = made(tmp_path, text, conf=CONF + "apparatus_collation = False\n")
    assert built.warnings == ()
    assert linked(built.page("index"), "1.1-a2") == "words"


def test_editorial_paragraphs_and_boxes_are_not_numbered(tmp_path):
    text = "# T\n\n{.editorial-text}\nThe editors say.\n\n```{note}\nA box.\n```\n\nThe text.\n"
    page = made(tmp_path, text, witnesses="", allow="not_text").page("index")
    assert re.findall(r'class="passage[^"]*" id="([^"]+)"', page) == ["1", "1.1"]
    assert '<a aria-label="Passage 1.1" class="passage-number" href="#1.1">1.1 </a>The text.' in page


def test_several_series_of_either_kind_stand_side_by_side(tmp_path):
    conf = CONF + (
        "apparatus_series = {\n"
        '    "apparatus": {"label": "Variants", "holds": "readings", "form": "run-in"},\n'
        '    "sources": {"label": "Sources", "holds": "prose", "form": "run-in", "letter": "s"},\n'
        '    "notes": {"label": "Notes", "holds": "prose", "form": "notes"},\n'
        "}\n"
    )
    text = f"# T\n\nThe cat sat.\n{entry('cat ] dog Q')}\n:::{{sources}}\ncat ] *Fables*, 3.\n:::\n\n:::{{notes}}\nsat ] It sat.\n:::\n"
    built = made(tmp_path, text, conf=conf)
    page = built.page("index")
    assert built.warnings == ()
    assert re.findall(r"series-label[^>]*>([^<]+)<", page) == [
        "Variants",
        "Sources",
        "Notes",
    ]
    assert all(f'id="1.1-{i}"' in page for i in ("a1", "s1", "n1"))
    assert "<em>Fables</em>, 3." in page


def test_a_positive_apparatus_names_all_who_have_the_lemma_and_a_negative_one_only_whom_it_says(tmp_path):
    witnesses = "".join(f'[witness.{w}]\nname = "copy {w}"\n' for w in "ABC")
    text = f"# T\n\nThe cat sat.\n{entry('cat C ] dog A B')}"
    positive = CONF + "apparatus_positive = True\n"
    said = made(tmp_path / "p", text, conf=positive, witnesses=witnesses)
    assert said.warnings == ()
    assert "cat C ] dog A B" in plain(said.page("index"))
    short = text.replace("cat C ]", "cat ]")
    silent = made(tmp_path / "q", short, conf=positive, witnesses=witnesses, allow="any")
    assert any("[apparatus.unaccounted_witness]" in w for w in silent.warnings)
    assert "cat ] dog A B" in plain(silent.page("index"))
    agreed = witnesses + 'silence = "agrees"\n'  # the last of them, C
    declared = made(tmp_path / "r", short, conf=positive, witnesses=agreed, allow="siglum_unused")
    assert "cat C ] dog A B" in plain(declared.page("index"))
    negative = made(tmp_path / "n", short, witnesses=agreed, allow="siglum_unused")
    shown = re.sub(r'<span class="support" hidden>.*?(?=\N{NO-BREAK SPACE}\])', "", negative.page("index"))
    assert "cat ] dog A B" in plain(shown)
    assert "support" not in shown


@pytest.mark.parametrize("builder", ["text", "xml", "man", "texinfo", "singlehtml", "epub"])
def test_other_builders_print_text_and_apparatus_too(tmp_path, builder):
    text = f"# T\n\nThe cat sat.\n{entry('cat ] dog Q (why)')}\n:::{{commentary}}\ncat ] An animal.\n:::\n"
    conf = CONF + 'epub_show_urls = "no"\nversion = "1"\nproject = "T"\nauthor = copyright = "E"\n'
    built = made(tmp_path, text, conf=conf, builder=builder)
    printed = plain(
        "".join(
            p.read_text(encoding="utf-8")
            for p in built.out.rglob("*")
            if p.suffix in (".txt", ".xml", ".1", ".texi", ".html", ".xhtml")
        )
    ).replace("\N{NO-BREAK SPACE}", " ")
    assert "1.1 The cat" in printed
    assert "1.1 cat ] dog Q (why)" in printed
    assert re.search(r"\b1 An animal\.", printed)


def test_an_entry_that_names_its_place_stands_at_the_foot_of_that_places_section(tmp_path):
    text = f"# T\n\nFirst words.\n\n## Second\n\nSecond words.\n{entry('1.1: First ] x Q', 'Second ] y Q')}"
    page = made(tmp_path, text).page("index")
    assert page.index('id="1.1-a1"') < page.index('<section id="second"') < page.index('id="2.1-a1"')


def test_the_longer_of_two_lemmata_opens_first(tmp_path):
    text = f"# T\n\nOne two three.\n{entry('One ] om. Q', 'One two ] secl. Madvig')}"
    scholar = ONE + '[scholar.Madvig]\nname = "J. N. Madvig"\n'
    page = made(tmp_path, text, witnesses=scholar).page("index")
    assert "[⟨One⟩ two] three." in plain(page)
