"""An entry as it is said aloud: *for “led”, witness W reads “lead”*.

The written form leans on position, brackets and Latin abbreviations, which a screen reader
spells out or drops. The spoken form is one sentence of plain English with the same content,
made from the entry itself. Differences that cannot be heard, of punctuation, capitals or
encoding, are named.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from typing import assert_never

from apparatus.characters import called, differ_in_capitals, divides, unseen
from apparatus.model import (
    BREAK,
    Conspectus,
    Effect,
    Entry,
    Group,
    Kind,
    Reading,
    Scholar,
    Siglum,
    Target,
)
from apparatus.render.runs import COLLECTIVE, Standing, abbreviate, invisible_difference, lemma_text
from apparatus.render.style import HouseStyle

#: Signs that a voice leaves out, where they are the whole difference.
SIGNS = {
    **{",": "comma", ";": "semicolon", ":": "colon", ".": "full stop", "?": "question mark"},
    **{"!": "exclamation mark", "-": "hyphen", "–": "dash", "—": "long dash", "…": "ellipsis"},
    **{"(": "opening bracket", ")": "closing bracket", "/": "stroke", "·": "raised point"},
    **{"'": "straight apostrophe", "’": "apostrophe", "‘": "opening quotation mark"},
    **{'"': "straight quotation mark", "“": "opening quotation mark", "”": "closing quotation mark"},
    **{"\N{NO-BREAK SPACE}": "fixed blank", BREAK: "new paragraph"},
}
HANDS = {
    **{"ac": "before correction", "pc": "after correction", "c": "in a corrector’s hand"},
    **{"2": "in a second hand", "3": "in a third hand", "4": "in a fourth hand"},
    **{"mg": "in the margin", "sl": "above the line", "γρ": "as a variant", "vl": "as a variant"},
}
#: How an occurrence is counted aloud; of higher numbers the figure is said.
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
STANDING = {
    Standing.SUPPLEMENT: "supplied by the editors",
    Standing.CRUX: "which the editors despair of",
    Standing.SECLUDED: "which the editors hold to be spurious",
}


def spoken_forms(
    entry: Entry,
    words: str,
    conspectus: Conspectus,
    style: HouseStyle,
    *,
    how: Standing = Standing.PLAIN,
    silent: Sequence[Siglum] = (),
    excepted: Collection[tuple[str, int | None]] = (),
) -> tuple[str, str]:
    """The sentence for an entry on *words* of the text: in a negative apparatus, and in a positive one.

    *silent* are the supporters of the lemma whom the entry does not name; only the positive sentence names them.
    *excepted* are those of whom a siglum for several does not speak, at the lemma (``None``) or a reading.
    Of the *style* only the rule for shortening a long lemma is used.
    """
    first, last = entry.lemma.first, entry.lemma.last
    if first is None:
        lemma = "the whole passage"
    elif last is None:
        lemma = _counted(_quoted(_heard(abbreviate(words, style), style)), first.occurrence)
    else:
        lemma = f"the words from {_counted(_quoted(first.text), first.occurrence)}"
        lemma += f" to {_counted(_quoted(last.text), last.occurrence)}"
    head = f"for {lemma}"
    if how in STANDING:
        head += f", {STANDING[how]}"
    without = {n: {key for key, at in excepted if at == n} for _, n in excepted}
    said = [
        _reading(reading, words, conspectus, style, without.get(n, set()))
        for n, reading in enumerate(entry.readings)
    ]

    only_adds = all(reading.kind.effect is Effect.ADDS for reading in entry.readings)

    def sentence(silent: Sequence[Siglum]) -> str:
        # Who is named where something is added may by another entry have other words for the lemma itself.
        apart = (entry.support, silent) if only_adds else ((), (*entry.support, *silent))
        named = [_named(who, conspectus, without.get(None, set())) for who in apart]
        upheld = [
            f"{_joined(who)} {what[many]}" for (who, many), what in zip(named, UPHELD, strict=True) if who
        ]
        # How letters are composed cannot be heard; where it is the difference, the sentence names it.
        return unicodedata.normalize("NFC", f"{head}, {'; '.join(upheld + said)}")

    negative = sentence(())
    return negative, sentence(silent) if silent else negative


#: Of one, and of many: who is named where others add something, and who has the text.
UPHELD = (("adds nothing", "add nothing"), ("has the text", "have the text"))


def _reading(
    reading: Reading, words: str, conspectus: Conspectus, style: HouseStyle, without: Collection[str]
) -> str:
    named, many = _named(reading.sigla, conspectus, without)
    act = _act(reading, words, style, many=many)
    if reading.kind is Kind.CRUX and not reading.sigla:
        return "the editors find no cure"
    return f"{_joined(named) or 'a reading without a witness'} {act}"


def _act(reading: Reading, words: str, style: HouseStyle, *, many: bool) -> str:
    """What a witness does to the lemma."""
    s, be, has = ("", "are", "have") if many else ("s", "is", "has")
    match reading.kind:
        case Kind.TEXT | Kind.ADD | Kind.PRAEM:
            text = _quoted(_audible(reading.text, words))
            if reading.kind is Kind.TEXT:
                return f"read{s} {text}{_unheard(reading.text, words)}"
            return f"add{s} {text} {'after' if reading.kind is Kind.ADD else 'before'} it"
        case Kind.TRANSP:
            return f"{has} it {_where(reading.target, style) if reading.target else 'elsewhere'}"
        case Kind.OM:
            return f"omit{s} it"
        case Kind.ILL:
            return f"{be} illegible here"
        case Kind.LAC:
            return f"{be} lost here"
        case Kind.DEL:
            return f"delete{s} it"
        case Kind.SECL:
            return f"bracket{s} it as spurious"
        case Kind.CRUX:
            return f"despair{s} of it"
        case _:
            assert_never(reading.kind)


def _where(target: Target, style: HouseStyle) -> str:
    side = "before" if target.before else "after"
    if target.lemma is None or target.lemma.is_block:
        return f"{side} passage {target.place}" if target.place else side
    return f"{side} {_quoted(_heard(lemma_text(target.lemma, style), style))}" + (
        f" in {target.place}" if target.place else ""
    )


def _heard(printed: str, style: HouseStyle) -> str:
    """Words as they are printed, but the sign for a new block is a block again, for which there are words."""
    return printed.replace(style.line_break, BREAK)


def _named(
    sigla: Sequence[Siglum], conspectus: Conspectus, without: Collection[str] = ()
) -> tuple[list[str], bool]:
    """Those who attest a reading, *witnesses A and B in a second hand* and *Madvig*; and whether they are many.

    For those of whom a siglum for several does not speak, *without*, no group stands.
    """
    witnesses = [spoken_siglum(s, conspectus) for s in sigla if s.key in conspectus.witness]
    said, many = ([_witnesses(witnesses)] if witnesses else []), len(witnesses) > 1
    for siglum in sigla:
        declared = conspectus.by_key.get(siglum.key)
        if siglum.key in conspectus.witness:
            continue
        name, stands_for_many = conspectus.label(siglum.key), siglum.key in COLLECTIVE
        if siglum.key in COLLECTIVE:
            but = _joined([conspectus.label(w.key) for w in conspectus.witnesses if w.key in without])
            name = COLLECTIVE[siglum.key] + (f" but {but}" if but else "")
        elif isinstance(declared, Scholar):
            name = declared.name or name
        elif isinstance(declared, Group):
            members = [conspectus.label(member) for member in declared.members if member not in without]
            name, stands_for_many = _witnesses(members), len(members) > 1
        if name:
            said.append(_with_hand(name, siglum))
            many = many or stands_for_many
    return said, many or len(said) > 1


def _witnesses(names: list[str]) -> str:
    """*witness A*, *witnesses A and B*; nothing of nobody."""
    return f"{'witnesses' if len(names) > 1 else 'witness'} {_joined(names)}" if names else ""


def spoken_siglum(siglum: Siglum, conspectus: Conspectus) -> str:
    """A siglum with its hand as it is said: *A before correction*."""
    return _with_hand(conspectus.label(siglum.key), siglum)


def _with_hand(name: str, siglum: Siglum) -> str:
    hand = f" {HANDS.get(siglum.hand, f'in hand {siglum.hand}')}" if siglum.hand else ""
    return f"{name}{hand}{', it seems,' if siglum.doubtful else ''}"


def _joined(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def _quoted(text: str) -> str:
    """Words as quoted; signs alone, which no voice reads, by name."""
    if text and not _letters(text):
        return " ".join(f"a {SIGNS[c]}" if c in SIGNS else c for c in text if not divides(c))
    return f"“{text.replace(BREAK, ' new paragraph ')}”"


def _counted(quoted: str, occurrence: int | None) -> str:
    """*the first “the”*, *the second dash*, where the entry says which it means."""
    if occurrence is None:
        return quoted
    if occurrence > len(ORDINALS):
        return f"{quoted} number {occurrence}"
    return f"the {ORDINALS[occurrence - 1]} {quoted.removeprefix('a ')}"


def _letters(text: str) -> str:
    if text.isalnum():  # a single word, as most lemmata are
        return text
    return "".join(c for c in text if unicodedata.category(c)[0] in "LMN")


def _audible(reading: str, words: str) -> str:
    """The reading, with its signs in words where they are what differs."""
    ours, theirs = _letters(words), _letters(reading)
    if reading == words or (ours != theirs and not differ_in_capitals(ours, theirs)):
        return reading
    if _signs(reading) == _signs(words):
        return reading
    said = "".join(f" {SIGNS[c]} " if c in SIGNS else c for c in reading)
    return " ".join(said.split())


def _signs(text: str) -> list[str]:
    return [c for c in text if c in SIGNS]


def _unheard(reading: str, words: str) -> str:
    """What differs and is not heard."""
    if form := invisible_difference(reading, words):
        return f", differently encoded ({form})"
    if reading == words:
        return ""
    ours, theirs = _letters(words), _letters(reading)
    if ours == theirs:
        if hidden := _hidden_difference(reading, words):
            return f", with other characters that are not seen ({hidden})"
        return ", spaced differently" if _signs(reading) == _signs(words) else ""
    if differ_in_capitals(ours, theirs):
        return ", with other capitals"
    return ", with other forms of letters" if ours.casefold() == theirs.casefold() else ""


def _hidden_difference(reading: str, words: str) -> str:
    """The names of characters that nobody sees, where they are the whole difference."""
    found = [c for c in unseen(reading + words) if reading.count(c) != words.count(c)]
    without = dict.fromkeys(map(ord, found))
    return ", ".join(map(called, found)) if reading.translate(without) == words.translate(without) else ""
