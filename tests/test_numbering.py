"""Section.paragraph: one number for every block, over all files."""

from __future__ import annotations

from dataclasses import replace

from apparatus.anchors import check_anchors, read_record, write_anchors
from apparatus.model import Block, EditedText, Origin
from apparatus.numbering import SourceBlock
from apparatus.numbering import number_blocks as blocks_numbered
from apparatus.problems import Problem


def number_blocks(*documents, **how) -> list[list[str]]:
    """The numbers alone."""
    return [[block.number for block in its] for its in blocks_numbered(*documents, **how)]


def heading(level: int = 1) -> SourceBlock:
    return SourceBlock("Heading", heading=level)


def paragraph() -> SourceBlock:
    return SourceBlock("Words.")


def subtitle() -> SourceBlock:
    return SourceBlock("Second line", is_subtitle=True)


def test_the_essay_is_numbered_from_its_title():
    blocks = [
        heading(),
        paragraph(),
        paragraph(),
        heading(2),
        subtitle(),
        paragraph(),
        heading(2),
        paragraph(),
    ]
    assert number_blocks([(0, blocks)]) == [["0", "0.1", "0.2", "1", "1.0", "1.1", "2", "2.1"]]


def test_a_section_runs_on_over_files_that_have_no_heading():
    assert number_blocks([(1, [heading(), paragraph()]), (None, [paragraph()])]) == [["1", "1.1"], ["1.2"]]


def test_each_file_with_a_heading_begins_the_next_section():
    assert number_blocks([(None, [heading(), paragraph()]), (None, [heading(), paragraph()])]) == [
        ["1", "1.1"],
        ["2", "2.1"],
    ]


def test_text_without_any_heading_has_a_section_all_the_same():
    assert number_blocks([(4, [paragraph(), paragraph()])]) == [["4.1", "4.2"]]


def test_deeper_headings_are_blocks_like_others():
    assert number_blocks([(1, [heading(), paragraph(), heading(3), paragraph()])]) == [
        ["1", "1.1", "1.2", "1.3"]
    ]
    assert number_blocks([(1, [heading(), heading(2)])], section_level=1) == [["1", "1.1"]]


def test_further_lines_of_a_heading_are_told_apart():
    assert number_blocks([(1, [heading(), subtitle(), subtitle()])]) == [["1", "1.0", "1.0a"]]


def text(*blocks: tuple[str, str]) -> EditedText:
    return EditedText(tuple(Block(number, words) for number, words in blocks))


PUBLISHED = text(
    ("1", "The Ferry"), ("1.1", "The ferry waited at the end of the road"), ("1.2", "Nobody spoke at all")
)


def compared(published: EditedText, now: EditedText) -> tuple[Problem, ...]:
    record, faults = read_record(write_anchors(published), "anchors.tsv")
    assert not faults
    return check_anchors(record, now)


def test_a_mended_reading_does_not_move_an_anchor():
    amended = text(
        ("1", "The Ferry"), ("1.1", "A ferry waited at the end of the road"), ("1.2", "Nobody spoke at all")
    )
    assert compared(PUBLISHED, amended) == ()


def test_an_anchor_that_has_gone_is_reported_with_where_its_text_is_now():
    now = text(("1", "The Ferry"), ("1.1", "Nobody spoke at all"))
    problems = compared(PUBLISHED, now)
    assert [str(p) for p in problems] == [
        "anchors.tsv:2: the published anchor 1.1 has come to mean another block; readers have cited it, so restore "
        "the order of the blocks, or say what became of it (python -m apparatus renumber), or remove this line if the anchor was never published [apparatus.anchor_lost]",
        "anchors.tsv:3: the published anchor 1.2 has gone; its text is now 1.1; readers have cited it, so restore "
        "the order of the blocks, or say what became of it (python -m apparatus renumber), or remove this line if the anchor was never published [apparatus.anchor_lost]",
    ]


LINES = ("The ferry waited at the end", "Nobody spoke at all", "The lamps were lit", "Then came the rain")


def numbered(*lines: str) -> EditedText:
    return text(("1", "The Ferry"), *((f"1.{i}", line) for i, line in enumerate(lines, 1)))


def test_anchors_that_moved_together_are_one_problem_that_names_the_block_in_their_way():
    now = numbered(LINES[0], "A dog barked", *LINES[1:])
    blocks = [replace(b, origin=Origin("text.md", i)) for i, b in enumerate(now.blocks, 1)]
    now = EditedText(tuple(blocks))
    assert [str(p) for p in compared(numbered(*LINES), now)] == [
        "anchors.tsv:3: the published anchors 1.2 to 1.4 have moved together, to 1.3 to 1.5; a block was added, divided, "
        "joined or taken away before them: 1.2 is now what stands in text.md:3; readers have cited them, so undo that "
        "[apparatus.anchor_lost]"
    ]


def test_an_anchor_taken_away_stands_before_those_that_it_moved():
    said = compared(numbered(*LINES), numbered(LINES[0], *LINES[2:]))
    assert [(p.origin and p.origin.line, p.message.partition(";")[0]) for p in said] == [
        (3, "the published anchor 1.2 has come to mean another block"),
        (4, "the published anchors 1.3 to 1.4 have moved together, to 1.2 to 1.3"),
    ]


def test_anchors_that_changed_places_are_told_one_by_one():
    said = compared(numbered(*LINES), numbered(*reversed(LINES)))
    assert len(said) == 4


def test_no_two_blocks_have_one_number_however_many_lines_a_heading_has():
    lines = [SourceBlock("A line", None, 0, True) for _ in range(40)]
    (numbers,) = number_blocks([(1, [heading(), *lines])])
    assert len(set(numbers)) == 41
    assert numbers[1:4] == ["1.0", "1.0a", "1.0b"]
    assert numbers[27:29] == ["1.0z", "1.1"]


def test_a_number_that_is_taken_is_not_given_again():
    problems = []
    two = [heading(), paragraph(), heading(2), paragraph()]
    first, second = number_blocks([(2, two), (1, two)], problems=problems)
    assert (first, second) == (["2", "2.1", "3", "3.1"], ["1", "1.1", "4", "4.1"])
    assert [problem.kind.value for problem in problems] == ["number_twice"]
