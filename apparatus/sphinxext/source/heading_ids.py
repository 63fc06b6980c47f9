"""Anchors of headings that docutils can make none of: in another script, or figures alone.

It knows ASCII only and counts all other headings (``id1``, ``id2``), so that a heading more moves the
anchors behind it. Cyrillic gets its transliteration, other scripts keep their letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms import SphinxTransform

from apparatus.script import transliterate
from apparatus.sphinxext.schedule import Transform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_COUNTED = re.compile(r"id\d+")


class NameHeadings(SphinxTransform):
    """Give a heading whose anchor was counted one that is made of its words."""

    default_priority = Transform.NAME_HEADINGS

    def apply(self, **kwargs: Any) -> None:
        for section in self.document.findall(dn.section):
            for i, counted in enumerate(section["ids"]):
                if _COUNTED.fullmatch(counted) and (named := anchor_of(section[0].astext())):
                    section["ids"][i] = self._rename(section, counted, named)

    def _rename(self, section: dn.section, counted: str, named: str) -> str:
        """Enter the anchor, or the first numbered one that is free, wherever docutils and MyST have the old one."""
        made = next(name for name in _numbered(named) if name not in self.document.ids)
        self.document.ids.pop(counted, None)
        self.document.ids[made] = section
        ids = self.document.nameids
        ids.update({name: made for name, anchor in ids.items() if anchor == counted})
        slugs = getattr(self.document, "myst_slugs", {})
        slugs.update({slug: (at[0], made, *at[2:]) for slug, at in slugs.items() if at[1] == counted})
        return made


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{number}" for number in count(2))


def anchor_of(title: str) -> str:
    """The anchor that the words of a heading make; empty where it has neither letters nor figures."""
    words = unicodedata.normalize("NFC", transliterate(title, "ala-lc-plain")).lower()
    made = re.sub(r"[\W_]+", "-", words).strip("-")
    return made if not made or made[0].isalpha() else f"h-{made}"


def setup(app: Sphinx) -> None:
    app.add_transform(NameHeadings)
