"""The lines of a source file, and an entry in them changed as little as can be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from apparatus.model import Entry, Origin
from apparatus.notation import parse_entries, write_entry

#: What ends a line where a document is read.
ENDS = re.compile(r"\r\n|\r|\n")
#: What stands before the words of a block: marks of lists and headings, of which a further line has blanks.
MARKERS = re.compile(r"[^>\s]")


@dataclass(frozen=True)
class Lines:
    """A file divided into lines, each with its end."""

    text: str

    @cached_property
    def all(self) -> tuple[str, ...]:
        """The lines without their ends."""
        return tuple(ENDS.split(self.text))

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """What ends each line; the last has nothing."""
        return (*ENDS.findall(self.text), "")

    @property
    def usual_end(self) -> str:
        """What ends most lines of the file."""
        return (
            max(ENDS.findall(self.text) or ["\n"], key=ENDS.findall(self.text).count) if self.text else "\n"
        )

    def changed(self, changes: Collection[tuple[int, int, list[str]]]) -> str:
        """The text with lines in the place of others: from, to (exclusive, from 0) and the new ones.

        All other lines stay as they are, with their ends. A file whose last line has no end has none afterwards.
        """
        made, at = [], 0
        for start, end, new in sorted(changes, key=lambda change: change[:2]):
            made += self._as_they_are(at, start)
            made += [(line, self._end_near(start)) for line in new]
            at = end
        made += self._as_they_are(at, len(self.all))
        if len(made) > 1 and made[-1] != ("", "") and self.all[-1] != "":
            made[-1] = (made[-1][0], "")
        return "".join(line + end for line, end in self._joined(made))

    def _joined(self, made: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """What has no end within the file, since it was its last line, gets one."""
        for i, (line, end) in enumerate(made):
            yield line, end or (self.usual_end if i < len(made) - 1 else "")

    def _as_they_are(self, start: int, end: int) -> list[tuple[str, str]]:
        return list(zip(self.all[start:end], self.ends[start:end], strict=True))

    def _end_near(self, at: int) -> str:
        return self.ends[max(0, at - 1)] or self.usual_end


def continuation(prefix: str) -> str:
    """What stands before a further line of a block: the marks of its list as blanks, those of quotations as they are."""
    return MARKERS.sub(" ", prefix)


def rewritten(
    written: str,
    old: Entry,
    new: Entry,
    sigla: Collection[str],
    scholars: Collection[str],
    ways: Iterable[str] = (),
) -> str:
    """An entry as it stands in a file, one or more lines, so changed that it says *new* instead of *old*.

    What it has in common with the old is left as it was written; where that cannot be done, it is *new* in one line.
    *ways* are tried first.
    """
    for candidate in (written, *ways, *_candidates(written, old, new, sigla)):
        found, problems = parse_entries(candidate.split("\n"), Origin("", 1), sigla, scholars)
        if found == (new,) and not problems:
            return candidate
    return write_entry(new, sigla)


def _candidates(written: str, old: Entry, new: Entry, sigla: Collection[str]) -> Iterator[str]:
    """The written entry with what the new one has more put in wherever a word ends, and what it has less taken out."""
    before, after = (write_entry(entry, sigla).split(" ") for entry in (old, new))
    head = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    rest = min(len(before), len(after)) - head
    tail = next((i for i in range(rest) if before[-1 - i] != after[-1 - i]), rest)
    gone, come = before[head : len(before) - tail], after[head : len(after) - tail]
    if not gone:
        ends = (found.end() for found in re.finditer(r"\S+", written))
        yield from (f"{written[:at]} {' '.join(come)}{written[at:]}" for at in ends)
        return
    words = r"\s+".join(map(re.escape, gone))
    for found in re.finditer(rf"(?<!\S){words}(?!\S)", written):
        start, end = found.span()
        if come:
            yield written[:start] + " ".join(come) + written[end:]
        else:
            yield written[:start].rstrip(" ") + written[end:]
