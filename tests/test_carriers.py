"""Which witnesses carry a passage: told from transcriptions, from the register, from what entries say by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import EDITIONS, build, project
from printing import typeset

from apparatus.carriers import Carries, carriers_of, together
from apparatus.sphinxext.domain import domain_of

FOUR = EDITIONS / "four-witnesses"
WHOLE, PART, SOME, NOT, UNKNOWN = Carries
TEXT = """\
# Title

The cat sat on the mat.

:::{apparatus}
%s
:::

It slept all day. []{n="1.2b"}Then it rose and went.

:::{apparatus}
%s
:::
"""


def found(folder: Path, register: str, first: str = "", second: str = "", **files: str) -> dict[str, Carries]:
    """What witness A has of each passage."""
    text = TEXT % (first, second)
    source = project(folder / "source", text, witnesses=f'[witness.A]\nname = "A"\n{register}', **files)
    edition = domain_of(build(source, folder / "out", allow="any").app.env).edition
    assert edition is not None
    its = carriers_of(edition, range(len(edition.text.blocks)))
    return {number: one["A"] for number, one in its.items()}


TRANSCRIBED = 'transcription = "A.txt"\n'


@pytest.mark.parametrize(
    ("register", "first", "second", "transcription", "expected"),
    [
        # what it has in other words it has; a word that it leaves out is not a part that is lost
        (TRANSCRIBED, "cat ] dog A\nmat ] om. A", "", "Title\nThe dog sat on the.\nIt slept all day. Then it rose and went.\n",
         (WHOLE, WHOLE, WHOLE)),
        (TRANSCRIBED, "", "¶ ] om. A", "Title\nThe cat sat on the mat.\n", (WHOLE, NOT, NOT)),
        (TRANSCRIBED, "", "Then … went. ] om. A", "Title\nThe cat sat on the mat.\nIt slept all day.\n", (WHOLE, WHOLE, NOT)),
        # what is elsewhere is there
        (TRANSCRIBED, "¶ ] transp. post 1.2: ¶ A", "", "Title\nIt slept all day. Then it rose and went.\nThe cat sat on the mat.\n",
         (WHOLE, WHOLE, WHOLE)),
        (TRANSCRIBED, "on the mat ] lac. A", "", "Title\nThe cat sat [lac.].\nIt slept all day. Then it rose and went.\n",
         (PART, WHOLE, WHOLE)),
        (TRANSCRIBED, "¶ ] ill. A", "", "Title\n[ill.]\nIt slept all day. Then it rose and went.\n", (PART, WHOLE, WHOLE)),
        # a declared gap
        (TRANSCRIBED + 'gaps = ["1.2: It … day."]\n', "", "", "Title\nThe cat sat on the mat.\n[lac.] Then it rose and went.\n",
         (WHOLE, NOT, WHOLE)),
        # without a transcription: what the register declares, and what entries say by name
        ('silence = "agrees"\n', "cat ] dog A", "¶ ] om. A", "", (WHOLE, NOT, NOT)),
        ('silence = "agrees"\ngaps = ["1.1: ¶"]\n', "", "", "", (NOT, WHOLE, WHOLE)),
        ("", "cat ] dog A", "", "", (SOME, UNKNOWN, UNKNOWN)),
        ('silence = "unknown"\n', "cat A ] dog codd.", "slept ] om. A", "", (SOME, UNKNOWN, UNKNOWN)),
        ('silence = "unknown"\ngaps = ["1.1: ¶"]\n', "", "¶ ] om. A", "", (NOT, NOT, NOT)),
        ('silence = "unknown"\n', "cat ] dog codd.", "", "", (UNKNOWN, UNKNOWN, UNKNOWN)),
    ],
)  # fmt: skip
def test_a_witness_carries_what_it_is_known_to_have(
    register: str,
    first: str,
    second: str,
    transcription: str,
    expected: tuple[Carries, ...],
    tmp_path: Path,
) -> None:
    files = {"A.txt": transcription} if transcription else {}
    its = found(tmp_path, register, first, second, **files)
    assert tuple(its[number] for number in ("1.1", "1.2", "1.2b")) == expected


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((WHOLE, WHOLE), WHOLE),
        ((WHOLE, NOT), PART),
        ((WHOLE, PART), PART),
        ((NOT, NOT), NOT),
        ((WHOLE, UNKNOWN), SOME),
        ((NOT, UNKNOWN), UNKNOWN),
        ((SOME, NOT), SOME),
    ],
)
def test_of_several_passages_no_more_is_said_than_is_known(
    parts: tuple[Carries, ...], whole: Carries
) -> None:
    assert together(parts) is together(reversed(parts)) is whole


def test_where_nothing_is_compared_nothing_is_said(tmp_path: Path) -> None:
    built = build(FOUR, tmp_path, allow="any", apparatus_collation=False, apparatus_carriers=True)
    assert "Transmitted" not in built.page("text")


def test_pages_say_it_at_each_section_and_at_passages_for_who_asks(tmp_path: Path) -> None:
    page = build(FOUR, tmp_path, apparatus_carriers=True).page("text")
    sections = re.findall(r'<p class="carriers-of-section[^>]*>(.*?)</p>', page)
    assert sections == ["Transmitted in A, B; in part in C, D; at least in part in E."]
    passages = re.findall(r'<span class="carriers [^>]*>(.*?)</span>', page)
    assert passages[3:5] == [
        "Transmitted in A, B, D; not in C; not known of E.",
        "Transmitted in A, B, C; in part in D; not known of E.",
    ]
    assert 'name="show-carriers"' in page and 'name="show-carriers" checked' not in page


def test_without_the_setting_nothing_of_it_is_there(tmp_path: Path) -> None:
    assert "carriers" not in build(FOUR, tmp_path).page("text")


def test_the_book_on_a_device_says_it_at_the_sections_alone(tmp_path: Path) -> None:
    built = build(FOUR, tmp_path, builder="text", apparatus_carriers=True, allow="any")
    assert (built.out / "text.txt").read_text(encoding="utf-8").count("Transmitted in") == 1


@pytest.mark.tex
def test_the_foot_of_a_printed_page_says_it_of_the_passages_of_the_page(tmp_path: Path) -> None:
    paper = typeset(FOUR, tmp_path, apparatus_carriers=True)
    page = paper.places["1.1"].page
    words = " ".join(word.text for word in paper.pages[page - 1])
    assert "1–1.8: in A, B; in part in C, D; at least in part in E" in words
