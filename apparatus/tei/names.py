"""Identifiers of a TEI file (``xml:id``): the published anchors behind a ``p``, sigla as they are where XML allows them."""

from __future__ import annotations

import re
import unicodedata

from apparatus.model import Siglum

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"

#: What an identifier may have as it is: of letters those of Latin, Greek, Russian, Hebrew and Arabic that were names
#: in the first edition of XML already. Validators go by that still, and refuse Coptic, say, or old Cyrillic.
_OTHER = re.compile(
    "[^A-Za-z0-9_.\\-\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e"
    "\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a]|_(?=[0-9a-f]+_)"
)
#: What identifiers of this module's own begin with; a siglum that does so is written otherwise.
_OURS = re.compile(r"p[\w]*[\d_]|(d|kind|grade|class|cause|gap|name|w)\.|(kinds|grades|classes|causes)$")


def legal(name: str) -> str:
    """A name as XML takes it behind a letter; no two become the same. ``A*`` is ``A_2a_``, as ``ⲁ`` is ``_2c81_``."""
    composed = unicodedata.normalize("NFC", name)
    return _OTHER.sub(lambda found: f"_{ord(found[0]):x}_", composed)


def passage_id(anchor: str) -> str:
    """The identifier of a passage, entry or note by its published anchor: ``2.3`` is ``p2.3``."""
    return f"p{legal(anchor)}"


def witness_id(state: Siglum) -> str:
    """The identifier of a witness, of a hand in it, of a scholar: ``A``, ``A.ac``."""
    name = legal(state.key).replace(".", "_2e_")  # a stop divides it from its hand
    name += f".{legal(state.hand)}" if state.hand else ""
    begins = name[0].isalpha() or name[0] == "_"
    return f"w.{name}" if not begins or _OURS.match(name) else name


def kind_id(keyword: str) -> str:
    """The identifier of a kind of reading: ``om.`` is ``kind.om``."""
    return f"kind.{keyword.rstrip('.')}"


def grade_id(grade: str) -> str:
    """The identifier of a degree of sureness of notes."""
    return f"grade.{legal(grade)}"


def class_id(name: str) -> str:
    """The identifier of a class of variants."""
    return f"class.{legal(name)}"


def cause_id(name: str) -> str:
    """The identifier of what variants come of."""
    return f"cause.{legal(name)}"


def pointers(*ids: str) -> str:
    """Pointers to identifiers, as attributes have them."""
    return " ".join(f"#{name}" for name in ids)
