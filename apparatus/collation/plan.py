"""All that one witness does to the text, put in order and free of conflict.

Nested: the longer reading stands and overrules what is inside it; a moved span takes its
inner readings along. Overlap in part: the first stands, and a declared gap before all.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from apparatus.anchoring.explain import shown
from apparatus.anchoring.words import find_all
from apparatus.collation.beside import lacking_beside
from apparatus.collation.edits import Edit, Insertion, Level, named
from apparatus.collation.stream import Piece, Stream
from apparatus.collation.within import Within
from apparatus.model import Anchored, EditedText, Entry, Span
from apparatus.problems import Problem, ProblemKind


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an entry says of a witness, where another that stands says otherwise."""

    problem: Problem
    entry: int
    other: int | None  #: the entry that stands; ``None``: a declared gap, or the entry itself
    is_done: bool = False  #: whether what the entry says is done all the same


class Plan:
    """The edits of one witness as nested levels, ready to be written out."""

    def __init__(
        self,
        text: EditedText,
        entries: Sequence[Anchored[Entry]] | Mapping[int, Anchored[Entry]],
        name: str,
        edits: Iterable[Edit],
        insertions: Iterable[Insertion],
        gaps: Iterable[Edit] = (),
    ) -> None:
        self.text, self.entries, self.name = text, entries, name
        self.conflicts: list[Conflict] = []
        self.passed_over: set[int] = (
            set()
        )  #: entries that say it of several, and another of it alone has more
        self.root = Level()
        insertions = list(insertions)
        self._aims = {id(i.move): i.beside for i in insertions if i.move is not None}
        levels = self._nest(self._beside_gaps(edits, list(gaps)))
        placed = [self._place(insertion) for insertion in self._possible(insertions)]
        #: transpositions that have a place to go to
        self.moves = [i for i in placed if i is not None and i.move is not None]
        self._break_circles(self.moves)
        for level in levels:
            self._hold(level)
            level.sort()

    # --- building ---------------------------------------------------------------------

    def _beside_gaps(self, edits: Iterable[Edit], gaps: list[Edit]) -> list[Edit]:
        """The edits that no gap cuts in two, and the gaps."""
        starts = [gap.span.start for gap in gaps]
        kept = []
        for edit in edits:
            i = max(0, bisect_right(starts, edit.span.start) - 1)
            cut = None
            while i < len(gaps) and gaps[i].span.start < edit.span.end:
                if _overlap_in_part(gaps[i].span, edit.span):
                    cut = gaps[i]
                i += 1
            if cut is None:
                kept.append(edit)
            else:
                edit.stays = True
                self._report(
                    ProblemKind.OVERLAPPING_READINGS,
                    edit.entry,
                    "overlaps in part with its declared gap",
                    cut,
                )
        return [*kept, *gaps]

    def _nest(self, edits: list[Edit]) -> list[Level]:
        edits.sort(key=_nesting)
        stack: list[Edit] = []
        levels = [self.root]
        for edit in edits:
            while stack and stack[-1].span.end <= edit.span.start:
                stack.pop()
            outer = stack[-1] if stack else None
            if outer is not None and not self._fits(edit, outer):
                edit.stays = True
                continue
            (outer.inner if outer else self.root).edits.append(edit)
            edit.outer = outer
            stack.append(edit)
            if edit.is_move:
                levels.append(edit.inner)
        return levels

    def _fits(self, edit: Edit, outer: Edit) -> bool:
        if not outer.span.contains(edit.span):
            self._report(
                ProblemKind.OVERLAPPING_READINGS, edit.entry, "overlaps in part with the reading of", outer
            )
            return False
        if outer.is_move and not (edit.is_move and outer.span == edit.span):
            return True
        if outer.entry is None or edit.rank > outer.rank:
            return False  # a gap: that is reported as such; an earlier hand: the later one's word stands
        if outer.span == edit.span:
            self._compare(edit, outer)
        elif not self._agrees(edit, outer):
            self._overrule(edit, "disagrees with the longer reading of", outer)
        return False

    def _overrule(self, said: Edit | Insertion, what: str, outer: Edit) -> None:
        """Report what a longer reading of the witness leaves no room for, unless it is said of several."""
        if said.is_named or not outer.is_named:
            self._report(ProblemKind.INNER_READING, said.entry, what, outer)
        elif said.entry is not None:
            self.passed_over.add(said.entry)

    def _compare(self, edit: Edit, outer: Edit) -> None:
        """Report two readings for the same words that are not one."""
        one, other = outer.said, edit.said
        assert one is not None and other is not None and outer.entry is not None and edit.entry is not None
        is_said_twice = edit.text == outer.text if not edit.is_move else one.target == other.target
        if is_said_twice and edit.is_move == outer.is_move:
            return
        where = self.entries[outer.entry].item.origin
        message = (
            f"{self.name} is said to read {named(other)} for {shown(self.text.slice(edit.span))}, and in another entry"
            f"{f' ({where})' if where else ''} {named(one)}"
        )
        problem = Problem(ProblemKind.TWO_READINGS, message, self.entries[edit.entry].item.origin)
        self.conflicts.append(Conflict(problem, edit.entry, outer.entry))

    def _agrees(self, edit: Edit, outer: Edit) -> bool:
        """Whether what is said of a part of the words agrees with what is said of all."""
        if edit.is_move:
            return self._is_moved_within(edit, outer)
        start, end = edit.span.start - outer.span.start, edit.span.end - outer.span.start
        reading = Within(self.text.slice(outer.span), outer.text)
        # Words that follow on others stand after them; those that lie within others said again are looked for anew.
        since = max((there for here, there in outer.told if here <= start), default=0)
        found = reading.place(start, end, edit.text, since)
        if found is not None and edit.text:
            outer.told.append((end, found))
        return found is not None

    def _is_moved_within(self, move: Edit, outer: Edit) -> bool:
        """Whether the longer reading has the words beside those next to which they are said to stand."""
        assert move.said is not None and move.said.target is not None
        beside = self._aims[id(move)]
        both = [self.text.slice(beside), self.text.slice(move.span)]
        words = " ".join(reversed(both) if move.said.target.before else both)
        stands = next(find_all(outer.text, words, 0, len(outer.text)), None) is not None
        return stands and outer.span.contains(beside)

    def _possible(self, insertions: Iterable[Insertion]) -> Iterable[Insertion]:
        """The insertions whose words can be had, transpositions first."""
        possible = []
        for insertion in insertions:
            move = insertion.move
            if move is not None:
                if move.stays:
                    continue
                if move.span.contains(insertion.beside) or move.span.start < insertion.at < move.span.end:
                    move.stays = True
                    self._report(
                        ProblemKind.TARGET_INSIDE, insertion.entry, "aims into the words that it moves", None
                    )
                    continue
            possible.append(insertion)
        return sorted(possible, key=lambda i: i.move is None)

    def _place(self, insertion: Insertion) -> Insertion | None:
        """Put the insertion on the level where it belongs, unless a longer reading overrules it."""
        level = self.root
        while True:
            around = self._around(level, insertion)
            if around is None:
                level.insertions.append(insertion)
                return insertion
            if not around.is_move:
                if not self._has_inside(around, insertion):
                    self._overrule(insertion, "stands inside the longer reading of", around)
                if insertion.move is not None:
                    insertion.move.stays = True
                return None
            insertion.holder, level = around, around.inner

    def _has_inside(self, outer: Edit, insertion: Insertion) -> bool:
        """Whether the longer reading has what is added inside it, or need not have it."""
        if outer.entry is None or insertion.rank > outer.rank:
            return True
        at = insertion.at - outer.span.start
        reading = Within(self.text.slice(outer.span), outer.text)
        return insertion.move is None and reading.place(at, at, insertion.text) is not None

    def _around(self, level: Level, insertion: Insertion) -> Edit | None:
        """The edit of the level in whose words the insertion stands."""
        at = insertion.at
        i = bisect_right(level.edits, at, key=lambda e: e.span.start) - 1
        for edit in level.edits[max(0, i - 1) : i + 1]:
            inside = edit.span.start < at < edit.span.end
            belongs = edit.is_move and edit is not insertion.move and edit.span.contains(insertion.beside)
            if inside or (belongs and edit.span.start <= at <= edit.span.end):
                return edit
        return None

    def _break_circles(self, moves: list[Insertion]) -> None:
        """Leave in place what would be moved into itself by way of another transposition."""
        while (circle := _circle(moves)) is not None:
            assert circle.move is not None
            circle.move.stays = True
            self._report(ProblemKind.TARGET_INSIDE, circle.entry, "aims into the words that it moves", None)

    def _hold(self, level: Level) -> None:
        """Report what is said to stand beside words for which the witness has none, or pass it over as said of several."""
        for insertion in list(level.insertions):
            if insertion.move is not None and insertion.move.stays:
                continue
            edit = lacking_beside(self.text, insertion, level.edits)
            if edit is None:
                continue
            is_longer = edit.span != insertion.beside and edit.span.contains(insertion.beside)
            if is_longer and insertion.move is None and edit.is_named and not insertion.is_named:
                self.passed_over.add(insertion.entry)
                level.insertions.remove(insertion)
            else:
                self._report_beside(insertion, edit)

    def _report_beside(self, insertion: Insertion, edit: Edit) -> None:
        assert edit.entry is not None
        where, words = self.entries[edit.entry].item.origin, shown(_short(self.text.slice(edit.span)))
        side = "before" if insertion.before else "after"
        beside, name = shown(_short(self.text.slice(insertion.beside))), self.name
        has = "has elsewhere" if edit.is_move else f"has {shown(edit.text) if edit.text else 'nothing'} for"
        mend = f"name words that {name} has there"
        if insertion.move is None and not edit.is_move:
            both = (insertion.text, edit.text) if insertion.before else (edit.text, insertion.text)
            instead = shown(" ".join(part for part in both if part))
            mend = f"take {name} out of this one, and let that one say {instead} of it"
        message = (
            f"for {name}, words stand {side} {beside}, but by another entry{f' ({where})' if where else ''} it {has} "
            f"{words}; {mend}"
        )
        problem = Problem(ProblemKind.INNER_READING, message, self.entries[insertion.entry].item.origin)
        self.conflicts.append(Conflict(problem, insertion.entry, edit.entry, is_done=True))

    def _report(self, kind: ProblemKind, entry: int | None, what: str, other: Edit | None) -> None:
        if entry is None:
            return
        of = ""
        if other is not None:
            of = f" {shown(_short(self.text.slice(other.span)))}"
        lemma = shown(self.text.slice(self.entries[entry].span))
        stands = "" if other is None else f"; that one stands: take {self.name} out of this one"
        message = f"for {self.name}, the reading of {lemma} {what}{of}{stands}"
        problem = Problem(kind, message, self.entries[entry].item.origin)
        self.conflicts.append(Conflict(problem, entry, None if other is None else other.entry))

    # --- writing out ------------------------------------------------------------------

    def write(self, span: Span) -> list[Piece]:
        """The witness's text for a stretch of the reading text."""
        stream = Stream()
        events = self.root.events
        start = bisect_left(events, span.start, key=_position)
        end = bisect_right(events, span.end, key=_position)
        self._write(stream, events[start:end], span)
        return stream.close()

    def written(self, events: Sequence[Edit | Insertion], span: Span) -> list[Piece]:
        """A stretch with some events of one level."""
        stream = Stream()
        self._write(stream, list(events), span)
        return stream.close()

    def words(self, span: Span) -> str:
        """What the witness has for a stretch that no reading crosses, without what is added at its two ends."""
        events = self.root.events
        start = bisect_left(events, span.start, key=_position)
        end = bisect_right(events, span.end, key=_position)
        inside = [
            event
            for event in events[start:end]
            if (isinstance(event, Edit) and event.span.end <= span.end)
            or span.start < _position(event) < span.end
        ]
        stream = Stream()
        self._write(stream, inside, span)
        return "".join(piece.text for piece in stream.close())

    def _write(self, stream: Stream, events: list[Edit | Insertion], span: Span) -> None:
        at = span.start
        for event in events:
            position = _position(event)
            if position > at:
                self._copy(stream, at, position)
                at = position
            if isinstance(event, Insertion):
                self._insert(stream, event)
            elif event.is_move and event.stays:
                self._write(stream, event.inner.events, event.span)
                at = event.span.end
            else:
                if event.text:
                    stream.put(Piece(event.text, event.span.start, event.span.end, event.entry))
                else:
                    stream.cut(event.span.start, event.span.end, event.entry)
                at = event.span.end
        if span.end > at:
            self._copy(stream, at, span.end)

    def _copy(self, stream: Stream, start: int, end: int) -> None:
        stream.put(Piece(self.text.joined[start:end], start, end, None, True))

    def _insert(self, stream: Stream, insertion: Insertion) -> None:
        if insertion.move is None:
            pieces = [Piece(insertion.text, insertion.at, insertion.at, insertion.entry)]
        elif insertion.move.stays:
            return
        else:
            inner = Stream()
            self._write(inner, insertion.move.inner.events, insertion.move.span)
            pieces = [p._replace(moved_by=insertion.entry) for p in inner.close() if p.text]
        if insertion.is_block:
            stream.insert_block(pieces, insertion.at, insertion.entry, before=insertion.before)
        else:
            stream.insert(pieces, before=insertion.before)


def _short(words: str) -> str:
    return words if len(words) < 60 else f"{words[:28]} … {words[-28:]}"


def _position(event: Edit | Insertion) -> int:
    return event.at if isinstance(event, Insertion) else event.span.start


def _nesting(edit: Edit) -> tuple[int, int, bool, int, int]:
    """Outer before inner; on the same words moves, gaps, the latest hand, the first entry."""
    entry = -1 if edit.entry is None else edit.entry
    return edit.span.start, -edit.span.end, not edit.is_move, edit.rank, entry


def _overlap_in_part(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end and not a.contains(b) and not b.contains(a)


def _circle(moves: Iterable[Insertion]) -> Insertion | None:
    """A transposition whose words would come to stand in themselves, if there is one."""
    home = {id(i.move): i for i in moves if i.move is not None and not i.move.stays}
    safe: set[int] = set()
    for insertion in home.values():
        path: list[Insertion] = []
        step: Insertion | None = insertion
        while step is not None and id(step) not in safe and step not in path:
            path.append(step)
            step = _home_of(step, home)
        if step is not None and step in path:
            return step
        safe.update(id(i) for i in path)
    return None


def _home_of(insertion: Insertion, home: Mapping[int, Insertion]) -> Insertion | None:
    """The transposition that takes along what is put in; words that stay are where those around them are."""
    holder = insertion.holder
    while holder is not None and id(holder) not in home:
        holder = holder.outer
    return None if holder is None else home[id(holder)]
