"""The notation: every form in the table of the manual, and every slip with its exact message."""

from __future__ import annotations

import pytest
from notation_cases import Case, cases, titles

from apparatus.model import (
    BREAK,
    Entry,
    Kind,
    Lemma,
    Note,
    Origin,
    Place,
    Reading,
    Siglum,
    Target,
    Words,
)
from apparatus.notation import (
    is_remark,
    parse_entries,
    parse_entry,
    parse_locus,
    parse_notes,
    write_entry,
    write_lemma,
)
from apparatus.problems import Problem, ProblemKind

SIGLA = ["A", "B", "C", "V", "W", "Madvig", "ω"]
A, B, W = Siglum("A"), Siglum("B"), Siglum("W")
LED = Lemma(Words("led"))
READINGS, NOTES = cases("readings.md"), cases("notes.md")


def text(words: str, *sigla: Siglum, remark: str | None = None, sub: bool = False) -> Reading:
    return Reading(Kind.TEXT, words, None, sigla, remark, sub)


def transposed(target: Target) -> Entry:
    return Entry(LED, (Reading(Kind.TRANSP, target=target, sigla=(A,)),))


FORMS = {
    "led ] lead W": Entry(LED, (text("lead", W),)),
    "led ] lead A B ; lad Madvig": Entry(LED, (text("lead", A, B), text("lad", Siglum("Madvig")))),
    "led ] lead A / leade B": Entry(LED, (text("lead", A), text("leade", B, sub=True))),
    "led ] / ledd A ; lead B": Entry(LED, (text("ledd", A, sub=True), text("lead", B))),
    "led A^pc ] lead A^ac": Entry(LED, (text("lead", Siglum("A", "ac")),), (Siglum("A", "pc"),)),
    "led ] lead A? B^2?": Entry(LED, (text("lead", Siglum("A", None, True), Siglum("B", "2", True)),)),
    "led A (sic) ] lead B": Entry(LED, (text("lead", B),), (A,), "sic"),
    "led ] lead W (a `)` \\) (b)) ; (c ; d)": Entry(
        LED, (text("lead", W, remark="a `)` \\) (b)"),), remark="c ; d"
    ),
    "led ] om. cett.": Entry(LED, (Reading(Kind.OM, sigla=(Siglum("cett."),)),)),
    "led ] ill. A": Entry(LED, (Reading(Kind.ILL, sigla=(A,)),)),
    "led ] lac. codd.": Entry(LED, (Reading(Kind.LAC, sigla=(Siglum("codd."),)),)),
    "led ] del. A": Entry(LED, (Reading(Kind.DEL, sigla=(A,)),)),
    "led ] secl. A": Entry(LED, (Reading(Kind.SECL, sigla=(A,)),)),
    "led ] crux. (so) ; lad A": Entry(LED, (Reading(Kind.CRUX, remark="so"), text("lad", A))),
    "led ] add. of men A": Entry(LED, (Reading(Kind.ADD, "of men", None, (A,)),)),
    "led ] praem. the A": Entry(LED, (Reading(Kind.PRAEM, "the", None, (A,)),)),
    "led ] transp. post soldiers^2 A": transposed(Target(False, None, Lemma(Words("soldiers", 2)))),
    "led ] transp. ante 2.4a: the … men A": transposed(
        Target(True, "2.4a", Lemma(Words("the"), Words("men")))
    ),
    "led ] transp. post 2.5 A": transposed(Target(False, "2.5")),
    'led ] transp. post "2.5" A': transposed(Target(False, None, Lemma(Words("2.5")))),
    "led ] transp. post 2.5 men A": transposed(Target(False, None, Lemma(Words("2.5 men")))),
    "the^2 ] a A": Entry(Lemma(Words("the", 2)), (text("a", A),)),
    "the^2 … of^1 A ] a B": Entry(Lemma(Words("the", 2), Words("of", 1)), (text("a", B),), (A,)),
    "¶ ] om. A": Entry(Lemma(None), (Reading(Kind.OM, sigla=(A,)),)),
    "lost. ¶ Then ] ¶ A": Entry(Lemma(Words(f"lost.{BREAK}Then")), (text(BREAK, A),)),
    "led ] ¶¶ ¶¶x A": Entry(LED, (text("¶ ¶¶x", A),)),
    '"¶"^2 ] x A': Entry(Lemma(Words(BREAK, 2)), (text("x", A),)),
    "2.5: led ] lead A": Entry(LED, (text("lead", A),), place=Place("2.5")),
    "2.5–3: led … men ] lead A": Entry(
        Lemma(Words("led"), Words("men")), (text("lead", A),), place=Place("2.5", "3")
    ),
    '"a ; b" ] "c ] d" A': Entry(Lemma(Words("a ; b")), (text("c ] d", A),)),
    'led ] """Red Star""" A': Entry(LED, (text('"Red Star"', A),)),
    '"om." ] "add. x" W': Entry(Lemma(Words("om.")), (text("add. x", W),)),
    '"V" ] x W': Entry(Lemma(Words("V")), (text("x", W),)),
    '"x^2" ] "lead Q" A': Entry(Lemma(Words("x^2")), (text("lead Q", A),)),
    "entry). ] entry) W": Entry(Lemma(Words("entry).")), (text("entry)", W),)),
    "(kulaki) / x ] (so W ; (and so) A": Entry(
        Lemma(Words("(kulaki) / x")), (text("(so", W), text("(and so)", A))
    ),
    "lead? ] Why not? A": Entry(Lemma(Words("lead?")), (text("Why not?", A),)),
    "“Red” ] ἀγαπη[...] A": Entry(Lemma(Words("“Red”")), (text("ἀγαπη[...]", A),)),
}


@pytest.mark.parametrize("line", FORMS)
def test_a_form_is_read_as_what_it_means(line: str) -> None:
    assert parse_entry(line, SIGLA) == (FORMS[line], ())


@pytest.mark.parametrize("line", FORMS)
def test_a_form_is_written_as_it_stands(line: str) -> None:
    assert write_entry(FORMS[line], SIGLA) == line


def outcome(problems: tuple[Problem, ...], items: list[str]) -> list[str]:
    said = [f"{p.origin.line if p.origin else 0}: {p.message} [apparatus.{p.kind.value}]" for p in problems]
    return said + [f"→ {item}" for item in items]


@pytest.mark.parametrize("case", READINGS, ids=titles(READINGS))
def test_a_slip_in_an_entry_is_reported_exactly(case: Case) -> None:
    entries, problems = parse_entries(case.source, Origin("text.md", 1), SIGLA, scholars=["Madvig"])
    assert outcome(problems, [write_entry(entry, SIGLA) for entry in entries]) == case.expected


def written(note: Note) -> str:
    body = " ¦ ".join(f"{i}:{line}" for i, line in zip(note.body_lines, note.body, strict=True))
    return f"{write_lemma(note.lemma, ())} | {body}"


@pytest.mark.parametrize("case", NOTES, ids=titles(NOTES))
def test_a_slip_in_a_note_is_reported_exactly(case: Case) -> None:
    notes, problems = parse_notes(case.source, Origin("text.md", 1))
    assert outcome(problems, list(map(written, notes))) == case.expected


def test_the_tables_have_no_title_twice() -> None:
    for table in (READINGS, NOTES):
        assert len(table) > 10
        assert len(set(titles(table))) == len(table)


@pytest.mark.parametrize(
    ("source", "body", "grade"),
    [
        ("Iosif ] A ruler. {grade}`one source`", ("A ruler.",), "one source"),
        ("Iosif ] A ruler.\n    {grade}`one source`", ("A ruler.",), "one source"),
        ("Iosif ] A ruler. {grade}`one\n    source`  ", ("A ruler.",), "one source"),
        ("Iosif ] A ruler.\n\n    Of what?\n    {grade}`open`", ("A ruler.", "", "Of what?"), "open"),
        ("Iosif ] {grade}`open` A ruler.", ("{grade}`open` A ruler.",), None),
        ("Iosif ] A ruler.", ("A ruler.",), None),
    ],
)
def test_a_note_says_at_its_end_how_sure_it_is(source: str, body: tuple[str, ...], grade: str | None) -> None:
    notes, problems = parse_notes(source.split("\n"), Origin("text.md", 1))
    assert ([(note.body, note.grade) for note in notes], problems) == ([(body, grade)], ())
    assert len(notes[0].body_lines) == len(body)


def test_a_note_that_has_only_its_grade_has_no_prose() -> None:
    notes, problems = parse_notes(["Iosif ] {grade}`open`"], Origin("text.md", 1))
    assert [(note.body, note.grade) for note in notes] == [((), "open")]
    assert [problem.kind for problem in problems] == [ProblemKind.EMPTY_NOTE]


NOTATION_KINDS = [
    k
    for k in ProblemKind
    if list(ProblemKind).index(k) <= list(ProblemKind).index(ProblemKind.BAD_CONTINUATION)
]


@pytest.mark.parametrize("kind", NOTATION_KINDS)
def test_every_kind_of_slip_is_in_the_tables(kind: ProblemKind) -> None:
    said = [line for case in (*READINGS, *NOTES) for line in case.expected]
    assert any(line.endswith(f"[apparatus.{kind.value}]") for line in said)


def test_a_problem_in_a_continuation_line_has_that_line_and_column() -> None:
    _, problems = parse_entries(["led ] lead A ;", "", "    lad Q B"], Origin("text.md", 40, 0), SIGLA)
    assert [p.origin for p in problems] == [Origin("text.md", 42, 4)]


def test_an_entry_has_the_place_of_its_first_line() -> None:
    entries, _ = parse_entries(["", "led ] lead A ;", "  lad B", "of ] om. W"], Origin("text.md", 7), SIGLA)
    assert [e.origin for e in entries] == [Origin("text.md", 8), Origin("text.md", 10)]


def test_without_scholars_every_siglum_counts_as_a_witness() -> None:
    _, problems = parse_entry("led ] lead Madvig ; lad Madvig", SIGLA)
    assert [p.kind for p in problems] == [ProblemKind.WITNESS_TWICE]


def test_a_no_break_space_is_text_and_other_white_space_is_folded() -> None:
    entry, _ = parse_entry("led ] a\u00a0b \t c A", SIGLA)
    assert entry
    assert entry.readings[0].text == "a\u00a0b c"


def test_a_locus_is_a_place_and_words() -> None:
    lemma = Lemma(Words("Pugnabatur"), Words("ad", 1))
    assert parse_locus("19.6-24.2: Pugnabatur … ad^1") == ((Place("19.6", "24.2"), lemma), ())


def test_a_locus_without_a_place_is_reported() -> None:
    locus, problems = parse_locus("Pugnabatur … ad", Origin("w.toml", 3))
    assert locus is None
    assert [str(p) for p in problems] == [
        "w.toml:3: no place at the head of 'Pugnabatur … ad'; write its block or blocks, as in '2.5: ' or "
        "'2.5–2.7: ' [apparatus.bad_conspectus]"
    ]


@pytest.mark.parametrize(
    ("remark", "fits"),
    [("a (b) c", True), ("a (b", False), ("a) b", False), ("a \\) b", True), ("a ` b", False)],
)
def test_a_remark_has_balanced_parentheses_and_closed_code(remark: str, fits: bool) -> None:
    assert is_remark(remark) is fits


@pytest.mark.parametrize(
    ("declared", "told"),
    [
        (["W", "Madvig", "cett.", "codd."], "declared are W, Madvig"),
        (list("ABCDEFGH"), "declared are A, B, C, D, E, F, G, H"),
        (["Madvig", *"ABCDEFGHI"], "declared are A, B, C, D, E, F, G, H and 2 more"),
        ([], "none is declared"),
    ],
)
def test_some_of_the_sigla_are_told_with_one_that_is_unknown(declared: list[str], told: str) -> None:
    _, (problem,) = parse_entries(["led ] lead Q"], Origin("text.md", 1), declared)
    assert problem.message.startswith(f"unknown siglum 'Q'; {told}; declare it in the conspectus, ")
