"""A place of variation as an entry: its lemma, its readings, each with those who have it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from apparatus.anchoring import anchor
from apparatus.anchoring.words import is_whole
from apparatus.characters import closes, is_of_word, is_unspaced, opens
from apparatus.collation.grouping.copy import Copy, Move
from apparatus.collation.grouping.places import Place
from apparatus.collation.grouping.units import Units
from apparatus.collation.mending.lemma import lemma_for
from apparatus.collation.mending.rewrite import reading_of
from apparatus.model import (
    BREAK,
    Anchored,
    Conspectus,
    EditedText,
    Entry,
    Kind,
    Lemma,
    Reading,
    Siglum,
    Span,
    Target,
)
from apparatus.notation import parse_pasted, write_entry

#: So many words at most, those that change places with others and these together.
_SWAPPED = 6


class Scribe:
    """Writes entries and reads them again: what does not come back as it was written is none."""

    def __init__(
        self, text: EditedText, base: Units, conspectus: Conspectus, normalise: Callable[[str], str]
    ):
        self.text, self.base, self.conspectus, self.normalise = text, base, conspectus, normalise
        self.sigla, self.scholars = conspectus.keys, conspectus.scholar_keys
        self._rank = {witness.key: n for n, witness in enumerate(conspectus.witnesses)}

    def unit_at(self, offset: int) -> int:
        """The unit in which an offset of the text lies."""
        return max(0, bisect_right(self.base.starts, offset) - 1)

    def line(self, entry: Entry) -> str:
        return write_entry(entry, self.sigla)

    # --- readings ---------------------------------------------------------------------

    def of_place(self, place: Place) -> Anchored[Entry] | None:
        """The entry of a place, tied to its words."""
        span = self.span(place)
        if place.adds:
            kind = Kind.PRAEM if place.before else Kind.ADD
            readings = self.grouped(place.readings, lambda words: Reading(kind, words))
            return self.written(span, True, readings)
        lemma = self.text.slice(span)
        cut = (0, 0) if place.is_block else _common_marks(lemma, [*place.readings.values()])
        if any(cut) and is_whole(self.text.joined, span.start + cut[0], span.end - cut[1]):
            span = Span(span.start + cut[0], span.end - cut[1])
            lemma = self.text.slice(span)
        else:
            cut = (0, 0)
        its = {state: words[cut[0] : len(words) - cut[1]] for state, words in place.readings.items()}
        between = BREAK if place.is_block else " "
        readings = self.grouped(its, lambda words: self._reading(lemma, words, between, its))
        found = self.written(span, place.is_block, readings)
        if found is None or place.is_block:
            return found
        return self._swapped(span, its.values(), found.item, [*its]) or found

    def _swapped(
        self, span: Span, readings: Collection[str], replaced: Entry, sigla: Sequence[Siglum]
    ) -> Anchored[Entry] | None:
        """The entry of words that change places with those beside them, where it is shorter as a transposition."""
        words, inside = self.text.slice(span).split(" "), set(readings)
        if len(inside) != 1 or not 2 < len(words) <= _SWAPPED:
            return None
        best: Anchored[Entry] | None = None
        for n in range(1, len(words)):
            first, second = " ".join(words[:n]), " ".join(words[n:])
            if {f"{second} {first}"} != inside:
                continue
            spans = Span(span.start, span.start + len(first)), Span(span.end - len(second), span.end)
            last, head = len(words[-1]), len(words[0])
            ends = Span(span.end - last, span.end), Span(span.start, span.start + head)
            for moved, beside, before in ((spans[0], ends[0], False), (spans[1], ends[1], True)):
                found = self._transposed(moved, beside, before, sigla)
                if found and len(self.line(found.item)) < len(self.line(best.item if best else replaced)):
                    best = found
        return best

    def _transposed(
        self, span: Span, beside: Span, before: bool, sigla: Sequence[Siglum]
    ) -> Anchored[Entry] | None:
        target = Target(before, None, lemma_for(self.text, beside, shorten=False)[1])
        reading = Reading(Kind.TRANSP, "", target, tuple(sorted(sigla, key=self.rank)))
        return self.written(span, False, (reading,))

    def span(self, place: Place) -> Span:
        """The words of a place."""
        return Span(self.base.starts[place.start], self.base.ends[place.end - 1])

    def _reading(self, lemma: str, words: str, between: str, its: Mapping[Siglum, str]) -> Reading:
        marks = {
            mark: kind
            for state, its_words in its.items()
            if its_words == words
            for mark, kind in self.conspectus.witness[state.key].marks.items()
        }
        more = words[len(lemma) :] if words.startswith(lemma) and between == " " else ""
        if more and is_unspaced(lemma[-1]) and is_unspaced(more[0]):
            return Reading(Kind.ADD, more)
        made = reading_of(lemma, words, between, marks)
        return made if _may_stand(lemma, made) else Reading(Kind.TEXT, words)

    def grouped(self, its: Mapping[Siglum, str], reading: Callable[[str], Reading]) -> tuple[Reading, ...]:
        """A reading for each text, with the sigla of all that have it, in the order of the conspectus."""
        groups: dict[str, tuple[str, list[Siglum]]] = {}
        for state in sorted(its, key=self.rank):
            groups.setdefault(self.normalise(its[state]), (its[state], []))[1].append(state)
        made = [(reading(words), tuple(sigla)) for words, sigla in groups.values()]
        return tuple(Reading(r.kind, r.text, r.target, sigla) for r, sigla in made)

    def rank(self, state: Siglum) -> int:
        """The place of a witness in the conspectus."""
        return self._rank[state.key]

    # --- written and read -------------------------------------------------------------

    def written(self, span: Span, is_block: bool, readings: tuple[Reading, ...]) -> Anchored[Entry] | None:
        """The entry on these words, as it comes back from its line; ``None`` if it does not."""
        block = self.text.block_at(span.start)
        for shorten in (True, False):
            one_block = is_block and span == self.text.span(block)
            place, lemma = (None, Lemma(None)) if one_block else lemma_for(self.text, span, shorten=shorten)
            found = self.anchored(Entry(lemma, readings, place=place), block)
            if found and found.span == span:
                return found
        return None

    def anchored(self, entry: Entry, host: int) -> Anchored[Entry] | None:
        """An entry under a block, as it comes back from its line."""
        parsed, problems = parse_pasted(self.line(entry), self.sigla, self.scholars)
        if parsed is None or problems or parsed != entry:
            return None
        found, problems = anchor(self.text, [(parsed, host)])
        if problems or len(found) != 1:
            return None
        return Anchored(parsed, found[0].home, found[0].span, found[0].targets)

    # --- what stands elsewhere --------------------------------------------------------

    def of_moves(self, moves: Mapping[Move, Sequence[Siglum]]) -> Anchored[Entry] | None:
        """The entry of words that witnesses have elsewhere, wherever each has them; in units of the text."""
        first = next(iter(moves))
        span = Span(self.base.starts[first.start], self.base.ends[first.end - 1])
        readings = [
            Reading(Kind.TRANSP, "", self._target(move, span), tuple(sorted(sigla, key=self.rank)))
            for move, sigla in moves.items()
        ]
        readings.sort(key=lambda reading: self.rank(reading.sigla[0]))
        return self.written(span, first.is_block, tuple(readings))

    def _target(self, move: Move, span: Span) -> Target:
        """Beside what the words stand."""
        block = self.text.block_at(self.base.starts[move.at])
        number = self.text.blocks[block].number
        if move.is_block:
            return Target(move.before, number)
        there = Span(self.base.starts[move.at], self.base.ends[move.at])
        place = None if block == self.text.block_at(span.start) else number
        return Target(move.before, place, lemma_for(self.text, there, shorten=False)[1])


def _may_stand(lemma: str, reading: Reading) -> bool:
    """Whether words added get the blank between them and the lemma: none is put before what closes, or after what opens."""
    if reading.kind not in (Kind.ADD, Kind.PRAEM) or BREAK in reading.text[:1] + reading.text[-1:]:
        return True
    both = (lemma, reading.text) if reading.kind is Kind.ADD else (reading.text, lemma)
    return not (opens(both[0][-1]) or closes(both[1][0]))


def _common_marks(lemma: str, readings: Iterable[str]) -> tuple[int, int]:
    """How many signs lemma and all readings have in common at the head and at the end."""
    words = [lemma, *readings]
    if not all(any(map(is_of_word, one)) for one in words) or _are_additions(lemma, words[1:]):
        return 0, 0
    return _common(words), _common([one[::-1] for one in words])


def _common(words: Sequence[str]) -> int:
    count = 0
    for letters in zip(*words, strict=False):
        if len({*letters}) > 1 or is_of_word(letters[0]) or letters[0] in f" {BREAK}":
            break
        count += 1
    return 0 if any(one[count : count + 1] in ("", " ", BREAK) for one in words) else count


def _are_additions(lemma: str, readings: Iterable[str]) -> bool:
    return any(one.startswith(f"{lemma} ") or one.endswith(f" {lemma}") for one in readings)


def moved(copies: Iterable[Copy]) -> Iterable[dict[Move, list[Siglum]]]:
    """What witnesses have elsewhere, in units of the text, and who; what is about the same words together."""
    found: dict[tuple[int, int], dict[Move, list[Siglum]]] = {}
    for copy in copies:
        for move in copy.moves:
            start, last, at = (copy.base[i] for i in (move.start, move.end - 1, move.at))
            if min(start, last, at) >= 0:
                its = move._replace(start=start, end=last + 1, at=at)
                found.setdefault(its[:2], {}).setdefault(its, []).append(copy.state)
    return found.values()
