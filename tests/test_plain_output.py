"""Outputs without visitors of ours, Sphinx's plain text above all: everything is spelt out, in its order."""

from __future__ import annotations

import re
from pathlib import Path

from building import CONF, EDITIONS, build, project

SERIES = (
    CONF
    + """\
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "sources": {"label": "Sources", "holds": "prose"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes", "lemma": True},
    "glosses": {"label": "Glosses", "holds": "prose", "form": "notes", "letter": "g"},
}
"""
)


def written(folder: Path, text: str) -> str:
    """The plain text of a page, its lines not wrapped."""
    source = project(folder / "source", text, conf=SERIES, footnotes=True)
    made = build(source, folder / "build", builder="text", allow="siglum_unused", text_sectionchars="=-~")
    page = (made.out / "index.txt").read_text(encoding="utf-8")
    return re.sub(r"(?<=\S)\n(?=[^\n=-])", " ", page)


def test_passages_entries_and_notes_stand_in_their_order_with_their_numbers(tmp_path):
    text = """# The Ferry

The boat left at dawn.

:::{commentary}
boat ] A small one.

  Its second paragraph.
:::

:::{apparatus}
left ] went A^2 (*so*, see {ref}`1.2`)
boat ] ship A? B
:::

:::{sources}
dawn ] Ovid, {ref}`1.2`
:::

- It came *back*.[^a]

:::{glosses}
came back ] It did.
:::

[^a]: The author's.
"""
    page = written(tmp_path, text)
    assert (
        page
        == """1 The Ferry
===========

1.1 The boat[n. 1] left at dawn.

* 1.2 It came *back[g. 1]*.[a]

-[ Apparatus ]-

1.1 boat ] ship A ut vid. B

1.1 left ] went A^2 (*so*, see 1.2)

-[ Sources ]-

1.1 dawn ] Ovid, 1.2

-[ Notes ]-

n. 1 boat ] A small one.

Its second paragraph.

-[ Glosses ]-

g. 1 It did.

======================================================================

[a] The author's.
"""
    )


def test_a_note_that_begins_with_a_list_has_its_number_and_words_above_it(tmp_path):
    page = written(tmp_path, "# T\n\nThe boat.\n\n:::{commentary}\nboat ]\n  - one\n  - two\n:::\n")
    assert "n. 1 boat ]\n\n* one" in page


def test_an_entry_on_a_whole_passage_puts_no_sign_before_the_passage(tmp_path):
    page = written(tmp_path, "# T\n\nThe boat.\n\n:::{apparatus}\n¶ ] om. A\n:::\n")
    assert "\n1.1 The boat.\n" in page
    assert "\n1.1 ¶ ] om. A\n" in page


def entries(html: str) -> list[str]:
    """The formal entries of a page, without the supports of a positive apparatus, as plain text has them."""
    shown = re.sub(r'<span class="support" hidden>.*?</span></a></span>', "", html)
    found = re.findall(r'<div aria-label="Apparatus[^>]*>(.*?)</div>', shown)
    return [" ".join(re.sub(r"<sup>", "^", one).replace("\N{NO-BREAK SPACE}", " ").split()) for one in found]


def test_plain_text_has_the_entries_of_the_screen(tmp_path):
    source = EDITIONS / "four-witnesses"
    page = (build(source, tmp_path, builder="epub", version="1", copyright="E").out / "text.xhtml").read_text(
        encoding="utf-8"
    )
    text = (build(source, tmp_path, builder="text").out / "text.txt").read_text(encoding="utf-8")
    screen = [re.sub("<[^>]*>", "", one) for one in entries(page)]
    foot = text[text.index("-[ Apparatus ]-") : text.index("-[ Sources ]-")].split("\n\n")[1:-1]
    assert len(screen) > 25
    assert [" ".join(one.replace("*", "").split()) for one in foot] == screen


def test_a_fact_of_a_witness_can_be_read_on_from_its_name(tmp_path):
    text = "A cat.\n\n:::{apparatus}\ncat ] dog A\n:::\n\n:::{conspectus}\n:::\n"
    conf = '[witness.A]\nname = "a copy"\nsilence = "agrees"\n'
    source = project(tmp_path / "source", text, witnesses=conf)
    made = build(source, tmp_path / "build", builder="text", allow="not_text")
    page = " ".join((made.out / "index.txt").read_text(encoding="utf-8").split())
    facts = re.findall(r"(\w+): (\w+)", page)
    assert ("silent", "it") in facts
    assert [pair for pair in facts if pair[0] == pair[1]] == []


def test_words_that_are_written_from_right_to_left_change_no_places_with_others(tmp_path):
    text = (
        "# T\n\nThe word שלום stands here.\n\n:::{apparatus}\nשלום ] שלומים A ; om. B\nword ] Wort A\n:::\n"
    )
    page = written(tmp_path, text)
    assert "1.1 \u2068שלום\u2069 ] \u2068שלומים\u2069 A ; om. B" in page
    assert "1.1 word ] Wort A" in page
