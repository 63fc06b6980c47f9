"""What sort of variant a reading is: what the editor says at it; by rule, where nothing is said.

An edition declares its classes, and apart from them what variants come of (TEI ``@type`` and ``@cause`` of ``rdg``;
Guidelines, 12.1.2). A class may take over what a rule finds; a finding that no class takes is a class of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from apparatus.changes import ACCIDENTAL, Change, change_of
from apparatus.model import Entry, Reading
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.voice import Voice


@dataclass(frozen=True, slots=True)
class VariantClass:
    """A class of variants: *spelling*, *wording*, *order* …"""

    name: str
    label: str = ""  #: as readers see it
    substantive: bool = True  #: whether its variants change words, not how they are written
    rules: tuple[
        Change, ...
    ] = ()  #: what of that which the rules find is of it, where no editor says another
    description: str = ""  #: what it is
    is_usual: bool = False  #: its label and description are the engine's, messages of the catalogue

    def called(self, voice: Voice) -> str:
        """Its label in the language of the edition."""
        return voice.say(self.label) if self.is_usual else self.label

    def means(self, voice: Voice) -> str:
        """What it is: by its description, or by its rules."""
        if self.description and not self.is_usual:
            return self.description
        return "; ".join(voice.say(change.rule) for change in self.rules)


@dataclass(frozen=True, slots=True)
class Cause:
    """What variants come of: *eye-skip*, *dittography* …"""

    name: str
    label: str = ""
    description: str = ""


#: The class of each finding of the rules, in an edition that declares none for it.
USUAL: Mapping[Change, VariantClass] = {
    change: VariantClass(
        change.name.lower(), change.value, change not in ACCIDENTAL, (change,), change.rule, is_usual=True
    )
    for change in Change
}
#: The findings of the rules by the names under which a class takes them.
RULES: Mapping[str, Change] = {change.name.lower(): change for change in Change}


@dataclass(frozen=True)
class Classification:
    """The classes and causes that an edition declares; where it declares none, those of the rules."""

    classes: tuple[VariantClass, ...] = tuple(USUAL.values())
    causes: tuple[Cause, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, VariantClass]:
        """Those that may be said at a reading."""
        return {each.name: each for each in self.classes}

    @cached_property
    def cause(self) -> dict[str, Cause]:
        """The causes that may be said at a reading, by their names."""
        return {each.name: each for each in self.causes}

    @cached_property
    def all(self) -> tuple[VariantClass, ...]:
        """Every class that a reading can have: the declared ones, then what the rules find and none of them takes."""
        names, taken = self.by_name.keys(), {change for each in self.classes for change in each.rules}
        left = (each for change, each in USUAL.items() if change not in taken and each.name not in names)
        return (*self.classes, *left)

    @cached_property
    def _by_rule(self) -> dict[Change, tuple[VariantClass, ...]]:
        return {
            change: tuple(c for c in self.all if change in c.rules) or (USUAL[change],) for change in Change
        }

    def said(self, reading: Reading) -> tuple[VariantClass, ...]:
        """The classes that the editor says of a reading, as they are said."""
        return tuple(self.by_name[name] for name in reading.classes if name in self.by_name)

    def by_rule(self, words: str, item: Entry, reading: Reading) -> tuple[VariantClass, ...]:
        """The classes that the rules give a reading of the text's *words*."""
        return self._by_rule[change_of(words, reading, is_block=item.lemma.is_block)]

    def of(self, words: str, item: Entry, reading: Reading) -> tuple[VariantClass, ...]:
        """The classes of a reading: what is said is never overruled."""
        return self.said(reading) or self.by_rule(words, item, reading)

    def of_entry(self, words: str, item: Entry) -> tuple[VariantClass, ...]:
        """The classes of all readings of an entry, each once."""
        return tuple(dict.fromkeys(c for reading in item.readings for c in self.of(words, item, reading)))

    def causes_of(self, reading: Reading) -> tuple[Cause, ...]:
        """What the editor says that a reading has come of."""
        return tuple(self.cause[name] for name in reading.causes if name in self.cause)

    def undeclared(self, item: Entry) -> Iterator[Problem]:
        """What is said at the readings of an entry and is not declared."""
        for reading in item.readings:
            for name in reading.classes:
                if name not in self.by_name:
                    yield _undeclared(item, name, "class", self.by_name, self.cause)
            for name in reading.causes:
                if name not in self.cause:
                    yield _undeclared(item, name, "cause", self.cause, self.by_name)


def _undeclared(item: Entry, name: str, what: str, known: Iterable[str], other: Iterable[str]) -> Problem:
    setting = {"class": "apparatus_classes", "cause": "apparatus_causes"}
    (another,) = setting.keys() - {what}
    if name in other:
        mend = (
            f"it is declared as a {another}, which stands {'behind' if another == 'cause' else 'before'} '<'"
        )
    elif guess := nearest(name, known):
        mend = f"did you mean '{guess}'? or declare it in {setting[what]}"
    else:
        mend = f"declare it in {setting[what]}"
    return Problem(ProblemKind.UNKNOWN_CLASS, f"there is no {what} '{name}'; {mend}", item.origin)


#: What an edition has that declares nothing.
BY_RULE_ALONE = Classification()
