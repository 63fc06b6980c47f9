"""Where witnesses are absent: by the stretches that a file declares, by the beginnings and ends of witnesses and lacunae."""

from __future__ import annotations

from apparatus.characters import closes
from apparatus.importing.flow import NONE, App, Flow, Reading, settled
from apparatus.importing.having import BREAK, folded
from apparatus.importing.taken import Taken
from apparatus.importing.walker import Walker
from apparatus.model import Siglum


class Lacunae:
    """The stretches that witnesses lack."""

    def __init__(self, taken: Taken, walker: Walker) -> None:
        self.taken, self.walker = taken, walker
        self._lacunae()

    def _lacunae(self) -> None:
        """Where witnesses are absent: as stretches that they lack."""
        self.absent: list[App] = []
        self.lacking: set[int] = set()
        for node in self.taken.survey.spans:
            ids = self.taken.whole.flow.ids
            start, end = (
                ids.get(node.get("from").removeprefix("#")),
                ids.get(node.get("to").removeprefix("#")),
            )
            if start and end:
                siglum = self.taken.survey.cited.siglum(node.get("corresp"), self.taken.losses, node.line)
                self._lacks(siglum, start[0], end[1], self.walker.flow(node), node.line)
        if not self.taken.survey.is_ours:
            self._events()

    def _lacks(self, siglum: Siglum, start: int, end: int, mark: Flow, line: int) -> None:
        app = App(start, end, line, None, [Reading(mark, line, sigla=[siglum])])
        self.absent.append(app)
        self.lacking.add(id(app))
        self.taken.whole.flow.apps.append(app)

    def _events(self) -> None:
        """Beginnings and ends of witnesses and lacunae, in the order of the text."""
        found: dict[Siglum, list[tuple[int, str]]] = {}
        for passage in self.taken.passages:
            for at, event, siglum in passage.flow.events:
                found.setdefault(siglum, []).append((passage.at + at, event))
        end = len(self.taken.whole.flow.text)
        for siglum, events in found.items():
            since: int | None = None
            if events and events[0][1] in ("witStart", "lacunaEnd"):
                since = None if self._is_named_before(siglum, events[0][0]) else 0
            for at, event in events:
                if event in ("witEnd", "lacunaStart"):
                    since = at if since is None else since
                elif since is not None:
                    self._missing(siglum, since, at, end)
                    since = None
            if since is not None:
                self._missing(siglum, since, end, end)

    def _is_named_before(self, siglum: Siglum, at: int) -> bool:
        """Whether entries before a place name a witness, so that it cannot begin there."""
        for app in settled(self.taken.whole.flow):
            if app.end < at and any(siglum in one.sigla for one in (app.lemma, *app.readings) if one):
                self.taken.losses.tell(
                    "ends of lacunae without a beginning",
                    app.line,
                    f"{siglum} is named here, before a place at which it is said to begin or to go on; it is taken to have all",
                )
                return True
        return False

    def _missing(self, siglum: Siglum, start: int, end: int, length: int) -> None:
        letters = self.taken.whole.flow.text
        is_edge = start == 0 or end >= length
        while start < end and _is_empty(letters[start]):
            start += 1
        while end > start and _is_empty(letters[end - 1]):
            end -= 1
        while 0 < start < end and _is_within_word(letters, start):
            start += 1  # a sign that touches the word before it is had with it
        while start < end < length and _is_within_word(letters, end):
            end -= 1
        while start < end and _is_empty(letters[start]):
            start += 1
        while end > start and _is_empty(letters[end - 1]):
            end -= 1
        if start == end:
            return
        members = self.taken.survey.cited.members(siglum.key)
        for key in members:
            has_break = BREAK in letters[start:end]
            mark = Flow("" if is_edge else f"[lac.]{BREAK}[lac.]" if has_break else "[lac.]")
            self._lacks(Siglum(key), start, end, mark, 0)

    def heed(self) -> None:
        """Who is named within a gap of its own is left to a comment: the file contradicts itself."""
        gaps: dict[Siglum, list[tuple[int, int]]] = {}
        for app in self.absent:
            start, end, letters = app.start, app.end, self.taken.whole.flow.text
            while start and _is_empty(letters[start - 1]):
                start -= 1
            while end < len(letters) and _is_empty(letters[end]):
                end += 1
            gaps.setdefault(app.readings[0].sigla[0], []).append((start, end))
        if self.taken.survey.is_ours or not gaps:
            return
        for passage in self.taken.passages:
            for app in passage.flow.apps:
                span = (passage.at + app.start, passage.at + app.end)
                within = {
                    s for s, found in gaps.items() if any(a <= span[0] and span[1] <= b for a, b in found)
                }
                for reading in (app.lemma, *app.readings):
                    gone = (
                        [s for s in reading.sigla if Siglum(s.key) in within] if reading is not None else []
                    )
                    if reading is not None and gone:
                        reading.sigla = [s for s in reading.sigla if s not in gone]
                        reading.was_named = True
                        said = " ".join(map(str, gone))
                        if reading.events and not reading.flow.text.strip():
                            continue
                        app.dropped.append(f"{said} (absent here): {folded(reading.flow.text) or 'om.'}")
                        self.taken.losses.tell(
                            "witnesses named where they are absent",
                            app.line,
                            f"{said} is named within a lacuna of its own; it stands in a comment",
                        )


def _is_empty(letter: str) -> bool:
    """Whether it is no letter of the text: white space, the end of a block, a place at which the text has nothing."""
    return letter.isspace() or letter == NONE


def _is_within_word(letters: str, at: int) -> bool:
    """Whether no blank of the text stands on either side of a place, as no blank stands before a closing sign behind a
    place at which the text has nothing."""
    head = letters[max(0, at - 80) : at].rstrip(f"{NONE} \n\t\r")
    run = letters[max(0, at - 80) : at][len(head) :]
    after = letters[at : at + 9].lstrip(NONE)[:1]
    if not head or not after or head[-1] == BREAK or _is_empty(after):
        return False
    return not run.strip(NONE) or (NONE in run and closes(after))
