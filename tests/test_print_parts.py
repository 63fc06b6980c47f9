"""Small parts of the writing of print, without a book."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.sphinxext.latex.face import is_printed
from apparatus.sphinxext.latex.reshape import outline


def test_in_an_offprint_a_siglum_leads_only_to_what_is_printed_there() -> None:
    offprint = dn.inline(labels={"witnesses#A"})
    assert is_printed(offprint, "%witnesses#A")
    assert not is_printed(offprint, "%witnesses#B")


def test_in_the_whole_book_a_siglum_leads_everywhere() -> None:
    assert is_printed(dn.inline(), "%witnesses#B")


def test_the_outline_has_the_words_of_a_passage_and_no_markup() -> None:
    bold = [dn.raw("", "<b>", format="html"), dn.Text("beta"), dn.raw("", "</b>", format="html")]
    assert outline(dn.paragraph("", "", dn.Text("One "), *bold, dn.Text(" two"))) == "One beta two"
