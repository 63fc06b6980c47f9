"""An entry as TEI: ``app`` with ``lem``, ``rdg``, who reads what, and how the editors cite it.

``@wit`` names one by one who has the words, as the edition proves it: groups and *cett.* are spelt out, and who
is silent and agrees is named. What the editors wrote stands in ``wit`` (TEI Guidelines, 12.1.4). ``@ana`` says of
which kind a reading is, where its words do not say it, and of which classes and causes the editors say that it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias, assert_never

from apparatus.edition import Edition
from apparatus.forms import is_substantive
from apparatus.model import BREAK, Entry, Kind, Reading, Siglum
from apparatus.tei.elements import Element, Mixed, element
from apparatus.tei.names import cause_id, class_id, kind_id, passage_id, pointers, witness_id
from apparatus.variation import ILLEGIBLE, LOST, Move, Variant, Variation

#: The prose of a remark of an entry, by what it is on: ``entry``, ``support``, or the number of a reading.
Remarks: TypeAlias = Callable[[str], Sequence[Element | str]]
#: Writes the words of the lemma, with whatever stands in them.
Lemma: TypeAlias = Callable[[Mixed], None]


def words_into(mixed: Mixed, words: str) -> None:
    """Words of a witness: what is lost or cannot be read is a ``gap``, a break between blocks a ``milestone``."""
    run = ""
    for letter in words:
        if letter not in (ILLEGIBLE, LOST, BREAK):
            run += letter
            continue
        mixed.text(run)
        run = ""
        if letter == BREAK:
            mixed.put(element("milestone", unit="block"))
        else:
            mixed.put(element("gap", reason="illegible" if letter == ILLEGIBLE else "lost"))
    mixed.text(run)


def ids_of(states: Sequence[Siglum]) -> str:
    """Witnesses, as ``@wit`` has them."""
    return pointers(*dict.fromkeys(map(witness_id, states)))


class App:
    """Writes the ``app`` of one entry."""

    def __init__(self, variation: Variation, edition: Edition, remarks: Remarks) -> None:
        self.variation, self.conspectus, self.remarks = variation, edition.conspectus, remarks
        self.classification = edition.classification
        assert isinstance(variation.entry.item, Entry)
        self.item = variation.entry.item
        self.id = passage_id(variation.entry.id)

    def write(self, mixed: Mixed, lemma: Lemma, **ends: str) -> None:
        """Write it; *lemma* writes the words of the text, *ends* are where it is tied to from afar."""
        entry = self.variation.entry
        weight = "substantive" if is_substantive(entry, self.classification) else "accidental"
        app = element("app", id=self.id, n=entry.place, type=weight, subtype=entry.series.name, **ends)
        with mixed.inside(app):
            self._lem(mixed, lemma)
            for group in _groups(self.item.readings):
                if len(group) == 1:
                    self._readings(mixed, group[0])
                else:
                    with mixed.inside(element("rdgGrp", type="sub")):
                        for n in group:
                            self._readings(mixed, n)
            self._remark(mixed, "entry", self.id)

    def _lem(self, mixed: Mixed, lemma: Lemma) -> None:
        entry = self.variation.entry
        source = self._scholars(self.item.support, self.variation.support)
        wit = ids_of(self.variation.support)
        with mixed.inside(element("lem", id=f"{self.id}-lem", wit=wit, resp=source, source=source)):
            if entry.is_supplied:
                with mixed.inside(element("supplied")):
                    lemma(mixed)
            else:
                lemma(mixed)
            self._doubts(mixed, self.item.support)
        self._cited(mixed, self.item.support)
        self._remark(mixed, "support", f"{self.id}-lem")

    def _readings(self, mixed: Mixed, n: int) -> None:
        reading, own = self.item.readings[n], f"{self.id}-r{n + 1}"
        first, *others = (variant for variant in self.variation.variants if variant.reading == n)
        source = self._scholars(reading.sigla, first.states)
        attributes = {"wit": ids_of(first.states), "resp": source, "source": source}
        sort = self._sort(reading)
        with mixed.inside(element("rdg", id=own, **sort, **attributes)):
            self._content(mixed, reading, first, own)
            self._doubts(mixed, reading.sigla)
        self._cited(mixed, reading.sigla)
        self._remark(mixed, str(n), own, ids_of(first.states))
        for variant in others:
            with mixed.inside(element("rdg", wit=ids_of(variant.states), **sort, corresp=f"#{own}")):
                self._content(mixed, reading, variant, own)

    def _sort(self, reading: Reading) -> dict[str, str]:
        """Of which class a reading is, and of what it came: TEI takes one of each; those that are said are all in ``@ana``."""
        its = self.classification
        said, causes = its.said(reading), its.causes_of(reading)
        first, *_ = its.of(self.variation.entry.words, self.item, reading)
        keyword = [kind_id(reading.kind.value)] if reading.kind is not Kind.TEXT else []
        marks = [*keyword, *(class_id(c.name) for c in said), *(cause_id(c.name) for c in causes)]
        cause = causes[0].name if causes else ""
        return {"type": first.name, "cause": cause, "ana": pointers(*marks)}

    def _content(self, mixed: Mixed, reading: Reading, variant: Variant, own: str) -> None:
        words = self.variation.entry.words
        match reading.kind:
            case Kind.ADD | Kind.PRAEM if variant.move is not None:
                self._elsewhere(mixed, variant.move, own, "added")
            case Kind.TEXT | Kind.OM | Kind.ILL | Kind.LAC | Kind.ADD | Kind.PRAEM:
                words_into(mixed, variant.text)
            case Kind.TRANSP:
                words_into(mixed, variant.text)
                if variant.move is not None:
                    self._elsewhere(mixed, variant.move, own, "transposed")
            case Kind.DEL:
                words_into(mixed, variant.text)
                with mixed.inside(element("del")):
                    words_into(mixed, words)
            case Kind.SECL | Kind.CRUX:
                with mixed.inside(element("surplus" if reading.kind is Kind.SECL else "sic")):
                    words_into(mixed, words)
            case _:
                assert_never(reading.kind)

    def _elsewhere(self, mixed: Mixed, move: Move, own: str, how: str) -> None:
        """Words that stand at an anchor: those of the lemma, or others."""
        beside = (("before", move.before), ("after", move.after))
        said = [f"{_blank(blank)}-{side}" for side, blank in beside if blank]
        at = {"type": how, "target": f"#{own}-place", "rend": " ".join(said)}
        if move.words is None:
            mixed.put(element("ptr", **at))
        else:
            with mixed.inside(element("ref", **at)):
                words_into(mixed, move.words)

    def _scholars(self, sigla: Sequence[Siglum], states: Sequence[Siglum]) -> str:
        """Those of them who attest nothing, so that what they read is theirs; a print may do both."""
        attesting = {state.key for state in states}
        scholars = [s for s in sigla if s.key in self.conspectus.scholar_keys and s.key not in attesting]
        return pointers(*(witness_id(Siglum(siglum.key)) for siglum in scholars))

    def _doubts(self, mixed: Mixed, sigla: Sequence[Siglum]) -> None:
        """Of whom it is only likely."""
        for siglum in sigla:
            if siglum.doubtful:
                value = witness_id(Siglum(siglum.key, siglum.hand))
                mixed.put(
                    element("certainty", locus="value", match="../@wit", assertedValue=value, cert="low")
                )

    def _cited(self, mixed: Mixed, sigla: Sequence[Siglum]) -> None:
        """Who it is said of, in the editors' own sigla."""
        if sigla:
            mixed.put(element("wit", " ".join(map(str, sigla))))

    def _remark(self, mixed: Mixed, part: str, target: str, wit: str = "") -> None:
        if not (prose := self.remarks(part)):
            return
        tag = "witDetail" if wit else "note"
        with mixed.inside(element(tag, target=f"#{target}", wit=wit, type="remark")):
            for piece in prose:
                if isinstance(piece, str):
                    mixed.text(piece)
                else:
                    mixed.put(piece)


def _blank(blank: str) -> str:
    return "break" if blank == BREAK else "blank"


def _groups(readings: Sequence[Reading]) -> Iterator[list[int]]:
    """Each reading with the sub-readings that follow it."""
    group: list[int] = []
    for n, reading in enumerate(readings):
        if group and not reading.sub:
            yield group
            group = []
        group.append(n)
    if group:
        yield group
