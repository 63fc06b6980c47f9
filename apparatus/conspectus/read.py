"""The conspectus siglorum: TOML → witnesses, groups, scholars, with every mistake located.

::

    normalisation = ["nfc"]
    [witness.A]   name = "…"   transcription = "witnesses/A.txt"   gaps = ["19.6–24.2: Pugnabatur … ad^1"]
    [[witness.A.lines]]   role = "paratext"   begin = '^Leave a Reply$'
    [group."ω"]   members = ["A", "B"]
    [scholar.Madvig]   name = "J. N. Madvig"
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from apparatus.characters import why_no_name
from apparatus.conspectus.declarations import Declarations, Fields, listed
from apparatus.conspectus.looks import RESERVED, fault_of_label, read_as, same_hands, skeleton, unlike
from apparatus.model import (
    Conspectus,
    Gap,
    Group,
    LineRule,
    Origin,
    Scholar,
    Silence,
    Witness,
)
from apparatus.notation import parse_locus
from apparatus.notation.lexis import NOT_IN_SIGLA, is_hand, siglum_of
from apparatus.problems import Problem, ProblemKind, nearest

Declared = Witness | Group | Scholar
NORMALISATIONS = ("nfc", "nfkc", "casefold")
ROLES = ("paratext", "layout")

WITNESS: Fields = {
    **dict.fromkeys(
        ("name", "label", "description", "date", "transcription", "state", "silence", "blocks_by"), str
    ),
    **dict.fromkeys(("ill_mark", "lac_mark"), str),
    **dict.fromkeys(("lost", "is_scholar"), bool),
    **dict.fromkeys(("gaps", "hands", "aside", "lines"), list),
}
GROUP: Fields = {"members": list, "name": str, "label": str}
SCHOLAR: Fields = {"name": str, "label": str, "description": str}
RULE: Fields = dict.fromkeys(("role", "begin", "end", "match", "why"), str)
TOP: Fields = {"normalisation": list, "witness": dict, "group": dict, "scholar": dict}


def read_conspectus(data: bytes | str, file: str) -> tuple[Conspectus, tuple[Problem, ...]]:
    """The conspectus in *data*, the content of *file*; what cannot be used is left out and reported."""
    reader = _Reader(file)
    raw = reader.load(data)
    fields = reader.fields(raw, TOP, (), "the conspectus")
    witnesses = tuple(reader.witness(key, table) for key, table in reader.tables(fields, "witness"))
    scholars = tuple(reader.scholar(key, table) for key, table in reader.tables(fields, "scholar"))
    groups = reader.groups(dict(reader.tables(fields, "group")), {w.key for w in witnesses})
    reader.check_declared_once(witnesses, groups, scholars)
    reader.check_printed_once((*witnesses, *groups, *scholars))
    reader.check_named_once((*witnesses, *groups, *scholars))
    normalisation = reader.choices(fields.get("normalisation", []), NORMALISATIONS, ("normalisation",))
    return Conspectus(witnesses, groups, scholars, normalisation), tuple(reader.problems)


class _Reader(Declarations):
    """Turns the tables of a conspectus into values."""

    def tables(self, fields: Mapping[str, Any], sort: str) -> Iterable[tuple[str, dict[str, Any]]]:
        """The well-formed sigla of one sort, each with its table."""
        for key, table in fields.get(sort, {}).items():
            line = self.line(sort, key)
            if not isinstance(table, dict):
                self.problem(f"{sort} '{key}' must be a table; write [{sort}.{key}]", line)
            elif fault := _fault_of(key):
                kind = ProblemKind.SIGLUM_MALFORMED
                mend = "choose another key and give the printed form as its 'label'"
                self.problem(f"'{key}' cannot be a siglum: {fault}; {mend}", line, kind)
            else:
                yield key, table

    # --- what is declared -------------------------------------------------------------

    def witness(self, key: str, table: dict[str, Any]) -> Witness:
        path = ("witness", key)
        fields = self._labelled(table, WITNESS, path)
        for name, known in (("silence", [s.value for s in Silence]), ("blocks_by", ["line", "blank"])):
            if name in fields and not self.choice(fields[name], known, (*path, name)):
                del fields[name]
        if "silence" in fields:
            fields["silence"] = Silence(fields["silence"])
        for name in ("hands", "aside"):
            if name in fields:
                fields[name] = tuple(
                    h for h in self.texts(fields[name], (*path, name)) if self._hand(h, (*path, name))
                )
        self._check_hands(fields, path)
        fields["gaps"] = self._gaps(fields.get("gaps", []), key)
        if "transcription" in fields and not fields["transcription"].strip():
            del fields["transcription"]
            message = (
                f"the transcription of witness '{key}' names no file; write its path, or take the line out"
            )
            self.problem(message, self.line(*path, "transcription"))
        rules = (self._rule(rule, key, i) for i, rule in enumerate(fields.get("lines", [])))
        fields["lines"] = tuple(rule for rule in rules if rule)
        state = siglum_of(fields.get("state", key), {key})
        hands = fields.get("hands", Witness.__dataclass_fields__["hands"].default)
        if state is None or state.doubtful or (state.hand and state.hand not in hands):
            wrong = fields.pop("state")
            mend = f"write '{key}', or '{key}^' and one of its hands: {listed(hands)}"
            self.problem(f"'{wrong}' is no state of witness '{key}'; {mend}", self.line(*path, "state"))
        return Witness(key, **{"state": key, **fields}, origin=Origin(self.file, self.line(*path)))

    def _labelled(self, table: dict[str, Any], known: Fields, path: tuple[str, str]) -> dict[str, Any]:
        """The fields of what has a siglum; a label that would be misread is left out, and the key printed."""
        sort, key = path
        fields = self.fields(table, known, path, f"{sort} '{key}'")
        if "label" in fields and (fault := fault_of_label(fields["label"])):
            message = (
                f"'{fields.pop('label')}' cannot be the label of {sort} '{key}': {fault}; give it another label, "
                "or none: then the key is printed"
            )
            self.problem(message, self.line(*path, "label"), ProblemKind.LABEL_MISREAD)
        return fields

    def _check_hands(self, fields: Mapping[str, Any], path: tuple[str, str]) -> None:
        """Report hands of one witness that a reader cannot tell apart."""
        default = Witness.__dataclass_fields__
        hands = [hand for name in ("hands", "aside") for hand in fields.get(name, default[name].default)]
        for one, other in same_hands(hands):
            message = (
                f"the hands '{one}' and '{other}' of witness '{path[1]}' are printed alike{unlike(one, other)}; "
                "call one of them otherwise"
            )
            name = "hands" if other in fields.get("hands", ()) else "aside"
            self.problem(message, self.line(*path, name), ProblemKind.SAME_LABEL)

    def _hand(self, hand: str, path: tuple[str, ...]) -> bool:
        if not is_hand(hand):
            self.problem(f"'{hand}' cannot name a hand; omit blanks and ^ ? ( ) \" ;", self.line(*path))
        return is_hand(hand)

    def _gaps(self, gaps: list[Any], key: str) -> tuple[Gap, ...]:
        found = []
        for text in self.texts(gaps, ("witness", key, "gaps")):
            line = self.line("witness", key, "gaps")
            line = next((i for i, source in enumerate(self.lines[line - 1 :], line) if text in source), line)
            origin = Origin(self.file, line)
            locus, problems = parse_locus(text, origin)
            for problem in problems:
                message = f"in a gap of witness '{key}': {problem.message}"
                self.problems.append(Problem(problem.kind, message, origin))
            if locus:
                found.append(Gap(*locus, origin))
        return tuple(found)

    def _rule(self, rule: Any, key: str, at: int) -> LineRule | None:
        """A rule about a transcription's lines, if it can be applied."""
        path = ("witness", key, "lines")
        line = self.line(*path, at=at)
        if not isinstance(rule, dict):
            self.problem(f"'lines' of witness '{key}' must be tables; write [[witness.{key}.lines]]", line)
            return None
        fields = self.fields(rule, RULE, path, f"a rule about lines of witness '{key}'", at)
        before = len(self.problems)
        if "role" not in fields:
            self.problem(
                f"a rule about lines of witness '{key}' lacks its 'role'; it is one of {listed(ROLES)}", line
            )
        else:
            self.choice(fields["role"], ROLES, (*path, "role"), at)
        if ("begin" in fields) == ("match" in fields) or ("end" in fields and "begin" not in fields):
            self.problem("a rule about lines has either 'match', or 'begin' and perhaps 'end'", line)
        for name in ("begin", "end", "match"):
            try:
                re.compile(fields.get(name, ""))
            except (re.error, RecursionError, OverflowError) as error:
                self.problem(f"'{name}' is not a regular expression: {error}", self.line(*path, name, at=at))
        return LineRule(**fields) if len(self.problems) == before else None

    def scholar(self, key: str, table: dict[str, Any]) -> Scholar:
        fields = self._labelled(table, SCHOLAR, ("scholar", key))
        return Scholar(key, **fields, origin=Origin(self.file, self.line("scholar", key)))

    def groups(self, tables: dict[str, dict[str, Any]], witnesses: Collection[str]) -> tuple[Group, ...]:
        """The groups; a group within a group stands for its members."""
        fields = {key: self._labelled(table, GROUP, ("group", key)) for key, table in tables.items()}
        members = {k: self.texts(f.get("members", []), ("group", k, "members")) for k, f in fields.items()}
        groups = []
        for key, found in fields.items():
            line = self.line("group", key)
            found["members"] = self._members(key, members, witnesses)
            if not found["members"]:
                self.problem(f"group '{key}' has no members; name its witnesses in 'members'", line)
            groups.append(Group(key, **found, origin=Origin(self.file, line)))
        return tuple(groups)

    def _members(
        self, key: str, members: Mapping[str, tuple[str, ...]], witnesses: Collection[str]
    ) -> tuple[str, ...]:
        out: dict[str, None] = {}
        waiting, met = list(members[key]), {key}
        while waiting:
            name = waiting.pop(0)
            if name in witnesses:
                out[name] = None
            elif name in members:
                waiting = [*(members[name] if name not in met else ()), *waiting]
                met.add(name)
            else:
                near = nearest(name, {*witnesses, *members} - {key})
                mend = f"did you mean '{near}'?" if near else "declare it as a witness"
                line = self.line("group", key, "members")
                self.problem(f"group '{key}' has an unknown member '{name}'; {mend}", line)
        return tuple(out)

    def check_declared_once(self, *sorts: tuple[Declared, ...]) -> None:
        """Report a siglum that stands for two things."""
        seen: dict[str, str] = {}
        for declared in (d for sort in sorts for d in sort):
            sort = type(declared).__name__.lower()
            if declared.key in seen:
                hint = (
                    "; a print that is witness and scholar at once has 'is_scholar = true'"
                    if sort == "scholar"
                    else ""
                )
                message = (
                    f"'{declared.key}' is declared as {seen[declared.key]} and as {sort}; rename one{hint}"
                )
                line = declared.origin.line if declared.origin else 1
                self.problem(message, line, ProblemKind.SIGLUM_DECLARED_TWICE)
            seen.setdefault(declared.key, sort)

    def check_printed_once(self, every: tuple[Declared, ...]) -> None:
        """Report sigla that a reader cannot tell apart, or takes for something else."""
        printed: dict[str, Declared] = {}
        for declared in every:
            other = printed.setdefault(skeleton(_shown(declared)), declared)
            if other.key != declared.key:
                message = f"{_alike(declared, other)}; give one of them another 'label'"
                self.problem(message, _line(declared), ProblemKind.SAME_LABEL)
        for declared in every:
            others = {form: _shown(one) for form, one in printed.items() if one.key != declared.key}
            if taken := read_as(_shown(declared), others):
                message = (
                    f"'{declared.key}' is printed '{_shown(declared)}', which reads as {taken}; give it a 'label' that "
                    "has no other siglum as a word"
                )
                line = self.line(type(declared).__name__.lower(), declared.key, "label")
                self.problem(message, line, ProblemKind.LABEL_MISREAD)

    def check_named_once(self, every: tuple[Declared, ...]) -> None:
        """Report names that two have, or that are the siglum of another: names can be shown in the place of sigla."""
        printed = {skeleton(_shown(declared)): declared.key for declared in every}
        names: dict[str, str] = {}
        for declared in every:
            key, look = declared.key, skeleton(declared.name)
            if not look:
                continue
            before = names.setdefault(look.casefold(), key)
            whose = printed.get(look, key)
            fault = f"and so has '{before}'" if before != key else f"as '{whose}' is printed"
            if before != key or whose != key:
                message = f"'{key}' has the name '{declared.name}', {fault}; give one of them another 'name'"
                line = self.line(type(declared).__name__.lower(), key, "name")
                self.problem(message, line, ProblemKind.SAME_LABEL)


def _shown(declared: Declared) -> str:
    """The siglum as it is printed."""
    return declared.label or declared.key


def _line(declared: Declared) -> int:
    return declared.origin.line if declared.origin else 1


def _alike(one: Declared, other: Declared) -> str:
    """That two are printed alike, and by what they differ though nobody sees it."""
    ours, theirs = _shown(one), _shown(other)
    if ours == theirs:
        return f"'{one.key}' is printed '{ours}', and so is '{other.key}'"
    return f"'{one.key}' is printed '{ours}', which looks like '{theirs}', the siglum of '{other.key}'{unlike(ours, theirs)}"


#: A siglum is also the name of files and the end of addresses.
LONGEST = 60


def _fault_of(key: str) -> str | None:
    """Why *key* cannot be a siglum."""
    if not key:
        return "it is empty"
    if key in RESERVED:
        return "it is a word of the notation"
    if not key.strip("."):
        return "it would name a folder"
    if len(key.encode(errors="replace")) > LONGEST:
        return f"it is longer than {LONGEST} bytes, and files are named after it"
    wrong = next((repr(c) for c in key if c in NOT_IN_SIGLA or c in "/\\"), None) or why_no_name(key)
    return f"it contains {wrong}" if wrong else None
