"""What the edition says to readers, in their language: whole sentences with holes, from a catalogue.

The English sentence stands in the code and is the message of gettext: ``voice.say("passage {number}",
number="2.3")``; where there are several, ``voice.plural("{number} note", "{number} notes", 3)``. A sentence that stands
alone, as in a table, is marked by :func:`phrase`. A catalogue is a ``.po`` file, read as it is: so another
language is one file, and a fault in it has a line.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_month_names
from babel.lists import format_list
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind

#: The language in which the code says it.
SOURCE = "en"
#: Where the catalogues lie that come with the engine: a file a language.
FOLDER = Path(__file__).parent / "locale"


def phrase(words: str) -> str:
    """The same words, as a message of the catalogue that is said elsewhere."""
    return words


def several(one: str, many: str) -> tuple[str, str]:
    """The same two messages, of one and of several, as :func:`phrase` has one."""
    return one, many


class Voice:
    """One language as the edition speaks it; without a catalogue English."""

    def __init__(
        self,
        tag: str = SOURCE,
        messages: gettext.NullTranslations | None = None,
    ) -> None:
        self.tag = tag
        self.messages = messages or gettext.NullTranslations()

    @cached_property
    def locale(self) -> Locale:
        """What Unicode's repository knows of the language; of English the British form."""
        try:
            return Locale.parse("en_GB" if self.tag == SOURCE else self.tag.replace("-", "_"))
        except (UnknownLocaleError, ValueError):
            return Locale.parse("en_GB")

    def say(self, message: str, /, **holes: object) -> str:
        """A message in the language, its holes filled."""
        said = self.messages.gettext(message) if message else ""
        return said.format_map(holes) if holes else said

    def plural(self, one: str, many: str, number: int, /, **holes: object) -> str:
        """A message in the form that goes with a number, which is its hole ``number``."""
        said = self.messages.ngettext(one, many, number)
        return said.format_map({"number": self.number(number), **holes})

    def of(self, forms: tuple[str, str], many: bool, /, **holes: object) -> str:
        """A message for one or for many, where nobody counts how many: *witness A reads*, *witnesses A and B read*."""
        return self.plural(*forms, 2 if many else 1, **holes)

    def listed(self, parts: Sequence[str]) -> str:
        """*A*, *A and B*, *A, B and C*."""
        return format_list(parts, locale=self.locale) if len(parts) > 1 else "".join(parts)

    def alternatives(self, parts: Sequence[str]) -> str:
        """*A*, *A or B*, *A, B or C*."""
        return format_list(parts, "or", locale=self.locale) if len(parts) > 1 else "".join(parts)

    def number(self, number: int) -> str:
        """A number with its thousands divided."""
        return str(number) if number < 1000 else format_decimal(number, locale=self.locale)

    def decimal(self, number: float) -> str:
        """A number with one figure behind the point."""
        return format_decimal(number, "#,##0.0", locale=self.locale)

    def exact(self, number: float) -> str:
        """A number with the figures that it has."""
        return format_decimal(Decimal(f"{number:g}"), "0.######", locale=self.locale)

    def language_name(self, tag: str) -> str:
        """The name of a language by its tag, *Latin*; empty where Unicode's repository has none."""
        known = self.locale.languages
        name: str = next(filter(None, (known.get(one.replace("-", "_")) for one in candidates(tag))), "")
        return name[:1].upper() + name[1:]

    def months(self) -> list[str]:
        """The months, each by a letter."""
        return list(get_month_names("narrow", "stand-alone", locale=self.locale).values())

    def day(self, day: date) -> str:
        """*24 December 2026*."""
        return format_date(day, "long", locale=self.locale)

    def month(self, day: date) -> str:
        """*December*."""
        return format_date(day, "LLLL", locale=self.locale)

    def month_of_year(self, day: date) -> str:
        """*December 2026*."""
        return self._by_skeleton("yMMMM", "LLLL y", day)

    def day_of_month(self, day: date) -> str:
        """*24 December*."""
        return self._by_skeleton("MMMMd", "d MMMM", day)

    def _by_skeleton(self, skeleton: str, usual: str, day: date) -> str:
        known = skeleton in self.locale.datetime_skeletons
        return format_date(
            day, self.locale.datetime_skeletons[skeleton].pattern if known else usual, locale=self.locale
        )

    def forms(self, one: str, many: str) -> dict[str, str]:
        """The forms of a message by the names that Unicode gives to kinds of number (``one``, ``few``, ``other``)."""
        examples = {self.locale.plural_form(number): number for number in reversed(range(1000))}
        return {kind: self.messages.ngettext(one, many, number) for kind, number in examples.items()}


#: What is said where nothing else is declared.
ENGLISH = Voice()


def candidates(tag: str) -> list[str]:
    """The names of catalogues for a language, the exact one first: ``de-AT``, ``de``."""
    parts = tag.replace("_", "-").split("-")
    return ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]


def voice_for(tag: str, files: Iterable[tuple[str, Path]]) -> tuple[Voice, tuple[Problem, ...]]:
    """The voice for a language, and what is wrong with its catalogues.

    *files* are catalogues with their languages, those that count more first. Where there is none for the language
    or for what it is a variety of, the voice is English.
    """
    names = candidates(tag)
    found = [(name, path) for wanted in names for name, path in files if name == wanted and path.is_file()]
    problems: list[Problem] = []
    read: list[tuple[str, gettext.NullTranslations]] = []
    for name, path in found if names[-1] != SOURCE else ():
        messages, faults = read_catalogue(path.read_bytes(), str(path), name)
        problems += faults
        read += [(name, messages)] if messages else []
    for _, messages in read[1:]:
        read[0][1].add_fallback(messages)
    return (Voice(*read[0]) if read else ENGLISH), tuple(problems)


def own_catalogues() -> list[tuple[str, Path]]:
    """The catalogues of the engine, each with its language."""
    return [(path.stem, path) for path in sorted(FOLDER.glob("*.po"))]


def read_catalogue(data: bytes, file: str, tag: str) -> tuple[gettext.NullTranslations | None, list[Problem]]:
    """The messages of a ``.po`` file, and what is wrong with it; of what is wrong the English is said."""
    try:
        catalogue = read_po(io.BytesIO(data), locale=_known(tag), abort_invalid=True)
        problems = list(_check(catalogue, file))
        return _compiled(catalogue), problems
    except (PoFileError, UnicodeDecodeError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", 0) or 1
        message = f"the catalogue cannot be read ({error}); mend it, until then English is said"
        return None, [_problem(message, file, line)]


def _known(tag: str) -> str | None:
    """A language as Babel has it; ``None`` for one that it does not know: then the file says its plural forms."""
    try:
        return str(Locale.parse(tag.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return None


def _compiled(catalogue: Catalog) -> gettext.NullTranslations:
    written = io.BytesIO()
    write_mo(written, catalogue)
    written.seek(0)
    return gettext.GNUTranslations(written)


def _check(catalogue: Catalog, file: str) -> Iterator[Problem]:
    """Report messages whose holes are not those of the English, and take their translations away."""
    for message in catalogue:
        if message.id and (fault := fault_of(message)):
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
            yield _problem(fault, file, message.lineno or 1)


def fault_of(message: Message) -> str | None:
    """What is wrong with the holes of a translation; ``None`` if nothing is, or if there is none."""
    sources, said = _texts(message.id), [text for text in _texts(message.string) if text]
    allowed = set[str]().union(*map(holes_of, sources))
    needed = allowed.intersection(*map(holes_of, sources))
    english = f"in the translation of '{sources[0]}'"
    for text in said:
        try:
            holes = set(holes_of(text))
        except ValueError:
            return f"{english} a brace is not closed; until that is mended it is not used"
        if unknown := sorted(holes - allowed):
            return f"{english} there is no hole {_braces(unknown)}; write {_braces(allowed) or 'none'}; until then it is not used"
        if missing := sorted(needed - holes):
            return f"{english} the hole {_braces(missing)} is missing; put it in; until then it is not used"
    return None


def holes_of(text: str) -> list[str]:
    """The names of the holes in a message, as they are written between braces."""
    parts = (part for part in Formatter().parse(text) if part[1] is not None)
    return [f"{name}{'!' + how if how else ''}{':' + form if form else ''}" for _, name, form, how in parts]


def _texts(said: object) -> list[str]:
    return [said] if isinstance(said, str) else [str(text) for text in said]  # type: ignore[attr-defined]


def _braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _problem(message: str, file: str, line: int) -> Problem:
    return Problem(ProblemKind.BAD_CATALOGUE, message, Origin(file, line))
