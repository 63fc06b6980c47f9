"""The proof of what has changed, where all was well before and is well still.

What was proved is kept by portion (:mod:`apparatus.portions`): what each gives of each witness. A portion
that was read again is put together by itself, and each witness is held against its transcription where
either has changed. Whatever is not just as it should be (a fault, other numbers behind it, an entry that
has come to speak of another document) is not judged here: then the whole is proved, and says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from apparatus.conspectus import entries_in_text, sigla_hygiene
from apparatus.edition import Edition
from apparatus.model import Conspectus, Witness
from apparatus.normalisation import normaliser
from apparatus.portions import (
    Portion,
    anchors_of_all,
    is_as_transcribed,
    is_closed,
    numbers_of,
    portion_of,
    portions_of,
)
from apparatus.problems import Problem
from apparatus.render.misread import misread_style
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import Facts, Proof, domain_of, remembered
from apparatus.sphinxext.labels import write_label_targets
from apparatus.sphinxext.making import check_published_anchors

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def portions_proved(proof: Proof, edition: Edition) -> tuple[Portion, ...]:
    """The portions of an edition that has just been proved; none where anything is wrong, or nothing is compared."""
    transcriptions = (w.key for w in edition.conspectus.witnesses if w.transcription)
    is_compared = edition.collation is not None and set(proof.transcribed) == {*transcriptions}
    if edition.translates:  # a page says what stands beside it in another text
        return ()
    if proof.problems or not is_compared or not edition.text.joined:
        return ()
    return portions_of(edition, _normaliser(edition.conspectus))


def prove_again(app: Sphinx, env: BuildEnvironment, facts: Facts) -> Proof | None:
    """The proof of an edition of which some portions have changed; ``None`` where the whole must be proved."""
    before = domain_of(env).proof
    is_like = before.facts.shared == facts.shared and _names(before.facts) == _names(facts)
    if not before.portions or not is_like or any(True for _ in remembered(env, Problem)):
        return None
    return _Again(app, env, facts).proof()


def _names(facts: Facts) -> list[str]:
    return [name for name, _ in facts.documents]


def _normaliser(conspectus: Conspectus) -> Callable[[str], str]:
    return normaliser(conspectus.normalisation)


class _Again:
    """What is found of an edition of which little has changed."""

    def __init__(self, app: Sphinx, env: BuildEnvironment, facts: Facts) -> None:
        self.app, self.env, self.facts = app, env, facts
        self.domain = domain_of(env)
        self.before = self.domain.proof
        self.changed: list[Edition] = []

    def proof(self) -> Proof | None:
        """The proof, if all is well."""
        numbered, portions = self.domain.numbered, list[Portion]()
        if numbered is None or numbered.problems:
            return None
        for portion in self.before.portions:
            if (found := self._portion(portion, numbered)) is None:
                return None
            portions.append(found)
        if not self._is_as_a_whole(portions) or not all(map(self._is_proved(portions), self._witnesses())):
            return None
        if self._anchors(numbered, portions):
            return None
        for edition in self.changed:
            write_label_targets(self.env, edition, edition.blocks_of)
        texts = tuple(name for name, blocks in numbered.blocks_of.items() if blocks)
        return replace(
            self.before, key=self.facts.key, texts=texts, facts=self.facts, portions=tuple(portions)
        )

    def _portion(self, portion: Portion, numbered: Edition) -> Portion | None:
        """A portion as it is now; ``None`` if it cannot be proved by itself."""
        read, was_read = dict(self.facts.documents), dict(self.before.facts.documents)
        if all(read[name] == was_read[name] for name in portion.documents):
            return portion if numbers_of(numbered, portion.documents) == portion.numbers else None
        if portion.has_gap:
            return None
        edition = self.domain.faces_of(portion).edition
        first, last = (portion is self.before.portions[i] for i in (0, -1))
        style = settings(self.app.config).style
        if edition.problems or entries_in_text(edition.conspectus, edition.text.blocks):
            return None
        if misread_style(style, edition):
            return None
        if not is_closed(edition, is_first=first, is_last=last):
            return None
        self.changed.append(edition)
        found = portion_of(edition, _normaliser(edition.conspectus))
        return found if found.notes == portion.notes else None

    def _is_as_a_whole(self, portions: Sequence[Portion]) -> bool:
        """Whether the portions have the same series together, and all sigla are cited somewhere."""
        series = frozenset().union(*(portion.series for portion in portions))
        cited = frozenset().union(*(portion.sigla for portion in portions))
        return series == frozenset(self.before.series) and not sigla_hygiene(self.domain.conspectus, cited)

    def _witnesses(self) -> list[Witness]:
        return [self.domain.conspectus.witness[key] for key in self.before.transcribed]

    def _is_proved(self, portions: Sequence[Portion]) -> Callable[[Witness], bool]:
        """Whether a witness is its transcription; where neither has changed, it still is."""
        files, before = dict(self.facts.files), dict(self.before.facts.files)

        def is_proved(witness: Witness) -> bool:
            assert self.domain.read_witness is not None
            shares = [dict(portion.shares).get(witness.key) for portion in portions]
            given = [share for share in shares if share]
            if len(given) < len(shares):
                return False
            was = [dict(portion.shares).get(witness.key) for portion in self.before.portions]
            if witness.key in files and files[witness.key] == before.get(witness.key) and shares == was:
                return True
            transcription, wrong = self.domain.read_witness(witness.key)
            normalise = _normaliser(self.domain.conspectus)
            return not wrong and is_as_transcribed(given, transcription.blocks, normalise)

        return is_proved

    def _anchors(self, numbered: Edition, portions: Sequence[Portion]) -> tuple[Problem, ...]:
        """What is wrong with the published anchors."""
        if not settings(self.app.config).anchors:
            return ()
        return check_published_anchors(self.domain, numbered, anchors_of_all(portions))
