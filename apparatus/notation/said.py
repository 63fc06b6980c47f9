"""What an editor says of a reading, in braces after its sigla: its classes, and behind ``<`` of what it came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from apparatus.characters import WHITE

_WHITE = f"[{re.escape(WHITE)}]*"
_NAME = rf"[^\s{{}},<{re.escape(WHITE)}]+"
_NAMES = rf"{_NAME}(?:{_WHITE},{_WHITE}{_NAME})*"
#: Braces with classes, with causes, or with both.
_SAID = re.compile(
    rf"\{{{_WHITE}(?=[^}}])(?P<classes>{_NAMES})?{_WHITE}(?:<{_WHITE}(?P<causes>{_NAMES})){{0,1}}{_WHITE}\}}"
)
_FIND = re.compile(_NAME)


class Said(NamedTuple):
    """The classes and the causes of a reading, by their names."""

    classes: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()

    @property
    def twice(self) -> list[str]:
        """The names that stand there more than once."""
        counted = (*Counter(self.classes).items(), *Counter(self.causes).items())
        return [name for name, number in counted if number > 1]


NOTHING = Said()


def read_said(source: str) -> Said | None:
    """What braces say; ``None`` if that is no list of names."""
    found = _SAID.fullmatch(source)
    if found is None:
        return None
    return Said(*(tuple(_FIND.findall(found[part] or "")) for part in ("classes", "causes")))


def write_said(classes: Iterable[str], causes: Iterable[str]) -> str:
    """The same in its normal form; nothing where nothing is said."""
    parts = [", ".join(classes), ", ".join(f"{'' if i else '< '}{name}" for i, name in enumerate(causes))]
    said = " ".join(filter(None, parts))
    return f"{{{said}}}" if said else ""
