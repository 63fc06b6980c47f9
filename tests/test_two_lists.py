"""Two series of readings, words and signs: one proof, one account, and each reading in its list."""

from __future__ import annotations

import pytest

from apparatus.collation import Account
from apparatus.edition import Edition, PlacedItem, Series, SourceDocument, make_edition
from apparatus.forms import is_substantive, silent_support
from apparatus.model import Conspectus, Entry, Witness
from apparatus.notation import parse_entry
from apparatus.numbering import SourceBlock
from apparatus.transcription import TranscribedBlock, Transcription

SERIES = {
    "apparatus": Series("apparatus", "Apparatus", variants="substantive"),
    "accidentals": Series("accidentals", "Accidentals", letter="c", variants="accidental"),
}
CONSPECTUS = Conspectus(tuple(Witness(key, transcription=f"{key}.txt") for key in "ABC"))
TEXT = "The Ferry – an old one – left at dawn."


def edition(words: list[str], signs: list[str], **witnesses: str) -> Edition:
    """The text with entries in two series, proved against what the witnesses have."""
    items = [
        PlacedItem(series, entry, 0)
        for series, lines in (("apparatus", words), ("accidentals", signs))
        for line in lines
        if isinstance(entry := parse_entry(line, CONSPECTUS.keys)[0], Entry)
    ]
    document = SourceDocument("text", 1, (SourceBlock(TEXT),), tuple(items))
    texts = {key: Transcription((TranscribedBlock(text, 1),)) for key, text in witnesses.items()}
    return make_edition([document], SERIES, CONSPECTUS, texts)


def account_of(found: Edition, series: str) -> Account | None:
    return next(entry.account for entry in found.entries if entry.series.name == series)


def test_the_witnesses_are_rebuilt_from_both_lists_together() -> None:
    found = edition(
        ["old ] new A", "left ] went A B"],
        ["– an ] - an A B", "one – ] one - B"],
        A="The Ferry - an new one – went at dawn.",
        B="The Ferry - an old one - went at dawn.",
        C=TEXT,
    )
    assert found.problems == ()
    assert {entry.id for entry in found.entries} == {"1.1-a1", "1.1-a2", "1.1-c1", "1.1-c2"}


def test_entries_of_both_lists_may_stand_on_the_same_words() -> None:
    found = edition(
        ["Ferry ] boat A"],
        ["Ferry ] ferry B"],
        A="The boat – an old one – left at dawn.",
        B="The ferry – an old one – left at dawn.",
        C=TEXT,
    )
    assert found.problems == ()
    # Who has another word does not have the text with its capital.
    for series, depart in (("apparatus", "A"), ("accidentals", "B")):
        account = account_of(found, series)
        assert account is not None
        assert [key for key, _ in account.depart] == [depart]
        assert account.support == ("C",)
    assert [str(siglum) for entry in found.entries for siglum in silent_support(entry, found)] == ["C", "C"]


def test_in_one_list_two_entries_on_the_same_words_are_still_one() -> None:
    found = edition(["Ferry ] boat A", "Ferry ] ship B"], [])
    assert [p.kind.value for p in found.problems] == ["same_words"]
    assert "write one entry for both: Ferry ] boat A ; ship B" in found.problems[0].message


def test_an_entry_of_signs_within_longer_words_agrees_with_them() -> None:
    longer = "The Ferry … left ] A boat - an old one – left A"
    text = "A boat - an old one – left at dawn."
    assert edition([longer], ["– an ] - an A"], A=text).problems == ()
    [problem] = edition([longer], ["one – ] one - A"], A=text).problems
    assert problem.kind.value == "inner_reading"


@pytest.mark.parametrize(
    ("words", "signs"),
    [(["Ferry ] boat A"], ["Ferry ] ferry A"]), (["Ferry ] boat A"], ["Ferry – an ] Ferry - an A"])],
)
def test_what_one_list_says_against_the_other_is_reported(words: list[str], signs: list[str]) -> None:
    assert edition(words, signs, A="The boat – an old one – left at dawn.").problems != ()


@pytest.mark.parametrize("missing", ["apparatus", "accidentals"])
def test_what_stands_in_neither_list_is_reported_with_the_line_that_mends_it(missing: str) -> None:
    words = ["old ] new A"] if missing != "apparatus" else []
    signs = ["– an ] - an A"] if missing != "accidentals" else []
    text = "The Ferry - an new one – left at dawn."
    [problem] = edition(words, signs, A=text).problems
    line = problem.message.rpartition(": ")[2]
    mended = edition([*words, line], signs, A=text) if not words else edition(words, [*signs, line], A=text)
    assert mended.problems == ()


def test_a_list_says_itself_which_readings_change_a_word() -> None:
    found = edition(["Ferry ] Fery A"], ["– an ] an A"])
    assert {entry.series.name: is_substantive(entry) for entry in found.entries} == {
        "apparatus": True,  # by rule a spelling
        "accidentals": False,
    }
