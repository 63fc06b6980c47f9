"""Entries into the lines of a source file: into the series below their block, or into a new one there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from apparatus.model import Conspectus, Entry, Place
from apparatus.notation import write_entry
from apparatus.revision.layout import Fence, Layout, Leaf
from apparatus.revision.lines import Lines, rewritten


class UnplacedError(Exception):
    """An entry for which no place is found in the source; the message says which."""


@dataclass(frozen=True, slots=True)
class New:
    """An entry to be written below a block."""

    entry: Entry
    series: str
    line: int  #: of the block, from 1
    number: str  #: of the block
    start: int  #: where its lemma stands in the text


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry or note that a file has."""

    line: int  #: from 1
    start: int | None  #: where its lemma stands in the text
    item: object


def rewrite_source(
    text: str,
    layout: Layout,
    conspectus: Conspectus,
    *,
    new: Sequence[New],
    changed: Mapping[int, Entry | None],
    standing: Sequence[Standing],
    hosts: Callable[[int, int], str],
    ways: Callable[[str], Iterable[str]] = lambda written: (),
) -> str:
    """The text of a file with entries added, changed and taken out; every other line stays as it is.

    *changed* has, by its line, what an entry is to be (``None``: taken out); *standing* has all items of the file. *hosts* says of
    the lines from … to (exclusive, from 0) of a leaf which number the last block in them has. *ways* gives forms of an entry
    that are tried before all others.

    Raises:
        UnplacedError: if an entry cannot be put anywhere.
    """
    return _Source(text, layout, conspectus, standing, hosts, ways).rewrite(new, changed)


class _Source:
    def __init__(
        self,
        text: str,
        layout: Layout,
        conspectus: Conspectus,
        standing: Sequence[Standing],
        hosts: Callable[[int, int], str],
        ways: Callable[[str], Iterable[str]],
    ) -> None:
        self.lines, self.layout, self.conspectus, self.hosts = Lines(text), layout, conspectus, hosts
        self.ways = ways
        self.standing = sorted(standing, key=lambda its: its.line)
        self.changes: list[tuple[int, int, list[str]]] = []

    def rewrite(self, new: Sequence[New], changed: Mapping[int, Entry | None]) -> str:
        gone = {line for line, entry in changed.items() if entry is None}
        into: dict[Fence, list[New]] = defaultdict(list)
        below: dict[tuple[Leaf, str], list[New]] = defaultdict(list)
        for one in sorted(new, key=lambda one: one.start):
            leaf, fence = self._place_for(one)
            one = self._with_place(one, leaf)
            if fence is None:
                below[leaf, one.series].append(one)
            else:
                into[fence].append(one)
        for line, entry in changed.items():
            self._change(line, entry, whole=self._is_emptied(line, gone, into))
        for fence, its in into.items():
            self._put_into(fence, its)
        for (leaf, series), its in below.items():
            self._put_below(leaf, series, its)
        return self.lines.changed(self._joined())

    def _joined(self) -> list[tuple[int, int, list[str]]]:
        """The changes, those that put lines at one point as one."""
        at: dict[tuple[int, int], list[str]] = {}
        for start, end, lines in self.changes:
            at[start, end] = at.get((start, end), []) + lines
        return [(start, end, lines) for (start, end), lines in at.items()]

    # --- where ------------------------------------------------------------------------

    def _place_for(self, one: New) -> tuple[Leaf, Fence | None]:
        leaf = self.layout.leaf_at(one.line - 1)
        if leaf is None:
            raise UnplacedError(f"no place is found below {one.number} for: {self._written(one.entry)}")
        return leaf, next((f for f in self._following(leaf) if f.name == one.series), None)

    def _following(self, leaf: Leaf) -> list[Fence]:
        """The series that follow a leaf without anything between."""
        found, at = [], leaf.end
        by_start = {fence.start: fence for fence in self.layout.fences}
        while at < len(self.lines.all):
            if at in by_start:
                found.append(by_start[at])
                at = by_start[at].end
            elif self.lines.all[at].strip(" \t>"):
                break
            else:
                at += 1
        return found

    def _with_place(self, one: New, leaf: Leaf) -> New:
        """With the number of its block, where another stands between it and its series."""
        host = self.hosts(leaf.start, leaf.end)
        if host == one.number or one.entry.place is not None:
            return one
        return replace(one, entry=replace(one.entry, place=Place(one.number)))

    # --- what is changed ---------------------------------------------------------------

    def _extent(self, line: int) -> tuple[int, int, Fence]:
        """From which line to which (exclusive, from 0) an entry reaches, and its series."""
        fence = self.layout.fence_at(line - 1)
        if fence is None:
            raise UnplacedError(f"the series of line {line} is not found")
        last = end = line - 1
        while end + 1 < fence.close:
            end += 1
            content = self._content(end, fence)
            if content.strip() and content[0] not in " \t":
                break
            if content.strip():
                last = end
        return line - 1, last + 1, fence

    def _content(self, i: int, fence: Fence) -> str:
        """A line within a series without what stands before all of it."""
        line, prefix = self.lines.all[i], fence.prefix
        if line.startswith(prefix):
            return line[len(prefix) :]
        return line.removeprefix(prefix.rstrip()).lstrip() if prefix.strip() else line.lstrip()

    def _is_emptied(self, line: int, gone: Collection[int], into: Mapping[Fence, object]) -> bool:
        """Whether the series of an entry is left with nothing."""
        fence = self.layout.fence_at(line - 1)
        if fence is None or fence in into or line not in gone:
            return False
        its = [one.line for one in self.standing if fence.start < one.line <= fence.end]
        others = [i for i in range(fence.start + 1, fence.close) if self._content(i, fence).strip()]
        covered = {i for at in its if at in gone for i in range(*self._extent(at)[:2])}
        return set(its) <= set(gone) and set(others) <= covered

    def _change(self, line: int, entry: Entry | None, *, whole: bool) -> None:
        start, end, fence = self._extent(line)
        if whole:
            start, end = self._with_blank(fence.start, fence.end)
            if (start, end, []) not in self.changes:
                self.changes.append((start, end, []))
            return
        if entry is None:
            self.changes.append((start, end, []))
            return
        content = [self._content(i, fence) for i in range(start, end)]
        raw = self.lines.all[start:end]
        opening = ""
        if start == fence.start:  # it begins on the line of the fence
            opening, content[0] = _after_name(content[0])
        old = next(one.item for one in self.standing if one.line == line)
        assert isinstance(old, Entry)
        keys, scholars = self.conspectus.keys, self.conspectus.scholar_keys
        written = "\n".join(content)
        new = rewritten(written, old, entry, keys, scholars, self.ways(written)).split("\n")
        heads = [
            line[: len(line) - len(its)]
            for line, its in zip(raw, [opening + content[0], *content[1:]], strict=True)
        ]
        heads += [fence.prefix] * (len(new) - len(heads))
        made = [
            head + (opening if i == 0 else "") + its
            for i, (head, its) in enumerate(zip(heads, new, strict=False))
        ]
        if made != list(raw):
            self.changes.append((start, end, made))

    def _with_blank(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of lines with the empty line before it, if one follows too or the file ends."""
        lines = self.lines.all
        is_blank = start > 0 and not lines[start - 1].strip(" \t>")
        ends = end >= len(lines) or not lines[end].strip(" \t>")
        return (start - 1, end) if is_blank and ends else (start, end)

    # --- what is new -------------------------------------------------------------------

    def _put_into(self, fence: Fence, its: Sequence[New]) -> None:
        """Into a series, each before the first entry on later words."""
        inside = [one for one in self.standing if fence.start < one.line <= fence.end]
        for one in its:
            later = (
                i for i, other in enumerate(inside) if other.start is not None and other.start > one.start
            )
            i = next(later, len(inside))
            at = self._extent(inside[i - 1].line)[1] if i else fence.start + 1
            self.changes.append((at, at, [fence.prefix + self._written(one.entry)]))

    def _put_below(self, leaf: Leaf, series: str, its: Sequence[New]) -> None:
        """Into a new series below a block."""
        prefix = leaf.prefix
        blank = [] if leaf.is_tight else [prefix.rstrip()]
        entries = [prefix + self._written(one.entry) for one in its]
        follows = leaf.end < len(self.lines.all) and bool(self.lines.all[leaf.end].strip(" \t>"))
        is_series = leaf.end in {fence.start for fence in self.layout.fences}
        behind = [prefix.rstrip()] if follows and not is_series and not leaf.is_tight else []
        fence = [f"{prefix}:::{{{series}}}", *entries, f"{prefix}:::"]
        self.changes.append((leaf.end, leaf.end, [*blank, *fence, *behind]))

    def _written(self, entry: Entry) -> str:
        return write_entry(entry, self.conspectus.keys)


def _after_name(line: str) -> tuple[str, str]:
    """The line of a fence, divided behind the name of its directive and the blanks there."""
    at = line.index("}") + 1
    at += len(line[at:]) - len(line[at:].lstrip())
    return line[:at], line[at:]
