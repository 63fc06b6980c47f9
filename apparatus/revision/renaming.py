"""One siglum for another: in an entry, in its written form, in the file of witnesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from apparatus.model import Conspectus, Entry, Group, Siglum

#: A quoted text of the notation.
QUOTED = re.compile(r'("(?:[^"]|"")*")')


def renamed(entry: Entry, old: str, new: str) -> Entry:
    """The entry with the key *new* wherever it cites *old*."""

    def sigla(found: tuple[Siglum, ...]) -> tuple[Siglum, ...]:
        return tuple(replace(one, key=new) if one.key == old else one for one in found)

    readings = tuple(replace(reading, sigla=sigla(reading.sigla)) for reading in entry.readings)
    return replace(entry, readings=readings, support=sigla(entry.support))


def renamed_in(written: str, old: str, new: str) -> Iterator[str]:
    """How an entry might be written with the siglum *new*; the first that is read as it is meant is right."""
    cited = re.compile(rf"(?<!\S){re.escape(old)}(?=[\^?\s]|$)")
    parts = QUOTED.split(written)
    yield "".join(part if QUOTED.fullmatch(part) else cited.sub(_just(new), part) for part in parts)
    places = [found.span() for found in cited.finditer(written)]
    yield from (written[:start] + new + written[end:] for start, end in places)


def _just(words: str) -> Any:
    """For a substitution: these words, in which nothing is a sign."""
    return lambda _: words


def renamed_conspectus(text: str, old: str, key: str) -> str:
    """The file of witnesses with another siglum; *key* is how TOML writes it as a key, where that is quoted or not.

    Tables, members of groups and the state of a transcription are changed, as they are usually written; whoever calls this reads
    the result and compares.
    """
    written = rf"(?:{re.escape(old)}|\"{re.escape(old)}\"|'{re.escape(old)}')"
    in_text = key if key.startswith('"') else f'"{key}"'
    head = re.compile(
        rf"^(\s*\[{{1,2}}\s*(?:witness|group|scholar)\s*\.\s*){written}(?=\s*[.\]])", re.MULTILINE
    )
    text = head.sub(lambda found: found[1] + key, text)
    member = re.compile(rf"(?<=[\[,\s])(?:\"{re.escape(old)}\"|'{re.escape(old)}')(?=\s*[,\]\n])")
    members = re.compile(r"^\s*members\s*=\s*\[[^\]]*\]", re.MULTILINE)
    text = members.sub(lambda found: member.sub(_just(in_text), found[0]), text)
    state = re.compile(rf"^(\s*state\s*=\s*[\"']){re.escape(old)}(?=[\^\"'])", re.MULTILINE)
    return state.sub(lambda found: found[1] + in_text[1:-1], text)


def expected_conspectus(conspectus: Conspectus, old: str, new: str) -> Conspectus:
    """The conspectus that a file with another siglum is to have."""
    witnesses = tuple(
        replace(w, key=new if w.key == old else w.key, state=_state(w.state, old, new))
        for w in conspectus.witnesses
    )
    groups = tuple(_group(group, old, new) for group in conspectus.groups)
    scholars = tuple(replace(s, key=new) if s.key == old else s for s in conspectus.scholars)
    return replace(conspectus, witnesses=witnesses, groups=groups, scholars=scholars)


def _state(state: str, old: str, new: str) -> str:
    key, mark, hand = state.partition("^")
    return f"{new if key == old else key}{mark}{hand}"


def _group(group: Group, old: str, new: str) -> Group:
    members = tuple(new if key == old else key for key in group.members)
    return replace(group, key=new if group.key == old else group.key, members=members)
