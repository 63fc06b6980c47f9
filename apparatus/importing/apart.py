"""Entries that stand apart from their words: tied to these by anchors, or by the passage and the lemma that they name."""

from __future__ import annotations

from apparatus.importing import myst
from apparatus.importing.flow import App
from apparatus.importing.having import folded
from apparatus.importing.pieces import Node, gist
from apparatus.importing.taken import Taken
from apparatus.importing.walker import Walker


class Apart:
    """Ties entries to their words; those that reach over blocks are kept for the end."""

    def __init__(self, taken: Taken, walker: Walker) -> None:
        self.taken, self.walker = taken, walker
        self.crossing: list[App] = []
        self._apart()

    def _apart(self) -> None:
        """Tie the entries that stand apart to their words."""
        found = [
            (self.walker.apart_app(node), node.get("from"), node.get("to"), node)
            for node in self.taken.survey.apps
        ]
        for app, start, end, node in [*found, *self.walker.apart]:
            stretch = self._stretch(app, start, end, node)
            if stretch is None:
                self.taken.losses.tell(
                    "entries whose words were not found",
                    node.line,
                    "where the entry belongs was not found; it stands in a comment at the end",
                )
                self.taken.lines.setdefault(-1, []).append(
                    myst.comment(
                        f"TEI line {node.line}, entry: {node.get('from') or node.get('loc')} {gist(node)}"
                    )
                )
                continue
            app.start, app.end = stretch
            i = self.taken.passage_at(app.start)
            if (
                app.end <= self.taken.passages[i].at + len(self.taken.passages[i].flow.text)
                and not self.taken.survey.is_ours
            ):
                self._into_block(app, i)
            else:
                self.crossing.append(app)
            self.taken.whole.flow.apps.append(app)

    def _stretch(self, app: App, start: str, end: str, node: Node) -> tuple[int, int] | None:
        ids = self.taken.whole.flow.ids
        begin, stop = ids.get(start.rpartition("#")[2]), ids.get(end.rpartition("#")[2])
        here = ids.get(f"app@{node.line}")
        if begin is not None and start:
            if stop is not None:
                return begin[0], stop[1]
            if here is not None and here[0] > begin[1] and not end:
                return begin[0], here[0]
            return begin if begin[0] < begin[1] else None
        if app.lemma is None or not (words := folded(app.lemma.flow.text)):
            return None
        return self._found(words, node.get("loc"), here[0] if here else None)

    def _found(self, words: str, loc: str, here: int | None) -> tuple[int, int] | None:
        """Where the lemma stands in the passage that the entry names, or in the block in which it stands."""
        for i, passage in enumerate(self.taken.passages):
            numbers = {passage.block.number, *(p.number for p in passage.block.points)}
            is_there = loc in numbers if loc else here is not None and self.taken.passage_at(here) == i
            if not is_there and not (loc and here is not None and self.taken.passage_at(here) == i):
                continue
            at = passage.block.text.find(words)
            if at >= 0 and passage.block.text.find(words, at + 1) < 0:
                raw = [n for n, place in enumerate(passage.places) if place == at]
                stop = [n for n, place in enumerate(passage.places) if place == at + len(words)]
                return passage.at + raw[-1], passage.at + stop[0]
        return None

    def _into_block(self, app: App, i: int) -> None:
        passage = self.taken.passages[i]
        own = App(
            app.start - passage.at, app.end - passage.at, app.line, app.lemma, app.readings, app.remarks
        )
        within = [
            one
            for one in passage.flow.apps
            if one.start <= own.start and own.end <= one.end and (one.start, one.end) != (own.start, own.end)
        ]
        own.outer = min(within, key=lambda one: one.end - one.start, default=None)
        for one in passage.flow.apps:
            if (
                own.start <= one.start
                and one.end <= own.end
                and (one.start, one.end) != (own.start, own.end)
                and one.outer is own.outer
            ):
                one.outer = own
        passage.flow.apps.append(own)
