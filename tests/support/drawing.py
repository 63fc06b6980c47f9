"""Draw small editions by a seed: texts, witnesses, entries that are true, and some that are not."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from alterations import (
    CORRECTED,
    FRAGMENT,
    GROUPS,
    HAND,
    KEYS,
    MARKS,
    NEW,
    SCHOLAR,
    SCRIPTS,
    UNPROVED,
    Change,
    Drawn,
    Said,
    Text,
    Truth,
)

from apparatus.model import BREAK, Entry, Kind, Lemma, Place, Reading, Siglum, Target, Words

#: What is drawn for words: replacements mostly.
KINDS = (
    *[Kind.TEXT] * 5,
    Kind.OM,
    Kind.OM,
    Kind.ADD,
    Kind.ADD,
    Kind.PRAEM,
    Kind.ILL,
    Kind.LAC,
    *[Kind.TRANSP] * 2,
)
STOPS = (",", ".", ";", "·", "!")


class Drawer:
    """Draws one edition."""

    def __init__(self, seed: int, number: int) -> None:
        self.chance = random.Random(seed)
        self.seed, self.number = seed, number
        self.new = list(NEW)
        self.chance.shuffle(self.new)
        self.text = self._text()

    def drawn(self, *, spoil: bool | None = None) -> Drawn:
        """The edition; *spoil* says whether an entry is made false, else chance does."""
        gap = self._gap()
        truths = {key: Truth(self.text, (), gap if key == FRAGMENT else None) for key in KEYS}
        places = [self._place() for _ in range(self.chance.randint(1, 5))]
        variants = [self._variants(*place) for place in places]
        for key in KEYS:
            truths[key] = self._witness(key, truths[key].gap, variants)
        edition = Drawn(f"e{self.seed}", self.number, self.text, truths, [])
        edition.said = [*Entries(self, edition).all()]
        if self._is(0.4) if spoil is None else spoil:
            for _ in range(self.chance.choice((1, 1, 2, 3))):
                edition.said = Spoiler(self.chance, edition, self.new).spoilt()
        return edition

    def _is(self, likely: float) -> bool:
        return self.chance.random() < likely

    # --- the text and its places --------------------------------------------------------

    def _text(self) -> Text:
        scripts = self.chance.sample(SCRIPTS, self.chance.choice((1, 1, 2)))
        pool = [word for script in scripts for word in script.split()]
        self.chance.shuffle(pool)
        blocks = [("Edition", f"e{self.seed}")]
        for _ in range(self.chance.randint(1, 4)):
            taken = [pool.pop() for _ in range(min(len(pool), self.chance.randint(3, 8)))]
            if len(taken) > 3 and self._is(0.4):  # a word that stands there twice
                taken.append(taken[self.chance.randrange(len(taken) - 2)])
            if not taken:
                break
            marked = [word + self.chance.choice(STOPS) if self._is(0.15) else word for word in taken[:-1]]
            blocks.append((*marked, taken[-1] + "."))
        return Text(tuple(blocks))

    def _block(self) -> tuple[int, int]:
        b = self.chance.randrange(1, len(self.text.blocks))
        return self.text.starts[b], self.text.starts[b + 1]

    def _gap(self) -> tuple[int, int] | None:
        if not self._is(0.35):
            return None
        first, last = self._block()
        start = self.chance.randrange(first, last)
        end = self.chance.randrange(start + 1, last + 1)
        ends = [self.text.words[i] for i in (start, end - 1)]
        words = [word.strip("".join(STOPS)) for word in self.text.words[first:last]]
        alone = all(words.count(word.strip("".join(STOPS))) == 1 for word in ends)
        return (start, end) if alone and end - start < last - first else None

    def _place(self) -> tuple[int, int, bool]:
        """Words that witnesses change, and whether the whole passage is meant."""
        first, last = self._block()
        if self._is(0.15):
            return first, last, True
        if self._is(0.12) and last < len(self.text.words):
            return last - 1, last + 1, False  # over a break
        start = self.chance.randrange(first, last)
        return start, min(last, start + self.chance.choice((1, 1, 1, 2, 2, 3, 5))), False

    def _variants(self, start: int, end: int, whole: bool) -> list[Change]:
        """What is done to the words, in up to three ways."""
        ways = [self._change(start, end, whole) for _ in range(self.chance.randint(1, 3))]
        return [way for way in ways if way is not None]

    def _change(self, start: int, end: int, whole: bool) -> Change | None:
        over = self.text.block_of(start) != self.text.block_of(end - 1)
        if whole:
            kind = self.chance.choice((Kind.OM, Kind.ADD, Kind.PRAEM, Kind.TRANSP))
        else:
            kind = Kind.TEXT if over else self.chance.choice(KINDS)
        if kind is Kind.TRANSP:
            return self._move(start, end, whole)
        words = ""
        if kind is Kind.TEXT:
            words = self._instead(start, end, over)
        elif kind in (Kind.ADD, Kind.PRAEM):
            words = " ".join(self._fresh() for _ in range(self.chance.choice((1, 1, 2))))
        return Change(kind, start, end, words, whole=whole)

    def _instead(self, start: int, end: int, over: bool) -> str:
        """Other words: new ones, as many or not; the same, joined or divided."""
        own = list(self.text.words[start:end])
        if over and self._is(0.6):
            return " ".join(own)
        if not over and end - start > 1 and self._is(0.2):
            cut = self.chance.randrange(1, len(own))
            return BREAK.join((" ".join(own[:cut]), " ".join(own[cut:])))
        many = len(own) if self._is(0.6) else self.chance.randint(1, 3)
        made = [
            own[n] if n < len(own) and len(own) > 1 and self._is(0.25) else self._fresh() for n in range(many)
        ]
        stop = own[-1][-1] if own[-1][-1] in STOPS else ""
        if made == own:
            made[0] = self._fresh()
        return " ".join(made) + (
            stop if made[-1] != own[-1] and self._is(0.7) and made[-1] not in own else ""
        )

    def _fresh(self) -> str:
        return self.new.pop()

    def _move(self, start: int, end: int, whole: bool) -> Change | None:
        """Where words, or a passage, stand instead."""
        before = self._is(0.5)
        if whole:
            others = [b for b in range(1, len(self.text.blocks)) if self.text.starts[b] != start]
            if not others:
                return None
            b = self.chance.choice(others)
            to = self.text.starts[b] if before else self.text.starts[b + 1]
            return None if to in (start, end) else Change(Kind.TRANSP, start, end, "", to, before, True)
        first, last = self._block()
        i = self.chance.randrange(first, last)
        b = self.text.block_of(start)
        if start - 1 <= i <= end or (start, end) == (self.text.starts[b], self.text.starts[b + 1]):
            return None
        return Change(Kind.TRANSP, start, end, "", i if before else i + 1, before)

    # --- the witnesses ----------------------------------------------------------------

    def _witness(self, key: str, gap: tuple[int, int] | None, variants: Sequence[Sequence[Change]]) -> Truth:
        taken: list[Change] = []
        order = list(variants)
        self.chance.shuffle(order)
        for ways in order:
            if ways and self._is(0.55):
                way = self.chance.choice(ways)
                if all(self._fit(way, other) for other in taken) and (
                    gap is None or _apart(self._reach(way), [gap])
                ):
                    taken.append(way)
        if key == CORRECTED:
            taken = [replace(c, hand=HAND) if self._is(0.4) else c for c in taken]
        return Truth(self.text, taken, gap)

    def _fit(self, one: Change, other: Change) -> bool:
        """Whether a witness can have both changes: apart from each other, or one well inside words that the other moves."""
        if _apart(self._reach(one), self._reach(other)):
            return True
        inner, outer = sorted((one, other), key=lambda c: c.end - c.start)
        is_inside = outer.start < inner.start and inner.end < outer.end
        movable = outer.kind is Kind.TRANSP and inner.kind is not Kind.TRANSP and not inner.whole
        return is_inside and movable and _apart([inner.reach], self._reach(outer)[1:])

    def _reach(self, change: Change) -> list[tuple[int, int]]:
        """The words that a change is about."""
        if not change.whole:
            aim = [(change.to - 1, change.to + 1)] if change.kind is Kind.TRANSP else []
            return [change.reach, *aim]
        aim = []
        if change.kind is Kind.TRANSP:
            b = self.text.block_of(change.to if change.before else change.to - 1)
            aim = [(self.text.starts[b], self.text.starts[b + 1])]
        return [change.reach, *aim]


def _apart(some: Sequence[tuple[int, int]], others: Sequence[tuple[int, int]]) -> bool:
    """Whether a word stands between them."""
    return all(a1 < b0 or b1 < a0 for a0, a1 in some for b0, b1 in others)


def _overlap(a: int, b: int, start: int, end: int) -> bool:
    """Whether stretches overlap, and neither lies in the other."""
    return a < end and start < b and not (a <= start and end <= b) and not (start <= a and b <= end)


class Entries:
    """The entries of an edition, written from the changes of its witnesses."""

    def __init__(self, drawer: Drawer, edition: Drawn) -> None:
        self.chance, self.edition, self.text = drawer.chance, edition, edition.text
        self.seed = drawer.seed
        self.truths, self.fresh = edition.truths, drawer._fresh
        self.wide: list[tuple[int, int, list[str]]] = []
        self.told_wider: dict[Change, set[str]] = defaultdict(set)

    def _is(self, likely: float) -> bool:
        return self.chance.random() < likely

    def all(self) -> Iterator[Said]:
        wider = [said for said in (self._wider() for _ in range(2)) if said is not None]
        wider = [
            said
            for n, said in enumerate(wider)
            if all((o.start, o.end) != (said.start, said.end) for o in wider[:n])
        ]
        places: dict[tuple[int, int, bool], dict[Change, list[str]]] = defaultdict(lambda: defaultdict(list))
        for key in KEYS:
            for change in self.truths[key].changes:
                own = replace(change, hand="")
                places[change.start, change.end, change.whole][own].append(str(change.siglum(key)))
        made = [
            part for place, c in places.items() if (e := self._entry(*place, c)) for part in self._parted(e)
        ]
        taken = {(said.start, said.end) for said in made if not said.entry.lemma.is_block}
        yield from made
        yield from (said for said in wider if (said.start, said.end) not in taken)
        if self._is(0.3):
            yield from self._of_the_editors(taken)

    def _entry(self, start: int, end: int, whole: bool, changes: dict[Change, list[str]]) -> Said | None:
        left = {
            c: [k for k in keys if k not in self.told_wider[c] or self._is(0.5)]
            for c, keys in changes.items()
        }
        left = {change: keys for change, keys in left.items() if keys}
        if not left:
            return None
        tail = self._tail(start, end, left) if not whole else ""
        rows = []
        for change, keys in left.items():
            words = change.words.removesuffix(tail) if change.kind is Kind.TEXT else change.words
            target = self._target(change) if change.kind is Kind.TRANSP else None
            rows.append((Reading(change.kind, words, target), keys, change))
        self.chance.shuffle(rows)
        return self._said(start, end, tail, rows, whole=whole)

    def _said(
        self,
        start: int,
        end: int,
        tail: str,
        rows: Sequence[tuple[Reading, list[str], Change | None]],
        *,
        whole: bool = False,
    ) -> Said | None:
        locus = self._locus(start, end, tail, whole)
        if locus is None:
            return None
        place, lemma = locus
        named = {key[0] for _, keys, _ in rows for key in keys}
        together = [self._together(keys, named, start, end) for _, keys, _ in rows]
        for n, sigla in enumerate(together):
            if sigla == ["cett."] and ["cett."] in together[:n]:
                together[n] = rows[n][1]
        readings = [
            replace(r, sigla=tuple(Siglum(*key.split("^")) for key in s))
            for (r, _, _), s in zip(rows, together, strict=True)
        ]
        readings += [*self._beside()] if not whole else []
        said = Said(
            Entry(lemma, tuple(readings), place=place),
            start,
            end,
            self.text.block_of(start),
            tail,
            {n: change for n, (_, _, change) in enumerate(rows) if change and change.kind is Kind.TRANSP},
        )
        collective = {s.key for r in readings for s in r.sigla} & {"codd.", "cett."}
        if not collective and self._is(0.4):
            having = [
                Siglum(k) for k in KEYS if k not in named and supports(self.truths[k], said) and self._is(0.6)
            ]
            said = replace(said, entry=replace(said.entry, support=self._for_several(having, named, said)))
        return said

    def _for_several(self, having: list[Siglum], named: set[str], said: Said) -> tuple[Siglum, ...]:
        """Who supports the words, some by one siglum; now and then by one that stands for another too, who may not."""
        chance = random.Random(f"{self.seed} {said.start} {said.end}")
        keys = [siglum.key for siglum in having]
        present = {k for k in KEYS if not self.truths[k].is_in_gap(said.start, said.end)}
        if len(keys) > 1 and set(keys) == present - named and chance.random() < 0.3:
            return (Siglum("cett."),)
        is_bold = chance.random() < 0.1
        for group, members in GROUPS.items():
            own = [k for k in members if k in keys]
            if (
                own
                and named.isdisjoint(members)
                and (own == list(members) or is_bold)
                and chance.random() < 0.5
            ):
                return (Siglum(group), *(Siglum(k) for k in keys if k not in members))
        return tuple(having)

    def _together(self, keys: list[str], named: set[str], start: int, end: int) -> list[str]:
        """Some sigla as one."""
        if not self._is(0.5) or any("^" in key for key in keys):
            return keys
        present = {k for k in KEYS if not self.truths[k].is_in_gap(start, end)}
        if set(keys) == present and len(keys) > 1 and self._is(0.5):
            return ["codd."]
        if present - named | set(keys) == set(keys) and len(keys) > 1 and len(named) > len(keys):
            return ["cett."]
        for group, members in GROUPS.items():
            if set(members) <= set(keys):
                return [group, *(k for k in keys if k not in members)]
        return keys

    def _parted(self, said: Said) -> list[Said]:
        """An entry as two on the same words: the last siglum of a reading has its own."""
        several = [n for n, reading in enumerate(said.readings) if len(reading.sigla) > 1]
        collective = {s.key for r in said.readings for s in r.sigla} & {"codd.", "cett.", *GROUPS}
        if not several or collective or not self._is(0.15):
            return [said]
        n = self.chance.choice(several)
        *most, last = said.readings[n].sigla
        readings = list(said.readings)
        readings[n] = replace(readings[n], sigla=tuple(most))
        alone = replace(said.entry, readings=(replace(said.readings[n], sigla=(last,)),), support=())
        aims = {0: said.aims[n]} if n in said.aims else {}
        return [
            replace(said, entry=replace(said.entry, readings=tuple(readings))),
            replace(said, entry=alone, aims=aims),
        ]

    def _beside(self) -> Iterator[Reading]:
        """What nobody can prove: conjectures, lost copies, hands."""
        if self._is(0.1):
            yield Reading(Kind.TEXT, self.fresh(), sigla=(Siglum(UNPROVED),))
        if self._is(0.1):
            yield Reading(Kind.TEXT, self.fresh(), sigla=(Siglum(SCHOLAR),))
        if self._is(0.1):
            yield Reading(
                Kind.TEXT,
                self.fresh(),
                sigla=(Siglum(self.chance.choice(KEYS), self.chance.choice(("ac", "mg", "3"))),),
            )

    def _of_the_editors(self, taken: set[tuple[int, int]]) -> Iterator[Said]:
        start = self.chance.randrange(self.text.starts[1], len(self.text.words))
        locus = self._locus(start, start + 1, "", False)
        if (start, start + 1) in taken or locus is None:
            return
        reading = self.chance.choice(
            (
                Reading(Kind.CRUX),
                Reading(Kind.SECL, sigla=(Siglum(SCHOLAR),)),
                Reading(Kind.DEL, sigla=(Siglum(SCHOLAR),)),
                Reading(Kind.TEXT, self.fresh(), sigla=(Siglum(SCHOLAR),)),
                Reading(Kind.ADD, self.fresh(), sigla=(Siglum(SCHOLAR),)),
            )
        )
        yield Said(Entry(locus[1], (reading,), place=locus[0]), start, start + 1, self.text.block_of(start))

    def _wider(self) -> Said | None:
        """An entry on more words than a witness has changed."""
        key = self.chance.choice(KEYS)
        truth = self.truths[key]
        if not truth.changes:
            return None
        change = self.chance.choice(truth.changes)
        start = max(self.text.starts[1], change.start - self.chance.randint(0, 3))
        end = min(len(self.text.words), change.end + self.chance.randint(0, 3))
        inside = [c for c in truth.changes if start <= c.start and c.end <= end]
        if len({c.hand for c in inside}) > 1:
            return None
        if any(_overlap(*c.reach, start, end) for c in truth.changes):
            return None
        theirs = truth.words(start, end)
        moved = any(c.kind is Kind.TRANSP for c in truth.changes) or any(c.whole for c in truth.changes)
        if theirs is None or moved or theirs == self.text.join(start, end) or (start, end) == change.reach:
            return None
        if truth.gap and truth.gap[0] < end and start < truth.gap[1]:
            return None
        if any(mark in theirs for mark in MARKS.values()) or theirs != theirs.strip(BREAK):
            return None
        also = [
            k
            for k in KEYS
            if k != key
            and not self.truths[k].gap
            and self.truths[k].words(start, end) == theirs
            and not any(c.kind is Kind.TRANSP for c in self.truths[k].changes)
        ]
        also = [
            k
            for k in also
            if not any(
                _overlap(*c.reach, start, end) or {c.start, c.end} & {start, end}
                for c in self.truths[k].changes
            )
            and len({c.hand for c in self.truths[k].changes if start <= c.start and c.end <= end}) < 2
        ]
        reading = Reading(Kind.TEXT, theirs) if theirs else Reading(Kind.OM)
        if any(_overlap(a, b, start, end) and set(keys) & {key, *also} for a, b, keys in self.wide):
            return None
        self.wide.append((start, end, [key, *also]))

        def sign(k: str) -> str:
            within = (c for c in self.truths[k].changes if start <= c.start and c.end <= end)
            return f"{k}^{HAND}" if any(c.hand for c in within) else k

        edge = len(truth.around(start, end)) > 1  # what is added there belongs to the entry, or does not
        said = None if edge else self._said(start, end, "", [(reading, [*map(sign, (key, *also))], None)])
        for inner in inside if said else ():
            self.told_wider[replace(inner, hand="")].add(key)
        return said

    # --- lemmata ----------------------------------------------------------------------

    def _tail(self, start: int, end: int, changes: dict[Change, list[str]]) -> str:
        """The mark after the last word, if every reading has it too, and the entry can do without."""
        mark = self.text.words[end - 1][-1]
        words = [change.words for change in changes if change.kind is Kind.TEXT]
        same = len(words) == len(changes) and all(w.endswith(mark) and w != mark for w in words)
        return mark if mark in STOPS and same and self._is(0.7) else ""

    def _locus(self, start: int, end: int, tail: str, whole: bool) -> tuple[Place | None, Lemma] | None:
        first, last = self.text.block_of(start), self.text.block_of(end - 1)
        if whole:
            return None, Lemma(None)
        words = self.text.join(start, end).removesuffix(tail)
        if first == last and not (end - start > 3 and self._is(0.5)):
            return None, Lemma(Words(words, self._count(words, start)))
        if last == first + 1 and self._is(0.5) and end - start < 5:
            return None, Lemma(Words(words))
        ends = [self.text.words[start], self.text.words[end - 1].removesuffix(tail)]
        counts = [self._count(ends[0], start), self._count(ends[1], end - 1)]
        if any(counts) or (first == last and ends[0] == ends[1]):
            return None
        place = (
            Place(self.edition.block_number(first), self.edition.block_number(last))
            if first != last
            else None
        )
        return place, Lemma(Words(ends[0]), Words(ends[1]))

    def _count(self, words: str, start: int) -> int | None:
        """Which of several same words in the passage they are."""
        b = self.text.block_of(start)
        block, many = self.text.blocks[b], words.count(" ") + 1
        at = [n for n in range(len(block)) if _begins(" ".join(block[n : n + many]), words)]
        return at.index(start - self.text.starts[b]) + 1 if len(at) > 1 else None

    def _target(self, change: Change) -> Target:
        i = change.to if change.before else change.to - 1
        b = self.text.block_of(i)
        number = self.edition.block_number(b)
        if change.whole:
            return Target(change.before, number)
        word = self.text.words[i]
        own = self.text.block_of(change.start) == b
        return Target(change.before, None if own else number, Lemma(Words(word, self._count(word, i))))


def _begins(text: str, words: str) -> bool:
    rest = text.removeprefix(words)
    return text.startswith(words) and (not rest or rest in STOPS)


def supports(truth: Truth, said: Said) -> bool:
    """Whether a witness has the words of the text, and nothing of what the readings add or move."""
    start, end, whole = said.start, said.end, said.entry.lemma.is_block
    if truth.is_in_gap(start, end) or adds_as(truth, said):
        return False
    if any(reading.kind is Kind.TRANSP for reading in said.readings) and truth.is_moved(start, end):
        return False
    return truth.is_there(start, end) if whole else truth.has(start, end)


def adds_as(truth: Truth, said: Said) -> bool:
    """Whether a witness has words besides, where readings of the entry have some."""
    whole = said.entry.lemma.is_block
    lemma = truth.text.join(said.start, said.end).removesuffix(said.tail)
    sides = set()
    for reading in said.readings:
        if reading.kind in (Kind.ADD, Kind.PRAEM):
            sides.add(reading.kind is Kind.PRAEM)
        elif reading.kind is Kind.TEXT and len(reading.text) > len(lemma):
            sides |= {True} if reading.text.endswith(lemma) else set()
            sides |= {False} if reading.text.startswith(lemma) else set()
    return any(truth.adds(said.start, said.end, before=before, whole=whole) for before in sides)


class Spoiler:
    """Makes one entry of an edition say what is not so, or say it twice, or not at all."""

    def __init__(self, chance: random.Random, edition: Drawn, new: list[str]) -> None:
        self.chance, self.edition, self.new = chance, edition, new

    def spoilt(self) -> list[Said]:
        said = list(self.edition.said)
        if not said:
            return said
        n = self.chance.randrange(len(said))
        way = self.chance.choice(
            (self._other_siglum, self._other_words, self._support, self._without, self._beside, self._drop)
        )
        made = way(said[n])
        return [*said[:n], *made, *said[n + 1 :]]

    def _readings(self, said: Said, readings: Sequence[Reading]) -> Said:
        return replace(said, entry=replace(said.entry, readings=tuple(readings)))

    def _free(self, said: Said) -> list[str]:
        named = {s.key for r in said.readings for s in r.sigla} | {s.key for s in said.entry.support}
        return [key for key in KEYS if key not in named]

    def _other_siglum(self, said: Said) -> list[Said]:
        free = self._free(said)
        # no witness makes an editor's mark: that is refused whatever it reads
        at = [n for n, r in enumerate(said.readings) if r.kind not in (Kind.CRUX, Kind.SECL)]
        if not free or not at:
            return [said]
        n, key = self.chance.choice(at), Siglum(self.chance.choice(free))
        readings = list(said.readings)
        more = (*readings[n].sigla, key) if self.chance.random() < 0.5 else (key,)
        readings[n] = replace(readings[n], sigla=more)
        return [self._readings(said, readings)]

    def _other_words(self, said: Said) -> list[Said]:
        readings = [
            replace(r, text=self.new.pop()) if r.text and self.chance.random() < 0.6 else r
            for r in said.readings
        ]
        return [self._readings(said, readings)]

    def _support(self, said: Said) -> list[Said]:
        free = self._free(said)
        if not free:
            return [said]
        support = (*said.entry.support, Siglum(self.chance.choice(free)))
        return [replace(said, entry=replace(said.entry, support=support))]

    def _without(self, said: Said) -> list[Said]:
        """One siglum is forgotten."""
        at = [(n, m) for n, r in enumerate(said.readings) for m in range(len(r.sigla))]
        if not at:
            return [said]
        n, m = self.chance.choice(at)
        readings = list(said.readings)
        sigla = tuple(s for k, s in enumerate(readings[n].sigla) if k != m)
        readings[n : n + 1] = [replace(readings[n], sigla=sigla)] if sigla else []
        aims = {}
        for k, aim in said.aims.items():
            if sigla or k != n:
                aims[k - (not sigla and k > n)] = aim
        return [replace(self._readings(said, readings), aims=aims)] if readings else []

    def _beside(self, said: Said) -> list[Said]:
        """A second entry on words nearby."""
        words = self.edition.text.words
        start = min(max(self.edition.text.starts[1], said.start + self.chance.randint(-1, 1)), len(words) - 1)
        block = self.edition.text.blocks[self.edition.text.block_of(start)]
        if sum(_begins(word, words[start]) for word in block) != 1:
            return [said]
        kind = self.chance.choice((Kind.TEXT, Kind.OM, Kind.ADD, Kind.PRAEM))
        new = self.new.pop() if kind is not Kind.OM else ""
        keys = self.chance.sample(KEYS, self.chance.randint(1, 2))
        if self.chance.random() < 0.5:
            reading = Reading(kind, new, sigla=tuple(map(Siglum, keys)))
            entry = Entry(Lemma(Words(words[start])), (reading,))
        else:
            reading = Reading(kind, new, sigla=(Siglum(SCHOLAR),))
            entry = Entry(Lemma(Words(words[start])), (reading,), support=tuple(map(Siglum, keys)))
        return [said, Said(entry, start, start + 1, self.edition.text.block_of(start))]

    def _drop(self, said: Said) -> list[Said]:
        return []
