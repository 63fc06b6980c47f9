"""What a setting is: a field of a dataclass, whose type and declaration say all there is to know of it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from apparatus.problems import ProblemKind

#: What no file can have and no output print.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
#: Types in the words of a message.
IN_WORDS: dict[type, str] = {
    **{bool: "True or False", dict: "a dictionary", int: "a whole number", str: "a text"},
    tuple: "a list of texts",
}


@dataclass(frozen=True)
class Declared:
    """What a setting is besides its name and type."""

    default: Any
    help: str  #: one line of MyST, for the manual
    rebuild: Literal["env", "html", ""] = (
        ""  #: what a change makes Sphinx do again: read all, write all, nothing
    )
    choices: tuple[str, ...] = ()  #: the texts that it may be; none: any
    fits: Callable[[Any], bool] | None = None  #: what else must hold of a value
    wants: str = ""  #: that, in words
    shown: str = ""  #: the default as the manual has it, where the value does not say it
    group: str = "edition"  #: the manual's table
    kind: ProblemKind = ProblemKind.BAD_CONFIG  #: what a wrong value is reported as


@dataclass(frozen=True)
class Setting:
    """A setting with its name and type."""

    name: str
    hint: Any  #: ``str``, ``str | None``, ``tuple[str, ...]``, ``dict[str, Series]`` …
    declared: Declared

    @property
    def types(self) -> tuple[type, ...]:
        """The types that a value in ``conf.py`` may have."""
        return tuple(t for part in _alternatives(self.hint) for t in _types(part))

    @property
    def wanted(self) -> str:
        """What a value may be, in the words of a message."""
        if self.declared.choices:
            return either(map(repr, self.declared.choices))
        kinds = [_plain(part) for part in _alternatives(self.hint) if part is not NoneType]
        return self.declared.wants or either(IN_WORDS[kind] for kind in kinds)

    def accepts(self, value: Any) -> bool:
        """Whether a value of ``conf.py`` can be meant."""
        if not any(_is_of(value, part) for part in _alternatives(self.hint)):
            return False
        if value is None:
            return True
        declared = self.declared
        return (not declared.choices or value in declared.choices) and (
            not declared.fits or declared.fits(value)
        )


def setting(default: Any, rebuild: Literal["env", "html", ""], help: str, **more: Any) -> Any:
    """A field that is a setting; see :class:`Declared`."""
    return dataclasses.field(metadata={"declared": Declared(default, help, rebuild, **more)})


def part(default: Any, help: str, **more: Any) -> Any:
    """A field that is a part of a setting."""
    return setting(default, "", help, **more)


def settings_of(table: type) -> Iterator[Setting]:
    """The settings that a dataclass declares."""
    hints = get_type_hints(table)
    for field in dataclasses.fields(table):
        yield Setting(field.name, hints[field.name], field.metadata["declared"])


def either(words: Iterable[str]) -> str:
    """*a, b or c*."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} or {last}" if most else last


def _alternatives(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if isinstance(hint, UnionType) else (hint,)


def _plain(hint: Any) -> type:
    """The type itself: ``tuple`` of ``tuple[str, ...]``; what has fields is written as a dictionary."""
    plain = get_origin(hint) or hint
    return dict if dataclasses.is_dataclass(plain) else plain


def _types(hint: Any) -> tuple[type, ...]:
    return (list, tuple) if _plain(hint) is tuple else (_plain(hint),)


def _is_of(value: Any, hint: Any) -> bool:
    if type(value) not in _types(hint):  # exactly, because True is also a whole number
        return False
    texts = value if isinstance(value, (list, tuple)) else [value] if isinstance(value, str) else []
    return all(isinstance(text, str) and not CONTROL.search(text) for text in texts)
