"""What the boxes of the panel take away, one for each series and class of variants: a style sheet with their names.

A box works without a script, so the style sheet must name it. A stretch of the text may be the lemma of entries of
several series, an entry may have readings of several classes: it is shown as long as one of them is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations

from apparatus.classes import Classification
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


def box_of_class(name: str) -> str:
    """The name of the box that shows a class of variants."""
    return f"class-{name}"


def hiding_classes(classification: Classification) -> str:
    """The rules for all classes of variants. An entry that has said a place may be hidden: each that is shown says its own."""
    names = [each.name for each in classification.all]
    off = '.choices:has([name^="class-"]:not(:checked)) ~ .page-body'
    every = ", ".join(f'[class~="v-{name}"]' for name in names)
    shown = ", ".join(
        f'.choices:has([name="{box_of_class(name)}"]:checked) ~ * {{0}}[class~="v-{name}"]{{1}}'
        for name in names
    )
    # The long list stands once: a lemma loses its mark, all else that is of no shown class is gone.
    hidden = (
        f"{off} :is({every}):not({shown.format('', '')}) {{ text-decoration: none; pointer-events: none; "
        "&:not(.lemma), &.block-lemma { display: none; } }\n"
    )
    gone = [f"{off} :is(.cluster, .series):has({every}):not({shown.format(':has(', ')')})"]
    placed = [f"{off} .same-place .entry-place"]
    return hidden + _rule(gone, "display: none") + _rule(placed, "position: static; clip-path: none")


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
