"""What several witnesses have otherwise is said in one message a place, and pasted once."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from collating import SmallEdition
from hypothesis import given
from hypothesis import strategies as st
from traditions import Rates, tradition

from apparatus.notation import parse_entry, write_entry

PASTE = re.compile(r"write (?:below (\d+)|in place of the entry at text\.md:(\d+)): (.*)$")
ONE = ["one two three four five."]


def pasted(
    base: Sequence[str], lines: Sequence[str | tuple[int, str]] = (), **theirs: Sequence[str]
) -> list[tuple[int, str]]:
    """The entries after all that is offered has been written, once; nothing is left to say."""
    now = [(1, row) if isinstance(row, str) else row for row in lines]
    for problem in SmallEdition(base, now).collate(**theirs).problems:
        offer = PASTE.search(problem.message)
        assert offer, problem
        if offer[2]:
            at = int(offer[2]) - 101
            now[at] = (now[at][0], offer[3])
        else:
            now.append((int(offer[1]), offer[3]))
    assert SmallEdition(base, now).collate(**theirs).problems == ()
    return now


def test_three_witnesses_with_one_reading_are_one_message() -> None:
    tow = ["one tow three four five."]
    (problem,) = SmallEdition(ONE).collate(A=tow, B=tow, C=tow).problems
    assert problem.message == (
        "in 1, A has “tow” where the edition gives it “two” (A.txt:1), and so B (B.txt:1) and C (C.txt:1), "
        "and no entry says so; write below 1: two ] tow A B C"
    )


def test_two_readings_of_one_word_are_one_message() -> None:
    (problem,) = (
        SmallEdition(ONE).collate(A=["one tow three four five."], B=["one three four five."]).problems
    )
    assert (
        "A has “tow” where the edition gives it “two” (A.txt:1); B lacks “two” (B.txt:1), and no"
        in problem.message
    )
    assert problem.message.endswith("write below 1: two ] tow A ; om. B")


@pytest.mark.parametrize(
    ("entry", "theirs", "after"),
    [
        (
            "two ] tow A",
            {"B": "one tow three four five.", "C": "one tow three four five."},
            "two ] tow A B C",
        ),
        (
            "two ] tow A",
            {"B": "one too three four five.", "C": "one tow three four five."},
            "two ] tow A C ; too B",
        ),
        (
            "two ] tow D",
            {"C": "one tow three four five.", "B": "one tow three four five."},
            "two ] tow D B C",
        ),
        ("two ] add. x A", {"B": "one two x three four five."}, "two ] add. x A B"),
        (
            "two three ] x y A",
            {"B": "one x y four five.", "C": "one x y four five."},
            "two three ] x y A B C",
        ),
        ("two ] tow A (a remark)", {"B": "one tow three four five."}, "two ] tow A B (a remark)"),
        ("five ] six A", {"B": "one two three four six."}, "five ] six A B"),
        ("five ] six A", {"B": "one two three four 6."}, "five ] six A ; 6 B"),
        ("¶ ] om. A", {"B": None}, "¶ ] om. A B"),
    ],
)
def test_further_witnesses_join_the_entry_that_stands(
    entry: str, theirs: dict[str, str | None], after: str
) -> None:
    base = [*ONE, "Another."]
    told = {key: [words, "Another."] if words else ["Another."] for key, words in theirs.items()}
    assert pasted(base, [entry], **told) == [(1, after)]


def test_words_moved_by_others_are_moved_in_the_same_entry() -> None:
    base = ["Many years ago there were ships.", "They came from the south.", "Nobody knows who sent them."]
    theirs = [base[1], base[2], base[0]]
    assert pasted(base, ["¶ ] transp. post 3 A"], A=theirs, B=theirs, C=theirs) == [
        (1, "¶ ] transp. post 3 A B C")
    ]


@pytest.mark.parametrize(
    "rates", [Rates(), Rates(0.02, 1, 1, 1)], ids=["slips", "blocks moved, lost and added"]
)
def test_nine_witnesses_take_one_round(rates: Rates) -> None:
    drawn = tradition(5, blocks=8, rates=rates, keys="ABCDEFGHJ")
    from apparatus.anchoring import anchor
    from apparatus.collation import collate

    keys, told = drawn.conspectus.keys, {}
    for key, blocks in drawn.transcriptions.items():
        told[key] = type("Transcript", (), {"blocks": tuple(blocks)})()
    items = []
    for problem in collate(drawn.text, (), drawn.conspectus, told).problems:
        offer = re.search(r"write below ([\d.]+): (.*)$", problem.message)
        assert offer, problem
        entry, problems = parse_entry(offer[2], keys)
        assert entry is not None
        assert problems == ()
        items.append((entry, drawn.text.index[offer[1]]))
    anchored, problems = anchor(drawn.text, items)
    assert problems == ()
    assert collate(drawn.text, anchored, drawn.conspectus, told).problems == ()  # type: ignore[arg-type]
    every, shown = drawn.shown_by(anchored)
    assert shown / every > 0.98


def test_messages_come_in_the_order_of_the_text() -> None:
    lines = [line for _, line in pasted(ONE, A=["1 two three four 5."], B=["one 2 three four five."])]
    assert lines == ["one ] 1 A", "two ] 2 B", "five ] 5 A"]


def test_a_false_entry_beside_does_not_keep_others_from_their_entries() -> None:
    """What A says falsely is mended by itself; what B and C have otherwise is offered as ever."""
    both = ["one two three four cinque."]
    said = [
        problem.message
        for problem in SmallEdition(ONE, ["two ] tow A"]).collate(A=ONE, B=both, C=both).problems
    ]
    assert len(said) == 2
    assert any(message.endswith("write below 1: five ] cinque B C") for message in said)


words = st.lists(
    st.sampled_from(["the", "a", "led", "lead", "army,", "lost.", "—", "é", "so"]), min_size=3, max_size=9
)


@st.composite
def copied(draw: st.DrawFn) -> tuple[list[str], list[str], list[str]]:
    """A text, a copy of it, and a copy of the copy."""

    def changed(blocks: list[str]) -> list[str]:
        made = []
        for block in blocks:
            its = block.split(" ")
            at = draw(st.integers(0, len(its) - 1))
            its[at : at + draw(st.integers(0, 1))] = draw(
                st.lists(st.sampled_from(["x", "led", "so"]), max_size=1)
            )
            made.append(" ".join(its) or "x")
        return made

    base = draw(st.lists(words.map(" ".join), min_size=1, max_size=3))
    first = changed(base)
    return base, first, changed(first)


@given(copied())
def test_whatever_is_copied_is_recorded_in_one_round(texts: tuple[list[str], list[str], list[str]]) -> None:
    base, first, second = texts
    pasted(base, A=first, B=second, C=first)


@given(copied())
def test_no_siglum_stands_twice_on_the_same_words(texts: tuple[list[str], list[str], list[str]]) -> None:
    base, first, second = texts
    edition = SmallEdition(base, pasted(base, A=first, B=second))
    spans = [a.span for a in edition.entries if a.item.readings[0].kind.replaces_lemma]
    assert len(spans) == len(set(spans)), [
        write_entry(a.item, edition.conspectus.keys) for a in edition.entries
    ]


HARBOUR = (
    "When the first ships came into the harbour nobody in the town had seen their like before that day, and the old men "
    "went down to the water and looked at them for a long while. Some said that they came from the south, others that "
    "they had been sent by the king, and in the evening a boat was lowered and three strangers were rowed to the steps."
)
GALLIA = (
    "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani, tertiam qui ipsorum lingua "
    "Celtae, nostra Galli appellantur. Hi omnes lingua, institutis, legibus inter se differunt. Gallos ab Aquitanis "
    "Garumna flumen, a Belgis Matrona et Sequana dividit. Horum omnium fortissimi sunt Belgae, propterea quod a cultu "
    "atque humanitate provinciae longissime absunt, minimeque ad eos mercatores saepe commeant atque ea important."
)


def test_another_work_is_said_to_be_that_and_nothing_is_proposed() -> None:
    one, other = SmallEdition([HARBOUR]).collate(A=[GALLIA], B=[HARBOUR.replace("ships", "boats")]).problems
    assert (
        "the transcription of A (A.txt) has 5% of its words in common with the text: it is another work"
        in one.message
    )
    assert other.message.endswith("write below 1: ships ] boats B")


def test_a_version_of_its_own_is_said_to_be_that_beside_what_is_proposed() -> None:
    half = " ".join(GALLIA.split()[:50]) + " " + " ".join(HARBOUR.split()[48:])
    problems = SmallEdition([HARBOUR]).collate(A=[half]).problems
    assert "leave 'transcription' out and cite it as you need it" in problems[0].message
    assert PASTE.search(problems[1].message)


def test_a_passage_elsewhere_is_seen_beside_passages_that_are_the_same() -> None:
    base = [
        f"Passage {n} has its own words, number{n} and another{n}, and ends with last{n}." for n in range(8)
    ]
    theirs = [*base[:1], *base[2:6], base[1], base[6].replace("own words", "own word"), base[7]]
    assert pasted(base, A=theirs, B=theirs) == [(2, "¶ ] transp. post 6 A B"), (7, "words ] word A B")]
