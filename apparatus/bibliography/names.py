"""Names: as printed, as sorted among two scripts, as a label such as *Artemʹev 1974*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Entry, Person
from pybtex.richtext import Tag, Text

from apparatus.script import fold, transliterate

_ARTICLE = re.compile(r"(?:the|an?|der|die|das|ein|eine|le|la|les|den|det)\s+", re.IGNORECASE)
_EMPHASIS = re.compile(r"\\(?:emph|textit)\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_FOREIGN = re.compile(r"\\foreignlanguage\s*\{(\w+)\}\{([^{}]*)\}")
#: Tags of rich text that say a language begin with this: ``language-de``.
LANGUAGE = "language-"
#: What babel and the ``langid`` of biblatex call a language, by its tag of BCP 47. Cyrillic is known by
#: its letters, and English is the language of the edition.
TAGS = {
    **dict.fromkeys(("german", "ngerman", "austrian", "swissgerman"), "de"),
    "french": "fr",
    "danish": "da",
    "polish": "pl",
    "czech": "cs",
    "italian": "it",
    "spanish": "es",
    "dutch": "nl",
    "latin": "la",
}


def pieces(tex: str) -> list[tuple[bool, Text]]:
    """A field without its TeX, cut at ``\\emph``, which pybtex leaves as it is: (emphatic, text)."""
    parts = _EMPHASIS.split(tex)
    if any(part.count("{") != part.count("}") for part in parts):  # cut inside a group
        return [(False, Text.from_latex(_FOREIGN.sub(r"\2", _EMPHASIS.sub(r"\1", tex))))]
    # from_latex drops a blank at the start
    return [
        (i % 2 == 1, Text(" " if i and part[0] == " " else "", _in_its_language(part)))
        for i, part in enumerate(parts)
        if part
    ]


def _in_its_language(tex: str) -> Text:
    """A piece without its TeX; what stands whole in ``\\foreignlanguage`` says its language."""
    if found := _FOREIGN.fullmatch(tex.strip()):
        return marked(Text.from_latex(found[2]), found[1])
    return Text.from_latex(_FOREIGN.sub(r"\2", tex))


def marked(words: Text, language: str) -> Text:
    """*words* with the tag of their language, by the name that babel and biblatex have for it."""
    return Tag(f"{LANGUAGE}{TAGS[language]}", words) if language in TAGS else words


def rich(tex: str) -> Text:
    """A field as rich text."""
    return Text(*(Tag("em", words) if emphatic else words for emphatic, words in pieces(tex)))


def text(entry: Entry, field: str) -> str:
    """A field as plain text; empty where the entry lacks it."""
    return str(rich(entry.fields[field])) if field in entry.fields else ""


def people(names: str) -> list[Person]:
    """The persons that a field names, in BibTeX's way: joined by ``and``."""
    return [Person(name) for name in split_name_list(names)]


def of_whom(entry: Entry) -> tuple[list[Person], list[Person | None]]:
    """Those under whose name an entry stands, each with a transliteration given by the editor.

    Authors, else editors; none for a work listed by its title.
    """
    for role in ("author", "editor"):
        if persons := entry.persons.get(role):
            given: list[Person | None] = list(people(entry.fields.get(f"translit{role}", "")))
            return list(persons), (given + [None] * len(persons))[: len(persons)]
    return [], []


def surname(person: Person) -> str:
    """*Goltz*, with *von der* before it if the name has that."""
    return _plain(person.rich_prelast_names, person.rich_last_names)


def forenames(person: Person) -> str:
    """First and middle names or initials."""
    return _plain(person.rich_first_names, person.rich_middle_names)


def natural(person: Person) -> str:
    """*В. П. Артемьев*"""
    return " ".join(
        part for part in (forenames(person), surname(person), _plain(person.rich_lineage_names)) if part
    )


def inverted(person: Person) -> str:
    """*Артемьев, В. П.*"""
    return ", ".join(
        part for part in (surname(person), forenames(person), _plain(person.rich_lineage_names)) if part
    )


def _plain(*parts: Iterable[object]) -> str:
    return " ".join(str(word) for part in parts for word in part)


def year(entry: Entry) -> str:
    """The year of an entry, as given; empty where none is known, and then nothing is printed."""
    return text(entry, "year") or text(entry, "date")[:4]


def sort_key(entry: Entry, scheme: str) -> tuple[tuple[tuple[str, str], ...], str, str]:
    """Where an entry stands: by transliterated, folded names, then year, then title.

    A surname is compared before the forenames, so that *Vlasov, A. A.* comes before *Vlasov Case*.
    """
    title = fold(_ARTICLE.sub("", _title(entry), count=1), scheme)
    persons, given = of_whom(entry)
    names = tuple(
        (fold(_last(own or person), scheme), fold(forenames(own or person), scheme))
        for person, own in zip(persons, given, strict=True)
    )
    return names or ((fold(_short_title(entry), scheme), ""),), year(entry), title


def _last(person: Person) -> str:
    """The name by which one looks somebody up: Goltz, not von der Goltz; Zeit, not Die Zeit."""
    last = _plain(person.rich_last_names) or surname(person)
    return last if forenames(person) else _ARTICLE.sub("", last, count=1)


def label(entry: Entry, scheme: str) -> str:
    """*Artemʹev 1974*, *Katusev and Oppokov 1990*, *Vlasov Case 2020*; without a year *Smyslov: Plen*.

    Where there is no year, the short title that an entry gives tells an author’s works apart.
    """
    persons, given = of_whom(entry)
    names = [surname(own or person) for person, own in zip(persons, given, strict=True)]
    if not names:
        who = _short_title(entry)
    elif len(names) == 2 and names[1] != "others":
        who = " and ".join(names)
    else:
        who = names[0] + (" et al." if len(names) > 1 else "")
    short = text(entry, "shorttitle") if names else ""
    when = f" {year(entry)}" if year(entry) else f": {short}" if short else ""
    return transliterate(who + when, scheme)


def labels(entries: Iterable[Entry], scheme: str) -> Iterator[str]:
    """The labels of entries in order; like ones are told apart by a, b, c."""
    bare = [label(entry, scheme) for entry in entries]
    often, met = Counter(bare), Counter[str]()
    for one in bare:
        letter = chr(ord("a") + met[one] % 26)
        yield one if often[one] == 1 else one + (letter if one[-1:].isdigit() else f" {letter}")
        met[one] += 1


def _title(entry: Entry) -> str:
    return text(entry, "title") or str(entry.key)


def _short_title(entry: Entry) -> str:
    """The title before its subtitle, without its article, four words at most."""
    if short := text(entry, "shorttitle"):
        return short
    title = text(entry, "translittitle") or _title(entry)
    return " ".join(re.split(r"[:.]", _ARTICLE.sub("", title, count=1))[0].split()[:4]) or str(entry.key)
