"""The one account of who reads what: every witness at every entry, by all entries together.

What an entry says of a witness by itself is told in :mod:`~apparatus.collation.attestation`. But
another entry, on longer words, on a part of them, on the same, may say that the witness has
something else there. So who supports a lemma is asked of the witness as all entries give it,
which for a transcribed witness is proved to be its transcription.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from apparatus.anchoring.words import find_all
from apparatus.characters import is_of_word, parts_words
from apparatus.collation.align import tokens
from apparatus.collation.attestation import Attestations, Stance
from apparatus.collation.edits import Edit, Insertion, Level
from apparatus.collation.rebuild import WitnessText
from apparatus.collation.within import Within
from apparatus.model import ALL, BREAK, REST, Anchored, Effect, Entry, Kind, Reading, Siglum, Span


@dataclass(frozen=True, slots=True)
class Account:
    """Every witness at one entry (keys in the order of the conspectus)."""

    support: tuple[str, ...] = ()
    #: of witnesses, states that are not their own and have the words: transcribed, or named for them by the entry
    in_states: tuple[Siglum, ...] = ()
    depart: tuple[tuple[str, int], ...] = ()  #: witness and which reading
    #: who by other entries has other words here, or more; with the words, where they can be told
    otherwise: tuple[tuple[str, str | None], ...] = ()
    in_part: tuple[str, ...] = ()  #: who of these has some of the words
    absent: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()  #: who of these is transcribed and has words of the lemma
    #: for whom a siglum for several stands and does not speak: of which reading it is (``None``: left of the bracket)
    excepted: tuple[tuple[str, int | None], ...] = ()


class Words:
    """What one witness has at any stretch of the reading text, by all entries together."""

    def __init__(self, witness: WitnessText) -> None:
        self.witness, self.text = witness, witness.text
        self._edits: list[Edit] = []  #: what replaces words; none lies in another
        self._insertions: list[Insertion] = []
        self._moves: dict[int, list[Edit]] = defaultdict(list)  #: by block
        self._collect(witness.plan.root)
        self._edits.sort(key=lambda edit: edit.span)
        self._insertions.sort(key=lambda insertion: insertion.at)
        # Where they end and stand, to be found by halving; none lies in another, so that the ends are in order too.
        self._ends = [edit.span.end for edit in self._edits]
        self._points = [insertion.at for insertion in self._insertions]

    def _collect(self, level: Level) -> None:
        self._insertions += (i for i in level.insertions if i.move is None or not i.move.stays)
        for edit in level.edits:
            if not edit.is_move:
                self._edits.append(edit)
                continue
            for block in self.text.blocks_in(edit.span) if not edit.stays else ():
                self._moves[block].append(edit)
            self._collect(edit.inner)

    # --- what is asked ----------------------------------------------------------------

    def upholds(self, anchored: Anchored[Entry]) -> bool:
        """Whether it has the lemma as the text has it, and nothing of what the readings add or move."""
        span, readings = anchored.span, anchored.item.readings
        effects = {reading.kind.effect for reading in readings}
        if self.adds(anchored) or (Effect.MOVES in effects and any(self._moved(span))):
            return False
        return self._has_passages(span) if anchored.item.lemma.is_block else self.has(span)

    def contradicts(self, anchored: Anchored[Entry]) -> bool:
        """Whether the entry is wrong to name it on the left.

        On the left stands who does not add, lack or move what the readings add, lack or move, and who
        has the words of the text where a reading has others. Of words that are lost in it nothing of this is known.
        """
        span, is_block = anchored.span, anchored.item.lemma.is_block
        effects = {reading.kind.effect for reading in anchored.item.readings}
        if self.adds(anchored) or (Effect.MOVES in effects and any(self._moved(span))):
            return True
        if effects & {Effect.SUBSTITUTES, Effect.STANDS} and not is_block:
            return not self.has(span)
        if effects == {Effect.ADDS}:
            return not is_block and self._has_lost_end(anchored)
        lacks = any(self._lacks(edit, span) for edit in self._replacing(span))
        return not self._has_passages(span) if is_block else lacks

    def has(self, span: Span) -> bool:
        """Whether it has just the words of the stretch."""
        return (
            all(move.span.contains(span) for move in self._moved(span))
            and not any(span.start < i.at < span.end for i in self._inserted(span))
            and all(self._keeps(edit, span) for edit in self._replacing(span))
        )

    def is_there(self, span: Span) -> bool:
        """Whether anything of it stands for the stretch: words, if the stretch has any; a stop alone is no text."""
        at, of_words = span.start, _has_words(self.text.slice(span))
        is_any = _has_words if of_words else str.strip
        for edit in self._replacing(span):
            has = is_any(edit.text) and not self._is_lost(edit) and not self._leaves_out(edit, span)
            if has or is_any(self.text.joined[at : max(at, edit.span.start)]):
                return True
            at = edit.span.end
        return bool(is_any(self.text.joined[at : max(at, span.end)]))

    def is_torn(self, span: Span) -> bool:
        """Whether a part of the stretch is lost in it."""
        return any(edit.said is None or edit.said.kind is Kind.LAC for edit in self._replacing(span))

    def is_illegible(self, span: Span) -> bool:
        """Whether something stands in it for the stretch that cannot be read."""
        return any(edit.said is not None and edit.said.kind is Kind.ILL for edit in self._replacing(span))

    def _has_passages(self, span: Span) -> bool:
        """Whether it has something of each passage of the stretch."""
        return all(map(self.has_passage, self.text.blocks_in(span)))

    def has_passage(self, block: int) -> bool:
        """Whether anything of it stands for a passage: what a longer reading has in fewer passages is that of the others."""
        span = self.text.span(block)
        around = (edit for edit in self._replacing(span) if edit.span.contains(span))
        return self.is_there(span) and not any(self._passes_over(edit, span) for edit in around)

    def _passes_over(self, edit: Edit, span: Span) -> bool:
        """Whether a reading over several passages has fewer, and nothing that is of this one for sure.

        The first of its passages is that of the first, the last of several that of the last.
        """
        before, all_ = (self._breaks(edit.span.start, end) for end in (span.start, edit.span.end))
        many = edit.text.count(BREAK)
        if many >= all_ or before == 0 or (before == all_ and many):
            return False
        start, end = span.start - edit.span.start, span.end - edit.span.start
        return Within(self.text.slice(edit.span), edit.text).is_shared(start, end)

    def _breaks(self, start: int, end: int) -> int:
        return self.text.joined[start:end].count(BREAK)

    def has_part(self, span: Span) -> bool:
        """Whether it has any word of the stretch there."""
        at, end = span.start, span.end
        for edit in self._replacing(span):
            theirs = set(tokens(edit.text))
            here = Span(max(at, edit.span.start), min(end, edit.span.end))
            if any(is_of_word(word[0]) and word in theirs for word in tokens(self.text.slice(here))):
                return True
            if self._letters(at, edit.span.start):
                return True
            at = edit.span.end
        return self._letters(at, end)

    def at(self, span: Span) -> str | None:
        """What it has for the stretch; ``None`` where that cannot be told from what is beside it."""
        edits = list(self._replacing(span))
        if edits and not any(edit.text for edit in edits) and not self.is_there(span):
            return ""
        if any(self._moved(span)) or not all(span.contains(edit.span) for edit in edits):
            return None
        return self.witness.plan.words(span)

    def adds(self, anchored: Anchored[Entry]) -> bool:
        """Whether it has words besides where readings of the entry have some."""
        words = self.text.slice(anchored.span)
        sides = {side for reading in anchored.item.readings for side in _sides(reading, words)}
        return any(self._adds(anchored, before=before) for before in sides)

    def has_lost(self, anchored: Anchored[Entry]) -> bool:
        """Whether at an end of a lemma stood something in it that is lost or cannot be read."""
        ends = (anchored.span.start, anchored.span.end)
        around = (edit for edit in self._replacing(anchored.span) if self._is_lost(edit))
        return any(edit.span.start < end < edit.span.end for edit in around for end in ends)

    def _has_lost_end(self, anchored: Anchored[Entry]) -> bool:
        """Whether the word beside which a reading adds is lost: who leaves it out adds nothing, of this nobody can tell."""
        span = anchored.span
        before = {reading.kind is Kind.PRAEM for reading in anchored.item.readings}
        ends = [span.start if is_before else span.end - 1 for is_before in before]
        lost = [edit for edit in self._replacing(span) if self._is_lost(edit)]
        return any(edit.span.start <= at < edit.span.end for edit in lost for at in ends)

    def instead(self, anchored: Anchored[Entry]) -> list[int]:
        """The entries by which it has other words than a lemma, or more, or has them elsewhere."""
        span = anchored.span
        found = [edit.entry for edit in self._replacing(span) if not self._keeps(edit, span)]
        found += [i.entry for i in self._inserted(span) if span.start < i.at < span.end]
        found += [move.entry for move in self._moved(span)]
        if self.adds(anchored):
            blanks = " \n" if anchored.item.lemma.is_block else " "
            around = Span(self.text.gap(span.start, blanks).start, self.text.gap(span.end, blanks).end)
            found += [i.entry for i in self._inserted(around)] + [e.entry for e in self._replacing(around)]
        return sorted({entry for entry in found if entry is not None})

    # --- what is where ----------------------------------------------------------------

    def _adds(self, anchored: Anchored[Entry], *, before: bool) -> bool:
        """Whether it has words before or after a lemma: as an addition, or as a reading that repeats the lemma."""
        span, is_block = anchored.span, anchored.item.lemma.is_block
        point = self.text.gap(span.start if before else span.end, " \n" if is_block else " ")
        if any(i.is_block is is_block for i in self._inserted(point) if point.start <= i.at <= point.end):
            return True
        around = Span(point.start - 1, point.end + 1)
        return not is_block and any(self._goes_on(edit, point, span) for edit in self._replacing(around))

    def _goes_on(self, edit: Edit, point: Span, beside: Span) -> bool:
        """Whether a reading is its lemma and more at that point, which is beside a stretch."""
        lemma, words = self.text.slice(edit.span), edit.text
        found = next(find_all(words, lemma, 0, len(words)), None) if len(words) > len(lemma) else None
        if found is None:
            is_inside = edit.span.start < point.start and point.end < edit.span.end
            unknown = self._is_lost(edit)  # whether it had more there nobody can tell
            at = edit.span.start
            return is_inside and (
                unknown or Within(lemma, words).has_more(point.start - at, beside.start - at, beside.end - at)
            )
        return (found > 0 and point.contains(Span(edit.span.start, edit.span.start))) or (
            found + len(lemma) < len(words) and point.contains(Span(edit.span.end, edit.span.end))
        )

    def _keeps(self, edit: Edit, span: Span) -> bool:
        """Whether a reading has those of the words that are its lemma's, and beside the others."""
        start, end = max(span.start, edit.span.start), min(span.end, edit.span.end)
        if Span(start, end) == edit.span:
            return edit.span != span and self._goes_beyond(edit, span)
        words, at = self.text.joined[start:end], edit.span.start
        if (span.start < at and not edit.text.startswith(words)) or (
            span.end > edit.span.end and not edit.text.endswith(words)
        ):
            return False
        return Within(self.text.slice(edit.span), edit.text).surely_has(start - at, end - at)

    def _lacks(self, edit: Edit, span: Span) -> bool:
        """Whether a reading has nothing, or what is lost, for those of the words that it replaces."""
        here = Span(max(span.start, edit.span.start), min(span.end, edit.span.end))
        return not edit.text or self._is_lost(edit) or self._leaves_out(edit, here)

    def _leaves_out(self, edit: Edit, span: Span) -> bool:
        """Whether a longer reading has nothing for the stretch."""
        if edit.span == span or not edit.span.contains(span):
            return False
        start, end = span.start - edit.span.start, span.end - edit.span.start
        return Within(self.text.slice(edit.span), edit.text).lacks(start, end)

    def _goes_beyond(self, edit: Edit, span: Span) -> bool:
        """Whether a reading of words at an end of the stretch is these words, and more outside it."""
        lemma, words = self.text.slice(edit.span), edit.text
        at = {*find_all(words, lemma, 0, len(words))}
        after = edit.span.end == span.end and 0 in at
        return after or (edit.span.start == span.start and len(words) - len(lemma) in at)

    def _is_lost(self, edit: Edit) -> bool:
        """Whether the edit says that something stood there that is lost or cannot be read."""
        return edit.said is None or edit.said.kind.effect is Effect.LOSES

    def _letters(self, start: int, end: int) -> bool:
        """Whether anything but white space stands from *start* to *end*."""
        return self.text.joined[start : max(start, end)].strip() != ""

    def _replacing(self, span: Span) -> Iterator[Edit]:
        """What replaces words of the stretch, in order."""
        i = bisect_right(self._ends, span.start)
        while i < len(self._edits) and self._edits[i].span.start < span.end:
            yield self._edits[i]
            i += 1

    def _inserted(self, span: Span) -> list[Insertion]:
        """What is put between words of the stretch, or at its ends."""
        first = bisect_left(self._points, span.start)
        return self._insertions[first : bisect_right(self._points, span.end)]

    def _moved(self, span: Span) -> Iterator[Edit]:
        """The transpositions of words of the stretch."""
        if self._moves:
            near = {
                id(move): move for block in self.text.blocks_in(span) for move in self._moves.get(block, ())
            }
            yield from (m for m in near.values() if m.span.start < span.end and span.start < m.span.end)


def _has_words(text: str) -> bool:
    return any(map(is_of_word, text))


def _sides(reading: Reading, lemma: str) -> Iterator[bool]:
    """Where a reading has words beside its lemma: true for before it, false for after it. A longer word is another."""
    if reading.kind.effect is Effect.ADDS:
        yield reading.kind is Kind.PRAEM
    elif reading.kind is Kind.TEXT and lemma and len(reading.text) > len(lemma):
        before, after = reading.text[: -len(lemma)], reading.text[len(lemma) :]
        yield from (True,) if before + lemma == reading.text and _are_apart(before, lemma) else ()
        yield from (False,) if lemma + after == reading.text and _are_apart(lemma, after) else ()


def _are_apart(before: str, after: str) -> bool:
    """Whether two parts of a text are no parts of one word."""
    is_within = is_of_word(before[-1]) and is_of_word(after[0])
    return not is_within or parts_words(before[-1], after[0])


class Accounts:
    """The account of every entry. *told* are the witnesses that have been rebuilt already."""

    def __init__(self, attestations: Attestations, told: Iterable[WitnessText] = ()) -> None:
        self.attestations = attestations
        known: Mapping[Siglum, WitnessText] = {text.state: text for text in told}
        witnesses = attestations.conspectus.witnesses
        self._of_several = {ALL, REST, *(group.key for group in attestations.conspectus.groups)}
        self._states = {w.key: Siglum(w.key) for w in witnesses}
        self._proved = {w.key for w in witnesses if w.state_proved == Siglum(w.key)}
        #: what is transcribed and is not what a bare siglum means
        self._transcribed = [w.state_proved for w in witnesses if w.state_proved and w.state_proved.hand]
        self._words = {
            state: Words(known.get(state) or WitnessText(attestations, state))
            for state in (*self._states.values(), *self._transcribed)
        }

    @property
    def all(self) -> tuple[Account, ...]:
        """The accounts in the order of the entries."""
        return tuple(map(self.of, range(len(self.attestations.entries))))

    def of(self, i: int) -> Account:
        """Who supports the lemma of entry *i*, who departs, who reads otherwise, who is absent or unknown."""
        support, in_part, absent, unknown, unnamed = [], [], [], [], []
        depart: list[tuple[str, int]] = []
        otherwise: list[tuple[str, str | None]] = []
        anchored = self.attestations.entries[i]
        for key, state in self._states.items():
            attestation, words = self.attestations.of(i, state), self._words[state]
            if isinstance(attestation.reads, int) and i not in words.witness.plan.passed_over:
                depart.append((key, attestation.reads))
            elif attestation.reads is Stance.ABSENT:
                absent.append(key)
            elif attestation.reads is Stance.UNKNOWN:
                unknown.append(key)
                has_words = key in self._proved and words.has_part(anchored.span)
                unnamed += [key] if has_words else []
            elif attestation.is_named(key) or words.upholds(anchored):
                support.append(key)
            else:
                otherwise.append((key, words.at(anchored.span)))
                in_part += [key] if words.has_part(anchored.span) else []
        states = tuple(dict.fromkeys(self._in_states(i)))
        return Account(
            *(tuple(support), states, tuple(depart), tuple(otherwise)),
            *(tuple(in_part), tuple(absent), tuple(unknown), tuple(unnamed)),
            self._excepted(i, dict(depart)),
        )

    def words(self, state: Siglum) -> Words:
        """What a witness has by all entries, in its own state or in that which is transcribed."""
        return self._words[state]

    def _excepted(self, i: int, depart: Mapping[str, int]) -> tuple[tuple[str, int | None], ...]:
        """Of whom the sigla for several of entry *i* do not speak, because another siglum or entry does, or nothing."""
        item = self.attestations.entries[i].item
        said: list[tuple[int | None, tuple[Siglum, ...]]] = [(None, item.support)]
        said += [(n, reading.sigla) for n, reading in enumerate(item.readings)]
        return tuple(
            (key, n)
            for n, sigla in said
            for siglum in sigla
            if siglum.key in self._of_several and siglum.hand is None
            for key, state in self._states.items()
            if self._stands_for(siglum, key) and not self._speaks_of(i, siglum, state, n, depart)
        )

    def _stands_for(self, siglum: Siglum, key: str) -> bool:
        return siglum.key in (ALL, REST) or siglum.key in self.attestations.groups_of[key]

    def _speaks_of(
        self, i: int, siglum: Siglum, state: Siglum, n: int | None, depart: Mapping[str, int]
    ) -> bool:
        """Whether a siglum for several says of one of them, at reading *n* or at the lemma, what is so."""
        attestation = self.attestations.of(i, state)
        if siglum.key in (ALL, REST) and attestation.reads is Stance.ABSENT:
            return False  # it is said of all who are there
        if siglum.key in (ALL, REST) and attestation.reads is Stance.UNKNOWN:
            has_lemma = self._words[state].upholds(self.attestations.entries[i])
            return state.key not in self._proved or (n is None and has_lemma)
        if siglum.key == REST and attestation.by != siglum:
            return True  # one that is named is none of the rest
        if n is not None:
            return depart.get(state.key) == n
        return attestation.reads is Stance.LEMMA and not self._words[state].contradicts(
            self.attestations.entries[i]
        )

    def _in_states(self, i: int) -> Iterator[Siglum]:
        """The states that have the lemma of entry *i*, and are not what a bare siglum means."""
        anchored = self.attestations.entries[i]
        yield from (s for s in anchored.item.support if s.hand and s.key in self._states)
        for state in self._transcribed:
            has = self.attestations.of(i, state).reads is Stance.LEMMA
            if has and self._words[state].upholds(anchored):
                yield state
