"""Reading text and apparatus give back each witness."""

from __future__ import annotations

from dataclasses import replace

import pytest
from collating import FOUR, SmallEdition

from apparatus.model import Conspectus, Gap, Lemma, Place, Witness, Words
from apparatus.problems import ProblemKind

THEM = "They led the soldiers of the army."

#: Block, entry, and what A has; each row of the table in the manual.
TABLE = [
    (THEM, "led ] lead A", "They lead the soldiers of the army."),
    (THEM, "led ] lead B C ; lad A", "They lad the soldiers of the army."),
    (THEM, "led ] lead B C / leade A ; lad D", "They leade the soldiers of the army."),
    (THEM, "led A B ] lead C", THEM),
    (THEM, "led ] om. A", "They the soldiers of the army."),
    (THEM, "led ] om. A ; lad Madvig", "They the soldiers of the army."),
    (THEM, "led ] lad Madvig", THEM),
    (THEM, "army ] add. of liberation A", "They led the soldiers of the army of liberation."),
    (THEM, "army ] praem. whole A", "They led the soldiers of the whole army."),
    (THEM, "of the army ] transp. ante soldiers A", "They led the of the army soldiers."),
    (THEM, "led ] transp. post soldiers A", "They the soldiers led of the army."),
    (THEM, "led A^pc ] lead A^ac", THEM),
    (THEM, "led ] lead A^2", THEM),
    (THEM, "led ] lead A^mg", THEM),
    (THEM, "led ] ill. A", "They [ill.] the soldiers of the army."),
    (THEM, "led … army ] lac. A", "They [lac.]."),
    (THEM, "led ] lead A?", "They lead the soldiers of the army."),
    (THEM, "led ] secl. Madvig", THEM),
    (THEM, "led ] crux.", THEM),
    (THEM, "led ] del. A^2", THEM),
    (THEM, "the^2 ] an A", "They led the soldiers of an army."),
    (THEM, "They … soldiers ] om. A", "of the army."),
    (THEM, "the … the^2 ] om. A", "They led army."),
    (THEM, "led ] lead cett.", "They lead the soldiers of the army."),
    (THEM, "led ] lead codd.", "They lead the soldiers of the army."),
    (THEM, "led ] lead ω", "They lead the soldiers of the army."),
    (THEM, 'led ] "c ] d" A', "They c ] d the soldiers of the army."),
    (THEM, "led ] lead A (a Danicism)", "They lead the soldiers of the army."),
    (THEM, "led A (sic) ] lead B ; (a remark on the whole)", THEM),
    (THEM, "led Müller ] lead codd.", "They lead the soldiers of the army."),
]


@pytest.mark.parametrize(("block", "line", "expected"), TABLE, ids=[row[1] for row in TABLE])
def test_every_form_of_the_notation_is_applied(block: str, line: str, expected: str) -> None:
    assert SmallEdition([block], [line]).reads("A") == expected


THREE = ["They fought, lost.", "Then they left.", "The end came."]


@pytest.mark.parametrize(
    ("host", "line", "expected"),
    [
        (2, "¶ ] om. A", "They fought, lost. / The end came."),
        (2, "¶ ] transp. post 3 A", "They fought, lost. / The end came. / Then they left."),
        (3, "¶ ] transp. ante 1 A", "The end came. / They fought, lost. / Then they left."),
        (2, "¶ ] add. New text A", "They fought, lost. / Then they left. / New text / The end came."),
        (1, "¶ ] praem. New title A", "New title / They fought, lost. / Then they left. / The end came."),
        (3, "¶ ] add. One ¶ Two A", "They fought, lost. / Then they left. / The end came. / One / Two"),
        (1, "lost. ¶ Then ] lost. Then A", "They fought, lost. Then they left. / The end came."),
        (1, "fought, lost ] fought, ¶ lost A", "They fought, / lost. / Then they left. / The end came."),
        (1, "3: end ] close A", "They fought, lost. / Then they left. / The close came."),
        (1, "1–3: lost … The ] om. A", "They fought, end came."),
        (1, "2–3: ¶ ] om. A", "They fought, lost."),
        (1, "fought, ] transp. ante 2: left A", "They lost. / Then they fought, left. / The end came."),
        (1, "fought ] transp. post 2 A", "They, lost. / Then they left. fought / The end came."),
        (2, "¶ ] Other words A", "They fought, lost. / Other words / The end came."),
    ],
)
def test_blocks_are_omitted_moved_added_joined_and_split(host: int, line: str, expected: str) -> None:
    assert SmallEdition(THREE, [(host, line)]).reads("A") == expected


@pytest.mark.parametrize(
    ("block", "lines", "expected"),
    [
        ("a b c", ["b ] om. A"], "a c"),
        ("a b, c", ["b ] om. A"], "a, c"),
        ("a (b c)", ["b ] om. A"], "a (c)"),
        ("a b c", ["a ] om. A"], "b c"),
        ("a b c", ["c ] om. A"], "a b"),
        ("a b c d", ["b ] om. A", "c ] om. A"], "a d"),
        ("a b c", ["a ] om. A", "b ] om. A", "c ] om. A"], ""),
        ("a b c", ["b ] om. A", "a ] add. x A"], "a x c"),
        ("a b c", ["b ] om. A", "c ] praem. x A"], "a x c"),
        ("a b", ["a ] add. , A"], "a, b"),
        ("a, b", ["a ] add. x A"], "a x, b"),
        ("a, b", [", ] add. x A"], "a, x b"),
        ("a—b", ["a ] add. x A"], "a x—b"),
        ("a—b", ["— ] add. x A"], "a— x b"),
        ("(b)", ["( ] add. x A"], "(x b)"),
        ("a b", ["b ] praem. ( A"], "a (b"),
        ("a , b", [", ] praem. x A"], "a x, b"),
        ("a b", ["a ] add. x A", "a ] add. y A", "b ] praem. z A"], "a x y z b"),
        ("a b c", ["a b ] x A"], "x c"),
        ("a b c", ["a ] add. y A", "b ] x A"], "a y x c"),
    ],
)
def test_blanks_are_put_right(block: str, lines: list[str], expected: str) -> None:
    assert SmallEdition([block], lines).reads("A") == expected


def test_what_is_in_a_moved_span_moves_with_it() -> None:
    lines = ["b c ] transp. post d A", "b ] x A", "c ] add. y A", "d ] z A"]
    assert SmallEdition(["a b c d e"], lines).reads("A") == "a z x c y e"


def test_a_moved_span_may_take_a_transposition_along_and_receive_one() -> None:
    lines = ["b c d ] transp. post e A", "b ] transp. post c A", "f ] transp. ante d A"]
    assert SmallEdition(["a b c d e f g"], lines).reads("A") == "a e c b f d g"


def test_a_moved_block_takes_its_readings_and_added_blocks_along() -> None:
    lines = [(1, "¶ ] transp. post 2 A"), (1, "one ] 1 A"), (1, "¶ ] add. new A")]
    assert SmallEdition(["one", "two"], lines).reads("A") == "two / 1 / new"


def kinds(edition: SmallEdition, key: str = "A") -> list[ProblemKind]:
    return [p.kind for p in edition.witness(key).problems]


def words(edition: SmallEdition, key: str = "A") -> str:
    return " / ".join(b.text for b in edition.witness(key).blocks)


def test_the_longer_of_two_nested_readings_stands() -> None:
    edition = SmallEdition(["a b c d"], ["b ] x A", "a b c ] p q r A"])
    assert (words(edition), kinds(edition)) == ("p q r d", [ProblemKind.INNER_READING])


def test_an_inner_reading_that_agrees_with_the_longer_is_no_problem() -> None:
    assert SmallEdition(["a b c d"], ["b ] x A", "a b c ] p x r A"]).reads("A") == "p x r d"


def test_an_addition_inside_a_longer_reading_is_overruled() -> None:
    edition = SmallEdition(["a b c d"], ["b ] add. y A", "a b c ] p q r A"])
    assert (words(edition), kinds(edition)) == ("p q r d", [ProblemKind.INNER_READING])


def test_of_readings_that_overlap_in_part_the_first_stands() -> None:
    edition = SmallEdition(["a b c d"], ["b c ] y A", "a b ] x A"])
    assert (words(edition), kinds(edition)) == ("x c d", [ProblemKind.OVERLAPPING_READINGS])


@pytest.mark.parametrize(
    "lines", [["a b c ] transp. post b A"], ["a b ] transp. post d A", "c d ] transp. post a A"]]
)
def test_what_would_be_moved_into_itself_stays(lines: list[str]) -> None:
    edition = SmallEdition(["a b c d e"], lines)
    assert sorted(words(edition).split()) == ["a", "b", "c", "d", "e"]
    assert kinds(edition) == [ProblemKind.TARGET_INSIDE]


def test_no_word_is_lost_where_moved_words_hold_some_that_stay() -> None:
    lines = ["a b ] transp. post a b c A", "a ] transp. post a A", "c d ] transp. post a A"]
    edition = SmallEdition(["a b c d e f"], lines)
    assert sorted(words(edition).split()) == ["a", "b", "c", "d", "e", "f"]
    assert kinds(edition) == [ProblemKind.TARGET_INSIDE] * 2


def test_a_transposition_into_replaced_words_is_overruled_and_loses_nothing() -> None:
    edition = SmallEdition(["a b c d e"], ["b c d ] x y A", "e ] transp. post c A"])
    assert (words(edition), kinds(edition)) == ("a x y e", [ProblemKind.INNER_READING])


def gapped(mark: str = "[lac.]") -> Conspectus:
    gap = Gap(Place("1", "3"), Lemma(Words("lost"), Words("The")))
    return replace(FOUR, witnesses=(Witness("A", gaps=(gap,), lac_mark=mark), *FOUR.witnesses[1:]))


def test_a_gap_is_a_lacuna_to_the_word() -> None:
    lines = [(2, "left ] went ω"), (1, "They ] Men A")]
    assert SmallEdition(THREE, lines, gapped()).reads("A") == "Men fought, [lac.] end came."
    assert SmallEdition(THREE, lines, gapped("")).reads("A") == "Men fought, end came."
    assert (
        SmallEdition(THREE, lines, gapped()).reads("B")
        == "They fought, lost. / Then they went. / The end came."
    )


def test_a_gap_stands_before_a_reading_that_it_cuts_in_two() -> None:
    edition = SmallEdition(THREE, ["fought, lost ] won A"], gapped())
    assert words(edition) == "They fought, [lac.] end came."
    assert kinds(edition) == [ProblemKind.OVERLAPPING_READINGS]


def test_each_block_remembers_where_it_began() -> None:
    edition = SmallEdition(THREE, [(1, "lost. ¶ Then ] lost. Then A"), (3, "¶ ] add. New A")])
    assert [b.home for b in edition.witness("A").blocks] == [0, 2, 2]


@pytest.mark.parametrize(
    ("line", "homes"),
    [
        ("1–3: fought … end ] 2 ¶ 3 A", [0, 2]),  # what is left of the third passage is the third
        ("1–3: fought … end ] 2 A", [0]),
        ("1–3: fought … came. ] 2 ¶ 3 A", [0, 1]),  # nothing is left that could tell
        ("1–3: They … end ] 1 A", [0]),
        ("2–3: Then … end ] 2 A", [0, 1]),  # it has not begun before
        ("1–3: They … end ] 1 ¶ 2 ¶ 3 A", [0, 1, 2]),
    ],
)
def test_the_end_of_a_reading_over_several_blocks_belongs_to_that_with_whose_words_it_goes_on(
    line: str, homes: list[int]
) -> None:
    assert [b.home for b in SmallEdition(THREE, [line]).witness("A").blocks] == homes


@pytest.mark.parametrize(
    ("lines", "homes"),
    [
        (["here ] transp. ante 2: Two A"], [0, 1, 2]),
        ([(3, "now ] transp. ante 2: Two A"), (2, "there ] dort A")], [0, 1, 2]),
        (["1: ¶ ] transp. post 3 A"], [1, 2, 0]),
    ],
)
def test_words_moved_to_the_head_of_a_block_leave_it_where_its_own_words_are(
    lines: list[str | tuple[int, str]], homes: list[int]
) -> None:
    edition = SmallEdition(["One here.", "Two there.", "Three now."], lines)
    assert [block.home for block in edition.witness("A").blocks] == homes


def test_the_marks_of_illegible_and_lost_words_are_declared() -> None:
    own = replace(FOUR, witnesses=(Witness("A", ill_mark="***", lac_mark="<…>"),))
    assert (
        SmallEdition([THEM], ["led ] ill. A", "the army ] lac. A"], own).reads("A")
        == "They *** the soldiers of <…>."
    )


@pytest.mark.parametrize(
    ("lines", "hand", "words"),
    [
        (("cat ] dog A^pc", "cat ] cow A^2"), "2", "cow"),
        (
            ("cat ] dog A^pc", "cat ] cow A^2"),
            "3",
            "cow",
        ),  # a hand that says nothing stands on the last before it
        (("cat ] dog A^2", "cat ] cow A^3"), "4", "cow"),
        (("cat ] dog A", "cat ] cow A^c"), None, "dog"),
        (("cat ] dog A^pc", "cat A^2 ] cow B"), "2", "cat"),  # what was changed is restored
        (("cat ] dog A^pc", "cat ] cat A^2"), "3", "cat"),
        (("cat ] dog A^pc", "cat A^2 ] add. here B"), "2", "dog"),  # it adds nothing, and changes nothing
        (("cat ] dog A^pc", "cat ] om. A^2"), "2", ""),
    ],
)
def test_of_two_hands_the_later_one_s_word_stands_in_whatever_order(
    lines: tuple[str, ...], hand: str | None, words: str
) -> None:
    for order in (lines, lines[::-1]):
        assert SmallEdition(["The cat sat."], order).reads("A", hand) == f"The {words} sat.".replace(
            "  ", " "
        )


def test_a_reading_that_a_later_hand_s_longer_one_replaces_contradicts_nothing() -> None:
    edition = SmallEdition(["The cat sat."], ["cat ] dog A^pc", "The cat ] That cow A^2"])
    assert edition.reads("A", "2") == "That cow sat."


def test_a_later_hand_stands_on_earlier_corrections_and_on_the_bare_siglum() -> None:
    edition = SmallEdition(["a b c d e"], ["a ] 1 A", "b ] 2 A^ac", "c ] 3 A^2", "c ] x A", "d ] 4 A^pc"])
    assert [edition.reads("A", hand) for hand in (None, "ac", "2")] == ["1 b x 4 e", "1 2 x d e", "1 b 3 4 e"]


@pytest.mark.parametrize(
    ("block", "lines", "expected"),
    [
        ("one two, three.", ("one ] once A", "two ] om. A"), ["once", "", ", three."]),
        ("one two", ("one ] once A", "two ] om. A"), ["once", ""]),
        ("one two three", ("one ] add. x A", "two three ] om. A"), ["one", " ", "x", ""]),
    ],
)
def test_of_a_blank_that_goes_with_words_cut_out_no_piece_is_left(
    block: str, lines: tuple[str, ...], expected: list[str]
) -> None:
    (made,) = SmallEdition([block], lines).witness("A").blocks
    assert [piece.text for piece in made.pieces] == expected


@pytest.mark.parametrize("sign", [*list("׃،؟؛։।。、›‽—”»՞።"), "?!", "…"])
def test_a_sign_that_stood_close_to_words_that_are_cut_stands_so_to_those_before(sign: str) -> None:
    edition = SmallEdition([f"One two three{sign}"], ["three ] om. A ; transp. ante two B"])
    assert edition.reads("A") == f"One two{sign}"
    assert edition.reads("B") == f"One three two{sign}"


@pytest.mark.parametrize("sign", list("(„‹«¿⟨"))
def test_a_sign_that_opens_stands_close_to_the_words_after_those_that_are_cut(sign: str) -> None:
    assert SmallEdition([f"One {sign}two three four"], ["two ] om. A"]).reads("A") == f"One {sign}three four"
