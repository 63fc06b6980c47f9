"""Small parts of the writing of print, without a book."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.sphinxext.latex.face import is_printed


def test_in_an_offprint_a_siglum_leads_only_to_what_is_printed_there() -> None:
    offprint = dn.inline(labels={"witnesses#A"})
    assert is_printed(offprint, "%witnesses#A")
    assert not is_printed(offprint, "%witnesses#B")


def test_in_the_whole_book_a_siglum_leads_everywhere() -> None:
    assert is_printed(dn.inline(), "%witnesses#B")
