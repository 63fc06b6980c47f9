"""What a witness has of a flow: of each entry the reading that names it, or else the lemma."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from apparatus.characters import closes, is_of_word, opens
from apparatus.importing.flow import CUT, NONE, App, Flow, Reading, settled
from apparatus.importing.sigla import Cited
from apparatus.model import Siglum

#: The end of a block, within a reading; white space is folded, and it is none.
BREAK = "\u2029"
_CUT = re.compile(rf"([ \n\t\r]*)[{CUT}{NONE}][{CUT}{NONE} \n\t\r]*")
_BLANKS = re.compile(r"[ \n\t\r]+")

#: Which reading of an entry someone has; ``None``: the lemma.
Choose: TypeAlias = Callable[[App, Siglum], "Reading | None"]


@dataclass(frozen=True)
class Chooser:
    """Finds the reading of a witness, as the engine does: by its hand, by corrections of its own scribe, by its groups."""

    cited: Cited
    _known: dict[Siglum, dict[Siglum, int]] = field(default_factory=dict)

    def of(self, app: App, state: Siglum) -> Reading | None:
        """Which reading of the entry it has; ``None``: the lemma."""
        ranks = self._ranks(state)
        best, found = len(ranks), None
        for reading in (app.lemma, *app.readings):
            for siglum in reading.everyone if reading is not None else ():
                if (rank := ranks.get(siglum, best)) < best:
                    best, found = rank, None if reading is app.lemma else reading
        return found

    def _ranks(self, state: Siglum) -> dict[Siglum, int]:
        """The sigla that speak of a witness; the lower, the more specific."""
        if state not in self._known:
            self._known[state] = {
                siglum: rank for rank, siglum in enumerate(dict.fromkeys(self._chain(state)))
            }
        return self._known[state]

    def _chain(self, state: Siglum) -> list[Siglum]:
        key = state.key
        own = [state]
        if state.hand is None:
            own += [Siglum(key, "c"), Siglum(key, "pc")]
        elif state.hand in ("pc", "c", "2", "3", "4"):
            order = ("pc", "c", "2", "3", "4")
            own += [Siglum(key, hand) for hand in reversed(order[: order.index(state.hand)])] + [Siglum(key)]
        else:
            own += [Siglum(key)]
        groups = [group for group in self.cited.groups.values() if key in self.cited.members(group.key)]
        groups.sort(key=lambda group: len(self.cited.members(group.key)))
        return own + [Siglum(group.key) for group in groups]


def had(flow: Flow, state: Siglum, choose: Choose, start: int = 0, end: int | None = None) -> str:
    """The letters that a witness has of a flow, or of a stretch of it, white space as in the file."""
    stop = len(flow.text) if end is None else end
    out: list[str] = []
    at = start
    replaced: set[int] = set()
    for app in settled(flow):
        if app.start < start or app.end > stop:
            continue
        if app.outer is not None and id(app.outer) in replaced:
            replaced.add(id(app))
            continue
        reading = choose(app, state)
        if reading is None or app.start < at:
            continue
        replaced.add(id(app))
        words = "" if reading.is_deletion else had(reading.flow, state, choose)
        out += [flow.text[at : app.start], set_in(words, flow.text, app.start, app.end)]
        at = app.end
    return "".join(out) + flow.text[at:stop]


def set_in(words: str, text: str, start: int, end: int) -> str:
    """The words of a reading, and what says that they stand where the text has others, or none.

    Words that are added touch no others, also where the file has no blank beside them.
    """
    if text[start:end] == NONE:
        if words and start and is_of_word(text[start - 1]) and is_of_word(words[0]):
            words = f" {words}"
        if words and end < len(text) and is_of_word(text[end]) and is_of_word(words[-1]):
            words = f"{words} "
        return words + NONE
    return words if words.strip() else f"{words}{CUT}"


def folded(letters: str) -> str:
    """White space made one blank; where words were left out it is as the notation has it (*om.*)."""
    if CUT in letters or NONE in letters:
        letters = _CUT.sub(lambda found: _at_cut(found, letters), letters)
    if BREAK in letters:
        letters = re.sub(rf"[ \n\t\r]*{BREAK}[ \n\t\r]*", BREAK, letters)
    return _BLANKS.sub(" ", letters).strip(" \n\t\r")


def _at_cut(found: re.Match[str], letters: str) -> str:
    """The blank that is left where words were left out.

    Of blanks on both sides one stays. One before a closing sign goes, and one after an opening sign. Where the text
    has no words itself, a blank before the closing sign is the file's, and goes too.
    """
    run = found[0]
    left, right = bool(found[1]), run[-1] not in (CUT, NONE)
    if not left and not right:
        return " " if " " in run else ""
    after = letters[found.end() : found.end() + 1]
    before = letters[found.start() - 1 : found.start()] if found.start() else ""
    if after and closes(after) and (NONE in run or not right):
        return ""
    return "" if before and opens(before) and not left else " "


def fold_map(text: str) -> tuple[str, list[int]]:
    """A flow's letters folded, and for each offset of them where it is then."""
    out: list[str] = []
    places: list[int] = []
    is_cut = False
    for letter in text:
        places.append(len(out))
        if letter == NONE:
            is_cut = True
        elif letter in " \n\t\r":
            if out and out[-1] != " " and not (is_cut and opens(out[-1])):
                out.append(" ")
        else:
            if is_cut and out and out[-1] == " " and closes(letter):
                out.pop()
                for back in range(len(places) - 1, -1, -1):
                    if places[back] <= len(out):
                        break
                    places[back] = len(out)
            out.append(letter)
            is_cut = False
    places.append(len(out))
    made = "".join(out)
    length = len(made.rstrip(" "))
    return made[:length], [min(place, length) for place in places]
