"""The nodes of an edition, all on plain docutils classes so that every builder prints them.

What a document holds *at rest* (pickled) is the text untouched, each block with the
attribute ``block_key``, and at each section's end a :class:`foot`, which has the keys of the
entries that stood there. Below it is what was parsed as MyST, and nothing else: a note with its
body, a formal entry if it has a remark. A node carries the key of its entry, never the entry.

When a document is *written*, ``sphinxext.entries`` gives blocks their numbers and cuts the
text at the lemmata. The writers see:

================== ===========================================================
any block          ``node["passage"] = "2.3"``, the same in ``ids``; first child
                   a :class:`passage_number`
:class:`lemma`     a stretch of text that one or more entries are about (HTML)
:class:`lemma_open` :class:`lemma_close`  milestones at an entry's ends (LaTeX); the
                   former holds the :class:`formal_entry`, or what is run in of prose
:class:`note_mark` the raised number of a note; in LaTeX it holds the note's body
:class:`foot`      apparatus and notes of a section (not in LaTeX)
:class:`name`      a name that the register has
================== ===========================================================

Opaque are :class:`formal_entry`, :class:`formal_entries`, :class:`entry_line` and :class:`note_head`: what they print is in
the face of the entry that they name (``apparatus.render.face``), and only what docutils has to
resolve, the remarks, are children of theirs. A writer that has no visitor for them finds them spelt
out (``sphinxext.plain``).
"""

from __future__ import annotations

from typing import NamedTuple

from docutils import nodes as dn


class gathers:
    """What is filled from the whole edition: with any change in that, its page is written again."""


class not_in_print(dn.Element, dn.Invisible):
    """Where something stands that the book has in another form already, as ``why`` says."""


class series_block(dn.container):
    """What ``:::{apparatus}`` leaves where it stood, until its host is known."""


class foot(dn.container):
    """Apparatus and notes at the end of a section of edited text; ``entries`` are the keys of what stood there."""


class series_list(dn.container):
    """The entries of one series within a foot; ``series`` names it, ``form`` is ``run-in`` or ``notes``."""


class cluster(dn.container):
    """Entries whose lemmata touch one another; they are shown together."""


class Listed(NamedTuple):
    """An entry as a foot lists it: its key, its anchor, and the classes that style sheets go by."""

    key: str
    id: str
    classes: tuple[str, ...] = ()


class formal_entries(dn.container):
    """Clusters of formal entries that hold nothing, opaque: ``clusters``, each a list of :class:`Listed`.

    A large apparatus is most of a document, and whoever looks for something in it would pass every entry.
    """


class apparatus_entry(dn.paragraph):
    """An entry of prose: ``entry_key``; its children are a :class:`note_body`, or what is run in.

    A paragraph, because links stand in it, but none that is translated as a whole. Not called ``entry``: that is the cell of a docutils table, and docutils dispatches on names.
    """


class formal_entry(apparatus_entry):
    """An entry that holds readings, opaque: ``entry_key``; its children are its remarks."""


class entry_line(dn.inline):
    """The line of a formal entry in a table, opaque: ``entry_key``, ``docname`` of the table; its remarks."""


class note_body(dn.container):
    """The prose of a note, parsed as MyST."""


class discussion(dn.container):
    """What goes deeper than the note that holds it: ``entry_key``; ``ids`` have its anchor (not in LaTeX)."""


class note_head(dn.inline):
    """The words that a note repeats, and the bracket after them, opaque: ``entry_key``."""


class remark(dn.inline):
    """A remark in MyST; ``part`` says on what: ``entry``, ``support`` or the index of a reading."""


class passage_number(dn.inline):
    """The number of a passage: ``number``, and ``said`` in words; a permalink to it.

    ``within`` is ``margin`` or ``line`` where the passage begins within its block, and says where the number stands.
    """


class milestone(dn.inline):
    """Where a number of a reference system beside the first begins: ``number``, ``label``; ``ids`` have its anchor."""


class counterpart(dn.inline):
    """The way to what stands beside a passage in another text: ``numbers``; its child is the link, which shows them."""


class half(dn.inline):
    """Room at the head of the second half of a verse for the ``words`` before it (TEI ``l`` with ``@part``)."""


class lemma(dn.inline):
    """A stretch of text with at least one entry; ``entries`` are their ids, ``refuri`` the first's place."""


class lemma_open(dn.inline):
    """Where an entry's lemma begins: ``entry_id``; its child is the :class:`entry`."""


class lemma_close(dn.inline):
    """Where an entry's lemma ends: ``entry_id``."""


class note_mark(dn.inline):
    """The number of a note in the text: ``number``, ``entry_id``, ``refuri``."""


class editorial(dn.inline):
    """An editor's abbreviation (*om.*, *add.*) or mark (⟨ ⟩, † †); italic in print where it is a word."""


class siglum(dn.inline):
    """A siglum outside an entry."""


class cyrillic(dn.inline):
    """A run of Cyrillic, marked as Russian."""


class transliteration(dn.inline):
    """The transliteration that stands beside a ``run`` of Cyrillic: the editors', not the text's.

    Without ``run`` it is written in the source and is the same in every scheme.
    """


class name(dn.inline):
    """A name of the register in the text, or a part of one: ``key``; ``refuri`` of its entry, if it is a link."""


class name_passages(gathers, dn.paragraph):
    """Where the entry of the register called ``key`` occurs; filled when its document is written."""


class name_pages(dn.inline):
    """In print, the pages on which the occurrences called ``occurrences`` stand."""
