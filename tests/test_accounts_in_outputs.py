"""Whatever an output tells of a witness at an entry is what its transcription has there.

Editions are drawn by a seed (``support/drawing.py``): the witnesses are made from the text by changes that are
known, the entries are written from the changes, and some are spoilt. Each output is read by itself. Where the
build has nothing against an edition, all that it tells must be true, and all that is to be told is told; where
it accuses an entry, something must be false.
"""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest
from alterations import KEYS
from batches import Batch, draw
from judging import OMITTED

from apparatus.collation.accounts import Words
from apparatus.collation.mending import report
from apparatus.collation.within import Within
from apparatus.model import Siglum
from apparatus.render import face as lines
from apparatus.render import spoken
from apparatus.sphinxext.latex import face
from apparatus.voice import Voice

#: How many are built at once.
TOGETHER = 50


def test_what_each_output_tells_of_a_witness_is_what_its_transcription_has(tmp_path: Path) -> None:
    editions = draw(range(1, 41))
    batch = Batch(editions, tmp_path)
    assert batch.falsehoods() == []
    accused = [edition for edition in editions if batch.accusations(edition)]
    assert 5 <= len(accused) <= 25  # those that were spoilt, and not all of them came to something


@pytest.mark.prove
def test_it_is_so_in_many_editions(tmp_path: Path) -> None:
    """``make prove-accounts EDITIONS=3000 SEED=1``; an edition is called by its seed."""
    many = int(os.environ.get("EDITIONS") or 500)
    first = int(os.environ.get("SEED") or random.randrange(10**6, 10**9))
    print(f"\n{many} editions from seed {first} on")
    began, found, accused = time.monotonic(), [], 0
    for at in range(first, first + many, TOGETHER):
        batch = Batch(draw(range(at, min(at + TOGETHER, first + many))), tmp_path / str(at))
        new = batch.falsehoods()
        print(*new, sep="\n", end="\n" if new else "")
        found += new
        accused += sum(bool(batch.accusations(edition)) for edition in batch.editions)
        print(f"to seed {at + TOGETHER - 1}: {len(found)} falsehoods, {accused} accused")
    print(f"{many} editions from seed {first} on in {time.monotonic() - began:.0f} s")
    # In a longer reading a word can be where nobody can tell it from another; then its witness is left out.
    assert [fault for fault in found if OMITTED not in fault] == []


#: Editions that have something for each of the faults.
TELLING = (1, 3, 9, 22, 34, 35, 43, 58, 98, 112)
BEFORE, AFTER = zip(*spoken.PLACES.values(), strict=True)


FAULTS = {
    "who adds something supports the words as well": (Words, "adds", lambda self, anchored: False),
    "who has other words supports the text as well": (Words, "has", lambda self, span: True),
    "what is left out supports the text as well": (Words, "upholds", lambda self, anchored: True),
    "nobody asks whether those on the left have the words": (report, "held", lambda *given: ()),
    "whoever is not named supports the words": (
        lines,
        "silent_support",
        lambda *of: tuple(map(Siglum, KEYS)),
    ),
    "a longer reading has every word of the text": (Within, "surely_has", lambda self, start, end: True),
    "of several only the first is said": (Voice, "listed", lambda self, names: "".join(names[:1])),
    "before is said for after": (
        spoken,
        "PLACES",
        dict(zip(spoken.PLACES, zip(AFTER, BEFORE, strict=True), strict=True)),
    ),
    "sigla have no hand in print": (face, "siglum", lambda *given: None),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_accounts_is_found(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where, name, wrong = FAULTS[fault]
    monkeypatch.setattr(where, name, wrong)
    builder = "latex" if where is face else "html"
    batch = Batch(draw(TELLING), tmp_path, builders=(builder,), forms=(False,))
    assert batch.falsehoods()
