"""Where everything stands in the printed edition: page and line, from what LaTeX leaves behind.

In: the ``.aux`` file of the last run. reledmac writes into it, for every label, the page and the
line (``\\l@dmake@labels``, manual: ``\\edlabel``); our own package writes the version, and a digest
of the text. Out: :class:`Concordance`, kept as JSON beside the PDF with both, so that a screen
edition of another version, or of a text mended since, is never told the pages of this one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from apparatus.voice import ENGLISH, Voice

#: The name of the file beside the PDF.
FILE = "concordance.json"
#: ``\l@dmake@labels page|line|sub-line|…{label}``
EDLABEL = re.compile(r"^\\l@dmake@labels (\w+)\|(\d+)\|[^{}]*\{([^{}]+)\}", re.MULTILINE)
VERSION = re.compile(r"^\\critrelease\{([^{}]*)\}", re.MULTILINE)
TEXT = re.compile(r"^\\critdigest\{([^{}]*)\}", re.MULTILINE)
ENDS = re.compile(r":(start|end)$")


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in print; the page as it is printed on it."""

    page: str
    line: int

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, voice: Voice) -> str:
        """As it is quoted: *p. 7, l. 12*."""
        return voice.say("p. {page}, l. {line}", page=self.page, line=self.line)


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a passage or entry begins and ends."""

    start: Spot
    end: Spot

    def __str__(self) -> str:
        return self.said(ENGLISH)

    def said(self, voice: Voice) -> str:
        """As it is quoted: *p. 7, l. 12*, *p. 7, ll. 12–14*, *p. 7, l. 30 – p. 8, l. 2*."""
        if self.start == self.end:
            return self.start.said(voice)
        if self.start.page == self.end.page:
            page, first, last = self.start.page, self.start.line, self.end.line
            return voice.say("p. {page}, ll. {first}–{last}", page=page, first=first, last=last)
        return f"{self.start.said(voice)} – {self.end.said(voice)}"


@dataclass(frozen=True, slots=True)
class Concordance:
    """The printed places of one version of an edition, by the names of passages, entries and notes."""

    version: str = ""
    places: Mapping[str, Printed] = field(default_factory=dict)
    text: str = ""  #: a digest of the text that was printed; nothing if it is not known


def from_aux(aux: str) -> Concordance:
    """Read an ``.aux`` file; what is no label of an edition is passed over."""
    starts: dict[str, Spot] = {}
    ends: dict[str, Spot] = {}
    for page, line, label in EDLABEL.findall(aux):
        if not ENDS.search(label):
            continue
        name, spot = ENDS.sub("", label), Spot(page, int(line))
        if label.endswith(":end"):
            ends[name] = spot
        else:
            starts.setdefault(name, spot)
    places = {name: Printed(start, ends.get(name, start)) for name, start in starts.items()}
    version, text = VERSION.search(aux), TEXT.search(aux)
    return Concordance(version[1] if version else "", places, text[1] if text else "")


def write_concordance(concordance: Concordance) -> str:
    """The concordance as JSON, one place a line."""
    rows = [
        f"{json.dumps(name)}: {json.dumps([p.start.page, p.start.line, p.end.page, p.end.line])}"
        for name, p in concordance.places.items()
    ]
    said = {"version": concordance.version, "text": concordance.text}
    return json.dumps(said).removesuffix("}") + ', "places": {\n' + ",\n".join(rows) + "\n}}\n"


def read_concordance(path: Path, version: str, text: str = "") -> Concordance:
    """The concordance in *path*; an empty one if the file is missing or not whole, or belongs to another version or *text*."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        printed = data.get("text", "")
        if data["version"] != version or (text and printed and text != printed):
            return Concordance(version)
        return Concordance(version, {name: _printed(row) for name, row in data["places"].items()}, printed)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Concordance(version)


def _printed(row: list[object]) -> Printed:
    """One place from its four fields."""
    first, line, last, end = row
    return Printed(Spot(str(first), int(str(line))), Spot(str(last), int(str(end))))
