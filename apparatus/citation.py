"""A passage of the edition as a record for programs that keep references.

Three formats, all with the passage and its address: BibTeX (with biblatex's fields), RIS and
CSL-JSON. Which style prints them is the business of the program that reads them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Work:
    """The edition as a work to be cited."""

    title: str
    version: str = ""
    editors: str = ""
    year: str = ""


def bibtex(work: Work, passage: str, address: str) -> str:
    """A record of biblatex: the edition, with the passage as pages."""
    key = re.sub(r"[^a-z0-9]+", "-", work.title.lower()).strip("-")
    fields = {
        "title": "{" + work.title + "}",  # capitals are kept
        "editor": "{" + work.editors + "}" if work.editors else "",  # one name, whatever it has in it
        "version": work.version,
        "year": work.year,
        "url": address,
        "note": f"passage {passage}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{key},", *lines, "}"])


def ris(work: Work, passage: str, address: str) -> str:
    """A record of RIS, type electronic book: ``SP`` is where the passage goes."""
    fields = [
        *(("TY", "EBOOK"), ("TI", work.title), ("ED", work.editors), ("ET", work.version)),
        *(("PY", work.year), ("SP", passage), ("UR", address)),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in fields if value) + "ER  - \n"


def csl_json(work: Work, passage: str, address: str) -> str:
    """An item of CSL-JSON 1.0; the passage is the locator that a citation would give."""
    item: dict[str, object] = {
        "id": re.sub(r"[^a-z0-9]+", "-", work.title.lower()).strip("-"),
        "type": "book",
        "title": work.title,
        "URL": address,
        "note": f"passage {passage}",
    }
    if work.version:
        item["version"] = work.version
    if work.editors:
        item["editor"] = [{"literal": work.editors}]
    if work.year:
        item["issued"] = {"date-parts": [[int(work.year)]]}
    return json.dumps([item], ensure_ascii=False, indent=1)


def reference(work: Work, passage: str) -> str:
    """The edition's own form of reference."""
    version = f", version {work.version}" if work.version else ""
    return f"{work.title}{version}, {passage}"
