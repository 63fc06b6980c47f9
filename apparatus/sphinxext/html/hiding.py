"""What the boxes of the panel take away, one for each series: a style sheet written from the names of the series.

A box works without a script, so the style sheet must name it. A stretch of the text may be the lemma of entries of
several series; it is a lemma as long as one of them is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from apparatus.sphinxext.config import Settings

#: Of more series of one form than this not every choice of boxes is foreseen, only one, two and all of them.
FORESEEN = 4


def box_of(series: str) -> str:
    """The name of the box that shows a series."""
    return f"series-{series}"


def hiding(config: Settings) -> str:
    """The rules for all declared series."""
    lists = [name for name, each in config.series.items() if each.form == "run-in"]
    notes = [name for name, each in config.series.items() if each.form == "notes"]
    gone = [f'{_off([name])} .series[class~="{name}"]' for name in (*lists, *notes)]
    gone += [f"{_off([name])} .block-lemma{_not_of(set(lists) - {name})}" for name in lists]
    mark = ".note-mark > a" if len(notes) > 1 else ".note-mark"
    gone += [f"{_off([name])} {mark}{_not_of(set(notes) - {name})}" for name in notes]
    gone.append('.choices:has([name^="series-"]):not(:has([name^="series-"]:checked)) ~ .page-body .foot')
    plain = [f"{_off(names)} .lemma{_not_of(set(lists) - set(names))}" for names in _choices(lists)]
    return _rule(gone, "display: none") + _rule(plain, "text-decoration: none; pointer-events: none")


def _choices(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Which of the series may be off together."""
    sizes = range(1, len(names) + 1) if len(names) <= FORESEEN else (1, 2, len(names))
    return chain.from_iterable(combinations(names, size) for size in sizes)


def _off(names: Iterable[str]) -> str:
    """What follows the bar when these boxes are off."""
    return ".choices" + "".join(f':has([name="{box_of(n)}"]:not(:checked))' for n in names) + " ~ .page-body"


def _not_of(names: Iterable[str]) -> str:
    return "".join(f':not([class~="of-{name}"])' for name in sorted(names))


def _rule(selectors: list[str], declarations: str) -> str:
    joined = ",\n".join(selectors)
    return f"{joined} {{ {declarations}; }}\n" if selectors else ""
