"""Records that can be read but would print mutilated: a type or field misspelt, no title.

BibTeX files carry many fields that no style prints, such as ``abstract`` or ``file``. An unknown
field is spoken of only where it looks like one that is printed and that the record lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from apparatus.bibliography.style import TYPES, in_place_of_title
from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest

_TITLES = "title booktitle journal journaltitle"
_TRANSLITERATED = (
    f"author editor {_TITLES} volume volumes number series edition pages pagetotal address location publisher "
    "institution organization school howpublished type note"
)
_OTHERS = "translator shorttitle langid year date isbn doi url urldate"
#: The fields that the style prints or goes by.
PRINTED = frozenset(
    (
        *_TRANSLITERATED.split(),
        *(f"translit{name}" for name in _TRANSLITERATED.split()),
        *(f"english{name}" for name in _TITLES.split()),
        *_OTHERS.split(),
    )
)
_NOT_MISSPELT = (
    "annote authortype bookauthor booksubtitle booktitleaddon callnumber cdate editora editorb editorc "
    "editorial editortype fjournal indexsorttitle isan isbn10 isbn13 ismn isrn issn journaliso "
    "journalsubtitle journaltitleaddon langidopts mdate mrnumber notation numpages origlocation "
    "origpublisher sorttitle subtitle translation urlday zblnumber"
)
#: Fields of BibTeX, of biblatex, of catalogues and of reference managers that look like one of those and
#: are none.
FOREIGN = frozenset(_NOT_MISSPELT.split())
#: How like a known type or field a misspelt one is at the least: *misk*, *yaer*.
_LIKE = 0.75


@dataclass(slots=True)
class Record:
    """A record as it stands in the file."""

    type: str
    line: int
    key: str = ""
    fields: dict[str, tuple[str, int]] = field(default_factory=dict)  #: value and line, by name


class _Reader(LowLevelParser):  # type: ignore[misc]  # pybtex has no types
    """pybtex's reader, which also says where things stand."""

    def __init__(self, text: str) -> None:
        super().__init__(text, macros=CaseInsensitiveDict(month_names))
        self.line, self.lines, self.broken = 1, list[int](), False

    def handle_error(self, error: PybtexSyntaxError) -> None:
        self.broken = True

    def parse_command(self) -> object:
        self.line, self.lines, self.broken = self.lineno, [], False
        return super().parse_command()

    def parse_value(self) -> None:
        self.lines.append(self.lineno)
        super().parse_value()

    def records(self) -> Iterator[Record]:
        for kind, body in ((found[0].lower(), found[1]) for found in self):
            if kind in ("string", "preamble") or self.broken:
                continue
            key, fields = body
            made = Record(kind, self.line, key)
            for (name, parts), line in zip(fields, self.lines, strict=False):
                made.fields.setdefault(name.lower(), ("".join(parts).strip(), line))
            yield made


def lines_of_works(text: str) -> dict[str, int]:
    """In which line of a file the record of each key begins."""
    return {record.key: record.line for record in reversed([*_Reader(text).records()])}


def doubts(text: str, file: str) -> Iterator[Problem]:
    """What looks wrong in the records of a file; those that cannot be read are passed over."""
    for record in _Reader(text).records():
        for message, line in _of(record):
            yield Problem(ProblemKind.DOUBTFUL_RECORD, message, Origin(file, line))


def _of(record: Record) -> Iterator[tuple[str, int]]:
    kind = record.type
    if kind not in TYPES:
        near = nearest(kind, TYPES, _LIKE)
        mend = (
            f"did you mean '{near}'?" if near else "write 'book' if it is one, 'misc' if it is like no other"
        )
        yield f"'{record.key}' is of the unknown type '{kind}' and is set like a book; {mend}", record.line
        kind = near or "book"
    given = {name for name, (value, _) in record.fields.items() if value}
    meant = set[str]()
    for name, (_, line) in record.fields.items():
        if like := _meant(name, given):
            meant.add(like)
            yield f"'{record.key}' has an unknown field '{name}'; did you mean '{like}'?", line
    wanted = ("title", *in_place_of_title(kind))
    if not (given | meant).intersection(wanted):
        names = " or ".join(f"'{name}'" for name in wanted)
        yield f"'{record.key}' has no title; give it the field {names}", record.line


def _meant(name: str, given: Collection[str]) -> str | None:
    """The printed field that *name* looks most like, if the record lacks it."""
    if name in PRINTED or name in FOREIGN:
        return None
    turned = (known for known in sorted(PRINTED) if sorted(known) == sorted(name))  # ulr
    like = next(turned, None) or nearest(name, PRINTED, _LIKE)
    return None if like in given else like
