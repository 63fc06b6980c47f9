"""Which witnesses carry a passage, in words: at the head of each section, and on pages at each passage.

On pages the sentence at a passage is there for who asks for it; in other outputs the sections alone have one. The
book has its own way (``latex/carried.py``): there the foot of each page says it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from docutils import nodes as dn

from apparatus.carriers import Carries, carriers_of, together
from apparatus.edition import Edition
from apparatus.model import Conspectus
from apparatus.sphinxext.tree.constructs import MADE
from apparatus.sphinxext.tree.keys import BLOCK, block_of
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.sigla import printed
from apparatus.sphinxext.tree.text import filled
from apparatus.voice import Voice, phrase

#: The class of what is said of a passage, and of a section.
OF_PASSAGE, OF_SECTION = "carriers", "carriers-of-section"
SAYS = {
    Carries.WHOLE: phrase("in {sigla}"),
    Carries.PART: phrase("in part in {sigla}"),
    Carries.SOME: phrase("at least in part in {sigla}"),
    Carries.NOT: phrase("not in {sigla}"),
    Carries.UNKNOWN: phrase("not known of {sigla}"),
}
IN_ALL = phrase("in all witnesses")


class SaysCarriers:
    """Says it of the blocks of one document."""

    def __init__(self, edition: Edition, blocks: Sequence[dn.Element], voice: Voice) -> None:
        self._edition, self._voice = edition, voice
        self._index = {id(block): block_of(edition, block[BLOCK]) for block in blocks}
        self._blocks, self._found = blocks, carriers_of(edition, self._index.values())

    def of_sections(self) -> None:
        """Put a line behind the heading of each section; of one within another where it differs."""
        for title in [block for block in self._blocks if isinstance(block, dn.title)]:
            section = title.parent
            its = self._of_section(section)
            above = section.parent
            if not its or (isinstance(above, dn.section) and its == self._of_section(above)):
                continue
            line = dn.paragraph("", "", *self._sentence(its), classes=[OF_SECTION, MADE])
            section.insert(_behind_titles(section), spoken(line))

    def of_passages(self) -> None:
        """Put what is said of each passage at the end of its block."""
        for block in self._blocks:
            numbers = self._numbers(block)
            for number in numbers if not isinstance(block, dn.title) else ():
                words = self._sentence(self._found[number], number if len(numbers) > 1 else "")
                block += spoken(dn.inline("", "", *words, classes=[OF_PASSAGE, MADE]))

    def _numbers(self, block: dn.Element) -> list[str]:
        passages = self._edition.text.passages_of(self._index[id(block)])
        return [passage.number for passage in passages if passage.number in self._found]

    def _of_section(self, section: dn.Element) -> dict[str, Carries]:
        """What each witness has of all passages of a section and of those within it."""
        blocks = (block for block in section.findall(dn.Element) if id(block) in self._index)
        numbers = [number for block in blocks for number in self._numbers(block)]
        keys = self._edition.conspectus.witness if numbers else ()
        return {key: together(self._found[number][key] for number in numbers) for key in keys}

    def _sentence(self, its: Mapping[str, Carries], number: str = "") -> list[dn.Node]:
        parts = clauses(its, self._edition.conspectus, self._voice)
        before = [dn.Text(f"{number}: ")] if number else []
        divided = [node for part in parts for node in (dn.Text("; "), *part)][1:]
        return before + filled(self._voice.say("Transmitted {where}."), where=divided)


def clauses(its: Mapping[str, Carries], conspectus: Conspectus, voice: Voice) -> list[list[dn.Node]]:
    """*in A, B*, *not in C*: for each kind who is of it."""
    found = []
    for kind, message in SAYS.items():
        keys = [key for key in conspectus.witness if its.get(key) is kind]
        if kind is Carries.WHOLE and len(keys) == len(conspectus.witness) > 1:
            return [[dn.Text(voice.say(IN_ALL))]]
        if keys:
            found.append(filled(voice.say(message), sigla=_listed(keys, conspectus)))
    return found


def _listed(keys: Iterable[str], conspectus: Conspectus) -> list[dn.Node]:
    sigla = [printed(conspectus.witness[key].state_transcribed, conspectus) for key in keys]
    return [node for siglum in sigla for node in (dn.Text(", "), *siglum)][1:]


def _behind_titles(section: dn.Element) -> int:
    """Behind the heading of a section, and its further lines."""
    at = 1
    while at < len(section) and "subtitle" in getattr(section[at], "attributes", {}).get("classes", ()):
        at += 1
    return at
