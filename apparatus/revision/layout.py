"""How a source file is laid out: where its blocks end, and where its series begin and end."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """What entries may stand below: a paragraph, a heading; whole, since nothing may stand within it, verse or a table."""

    start: int  #: its first line, from 0
    end: int  #: the line behind its last
    prefix: str = ""  #: what stands before a line that follows it in the same list item or quotation
    is_tight: bool = False  #: an empty line behind it would change the list that it stands in


@dataclass(frozen=True, slots=True)
class Fence:
    """A directive of a series."""

    name: str
    start: int  #: the line of the fence
    end: int  #: the line behind the one that closes it
    prefix: str = ""
    is_closed: bool = True

    @property
    def close(self) -> int:
        """The line that closes it, or the one behind it."""
        return self.end - 1 if self.is_closed else self.end


@dataclass(frozen=True, slots=True)
class Layout:
    """The leaves and the series of a file, in its order."""

    leaves: tuple[Leaf, ...]
    fences: tuple[Fence, ...]

    def leaf_at(self, line: int) -> Leaf | None:
        """The leaf in which a line (from 0) stands."""
        return next((leaf for leaf in self.leaves if leaf.start <= line < leaf.end), None)

    def fence_at(self, line: int) -> Fence | None:
        """The series in which a line (from 0) stands: the innermost."""
        return next((f for f in reversed(self.fences) if f.start <= line < f.end), None)
