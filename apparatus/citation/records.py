"""The edition, or a passage of it, as a record for programs that keep references.

Three formats, all with the passage and its address: BibTeX (with biblatex's fields), RIS and
CSL-JSON. All three call it a book, and its version an edition of it: of a page of the web programs that keep references
have no field for a version, and lose it. Which style prints them is the business of the program that reads them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from apparatus.voice import ENGLISH, Voice


@dataclass(frozen=True, slots=True)
class Work:
    """The edition as a work to be cited; what is not known is empty.

    An editor is written ``Doe, Jane``; a name without a comma is an organisation's. ``released``
    is a date, 2026-11-23, or its beginning. ``sentence`` is the title as styles write it that keep
    capitals for names, which no program can tell from other words.
    """

    title: str
    version: str = ""
    editors: tuple[str, ...] = ()
    released: str = ""
    short: str = ""
    sentence: str = ""
    doi: str = ""  #: of this version
    doi_of_all: str = ""  #: of all versions together

    @property
    def year(self) -> str:
        return self.released[:4]

    @property
    def short_title(self) -> str:
        """The title without what follows its first colon, unless the edition gives a shorter one."""
        return self.short or self.title.partition(":")[0].strip()

    @property
    def edition(self) -> str:
        """Its version as programs keep it in the field for an edition, and styles print it."""
        return self.version and f"version {self.version}"

    def key(self, passage: str = "") -> str:
        """What a record is called, so that those of two passages can be kept in one file."""
        title = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or "edition"
        return f"{title}-{passage}" if passage else title


#: What TeX would not print as it stands. A brace is named, because readers of BibTeX count the escaped too.
TEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%#_$"},
        **{"{": r"{\textbraceleft}", "}": r"{\textbraceright}", "\\": r"{\textbackslash}"},
    }
)


def bibtex(work: Work, passage: str, address: str) -> str:
    """A record of biblatex: the edition, with the passage in a note."""
    # Braces keep capitals, and make of an organisation one name, whatever it has in it.
    escaped = (name.translate(TEX) for name in work.editors)
    editors = [name if "," in name else "{" + name + "}" for name in escaped]
    fields = {
        "title": "{" + work.title.translate(TEX) + "}",
        "editor": " and ".join(editors),
        "edition": work.edition.translate(TEX),
        "date": work.released,
        "doi": work.doi,
        "url": address,
        "note": passage and f"passage {passage}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@book{{{work.key(passage)},", *lines, "}"])


def ris(work: Work, passage: str, address: str) -> str:
    """A record of RIS, a book as in BibTeX. The passage is a note: pages of a book would be taken for how many it has."""
    fields = [
        *(("TY", "BOOK"), ("TI", work.title), *(("ED", name) for name in work.editors)),
        *(("ET", work.edition), ("PY", work.year), ("DA", work.released.replace("-", "/"))),
        *(("N1", passage and f"passage {passage}"), ("DO", work.doi), ("UR", address)),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def names(editors: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Editors as CSL has them."""
    for name in editors:
        family, comma, given = name.partition(",")
        yield {"family": family.strip(), "given": given.strip()} if comma else {"literal": name}


def csl_item(work: Work, passage: str, address: str) -> dict[str, object]:
    """The item that our own styles set; what is not known is left out."""
    item: dict[str, object] = {"id": work.key(passage), "type": "webpage", "title": work.title}
    item |= {"title-short": work.short_title} if work.short_title != work.title else {}
    item |= {"editor": list(names(work.editors))} if work.editors else {}
    item |= {"version": work.version} if work.version else {}
    item |= {"DOI": work.doi} if work.doi else {}
    item |= {"URL": address} if address else {}
    item |= {"note": f"passage {passage}"} if passage else {}
    if work.released:
        item["issued"] = {"date-parts": [[int(part) for part in work.released.split("-")]]}
    return item


def csl_json(work: Work, passage: str, address: str) -> str:
    """A file of CSL-JSON 1.0 with the one item, a field a line."""
    item = csl_item(work, passage, address) | {"type": "book"}
    if item.pop("version", ""):
        item["edition"] = work.edition
    lines = (f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in item.items())
    return "[{\n" + ",\n".join(lines) + "\n}]"


def reference(work: Work, passage: str, voice: Voice = ENGLISH) -> str:
    """The edition's own short form of reference, as it stands after a quotation."""
    holes = {"title": work.title, "version": work.version}
    version = voice.say("{title}, version {version}", **holes) if work.version else work.title
    year = f" ({work.year})" if work.year else ""
    return f"{version}{year}, {passage}"
