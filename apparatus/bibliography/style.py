"""The form of an entry, by its type, as pybtex rich text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from string import Formatter
from typing import Any, ClassVar

from pybtex.database import Entry, Person
from pybtex.richtext import HRef, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle

from apparatus.bibliography import names
from apparatus.script import DEFAULT, SCHEMES, has_cyrillic, runs, transliterate
from apparatus.voice import ENGLISH, Voice, phrase

#: The tag round a transliteration and its brackets; a backend that does not know it prints
#: what it holds.
TRANSLITERATION = "transliteration"

_ARTICLES = {"article", "periodical", "suppperiodical"}
_PARTS = {
    "incollection",
    "inbook",
    "inproceedings",
    "inreference",
    "suppbook",
    "suppcollection",
    "conference",
}
_THESES = {
    "thesis": phrase("thesis"),
    "phdthesis": phrase("PhD thesis"),
    "mathesis": phrase("master’s thesis"),
    "mastersthesis": phrase("master’s thesis"),
}
_MISC = {
    "misc",
    "online",
    "electronic",
    "www",
    "unpublished",
    "dataset",
    "software",
    "booklet",
    "report",
    "techreport",
}
_BOOKS = {
    "book",
    "mvbook",
    "collection",
    "mvcollection",
    "proceedings",
    "mvproceedings",
    "reference",
    "mvreference",
    "manual",
}
#: The types of entries that have a form here; others are set like a book.
TYPES = frozenset().union(_ARTICLES, _PARTS, _THESES, _MISC, _BOOKS)
_QUOTES = {"czech": ("„", "“"), "german": ("„", "“"), "ngerman": ("„", "“"), "russian": ("«", "»")}
#: Arabic or Roman numbers, with a mark of doubt perhaps: *2*, *xvi, 205*, *6?*
_NUMBER = re.compile(r"[\divxlc]+(?:(?:[/–-]|, )[\divxlc]+)*\??", re.IGNORECASE)
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\Z"
)


VOLUME, VOLUMES, PAGES = phrase("vol. {number}"), phrase("{number} vols"), phrase("{number} pp.")


class ShortTitleStyle(BaseStyle):  # type: ignore[misc]  # pybtex has no types
    """Entries, labels and order of a bibliography in two scripts.

    Labels, which stand in running text, and the order follow the edition's scheme of transliteration;
    names and titles in the entries follow the scheme that catalogues have for it. What is said between
    them is in the language of the *voice*.
    """

    scheme: ClassVar[str] = DEFAULT
    voice: ClassVar[Voice] = ENGLISH

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The base class takes these from plugins of their own; ours depend on the scheme.
        self.sort = lambda entries: sorted(entries, key=lambda e: names.sort_key(e, self.scheme))
        self.format_labels = lambda entries: names.labels(entries, self.scheme)

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> FormattedEntry:
        """One entry. A type that is not known is set like a book."""
        work = _Work(entry, SCHEMES[self.scheme].in_catalogues, self.voice)
        if entry.type in _ARTICLES:
            parts = work.article()
        elif entry.type in _PARTS:
            parts = work.part_of_book()
        elif entry.type in _THESES:
            parts = work.thesis()
        elif entry.type in _MISC:
            parts = work.misc()
        else:
            parts = work.book()
        return FormattedEntry(entry.key, Text(" ").join(part.add_period() for part in parts), label)


@cache
def style_for(scheme: str, voice: Voice = ENGLISH) -> type[ShortTitleStyle]:
    """The style that transliterates by *scheme*, by the default one if there is no such, and speaks by a *voice*."""
    its = {"scheme": scheme if scheme in SCHEMES else DEFAULT, "voice": voice}
    return type(f"ShortTitleStyle[{scheme}]", (ShortTitleStyle,), its)


def in_place_of_title(kind: str) -> tuple[str, ...]:
    """The fields that can stand for the title in an entry of this type: an untitled review has its journal."""
    if kind in _ARTICLES:
        return "journal", "journaltitle"
    if kind in _PARTS:
        return ("booktitle",)
    return ("howpublished", "note") if kind in _MISC else ()


class _Work:
    """An entry being set; each method gives the sentences of a type or one part of them."""

    def __init__(self, entry: Entry, scheme: str, voice: Voice) -> None:
        self.entry, self.scheme, self.voice = entry, scheme, voice

    def say(self, message: str, **holes: Text | str) -> Text:
        """A message of the catalogue, its holes filled with what may be set in italics."""
        parts = Formatter().parse(self.voice.say(message))
        return Text(
            *(part for words, name, _, _ in parts for part in (words, holes[name] if name else "") if part)
        )

    # --- types ---

    def book(self) -> Iterator[Text]:
        yield from self.heading()
        yield from self.title("title", italic=True)
        yield from self.helpers(editor="author" in self.entry.persons)
        yield from self.edition()
        volumes = _some(", ", *self.counted("volume", VOLUME), *self.counted("volumes", VOLUMES))
        yield from (part.capfirst() for part in volumes)
        yield from self.series()
        yield from self.imprint("publisher", "institution", "organization", "school", "howpublished")
        yield from _some("", *self.counted("pagetotal", PAGES))
        yield from self.tail()

    def article(self) -> Iterator[Text]:
        yield from self.heading()
        yield from self.title("title")
        yield from self.helpers()
        journal = [*self.title("journal", italic=True)] or [*self.title("journaltitle", italic=True)]
        where = _some(" ", *journal, *self.value("volume"))
        where = _some(", ", *where, *self.counted("number", phrase("no. {number}")))
        when = names.year(self.entry)
        where = _some(" ", *where, *([Text("(", when, ")")] if when else []))
        yield from _some(": ", *where, *self.pages())
        yield from self.tail()

    def part_of_book(self) -> Iterator[Text]:
        yield from self.heading()
        yield from self.title("title")
        book = [self.say("In {book}", book=title) for title in self.title("booktitle", italic=True)]
        editors = self.helpers(editor="author" in self.entry.persons, lower=bool(book))
        yield from _some(", ", *book, *editors, *self.counted("volume", VOLUME), *self.pages())
        yield from self.edition()
        yield from self.series()
        yield from self.imprint("publisher", "organization")
        yield from self.tail()

    def thesis(self) -> Iterator[Text]:
        kind = self.entry.fields.get("type", self.entry.type)
        yield from self.heading()
        yield from self.title("title", italic=True)
        yield from _some("", self.say(_THESES[kind]) if kind in _THESES else next(self.value("type")))
        yield from self.imprint("school", "institution", "publisher")
        yield from _some("", *self.counted("pagetotal", PAGES))
        yield from self.tail()

    def misc(self) -> Iterator[Text]:
        yield from self.heading()
        yield from self.title("title")
        yield from self.helpers(editor="author" in self.entry.persons)
        yield from self.series()
        yield from self.imprint("howpublished", "publisher", "institution", "organization")
        yield from self.tail()

    # --- parts ---

    def heading(self) -> Iterator[Text]:
        """Authors, else editors and that they are editors."""
        persons, given = names.of_whom(self.entry)
        if not persons:
            return
        who = self.listed(
            self.name(person, own, inverted=not i)
            for i, (person, own) in enumerate(zip(persons, given, strict=True))
        )
        if "author" in self.entry.persons:
            yield who
        else:
            role = phrase("{names}, ed.") if len(persons) == 1 else phrase("{names}, eds")
            yield self.say(role, names=who)

    def name(self, person: Person, own: Person | None = None, *, inverted: bool = False) -> Text:
        form = names.inverted if inverted else names.natural
        printed = form(person)
        return (
            Text("et al.") if printed == "others" else self.beside(Text(printed), form(own) if own else None)
        )

    def helpers(self, *, editor: bool = False, lower: bool = False) -> Iterator[Text]:
        """*Edited by …*, *Translated by …*"""
        roles = {"editor": phrase("edited by {names}"), "translator": phrase("translated by {names}")}
        for role, words in roles.items():
            persons = self.entry.persons.get(role) or names.people(self.entry.fields.get(role, ""))
            if persons and (editor or role != "editor"):
                said = self.say(words, names=self.listed(self.name(p) for p in persons))
                yield said if lower else said.capfirst()

    def title(self, field: str, *, italic: bool = False) -> Iterator[Text]:
        """A title, its transliteration, and the title in English.

        A title in square brackets is the editor's and stands without quotation marks.
        """
        raw = self.entry.fields.get(field, "").strip()
        if not raw:
            return
        supplied = raw.startswith("[") and raw.endswith("]")
        language = "russian" if has_cyrillic(raw) else self.entry.fields.get("langid", "").lower()
        left, right = ("", "") if supplied or italic else _QUOTES.get(language, self.quotes)
        if left == "«":  # quotations within
            raw = raw.replace("«", "„").replace("»", "“")
        title = names.rich(raw)
        shown = title if supplied else names.marked(title, language)
        printed = Tag("em", shown) if italic and not supplied else Text(left, shown, right)
        latin = names.text(self.entry, f"translit{field}") or transliterate(str(title), self.scheme)
        if latin != str(title):
            printed = Text(printed, " ", _bracketed(Tag("em", latin) if italic else latin))
        english = f"english{field}"
        yield Text(printed, " (", self.rich(english), ")") if english in self.entry.fields else printed

    def beside(self, text: Text, own: str | None = None) -> Text:
        """*text* and beside it, if it is Cyrillic, its transliteration in brackets."""
        if not own and not has_cyrillic(str(text)):
            return text
        return Text(text, " ", _bracketed(own or transliterate(str(text), self.scheme)))

    def value(self, *fields: str) -> Iterator[Text]:
        """The first of the fields that the entry has; each Cyrillic run with its transliteration."""
        for field in fields:
            if field in self.entry.fields:
                if own := names.text(self.entry, f"translit{field}"):
                    yield self.beside(self.rich(field), own)
                else:
                    cut = names.pieces(self.entry.fields[field])
                    yield Text(*(self.by_runs(words, emphatic) for emphatic, words in cut))
                return

    def by_runs(self, words: Text, emphatic: bool) -> Text:
        """Words with its transliteration beside each run of Cyrillic."""
        if not has_cyrillic(str(words)):
            return Tag("em", words) if emphatic else words
        cut = [part for _, part in runs(str(words))]
        return Text(*(self.beside(Tag("em", part) if emphatic else Text(part)) for part in cut))

    def rich(self, field: str) -> Text:
        return names.rich(self.entry.fields[field])

    @property
    def quotes(self) -> tuple[str, str]:
        """What stands round a title in the language of the bibliography."""
        left, _, right = self.voice.say("“{words}”").partition("{words}")
        return left, right

    def listed(self, people: Iterable[Text]) -> Text:
        """*A*, *A and B*, *A, B and C*"""
        everyone = list(people)
        if len(everyone) < 2 or str(everyone[-1]) == "et al.":
            return Text(", ").join(everyone)
        holes = [f"{{{i}}}" for i in range(len(everyone))]
        parts = Formatter().parse(self.voice.listed(holes))
        return Text(
            *(part for words, i, _, _ in parts for part in (words, everyone[int(i)] if i else "") if part)
        )

    def counted(self, field: str, form: str) -> Iterator[Text]:
        """A number with its unit; where the field says more than a number, as it stands."""
        for value in self.value(field):
            yield self.say(form, number=value) if _NUMBER.fullmatch(str(value)) else value

    def edition(self) -> Iterator[Text]:
        for value in self.value("edition"):
            if re.fullmatch(r"\d+", str(value)):
                yield self.say("{ordinal} ed.", ordinal=self.ordinal(int(str(value))))
            else:
                is_said = "." in str(value) or "edition" in str(value)
                yield value if is_said else self.say("{ordinal} ed.", ordinal=value)

    def ordinal(self, number: int) -> Text:
        """*2nd*"""
        usual = phrase("{number}th")
        endings = {1: phrase("{number}st"), 2: phrase("{number}nd"), 3: phrase("{number}rd")}
        of_ten = usual if number % 100 in (11, 12, 13) else endings.get(number % 10, usual)
        return self.say(of_ten, number=str(number))

    def series(self) -> Iterator[Text]:
        yield from _some(
            " ", *self.value("series"), *(self.value("number") if "series" in self.entry.fields else ())
        )

    def imprint(self, *publisher: str) -> Iterator[Text]:
        """*Place: publisher, year*; what is not known is left out."""
        where = _some(": ", *self.value("address", "location"), *self.value(*publisher))
        day = bool(where) and _MONTH.search(str(where[0]))
        when = names.year(self.entry)
        yield from _some(" " if day else ", ", *where, *([Text(when)] if when else []))

    def pages(self) -> Iterator[Text]:
        for value in self.value("pages"):
            yield Text(re.sub(r"(?<=\w)-+(?=\w)", "–", str(value)))

    def tail(self) -> Iterator[Text]:
        """Note, ISBN, DOI, address."""
        fields = self.entry.fields
        yield from self.value("note")
        if "isbn" in fields:
            yield Text("ISBN ", fields["isbn"])
        if "doi" in fields:
            doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)", "", fields["doi"].strip())
            yield Text("DOI ", HRef(f"https://doi.org/{doi}", doi))
        if "url" in fields:
            address = HRef(fields["url"], fields["url"])
            seen = fields.get("urldate")
            yield self.say("{address} (seen {date})", address=address, date=seen) if seen else Text(address)


def _bracketed(latin: Text | str) -> Tag:
    return Tag(TRANSLITERATION, "[", latin, "]")


def _some(separator: str, *parts: Text) -> list[Text]:
    """The parts joined, as one; nothing where there is none."""
    return [Text(separator).join(parts)] if parts else []
