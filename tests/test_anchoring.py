"""Lemmata find their words, or the problem says why not and what would mend it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apparatus.anchoring import anchor, find_lemma
from apparatus.model import (
    BREAK,
    Block,
    EditedText,
    Entry,
    Kind,
    Lemma,
    Note,
    Origin,
    Place,
    Reading,
    Siglum,
    Span,
    Target,
    Words,
)
from apparatus.notation import parse_entry
from apparatus.problems import Problem, ProblemKind

ORIGIN = Origin("text.md", 7)
TEXT = EditedText(
    (
        Block("2.4", "The soldiers of the army fought, and then they lost."),
        Block("2.5", "Then the war (so they say) was “over”; ἀνήρ, don’t pulled led."),
        Block("2.6", "Also sprach er, officially, ha ha ha. the end the last"),
    )
)


def lemma(first: str, n: int | None = None, last: str | None = None, m: int | None = None) -> Lemma:
    return Lemma(Words(first, n), None if last is None else Words(last, m))


def entry(of: Lemma, place: Place | None = None, *readings: Reading) -> Entry:
    return Entry(of, readings or (Reading(Kind.OM, sigla=(Siglum("A"),)),), place=place, origin=ORIGIN)


def found(of: Lemma, host: int | None = 0, place: Place | None = None, text: EditedText = TEXT) -> str:
    (result,), problems = anchor(text, [(entry(of, place), host)])
    assert not problems
    assert result.home == text.block_at(result.span.start)
    return text.slice(result.span)


def problem(
    of: Lemma, host: int | None = 0, place: Place | None = None, text: EditedText = TEXT
) -> tuple[ProblemKind, str]:
    results, problems = anchor(text, [(entry(of, place), host)])
    assert results == ()
    assert [p.origin for p in problems] == [ORIGIN]
    return problems[0].kind, problems[0].message


def offset(of: Lemma, host: int) -> int:
    (result,), _ = anchor(TEXT, [(entry(of), host)])
    return result.span.start - TEXT.starts[host]


def test_a_lemma_is_found_in_its_block() -> None:
    assert found(lemma("army fought,")) == "army fought,"


def test_letters_at_the_edge_keep_a_lemma_from_splitting_a_word() -> None:
    assert offset(lemma("led"), 1) == TEXT.blocks[1].text.index(" led.") + 1


def test_a_lemma_never_splits_a_letter_from_its_accents() -> None:
    text = EditedText((Block("1", unicodedata.normalize("NFD", "é e")),))
    (result,), _ = anchor(text, [(entry(lemma("e")), 0)])
    assert result.span == Span(3, 4)


def test_punctuation_at_the_edge_matches_anywhere() -> None:
    assert found(lemma(","), 0) == ","
    assert found(lemma("’t"), 1) == "’t"


def test_case_counts() -> None:
    assert offset(lemma("the"), 0) == TEXT.blocks[0].text.index("the army")


def test_an_occurrence_number_counts_whole_words_in_the_block() -> None:
    assert offset(lemma("the", 2), 2) == TEXT.blocks[2].text.index("the last")


def test_occurrences_that_overlap_each_count() -> None:
    assert offset(lemma("ha ha", 2), 2) == TEXT.blocks[2].text.index("ha ha") + 3
    assert problem(lemma("ha ha"), 2)[0] is ProblemKind.LEMMA_AMBIGUOUS


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (lemma("Also", last="officially"), "Also sprach er, officially"),
        (lemma("the", last="the", m=2), "the end the"),
        (lemma("the", 2, "last"), "the last"),
        (lemma("sprach", last="ha", m=2), "sprach er, officially, ha ha"),
    ],
)
def test_a_long_lemma_may_be_abbreviated(of: Lemma, words: str) -> None:
    assert found(of, 2) == words


def test_a_lemma_with_a_break_runs_on() -> None:
    assert found(lemma(f"lost.{BREAK}Then")) == f"lost.{BREAK}Then"


def test_the_whole_block_is_a_lemma_without_its_break() -> None:
    assert found(Lemma(None), 1) == TEXT.blocks[1].text


def test_a_place_stands_for_the_host() -> None:
    assert found(lemma("they"), None, Place("2.5")) == "they"


def test_in_a_range_the_start_is_in_the_first_block_and_the_end_in_the_last() -> None:
    assert found(lemma("fought", last="the", m=2), 2, Place("2.4", "2.6")).endswith("the end the")
    assert found(lemma("lost.", last="officially"), None, Place("2.4", "2.6")).startswith(
        "lost.\nThen the war"
    )
    assert found(Lemma(None), None, Place("2.4", "2.5")) == TEXT.joined[: TEXT.span(1).end]
    assert found(lemma(f"lost.{BREAK}Then"), None, Place("2.4", "2.5")) == f"lost.{BREAK}Then"


def transposed(target: Target) -> tuple[str | None, list[ProblemKind]]:
    moved = Reading(Kind.TRANSP, target=target, sigla=(Siglum("A"),))
    other = Reading(Kind.OM, sigla=(Siglum("B"),))
    (result,), problems = anchor(TEXT, [(entry(lemma("army"), None, other, moved), 0)])
    first, second = result.targets
    assert first is None
    return second and TEXT.slice(second), [p.kind for p in problems]


def test_a_transposition_has_a_target_in_the_block_or_in_another() -> None:
    assert transposed(Target(False, None, lemma("soldiers"))) == ("soldiers", [])
    assert transposed(Target(True, "2.5", lemma("they"))) == ("they", [])
    assert transposed(Target(True, "2.6")) == (TEXT.blocks[2].text, [])


def test_an_entry_whose_target_is_missing_keeps_its_place() -> None:
    assert transposed(Target(False, None, lemma("sailors"))) == (None, [ProblemKind.TARGET_NOT_FOUND])
    assert transposed(Target(False, "9", lemma("army"))) == (None, [ProblemKind.NO_SUCH_BLOCK])
    assert transposed(Target(False, "2.6", lemma("the"))) == (None, [ProblemKind.LEMMA_AMBIGUOUS])


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("ante 2nd", '; as a word it is quoted: transp. ante "2nd"'),
        ("post 2nd", '; as a word it is quoted: transp. post "2nd"'),
        ("ante 3rd", ""),  # it does not stand there
        ("ante 2nd: army", ""),  # a number is meant
    ],
)
def test_a_target_that_was_taken_for_a_number_is_to_be_quoted(target: str, hint: str) -> None:
    text = EditedText((Block("1", "The 2nd army came."),))
    moved, _ = parse_entry(f"army ] transp. {target} A", {"A"})
    assert moved is not None
    _, (said,) = anchor(text, [(moved, 0)])
    number = target.split()[1].rstrip(":")
    assert said.message == f"the target of transp.: there is no block {number} in the text{hint}"


def test_a_missing_lemma_is_answered_with_the_nearest_words() -> None:
    assert problem(lemma("armies fought")) == (
        ProblemKind.LEMMA_NOT_FOUND,
        "“armies fought” is not in block 2.4: the nearest there is “army fought”",
    )


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ('"over"', "it stands there with curly and straight quotes exchanged: “over”"),
        ("Pulled", "it stands there with other capitals: “pulled”"),
        ("pull", "it stands there only as part of “pulled”; take whole words"),
    ],
)
def test_a_near_miss_is_named(words: str, reason: str) -> None:
    kind, message = problem(lemma(words), 1)
    assert kind is ProblemKind.LEMMA_NOT_FOUND
    assert reason.replace("“over”", "‘“over”’") in message


@pytest.mark.parametrize(
    ("words", "near"),
    [
        ("war (so they sat)", "war (so they say)"),
        ("so they sat", "so they say"),
        ("led;", "led."),
        ("dont", "don’t"),
    ],
)
def test_the_nearest_words_have_marks_at_their_ends_where_the_lemma_has(words: str, near: str) -> None:
    assert problem(lemma(words), 1)[1].endswith(f"the nearest there is “{near}”")


def test_another_form_of_the_same_accents_is_named() -> None:
    _, message = problem(lemma(unicodedata.normalize("NFD", "ἀνήρ")), 1)
    assert "accents composed (NFC), and the lemma is written decomposed (NFD)" in message


def test_an_ambiguous_lemma_is_offered_numbers_and_longer_lemmata() -> None:
    assert problem(lemma("the"), 2) == (
        ProblemKind.LEMMA_AMBIGUOUS,
        "“the” stands twice in block 2.6: write the^1 or the^2, or a longer lemma: “the end”, “the last”",
    )


def test_of_many_occurrences_three_are_offered_and_the_last_is_named() -> None:
    text = EditedText((Block("1", "A cat, a dog, a cow, a hen, a pig and a fox."),))
    _, message = problem(lemma("a"), text=text)
    assert message == (
        "“a” stands 5 times in block 1: write a^1, a^2, a^3 or … ^5, "
        "or a longer lemma: “a dog,”, “a cow,”, “a hen,”"
    )


def test_the_last_word_of_a_block_is_offered_a_longer_lemma_too() -> None:
    text = EditedText((Block("1", "One day came, and then another day"),))
    assert problem(lemma("day"), text=text)[1].endswith("or a longer lemma: “day came,”, “another day”")


def test_the_end_of_an_abbreviated_lemma_may_be_ambiguous_too() -> None:
    kind, message = problem(lemma("Also", last="the"), 2)
    assert kind is ProblemKind.LEMMA_AMBIGUOUS
    assert "“the” stands twice in block 2.6 after “Also”" in message


@pytest.mark.parametrize("n", [0, 3])
def test_there_may_be_no_such_occurrence(n: int) -> None:
    assert problem(lemma("the", n), 2) == (
        ProblemKind.NO_SUCH_OCCURRENCE,
        f"“the” stands twice in block 2.6: there is no ^{n}",
    )


def test_the_end_may_not_come_before_the_start() -> None:
    for of in (lemma("officially", last="Also"), lemma("the", 2, "the", 1)):
        assert problem(of, 2)[0] is ProblemKind.LEMMA_REVERSED
    assert problem(Lemma(None), None, Place("2.5", "2.4"))[0] is ProblemKind.LEMMA_REVERSED


def test_an_unknown_block_is_answered_with_the_nearest_number() -> None:
    assert problem(lemma("the"), None, Place("2.7")) == (
        ProblemKind.NO_SUCH_BLOCK,
        "there is no block 2.7 in the text; the nearest number is 2.6",
    )


def test_an_entry_with_neither_host_nor_place_has_no_home() -> None:
    assert problem(lemma("the"), None)[0] is ProblemKind.NO_HOST


def test_results_keep_the_order_of_the_items_and_failures_are_left_out() -> None:
    items = [
        entry(lemma("they")),
        entry(lemma("nowhere")),
        Note(lemma("army"), ("prose",)),
        entry(lemma("soldiers")),
    ]
    results, problems = anchor(TEXT, [(item, 0) for item in items])
    assert [r.item for r in results] == [items[0], items[2], items[3]]
    assert len(problems) == 1


def test_one_lemma_can_be_found_by_itself() -> None:
    assert find_lemma(TEXT, Place("2.4", "2.6"), lemma("lost.", last="Also")) == Span(47, TEXT.starts[2] + 4)
    missing = find_lemma(TEXT, Place("9"), Lemma(None), origin=ORIGIN)
    assert isinstance(missing, Problem)
    assert missing.origin == ORIGIN


letters = st.text(st.sampled_from("aA e\u0301.,“\"'\n\u00ad"), max_size=12)
words = st.builds(Words, st.one_of(st.text(max_size=5), letters), st.one_of(st.none(), st.integers(-1, 4)))
lemmata = st.builds(Lemma, st.one_of(st.none(), words), st.one_of(st.none(), words))
numbers = st.sampled_from(["0", "1", "2", "9", ""])
places = st.one_of(st.none(), st.builds(Place, numbers, st.one_of(st.none(), numbers)))
targets = st.builds(Target, st.booleans(), st.one_of(st.none(), numbers), st.one_of(st.none(), lemmata))


@given(
    st.lists(st.one_of(letters, st.text()), min_size=1, max_size=4), lemmata, places, targets, st.booleans()
)
def test_no_text_and_no_lemma_makes_anchoring_raise(
    blocks: list[str], of: Lemma, place: Place | None, target: Target, hosted: bool
) -> None:
    text = EditedText(tuple(Block(str(i), b) for i, b in enumerate(blocks)))
    moved = Reading(Kind.TRANSP, target=target, sigla=(Siglum("A"),))
    results, problems = anchor(text, [(entry(of, place, moved), 0 if hosted else None)])
    assert len(results) <= 1
    assert results or problems
    for result in results:
        assert 0 <= result.span.start <= result.span.end <= len(text.joined)
        if of.first is not None and of.last is None:
            assert text.slice(result.span) == of.first.text


@given(st.lists(st.sampled_from(["the", "end", "the,", "“end”", "a"]), min_size=1, max_size=12), st.data())
def test_every_word_can_be_reached_by_its_number(tokens: list[str], data: st.DataObject) -> None:
    text = EditedText((Block("1", " ".join(tokens)),))
    word = data.draw(st.sampled_from(["the", "end", "a"]))
    count = sum(token.strip(",“”") == word for token in tokens)
    results, problems = anchor(text, [(entry(lemma(word, n)), 0) for n in range(1, count + 2)])
    assert len(results) == count
    assert len({r.span for r in results}) == count
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("words", "host", "number"),
    [
        ("war", 2, "2.5"),  # below a table or verse an entry belongs to the last block
        ("officially", 0, "2.6"),
        ("then they", 2, "2.4"),
        ("Then", 2, "2.5"),
    ],
)
def test_a_lemma_that_stands_in_another_block_is_told_where(words: str, host: int, number: str) -> None:
    _, (missing,) = anchor(TEXT, [(entry(lemma(words)), host)])
    assert missing.message.endswith(
        f"; it stands in {number}: put the entry there, or begin it with “{number}: ”"
    )
    (placed,), problems = anchor(TEXT, [(entry(lemma(words), Place(number)), host)])
    assert not problems and TEXT.slice(placed.span) == words
