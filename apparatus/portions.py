"""The portions of an edition that can be put together and proved by themselves.

Most documents say nothing of the others: no lemma, no transposition and no gap leads from one into the
next. Then a witness is the row of what the portions give of it, and it is proved if each gives what its
transcription has there. So an edition in which all is well is proved again by the portion that has changed.

What does not touch other documents is decided with a block to spare: what is added or lacking at the end of
one may be seen from the beginning of the next.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Protocol, TypeAlias

from apparatus.anchors.record import brief
from apparatus.conspectus import sigla_of
from apparatus.edition import Edition, EditionEntry, NameAndForm
from apparatus.model import BREAK, EditedText, Entry, Span

#: Witness → what it has in a portion.
Shares: TypeAlias = Mapping[str, "Share"]


class Words(Protocol):
    """A block of a witness."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Share:
    """What a witness has in a portion: how many blocks, and a digest of their words as they are compared."""

    blocks: int
    digest: str


@dataclass(frozen=True, slots=True)
class Portion:
    """Documents of which no other speaks, and what they give to the whole."""

    documents: tuple[str, ...]  #: in reading order
    numbers: str  #: a digest of the numbers of their blocks
    notes: tuple[tuple[str, int], ...]  #: series → how many numbered notes
    series: frozenset[NameAndForm]  #: those that have entries
    sigla: frozenset[str]  #: those that are cited
    shares: tuple[tuple[str, Share], ...]  #: of the witnesses that have been compared
    has_gap: bool  #: whether a declared gap lies in it; then it is put together with the whole only
    anchors: tuple[tuple[str, str], ...]  #: of its entries, each with the words under its lemma


def digest_of_words(words: Iterable[str]) -> str:
    """A digest of blocks; blocks have no breaks within them."""
    return hashlib.sha256(BREAK.join(words).encode("utf-8", "surrogatepass")).hexdigest()


def share_of(blocks: Sequence[Words], normalise: Callable[[str], str]) -> Share:
    """What blocks of a witness are to the comparison."""
    return Share(len(blocks), digest_of_words(normalise(block.text) for block in blocks))


def portions_of(edition: Edition, normalise: Callable[[str], str]) -> tuple[Portion, ...]:
    """The portions of a whole edition in reading order; none if a witness cannot be divided as the text is."""
    groups = _groups(edition)
    shares = _shares(edition, groups, normalise)
    if shares is None:
        return ()
    entries: dict[str, list[EditionEntry]] = defaultdict(list)
    for entry in edition.entries:
        entries[entry.key[0]].append(entry)
    gaps = {edition.document_of(i) for reach in _gaps(edition) for i in _inside(reach, edition)}
    return tuple(
        _portion(
            edition, group, [e for name in group for e in entries[name]], its, not gaps.isdisjoint(group)
        )
        for group, its in zip(groups, shares, strict=True)
    )


def portion_of(edition: Edition, normalise: Callable[[str], str]) -> Portion:
    """Some documents that have been put together by themselves, as one portion."""
    rebuilt = edition.collation.rebuilt if edition.collation else {}
    shares = {key: share_of(found.blocks, normalise) for key, found in rebuilt.items()}
    return _portion(edition, tuple(edition.blocks_of), edition.entries, shares, has_gap=False)


def _portion(
    edition: Edition,
    documents: tuple[str, ...],
    entries: Sequence[EditionEntry],
    shares: Shares,
    has_gap: bool,
) -> Portion:
    notes = Counter(entry.series.name for entry in entries if entry.number is not None)
    return Portion(
        documents,
        numbers_of(edition, documents),
        tuple(sorted(notes.items())),
        frozenset((entry.series.name, entry.series.form) for entry in entries),
        sigla_of(entry.item for entry in entries if isinstance(entry.item, Entry)),
        tuple(shares.items()),
        has_gap,
        tuple(anchors_of(sorted(entries, key=lambda entry: edition.rank[entry.key])).items()),
    )


def anchors_of(entries: Iterable[EditionEntry]) -> dict[str, str]:
    """The anchors of entries that have a place, each with the words under its lemma as the record has them."""
    return {entry.id: brief(entry.words) for entry in entries if entry.place}


def anchors_of_all(portions: Iterable[Portion]) -> dict[str, str]:
    """The same, of all the entries of an edition."""
    return dict(chain.from_iterable(portion.anchors for portion in portions))


def numbers_of(edition: Edition, documents: Iterable[str]) -> str:
    """A digest of the numbers that passages of documents have, in all systems."""
    text, blocks = edition.text, [i for name in documents for i in edition.blocks_of[name]]
    found = (
        f"{passage.number} {passage.span.start - text.starts[i]}"
        for i in blocks
        for passage in text.passages_of(i)
    )
    beside = (f"{anchor} {point.at}" for i in blocks for point, anchor in text.milestones.get(i, ()))
    return digest_of_words([*found, *beside])


def notes_before(portions: Iterable[Portion], portion: Portion) -> dict[str, int]:
    """Series → how many numbered notes stand before a portion."""
    found: Counter[str] = Counter()
    for one in portions:
        if one.documents == portion.documents:
            break
        found.update(dict(one.notes))
    return dict(found)


def is_as_transcribed(
    shares: Iterable[Share], transcribed: Sequence[Words], normalise: Callable[[str], str]
) -> bool:
    """Whether a transcription is the row of the shares of its witness."""
    at = 0
    for share in shares:
        if share_of(transcribed[at : at + share.blocks], normalise) != share:
            return False
        at += share.blocks
    return at == len(transcribed)


# --- what speaks of what ----------------------------------------------------------------------------


def is_closed(edition: Edition, *, is_first: bool, is_last: bool) -> bool:
    """Whether nothing in a portion reaches to its edges, behind which other documents stand."""
    end = len(edition.text.blocks)
    return all(
        (is_first or reach.start >= 0) and (is_last or reach.stop <= end) for _, reach in _reaches(edition)
    )


def _groups(edition: Edition) -> list[tuple[str, ...]]:
    """The documents, together with those that they speak of and all between."""
    names = list(edition.blocks_of)
    place = {name: i for i, name in enumerate(names)}
    of_block = [place[name] for name, blocks in edition.blocks_of.items() for _ in blocks]
    steps = [0] * len(names)  # up where a row of documents begins, down where it ends
    everywhere = [*_reaches(edition), *((None, reach) for reach in _gaps(edition))]
    for entry, reach in everywhere:
        blocks = _inside(reach, edition)
        found = [of_block[i] for i in (blocks[0], blocks[-1])] if blocks else []
        found += [place[entry.key[0]]] if entry else []
        if found:
            steps[min(found)] += 1
            steps[max(found)] -= 1
    joined = list(accumulate(steps))
    groups: list[tuple[str, ...]] = []
    for i, name in enumerate(names):
        together = i > 0 and joined[i - 1] > 0
        groups[-1:] = [(*groups[-1], name)] if together else [*groups[-1:], (name,)]
    return groups


def _reaches(edition: Edition) -> Iterator[tuple[EditionEntry, range]]:
    """Each entry with the blocks of which it speaks; it may reach beyond the first and the last."""
    collated = edition.collation.attestations.entries if edition.collation else ()
    targets = {id(found.item): found.targets for found in collated if any(found.targets)}
    for entry in edition.entries:
        spans = [entry.span, *targets.get(id(entry.item), ())]
        reach = _blocks(edition.text, [span for span in spans if span])
        yield entry, _with_edges(reach) if reach and _is_of_blocks(entry) else reach


def _is_of_blocks(entry: EditionEntry) -> bool:
    """Whether an entry is about whole blocks, or the breaks between them."""
    item = entry.item
    if item.lemma.is_block or BREAK in entry.words:
        return True
    return isinstance(item, Entry) and any(r.target or BREAK in r.text for r in item.readings)


def _gaps(edition: Edition) -> Iterator[range]:
    """The blocks in which witnesses are absent."""
    gaps = edition.collation.attestations.gaps if edition.collation else {}
    for spans in gaps.values():
        yield from (_with_edges(_blocks(edition.text, [span])) for span in spans)


def _blocks(text: EditedText, spans: Sequence[Span]) -> range:
    if not spans:
        return range(0)
    found = [text.blocks_in(span) for span in spans]
    return range(min(blocks.start for blocks in found), max(blocks.stop for blocks in found))


def _inside(reach: range, edition: Edition) -> range:
    """The blocks of a reach that there are."""
    return range(max(reach.start, 0), min(reach.stop, len(edition.text.blocks)))


def _with_edges(blocks: range) -> range:
    return range(blocks.start - 1, blocks.stop + 1)


def _shares(
    edition: Edition, groups: Sequence[tuple[str, ...]], normalise: Callable[[str], str]
) -> list[dict[str, Share]] | None:
    """What each witness has in each group; ``None`` if one has them in another order."""
    group_of = {name: i for i, group in enumerate(groups) for name in group}
    shares: list[dict[str, Share]] = [{} for _ in groups]
    for key, rebuilt in (edition.collation.rebuilt if edition.collation else {}).items():
        divided: list[list[Words]] = [[] for _ in groups]
        before = 0
        for block in rebuilt.blocks:
            at = group_of[edition.document_of(block.home)]
            if at < before:
                return None
            divided[at].append(block)
            before = at
        for its, blocks in zip(shares, divided, strict=True):
            its[key] = share_of(blocks, normalise)
    return shares
