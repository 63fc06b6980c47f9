"""The entry that would record a difference, proved before it is offered.

The narrowest lemma is tried first, then wider ones, at last the whole block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apparatus.anchoring.words import find_all, is_whole
from apparatus.characters import WORD, is_of_word, parts_words
from apparatus.collation.align import Hunk, applied
from apparatus.collation.compare import Part
from apparatus.collation.mending.join import EDGES, Joiner, Proposal
from apparatus.collation.mending.lemma import lemma_for
from apparatus.collation.mending.proof import Prover
from apparatus.model import BREAK, Anchored, Entry, Kind, Lemma, Reading, Span

#: How many words on either side a lemma is widened by before the whole block is taken.
WIDEST = 4


class Proposer:
    """Finds entries for the differences of one part of one witness."""

    def __init__(self, prover: Prover, part: Part) -> None:
        self.prover, self.text = prover, prover.text
        self.part = part
        self.span, self.whole = prover.region(part)
        self.ours, self.theirs = part.rebuilt_text, part.transcribed_text
        self.before = BREAK.join(b.text for b in self.whole.blocks[: part.first - self.whole.first])
        self.after = BREAK.join(
            b.text for b in self.whole.blocks[part.first - self.whole.first + len(part.blocks) :]
        )
        self.joiner = Joiner(prover, part)
        self.pieces = self.joiner.pieces

    def propose(self, differences: Sequence[Hunk]) -> list[tuple[Hunk, Proposal | None]]:
        """An entry for each difference, all of them proved together.

        Differences whose entries would stand in each other's way become one.
        """
        found: list[tuple[Hunk, Proposal | None]] = []
        apart = [hunk for difference in differences for hunk in self._marks_apart(difference)]
        for difference in self.joiner.as_recorded(apart):
            hunk = difference
            proposal = self._propose(hunk, found, strict=True)
            while proposal is None and found and self._next_to(found[-1][0], hunk):
                before, _ = found.pop()
                hunk = Hunk(before.a0, hunk.a1, before.b0, hunk.b1)
                proposal = self._propose(hunk, found, strict=True)
            found.append((hunk, proposal or self._propose(hunk, found, strict=False)))
        if not all(proposal for _, proposal in found) and tuple(differences) == self.part.differences:
            whole = Hunk(0, len(self.ours), 0, len(self.theirs))
            proposal = self._propose(whole, (), strict=True) or self._propose(whole, (), strict=False)
            return [(whole, proposal)] if proposal else found
        return found

    def _marks_apart(self, hunk: Hunk) -> Iterator[Hunk]:
        """A difference, that between words and a mark of loss among them by itself.

        Words before the mark stand for as many words of the text, those after it likewise; what is
        between is lost. Where that leaves nothing to be lost the mark stays among the words.
        """
        theirs = self.theirs[hunk.b0 : hunk.b1]
        found = [(at, mark) for mark in self.prover.marks for at in find_all(theirs, mark, 0, len(theirs))]
        if len(found) != 1 or theirs.strip(EDGES) == found[0][1]:
            yield hunk
            return
        (at, mark), lost = found[0], [m.span() for m in WORD.finditer(self.ours[hunk.a0 : hunk.a1])]
        before, after = len(WORD.findall(theirs[:at])), len(WORD.findall(theirs[at + len(mark) :]))
        if len(lost) <= before + after:
            yield hunk
            return
        start, end = hunk.a0 + lost[before][0], hunk.a0 + lost[len(lost) - after - 1][1]
        gap = Hunk(start, end, hunk.b0 + at, hunk.b0 + at + len(mark))
        if before:
            yield Hunk(hunk.a0, hunk.a0 + lost[before - 1][1], hunk.b0, gap.b0 - 1)
        yield gap
        if after:
            yield Hunk(hunk.a0 + lost[-after][0], hunk.a1, gap.b1 + 1, hunk.b1)

    def _next_to(self, before: Hunk, hunk: Hunk) -> bool:
        """Whether no other difference stands between the two."""
        return not any(
            before.a1 <= h.a0 and h.a1 <= hunk.a0 for h in self.part.differences if h not in (before, hunk)
        )

    def _propose(
        self, hunk: Hunk, others: Sequence[tuple[Hunk, Proposal | None]], *, strict: bool
    ) -> Proposal | None:
        """A proved entry for one difference beside those for the others, or ``None``."""
        beside = [(h, proposal) for h, proposal in others if proposal]
        expected = self.expected(*(h for h, _ in beside), hunk)
        replaced = {proposal.instead for _, proposal in beside}
        for proposal in self._proposals(hunk):
            if proposal.instead is not None and proposal.instead in replaced:
                continue
            entries = [*(p.anchored for _, p in beside), proposal.anchored]
            without = frozenset(i for i in (*replaced, proposal.instead) if i is not None)
            if self.prover.gives(self.span, expected, entries, without, strict=strict):
                return proposal
        return None

    def _proposals(self, hunk: Hunk) -> Iterator[Proposal]:
        """What might be written, the best first, before it is proved.

        Where the witness reads what an entry has already, its siglum goes there; otherwise the
        narrowest lemma is best, and an entry about just these words takes the reading in.
        """
        yield from self.joiner.joined(hunk)
        for (span, is_block), reading in sorted(
            dict.fromkeys(self._candidates(hunk)), key=self._is_bare_mark
        ):
            yield from self.joiner.joined(hunk, about=span)
            for anchored in self._written(span, is_block, reading):
                yield Proposal(self.prover.line(anchored.item), self.text.block_at(span.start), anchored)

    def expected(self, *differences: Hunk) -> str:
        """The stretch as it would be with these differences recorded."""
        words = applied(self.ours, self.theirs, differences)
        blocks = f"{self.before}{BREAK}{words}{BREAK}{self.after}".split(BREAK)
        return BREAK.join(block for block in blocks if block)

    def _written(self, span: Span, is_block: bool, reading: Reading) -> Iterator[Anchored[Entry]]:
        """The entry as it comes back from writing, with a short and a full lemma."""
        for shorten in (True, False):
            place, lemma = (None, Lemma(None)) if is_block else lemma_for(self.text, span, shorten=shorten)
            entry = Entry(lemma, (reading,), place=place)
            anchored = self.prover.anchored(entry, self.text.block_at(span.start))
            if anchored is not None and anchored.span == span:
                yield anchored

    def _is_bare_mark(self, candidate: tuple[tuple[Span, bool], Reading]) -> bool:
        """Whether the lemma has no word in it: such a one is taken last."""
        return not any(map(is_of_word, self.text.slice(candidate[0][0])))

    # --- what might be written --------------------------------------------------------

    def _candidates(self, hunk: Hunk) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        yield from self._of_blocks(hunk)
        ours, theirs = self.ours[hunk.a0 : hunk.a1], self.theirs[hunk.b0 : hunk.b1]
        if BREAK not in ours + theirs and not ours.strip(" ") and any(map(is_of_word, theirs)):
            yield from self._added(hunk, theirs.strip(" "))
        if not theirs.strip(" ") and ours.strip(EDGES):
            lead = len(ours) - len(ours.lstrip(EDGES))
            yield from self._words(hunk.a0 + lead, hunk.a0 + lead + len(ours.strip(EDGES)), Kind.OM, "")
        for a0, a1 in self._widened(hunk):
            words = self.ours[a0 : hunk.a0] + theirs + self.ours[hunk.a1 : a1]
            yield from self._words(a0, a1, Kind.TEXT if words else Kind.OM, words)
        span = self._source(0, len(self.ours))
        if span is not None:
            first, last = self.text.block_at(span.start), self.text.block_at(span.end)
            everything = Span(self.text.starts[first], self.text.span(last).end)
            words = self.ours[: hunk.a0] + theirs + self.ours[hunk.a1 :]
            yield (everything, first == last), self._reading(Kind.TEXT if words else Kind.OM, words)

    def _of_blocks(self, hunk: Hunk) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        """Whole blocks that only one side has."""
        ours, theirs = self.ours[hunk.a0 : hunk.a1], self.theirs[hunk.b0 : hunk.b1]
        at_edge = (hunk.a0 in (0, len(self.ours)) or BREAK in self.ours[hunk.a0 - 1 : hunk.a0 + 1]) and (
            hunk.a1 in (0, len(self.ours)) or BREAK in self.ours[hunk.a1 - 1 : hunk.a1 + 1]
        )
        if not at_edge:
            return
        if not ours and BREAK in theirs:
            for end, kind in ((hunk.a0, Kind.ADD), (hunk.a1, Kind.PRAEM)):
                span = self._source(max(0, end - 1), end) if kind is Kind.ADD else self._source(end, end + 1)
                if span is not None:
                    block = self.text.span(self.text.block_at(span.start))
                    yield (block, True), self._reading(kind, theirs.strip(BREAK))
        if not theirs and ours.strip(BREAK):
            lead = len(ours) - len(ours.lstrip(BREAK))
            start = hunk.a0 + lead
            span = self._source(start, start + len(ours.strip(BREAK)))
            if span is not None:
                first, last = self.text.block_at(span.start), self.text.block_at(span.end)
                whole = Span(self.text.starts[first], self.text.span(last).end)
                yield (whole, first == last), self._reading(Kind.OM, "")

    def _added(self, hunk: Hunk, words: str) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        end = hunk.a0
        while end > 0 and self.ours[end - 1] == " ":
            end -= 1
        start = end
        while start > 0 and self.ours[start - 1] not in EDGES and not (start < end and self._parts(start)):
            start -= 1
        if start < end:
            yield from self._words(start, end, Kind.ADD, words)
        start = hunk.a1
        while start < len(self.ours) and self.ours[start] == " ":
            start += 1
        end = start
        while end < len(self.ours) and self.ours[end] not in EDGES and not (start < end and self._parts(end)):
            end += 1
        if start < end:
            yield from self._words(start, end, Kind.PRAEM, words)

    def _parts(self, at: int) -> bool:
        """Whether a word may end at an offset where no blank stands."""
        return parts_words(self.ours[at - 1], self.ours[at])

    def _widened(self, hunk: Hunk) -> Iterator[tuple[int, int]]:
        """The difference itself, then with more and more words around it."""
        lefts, rights = self._lefts(hunk.a0), self._rights(hunk.a1)
        for extra in range(len(lefts) + len(rights) - 1):
            for left in range(min(extra, len(lefts) - 1), max(0, extra - len(rights) + 1) - 1, -1):
                yield lefts[left], rights[extra - left]

    def _lefts(self, at: int) -> list[int]:
        edges = [at]
        while at > 0 and len(edges) <= WIDEST:
            at -= 1
            while at > 0 and not (
                (self.ours[at - 1] in EDGES and self.ours[at] not in EDGES) or self._parts(at)
            ):
                at -= 1
            edges.append(at)
        return edges

    def _rights(self, at: int) -> list[int]:
        edges = [at]
        end = len(self.ours)
        while at < end and len(edges) <= WIDEST:
            at += 1
            while at < end and not (
                (self.ours[at] in EDGES and self.ours[at - 1] not in EDGES) or self._parts(at)
            ):
                at += 1
            edges.append(at)
        return edges

    def _words(self, a0: int, a1: int, kind: Kind, words: str) -> Iterator[tuple[tuple[Span, bool], Reading]]:
        ours = self.ours[a0:a1]
        if not ours or ours != ours.strip(EDGES) or words != words.strip(EDGES):
            return
        span = self._source(a0, a1)
        if span is not None and len(span) and is_whole(self.text.joined, span.start, span.end):
            yield (span, False), self._reading(kind, words)

    def _source(self, a0: int, a1: int) -> Span | None:
        """The stretch of the reading text that the rebuilt text from *a0* to *a1* comes from."""
        start = end = None
        for at, piece in self.pieces:
            if piece.is_copy and at <= a0 < at + len(piece.text):
                start = piece.start + a0 - at
            elif piece.start < piece.end and piece.text and at == a0:  # words that a reading replaces
                start = piece.start
            if piece.is_copy and at < a1 <= at + len(piece.text):
                end = piece.start + a1 - at
            elif piece.start < piece.end and piece.text and at + len(piece.text) == a1:
                end = piece.end
        return Span(start, end) if start is not None and end is not None and start <= end else None

    def _reading(self, kind: Kind, words: str) -> Reading:
        sigla = (self.prover.witness.state,)
        if kind is Kind.TEXT and words in self.prover.marks:
            return Reading(self.prover.marks[words], sigla=sigla)
        return Reading(kind, words, sigla=sigla)
