"""An entry said aloud: every kind of reading is a plain English sentence."""

from __future__ import annotations

from typing import Any

import pytest

from apparatus.model import Conspectus, Group, Scholar, Witness
from apparatus.notation import parse_entry
from apparatus.render.runs import Standing
from apparatus.render.spoken import spoken_forms
from apparatus.render.style import STYLE, HouseStyle

CONSPECTUS = Conspectus(
    (Witness("A"), Witness("B"), Witness("W")),
    (Group("ω", ("A", "B")),),
    (Scholar("Madvig", "J. N. Madvig"),),
)


@pytest.mark.parametrize(
    ("line", "words", "expected"),
    [
        ("led ] lead W", "led", "for “led”, witness W reads “lead”"),
        ("led ] lead A B ; lad W", "led", "for “led”, witnesses A and B read “lead”; witness W reads “lad”"),
        ("led A ] lead W", "led", "for “led”, witness A has the text; witness W reads “lead”"),
        ("led ] lead ω", "led", "for “led”, witnesses A and B read “lead”"),
        ("led ] lead cett.", "led", "for “led”, the other witnesses read “lead”"),
        ("led ] lead Madvig", "led", "for “led”, J. N. Madvig reads “lead”"),
        ("refer ] om. W", "refer", "for “refer”, witness W omits it"),
        ("army ] add. of old A", "army", "for “army”, witness A adds “of old” after it"),
        ("army B ] add. of old A", "army", "for “army”, witness B adds nothing; witness A adds “of old” after it"),
        ("army A B ] praem. the W", "army",
         "for “army”, witnesses A and B add nothing; witness W adds “the” before it"),
        ("army A ] add. men B ; om. W", "army",
         "for “army”, witness A has the text; witness B adds “men” after it; witness W omits it"),
        ("army ] praem. the A B", "army", "for “army”, witnesses A and B add “the” before it"),
        ("army ] transp. post men A", "army", "for “army”, witness A has it after “men”"),
        ("army ] transp. ante 2.4: men A", "army", "for “army”, witness A has it before “men” in 2.4"),
        ("led ] ill. A", "led", "for “led”, witness A is illegible here"),
        ("led ] lac. A B", "led", "for “led”, witnesses A and B are lost here"),
        ("led ] del. A^2", "led", "for “led”, witness A in a second hand deletes it"),
        ("led ] secl. Madvig", "led", "for “led”, J. N. Madvig brackets it as spurious"),
        ("led ] crux.", "led", "for “led”, the editors find no cure"),
        ("led ] lead A^ac", "led", "for “led”, witness A before correction reads “lead”"),
        ("led ] lead A?", "led", "for “led”, witness A, it seems, reads “lead”"),
        ("led A? B W ] lad Madvig", "led",
         "for “led”, witnesses A, it seems, B and W have the text; J. N. Madvig reads “lad”"),
        ("led ] lad B A? Madvig", "led",
         "for “led”, witnesses B and A, it seems, and J. N. Madvig read “lad”"),
        ("led ] lad A? W? ω", "led",
         "for “led”, witnesses A, it seems, and W, it seems, and witnesses A and B read “lad”"),
        ("grey ] grey; A", "grey", "for “grey”, witness A reads “grey semicolon”"),
        ("grey ] grey semicolon A", "grey", "for “grey”, witness A reads “grey semicolon” in letters"),
        ("Grey ] grey semicolon A", "Grey", "for “Grey”, witness A reads “grey semicolon” in letters"),
        ("grey ] a semicolon A", "grey", "for “grey”, witness A reads “a semicolon” in letters"),
        ("grey ] colonel A", "grey", "for “grey”, witness A reads “colonel”"),
        ("grey ] long dash or two A", "grey", "for “grey”, witness A reads “long dash or two”"),
        ("army ] add. comma A", "army", "for “army”, witness A adds “comma” in letters after it"),
        ("comma ] coma A", "comma", "for “comma” in letters, witness A reads “coma”"),
        ("army ] add. ¶ men A", "army", "for “army”, witness A adds “new paragraph men” after it"),
        ("¶ ] om. A", "All of it.", "for the whole passage, witness A omits it"),
        ("Also … end ] om. A", "Also to the end", "for the words from “Also” to “end”, witness A omits it"),
        ("x – y ] x - y W", "x – y", "for “x – y”, witness W reads “x hyphen y”"),
        ("– ] om. W", "–", "for a dash, witness W omits it"),
        ("The ] the W", "The", "for “The”, witness W reads “the”, with other capitals"),
        ("οδοσ ] οδος W", "οδοσ", "for “οδοσ”, witness W reads “οδος”, with other forms of letters"),
        ("said ] ſaid W", "said", "for “said”, witness W reads “ſaid”, with other forms of letters"),
        ("ΟΔΟΣ ] οδος W", "ΟΔΟΣ", "for “ΟΔΟΣ”, witness W reads “οδος”, with other capitals"),
        ("ab ] a\u200db W", "ab",
         "for “ab”, witness W reads “a\u200db”, with other characters that are not seen (zero width joiner)"),
        ("a b ] a\u2009b W", "a b", "for “a b”, witness W reads “a\u2009b”, spaced differently"),
        ("a b ] a\u00a0b W", "a b", "for “a b”, witness W reads “a fixed blank b”"),
        ("the^1 ] a W", "the", "for the first “the”, witness W reads “a”"),
        ("the^12 ] a W", "the", "for “the” number 12, witness W reads “a”"),
        ("–^2 ] om. W", "–", "for the second dash, witness W omits it"),
        ("the^1 … men^2 ] om. A", "the old men",
         "for the words from the first “the” to the second “men”, witness A omits it"),
        ("lost. ¶ Then ] lost. Then W", "lost.\nThen",
         "for “lost. new paragraph Then”, witness W reads “lost full stop Then”, lacking a new paragraph"),
        ("€ ] £ A ; $ B", "€",
         "for euro sign, witness A reads pound sign; witness B reads dollar sign"),
        ("< ] > A", "<", "for less-than sign, witness A reads greater-than sign"),
        ("5 € ] 5 £ A", "5 €", "for “5 €”, witness A reads “5 pound sign”"),
        ("[and] ] {and} A", "[and]",
         "for “[and]”, witness A reads “left curly bracket and right curly bracket”"),
        ("one two, three ] one, two three A", "one two, three",
         "for “one two, three”, witness A reads “one comma two three”"),
        ("or ] ¶ A", "or", "for “or”, witness A reads a new paragraph"),
        ("a b ] a b W", "a\u00a0b", "for “a\u00a0b”, witness W reads “a b”, lacking a fixed blank"),
        ("Seven, ] Seven W", "Seven,", "for “Seven,”, witness W reads “Seven”, lacking a comma"),
        ("Seven, ] seven W", "Seven,", "for “Seven,”, witness W reads “seven”, with other capitals, lacking a comma"),
        ("– ] - W", "–", "for a dash, witness W reads a hyphen"),
        ('! ] "…" W', "!", "for an exclamation mark, witness W reads an ellipsis"),
        ("the^1 ] !? W", "the", "for the first “the”, witness W reads an exclamation mark and a question mark"),
        ("!^2 ] om. W", "!", "for the second exclamation mark, witness W omits it"),
        ("One ¶¶ two ] eins A", "One ¶ two", "for “One ¶ two”, witness A reads “eins”"),
        ("a ] a ¶¶ b A", "a", "for “a”, witness A reads “a ¶ b”"),
        ("a ] transp. post b ¶¶ c A", "a", "for “a”, witness A has it after “b ¶ c”"),
        ("arch enemies ] archenemies W", "arch enemies",
         "for “arch enemies”, witness W reads “archenemies”, spaced differently"),
    ],
)  # fmt: skip
def test_an_entry_is_said(line: str, words: str, expected: str) -> None:
    entry, problems = parse_entry(line, set(CONSPECTUS.keys))
    assert entry is not None and not problems
    assert spoken_forms(entry, words, CONSPECTUS, STYLE)[0] == expected


@pytest.mark.parametrize(
    ("line", "excepted", "said"),
    [
        ("led ω ] lad W", [("A", None)], "witness B has the text; witness W reads “lad”"),
        ("led ω ] lad W", [("A", None), ("B", None)], "witness W reads “lad”"),
        ("led codd. ] lad Madvig", [("A", None), ("B", None)], "all witnesses but A and B have the text; J. N. Madvig reads “lad”"),
        ("led ] lad cett. ; let W", [("B", 0)], "the other witnesses but B read “lad”; witness W reads “let”"),
        ("led ] lad ω", [("A", 0), ("B", 0)], "ω reads “lad”"),
        ("led ] lad ω ; let A", [("A", 0)], "witness B reads “lad”; witness A reads “let”"),
    ],
)  # fmt: skip
def test_nobody_is_said_to_read_what_only_a_siglum_for_several_gives_them(
    line: str, excepted: list[tuple[str, int | None]], said: str
) -> None:
    entry, _ = parse_entry(line, set(CONSPECTUS.keys))
    assert entry is not None
    assert spoken_forms(entry, "led", CONSPECTUS, STYLE, excepted=excepted)[0] == f"for “led”, {said}"


@pytest.mark.parametrize(
    ("style", "words", "lemma"),
    [
        ({"longest_lemma": 2}, "one two three", "one two three"),  # nothing would be left out
        ({"longest_lemma": 2}, "one two three four", "one two three four"),
        ({"longest_lemma": 2}, "one two three four five", "one two … four five"),
        ({"longest_lemma": 2, "kept_words": 1}, "one two three", "one … three"),
        ({"longest_lemma": 2, "kept_words": 0}, "one two three", "one … three"),
        ({"longest_lemma": 2, "kept_words": 1, "line_break": " "}, "one two three", "one … three"),
        ({"line_break": " "}, "one two three", "one two three"),
        ({"line_break": " / "}, "one / two", "one / two"),
        ({"line_break": " "}, "one\ntwo", "one new paragraph two"),
    ],
)
def test_a_lemma_is_said_as_its_words_are_whatever_the_house_style(
    style: dict[str, Any], words: str, lemma: str
) -> None:
    entry, _ = parse_entry("x ] y A", set(CONSPECTUS.keys))
    assert entry is not None
    made = HouseStyle(**style)
    assert spoken_forms(entry, words, CONSPECTUS, made)[0] == f"for “{lemma}”, witness A reads “y”"


def test_a_lemma_of_several_passages_is_said_to_be_that() -> None:
    entry, _ = parse_entry("¶ B ] om. A", set(CONSPECTUS.keys))
    assert entry is not None
    said = "for the whole of these passages, witness B has the passage; witness A omits it"
    assert spoken_forms(entry, "One.\nTwo.", CONSPECTUS, STYLE)[0] == said


def test_a_supplement_is_said_to_be_the_editors() -> None:
    entry, _ = parse_entry("refer ] om. W", {"W"})
    assert entry is not None
    said, _ = spoken_forms(entry, "refer", CONSPECTUS, STYLE, how=Standing.SUPPLEMENT)
    assert said == "for “refer”, supplied by the editors, witness W omits it"


def test_letters_that_are_composed_otherwise_are_said_once_composed_and_the_difference_named() -> None:
    entry, _ = parse_entry("Й ] И\u0306 W", {"W"})
    assert entry is not None
    assert (
        spoken_forms(entry, "Й", CONSPECTUS, STYLE)[0]
        == "for “Й”, witness W reads “Й”, differently encoded (NFD)"
    )
