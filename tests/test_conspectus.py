"""The conspectus: what a TOML file declares, and the exact message for what is wrong in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apparatus.conspectus import read_conspectus, sigla_hygiene, sigla_of
from apparatus.model import (
    Conspectus,
    Entry,
    Gap,
    Group,
    Lemma,
    LineRule,
    Origin,
    Place,
    Scholar,
    Silence,
    Words,
)
from apparatus.notation import parse_entries

GOOD = """\
normalisation = ["nfc", "casefold"]

[witness.A]
name = "Ambrosianus"
date = "s. IX"
description = '''
First line.
'''
transcription = "witnesses/A.txt"
label = "𝔄"
state = "A^ac"
silence = "unknown"
lost = true
is_scholar = true
hands = ["ac", "γ"]
aside = ["mg"]
blocks_by = "blank"
ill_mark = "..."
lac_mark = "***"
gaps = ["19.6–24.2: Pugnabatur … ad^1"]

[[witness.A.lines]]
role = "paratext"
begin = '^Leave'
end = 'Reply$'
why = "a form"

[[witness.A.lines]]
role = "layout"
match = '^- '

[witness.B]

[group."ω"]
members = ["β", "A"]
name = "consensus"

[group."β"]
members = ["B", "A"]

[scholar.Madvig]
name = "J. N. Madvig"
"""


def read(toml: str | bytes) -> tuple[Conspectus, list[str]]:
    conspectus, problems = read_conspectus(toml, "w.toml")
    return conspectus, [str(problem) for problem in problems]


def test_every_field_is_read() -> None:
    conspectus, problems = read(GOOD)
    a = conspectus.witness["A"]
    assert not problems
    assert (a.name, a.date, a.description, a.label) == ("Ambrosianus", "s. IX", "First line.\n", "𝔄")
    assert (a.transcription, a.state, a.silence) == ("witnesses/A.txt", "A^ac", Silence.UNKNOWN)
    assert (a.lost, a.is_scholar, a.hands, a.aside) == (True, True, ("ac", "γ"), ("mg",))
    assert (a.blocks_by, a.ill_mark, a.lac_mark) == ("blank", "...", "***")
    assert a.gaps == (Gap(Place("19.6", "24.2"), Lemma(Words("Pugnabatur"), Words("ad", 1))),)
    assert a.lines == (
        LineRule("paratext", begin="^Leave", end="Reply$", why="a form"),
        LineRule("layout", match="^- "),
    )
    assert conspectus.scholars == (Scholar("Madvig", "J. N. Madvig"),)
    assert conspectus.normalisation == ("nfc", "casefold")


def test_a_group_in_a_group_stands_for_its_witnesses() -> None:
    conspectus, _ = read(GOOD)
    assert conspectus.groups == (Group("ω", ("B", "A"), "consensus"), Group("β", ("B", "A")))


def test_a_witness_is_in_its_own_state_unless_told_otherwise() -> None:
    assert read(GOOD)[0].witness["B"].state == "B"


def test_everything_declared_has_its_line() -> None:
    conspectus, _ = read(GOOD)
    lines = {key: declared.origin and declared.origin.line for key, declared in conspectus.by_key.items()}
    assert lines == {"A": 3, "B": 32, "ω": 34, "β": 38, "Madvig": 41}
    assert conspectus.witness["A"].gaps[0].origin == Origin("w.toml", 20)


SLIPS = {
    "[witness.A]\nnmae = 'x'": "2: witness 'A' has an unknown field 'nmae'; did you mean 'name'? [apparatus.bad_conspectus]",
    "[scholar.M]\nzzz = 'x'": "2: scholar 'M' has an unknown field 'zzz'; it may have: name, label, description "
    "[apparatus.bad_conspectus]",
    "[witnes.A]": "1: the conspectus has an unknown field 'witnes'; did you mean 'witness'? [apparatus.bad_conspectus]",
    "[witness.A]\n\nlost = 'yes'": "3: 'lost' of witness 'A' must be true or false [apparatus.bad_conspectus]",
    "[witness.A]\ndate = 2010": "2: 'date' of witness 'A' must be text in quotes [apparatus.bad_conspectus]",
    "[witness.A]\ngaps = '2'": "2: 'gaps' of witness 'A' must be a list in [ ] [apparatus.bad_conspectus]",
    "[witness]\nA = 'x'": "2: witness 'A' must be a table; write [witness.A] [apparatus.bad_conspectus]",
    "normalisation = ['nfd']": "1: 'normalisation' cannot be 'nfd'; it is one of 'nfc', 'nfkc', 'casefold' "
    "[apparatus.bad_conspectus]",
    "normalisation = [1]": "1: 'normalisation' must hold texts in quotes, not 1 [apparatus.bad_conspectus]",
    "[witness.A]\nsilence = 'no'": "2: 'silence' cannot be 'no'; it is one of 'agrees', 'unknown' [apparatus.bad_conspectus]",
    "[witness.A]\nblocks_by = 'page'": "2: 'blocks_by' cannot be 'page'; it is one of 'line', 'blank' "
    "[apparatus.bad_conspectus]",
    "[witness.A]\nhands = ['a c']": "2: 'a c' cannot name a hand; omit blanks and ^ ? ( ) \" ; [apparatus.bad_conspectus]",
    "[witness.A]\ntranscription = ' '": "2: the transcription of witness 'A' names no file; write its path, or take the line out [apparatus.bad_conspectus]",
    "[witness.A]\nhands = ['ac']\nstate = 'A^2'": "3: 'A^2' is no state of witness 'A'; write 'A', or 'A^' and one of its "
    "hands: 'ac' [apparatus.bad_conspectus]",
    "[witness.A]\ngaps = [\n  '2.1: a',\n  'b … c',\n]": "4: in a gap of witness 'A': no place at the head of 'b … c'; "
    "write its block or blocks, as in '2.5: ' or '2.5–2.7: ' [apparatus.bad_conspectus]",
    "[witness.A]\n[[witness.A.lines]]\nmatch = 'x'": "2: a rule about lines of witness 'A' lacks its 'role'; it is one of "
    "'paratext', 'layout' [apparatus.bad_conspectus]",
    "[[witness.A.lines]]\nrole = 'layout'\nmatch = 'x'\n[[witness.A.lines]]\nrole = 'text'\nmatch = 'x'": "5: 'role' cannot "
    "be 'text'; it is one of 'paratext', 'layout' [apparatus.bad_conspectus]",
    "[[witness.A.lines]]\nrole = 'layout'\nend = 'x'": "1: a rule about lines has either 'match', or 'begin' and perhaps "
    "'end' [apparatus.bad_conspectus]",
    "[[witness.A.lines]]\nrole = 'layout'\nmatch = '('": "3: 'match' is not a regular expression: missing ), unterminated "
    "subpattern at position 0 [apparatus.bad_conspectus]",
    "[witness.A]\nlines = ['x']": "2: 'lines' of witness 'A' must be tables; write [[witness.A.lines]] "
    "[apparatus.bad_conspectus]",
    "[witness.'ed. pr.']": "1: 'ed. pr.' cannot be a siglum: it contains a blank; choose another key and give the printed "
    "form as its 'label' [apparatus.siglum_malformed]",
    "[witness.'A^2']": "1: 'A^2' cannot be a siglum: it contains '^'; choose another key and give the printed form as its "
    "'label' [apparatus.siglum_malformed]",
    '[scholar."om."]': "1: 'om.' cannot be a siglum: it is a word of the notation; choose another key and give the printed "
    "form as its 'label' [apparatus.siglum_malformed]",
    '[scholar.""]': "1: '' cannot be a siglum: it is empty; choose another key and give the printed form as its 'label' "
    "[apparatus.siglum_malformed]",
    "[witness.A]\n[group.A]\nmembers = ['A']": "2: 'A' is declared as witness and as group; rename one "
    "[apparatus.siglum_declared_twice]",
    "[witness.A]\n[scholar.A]": "2: 'A' is declared as witness and as scholar; rename one; a print that is witness and "
    "scholar at once has 'is_scholar = true' [apparatus.siglum_declared_twice]",
    "[witness.A]\n[witness.A]": "2: the file is not TOML: cannot declare ('witness', 'A') twice; nothing in it was read "
    "[apparatus.siglum_declared_twice]",
    "[witness.Par]\n[group.g]\nname = 'x'\nmembers = ['Par', 'Pari']": "4: group 'g' has an unknown member 'Pari'; did you "
    "mean 'Par'? [apparatus.bad_conspectus]",
    "[witness.A]\n[group.g]\nmembers = ['A', 'X']": "3: group 'g' has an unknown member 'X'; declare it as a witness "
    "[apparatus.bad_conspectus]",
    "[group.g]": "1: group 'g' has no members; name its witnesses in 'members' [apparatus.bad_conspectus]",
    "name = 'x'\nname": "2: the file is not TOML: expected '=' after a key in a key/value pair; nothing in it was read "
    "[apparatus.bad_conspectus]",
    "[witness.A]\nname = 'x'\nname = 'y'": "3: the file is not TOML: cannot overwrite a value; nothing in it was read "
    "[apparatus.bad_conspectus]",
    "[witness.A]\n[group.β]": "2: the file is not TOML: invalid initial character for a key part; nothing in it was "
    'read; a siglum other than A–Z a–z 0-9 - _ stands in quotes, as in [group."ω"] [apparatus.bad_conspectus]',
    b"\n# \xff": "2: the file is not UTF-8: byte 3, in line 2, is 0xff; save it as UTF-8 [apparatus.bad_conspectus]",
}


@pytest.mark.parametrize("toml", SLIPS)
def test_a_slip_is_reported_exactly(toml: str | bytes) -> None:
    _, problems = read(toml)
    expected = SLIPS[toml]
    assert problems == [f"w.toml:{expected}"]


def test_a_bad_field_costs_no_more_than_itself() -> None:
    conspectus, problems = read(
        "[witness.A]\nname = 'Ambrosianus'\nlost = 1\nsilence = 'x'\n[witness.'B C']\n"
    )
    assert len(problems) == 3
    assert [(w.key, w.name, w.lost, w.silence) for w in conspectus.witnesses] == [
        ("A", "Ambrosianus", False, None)
    ]


def test_groups_that_hold_one_another_come_to_an_end() -> None:
    conspectus, problems = read("[witness.A]\n[group.x]\nmembers = ['y', 'A']\n[group.y]\nmembers = ['x']\n")
    assert not problems
    assert [g.members for g in conspectus.groups] == [("A",), ("A",)]


LINES = [
    *GOOD.split("\n"), "[witness]", "[[witness.A]]", "[group.A]", "witness = 1", "members = [[1], 'A']", "gaps = ['2: ', 1]",
    "lines = [{role = 'layout', match = '['}, 1]", "state = '?'", "hands = [1, '']", "x = 1979-05-27", "'' = 1", "[scholar]",
]  # fmt: skip


@given(st.one_of(st.binary(), st.text(), st.lists(st.sampled_from(LINES), max_size=8).map("\n".join)))
def test_no_file_makes_the_reader_raise(toml: bytes | str) -> None:
    for problem in read_conspectus(toml, "w.toml")[1]:
        assert problem.origin is not None
        assert (
            1 <= problem.origin.line <= (toml if isinstance(toml, bytes) else toml.encode()).count(b"\n") + 1
        )


# --- hygiene --------------------------------------------------------------------------

DECLARED = """\
[witness.A]
transcription = "A.txt"
[witness.B]
[witness.C]
[witness.X]
lost = true
[group.g]
members = ["B"]
[scholar.M]
[scholar.N]
"""


def hygiene(lines: list[str]) -> list[str]:
    conspectus, _ = read_conspectus(DECLARED, "w.toml")
    entries: tuple[Entry, ...] = parse_entries(lines, Origin("t.md", 1), conspectus.keys)[0]
    return [str(p) for p in sigla_hygiene(conspectus, sigla_of(entries))]


def test_what_is_declared_but_never_cited_is_reported() -> None:
    assert hygiene(["led M ] lead g ; lad C"]) == [
        "w.toml:5: witness 'X' is declared but no entry cites it; cite it or take it out of the conspectus "
        "[apparatus.siglum_unused]",
        "w.toml:10: scholar 'N' is declared but no entry cites it; cite it or take it out of the conspectus "
        "[apparatus.siglum_unused]",
    ]


def test_a_group_that_is_never_cited_is_reported_with_its_witnesses() -> None:
    assert [p.partition(" is ")[0] for p in hygiene(["led ] lead X ; lad C M / lid N"])] == [
        "w.toml:3: witness 'B'",
        "w.toml:7: group 'g'",
    ]


@pytest.mark.parametrize(
    ("toml", "line", "message"),
    [
        ('[witness.A]\nlabel = "α"\n[witness.B]\nlabel = "α"\n', 3, "'B' is printed 'α', and so is 'A'"),
        ('[witness.A]\n[scholar.M]\nlabel = "A"\n', 2, "'M' is printed 'A', and so is 'A'"),
        ('[witness.A]\n[group.g]\nmembers = ["A"]\nlabel = "A"\n', 2, "'g' is printed 'A', and so is 'A'"),
    ],
)
def test_two_sigla_that_are_printed_alike_are_reported(toml: str, line: int, message: str) -> None:
    _, problems = read_conspectus(toml, "w.toml")
    assert [str(p) for p in problems] == [
        f"w.toml:{line}: {message}; give one of them another 'label' [apparatus.same_label]"
    ]


THREE = '[witness.A]\n[witness.B]\n[witness.C]\nlabel = "{}"\n'
UNFIT = {
    "": "it is blank",
    "  ": "it is blank",
    " x": "it has a blank at an end, or two together",
    "ed.  pr.": "it has a blank at an end, or two together",
    "A\u200b": "it contains U+200B zero width space",
    "A\ufe0f": "it contains U+FE0F variation selector-16",
    "A\u3164": "it contains U+3164 hangul filler",
    "\u0301A": "it contains U+0301 combining acute accent",
    "ed.\u00a0pr.": "it contains U+00A0 no-break space",
    "A (and B)": "it contains '(', which means something in an entry",
    "x ] noon A": "it contains ']', which means something in an entry",
    "⟨A⟩": "it contains '⟨', which means something in an entry",
    "A^2": "it contains '^', which means something in an entry",
    "x; y": "it contains ';', which means something in an entry",
    "om.": "'om.' is a word of the notation",
    "cett.": "'cett.' is a word of the notation",
    "x / y": "'/' is a word of the notation",
}


@pytest.mark.parametrize(("label", "fault"), UNFIT.items())
def test_a_label_that_would_be_misread_is_reported_and_the_key_printed(label: str, fault: str) -> None:
    conspectus, problems = read(THREE.format(label))
    assert problems == [
        f"w.toml:4: '{label}' cannot be the label of witness 'C': {fault}; give it another label, or none: then the key "
        "is printed [apparatus.label_misread]"
    ]
    assert conspectus.label("C") == "C"


@pytest.mark.parametrize("sort", ["group", "scholar"])
def test_the_label_of_a_group_or_scholar_is_held_to_the_same(sort: str) -> None:
    members = '\nmembers = ["A"]' if sort == "group" else ""
    _, problems = read(f'[witness.A]\n[{sort}.g]\nlabel = "om."{members}\n')
    assert [
        problem.startswith(f"w.toml:3: 'om.' cannot be the label of {sort} 'g'") for problem in problems
    ] == [True]


TAKEN = {
    "A B": "'A' and more",
    "A,B": "'A' and more",
    "x + B": "'B' and more",
    "B and x": "'B' and more",
    "x \u0410": "'A' and more",  # Cyrillic
    "A²": "hand '2' of 'A'",
    "Bᵃᶜ": "hand 'ac' of 'B'",
}


@pytest.mark.parametrize(("label", "taken"), TAKEN.items())
def test_a_label_that_reads_as_other_sigla_or_as_a_hand_is_reported(label: str, taken: str) -> None:
    assert read(THREE.format(label))[1] == [
        f"w.toml:4: 'C' is printed '{label}', which reads as {taken}; give it a 'label' that has no other siglum as a "
        "word [apparatus.label_misread]"
    ]


@pytest.mark.parametrize("label", ["ed. pr.", "𝔄", "a", "α", "A1", "V²", "N. Heinsius", "ℵ", "*"])
def test_a_label_that_no_siglum_looks_like_is_let_through(label: str) -> None:
    conspectus, problems = read(THREE.format(label))
    assert not problems
    assert conspectus.label("C") == label


ALIKE = {
    "\u0410": "U+0410 cyrillic capital letter a",
    "\u0391": "U+0391 greek capital letter alpha",
    "\uff21": "U+FF21 fullwidth latin capital letter a",
    "\U0001d434": "U+1D434 mathematical italic capital a",
}


@pytest.mark.parametrize(("label", "named"), ALIKE.items())
def test_a_label_that_looks_like_another_siglum_is_reported(label: str, named: str) -> None:
    assert read(THREE.format(label))[1] == [
        f"w.toml:3: 'C' is printed '{label}', which looks like 'A', the siglum of 'A' ({named}); give one of them "
        "another 'label' [apparatus.same_label]"
    ]


def test_keys_are_told_apart_as_labels_are() -> None:
    _, problems = read('[witness."\u0410B"]\n[witness.AB]\n[witness."AB²"]\n')
    assert [problem.rpartition("[apparatus.")[2] for problem in problems] == ["same_label]", "label_misread]"]


NAMED = {
    '[witness.A]\nname = "Copy A"\n[witness.B]\nname = "Copy A"\n': "4: 'B' has the name 'Copy A', and so has 'A'",
    '[witness.A]\nname = "Copy A"\n[scholar.B]\nname = "copy  \u0410"\n': "4: 'B' has the name 'copy  \u0410', and so has 'A'",
    '[witness.A]\nname = "Müller"\n[scholar.M]\nname = "Mu\u0308ller"\n': "4: 'M' has the name 'Mu\u0308ller', and so has 'A'",
    '[witness.A]\nname = "B"\n[witness.B]\nname = "x"\n': "2: 'A' has the name 'B', as 'B' is printed",
    '[witness.A]\nname = "α"\n[witness.B]\nlabel = "α"\n': "2: 'A' has the name 'α', as 'B' is printed",
}


@pytest.mark.parametrize(("toml", "message"), NAMED.items())
def test_a_name_that_two_have_is_reported(toml: str, message: str) -> None:
    assert read(toml)[1] == [f"w.toml:{message}; give one of them another 'name' [apparatus.same_label]"]


def test_a_name_may_be_the_own_siglum_and_none_is_no_name() -> None:
    assert (
        read('[witness.A]\nname = "A"\n[witness.B]\nlabel = "b"\nname = "b"\n[witness.C]\n[witness.D]\n')[1]
        == []
    )


def test_hands_of_one_witness_that_are_printed_alike_are_reported() -> None:
    assert read('[witness.A]\nhands = ["ac", "c"]\naside = ["\u0441"]\n')[1] == [
        "w.toml:3: the hands 'c' and '\u0441' of witness 'A' are printed alike (U+0441 cyrillic small letter es); call one "
        "of them otherwise [apparatus.same_label]"
    ]


@pytest.mark.parametrize(
    ("said", "line", "unused"),
    [
        ("", "x ] y A", ["B"]),
        ('silence = "agrees"\n', "x ] y A", []),  # its silence says that it has the text
        ('silence = "unknown"\n', "x ] y codd.", ["A", "B"]),
        ("", "x ] y codd.", []),
        ("", "x ] y A ; z cett.", []),
        ("", "x ] y ψ", ["ω"]),  # a group of a group stands for its witnesses
    ],
)
def test_who_is_spoken_of_by_a_siglum_for_several_or_by_declaration_is_used(
    said: str, line: str, unused: list[str]
) -> None:
    groups = '[group."ω"]\nmembers = ["A", "B"]\n[group."ψ"]\nmembers = ["ω"]\n' if "ψ" in line else ""
    both = f"[witness.A]\n{said}[witness.B]\n{said}{groups}"
    conspectus, problems = read_conspectus(both, "w.toml")
    assert not problems
    entries, _ = parse_entries([line], Origin("text.md", 1), conspectus.keys)
    found = [problem.message.split("'")[1] for problem in sigla_hygiene(conspectus, sigla_of(entries))]
    assert found == unused
