"""What can be taken along: the book, the EPUB, the TEI, the variants and offprints that were built for these pages.

In: a list in JSON, written by whoever builds them. Out: values for the pages that offer them. What is
not in the list, or whose file is not there, is not offered: no link leads nowhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from apparatus.voice import ENGLISH, Voice

#: What can be offered, in the order in which it is.
KINDS = ("pdf", "epub", "tei", "variants", "offprint")


@dataclass(frozen=True, slots=True)
class Download:
    """A file that pages offer."""

    kind: str  #: one of :data:`KINDS`
    path: Path  #: where it was built
    size: int  #: in bytes
    pages: int = 0  #: of a book; 0 if that is not known
    section: str = ""  #: the section of an offprint

    @property
    def name(self) -> str:
        """The name under which it stands beside the pages."""
        return self.path.name

    def measure(self, voice: Voice = ENGLISH) -> str:
        """How long and how large it is: *66 pages, 0.5 MB*."""
        pages = [voice.plural("{number} page", "{number} pages", self.pages)] if self.pages else []
        return ", ".join([*pages, in_bytes(self.size, voice)])


def in_bytes(size: int, voice: Voice = ENGLISH) -> str:
    """A size as people read it: *840 kB*, *1.2 MB* (SI units, as the systems of file names have them)."""
    if size < 999_500:
        return voice.say("{number} kB", number=max(1, round(size / 1000)))
    return voice.say("{number} MB", number=voice.decimal(size / 1_000_000))


def read_downloads(file: Path) -> tuple[Download, ...]:
    """The downloads in a list; none if the list is missing or cannot be read. Files that are gone are left out.

    The list is a JSON array of objects with ``kind``, ``file`` (from the folder of the list), and
    perhaps ``pages`` and ``section``.
    """
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
        found = [_download(one, file.parent) for one in listed]
    except (OSError, ValueError, TypeError, KeyError):
        return ()
    return tuple(sorted((one for one in found if one), key=lambda one: (KINDS.index(one.kind), one.section)))


def _download(listed: dict[str, str], folder: Path) -> Download | None:
    path = folder / listed["file"]
    if listed["kind"] not in KINDS or not path.is_file():
        return None
    return Download(
        listed["kind"], path, path.stat().st_size, int(listed.get("pages", 0)), str(listed.get("section", ""))
    )
