"""Who is cited: the witnesses, hands, groups and scholars of a TEI file, and the pointers to them.

A ``witness`` within a witness whose siglum begins with that of the other is a hand of it: ``Mac`` in M is M^ac. A
``listWit`` with an ``xml:id`` is a group of those in it, and so is a witness with others in it. Nothing is guessed:
a pointer that leads to nothing is declared and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from apparatus.importing.losses import Losses
from apparatus.importing.pieces import Node
from apparatus.model import ALL, REST, Group, Kind, Scholar, Siglum, Silence, Witness
from apparatus.reference_systems import GIVEN

_NOT_IN_KEY = re.compile(r'[\s^?()";\[\]/…]+')
_WRITTEN = re.compile(r"_([0-9a-f]+)_")
#: Where a hand is no later state of the text, but stands beside it.
_NO_STATES = ("ac", "pc", "c", "2", "3", "4")
_KEYWORDS = {kind.value for kind in Kind} | {REST, ALL, "post", "ante"}
_LISTS = ("listWit", "witness")


@dataclass(slots=True)
class Cited:
    """Everybody who is cited, by the identifier that a pointer names."""

    witnesses: dict[str, Witness] = field(default_factory=dict)
    hands: dict[str, Siglum] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    scholars: dict[str, Scholar] = field(default_factory=dict)
    used: dict[str, None] = field(default_factory=dict)  #: keys that are cited
    named: dict[str, set[str]] = field(default_factory=dict)  #: key → the hands that are cited
    unknown: set[str] = field(default_factory=set)
    #: identifier → label, and what is said, of everything that a scholar could be
    persons: dict[str, tuple[str, str]] = field(default_factory=dict)
    printed: dict[str, str] = field(
        default_factory=dict
    )  #: the siglum of a witness, as it is printed → its identifier
    #: names of classes and causes that readings are said to have
    classes: dict[str, None] = field(default_factory=dict)
    causes: dict[str, None] = field(default_factory=dict)
    is_ours: bool = False  #: identifiers stand for sigla, as our own files write them

    def siglum(self, pointer: str, losses: Losses, line: int, *, is_scholar: bool = False) -> Siglum:
        """Who is meant by a pointer; it is declared if nobody is."""
        own = pointer.rpartition("#")[2]
        if (
            own not in self.hands
            and own not in self.groups
            and own in self.printed
            and own not in self.witnesses
        ):
            losses.tell(
                "pointers by the printed siglum",
                line,
                f"#{own} is no xml:id; the witness whose siglum is printed so is taken ({self.printed[own]})",
            )
            own = self.printed[own]
        if own in self.hands:
            found = self.hands[own]
        elif own in self.witnesses:
            found = Siglum(self.witnesses[own].key)
        elif own in self.groups:
            found = Siglum(self.groups[own].key)
        else:
            found = Siglum(self._declared(own, losses, line, is_scholar=is_scholar))
        self.used[found.key] = None
        if found.hand:
            self.named.setdefault(found.key, set()).add(found.hand)
        return found

    def _declared(self, own: str, losses: Losses, line: int, *, is_scholar: bool) -> str:
        """The key of someone who is in no list of witnesses: a scholar, or one that is added and marked."""
        if own in self.scholars:
            return self.scholars[own].key
        name, said = self.persons.get(own, ("", ""))
        plain = _NOT_IN_KEY.sub("", own)
        key = self.key(f"w{plain}" if GIVEN.fullmatch(plain) else own)
        if name or is_scholar:
            self.scholars[own] = Scholar(key, name or own, None, said)
            if not name:
                losses.tell(
                    "scholars that the file does not declare",
                    line,
                    f"{own} is cited and not declared; it is taken as a scholar",
                )
            return key
        self.witnesses[own] = Witness(key, f"{own} (not declared in the TEI file)", silence=Silence.UNKNOWN)
        self.unknown.add(key)
        losses.tell(
            "sigla that the file does not declare",
            line,
            f"{own} is cited and not declared; it is declared as a witness cited only where it is named",
        )
        return key

    def key(self, name: str) -> str:
        """A name as a siglum of the notation, unlike all others."""
        key = _NOT_IN_KEY.sub("", name) or "X"
        key = f"{key}_" if key in _KEYWORDS else key
        taken = {one.key for table in (self.witnesses, self.groups, self.scholars) for one in table.values()}
        return (
            key if key not in taken else next(k for n in range(2, 9999) if (k := f"{key}_{n}") not in taken)
        )

    def members(self, key: str) -> tuple[str, ...]:
        """The witnesses of a group, those of its groups among them; a witness itself."""
        for group in self.groups.values():
            if group.key == key:
                return tuple(dict.fromkeys(m for one in group.members for m in self.members(one)))
        return (key,)

    @property
    def is_group(self) -> frozenset[str]:
        """The keys of groups."""
        return frozenset(group.key for group in self.groups.values())


def read_cited(
    lists: Iterable[Node], others: Iterable[Node], losses: Losses, *, is_ours: bool = False
) -> Cited:
    """Everybody that lists of witnesses declare; *others* are persons and works that may be cited."""
    cited = Cited(is_ours=is_ours)
    for node in others:
        if node.id and is_ours:
            _scholar(node, cited)
        elif node.id:
            cited.persons[node.id] = (_name(node) or node.id, "")
    for node in lists:
        if node.tag == "listRelation":
            _relations(node, cited)
        else:
            _listed(node, cited, losses, None)
    return cited


def _listed(node: Node, cited: Cited, losses: Losses, above: Node | None) -> list[str]:
    """Declare what a list has; the keys of those in it."""
    keys: list[str] = []
    for child in node.elements:
        if child.tag == "listWit":
            keys += _listed(child, cited, losses, above)
        elif child.tag == "witness":
            keys += _witness(child, cited, losses, above)
        elif child.tag not in ("head", "desc", "note"):
            keys += _listed(child, cited, losses, above)
    if node.tag == "listWit" and node.id and keys and node.id not in cited.witnesses:
        label = _label(node)
        key = cited.key(label or node.id)
        head = node.first("head")
        cited.groups[node.id] = Group(key, tuple(dict.fromkeys(keys)), head.words() if head else "", None)
    return keys


def _witness(node: Node, cited: Cited, losses: Losses, above: Node | None) -> list[str]:
    label, own = _label(node) or node.get("n") or node.id, node.id
    if not own:
        losses.tell(
            "witnesses without xml:id",
            node.line,
            f"the witness {label or node.words()[:30]} has no xml:id, and nothing can point to it",
        )
        own = label or f"w{node.line}"
    if (hand := _hand(node, label, above, cited)) is not None:
        cited.hands[own] = hand
        return []
    key = cited.key(_decoded(own) if cited.is_ours else own if GIVEN.fullmatch(label) else label or own)
    name = node.first("name", "idno", "title")
    said = node.words(("listWit", "abbr", "name"))
    date = node.first("date", "origDate")
    if label:
        cited.printed.setdefault(label, own)
    called = name.words() if name else said[:200].strip(" ,.;") or key
    if any(called == other.name for other in cited.witnesses.values()):
        called = f"{called} ({label or own})"
    cited.witnesses[own] = Witness(
        key,
        called,
        label if label != key and not re.search(r"[\[\]]", label) else None,
        said if name and said.strip(" .,;") else "",
        date.words() if date else "",
    )
    inner = _listed_within(node, cited, losses)
    if inner:  # a common source of others: it is cited for them
        del cited.witnesses[own]
        cited.groups[own] = Group(key, tuple(inner), said[:200].strip(" ,.;"), None)
    return [key]


def _listed_within(node: Node, cited: Cited, losses: Losses) -> list[str]:
    keys: list[str] = []
    for child in node.elements:
        if child.tag == "listWit":
            keys += _listed(child, cited, losses, node)
    return keys


def _hand(node: Node, label: str, above: Node | None, cited: Cited) -> Siglum | None:
    """The witness as a hand of another: of that in which it stands, or to which its ``@corresp`` points."""
    parent = above.id if above is not None else node.get("corresp").removeprefix("#")
    if parent not in cited.witnesses or parent == node.id:
        return None
    key = cited.witnesses[parent].key
    for written, base in ((label, key), (label, cited.witnesses[parent].label or key), (node.id, parent)):
        if written.startswith(base) and written != base:
            hand = _NOT_IN_KEY.sub("", written.removeprefix(base).lstrip(".^"))
            if hand:
                return Siglum(key, hand)
    return None


def _relations(node: Node, cited: Cited) -> None:
    """The groups of a file of our own."""
    for relation in node.all("relation"):
        keys = [
            cited.witnesses[own].key
            for own in relation.get("mutual").replace("#", "").split()
            if own in cited.witnesses
        ]
        if relation.get("name") == "group" and keys:
            cited.groups[relation.id] = Group(cited.key(_decoded(relation.id)), tuple(keys), "", None)


def _scholar(node: Node, cited: Cited) -> None:
    """A scholar of a file of our own."""
    key, name = cited.key(_decoded(node.id)), node.first("persName")
    label = node.get("n")
    said = " ".join(note.words() for note in node.all("note"))
    cited.scholars[node.id] = Scholar(
        key, name.words() if name else key, label if label != key else None, said
    )


def _label(node: Node) -> str:
    """The siglum as it is printed."""
    for child in node.elements:
        found = (
            child if child.tag == "abbr" else child.first("abbr") if child.tag in ("head", "label") else None
        )
        if found is not None:
            return found.words()
    return ""


def _decoded(own: str) -> str:
    """What an identifier of our own stands for."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), own.removeprefix("w."))


def _name(node: Node) -> str:
    if node.tag == "person":
        found = node.first("persName", "name")
        return found.words() if found else node.words()
    return node.get("n") or node.words()[:120]


def declared_hands(cited: Cited, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The hands of a witness that are states of its text, in order; and those that stand beside it."""
    named = cited.named.get(key, set())
    states = tuple(hand for hand in _NO_STATES if hand in named)
    return states, tuple(sorted(named - set(states)))


def attesting(cited: Cited) -> Iterator[Witness]:
    """The witnesses that are held to have the whole text: declared, and no others."""
    return (witness for witness in cited.witnesses.values() if witness.key not in cited.unknown)
