"""Those who have the text in silence, told once for a page.

A positive apparatus names at every entry all who have the text. Written at each of 3,900 entries, 48 witnesses of 52 and
a second sentence for the voice were 17 megabytes of a page of 19. Where they would be so many, the page has the
witnesses once. Of an entry it has what departs from the rule that all are meant whom the entry does not name, and
the place in its sentence. A script fills them in when the reader asks for them; without one there is another
page (:mod:`apparatus.sphinxext.html.positive_page`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.model import Conspectus
from apparatus.render.spoken import clause_of_support
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import is_for_browsers, is_one_page
from apparatus.sphinxext.tree import nodes
from apparatus.voice import Voice

if TYPE_CHECKING:
    from sphinx.builders import Builder

    from apparatus.render.face import Face

#: How many witnesses the entries of a page may name in silence, all together, if none departs anywhere.
MOST = 20_000
#: What a document is told: whether it has more; whether it is now written as a page of the positive form.
TOLD_ONCE, AS_POSITIVE = "silence-told-once", "as-positive"
#: Whether it is written without them: as a page that has no list of them.
UNTOLD = "silence-untold"


def is_told_once(builder: Builder, document: dn.document) -> bool:
    """Whether the entries of a page have too many silent witnesses to write them at each."""
    if TOLD_ONCE not in document:
        document[TOLD_ONCE] = _are_too_many(builder, document)
    return bool(document[TOLD_ONCE])


def _are_too_many(builder: Builder, document: dn.document) -> bool:
    if settings(builder.config).positive or not is_for_browsers(builder) or is_one_page(builder):
        return False
    witnesses = len(vouched_for(domain_of(builder.env).conspectus))
    return witnesses > 0 and sum(map(_lines, document.findall(dn.Element))) * witnesses > MOST


def _lines(node: dn.Element) -> int:
    """The lines of formal entries that a node prints."""
    if isinstance(node, nodes.formal_entries):
        return sum(map(len, node["clusters"]))
    return isinstance(node, (nodes.formal_entry, nodes.entry_line))


def vouched_for(conspectus: Conspectus) -> list[str]:
    """The keys of the witnesses whose silence says something, in the order of the list."""
    return [key for key, witness in conspectus.witness.items() if witness.is_vouched_for]


def departure(face: Face, conspectus: Conspectus) -> str | None:
    """The attribute that tells the silent of an entry; empty where the rule does, nothing where neither can.

    The rule: all who are vouched for but those whom the entry names. Else it has their numbers in the list, or
    after *but* the numbers of all others.
    """
    if any(run.silent and run.siglum and run.siglum.hand for run in face.runs):
        return None  # the list has witnesses, not their states
    silent = [run.siglum.key for run in face.runs if run.silent and run.siglum]
    named = {run.text for run in face.runs if run.siglum and not run.silent}
    listed = vouched_for(conspectus)
    if silent == [key for key in listed if conspectus.label(key) not in named]:
        return ""
    there = set(silent)
    if silent != [key for key in listed if key in there]:
        return None
    numbers = [i for i, key in enumerate(listed) if key in there]
    others = [i for i, key in enumerate(listed) if key not in there]
    short = _numbers(numbers) if len(numbers) <= len(others) else f"but {_numbers(others)}"
    return f' data-silent="{short}"'


def _numbers(numbers: Sequence[int]) -> str:
    return " ".join(map(str, numbers))


def place_in_sentence(
    label: str, otherwise: str, face: Face, conspectus: Conspectus, voice: Voice
) -> str | None:
    """The attribute that tells where in the *label* the silent are named, as they are in the sentence *otherwise*.

    It is empty where that is behind the words of the lemma; there is none if more than their names differs.
    """
    silent = [conspectus.label(run.siglum.key) for run in face.runs if run.silent and run.siglum]
    before, clause, after = otherwise.partition(clause_of_support(voice).of(silent))
    if not silent or not clause or before + after != label:
        return None
    behind_lemma = label.find(LEMMA_ENDS) + len(LEMMA_ENDS)
    return "" if len(before) == behind_lemma else str(_utf16(before))


#: What stands in a sentence behind its lemma.
LEMMA_ENDS = "”, "


def _utf16(text: str) -> int:
    """The length of a text as scripts count it."""
    return len(text.encode("utf-16-le")) // 2
