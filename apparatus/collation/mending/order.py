"""What a witness has at one point of the text by several entries, in another order than theirs.

Additions and transposed words at one point follow on each other as the entries do. Where the transcription has all
of them, but not so, no entry is false: one is to be put behind the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from apparatus.anchoring.explain import shown
from apparatus.collation.compare import Part
from apparatus.collation.edits import Insertion
from apparatus.collation.mending.propose import Proposer
from apparatus.collation.plan import Plan
from apparatus.problems import Problem, ProblemKind


def out_of_order(proposer: Proposer, part: Part, file: str) -> tuple[int, Problem] | None:
    """The entry that has to stand behind others for the witness to be its transcription, and the message that says so."""
    witness = proposer.prover.witness
    told = {piece.entry if piece.moved_by is None else piece.moved_by for _, piece in part.pieces()}
    expected = proposer.expected(*part.differences)
    for first, others in _at_one_point(witness.plan):
        i = first.entry
        anchored = witness.attestations.entries[i]
        if i in told and proposer.prover.gives(proposer.span, expected, [anchored], frozenset({i})):
            origins = [witness.attestations.entries[other.entry].item.origin for other in others]
            behind = " and ".join(str(origin) for origin in origins if origin) or "those on the same place"
            message = (
                f"{witness.state} has in {file} what this entry says of {shown(witness.text.slice(anchored.span))}, but behind "
                f"what others put at the same place: write this entry below {behind}"
            )
            return i, Problem(ProblemKind.FALSE_CLAIM, message, anchored.item.origin)
    return None


def _at_one_point(plan: Plan) -> Iterator[tuple[Insertion, list[Insertion]]]:
    """What is put at a point, with that which is put behind it there."""
    points: dict[tuple[int, int], list[Insertion]] = defaultdict(list)
    for insertion in plan.root.insertions:
        points[insertion.at, insertion.order].append(insertion)
    for found in points.values():
        found.sort(key=lambda insertion: insertion.entry)
        yield from ((one, found[n:]) for n, one in enumerate(found[:-1], 1))
