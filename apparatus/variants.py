"""Who reads what, as data: one row for each entry and each witness, for tables, programs and stemmatology.

In: an edition. Out: :class:`Row` values, and their forms as CSV (RFC 4180), JSON and NEXUS (Maddison, Swofford and
Maddison 1997). What a row says is computed from the one account of who reads what, which is proved.
"""

from __future__ import annotations

import csv
import io
import json
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from apparatus.classes import Classification
from apparatus.edition import Edition
from apparatus.forms import is_substantive
from apparatus.model import BREAK, Entry, Reading, Siglum
from apparatus.variation import ILLEGIBLE, LOST, Variation, Variations

#: What a witness can read at an entry, and what that means.
READS: Mapping[str, str] = {
    "lemma": "the words of the text",
    "reading": "one of the entry's readings",
    "otherwise": "something else, as another entry says",
    "absent": "nothing: it is not extant here",
    "unknown": "nothing is known: it is cited only where named, and is not named here",
}
#: By which rule that is known.
RULES: Mapping[str, str] = {
    "named": "the entry names it by its own siglum",
    "collective": "the entry names it by a siglum for several",
    "silence": "the entry does not name it, and its silence is agreement",
    "other entries": "other entries say what it has there",
    "gap": "a gap is declared for it",
    "nothing": "nothing says it",
}
#: Who says of which class a reading is.
CLASSES_BY: Mapping[str, str] = {
    "editor": "the editors say it at the reading",
    "rule": "a rule tells it",
    "": "there is no reading",
}
#: How CSV and JSON write a break between two passages within a reading.
PILCROW = " ¶ "
#: The characters of a NEXUS matrix, in the order in which the readings of a place take them.
SYMBOLS = string.digits + string.ascii_uppercase + string.ascii_lowercase
MISSING = "?"


@dataclass(frozen=True, slots=True)
class Row:
    """What one witness reads at one entry."""

    entry: str  #: the anchor of the entry
    place: str  #: the number of its passage
    start: int  #: of the lemma, in characters of the passage's block
    end: int
    lemma: str
    series: str
    substantive: bool
    witness: str
    hand: str
    reads: str  #: one of :data:`READS`
    reading: int | None  #: which of the entry's readings, from 1
    kind: str  #: the keyword of that reading; empty where it has words
    classes: tuple[str, ...]  #: of which it is, by the names that ``conf.py`` declares
    classes_by: str  #: one of :data:`CLASSES_BY`; empty where there is no reading
    causes: tuple[str, ...]  #: of what the editors say that it has come
    text: str | None  #: what the witness has for the lemma, by all entries; ``None`` where that is not known
    rule: str  #: one of :data:`RULES`
    siglum: str  #: by which the entry names it


def rows(edition: Edition) -> Iterator[Row]:
    """The rows of an edition, by the order of its entries and of its witnesses."""
    variations = Variations(edition)
    for variation in variations.all:
        for state in variations.states_at(variation):
            yield _row(edition, variations, variation, state)


def _row(edition: Edition, variations: Variations, variation: Variation, state: Siglum) -> Row:
    entry = variation.entry
    assert entry.span is not None and isinstance(entry.item, Entry)
    home = edition.text.span(edition.text.block_at(entry.span.start))
    reads, reading, text = _reads(variations, variation, state)
    rule, siglum = _rule(variations, variation, state, reads)
    its = None if reading is None else entry.item.readings[reading]
    classes, by, causes = _classes(edition.classification, entry.words, entry.item, its)
    return Row(
        entry=entry.id,
        place=entry.place,
        start=entry.span.start - home.start,
        end=entry.span.end - home.start,
        lemma=_in_line(entry.words),
        series=entry.series.name,
        substantive=is_substantive(entry, edition.classification),
        witness=state.key,
        hand=state.hand or "",
        reads=reads,
        reading=None if reading is None else reading + 1,
        kind="" if its is None else its.kind.value,
        classes=classes,
        classes_by=by,
        causes=causes,
        text=None if text is None else _in_line(text),
        rule=rule,
        siglum=siglum,
    )


def _classes(
    classification: Classification, words: str, item: Entry, reading: Reading | None
) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """The classes of a reading, who says so, and its causes."""
    if reading is None:
        return (), "", ()
    classes = tuple(each.name for each in classification.of(words, item, reading))
    by = "editor" if classification.said(reading) else "rule"
    return classes, by, tuple(each.name for each in classification.causes_of(reading))


def _reads(variations: Variations, variation: Variation, state: Siglum) -> tuple[str, int | None, str | None]:
    """What a state reads, which reading that is, and its words."""
    for variant in variation.variants:
        if state in variant.states:
            return "reading", variant.reading, variant.text
    if state in variation.support:
        return "lemma", None, _there(variations, variation, state)
    if state.hand is not None:
        if variations.upholds(variation, state):
            return "lemma", None, _there(variations, variation, state)
        if variations.is_absent(variation, state):
            return "absent", None, None
        return "otherwise", None, variations.instead(variation, state)
    account = variation.entry.account
    assert account is not None
    otherwise = dict(account.otherwise)
    if state.key in otherwise:
        return "otherwise", None, otherwise[state.key]
    return ("absent" if state.key in account.absent else "unknown"), None, None


def _there(variations: Variations, variation: Variation, state: Siglum) -> str | None:
    """What a supporter has: of a passage, or of words to which it adds nothing, other entries may give it others."""
    if not variations.is_told(state):
        return variation.entry.words
    return variations.instead(variation, state)


def _rule(variations: Variations, variation: Variation, state: Siglum, reads: str) -> tuple[str, str]:
    siglum = variations.cited_by(variation, state)
    if reads == "otherwise":
        return "other entries", ""
    if siglum is not None and reads in ("lemma", "reading"):
        return ("named" if siglum.key == state.key else "collective"), str(siglum)
    rule = {"lemma": "silence", "absent": "gap", "unknown": "nothing"}.get(reads, "nothing")
    return rule, ""


def _in_line(words: str) -> str:
    """Words on one line, as they are where blanks are the reader's."""
    readable = words.replace(ILLEGIBLE, "[ill.]").replace(LOST, "[lac.]")
    return readable.strip().replace(BREAK, PILCROW)


# --- forms ------------------------------------------------------------------------------


def write_csv(found: Sequence[Row]) -> str:
    """A table with a head. A cell of *text* is empty where a witness has no words, and where it is not known: *reads* says which."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in fields(Row)])
    for row in found:
        writer.writerow([_cell(value) for value in asdict(row).values()])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(value)  # names of classes, in which no blank is
    return str(value).lower() if isinstance(value, bool) else value


def write_json(found: Sequence[Row], edition: Edition, title: str, version: str) -> str:
    """The witnesses, and the rows by their entries, as :func:`schema` says."""
    entries: dict[str, dict[str, object]] = {}
    of_entry = ("place", "start", "end", "lemma", "series", "substantive")
    for row in found:
        data = asdict(row)
        name = data.pop("entry")
        head = {key: data.pop(key) for key in of_entry}
        its = entries.setdefault(name, {"entry": name, **head, "witnesses": []})
        witnesses = its["witnesses"]
        assert isinstance(witnesses, list)
        witnesses.append(data)
    told = [
        {"siglum": w.key, "label": edition.conspectus.label(w.key), "name": w.name, "date": w.date}
        for w in edition.conspectus.witnesses
    ]
    whole = {"title": title, "version": version, "witnesses": told, "entries": [*entries.values()]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def schema() -> str:
    """What the JSON has, as a JSON Schema (draft 2020-12)."""
    text, count = {"type": "string"}, {"type": "integer", "minimum": 0}
    names = {"type": "array", "items": text}
    row = {
        "witness": {**text, "description": "the siglum of a witness"},
        "hand": {**text, "description": "of which hand of it; empty: its own"},
        "reads": _one_of(READS),
        "reading": {"type": ["integer", "null"], "minimum": 1, "description": "which reading of the entry"},
        "kind": {**text, "description": "om., add. …; empty where the reading is words"},
        "classes": {**names, "description": "of which classes the reading is"},
        "classes_by": _one_of(CLASSES_BY),
        "causes": {**names, "description": "of what the editors say that it has come"},
        "text": {"type": ["string", "null"], "description": "what it has; null: not known"},
        "rule": _one_of(RULES),
        "siglum": {**text, "description": "by which the entry names it"},
    }
    entry = {
        "entry": {**text, "description": "the anchor of the entry"},
        "place": {**text, "description": "the number of its passage"},
        "start": {**count, "description": "where the lemma begins in its block"},
        "end": count,
        "lemma": text,
        "series": text,
        "substantive": {"type": "boolean"},
        "witnesses": {"type": "array", "items": _object(row)},
    }
    witness = {"siglum": text, "label": text, "name": text, "date": text}
    whole = {
        "title": text,
        "version": text,
        "witnesses": {"type": "array", "items": _object(witness)},
        "entries": {"type": "array", "items": _object(entry)},
    }
    said = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Variants of an edition"}
    return json.dumps({**said, **_object(whole)}, ensure_ascii=False, indent=1) + "\n"


def _one_of(meanings: Mapping[str, str]) -> dict[str, object]:
    said = "; ".join(f"{name}: {meaning}" for name, meaning in meanings.items())
    return {"enum": [*meanings], "description": said}


def _object(properties: Mapping[str, object]) -> dict[str, object]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": [*properties],
        "additionalProperties": False,
    }


def write_nexus(found: Sequence[Row], edition: Edition) -> str:
    """A matrix for programs of stemmatology: a row a witness, a column an entry, the same sign for the same words.

    A column has the anchor of its entry for a name; what its signs stand for is in the other forms, since readers of
    NEXUS trip over words such as *end* in labels. 0 is the text. What is lost, absent or not known is missing. A hand is a row where it is cited; elsewhere it has
    what its witness has.
    """
    columns: dict[str, dict[tuple[str, str], str]] = {}
    lemmata: dict[str, str] = {}
    for row in found:
        columns.setdefault(row.entry, {})[row.witness, row.hand] = _state(row)
        lemmata[row.entry] = row.lemma
    states = dict.fromkeys((row.witness, row.hand) for row in found)
    taxa = [_quoted(f"{witness}^{hand}" if hand else witness) for witness, hand in states]
    signs = {entry: _signs(lemmata[entry], column) for entry, column in columns.items()}
    matrix = {state: "".join(_sign(state, columns[e], signs[e]) for e in columns) for state in states}
    lines = [
        "#NEXUS",
        "BEGIN TAXA;",
        f"  DIMENSIONS NTAX={len(taxa)};",
        f"  TAXLABELS {' '.join(taxa)};",
        "END;",
        "BEGIN CHARACTERS;",
        f"  DIMENSIONS NCHAR={len(columns)};",
        f'  FORMAT DATATYPE=STANDARD MISSING={MISSING} SYMBOLS="{_used(matrix)}";',
        f"  CHARLABELS {' '.join(map(_quoted, columns))};",
        "  MATRIX",
        *(f"    {name} {matrix[state]}" for name, state in zip(taxa, states, strict=True)),
        "  ;",
        "END;",
    ]
    return "\n".join(lines) + "\n"


def _state(row: Row) -> str:
    """What is compared: the words, or that they are elsewhere; empty where they are not known."""
    if row.reads == "lemma":
        return "=" + row.lemma
    if row.text is None or row.kind in ("ill.", "lac."):
        return ""
    return ("~" if row.kind == "transp." else "=") + row.text


def _signs(lemma: str, column: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """A sign for each of the texts of a column; that of the edition stands first."""
    found = dict.fromkeys(("=" + lemma, *(state for state in column.values() if state)))
    return dict(zip(found, SYMBOLS, strict=False))


def _sign(state: tuple[str, str], column: Mapping[tuple[str, str], str], signs: Mapping[str, str]) -> str:
    told = column.get(state, column.get((state[0], ""), ""))
    return signs.get(told, MISSING)


def _used(matrix: Mapping[tuple[str, str], str]) -> str:
    used = set("".join(matrix.values())) - {MISSING}
    return "".join(sign for sign in SYMBOLS if sign in used) or "0"


def _quoted(name: str) -> str:
    """A name as NEXUS takes it: in single quotes, in which one is doubled."""
    return "'" + name.replace("'", "''") + "'"
