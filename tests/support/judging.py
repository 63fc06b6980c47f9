"""Whether what an output tells of the witnesses is true of their transcriptions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from alterations import CORRECTED, FRAGMENT, GROUPS, HAND, KEYS, MARKS, Change, Drawn, Item, Said, Truth
from drawing import adds_as, supports
from telling import Read, Told, same

from apparatus.model import BREAK, Kind, Siglum

#: What an entry says of a witness: a reading, the lemma, nothing.
LEMMA, NOTHING, ABSENT = "lemma", "nothing", "absent"
Claim = int | str
OMITTED = "has the words and is not named for them"
WRONGLY = "is wrongly named for the words"


def claims(told: Told, said: Said, truth: Truth, key: str) -> Claim:
    """What an entry says of a witness, by its own siglum, a group's, or a collective one."""
    named: dict[tuple[str, str], Claim] = {}
    for cited in told.left:
        named.setdefault(cited, LEMMA)
    for n, reading in enumerate(told.readings):
        stands = reading.latin in ("secl.", "crux.")
        for cited in reading.cited:
            named.setdefault(cited, LEMMA if stands else n)
    hands = (HAND, "c", "pc", "") if key == CORRECTED else ("", "c", "pc")
    own = [named[key, hand] for hand in hands if (key, hand) in named]
    if own:
        return own[0]
    if truth.is_in_gap(said.start, said.end):
        return ABSENT
    groups = [g for g, members in GROUPS.items() if key in members]
    wider = [named[name, ""] for name in (*groups, "codd.", "cett.") if (name, "") in named]
    return wider[0] if wider else NOTHING


def falsehoods(
    drawn: Drawn, told: Mapping[str, Told], *, positive: bool = False, heard: bool = False
) -> Iterator[str]:
    """What the entries that an output tells say of the witnesses, and is not so; what they leave out."""
    rows = drawn.in_order()
    missing = [name for name, _ in rows if name not in told]
    yield from (f"{name} is not there" for name in missing)
    covered: dict[str, list[tuple[Said, Kind]]] = {key: [] for key in KEYS}
    for name, said in rows:
        if name in missing:
            continue
        if len(told[name].readings) != len(said.readings):
            yield f"{name} has {len(told[name].readings)} readings of {len(said.readings)}"
            continue
        yield from _in_gap(told[name], said, drawn.truths[FRAGMENT], name)
        if (CORRECTED, "") in told[name].left and Siglum(CORRECTED) not in said.entry.support:
            yield f"{name}: {CORRECTED} is named for the words in a state that is not transcribed"
        for key, truth in drawn.truths.items():
            claim = claims(told[name], said, truth, key)
            if isinstance(claim, int):
                covered[key].append((said, said.readings[claim].kind))
            if _is_unproved(told[name], said, truth, key):
                continue
            if claim == LEMMA and _is_excepted(told[name], said, drawn, key):
                continue
            fault = _fault(claim, told[name], said, truth, key, positive, heard)
            if fault:
                yield f"{name}: {key} {fault} ({told[name]})"
    for key, truth in drawn.truths.items():
        for change in truth.changes:
            if not any(_covers(said, kind, change) for said, kind in covered[key]):
                yield f"nothing tells that {key} has {change}"


def _is_excepted(told: Told, said: Said, drawn: Drawn, key: str) -> bool:
    """Whether a siglum for several left of the bracket does not speak of a witness: an entry on longer words names it."""
    if any(cited == key for cited, _ in told.left):
        return False
    longer = (o for o in drawn.said if (o.start, o.end) != (said.start, said.end))
    longer = (o for o in longer if o.start <= said.start and said.end <= o.end)
    return any(s.key == key for other in longer for reading in other.readings for s in reading.sigla)


def _in_gap(told: Told, said: Said, truth: Truth, name: str) -> Iterator[str]:
    """Whether a hand of the fragment is cited where the fragment is not extant."""
    cited = {*told.left, *(cited for r in told.readings if r.latin != "lac." for cited in r.cited)}
    if truth.is_in_gap(said.start, said.end) and any(key == FRAGMENT and hand for key, hand in cited):
        yield f"{name}: a hand of {FRAGMENT} is cited where it is not extant"


def is_judged(drawn: Drawn, told: Mapping[str, Told]) -> bool:
    """Whether all that is told of the witnesses can be held against their transcriptions."""
    rows = [(told[name], said) for name, said in drawn.in_order() if name in told]
    return not any(_is_unproved(*row, truth, key) for row in rows for key, truth in drawn.truths.items())


def _is_unproved(told: Told, said: Said, truth: Truth, key: str) -> bool:
    """Whether an entry speaks of the first hand alone, where the transcription has the later one's words."""
    cited = {*told.left, *(cited for reading in told.readings for cited in reading.cited)}
    places = [place for c in truth.changes if c.hand for place in ((c.start, c.end), (c.to, c.to))]
    near = (a <= said.end and said.start <= b for a, b in places)
    return key == CORRECTED and (key, HAND) not in cited and any(near)


def _covers(said: Said, kind: Kind, change: Change) -> bool:
    """Whether a reading tells of a change. That words stand elsewhere does not say what stands among them."""
    if kind is Kind.TRANSP and change.kind is not Kind.TRANSP:
        return False
    if change.kind in (Kind.ADD, Kind.PRAEM):
        at = change.end if change.kind is Kind.ADD else change.start
        return said.start <= at <= said.end
    return said.start <= change.start and change.end <= said.end


def _fault(
    claim: Claim, told: Told, said: Said, truth: Truth, key: str, positive: bool, heard: bool
) -> str | None:
    if isinstance(claim, int):
        read = told.readings[claim]
        if truth.is_in_gap(said.start, said.end):
            return None if read.latin == "lac." else "is named where it is not extant"
        return (
            None if reads(truth, said, claim, read, heard) else f"does not read {read.latin} {read.words!r}"
        )
    has = supports(truth, said)
    if claim == ABSENT:
        return None
    if claim == NOTHING:
        sides = {r.kind is Kind.PRAEM for r in said.readings if r.kind in (Kind.ADD, Kind.PRAEM)}
        is_sure = not any(truth.may_add(said.start, said.end, before=before) for before in sides)
        around = truth.around(said.start, said.end)
        # the words and more, as a reading has them: another entry on the same words says it of this witness
        is_sure = is_sure and not any(r.kind is Kind.TEXT and r.text in around for r in said.readings)
        return OMITTED if positive and has and is_sure else None
    is_named = any(
        s.key == key or key in GROUPS.get(s.key, ()) or s.key in ("codd.", "cett.")
        for s in said.entry.support
    )
    stands = any(r.latin in ("secl.", "crux.") and (key, "") in r.cited for r in told.readings)
    if is_named or stands:
        is_wrong = contradicts(truth, said) or truth.is_in_gap(said.start, said.end)
        return WRONGLY if is_wrong else None
    return None if has else "is given the words and has not got them"


def contradicts(truth: Truth, said: Said) -> bool:
    """Whether it is wrong to name a witness on the left: it adds, lacks or moves what a reading does, or has other words where one has."""
    if adds_as(truth, said):
        return True
    kinds, start, end = {r.kind for r in said.readings}, said.start, said.end
    if Kind.TRANSP in kinds and truth.is_moved(start, end):
        return True
    if said.entry.lemma.is_block:
        return not truth.is_there(start, end) and not kinds <= {Kind.ADD, Kind.PRAEM}
    if kinds & {Kind.TEXT, Kind.SECL, Kind.CRUX}:
        return not truth.has(start, end)
    if kinds <= {Kind.ADD, Kind.PRAEM}:
        return any(_is_lost(truth, start if kind is Kind.PRAEM else end - 1) for kind in kinds)
    return any(not truth.is_there(i, i + 1) or _is_lost(truth, i) for i in range(start, end))


def _is_lost(truth: Truth, i: int) -> bool:
    return any(item.is_lost for item in truth.items if item.start <= i < item.end)


def reads(truth: Truth, said: Said, n: int, read: Read, heard: bool) -> bool:
    """Whether a witness has what a reading gives it."""
    start, end, whole = said.start, said.end, said.entry.lemma.is_block
    here = [w.removesuffix(said.tail) if said.tail else w for w in truth.around(start, end)]
    if read.latin in ("", "om.", "del.") and any(
        c.kind is Kind.TRANSP and start <= c.start and c.end <= end and not whole for c in truth.changes
    ):
        return False  # words inside a longer reading are told there, and cannot be moved out of it
    match read.latin:
        case "":
            if not here:
                return _within(truth, start, end, read.words)
            return any(same(w, read.words, heard=heard) for w in here)
        case "om." | "del.":  # that words are struck out a transcription does not show
            if whole:
                return not truth.is_there(start, end)
            if not here:
                return all(
                    item.moved or not (item.is_copy or _is_word_for_word(item))
                    for item in truth.items
                    if item.start < end and start < item.end
                )
            return "" in here
        case "ill." | "lac.":
            mark = MARKS[Kind.ILL if read.latin == "ill." else Kind.LAC]
            return mark in here or _within(truth, start, end, mark)
        case "add." | "praem.":
            before = read.latin == "praem."
            added = [c.words for c in truth.adds(start, end, before=before, whole=whole) if c.words]
            return any(same(w, read.words, heard=heard) for w in [*added, " ".join(added)]) or _beside(
                truth, start, end, read.words, before
            )
        case "transp. post" | "transp. ante":
            aim = said.aims.get(n)
            moves = [replace(change, hand="") for change in truth.changes]
            return aim is not None and aim in moves and _is_aim(said, n, read)
        case _:
            return False


def _is_word_for_word(item: Item) -> bool:
    """Whether other words stand for as many: then one stands for each, and the witness lacks none."""
    return bool(item.text) and len(item.text.split()) == item.end - item.start


def _is_aim(said: Said, n: int, read: Read) -> bool:
    target = said.readings[n].target
    assert target is not None
    place = f"{target.place}: " if target.place and target.lemma else target.place or ""
    word = target.lemma.first.text if target.lemma and target.lemma.first else ""
    side = read.latin == f"transp. {'ante' if target.before else 'post'}"
    return side and same(read.words, place + word, heard=True)


def _within(truth: Truth, start: int, end: int, words: str) -> bool:
    """Whether words are a part of a longer stretch that a witness has."""
    longer = [item for item in truth.items if item.start < end and start < item.end and not item.is_break]
    own = " ".join(item.text for item in longer).replace(BREAK, " ").split()
    theirs = words.replace(BREAK, " ").split()
    return any(own[n : n + len(theirs)] == theirs for n in range(len(own)))


def _beside(truth: Truth, start: int, end: int, words: str, before: bool) -> bool:
    """Whether words stand beside others inside a longer stretch."""
    longer = [
        i
        for i in truth.items
        if i.text
        and not i.is_copy
        and not i.added
        and i.start < end
        and start < i.end
        and not (start <= i.start and i.end <= end)
    ]
    return any(f" {words} " in f" {item.text} " for item in longer)
