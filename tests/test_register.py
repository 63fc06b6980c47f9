"""The register of names: what its file declares, and where the text has the names."""

from __future__ import annotations

import pytest
from building import ROOT
from hypothesis import given
from hypothesis import strategies as st

from apparatus.model import Block, EditedText, Origin, Span
from apparatus.register import FIELDS, Form, Named, Occurrence, Register, find_names, read_register

GOOD = """\
[vlasov]
name = "Vlasov, Andrei"
kind = "person"
original = "Власов, Андрей"
transliteration = "Vlasov, Andrej"
dates = "1901–1946"
identification = "a general"
sources = ["andreyev1987"]
sort = "vlasov"
forms = ["Vlasov", "3.9: Wlassow^2"]
"""


def text_of(*blocks: str) -> EditedText:
    return EditedText(tuple(Block(f"1.{i}", block) for i, block in enumerate(blocks, 1)))


def entry(key: str, *forms: str, name: str = "", sort: str = "") -> Named:
    register, problems = read_register(
        f'[{key}]\nname = "{name or key}"\nkind = "person"\nsort = "{sort}"\nforms = {list(forms)}', "r"
    )
    assert problems == ()
    return register.entries[0]


def found(text: EditedText, *entries: Named) -> list[tuple[str, str, str]]:
    """The anchor, key and words of every name, where nothing is wrong."""
    names, problems = find_names(text, Register(entries))
    assert problems == ()
    return [(name.id, name.key, text.slice(name.span)) for name in names]


def said(text: EditedText, *entries: Named) -> list[str]:
    return [f"{p.kind.value}: {p.message}" for p in find_names(text, Register(entries))[1]]


# --- the file ---------------------------------------------------------------------------


def test_every_field_is_read():
    register, problems = read_register(GOOD, "names.toml")
    assert problems == ()
    assert register.entries == (
        Named(
            key="vlasov",
            name="Vlasov, Andrei",
            kind="person",
            forms=(Form("Vlasov"), Form("Wlassow", "3.9", 2)),
            original="Власов, Андрей",
            transliteration="Vlasov, Andrej",
            dates="1901–1946",
            identification="a general",
            sources=("andreyev1987",),
            sort="vlasov",
        ),
    )
    assert register.entries[0].origin == Origin("names.toml", 1)
    assert register.entries[0].forms_origin == Origin("names.toml", 10)
    assert [str(form) for form in register.entries[0].forms] == ["Vlasov", "3.9: Wlassow^2"]


@pytest.mark.parametrize(
    ("file", "line", "message"),
    [
        ("vlasov = 1", 1, "'vlasov' is no table; write [vlasov] and its fields below"),
        ('[a]\nforms = ["A"]', 1, "'a' lacks 'name'"),
        ('[a]\nname = "A"', 1, "'a' lacks 'forms'"),
        (
            '[n1]\nname = "A"\nkind = "place"\nforms = ["A"]',
            1,
            "'n1' cannot be a key: small letters and figures, joined by hyphens, not letters and a number alone",
        ),
        (
            '[a]\nname = "A"\nkind = "persn"\nforms = ["A"]',
            3,
            "'kind' cannot be 'persn'; it is one of 'person', 'people', 'place', 'organisation', 'unit', 'work'",
        ),
        (
            '[a]\nname = "A"\nkind = "place"\nform = ["A"]\nforms = ["A"]',
            4,
            "'a' has an unknown field 'form'; did you mean 'forms'?",
        ),
        (
            '[a]\nname = "A"\nkind = "place"\nforms = "A"',
            4,
            "'forms' of 'a' must be a list in [ ]",
        ),
        ('[a]\nname = "A"\nkind = "place"\nforms = ["A", " "]', 4, "'forms' of 'a' has an empty text"),
        ('[a]\nname = "A"\nkind = "place"\nforms = ["A", 2]', 4, "'forms' must hold texts in quotes, not 2"),
    ],
)
def test_a_mistake_in_the_file_has_its_line(file, line, message):
    problem, *_ = read_register(file, "names.toml")[1]
    assert (problem.kind.value, problem.message) == ("bad_register", message)
    assert problem.origin == Origin("names.toml", line)


def test_a_file_that_is_no_toml_is_one_problem():
    register, (problem,) = read_register("[a\n", "names.toml")
    assert register == Register()
    assert problem.kind.value == "bad_register"
    assert "not TOML" in problem.message


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_no_file_raises(data):
    register, problems = read_register(data, "names.toml")
    assert isinstance(register, Register)
    assert all(problem.kind.value == "bad_register" for problem in problems)


# --- the text ---------------------------------------------------------------------------


def test_a_name_is_found_under_every_form_in_the_order_of_the_text():
    text = text_of("Vlasov, or Wlassow.", "Vlasov’s army")
    assert found(text, entry("vlasov", "Wlassow", "Vlasov")) == [
        ("1.1-vlasov", "vlasov", "Vlasov"),
        ("1.1-vlasov.2", "vlasov", "Wlassow"),
        ("1.2-vlasov", "vlasov", "Vlasov"),
    ]


def test_the_longest_form_wins():
    text = text_of("The 1st KONR division, and the KONR.")
    assert found(text, entry("konr", "KONR"), entry("division", "1st KONR division")) == [
        ("1.1-division", "division", "1st KONR division"),
        ("1.1-konr", "konr", "KONR"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anna Maria", "Maria Town"), ("Anna Maria Town", "Saint Anna")],
    ids=["the first of two as long", "the longer"],
)
def test_of_two_names_that_overlap_one_stands_and_the_other_is_reported(one, other):
    text = text_of("Saint Anna Maria Town")
    names, (problem,) = find_names(text, Register((entry("other", other), entry("one", one))))
    assert [text.slice(name.span) for name in names] == [one]
    assert problem.message == (
        "'other' occurs in the text only within, or across, names of other entries as long or longer; "
        "mend its forms or take the entry out"
    )


@pytest.mark.parametrize(
    "text",
    ["Romania", "Panroman", "roman", "Romana\u0301", "Roman\u0301", "Roma\u0301n", "Roman1"],
    ids=["prefix", "suffix", "case", "longer", "mark after", "mark inside", "figure"],
)
def test_words_are_whole_and_as_written(text):
    assert said(text_of(text), entry("roman", "Roman")) == [
        "name_unused: 'roman' never occurs in the text as 'Roman'; mend its forms or take the entry out"
    ]


@pytest.mark.parametrize("text", ["Roman’s", "(Roman)", "Anglo-Roman", "“Roman”", "Roman/Greek"])
def test_punctuation_bounds_a_name(text):
    assert [words for *_, words in found(text_of(text), entry("roman", "Roman"))] == ["Roman"]


def test_a_name_does_not_run_over_the_end_of_a_block():
    text = text_of("Great", "Britain")
    assert len(said(text, entry("britain", "Great Britain"))) == 1


def test_a_form_that_two_entries_have_is_reported_and_not_linked():
    text = text_of("In London.", "Not here.", "London again, and London.")
    england, ontario = entry("london", "London"), entry("london-ontario", "London")
    names, (problem,) = find_names(text, Register((england, ontario)))
    assert names == ()
    assert problem.kind.value == "name_ambiguous"
    assert problem.message == (
        "'London' in 1.1, 1.3 could mean 'london', 'london-ontario'; "
        "in the entry that is meant, say where, as in '1.1: London'; until then it is not linked"
    )
    assert problem.origin == ontario.forms_origin


def test_an_ambiguous_form_inside_a_longer_name_harms_nothing():
    text = text_of("London Bridge")
    entries = entry("bridge", "London Bridge"), entry("london", "London"), entry("london-ontario", "London")
    names, problems = find_names(text, Register(entries))
    assert [name.key for name in names] == ["bridge"]
    assert not any(problem.kind.value == "name_ambiguous" for problem in problems)


def test_a_shorter_name_does_not_stand_in_for_an_ambiguous_one():
    text = text_of("John Smith")
    entries = entry("smith", "Smith"), entry("elder", "John Smith"), entry("younger", "John Smith")
    assert find_names(text, Register(entries))[0] == ()


def test_a_form_that_names_its_place_goes_before_one_that_does_not():
    text = text_of("London", "London and London")
    assert found(text, entry("london", "London"), entry("london-ontario", "1.2: London^2")) == [
        ("1.1-london", "london", "London"),
        ("1.2-london", "london", "London"),
        ("1.2-london-ontario", "london-ontario", "London"),
    ]


def test_two_entries_that_name_one_place_are_told_to_count():
    text = text_of("London and London")
    (message,) = said(text, entry("london", "1.1: London^1"), entry("ontario", "1.1: London")) or [""]
    assert "tell them apart by the occurrence, as in '1.1: London^2'" in message


def test_an_entry_and_a_form_that_never_occur_are_reported():
    text = text_of("Stalin")
    assert said(text, entry("stalin", "Stalin", "Сталин"), entry("hitler", "Hitler", "4.4: Adolf")) == [
        "name_unused: 'stalin' never occurs in the text as 'Сталин'; mend the form or take it out",
        "name_unused: 'hitler' never occurs in the text as 'Hitler', '4.4: Adolf'; "
        "mend its forms or take the entry out",
    ]


def test_without_a_text_nothing_is_missed():
    assert find_names(EditedText(()), Register((entry("stalin", "Stalin"),))) == ((), ())


def test_the_index_is_one_alphabet_for_two_scripts():
    names = ["Zeta", "Ярослав", "Émile", "de la Mare", "Артемьев", "Eve", "Щука", "2nd Army"]
    register = Register(
        tuple(Named(f"k-{i}", name, sort="Army" if "2" in name else "") for i, name in enumerate(names))
    )
    assert [named.name for named in register.alphabetical("iso9")] == [
        "2nd Army",
        "Ярослав",  # Âroslav
        "Артемьев",
        "de la Mare",
        "Émile",
        "Eve",
        "Щука",
        "Zeta",
    ]


@given(
    st.lists(st.text("ab \u0301", max_size=12), max_size=4),
    st.lists(st.lists(st.text("ab", min_size=1, max_size=3), min_size=1, max_size=3), max_size=4),
)
def test_names_never_overlap_and_are_what_a_form_says(blocks, forms):
    text = text_of(*blocks)
    entries = tuple(Named(f"k-{i}", "A", forms=tuple(map(Form, words))) for i, words in enumerate(forms))
    names, _ = find_names(text, Register(entries))
    ends = [0]
    for name in names:
        assert name.span.start >= ends[-1]
        ends.append(name.span.end)
        assert text.slice(name.span) in {f.words for f in Register(entries).by_key[name.key].forms}
    assert len({name.id for name in names}) == len(names)


def test_an_occurrence_is_a_value():
    text = text_of("Napoleon")
    assert find_names(text, Register((entry("napoleon", "Napoleon"),)))[0] == (
        Occurrence("napoleon", Span(0, 8), 0, "1.1-napoleon"),
    )


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_is_in_the_manual(name):
    text = (ROOT / "source" / "manual" / "configuration.md").read_text(encoding="utf-8")
    manual = text[text.index("## The register of names") : text.index("## Marks in the source")]
    assert f"`{name}`" in manual or f"\n{name} = " in manual
