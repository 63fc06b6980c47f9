"""Where a new entry is written: below its passage, or below the verse or table that its passage is of."""

from __future__ import annotations

from dataclasses import replace

from apparatus.anchoring import find_lemma
from apparatus.model import Anchored, EditedText, Entry, Place


def where_to_write(text: EditedText, anchored: Anchored[Entry]) -> tuple[str, Entry]:
    """Below which passage to write an entry, and the entry as it reads there.

    No series stands within a verse or a table: below the whole an entry names its passage.
    """
    block = text.blocks[anchored.home]
    entry = anchored.item
    if block.series_below in ("", block.number) or entry.place is not None:
        return block.series_below or block.number, entry
    passages = [passage.number for passage in text.passages_of(anchored.home)]
    for place in (Place(passages[0], passages[-1] if len(passages) > 1 else None), Place(block.number)):
        if find_lemma(text, place, entry.lemma) == anchored.span:
            return block.series_below, replace(entry, place=place)
    return block.number, entry
