"""Where a fragmentary witness is absent, as stretches of the text."""

from __future__ import annotations

from apparatus.anchoring import find_lemma
from apparatus.model import Conspectus, EditedText, Span
from apparatus.problems import Problem


def anchor_gaps(
    text: EditedText, conspectus: Conspectus
) -> tuple[dict[str, tuple[Span, ...]], tuple[Problem, ...]]:
    """Each witness's declared gaps, in order, those that overlap made one."""
    gaps: dict[str, tuple[Span, ...]] = {}
    problems = []
    for witness in conspectus.witnesses:
        spans = []
        for gap in witness.gaps:
            found = find_lemma(text, gap.place, gap.lemma, origin=gap.origin or witness.origin)
            if isinstance(found, Problem):
                problems.append(Problem(found.kind, f"gap of {witness.key}: {found.message}", found.origin))
            else:
                spans.append(found)
        if spans:
            gaps[witness.key] = _merge(spans)
    return gaps, tuple(problems)


def _merge(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
