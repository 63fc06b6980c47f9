"""The roles of a play and who speaks (TEI ``castList``, ``castItem``; ``sp`` with ``@who``).

A speaker stands in the text as the witnesses have it, *Anna.* or *An.*; the cast list says which role that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind, nearest

_ROLE = re.compile(r"(?P<name>[^:(]+?)\s*(?:\((?P<forms>[^()]*)\))?\s*(?::\s*(?P<about>.*))?")


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the cast list, with the other forms in which speakers have its name (TEI ``role``)."""

    name: str
    forms: tuple[str, ...] = ()
    about: str = ""  #: what the list says of it
    origin: Origin | None = field(default=None, compare=False)

    @property
    def anchor(self) -> str:
        """By which links lead to it."""
        return "role-" + re.sub(r"\W+", "-", self.name.casefold()).strip("-")


@dataclass(frozen=True, slots=True)
class Speech:
    """A speaker in the text, and where the name begins (TEI ``speaker``)."""

    who: tuple[str, ...]  #: names or forms; several where several speak together
    block: int  #: of its document
    at: int  #: offset in the text of the block
    origin: Origin | None = field(default=None, compare=False)


def read_role(line: str, origin: Origin) -> Role | None:
    """A role from a line of the cast list, ``Anna (An., Ann.): keeps the ferry``; ``None`` if it is none."""
    found = _ROLE.fullmatch(line.strip())
    if found is None or not plain_name(found["name"]):
        return None
    forms = tuple(filter(None, (form.strip() for form in (found["forms"] or "").split(","))))
    return Role(found["name"].strip(), forms, (found["about"] or "").strip(), origin)


def plain_name(name: str) -> str:
    """A name as it is compared: without the point behind it, in letters of one size."""
    return name.strip(" .,:;\u00a0").casefold()


#: Two names are of different people if they are less alike than this (difflib's ratio).
ALIKE = 0.6


def is_another_name(one: str, other: str) -> bool:
    """Whether two names of speakers are plainly of different people: not if one may be short for the other, or misspelt."""
    first, second = plain_name(one), plain_name(other)
    if not (any(map(str.isalpha, first)) and any(map(str.isalpha, second))):
        return False
    shorter, longer = sorted((first, second), key=len)
    return not longer.startswith(shorter) and SequenceMatcher(None, first, second).ratio() < ALIKE


def by_form(roles: Sequence[Role]) -> dict[str, Role]:
    """Each form of each role's name; the first that has a form keeps it."""
    found: dict[str, Role] = {}
    for role in roles:
        for form in (role.name, *role.forms):
            found.setdefault(plain_name(form), role)
    return found


def check_cast(roles: Sequence[Role], speeches: Sequence[Speech]) -> Iterator[Problem]:
    """Report roles that are declared alike, speakers without a role and roles without a speaker; nothing without a cast list."""
    if not roles:
        return
    known = by_form(roles)
    yield from _declared_twice(roles, known)
    seen = set()
    for speech in speeches:
        for who in speech.who:
            seen.add(plain_name(who))
            if plain_name(who) not in known:
                yield _unknown(who, known, speech)
    for role in roles:
        if seen.isdisjoint(map(plain_name, (role.name, *role.forms))):
            message = f"nobody speaks as {role.name!r} of the cast list; mark the speaker in the text, or take the role out"
            yield Problem(ProblemKind.ROLE_UNUSED, message, role.origin)


def _declared_twice(roles: Sequence[Role], known: dict[str, Role]) -> Iterator[Problem]:
    for role in roles:
        for form in (role.name, *role.forms):
            first = known[plain_name(form)]
            if first is not role:
                message = f"{form!r} is a name of {first.name!r} already ({first.origin}); give each role names of its own"
                yield Problem(ProblemKind.BAD_ROLE, message, role.origin)


def _unknown(who: str, known: dict[str, Role], speech: Speech) -> Problem:
    guess = nearest(plain_name(who), known)
    mend = f"did you mean {known[guess].name!r}?" if guess else "add the role, or this form of its name"
    message = f"the speaker {who!r} is not in the cast list; {mend}"
    return Problem(ProblemKind.UNKNOWN_SPEAKER, message, speech.origin)
