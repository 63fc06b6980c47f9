"""Places of variation → entries of the notation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from apparatus.importing import myst
from apparatus.importing.fitting import Place, Variant
from apparatus.importing.flow import App, Flow, Reading
from apparatus.importing.having import BREAK, Choose, folded, had
from apparatus.importing.losses import Losses
from apparatus.importing.sigla import Cited
from apparatus.model import BREAK as END
from apparatus.model import Entry, Kind, Lemma, Scholar, Siglum
from apparatus.model import Place as Locus
from apparatus.model import Reading as Member
from apparatus.notation.lexis import siglum_of
from apparatus.notation.remarks import closing

#: Whose conjecture it is where the file names nobody.
NOBODY = "anon."
_KINDS = {kind.value: kind for kind in Kind}


@dataclass
class Maker:
    """Makes entries of what was fitted."""

    cited: Cited
    choose: Choose
    losses: Losses
    is_ours: bool = False
    within: dict[int, list[App]] = field(
        default_factory=dict
    )  #: of each entry, those that stand in its lemma

    def entry(
        self, place: Place, lemma: Lemma, locus: Locus | None, flow: Flow, base: str
    ) -> tuple[Entry | None, list[str]]:
        """The entry of a place, if it says anything; and what of it cannot be said."""
        app = place.apps[0]
        left = [words for one in place.apps for words in one.dropped]
        left += [words for one in place.apps for r in (one.lemma, *one.readings) if r for words in r.lost]
        if len(place.apps) > 1:
            members, support = self._merged(place, base)
            remarks = [r for one in place.apps for r in self._remarks_of(one)]
            support_remark = None
        else:
            members, support = self._single(place, app, flow, base)
            remarks = app.remarks
            support_remark = self._remark(app.lemma.remarks) if app.lemma and support else None
            if app.lemma and not support:
                remarks = [*app.lemma.remarks, *remarks]
        remark = self._remark(remarks)
        if not members:
            if support or remark:
                said = ", ".join(map(str, support))
                left.append(
                    f"entry without a variant: {base[place.span.start : place.span.end]} {said} {remark or ''}"
                )
                self.losses.tell(
                    "entries without a variant",
                    app.line,
                    "an entry that has no reading beside its lemma stands in a comment",
                )
            return None, left
        return Entry(lemma, tuple(members), tuple(support), support_remark, locus, remark), left

    # --- one app ----------------------------------------------------------------------

    def _single(self, place: Place, app: App, flow: Flow, base: str) -> tuple[list[Member], list[Siglum]]:
        lemma = app.lemma
        support = self._support(app)
        members: list[Member] = []
        if app.is_crux and not self.is_ours:
            members.append(Member(Kind.CRUX))
        if app.is_bracketed and lemma is not None and lemma.scholars and not self.is_ours:
            members.append(Member(Kind.SECL, sigla=tuple(lemma.scholars)))
            support = [s for s in support if s not in lemma.scholars]
        for variant, (kind, words) in zip(place.variants, place.words, strict=False):
            if variant.reading is None or variant.reading.kind == "also":
                continue
            made = self._member(variant, kind, words, place, app, flow, base)
            if made is None:
                support += [s for s in variant.sigla if s not in support]
            else:
                members.append(made)
        return _each_once(members, support)

    def _support(self, app: App) -> list[Siglum]:
        if app.lemma is None:
            return []
        if self.is_ours:
            return list(self._written(app.lemma.cited))
        return [
            s
            for s in dict.fromkeys(app.lemma.everyone)
            if s in app.lemma.scholars or not self._varies(app, s)
        ]

    def _varies(self, app: App, siglum: Siglum) -> bool:
        """Whether a witness that has the lemma has another reading of an entry in it: then the inner entries say what it has."""
        return any(
            (reading := self.choose(inner, siglum)) is not None and not reading.is_deletion
            for inner in self.within.get(id(app), ())
        )

    def _written(self, cited: Iterable[str] | None) -> Iterator[Siglum]:
        keys = {*self.keys, "cett.", "codd."}
        for word in cited or ():
            if (siglum := siglum_of(word, keys)) is not None:
                self.cited.used[siglum.key] = None
                if siglum.hand:
                    self.cited.named.setdefault(siglum.key, set()).add(siglum.hand)
                yield siglum

    @property
    def keys(self) -> set[str]:
        """Everything that is declared as a siglum."""
        tables = (self.cited.witnesses, self.cited.groups, self.cited.scholars)
        return {one.key for table in tables for one in table.values()}

    def _member(
        self, variant: Variant, kind: Kind, words: str, place: Place, app: App, flow: Flow, base: str
    ) -> Member | None:
        """The reading of a variant, with what is said of its class and cause."""
        made, reading = self._made(variant, kind, words, place, app, flow, base), variant.reading
        if made is None or reading is None:
            return made
        return replace(made, classes=reading.classes, causes=reading.causes)

    def _made(
        self, variant: Variant, kind: Kind, words: str, place: Place, app: App, flow: Flow, base: str
    ) -> Member | None:
        reading = variant.reading
        assert reading is not None
        remark = self._remark(reading.remarks)
        if self.is_ours:
            return self._own(reading, kind, words, app, flow, remark)
        sigla = tuple(dict.fromkeys(variant.sigla))
        if not sigla and reading.was_named:
            return None
        sigla = sigla or (self._nobody(),)
        if reading.is_deletion:
            return Member(Kind.DEL, sigla=sigla, remark=remark, sub=reading.is_sub)
        if variant.text == base:
            only = [s for s in sigla if s not in reading.scholars]
            self.losses.tell(
                "readings that are their lemma",
                app.line,
                "a reading has the words of its lemma; who has it is named beside the lemma",
            )
            variant.sigla = only or list(sigla)
            return None
        kind, words = _lost(kind, words)
        return Member(kind, words.replace(BREAK, END), sigla=sigla, remark=remark, sub=reading.is_sub)

    def _nobody(self) -> Siglum:
        self.cited.scholars.setdefault(
            NOBODY, Scholar(NOBODY, "the editors, or somebody whom they do not name")
        )
        return Siglum(NOBODY)

    def _own(
        self, reading: Reading, kind: Kind, words: str, app: App, flow: Flow, remark: str | None
    ) -> Member | None:
        """A reading of a file of our own, which says of which kind it is."""
        said = _KINDS[reading.kind]
        sigla = tuple(self._written(reading.cited))
        if said is Kind.TEXT:
            text = folded(had(reading.flow, (reading.everyone or [Siglum("")])[0], self.choose))
            return Member(said, text.replace(BREAK, END), sigla=sigla, remark=remark, sub=reading.is_sub)
        if said in (Kind.ADD, Kind.PRAEM):
            text = (
                reading.elsewhere.strip(f" {BREAK}")
                if reading.elsewhere is not None
                else self._added(reading, said, app, flow)
            )
            return Member(said, text.replace(BREAK, END), sigla=sigla, remark=remark, sub=reading.is_sub)
        return Member(said, sigla=sigla, remark=remark, sub=reading.is_sub)

    def _added(self, reading: Reading, kind: Kind, app: App, flow: Flow) -> str:
        """What a reading has beside the lemma."""
        state = (reading.everyone or [Siglum("")])[0]
        lemma = folded(
            had(
                flow,
                state,
                lambda one, who: None if one is app else self.choose(one, who),
                app.start,
                app.end,
            )
        )
        text = folded(had(reading.flow, state, self.choose))
        if kind is Kind.ADD and text.startswith(lemma):
            return text[len(lemma) :].strip(f" {BREAK}")
        return text.removesuffix(lemma).strip(f" {BREAK}")

    # --- several in one ---------------------------------------------------------------

    def _merged(self, place: Place, base: str) -> tuple[list[Member], list[Siglum]]:
        members: list[Member] = []
        support: list[Siglum] = []
        named_in_lemma = {s for app in place.apps if app.lemma for s in app.lemma.everyone}
        for variant, (kind, words) in zip(place.variants, place.words, strict=False):
            if variant.text == base:
                support += [s for s in variant.sigla if s in named_in_lemma or not s.hand]
                continue
            kind, words = _lost(kind, words)
            members.append(Member(kind, words.replace(BREAK, END), sigla=tuple(variant.sigla)))
        scholars = {one.key for one in self.cited.scholars.values()}
        return _each_once(members, [s for s in support if s.key not in scholars])

    def _remarks_of(self, app: App) -> list[str]:
        found = list(app.lemma.remarks) if app.lemma else []
        for reading in app.readings:
            words = folded(reading.flow.text).replace(BREAK, " ") or "om."
            said = (*map(myst.plain, (*reading.classes, *reading.causes)), *reading.remarks)
            found += [f"{words}: {remark}" for remark in said]
        return [*found, *app.remarks]

    def _remark(self, remarks: Iterable[str]) -> str | None:
        parts = list(dict.fromkeys(filter(None, (" ".join(r.split()) for r in remarks))))
        if len(parts) == 1 and parts[0].startswith("(") and closing(parts[0]) == len(parts[0]) - 1:
            parts = [parts[0][1:-1]]  # the notation has its own
        said = "; ".join(parts)
        return myst.remark(said) if said else None


def _lost(kind: Kind, words: str) -> tuple[Kind, str]:
    """A reading that is nothing but a gap."""
    if kind is Kind.TEXT and words in ("[lac.]", "[ill.]"):
        return (Kind.LAC if words == "[lac.]" else Kind.ILL), ""
    return kind, words


def _each_once(members: list[Member], support: list[Siglum]) -> tuple[list[Member], list[Siglum]]:
    """Nobody named twice, and no reading of nobody: the first mention counts."""
    seen: set[Siglum] = set()
    kept: list[Member] = []
    left = list(dict.fromkeys(support))
    seen.update(left)
    for member in members:
        if member.kind is Kind.CRUX:
            kept.append(member)
            continue
        sigla = tuple(s for s in dict.fromkeys(member.sigla) if s not in seen)
        seen.update(sigla)
        if sigla:
            is_sub = member.sub and (bool(kept) or member.sub)
            kept.append(replace(member, sigla=sigla, sub=is_sub))
    return kept, left
