"""The entries of a text as they are written below its passages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from apparatus.collation.mending.lemma import lemma_for
from apparatus.importing.entries import Maker
from apparatus.importing.fitting import Fitter, Variant
from apparatus.importing.fitting import Place as Fitted
from apparatus.importing.flow import App, Reading
from apparatus.importing.having import Chooser, folded, had
from apparatus.importing.taken import Passage, Taken, locus
from apparatus.model import EditedText, Entry, Kind, Lemma, Siglum, Span, Target
from apparatus.notation import write_entry


class Entries:
    """Writes entries on whole words, each below its passage."""

    def __init__(self, taken: Taken, chooser: Chooser) -> None:
        self.taken, self.chooser = taken, chooser
        survey = taken.survey
        self.maker = Maker(survey.cited, chooser.of, taken.losses, is_ours=survey.is_ours)
        self.written: set[str] = set()  #: the sigla that entries name

    def of_passage(self, i: int, passage: Passage) -> None:
        block = passage.block
        local = EditedText((block,))
        base = block.text
        flow = passage.flow
        for app in flow.apps:
            outer = app.outer
            while outer is not None:
                self.maker.within.setdefault(id(outer), []).append(app)
                outer = outer.outer
        fitter = Fitter(
            flow, base, passage.places, self.chooser.of, self.taken.losses, is_ours=self.taken.survey.is_ours
        )
        for place in fitter.fit():
            self._heed_outer(place)
            _, lemma = lemma_for(local, place.span)
            named = locus(passage) if passage.is_verse else None
            entry, left = self.maker.entry(place, lemma, named, fitter.flow, base)
            passage.comments += [f"TEI line {place.apps[0].line}, {words}" for words in left]
            if entry is not None:
                entry = self._with_targets(entry, place.apps[0], i)
                self._write(passage, entry, place.apps[0].series)
        for line, what in flow.comments:
            passage.comments.append(f"TEI line {line}, {what}")

    def _write(self, passage: Passage, entry: Entry, series: str) -> None:
        cited = [*entry.support, *(siglum for reading in entry.readings for siglum in reading.sigla)]
        self.written.update(siglum.key for siglum in cited)
        passage.entries.append(write_entry(entry, self.maker.keys))

    def _heed_outer(self, place: Fitted) -> None:
        """Who has another reading of an entry around this one says nothing here."""
        if self.taken.survey.is_ours:
            return
        app = place.apps[0]
        for one in place.apps:
            outer = one.outer
            while outer is not None and outer not in place.apps:
                for reading in (one.lemma, *one.readings):
                    if reading is None:
                        continue
                    gone = [s for s in reading.sigla if self.chooser.of(outer, s) is not None]
                    if gone:
                        reading.sigla = [s for s in reading.sigla if s not in gone]
                        reading.was_named = True
                        for variant in place.variants:
                            if variant.reading is reading or variant.reading is None:
                                variant.sigla = [s for s in variant.sigla if s not in gone]
                        said = " ".join(map(str, gone))
                        self.taken.losses.tell(
                            "witnesses named within a reading of theirs that is longer",
                            app.line,
                            f"{said} read otherwise by a longer entry; here they are left out",
                        )
                outer = outer.outer
        place.variants = [
            v
            for v in place.variants
            if v.sigla or (v.reading and not v.reading.sigla and not v.reading.scholars)
        ] or place.variants

    def _with_targets(self, entry: Entry, app: App, home: int) -> Entry:
        """Where words stand that are transposed."""
        if not any(member.kind is Kind.TRANSP for member in entry.readings):
            return entry
        moved = [reading for reading in app.readings if reading.kind == "transp."]
        members = []
        for member in entry.readings:
            if member.kind is Kind.TRANSP:
                target = self._target(moved.pop(0), home) if moved else None
                if target is None:
                    continue
                member = replace(member, target=target)
            members.append(member)
        return Entry(
            entry.lemma, tuple(members), entry.support, entry.support_remark, entry.place, entry.remark
        )

    def _target(self, reading: Reading, home: int) -> Target | None:
        found = self.taken.whole.flow.ids.get(reading.moved_to)
        if found is None:
            return None
        at, is_before = self.taken.offset(found[0]), "after" in reading.blanks
        i = self.taken.edited.block_at(at)
        if "break" in reading.blanks:
            place = self.taken.edited.blocks[i].number
            return Target(is_before, place)
        span = self.taken.edited.span(i)
        if is_before:
            start = at + (self.taken.edited.joined[at : at + 1] == " ")
            end = self.taken.edited.joined.find(" ", start, span.end)
            words = Span(start, end if end > 0 else span.end)
        else:
            end = at - (self.taken.edited.joined[at - 1 : at] == " ")
            begin = max(self.taken.edited.joined.rfind(" ", span.start, end) + 1, span.start)
            words = Span(begin, end)
        _, lemma = lemma_for(self.taken.edited, words)
        is_verse = self.taken.passages[home].is_verse
        return Target(
            is_before, None if i == home and not is_verse else self.taken.edited.blocks[i].number, lemma
        )

    def crossing(self, apps: Iterable[App]) -> None:
        """The entries that reach from one block into another, or lie across others."""
        for app in apps:
            span = self.taken.span(app.start, app.end)
            i = self.taken.edited.block_at(span.start)
            passage = self.taken.passages[i]
            first, last = self.taken.edited.block_at(span.start), self.taken.edited.block_at(span.end)
            is_whole = span == Span(self.taken.edited.starts[first], self.taken.edited.span(last).end)
            place, lemma = lemma_for(self.taken.edited, span)
            if is_whole and first == last and self.taken.survey.is_ours:
                lemma = Lemma(None)
            fitted = Fitted([app], app.start, app.end, span=span)
            for reading in app.readings:
                letters = folded(had(reading.flow, (reading.everyone or [Siglum("")])[0], self.chooser.of))
                fitted.variants.append(Variant(letters, list(reading.everyone), reading))
                fitted.words.append((Kind.TEXT if letters else Kind.OM, letters))
            if passage.is_verse and place is None:
                place = locus(passage)
            entry, left = self.maker.entry(
                fitted, lemma, place, self.taken.whole.flow, self.taken.edited.slice(span)
            )
            passage.comments += [f"TEI line {app.line}, {words}" for words in left]
            if entry is not None:
                self._write(passage, self._with_targets(entry, app, i), app.series)
