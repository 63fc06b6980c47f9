"""Text of a TEI file as the source of a document: MyST, in which each letter means itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apparatus.notation import is_remark

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#$~|^&@!]")
_AT_HEAD = re.compile(r"^(?=[-+=:%#>])|^([0-9]+)(?=[.)])")


@dataclass(slots=True)
class Mark:
    """Markup on a stretch of a text."""

    start: int
    end: int
    sort: str
    value: str = ""


def plain(text: str) -> str:
    """Words that are no markup."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def at_head(source: str) -> str:
    """A line that begins no list, comment or directive."""
    found = _AT_HEAD.match(source)
    if not found:
        return source
    return f"{found[1]}\\{source[len(found[1]) :]}" if found[1] else f"\\{source}"


def marked(text: str, marks: Iterable[Mark], points: Sequence[tuple[int, str]] = ()) -> str:
    """Words with their markup; *points* are what stands between two letters, as source."""
    kept = _nested([mark for mark in marks if mark.start < mark.end and mark.sort in _AROUND])
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for mark in sorted(kept, key=lambda m: (m.start, -m.end)):
        before, after = _AROUND[mark.sort]
        opening.setdefault(mark.start, []).append(before)
        closing.setdefault(mark.end, []).insert(0, after.format(mark.value))
    between: dict[int, str] = {}
    for at, source in points:
        between[at] = between.get(at, "") + source
    out: list[str] = []
    run = 0
    for at in sorted({*opening, *closing, *between, len(text)}):
        out.append(plain(text[run:at]))
        run = at
        out += closing.get(at, ())
        out.append(between.get(at, ""))
        out += opening.get(at, ())
    return "".join(out)


#: What stands around words that are marked.
_AROUND = {
    "*": ("*", "*"),
    "**": ("**", "**"),
    "language": ("[", "]{{.language-{}}}"),
    "speaker": ("[", "]{{.speaker}}"),
    "stage": ("[", "]{{.stage}}"),
}


def _nested(marks: list[Mark]) -> list[Mark]:
    """Marks of which none overlaps another in part; of two on the same words and of one sort one."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        apart = all(
            one.end <= mark.start
            or (one.start <= mark.start and mark.end <= one.end and one.sort != mark.sort)
            for one in kept
        )
        if apart:
            kept.append(mark)
    return kept


def can_be_emphasis(text: str, mark: Mark) -> bool:
    """Whether asterisks round these words are read as markup: they must touch words within and none without."""
    before, after = text[mark.start - 1 : mark.start], text[mark.end : mark.end + 1]
    inside = text[mark.start : mark.end]
    return (
        bool(inside)
        and inside[0].isalnum()
        and inside[-1].isalnum()
        and not (before + after).strip().isalnum()
    )


def remark(source: str) -> str:
    """Prose as a remark: its parentheses balanced, or made no part of the notation."""
    if is_remark(source):
        return source
    return re.sub(r"(?<!\\)[()]", r"\\\g<0>", source)


def comment(text: str) -> str:
    """A line that is read by nobody but the editors."""
    return "% " + " ".join(text.split())
