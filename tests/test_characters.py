"""White space and characters: one rule for text, entries, transcriptions and names, as the manual has it."""

from __future__ import annotations

import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from building import build, project
from docutils import nodes as dn

from apparatus.anchoring.words import find_all
from apparatus.characters import (
    Sort,
    differ_in_capitals,
    divides,
    fold_passage,
    is_unspaced,
    named,
    refused,
    sort_of,
    words,
)
from apparatus.conspectus import read_conspectus
from apparatus.model import Witness
from apparatus.notation import parse_entry
from apparatus.problems import ProblemKind
from apparatus.sphinxext.tree.text import has_text, text_of
from apparatus.transcription import read_transcription

MANUAL = Path(__file__).parent.parent / "source" / "manual" / "notation.md"
EVERY = [chr(i) for i in range(0x110000) if not 0xD800 <= i < 0xE000]  # surrogates cannot stand in UTF-8
#: All white space, separators, controls, joiners, controls of direction.
UNSEEN = [c for c in EVERY if unicodedata.category(c) in ("Zs", "Zl", "Zp", "Cc", "Cf")]
MARKS = [c for c in EVERY if unicodedata.category(c)[0] == "M"]
NO_CHARACTERS = [c for c in EVERY if 0xFDD0 <= ord(c) <= 0xFDEF or ord(c) & 0xFFFE == 0xFFFE]
SOME = [*"aZ0é中אا", "\ue000", "\U0010fffd", "\u0378", *".,;’'—†|+€"]


def rows() -> list[tuple[str, list[str]]]:
    """The table of the manual: each sort, and what it has."""
    found = re.findall(r"^\| (\w+) \| (`[^|]+) \|", MANUAL.read_text(encoding="utf-8"), re.MULTILINE)
    return [(sort, re.findall(r"`([^`]+)`", has)) for sort, has in found if sort in {s.value for s in Sort}]


def is_of(character: str, has: str) -> bool:
    """Whether a cell of the table has a character."""
    if has.startswith("U+xx"):
        return f"{ord(character):06X}".endswith(has[4:])
    if has.startswith("U+"):
        first, _, last = has.replace("U+", "").partition("–")
        return int(first, 16) <= ord(character) <= int(last or first, 16)
    return unicodedata.category(character).startswith(has.removesuffix("*"))


def test_the_table_of_the_manual_is_what_the_code_does() -> None:
    table = rows()
    assert [sort for sort, _ in table] == [
        *("folded", "refused", "fixed", "direction", "joining", "mark", "letter", "sign")
    ]
    for character in [*UNSEEN, *MARKS, *NO_CHARACTERS, *SOME]:
        told = next(sort for sort, has in table if any(is_of(character, one) for one in has))
        assert told == sort_of(character).value, named(character)


def paragraph(text: str) -> str:
    return text_of(dn.paragraph("", "", dn.Text(text)))


def reading(text: str) -> str:
    entry, problems = parse_entry(f'x ] "a {text} ;" A', {"A"})
    assert entry is not None and not problems
    return entry.readings[0].text.removeprefix("a ").removesuffix(" ;")


@pytest.mark.parametrize("around", ["a{}b", "a {} b", "a{0}{0}b", "{}ab{}"])
def test_text_entry_and_transcription_read_every_character_alike(tmp_path: Path, around: str) -> None:
    lines = [around.format(c, c) for c in [*UNSEEN, *MARKS, *NO_CHARACTERS, *SOME] if c not in "\r\n"]
    file = tmp_path / "A.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    transcription, _ = read_transcription(file, Witness("A", transcription="A.txt"))
    assert [block.text for block in transcription.blocks] == [fold_passage(line) for line in lines]
    for line in lines:
        if "\x00" not in line:  # docutils takes it for a mark of its own; it is refused before
            assert paragraph(line) == fold_passage(line)
        if around[0] == "a":  # at the ends of a reading a fixed space may stand
            assert reading(line) == fold_passage(line)


def test_what_is_folded_or_refused_is_a_blank_and_what_stays_stays() -> None:
    for character in [*UNSEEN, *MARKS, *NO_CHARACTERS, *SOME]:
        becomes = " " if sort_of(character) in (Sort.BLANK, Sort.REFUSED) else character
        assert fold_passage(f"a{character}b") == f"a{becomes}b", named(character)
        assert len(words(f"a{character}b")) == (2 if divides(character) else 1), named(character)
        is_refused = sort_of(character) is Sort.REFUSED
        assert [at for at, _ in refused(f"a{character}")] == ([1] if is_refused else []), named(character)


def test_a_lemma_ends_where_a_word_may_end() -> None:
    whole = (Sort.BLANK, Sort.SPACE, Sort.REFUSED, Sort.SIGN)
    for character in [*UNSEEN, *MARKS, *NO_CHARACTERS, *SOME]:
        found = [*find_all(f"ab{character}cd", "ab", 0, 5)]
        ends = is_unspaced(character) or sort_of(character) in whole
        assert bool(found) is ends, named(character)
        at_end = ends or sort_of(character) is Sort.DIRECTION
        assert bool([*find_all(f"ab{character}, cd", "ab", 0, 7)]) is at_end, named(character)


def test_no_unseen_character_is_in_a_siglum_or_a_hand() -> None:
    for character in [c for c in [*UNSEEN, *NO_CHARACTERS] if ord(c) > 0x9F]:  # the others are no TOML
        sort = sort_of(character)
        declared, problems = read_conspectus(
            f'[witness."A{character}"]\n[witness.B]\nhands = ["2{character}"]\n', "witnesses.toml"
        )
        assert [w.key for w in declared.witnesses] == ["B"], named(character)
        assert [p.kind for p in problems] == [ProblemKind.SIGLUM_MALFORMED, ProblemKind.BAD_CONSPECTUS]
        assert named(character) in problems[0].message or sort is Sort.BLANK


def test_a_build_reads_every_character_of_text_entry_and_transcription_alike(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apparatus.sphinxext.report.MANY", 10_000)  # all are told
    those = [c for c in [*UNSEEN, *NO_CHARACTERS] if c not in "\r\n"]
    passages = [f"One{c}two three.\n\n:::{{apparatus}}\nthree. ] drei{c}vier. A\n:::" for c in those]
    source = project(
        tmp_path / "source",
        "\n\n".join(passages),
        witnesses='[witness.A]\nname = "the copy"\ntranscription = "A.txt"\n',
        **{"A.txt": "\n".join(f"One{c}two drei{c}vier." for c in those)},
    )
    lines = (source / "index.md").read_text(encoding="utf-8").split("\n")
    wrong = [c for c in those if sort_of(c) is Sort.REFUSED]
    expected = {f"index.md:{i}" for i, line in enumerate(lines, 1) if any(c in line for c in wrong)}
    expected |= {f"A.txt:{i}" for i, c in enumerate(those, 1) if c in wrong}
    found = build(source, tmp_path / "build", allow="any").warnings
    # what turns the direction of writing stays in its place, and that nothing ends it is said besides
    warnings = [warning for warning in found if "[apparatus.unclosed_direction]" not in warning]
    assert all("[apparatus.refused_character]" in warning for warning in warnings)
    assert {warning.split(": ")[0] for warning in warnings} == expected


def test_a_hard_line_break_divides_words_and_a_file_that_is_included_is_read_alike(tmp_path: Path) -> None:
    source = project(
        tmp_path / "source",
        "One two\\\nthree four  \nfive.\n\n:::{apparatus}\ntwo three ] zwo\u2028drei A\n:::\n\n"
        "```{include} more.txt\n```\n",
        witnesses='[witness.A]\nname = "the copy"\ntranscription = "A.txt"\n',
        **{
            "A.txt": "One zwo drei four five.\nsechs sieben\n",
            "more.txt": "six\n\n:::{apparatus}\nsix ] sechs\u2029sieben A\n:::\n",
        },
    )
    built = build(source, tmp_path / "build", exclude_patterns=["more.txt"], allow="any")
    said = "is no character of a text; a blank is read instead: type one, or leave it out [apparatus.refused_character]"
    assert built.warnings == (
        f"index.md:10: WARNING: U+2028 line separator {said}",
        f"more.txt:4: WARNING: U+2029 paragraph separator {said}",
    )


@pytest.mark.parametrize(
    ("one", "other", "capitals"),
    [
        *(("Said", "said", True), ("ΟΔΟΣ", "οδος", True), ("ẞ", "ß", True), ("Ǆ", "ǆ", True)),
        *(("ſaid", "said", False), ("οδοσ", "οδος", False), ("ß", "ss", False), ("ᾳ", "αι", False)),
        *(("ﬁ", "fi", False), ("said", "said", False), ("said", "laid", False)),
    ],
)
def test_capitals_are_told_letter_by_letter(one: str, other: str, capitals: bool) -> None:
    assert differ_in_capitals(one, other) is differ_in_capitals(other, one) is capitals


def test_a_block_has_text_if_anything_of_it_is_left_when_it_is_folded() -> None:
    parts = ["", " ", "\u00a0", "\n\t", "a", "\u200b", "\u200e", "\x00", " b ", "\u2009."]
    for before, within, after in product(parts, repeat=3):
        block = dn.paragraph("", "", dn.Text(before), dn.emphasis("", "", dn.Text(within)), dn.Text(after))
        assert has_text(block) == (text_of(block) != ""), (before, within, after)
