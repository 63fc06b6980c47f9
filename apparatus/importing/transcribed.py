"""The transcriptions of the witnesses of a file, and in which passages they are absent."""

from __future__ import annotations

from dataclasses import replace

from apparatus.collation.mending.lemma import locus_for
from apparatus.importing.flow import App, Reading
from apparatus.importing.having import Chooser
from apparatus.importing.lacunae import Lacunae
from apparatus.importing.sigla import attesting
from apparatus.importing.taken import Taken
from apparatus.model import Gap, Siglum, Silence


class Transcribed:
    """What each witness has, block by block."""

    def __init__(self, taken: Taken, lacunae: Lacunae, chooser: Chooser) -> None:
        self.taken, self.lacunae, self.chooser = taken, lacunae, chooser
        self.heard: dict[str, list[str]] = {}
        self.gaps: dict[str, list[Gap]] = {}
        self._transcribe()

    def _transcribe(self) -> None:
        for own, witness in list(self.taken.survey.cited.witnesses.items()):
            is_silent = self._is_silent if self.taken.survey.is_ours else self._is_cited_rarely
            if is_silent(Siglum(witness.key)):
                self.taken.survey.cited.witnesses[own] = replace(witness, silence=Silence.UNKNOWN)
        for app in self.lacunae.absent:
            siglum = app.readings[0].sigla[0]
            span = self.taken.span(app.start, app.end)
            locus = locus_for(self.taken.edited, span)
            if locus:
                self.gaps.setdefault(siglum.key, []).append(Gap(*locus))
        for witness in attesting(self.taken.survey.cited):
            if witness.silence is Silence.UNKNOWN:
                continue
            self.heard[witness.key] = self.taken.whole.blocks(Siglum(witness.key), self._having)

    def _is_silent(self, siglum: Siglum) -> bool:
        """Whether nothing is known of a witness where it is not named: a file of ours names those that agree in silence."""
        is_always_named = True
        for app in self.taken.whole.flow.apps:
            if id(app) in self.lacunae.lacking or app.lemma is None:
                continue
            if siglum in app.lemma.sigla and not app.lemma.cited:
                return False
            is_always_named &= any(siglum in one.sigla for one in (app.lemma, *app.readings))
        return not is_always_named

    def _is_cited_rarely(self, siglum: Siglum) -> bool:
        """Whether the entries say who has the lemma, and most of those on its stretch do not name a witness."""
        apps = [
            app
            for app in self.taken.whole.flow.apps
            if id(app) not in self.lacunae.lacking and app.lemma is not None
        ]
        if 2 * sum(bool(app.lemma and app.lemma.sigla) for app in apps) <= len(apps):
            return False
        gaps = [app for app in self.lacunae.absent if app.readings[0].sigla[0] == siglum]
        here = [app for app in apps if not any(gap.start <= app.start and app.end <= gap.end for gap in gaps)]
        states = self.taken.survey.cited
        named = sum(
            any(
                s.key == siglum.key or siglum.key in states.members(s.key)
                for one in (app.lemma, *app.readings)
                if one
                for s in one.sigla
            )
            for app in here
        )
        if not named or 2 * named >= len(here):
            return not named
        self.taken.losses.tell(
            "witnesses cited only where they are named",
            1,
            f"{siglum} is named in {named} of {len(here)} entries, whose lemmata say who has them; it is taken as cited only where it is named, and is not transcribed",
        )
        return True

    def _having(self, app: App, state: Siglum) -> Reading | None:
        if id(app) in self.lacunae.lacking:
            return app.readings[0] if app.readings[0].sigla[0].key == state.key else None
        return self.chooser.of(app, state)
