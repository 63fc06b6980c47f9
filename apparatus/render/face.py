"""The face of an entry: all that is printed and said of it, computed once, before any output.

Between collation and the writers stands this one step. A writer (HTML, LaTeX, plain text), the search
and the table of the whole apparatus ask the face; none of them looks at readings or style by itself.
Formal entries, notes and series of prose each have a face. Prose is MyST: in its face a run without
text marks the place where the writer prints it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apparatus.classes import VariantClass
from apparatus.drama import plain_name
from apparatus.edition import Edition, EditionEntry
from apparatus.forms import is_substantive, silent_support
from apparatus.model import Entry, Place
from apparatus.render.runs import (
    Run,
    RunKind,
    Sigla,
    Standing,
    lay_out,
    lemma_text,
    marks,
    printed_lemma,
    standing,
)
from apparatus.render.spoken import Speaker, spoken_note
from apparatus.render.style import STYLE, HouseStyle
from apparatus.voice import ENGLISH, Voice


@dataclass(frozen=True, slots=True)
class Face:
    """What is printed and said of an entry or note (TEI: ``app`` or ``note`` as it is to be read)."""

    place: str  #: what it is keyed to: the number of its passage; of a numbered note its own
    lemma: str  #: the words that it repeats, without signs and without the number of their occurrence
    marks: tuple[str, str]  #: the signs round the words, here and in the text; mostly none
    standing: Standing
    #: the line in its order. Sigla that only a positive apparatus has are silent.
    runs: tuple[Run, ...]
    plain: str  #: the same as text, remarks and prose left out
    spoken: str  #: what a voice says, where the eye sees position and brackets
    spoken_otherwise: (
        str  #: the same in the other form, positive or negative; empty if there is no difference
    )
    is_positive: bool  #: whether the edition prints who supports each lemma
    is_substantive: bool  #: whether a reading differs from the text in its words
    classes: tuple[VariantClass, ...] = ()  #: of which its readings are; none of prose

    @property
    def signed_lemma(self) -> str:
        """The lemma between its signs."""
        return self.marks[0] + self.lemma + self.marks[1]

    def printed(self) -> tuple[Run, ...]:
        """The runs of the edition's own form: of a negative apparatus without those that are silent."""
        return self.runs if self.is_positive else tuple(run for run in self.runs if not run.silent)


def face(
    entry: EditionEntry,
    edition: Edition,
    style: HouseStyle,
    *,
    positive: bool = False,
    voice: Voice = ENGLISH,
) -> Face:
    """The face of an entry of an edition, in a house style and a voice; *positive* as the edition's apparatus is."""
    return Faces(edition, style, positive=positive, voice=voice).of(entry)


class Faces:
    """The faces of an edition's entries, each computed when it is first asked for, and kept.

    It is kept beside the edition for as long as a build lasts, never on disk.
    """

    def __init__(
        self, edition: Edition, style: HouseStyle = STYLE, *, positive: bool = False, voice: Voice = ENGLISH
    ) -> None:
        self.edition, self.style, self.positive, self.voice = edition, style, positive, voice
        self._kept: dict[tuple[str, int], Face] = {}
        self._speaker = Speaker(edition.conspectus, style, voice, edition.classification)
        self._sigla = Sigla(style, edition.conspectus, voice)

    def of(self, entry: EditionEntry) -> Face:
        """The face of one of the edition's entries."""
        if (found := self._kept.get(entry.key)) is None:
            found = self._kept[entry.key] = self._face(entry)
        return found

    def _face(self, entry: EditionEntry) -> Face:
        if not isinstance(entry.item, Entry):
            return _of_prose(entry, self.edition, self.style, self.voice)
        item, style = entry.item, self.style
        words, how = entry.words or lemma_text(item.lemma, style), standing_of(entry)
        silent = silent_support(entry, self.edition)
        runs = lay_out(item, words, style, how=how, support=(*item.support, *silent), sigla=self._sigla)
        excepted = entry.account.excepted if entry.account else ()
        spoken, otherwise = self._speaker.forms(
            item,
            words,
            how=how,
            silent=silent,
            excepted=excepted,
            on_speaker=is_on_speaker(entry, self.edition),
        )
        if self.positive:
            spoken, otherwise = otherwise, spoken
        lemma, signs = printed_lemma(item.lemma, words, style, how), marks(how, style)
        return Face(
            place=_place(entry),
            lemma=lemma,
            marks=signs,
            standing=how,
            runs=runs,
            plain=_plain(signs[0] + lemma + signs[1], runs, positive=self.positive),
            spoken=spoken,
            spoken_otherwise=otherwise if otherwise != spoken else "",
            is_positive=self.positive,
            is_substantive=is_substantive(entry, self.edition.classification),
            classes=self.edition.classification.of_entry(entry.words, item),
        )


def is_on_speaker(entry: EditionEntry, edition: Edition) -> bool:
    """Whether the lemma is the whole name of a speaker, with its point or without."""
    if not entry.span:
        return False
    speaker = edition.text.speaker_at(entry.span)
    return speaker is not None and plain_name(entry.words) == plain_name(edition.text.slice(speaker))


def standing_of(entry: EditionEntry) -> Standing:
    """How the lemma stands to the witnesses; a supplement is what every witness leaves out."""
    if not isinstance(entry.item, Entry):
        return Standing.PLAIN
    if (marked := standing(entry.item)) is not Standing.PLAIN:
        return marked
    return Standing.SUPPLEMENT if entry.is_supplied else Standing.PLAIN


def _of_prose(entry: EditionEntry, edition: Edition, style: HouseStyle, voice: Voice) -> Face:
    """The face of a note: what is run in repeats its words, a numbered note where its series does."""
    words = entry.words or lemma_text(entry.item.lemma, style)
    lemma = printed_lemma(entry.item.lemma, words, style)
    repeats = entry.number is None or entry.series.lemma
    head = (Run(RunKind.LEMMA, lemma), Run(RunKind.BRACKET, style.bracket)) if repeats else ()
    return Face(
        place=_place(entry),
        lemma=lemma,
        marks=("", ""),
        standing=Standing.PLAIN,
        runs=(*head, Run(RunKind.PROSE, "")),
        plain=_plain(lemma, head, positive=False),
        # heard where the eye sees the mark in the text
        spoken="" if repeats else spoken_note(words, style, voice),
        spoken_otherwise="",
        is_positive=False,
        is_substantive=True,
    )


def _place(entry: EditionEntry) -> str:
    """Its number, or its passage; of an entry on several whole passages, or from one to another, both ends."""
    if entry.number is not None:
        return str(entry.number)
    last = entry.last_place if entry.last_place != entry.place else ""
    return str(Place(entry.place, last or None))


def _plain(lemma: str, runs: Sequence[Run], *, positive: bool) -> str:
    """The runs as one text; a number raised at the lemma is no part of a word that is searched."""
    made: list[str] = []
    for run in runs:
        if run.kind is RunKind.REMARK:
            made.pop()  # the blank before it
        elif positive or not run.silent:
            made.append(lemma if run.kind is RunKind.LEMMA else run.text)
    return "".join(made)
