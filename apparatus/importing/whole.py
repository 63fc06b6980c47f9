"""The text of a witness from a whole file: with entries over the ends of blocks, words that stand elsewhere, gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from apparatus.importing.flow import App, Flow, Reading, settled
from apparatus.importing.having import BREAK, Choose, folded, had, set_in
from apparatus.model import Siglum


@dataclass
class Whole:
    """All blocks of a text as one flow, a break between each two."""

    flow: Flow = field(default_factory=Flow)
    starts: list[int] = field(default_factory=list)  #: where each block begins

    def add(self, flow: Flow) -> None:
        """Take up one block more."""
        at = len(self.flow.text)
        self.starts.append(at)
        self.flow.text += flow.text + BREAK
        copies = {id(app): replace(app, start=app.start + at, end=app.end + at) for app in flow.apps}
        for copy in copies.values():
            copy.outer = copies.get(id(copy.outer))
            self.flow.apps.append(copy)
        for own, (start, end) in flow.ids.items():
            self.flow.ids[own] = (start + at, end + at)

    @cached_property
    def apps(self) -> list[App]:
        """Its entries, in order."""
        return list(settled(self.flow))

    @cached_property
    def moving(self) -> list[App]:
        """Those by which words stand elsewhere."""
        return [app for app in self.apps if any(reading.moved_to for reading in app.readings)]

    def blocks(self, state: Siglum, choose: Choose) -> list[str]:
        """The blocks of a witness."""
        letters = "".join(self._had(state, choose, 0, len(self.flow.text), None))
        return [block for part in letters.split(BREAK) if (block := folded(part))]

    def _had(self, state: Siglum, choose: Choose, start: int, end: int, without: App | None) -> Iterator[str]:
        at = start
        replaced: set[int] = set()
        inserted = sorted(self._inserted(state, choose), key=lambda pair: pair[0]) if self.moving else []
        pending = [pair for pair in inserted if start <= pair[0] < max(end, start + 1)]
        for app in self.apps:
            if app is without or app.start < start or app.end > end:
                continue
            reading = choose(app, state)
            if app.outer is not None and id(app.outer) in replaced:
                replaced.add(id(app))
                continue
            if reading is None or app.start < at or (reading.kind in ("add.", "praem.") and reading.moved_to):
                continue
            if reading.kind in ("secl.", "crux."):
                continue
            while pending and pending[0][0] <= app.start:
                where, words = pending.pop(0)
                if where >= at:
                    yield self.flow.text[at:where] + words
                    at = where
            replaced.add(id(app))
            words = "" if reading.is_deletion or reading.kind == "del." else had(reading.flow, state, choose)
            yield self.flow.text[at : app.start]
            yield set_in(words, self.flow.text, app.start, app.end)
            at = app.end
        for where, words in pending:
            if where >= at:
                yield self.flow.text[at:where] + words
                at = where
        yield self.flow.text[at:end]

    def _inserted(self, state: Siglum, choose: Choose) -> Iterator[tuple[int, str]]:
        """The words that a witness has elsewhere, each with its place."""
        for app in self.moving:
            reading = choose(app, state)
            if reading is None or not reading.moved_to or reading.moved_to not in self.flow.ids:
                continue
            words = reading.elsewhere
            if words is None:
                words = "".join(self._within(app, state, choose))
            yield self.flow.ids[reading.moved_to][0], _set_in(words, reading)

    def _within(self, app: App, state: Siglum, choose: Choose) -> Iterable[str]:
        moving, self.moving = self.moving, []  # what moves within what moves is told by a ref
        made = list(self._had(state, choose, app.start, app.end, app))
        self.moving = moving
        return made


def _set_in(words: str, reading: Reading) -> str:
    """Words with the blank or break beside them that the file says."""
    look = reading.blanks.split()
    before = " " if "blank-before" in look else BREAK if "break-before" in look else ""
    after = " " if "blank-after" in look else BREAK if "break-after" in look else ""
    return before + words.strip(f" \n\t{BREAK}") + after
