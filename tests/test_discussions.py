"""What goes deeper than a note: behind it on the screen, after the text in print, lost nowhere."""

from __future__ import annotations

import re

import pytest
from building import CONF, build, project

CONF_WITH_DISCUSSION = (
    CONF
    + """\
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes", "lemma": True},
    "discussion": {"label": "Discussion", "holds": "prose", "form": "discussion"},
}
"""
)
TEXT = """\
# Title

The cat sat on the mat.

:::{apparatus}
cat ] dog A
:::

:::{commentary}
cat ] An animal.
mat ] A rug.
:::

:::{discussion}
cat ] It has been asked which.

    Nobody knows.
sat ] This continues no note.
:::

Then it slept.

:::{commentary}
slept ] Rested.
:::

:::{discussion}
slept ] For how long is not said.
:::
"""
DEEPER = ("It has been asked which.", "Nobody knows.", "This continues no note.", "For how long is not said.")


def made(tmp_path, builder: str):
    one = '[witness.A]\nname = "the first copy"\n'
    source = project(tmp_path / "source", TEXT, witnesses=one, conf=CONF_WITH_DISCUSSION)
    return build(source, tmp_path / "out", builder=builder, version="1", copyright="the editors")


def test_on_the_screen_a_discussion_stands_in_its_note_and_nothing_in_the_text_leads_to_it(tmp_path):
    page = made(tmp_path, "html").page("index")
    note = page[page.index('id="1.1-n1"') : page.index('id="1.1-n2"')]
    assert '<details class="discussion" id="1.1-d1"><summary>more</summary>' in note
    assert "It has been asked which." in note and "Nobody knows." in note
    assert 'href="#1.1-d1"' not in page
    assert [page.count(words) for words in DEEPER] == [1] * 4


def test_a_discussion_that_continues_no_note_stands_where_its_series_is_listed(tmp_path):
    page = made(tmp_path, "html").page("index")
    assert re.search(r'class="series discussion">.*This continues no note\.', page, re.DOTALL)


def test_in_print_all_discussions_stand_after_the_text_in_its_order(tmp_path):
    built = made(tmp_path, "latex")
    [file] = built.out.glob("*.tex")
    tex = file.read_text(encoding="utf-8")
    after = tex[tex.index(["Then", "it", "slept"][0], tex.index("\\passage")) :]
    places = [after.index(words) for words in DEEPER]
    assert places == sorted(places)
    assert after.index("{Discussion}") < places[0]
    assert after.rindex("\\closepassage") < after.index("{Discussion}")
    assert [tex.count(words) for words in DEEPER] == [1] * 4


@pytest.mark.parametrize("builder", ["epub", "text"])
def test_no_output_loses_a_discussion(tmp_path, builder):
    built = made(tmp_path, builder)
    [page] = [p for p in built.out.glob("index.*") if p.suffix in (".xhtml", ".txt")]
    words = re.sub(r"\s+", " ", page.read_text(encoding="utf-8"))
    assert [words.count(said) for said in DEEPER] == [1] * 4
    assert "<details" not in words
