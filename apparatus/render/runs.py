"""An entry laid out as runs of type: what is lemma, reading, siglum, editor's Latin.

The runs are the same for every output; a renderer only decides how each kind looks.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple, assert_never

from apparatus.model import BREAK, Entry, Kind, Lemma, Reading, Siglum, Target, Words
from apparatus.render.style import HouseStyle

STYLE = HouseStyle()
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class RunKind(Enum):
    """What a run is; the value is the class that style sheets see."""

    LEMMA = "entry-lemma"
    READING = "reading"
    EDITORIAL = "editorial"  #: the editor's Latin: *om.*, *add.*, *ut vid.*
    MARK = "mark"  #: brackets, separators, blanks: upright
    SIGLUM = "siglum"
    REMARK = "remark"  #: ``text`` says on what: ``entry``, ``support`` or a reading's index


class Run(NamedTuple):
    """A stretch of an entry in one kind of type."""

    kind: RunKind
    text: str
    siglum: Siglum | None = None
    silent: bool = False  #: it names a support that the entry does not: for a positive apparatus


class Standing(Enum):
    """How the editor's text stands to the witnesses, as print marks it."""

    PLAIN = ""
    SUPPLEMENT = "supplement"  #: no witness has the words: ⟨ ⟩
    CRUX = "crux"  #: despaired of: † †
    SECLUDED = "secluded"  #: bracketed by the editor: [ ]


def standing(entry: Entry) -> Standing:
    """The standing of an entry's lemma in the text."""
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


def marks(how: Standing, style: HouseStyle = STYLE) -> tuple[str, str]:
    """The signs that stand round words of that standing."""
    if how is Standing.PLAIN:
        return "", ""
    if how is Standing.SUPPLEMENT:
        return style.supplement
    return style.crux if how is Standing.CRUX else style.seclusion


def abbreviate(text: str, style: HouseStyle = STYLE) -> str:
    """A lemma as an entry repeats it: long ones as first and last words."""
    words = text.replace(BREAK, style.line_break).split(" ")
    if len(words) <= style.longest_lemma:
        return " ".join(words)
    return " ".join(words[: style.kept_words]) + style.ellipsis + " ".join(words[-style.kept_words :])


def printed_lemma(lemma: Lemma, words: str, style: HouseStyle = STYLE) -> str:
    """A lemma as its entry or note repeats it, *words* being what it covers in the text."""
    if lemma.is_block or lemma.last:  # the editor has chosen how to abbreviate
        return lemma_text(lemma, style)
    return abbreviate(words, style)


def lay_out(
    entry: Entry,
    words: str,
    *,
    how: Standing = Standing.PLAIN,
    support: Sequence[Siglum] | None = None,
    numbered: bool = False,
    style: HouseStyle = STYLE,
) -> tuple[Run, ...]:
    """Lay out an entry whose lemma is the *words* of the text.

    *support* is who is printed for the lemma: those the entry names (negative apparatus) or
    all who have it (positive apparatus); ``None`` means those the entry names. If *numbered*, a
    lemma has the number of its occurrence raised, *the²*, where the entry gives one.
    """
    before, after = marks(how, style)
    is_shown_whole = entry.lemma.is_block and how is not Standing.PLAIN
    lemma = abbreviate(words, style) if is_shown_whole else printed_lemma(entry.lemma, words, style)
    raised = ""
    if numbered and entry.lemma.first:
        first, last = entry.lemma.first, entry.lemma.last
        raised = raised_number(last or first)
        if last and (of_first := raised_number(first)):
            start = lemma_text(Lemma(first), style)
            lemma = start + of_first + lemma[len(start) :]
    runs = [Run(RunKind.LEMMA, before + lemma + after + raised)]
    for siglum in entry.support if support is None else support:
        runs += _siglum(siglum, style, silent=siglum not in entry.support)
    if entry.support_remark is not None:
        runs += [Run(RunKind.MARK, " "), Run(RunKind.REMARK, "support")]
    runs.append(Run(RunKind.MARK, style.bracket))
    for i, reading in enumerate(entry.readings):
        if i or reading.sub:
            between = style.between_subreadings if reading.sub else style.between_readings
            runs.append(Run(RunKind.MARK, between if i else between.lstrip()))
        runs += _reading(reading, words, style)
        for siglum in reading.sigla:
            runs += _siglum(siglum, style)
        if reading.remark is not None:
            runs += [Run(RunKind.MARK, " "), Run(RunKind.REMARK, str(i))]
    if entry.remark is not None:
        runs += [Run(RunKind.MARK, " "), Run(RunKind.REMARK, "entry")]
    return tuple(runs)


def _reading(reading: Reading, words: str, style: HouseStyle) -> Iterator[Run]:
    keyword = reading.kind.value
    if reading.target:
        yield Run(RunKind.EDITORIAL, f"{keyword} {style.ante if reading.target.before else style.post}")
        yield from _target(reading.target, style)
    elif keyword:
        yield Run(RunKind.EDITORIAL, keyword)
    if reading.text:
        if reading.kind is not Kind.TEXT:
            yield Run(RunKind.MARK, " ")
        yield Run(RunKind.READING, reading.text.replace(BREAK, style.line_break))
        if form := invisible_difference(reading.text, words):
            # On paper the two look alike, so the entry says in what they differ.
            yield Run(RunKind.MARK, " ")
            yield Run(RunKind.EDITORIAL, f"({form})")


def invisible_difference(reading: str, lemma: str) -> str | None:
    """The Unicode normalisation form of a reading that differs from its lemma in nothing else."""
    if reading == lemma or unicodedata.normalize("NFC", reading) != unicodedata.normalize("NFC", lemma):
        return None
    return next((form for form in ("NFC", "NFD") if unicodedata.is_normalized(form, reading)), "mixed")


def _target(target: Target, style: HouseStyle) -> Iterator[Run]:
    if target.place:
        yield Run(RunKind.MARK, f" {target.place}" + (":" if target.lemma else ""))
    if target.lemma:
        yield Run(RunKind.MARK, " ")
        yield Run(RunKind.READING, lemma_text(target.lemma, style))


def lemma_text(lemma: Lemma, style: HouseStyle = STYLE) -> str:
    """A lemma as written, without occurrence numbers."""
    if lemma.first is None:
        return style.block
    words = lemma.first.text + (f"{style.ellipsis}{lemma.last.text}" if lemma.last else "")
    return words.replace(BREAK, style.line_break)


def raised_number(words: Words) -> str:
    """The number of the occurrence that is meant, as the field prints it; nothing if the words have none."""
    return str(words.occurrence).translate(RAISED) if words.occurrence else ""


def _siglum(siglum: Siglum, style: HouseStyle, *, silent: bool = False) -> list[Run]:
    runs = [Run(RunKind.MARK, " ", None, silent), Run(RunKind.SIGLUM, siglum.key, siglum, silent)]
    if siglum.doubtful:
        runs += [Run(RunKind.MARK, " ", None, silent), Run(RunKind.EDITORIAL, style.doubtful, None, silent)]
    return runs
