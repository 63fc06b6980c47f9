"""Stretches of a TEI text → lemmata and readings of the notation, each of which gives back the words of the file.

A lemma is whole words, and a reading stands in its place letter for letter. Where the file divides a word, or leaves
blanks as no entry could, the lemma is made wider on that side, word by word, until all readings fit. Entries that
then touch the same words are made one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apparatus.anchoring.words import is_whole
from apparatus.characters import closes, is_of_word, opens
from apparatus.importing.flow import CUT, NONE, App, Flow, Reading
from apparatus.importing.having import BREAK, Choose, folded, had, set_in
from apparatus.importing.losses import Losses
from apparatus.model import Kind, Siglum, Span

#: How many letters beside a place are looked at: a blank there may hang on what stands in it.
NEAR = 40
#: Beside these a blank may change.
_UNCALM = frozenset(f" \n\t\r{NONE}")


@dataclass(slots=True)
class Variant:
    """What some of those who are named have at an entry."""

    text: str  #: of the whole block
    sigla: list[Siglum]
    reading: Reading | None = None


@dataclass(slots=True)
class Place:
    """One entry, or several that have become one."""

    apps: list[App]
    start: int  #: in the letters of the flow
    end: int
    variants: list[Variant] = field(default_factory=list)
    span: Span = field(default_factory=lambda: Span(0, 0))  #: in the folded text
    words: list[tuple[Kind, str]] = field(default_factory=list)  #: of each variant, what its reading is
    inner: list[Place] = field(default_factory=list)
    is_added: bool = False

    @property
    def named(self) -> list[Siglum]:
        """Everybody who is named, in the order in which they are."""
        found = dict.fromkeys(
            siglum
            for app in self.apps
            for reading in (app.lemma, *app.readings)
            if reading is not None
            for siglum in reading.everyone
        )
        return list(found)

    def hinders(self, other: Place) -> bool:
        """Whether somebody departs from the text here who is named there, or the reverse."""
        return bool(self.departing & other.keys or other.departing & self.keys)

    @property
    def keys(self) -> set[str]:
        """Everybody who is named, here or in an entry within it."""
        return {siglum.key for place in _flat(self) for siglum in place.named}

    @property
    def departing(self) -> set[str]:
        """Who has not what the text has, here or in an entry within it."""
        return {
            siglum.key
            for place in _flat(self)
            for variant, (_, words) in zip(place.variants, place.words, strict=False)
            for siglum in variant.sigla
            if not place.is_added or words
        }


class Fitter:
    """Fits the entries of one block."""

    def __init__(
        self,
        flow: Flow,
        base: str,
        places: list[int],
        choose: Choose,
        losses: Losses,
        *,
        is_ours: bool = False,
    ) -> None:
        self.flow, self.base, self.places = flow, base, places
        self.choose, self.losses, self.is_ours = choose, losses, is_ours

    def fit(self) -> list[Place]:
        """The entries of the block, in order; those within others behind them."""
        tree = self._tree(None)
        return [place for one in self._settle(tree) for place in _flat(one)]

    def _tree(self, outer: App | None) -> list[Place]:
        found = []
        for app in sorted((a for a in self.flow.apps if a.outer is outer), key=lambda a: (a.start, a.end)):
            place = Place([app], app.start, app.end)
            place.inner = self._tree(app)
            found.append(place)
        return found

    def _settle(self, places: list[Place]) -> list[Place]:
        """Fit each; those that touch the same words become one."""
        settled: list[Place] = []
        for place in places:
            place.inner = self._settle(place.inner)
            self._one(place)
            while settled and not self.is_ours and _touch(settled[-1], place):
                place = self._joined(settled.pop(), place)
            settled.append(place)
        return settled

    def _one(self, place: Place) -> None:
        self._vary(place)
        self._widen(place)
        if all(self._is_within(inner, place) for inner in place.inner):
            return
        place.apps += [app for inner in place.inner for one in _flat(inner) for app in one.apps]
        place.inner = []
        self._vary(place)
        self._widen(place)

    def _is_within(self, inner: Place, place: Place) -> bool:
        """Whether an entry can stand by itself within another."""
        is_within = place.span.contains(inner.span) and not place.is_added
        return is_within and (inner.span != place.span or self.is_ours)

    def _joined(self, one: Place, other: Place) -> Place:
        self.losses.tell(
            "entries that became one",
            other.apps[0].line,
            "the entry touches the word of the one before it, or divides it; the two are one entry on whole words",
        )
        made = Place([*one.apps, *other.apps], min(one.start, other.start), max(one.end, other.end))
        for inner in (*one.inner, *other.inner):
            made.apps += [app for deep in _flat(inner) for app in deep.apps]
        self._vary(made)
        self._widen(made)
        return made

    # --- what they have ---------------------------------------------------------------

    def _vary(self, place: Place) -> None:
        """Who has what, as the whole block would be with it."""
        place.variants = []
        if len(place.apps) > 1:
            for siglum in place.named:
                self._add(
                    place,
                    self._with(place, had(self.flow, siglum, self._only(place), place.start, place.end)),
                    siglum,
                    None,
                )
            return
        (app,) = place.apps
        for reading in app.readings:
            begun = len(place.variants)
            havers: list[Siglum | None] = [*self._havers(app, reading)]
            for someone in havers or [None]:
                letters = had(reading.flow, someone, self.choose) if someone else reading.flow.text
                if reading.is_deletion and someone:
                    letters = ""
                letters = set_in(letters, self.flow.text, app.start, app.end)
                self._add(place, self._with(place, letters), someone, reading, begun)

    def _havers(self, app: App, reading: Reading) -> list[Siglum]:
        """Who has a reading: those it names, and those of its groups who have something else within it."""
        within = [
            siglum
            for inner in _deep(reading.flow)
            for one in (inner.lemma, *inner.readings)
            if one
            for siglum in one.everyone
        ]
        apart = [s for s in within if s not in reading.everyone and self.choose(app, s) is reading]
        return list(dict.fromkeys([*reading.everyone, *apart]))

    def _only(self, place: Place) -> Choose:
        """The entries of a place alone; what else lies in it is left out of account."""
        others = {id(app) for app in self.flow.apps} - {id(app) for app in place.apps}
        return lambda app, state: None if id(app) in others else self.choose(app, state)

    def _with(self, place: Place, letters: str) -> str:
        """The block with other letters at a place. Only what stands near it is folded anew."""
        text = self.flow.text
        start, end = self._calm(place.start - NEAR, -1), self._calm(place.end + NEAR, 1)
        window = folded(text[start : place.start] + letters + text[place.end : end])
        after = self.base[self.places[end] :] if end < len(text) else ""
        return self.base[: self.places[start]] + window + (f" {after}" if after else "")

    def _calm(self, at: int, step: int) -> int:
        """The next offset in a direction at which a word begins, a blank and a letter before it; or the end."""
        text = self.flow.text
        while 0 < at < len(text):
            if text[at - 1] == " " and not {text[at], text[at - 2]} & _UNCALM:
                return at
            at += step
        return 0 if step < 0 else len(text)

    def _add(
        self, place: Place, text: str, siglum: Siglum | None, reading: Reading | None, begun: int = 0
    ) -> None:
        for variant in place.variants[begun:]:
            if variant.text == text and (variant.reading is reading):
                if siglum:
                    variant.sigla.append(siglum)
                return
        place.variants.append(Variant(text, [siglum] if siglum else [], reading))

    # --- lemmata ----------------------------------------------------------------------

    def _widen(self, place: Place) -> None:
        start, end = self.places[place.start], self.places[place.end]
        while start < end and self.base[start] == " ":
            start += 1
        while end > start and self.base[end - 1] == " ":
            end -= 1
        texts = [variant.text for variant in place.variants]
        place.is_added = False
        if (
            self.is_ours and start < end
        ):  # its lemmata are whole words, and its readings say of which kind they are
            place.span, place.words = Span(start, end), [(Kind.TEXT, "")] * len(place.variants)
            return
        if start == end and self._added(place, start, texts):
            return
        asked = (start, end)
        while not self._fits(start, end, texts, place):
            wider = self._wider(start, end, texts)
            if wider == (start, end):
                break
            start, end = wider
        place.span = Span(start, end)
        if (start, end) != asked and asked[0] != asked[1]:
            self.losses.tell(
                "lemmata made wider",
                place.apps[0].line,
                f"the lemma {self.base[slice(*asked)]!r} became {self.base[start:end]!r}, since an entry is on whole words",
            )

    def _added(self, place: Place, at: int, texts: Sequence[str]) -> bool:
        """Whether all that they have are words added behind the word before, or before the word behind."""
        for before in (False, True):
            span = self._word_at(at, before=before)
            words = [self._insert(span, text, before=before) for text in texts] if span else [None]
            if span and all(word is not None for word in words):
                kind = Kind.PRAEM if before else Kind.ADD
                place.span, place.is_added = span, True
                place.words = [(kind, word or "") for word in words]
                return True
        return False

    def _word_at(self, at: int, *, before: bool) -> Span | None:
        if before:
            start = at + (self.base[at : at + 1] == " ")
            end = self._step_right(start)
        else:
            end = at - (self.base[at - 1 : at] == " " if at else 0)
            start = self._step_left(end)
        is_word = start < end and any(map(is_of_word, self.base[start:end]))
        return Span(start, end) if is_word and is_whole(self.base, start, end) else None

    def _insert(self, span: Span, text: str, *, before: bool) -> str | None:
        """The words that make *text* when they are added at a span; ``None``: there are none."""
        at = span.start if before else span.end
        length = len(text) - len(self.base)
        if text == self.base:
            return ""
        if length <= 0:
            return None
        for blanks in (0, 1, 2):
            size = length - blanks
            for lead in range(blanks + 1):
                word = text[at + lead : at + lead + size].strip(" ")
                if word and self._inserted(at, word, before=before) == text:
                    return word
        return None

    def _inserted(self, at: int, word: str, *, before: bool) -> str:
        """The block with words added at an offset, by the rule of the notation."""
        left, right = self.base[:at], self.base[at:]
        if before:
            glue = not (opens(word[-1]) or (right and closes(right[0])))
            return left + word + (" " if glue else "") + right
        lead = "" if closes(word[0]) or (left and opens(left[-1])) else " "
        tail = " " if right and is_of_word(word[-1]) and is_of_word(right[0]) else ""
        return left + lead + word + tail + right

    def _fits(self, start: int, end: int, texts: Sequence[str], place: Place) -> bool:
        """Whether the stretch can be a lemma, and each text be had by a reading that stands in its place."""
        if start == end or not is_whole(self.base, start, end):
            return False
        words: list[tuple[Kind, str]] = []
        for text in texts:
            rest = len(self.base) - end
            inside = text[start : len(text) - rest] if len(text) >= start + rest else None
            if (
                inside is None
                or text[:start] != self.base[:start]
                or (rest and text[-rest:] != self.base[end:])
            ):
                if self._cut(start, end) == text:
                    words.append((Kind.OM, ""))
                    continue
                return False
            if inside == "" and self._cut(start, end) != text:
                return False
            if inside[:1] == " " or inside[-1:] == " ":
                if self._cut(start, end) == text:
                    words.append((Kind.OM, ""))
                    continue
                return False
            words.append((Kind.TEXT, inside) if inside else (Kind.OM, ""))
        place.words = words
        return True

    def _cut(self, start: int, end: int) -> str:
        return folded(self.base[:start] + CUT + self.base[end:])

    def _wider(self, start: int, end: int, texts: Sequence[str]) -> tuple[int, int]:
        """One word more on the side where it is wanting."""
        left = start == end or (
            start
            and not is_whole(self.base, start, min(end, len(self.base)))
            and is_of_word(self.base[start])
            and is_of_word(self.base[start - 1])
        )
        right = (
            start != end
            and not left
            and end < len(self.base)
            and is_of_word(self.base[end - 1])
            and is_of_word(self.base[end])
        )
        if not left and not right:
            rest = len(self.base) - end
            left = any(text[:start] != self.base[:start] or text[start : start + 1] == " " for text in texts)
            right = any(
                (rest and text[-rest:] != self.base[end:]) or text[: len(text) - rest][-1:] == " "
                for text in texts
            )
            if not left and not right:
                left = right = True
        new_start = self._step_left(start) if left else start
        new_end = self._step_right(end) if right else end
        if (new_start, new_end) == (start, end):
            return self._step_left(start), self._step_right(end)
        return new_start, new_end

    def _step_left(self, at: int) -> int:
        while at and self.base[at - 1] in f" {BREAK}":
            at -= 1
        while at and self.base[at - 1] not in f" {BREAK}":
            at -= 1
        return at

    def _step_right(self, at: int) -> int:
        length = len(self.base)
        while at < length and self.base[at] in f" {BREAK}":
            at += 1
        while at < length and self.base[at] not in f" {BREAK}":
            at += 1
        return at


def _deep(flow: Flow) -> Iterator[App]:
    """The entries in a flow, and in their readings."""
    for app in flow.apps:
        yield app
        for reading in app.readings:
            yield from _deep(reading.flow)


def _flat(place: Place) -> list[Place]:
    return [place, *(deep for inner in place.inner for deep in _flat(inner))]


def _touch(one: Place, other: Place) -> bool:
    """Whether two places are on the same words, so that one entry must say both."""
    if one.is_added and other.is_added:
        return one.span == other.span and one.words[0][0] is other.words[0][0]
    overlap = one.span.start < other.span.end and other.span.start < one.span.end
    if one.is_added or other.is_added:
        added, wide = (one, other) if one.is_added else (other, one)
        at = added.span.end if added.words[0][0] is Kind.ADD else added.span.start
        beside = wide.span.start - at if added.words[0][0] is Kind.ADD else at - wide.span.end
        is_cut_beside = 0 <= beside <= 1 and any(kind is Kind.OM for kind, _ in wide.words)
        return wide.span.start < at < wide.span.end or ((overlap or is_cut_beside) and one.hinders(other))
    return overlap
