"""The nodes of an edition, all on plain docutils classes so that every builder prints them.

What a document holds *at rest* (pickled) is the text untouched, each block with the
attribute ``block_key``, and at each section's end a :class:`foot` whose :class:`entry`
nodes hold what was parsed as MyST: the body of a note, the remarks of an entry. A node
carries the key of its entry, never the entry.

When a document is *written*, ``sphinxext.assemble`` gives blocks their numbers, cuts the
text at the lemmata and fills the entries. The writers see:

================== ===========================================================
any block          ``node["passage"] = "2.3"``, the same in ``ids``; first child
                   a :class:`passage_number`
:class:`lemma`     a stretch of text that one or more entries are about (HTML)
:class:`lemma_open` :class:`lemma_close`  milestones at an entry's ends (LaTeX); the
                   former holds the :class:`entry` itself
:class:`note_mark` the raised number of a note; in LaTeX it holds the note's body
:class:`foot`      apparatus and notes of a section (not in LaTeX)
:class:`name`      a name that the register has
================== ===========================================================
"""

from __future__ import annotations

from docutils import nodes


class series_block(nodes.container):
    """What ``:::{apparatus}`` leaves where it stood, until its host is known."""


class foot(nodes.container):
    """Apparatus and notes at the end of a section of edited text."""


class series_list(nodes.container):
    """The entries of one series within a foot; ``series`` names it, ``form`` is ``run-in`` or ``notes``."""


class cluster(nodes.container):
    """Entries whose lemmata touch one another; they are shown together."""


class apparatus_entry(nodes.paragraph):
    """One entry or note; ``entry_key``, ``entry_id``, ``series``, ``form``; for notes ``number``.

    Not called ``entry``: that is the cell of a docutils table, and docutils dispatches on names.
    """


entry = apparatus_entry


class entry_line(nodes.inline):
    """A formal entry in HTML: its text, its remarks, and the ``runs`` that the visitor writes."""


class note_body(nodes.container):
    """The prose of a note, parsed as MyST."""


class note_head(nodes.inline):
    """The words that a numbered note is about, and the bracket after them."""


class remark(nodes.inline):
    """A remark in MyST; ``part`` says on what: ``entry``, ``support`` or the index of a reading."""


class passage_number(nodes.inline):
    """The number of a block, in the margin; a permalink to it."""


class lemma(nodes.inline):
    """A stretch of text with at least one entry; ``entries`` are their ids, ``refuri`` the first's place."""


class lemma_open(nodes.inline):
    """Where an entry's lemma begins: ``entry_id``; its child is the :class:`entry`."""


class lemma_close(nodes.inline):
    """Where an entry's lemma ends: ``entry_id``."""


class note_mark(nodes.inline):
    """The number of a note in the text: ``number``, ``entry_id``, ``refuri``."""


class entry_lemma(nodes.inline):
    """The lemma as repeated in its entry."""


class reading(nodes.inline):
    """The words of a reading in its entry."""


class editorial(nodes.inline):
    """An editor's abbreviation (*om.*, *add.*) or mark (⟨ ⟩, † †); italic in print where it is a word."""


class siglum(nodes.inline):
    """A siglum, linked to its witness; ``expanded`` says its name."""


class cyrillic(nodes.inline):
    """A run of Cyrillic, marked as Russian."""


class transliteration(nodes.inline):
    """The transliteration that stands beside a ``run`` of Cyrillic: the editors', not the text's.

    Without ``run`` it is written in the source and is the same in every scheme.
    """


class name(nodes.inline):
    """A name of the register in the text, or a part of one: ``key``; ``refuri`` of its entry, if it is a link."""


class name_passages(nodes.paragraph):
    """Where the entry of the register called ``key`` occurs; filled when its document is written."""


class name_pages(nodes.inline):
    """In print, the pages on which the occurrences called ``occurrences`` stand."""
