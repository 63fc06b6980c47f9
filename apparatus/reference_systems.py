"""Reference systems: how the places of a text are numbered, by the edition or by tradition.

A system has named levels, from the whole to the part: book, chapter, section; page, column, line.
The first is the one by which passages are cited: a passage has one number in it. Others run beside
it, such as the pages of an older edition; a number of theirs begins at a point and holds until the
next. TEI: ``citeStructure`` with its ``unit`` and ``delim``; numbers are ``@n``, points ``milestone``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from apparatus.model import FIRST

#: A number in its plainest form: letters and figures, at least one of these a figure, single signs between them; the
#: star of an old edition may follow. No blank, colon, bracket or dash, which the notation reads otherwise.
NUMBER = re.compile(r"(?=\S*[0-9])[^\W_](?:[.,+/]?[^\W_])*\*?")
#: What may be given: also two numbers joined by a hyphen, 12-13. A letter after it would be an entry, 2.3-a1.
GIVEN = re.compile(rf"{NUMBER.pattern}(?:-(?=[0-9]){NUMBER.pattern})?")
#: What a number of a system beside the first may be: a page of an older edition may be xii.
BESIDE = re.compile(r"[^\W_](?:[.,+/-]?[^\W_])*\*?")
#: Parts of one passage that begin new blocks: ``17a``, ``17a+2``, ``17a+3``.
PART = re.compile(r"\+([0-9]+)$")
_FIGURES = re.compile(r"([0-9]+)[a-z]*$")
#: Between figures and letters, where two levels have nothing between them: ``17a5``.
_BORDER = re.compile(r"(?<=[0-9])(?=[^\W\d_])|(?<=[^\W\d_])(?=[0-9])")


def is_part(number: str) -> bool:
    """Whether it is a further part of a passage, such as the second half of a verse."""
    return PART.search(number) is not None


@dataclass(frozen=True, slots=True)
class ReferenceSystem:
    """A way of numbering (TEI ``refsDecl``)."""

    name: str = FIRST  #: the attribute by which the source gives its numbers
    levels: tuple[str, ...] = ()  #: what is said before the number of each level: ``Book``, ``ch.``
    separators: tuple[str, ...] = (".",)  #: what stands between the numbers of two levels; the last holds on
    label: str = ""  #: what is said before a number of a system beside the first
    inline: bool = False  #: whether numbers within a block stand in the line, not in the margin

    def separator(self, level: int) -> str:
        """What stands between the number of a level, from 1 on, and that of the next."""
        return self.separators[min(level, len(self.separators)) - 1] if self.separators else ""

    def parts(self, number: str) -> tuple[str, ...]:
        """The numbers of the levels; what is left over belongs to the last."""
        parts: list[str] = []
        rest = PART.sub("", number)
        most = len(self.levels) or len(rest)
        while len(parts) + 1 < most:
            head, tail = self._divided(rest, self.separator(len(parts) + 1))
            if not tail:
                break
            parts.append(head)
            rest = tail
        return (*parts, rest)

    def _divided(self, number: str, separator: str) -> tuple[str, str]:
        if separator:
            head, _, tail = number.partition(separator)
            return head, tail
        border = _BORDER.search(number)
        return (number[: border.start()], number[border.start() :]) if border else (number, "")

    def above(self, number: str) -> tuple[str, ...]:
        """The numbers of what holds the passage, the whole first: 1 and 1.2 of 1.2.3."""
        whole, parts = PART.sub("", number), self.parts(number)
        ends = accumulate(len(part) + len(self.separator(k)) for k, part in enumerate(parts, 1))
        return tuple(whole[: end - len(self.separator(k))] for k, end in enumerate(list(ends)[:-1], 1))

    def below(self, number: str) -> str:
        """The first number of the level below that of *number*."""
        return f"{number}{self.separator(len(self.parts(number)))}1"

    def following(self, number: str) -> str:
        """The number that is counted after *number*: one more, or the next part where nothing can be counted."""
        whole = self.ends(number)[1]
        last = self.parts(whole)[-1]
        found = _FIGURES.fullmatch(last)
        return f"{whole.removesuffix(last)}{int(found[1]) + 1}" if found else self.next_part(number)

    def ends(self, number: str) -> tuple[str, str]:
        """The first and the last passage of a range, 2.3 and 2.5 of 2.3-2.5 and of 2.3-5; twice itself, if it is none."""
        start, hyphen, end = PART.sub("", number).partition("-")
        if not hyphen:
            return start, start
        is_short = len(self.parts(end)) < len(self.parts(start))
        return start, f"{start.removesuffix(self.parts(start)[-1])}{end}" if is_short else end

    def next_part(self, number: str) -> str:
        """The number of the next block of the same passage."""
        found = PART.search(number)
        return f"{PART.sub('', number)}+{int(found[1]) + 1 if found else 2}"

    def said(self, number: str) -> str:
        """The number in words, *Book 2, ch. 3*; as it stands where the levels have no names."""
        if not any(self.levels):
            return number
        start, end = self.ends(number)
        if start != end:
            return f"{self.said(start)}\N{EN DASH}{self.said(end)}"
        named = zip(self.levels, self.parts(number), strict=False)
        return ", ".join(f"{name} {part}".strip() for name, part in named)


#: Section and paragraph, as they are counted where an edition declares nothing.
COUNTED = ReferenceSystem()
