"""An entry laid out as runs of type: what is lemma, reading, siglum, editor's Latin.

The runs are the same for every output; a renderer only decides how each kind looks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import NamedTuple, assert_never

from apparatus.model import ALL, BREAK, REST, Conspectus, Entry, Kind, Lemma, Reading, Siglum, Target
from apparatus.render.style import HouseStyle
from apparatus.voice import ENGLISH, Voice, phrase

#: The collective sigla in words.
COLLECTIVE = {REST: phrase("the other witnesses"), ALL: phrase("all witnesses")}


class RunKind(Enum):
    """What a run is; the value is the class that style sheets see."""

    LEMMA = "entry-lemma"
    BRACKET = "bracket"  #: what closes the lemma
    READING = "reading"
    EDITORIAL = "editorial"  #: the editor's Latin: *om.*, *add.*
    DOUBTFUL = "editorial doubtful"  #: the editor's Latin at a siglum: *ut vid.*
    MARK = "mark"  #: separators, blanks: upright
    SIGLUM = "siglum"
    REMARK = "remark"  #: ``text`` says on what: ``entry``, ``support`` or a reading's index
    PROSE = "prose"  #: where the prose of a note stands; it has no text of its own


class Run(NamedTuple):
    """A stretch of an entry in one kind of type."""

    kind: RunKind
    text: str
    siglum: Siglum | None = None
    silent: bool = False  #: it names a support that the entry does not: for a positive apparatus
    name: str = ""  #: of a siglum: whom it means, if that is known


class Standing(Enum):
    """How the editor's text stands to the witnesses, as print marks it."""

    PLAIN = ""
    SUPPLEMENT = "supplement"  #: no witness has the words: ⟨ ⟩
    CRUX = "crux"  #: despaired of: † †
    SECLUDED = "secluded"  #: bracketed by the editor: [ ]


def standing(entry: Entry) -> Standing:
    """The standing of an entry's lemma in the text, as the entry itself gives it."""
    said = {_standing_by(reading.kind) for reading in entry.readings}
    if Standing.CRUX in said:
        return Standing.CRUX
    if Standing.SECLUDED in said and not entry.support:
        return Standing.SECLUDED
    return Standing.PLAIN


def _standing_by(kind: Kind) -> Standing:
    """The standing that a reading of that kind gives the lemma."""
    match kind:
        case Kind.CRUX:
            return Standing.CRUX
        case Kind.SECL:
            return Standing.SECLUDED
        case Kind.TEXT | Kind.OM | Kind.ILL | Kind.LAC | Kind.DEL | Kind.ADD | Kind.PRAEM | Kind.TRANSP:
            return Standing.PLAIN
        case _:
            assert_never(kind)


def marks(how: Standing, style: HouseStyle) -> tuple[str, str]:
    """The signs that stand round words of that standing."""
    match how:
        case Standing.PLAIN:
            return "", ""
        case Standing.SUPPLEMENT:
            return style.supplement
        case Standing.CRUX:
            return style.crux
        case Standing.SECLUDED:
            return style.seclusion


def on_one_line(text: str, style: HouseStyle) -> str:
    """A text with a sign where it begins a new block."""
    return text.replace(BREAK, style.line_break)


def shortened(text: str, style: HouseStyle) -> str:
    """A lemma of which, if it is long, only the first and the last words are kept."""
    words, kept = text.replace(BREAK, f" {BREAK} ").split(" "), max(1, style.kept_words)
    if len(words) <= max(style.longest_lemma, 2 * kept):
        return text
    made = " ".join(words[:kept]) + style.ellipsis + " ".join(words[-kept:])
    return made.replace(f" {BREAK}", BREAK).replace(f"{BREAK} ", BREAK)


def abbreviate(text: str, style: HouseStyle) -> str:
    """A lemma as an entry repeats it: long ones as first and last words."""
    return on_one_line(shortened(text, style), style)


def printed_lemma(lemma: Lemma, words: str, style: HouseStyle, how: Standing = Standing.PLAIN) -> str:
    """A lemma as its entry or note repeats it, *words* being what it covers in the text.

    Signs of the editors' standing are put round words, not round the sign for a block.
    """
    if lemma.last or (lemma.is_block and how is Standing.PLAIN):  # the editor has chosen how to abbreviate
        return lemma_text(lemma, style)
    return abbreviate(words, style)


def lay_out(
    entry: Entry,
    words: str,
    style: HouseStyle,
    *,
    how: Standing = Standing.PLAIN,
    support: Sequence[Siglum] | None = None,
    conspectus: Conspectus | None = None,
    voice: Voice = ENGLISH,
    sigla: Sigla | None = None,
) -> tuple[Run, ...]:
    """Lay out an entry whose lemma is the *words* of the text.

    *support* is who is printed for the lemma: those the entry names (negative apparatus) or
    all who have it (positive apparatus); ``None`` means those the entry names. The lemma has the
    number of its occurrence raised, *the²*, where the entry gives one. Sigla are printed as the
    *conspectus* has them; what *cett.* and *codd.* mean is said by the *voice*. Who lays out many entries
    gives the *sigla* of both once.
    """
    who = sigla or Sigla(style, conspectus or Conspectus(), voice)
    runs = [
        Run(RunKind.LEMMA, _numbered(entry.lemma, printed_lemma(entry.lemma, words, style, how), how, style))
    ]
    attest = who.runs(entry.support if support is None else tuple(support), entry.support)
    runs += [run for run in attest if not run.silent]
    runs += _remark("support", entry.support_remark, style)  # on those whom the entry names
    runs += [run for run in attest if run.silent]
    runs.append(Run(RunKind.BRACKET, style.bracket))
    for i, reading in enumerate(entry.readings):
        if i or reading.sub:
            between = style.between_subreadings if reading.sub else style.between_readings
            runs.append(Run(RunKind.MARK, between if i else between.lstrip()))
        runs += _reading(reading, words, style)
        runs += who.runs(reading.sigla, reading.sigla)
        runs += _remark(str(i), reading.remark, style)
    return (*runs, *_remark("entry", entry.remark, style))


def _numbered(lemma: Lemma, printed: str, how: Standing, style: HouseStyle) -> str:
    """A printed lemma with its signs, and outside them the number of its occurrence, where it has one."""
    before, after = marks(how, style)
    first, last = lemma.first, lemma.last
    if first is None:
        return before + printed + after
    if last and first.occurrence:
        start = lemma_text(Lemma(first), style)
        printed = start + style.number(first.occurrence) + printed[len(start) :]
    return before + printed + after + style.number((last or first).occurrence)


def _remark(part: str, remark: str | None, style: HouseStyle) -> Iterator[Run]:
    if remark is not None:
        yield Run(RunKind.MARK, style.before_remark)
        yield Run(RunKind.REMARK, part)


def _reading(reading: Reading, words: str, style: HouseStyle) -> Iterator[Run]:
    keyword = style.word(reading.kind.value)
    if reading.target:
        side = style.word("ante" if reading.target.before else "post")
        yield Run(RunKind.EDITORIAL, f"{keyword} {side}")
        yield from _target(reading.target, style)
    elif keyword:
        yield Run(RunKind.EDITORIAL, keyword)
    if reading.text:
        if reading.kind is not Kind.TEXT:
            yield Run(RunKind.MARK, style.after_latin)
        yield Run(RunKind.READING, on_one_line(reading.text, style))
        if form := invisible_difference(reading.text, words):
            # On paper the two look alike, so the entry says in what they differ.
            yield Run(RunKind.MARK, style.before_remark)
            yield Run(RunKind.EDITORIAL, style.remark[0] + form + style.remark[1])


def invisible_difference(reading: str, lemma: str) -> str | None:
    """The Unicode normalisation form of a reading that differs from its lemma in nothing else."""
    if reading == lemma or unicodedata.normalize("NFC", reading) != unicodedata.normalize("NFC", lemma):
        return None
    return next((form for form in ("NFC", "NFD") if unicodedata.is_normalized(form, reading)), "mixed")


def _target(target: Target, style: HouseStyle) -> Iterator[Run]:
    place = target.place or ""
    yield Run(RunKind.MARK, style.after_latin + place + (style.after_place if place and target.lemma else ""))
    if target.lemma:
        yield Run(RunKind.READING, lemma_text(target.lemma, style))


def lemma_text(lemma: Lemma, style: HouseStyle) -> str:
    """A lemma as it is given, without occurrence numbers."""
    return style.block if lemma.is_block else on_one_line(lemma_words(lemma, style), style)


def lemma_words(lemma: Lemma, style: HouseStyle) -> str:
    """The words of a lemma as they are given; none of a whole block."""
    if lemma.first is None:
        return ""
    return lemma.first.text + (f"{style.ellipsis}{lemma.last.text}" if lemma.last else "")


def set_apart(style: HouseStyle, conspectus: Conspectus) -> frozenset[str]:
    """The sigla, as they are printed, beside which a blank stands where others are set close.

    Of these one begins with another: *Aa* would be read as *A* and *a*. Without them each row of sigla can be read in one way.
    """
    labels = {conspectus.label(key) for key in conspectus.by_key} if not style.between_sigla else set()
    pairs = ((one, longer) for one in labels for longer in labels if one != longer and longer.startswith(one))
    return frozenset(label for pair in pairs for label in pair)


class Sigla:
    """How those who attest something are printed; in an edition the same are, again and again."""

    def __init__(self, style: HouseStyle, conspectus: Conspectus, voice: Voice) -> None:
        self.style, self.conspectus, self.voice = style, conspectus, voice
        self._apart = set_apart(style, conspectus)
        self._known = cache(lambda sigla, named: tuple(self._runs(sigla, named)))

    def runs(self, sigla: tuple[Siglum, ...], named: tuple[Siglum, ...]) -> tuple[Run, ...]:
        """The runs of *sigla*; those that are not *named* in the entry are silent."""
        return self._known(sigla, named)

    def _runs(self, sigla: Sequence[Siglum], named: Sequence[Siglum]) -> Iterator[Run]:
        for i, siglum in enumerate(sigla):
            silent = siglum not in named
            pair = {self._label(one.key) for one in sigla[max(0, i - 1) : i + 1]}
            between = self.style.between_sigla if self._apart.isdisjoint(pair) else " "
            blank = between if i else self.style.before_sigla
            yield Run(RunKind.MARK, blank, None, silent)
            yield Run(RunKind.SIGLUM, self._label(siglum.key), siglum, silent, self._name(siglum.key))
            if siglum.doubtful:
                yield Run(RunKind.MARK, self.style.after_latin, None, silent)
                yield Run(RunKind.DOUBTFUL, self.style.word("ut vid."), None, silent)

    def _label(self, key: str) -> str:
        if key in (REST, ALL):
            return self.style.word(key)
        return self.conspectus.label(key)

    def _name(self, key: str) -> str:
        found = self.conspectus.by_key.get(key)
        return found.name if found else self.voice.say(COLLECTIVE.get(key, ""))
