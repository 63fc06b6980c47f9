"""The pictures of the manual: each belongs to the source that stands above it, is light, and is described."""

from __future__ import annotations

import re

import pytest
from specimens import MANUAL, PICTURES, Specimen, every

SPECIMENS = every()
#: Bytes of a picture: a page with three of them is no heavier than one of text.
HEAVIEST = 40_000


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.name)
def test_a_picture_shows_the_source_above_it(specimen: Specimen) -> None:
    assert specimen.drawn == specimen.digest, "run make specimens, and look at the picture"


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda specimen: specimen.name)
def test_a_picture_is_light(specimen: Specimen) -> None:
    assert (PICTURES / specimen.name).stat().st_size < HEAVIEST


def test_a_changed_source_makes_the_picture_another() -> None:
    specimen = SPECIMENS[0]
    (language, source), *others = specimen.sources
    changed = Specimen(specimen.name, ((language, f"{source} "), *others))
    assert changed.digest != specimen.digest == specimen.drawn == changed.drawn


def test_every_picture_has_a_place_and_is_described() -> None:
    text = "".join(chapter.read_text(encoding="utf-8") for chapter in MANUAL.glob("*.md"))
    described = re.findall(
        r"^:::\{image\} pictures/(\S+)\n:alt: .{20,}\n:scale: 50 %\n:::$", text, re.MULTILINE
    )
    assert sorted(described) == sorted(path.name for path in PICTURES.iterdir())
    assert sorted(described) == sorted(specimen.name for specimen in SPECIMENS)
