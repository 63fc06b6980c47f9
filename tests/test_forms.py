"""The forms of an apparatus: which entries are substantive, and who has the text without being named."""

from __future__ import annotations

import pytest
from collating import FOUR, SmallEdition

from apparatus.collation import Accounts, Attestations
from apparatus.edition import Edition, EditionEntry, Series
from apparatus.forms import is_substantive, silent_support
from apparatus.model import Conspectus, Note, Silence, Witness
from apparatus.notation import parse_entry
from apparatus.render.face import Faces
from apparatus.script import originals
from apparatus.sphinxext.html.silence import departure
from apparatus.sphinxext.html.whole_apparatus import named_in


def edition_of(
    *lines: str, text: str = "the men were led, at last, down", conspectus: Conspectus = FOUR
) -> Edition:
    """An edition of one passage, its entries with their accounts."""
    small = SmallEdition((text,), lines, conspectus)
    assert small.problems == []
    attestations = Attestations(small.text, small.entries, conspectus)
    series = Series("apparatus", "Apparatus")
    entries = (
        EditionEntry(
            ("text", i),
            f"1-a{i}",
            series,
            found.item,
            0,
            found.span,
            small.text.slice(found.span),
            account,
        )
        for i, (found, account) in enumerate(zip(small.entries, Accounts(attestations).all, strict=True))
    )
    return Edition(small.text, conspectus, tuple(entries))


def silent(edition: Edition, words: str) -> str:
    entry = next(entry for entry in edition.entries if entry.words == words)
    return " ".join(siglum.key for siglum in silent_support(entry, edition))


@pytest.mark.parametrize(
    ("line", "substantive"),
    [
        ("led ] taken A", True),
        ("led ] lead A", False),  # spelling, by the rule that counts letters
        ("led ] Led A", False),
        ("led, ] led A", False),
        (", at ] at A", False),
        ("at last ] om. A", True),
        (",^1 ] om. A", False),  # a sign alone
        ("led ] add. away A", True),
        ("led ] add. – A", False),
        ("at last ] transp. post down A", True),
        ("led ] ill. A", True),
        ("led ] lac. A", True),
        ("led ] secl. Madvig", True),
        ("led ] crux. (why)", True),
        ("¶ ] om. A", True),
        ("led ] lead A ; taken B", True),  # one such reading is enough
        ("led ] lead A ; Led B", False),
        ("led, at ] led, ¶ at A", False),
    ],
)
def test_an_entry_is_substantive_if_a_reading_has_other_words(line: str, substantive: bool) -> None:
    assert is_substantive(edition_of(line).entries[0]) is substantive


def test_letters_that_are_encoded_otherwise_are_the_same_letters() -> None:
    edition = edition_of("éééé ] e\u0301e\u0301e\u0301e\u0301 A", text="éééé")
    assert not is_substantive(edition.entries[0])


def test_a_note_is_always_shown() -> None:
    (parsed, _) = parse_entry("led ] lead A", FOUR.keys)
    assert parsed is not None
    note = EditionEntry(
        ("text", 0), "1-n1", Series("c", "Notes", "prose", "notes"), Note(parsed.lemma, ("Why.",)), 0, None
    )
    assert is_substantive(note)
    assert silent_support(note, edition_of()) == ()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("led ] taken A", "B C D"),
        ("led B ] taken A", "C D"),
        ("led ] taken A B ; brought C", "D"),
        ("led β ] taken A", "D"),  # B and C are β
        ("led ω ] taken D", ""),
        ("led cett. ] taken A", ""),
        ("led codd. ] taken Madvig", ""),
        ("led ] taken codd.", ""),
        ("led A^pc ] taken A^ac", "B C D"),
        ("led ] taken A^ac", "A B C D"),
        ("led ] taken A^2", "A B C D"),
        ("led ] taken Madvig", "A B C D"),
        ("led ] taken ω", "D"),
    ],
)
def test_who_has_the_text_in_silence_is_named_once(line: str, expected: str) -> None:
    assert silent(edition_of(line), "led") == expected


@pytest.mark.parametrize(
    ("longer", "expected"),
    [
        ("men were led ] host was brought D", "B C"),
        ("men … led, ] om. D", "B C"),
        ("men were led ] lac. D", "B C"),
        ("led, at last ] ill. D", "B C"),
        ("led ] brought D", "B C"),  # the same words, in an entry of their own
        ("¶ ] om. D", "B C"),
        ("men were ] women were D", "B C D"),  # other words
        ("men were led ] add. all D", "B C D"),  # its words stand
        ("men were led ] transp. post down D", "B C D"),
        ("men were led ] host was brought D^2", "B C D"),  # a later hand
    ],
)
def test_who_has_other_words_by_a_longer_entry_does_not_have_the_text(longer: str, expected: str) -> None:
    edition = edition_of("led ] taken A", longer)
    assert " ".join(s.key for s in silent_support(edition.entries[0], edition)) == expected


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ("down ] up D", "B C D"),  # elsewhere in the passage
        ("the men ] om. D", "B C D"),
        ("led, at ] at D", "B C"),
    ],
)
def test_who_has_other_words_elsewhere_has_a_sign_of_the_text(other: str, expected: str) -> None:
    edition = edition_of(",^1 ] om. A", other)
    assert " ".join(s.key for s in silent_support(edition.entries[0], edition)) == expected


def test_a_witness_cited_only_where_named_does_not_support_in_silence() -> None:
    conspectus = Conspectus(
        (Witness("A"), Witness("B", silence=Silence.AGREES), Witness("E", silence=Silence.UNKNOWN))
    )
    assert silent(edition_of("led ] taken A", conspectus=conspectus), "led") == "B"


def test_a_witness_without_transcription_supports_in_silence_only_if_that_is_declared() -> None:
    conspectus = Conspectus(
        (
            Witness("A"),
            Witness("B", transcription="B.txt"),
            Witness("C", silence=Silence.AGREES),
            Witness("D"),
        )
    )
    assert silent(edition_of("led ] taken A", conspectus=conspectus), "led") == "B C"
    assert silent(edition_of("led D ] taken A", conspectus=conspectus), "led") == "B C"
    assert not edition_of("led ] taken A", conspectus=conspectus).entries[0].is_emended


@pytest.mark.parametrize(
    ("name", "original", "pairs"),
    [
        ("Andrey Vlasov", "Власов, Андрей Андреевич", {"Andrey": "Андрей", "Vlasov": "Власов"}),
        (
            "Nikita S. Khrushchev",
            "Хрущев, Никита Сергеевич",
            {"Nikita": "Никита", "S.": "С.", "Khrushchev": "Хрущев"},
        ),
        ("Artem’iev", "Артемьев, Вячеслав Павлович", {"Artem’iev": "Артемьев"}),
        ("Moscow", "Москва", {}),
        ("Southern Front", "Южный фронт", {}),  # translated in part
        ("Артемьев В. П.", "Артемьев, Вячеслав Павлович", {}),
        ("Vlasov", "", {}),
    ],
)
def test_a_name_has_its_cyrillic_if_every_word_of_it_has(
    name: str, original: str, pairs: dict[str, str]
) -> None:
    assert originals(name, original) == pairs


FOUR_ALONE = Conspectus(tuple(Witness(key, transcription=f"{key}.txt") for key in "ABC"))
IN_STATES = Conspectus(
    (
        Witness("A", transcription="A.txt", state="A^ac"),
        Witness("B", transcription="B.txt", state="B^2", silence=Silence.AGREES),
        Witness("C", transcription="C.txt"),
    )
)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("men ] man C", "A^ac B"),  # nothing says whether A was corrected there; of B the editors do
        ("men ] man B", "A^ac C"),
        ("men ] man A^ac", "B C"),  # A as corrected is not named in silence
        ("men ] man B^2", "A^ac B C"),
        ("men A ] man C", "B"),
        ("men A^ac ] man A", "B C"),
        ("men ] man A", "B C"),  # of every state of A
    ],
)
def test_of_a_witness_that_is_transcribed_in_a_state_that_state_is_named(line: str, named: str) -> None:
    edition = edition_of(line, conspectus=IN_STATES)
    assert " ".join(map(str, silent_support(edition.entries[0], edition))) == named


@pytest.mark.parametrize(
    ("line", "emended"),
    [
        ("men ] man A B C", True),
        ("men A^pc ] man A B C", False),  # a hand of A has the word
        ("men ] man A^2 B C", False),
        ("men ] add. too A B C", False),  # who adds to a word has it
        ("men ] add. too A B ; om. C", False),
        ("men ] men too A ; om. B C", False),
        ("men ] transp. post led A B C", False),
        ("men ] man A ; om. B C", True),
        ("men ] om. A ; lac. B C", True),
        ("men ] del. A B C", False),  # they are struck out where they stand
        ("men ] del. A ; om. B C", False),
        ("men ] ill. A B ; lac. C", False),  # nobody knows what stood there
    ],
)
def test_what_a_hand_of_a_witness_has_is_no_emendation(line: str, emended: bool) -> None:
    assert edition_of(line, conspectus=FOUR_ALONE).entries[0].is_emended is emended


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("led ] lead A", "A"),
        ("led ] add. away A^pc ; del. B^2", "A B"),  # in whatever state
        ("led ] lead B^2 ; let C", "B C"),
        ("led ] lead ω", "A B C"),
        ("led ] lead ω ; let A", "B C A"),
        ("led A ] lead ω", "B C"),
        ("led ] lead cett. ; let A", "B C D A"),
        ("led ] lead codd.", "A B C D"),
        ("led ] lead Madvig ; let A", "Madvig A"),
        ("led ] lead β^2", "β"),
    ],
)
def test_the_table_of_the_whole_apparatus_has_all_who_have_a_reading(line: str, who: str) -> None:
    (entry,) = edition_of(line).entries
    assert " ".join(named_in(entry, FOUR)) == who


def test_a_state_that_is_silent_is_not_told_by_the_list_of_witnesses() -> None:
    edition = edition_of("men ] man B", conspectus=IN_STATES)
    face = Faces(edition).of(edition.entries[0])
    assert [str(run.siglum) for run in face.runs if run.silent and run.siglum] == ["A^ac", "C"]
    assert departure(face, IN_STATES) is None
    whole = edition_of("men ] man B", conspectus=FOUR_ALONE)
    assert departure(Faces(whole).of(whole.entries[0]), FOUR_ALONE) == ""
