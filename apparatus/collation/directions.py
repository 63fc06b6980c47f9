"""Characters that turn the direction of writing and are not closed: they would turn what stands beside the words."""

from __future__ import annotations

from collections.abc import Iterator

from apparatus.characters import how_to_close, unclosed
from apparatus.collation.attestation import Attestations
from apparatus.model import Entry
from apparatus.problems import Problem, ProblemKind


def unclosed_directions(attestations: Attestations) -> Iterator[Problem]:
    """Those in the passages of the text, and in the readings and remarks of its entries."""
    for block in attestations.text.blocks:
        if found := unclosed(block.text):
            message = f"in {block.number}, {how_to_close(found)}"
            yield Problem(ProblemKind.UNCLOSED_DIRECTION, message, block.origin)
    for anchored in attestations.entries:
        for words in _said(anchored.item):
            if found := unclosed(words):
                message = f"in a reading or remark, {how_to_close(found)}"
                yield Problem(ProblemKind.UNCLOSED_DIRECTION, message, anchored.item.origin)


def _said(item: Entry) -> Iterator[str]:
    yield from (said for said in (item.support_remark, item.remark) if said)
    for reading in item.readings:
        yield from (said for said in (reading.text, reading.remark) if said)
