"""Transcriptions: what is text in a file, and the exact message for what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apparatus import transcription
from apparatus.model import LineRule, Origin, Witness
from apparatus.problems import ProblemKind
from apparatus.transcription import TranscribedBlock, Transcription, read_transcription

HERE = Origin("w.toml", 3)


def witness(*lines: LineRule, blocks_by: str = "line") -> Witness:
    return Witness("A", transcription="A.txt", lines=lines, blocks_by=blocks_by, origin=HERE)


def read(
    folder: Path, data: bytes | str, described: Witness | None = None
) -> tuple[Transcription, list[str]]:
    path = folder / "A.txt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    found, problems = read_transcription(path, described or witness())
    return found, [str(problem).removeprefix(f"{folder}/") for problem in problems]


def blocks(transcription: Transcription) -> list[tuple[int, str]]:
    return [(block.line, block.text) for block in transcription.blocks]


@pytest.mark.parametrize(
    "rule",
    [
        LineRule("layout", match="(a+)+$"),
        LineRule("paratext", begin="(a|aa)+$"),
        LineRule("paratext", begin="^a", end=r"(?=(a+)+b\1)"),
    ],
    ids=["match", "begin", "end"],
)
def test_a_rule_that_comes_to_no_end_is_left_out_and_the_others_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rule: LineRule
) -> None:
    monkeypatch.setattr(transcription, "LONGEST", 0.2)
    text = f"{'a' * 60}c\nb\n- c\n"
    found, problems = read(tmp_path, text, witness(rule, LineRule("layout", match="^- ")))
    assert [words for _, words in blocks(found)] == ["a" * 60 + "c", "b", "c"]
    (problem,) = problems
    assert problem.startswith("w.toml:3: rule 1 about the lines of witness 'A' wants more than 0.2 seconds")


def test_a_line_is_a_block_and_white_space_is_folded(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "Title\n\n one \t two\u00a0three \n\nfour")
    assert blocks(found) == [(1, "Title"), (3, "one two\u00a0three"), (5, "four")]
    assert not problems


def test_blank_lines_divide_blocks_where_the_witness_says_so(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "\nTitle\n \n\none\n  two\n\n", witness(blocks_by="blank"))
    assert blocks(found) == [(2, "Title"), (5, "one two")]


def test_an_empty_file_has_no_blocks(tmp_path: Path) -> None:
    assert read(tmp_path, "") == (
        Transcription(),
        [
            "A.txt:1: the transcription of witness 'A' has no text, and is not compared: type it, or take "
            "'transcription' out [apparatus.transcription_empty]"
        ],
    )


def test_only_line_feeds_and_carriage_returns_end_a_line(tmp_path: Path) -> None:
    found, problems = read(tmp_path, "a\u2028b\u0085c\x1cd\ne")
    assert blocks(found) == [(1, "a b c d"), (2, "e")]
    assert problems == [
        "A.txt:1: U+2028 line separator, U+0085 next line, U+001C control character are no characters of a text; a "
        "blank is read instead: type one, or leave it out [apparatus.refused_character]"
    ]


def test_paratext_is_set_aside_with_its_lines_and_layout_is_dropped(tmp_path: Path) -> None:
    rules = (
        LineRule("paratext", begin="^Leave a Reply$"),
        LineRule("layout", match=r"^\s+(?:• )?"),
        LineRule("paratext", match=r"\[\d+\]"),
    )
    found, problems = read(tmp_path, "One [1]two\n   • three\nLeave a Reply\n\nName", witness(*rules))
    assert blocks(found) == [(1, "One two"), (2, "three")]
    assert found.paratext == (
        TranscribedBlock("[1]", 1),
        TranscribedBlock("Leave a Reply", 3),
        TranscribedBlock("Name", 5),
    )
    assert not problems


def test_a_rule_with_an_end_takes_that_line_too(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "a\n<x>\nb\n</x>\nc", witness(LineRule("layout", begin="<x>", end="</x>")))
    assert blocks(found) == [(1, "a"), (5, "c")]


def test_a_line_that_a_rule_takes_whole_divides_no_blocks(tmp_path: Path) -> None:
    rule = LineRule("layout", match="^p. [0-9]+$")
    found, _ = read(tmp_path, "one\np. 2\ntwo\n\nthree", witness(rule, blocks_by="blank"))
    assert blocks(found) == [(1, "one two"), (5, "three")]


def test_rules_apply_in_their_order(tmp_path: Path) -> None:
    rules = (LineRule("layout", match="^> "), LineRule("paratext", begin="^Notes"))
    found, problems = read(tmp_path, "> one\n> Notes\n> two", witness(*rules))
    assert blocks(found) == [(1, "one")]
    assert not problems


def test_a_rule_that_matches_nothing_is_reported(tmp_path: Path) -> None:
    rules = (
        LineRule("layout", match="^• "),
        LineRule("paratext", begin="^Reply"),
        LineRule("paratext", begin="^two", end="^ten"),
    )
    found, problems = read(tmp_path, "one\ntwo\nthree", witness(*rules))
    assert blocks(found) == [(1, "one")]
    assert problems == [
        "w.toml:3: rule 1 about the lines of witness 'A' matches nothing: match = '^• '; mend the expression or take the "
        "rule out [apparatus.line_rule_unused]",
        "w.toml:3: rule 2 about the lines of witness 'A' matches nothing: begin = '^Reply'; mend the expression or take the "
        "rule out [apparatus.line_rule_unused]",
        "w.toml:3: rule 3 about the lines of witness 'A' matches nothing: end = '^ten', so it takes the rest of the file; "
        "mend the expression or take the rule out [apparatus.line_rule_unused]",
    ]


def test_a_missing_file_names_the_nearest_in_its_folder(tmp_path: Path) -> None:
    (tmp_path / "Ambr.txt").touch()
    found, problems = read_transcription(tmp_path / "Amb.txt", witness())
    assert found == Transcription()
    assert [str(p) for p in problems] == [
        f"w.toml:3: the transcription 'Amb.txt' of witness 'A' is not in {tmp_path}; did you mean 'Ambr.txt'? "
        "[apparatus.transcription_missing]"
    ]


def test_a_missing_file_in_a_missing_folder_is_reported(tmp_path: Path) -> None:
    _, problems = read_transcription(tmp_path / "no" / "A.txt", witness())
    assert [p.message for p in problems] == [
        f"the transcription 'A.txt' of witness 'A' is not in {tmp_path / 'no'}; mend the path or put the file there"
    ]


def test_a_folder_is_no_transcription(tmp_path: Path) -> None:
    _, problems = read_transcription(tmp_path, witness())
    assert [p.kind for p in problems] == [ProblemKind.TRANSCRIPTION_MISSING]
    assert "cannot be read: is a directory" in problems[0].message


def test_a_file_that_is_not_utf8_is_read_as_well_as_can_be(tmp_path: Path) -> None:
    found, problems = read(tmp_path, b"one\ntw\xf6 b\nthree")
    assert blocks(found) == [(1, "one"), (2, "tw\ufffd b"), (3, "three")]
    assert problems == [
        "A.txt:2: the transcription is not UTF-8: byte 6, in line 2, is 0xf6; save it as UTF-8 "
        "[apparatus.transcription_not_utf8]"
    ]


def test_a_byte_order_mark_is_reported_and_dropped(tmp_path: Path) -> None:
    found, problems = read(tmp_path, b"\xef\xbb\xbfone")
    assert blocks(found) == [(1, "one")]
    assert problems == [
        "A.txt:1: the transcription begins with a byte order mark; save it as UTF-8 without one "
        "[apparatus.transcription_bom]"
    ]


def test_crlf_line_ends_are_reported_and_folded(tmp_path: Path) -> None:
    found, problems = read(tmp_path, b"one\ntwo\r\n\r\nthree")
    assert blocks(found) == [(1, "one"), (2, "two"), (4, "three")]
    assert problems == [
        "A.txt:2: 2 lines of the transcription end in CRLF; save it with LF line ends [apparatus.transcription_crlf]"
    ]


def test_cr_line_ends_are_reported_and_folded(tmp_path: Path) -> None:
    found, problems = read(tmp_path, b"one\rtwo")
    assert blocks(found) == [(1, "one"), (2, "two")]
    assert problems == [
        "A.txt:1: 1 line of the transcription ends in CR; save it with LF line ends [apparatus.transcription_crlf]"
    ]


@given(st.one_of(st.binary(), st.text().map(str.encode)), st.sampled_from(["line", "blank"]))
def test_no_file_makes_the_reader_raise(tmp_path_factory: object, data: bytes, blocks_by: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"  # type: ignore[attr-defined]
    path.write_bytes(data)
    rules = (LineRule("layout", match="a+"), LineRule("paratext", begin="b", end="c"))
    found, _ = read_transcription(path, witness(*rules, blocks_by=blocks_by))
    assert all(block.text.strip(" \t\r\n\f\v") == block.text != "" for block in found.blocks)


@pytest.mark.parametrize(
    ("rule", "reported"),
    [
        (LineRule("layout", match="wo.*"), "'wo'"),
        (LineRule("layout", begin="^three"), "'three' and 1 more"),
        (LineRule("layout", match=r"^\W+|\d+"), None),
        (LineRule("paratext", match="wo"), None),
    ],
)
def test_a_rule_about_layout_takes_no_words_in_silence(
    tmp_path: Path, rule: LineRule, reported: str | None
) -> None:
    _, problems = read(tmp_path, "One two\n• 3\nthree\nfour", witness(rule))
    wanted = "; mend the expression, or if these are words besides the text, write 'paratext' [apparatus.layout_has_words]"
    assert [p.partition("takes letters, here ")[2] for p in problems] == (
        [reported + wanted] if reported else []
    )
