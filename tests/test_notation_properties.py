"""No line whatever makes the reader raise, and what is written is read back the same."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from apparatus.characters import fold
from apparatus.model import BREAK, Entry, Kind, Lemma, Origin, Place, Reading, Siglum, Target, Words
from apparatus.notation import (
    is_remark,
    parse_entries,
    parse_entry,
    parse_locus,
    parse_notes,
    write_entry,
    write_locus,
)

SIGLA = ("A", "B", "W", "V", "Π1", "69", "Madvig", "ω", "I.")
ORIGIN = Origin("text.md", 1)

# Characters and words that mean something to the notation come up often.
WORDS = (
    *SIGLA, "A^ac", "B?", "A,", "B;", "Q", "q", "^2", "the^2", "x^0", "]", ";", "/", "…", "¶", "¶¶", "(", ")", "(a)",
    "(a", "a)", '"', '""', '"a', 'a"', "`", "``", "\\", "\\)", "2", "2.5", "2.5:", "2.5–2.6:", "2-3:", "post", "ante",
    "cett.", "codd.", "[...]", "†", "no\u00a0break", "\u1f44", "e\u0301", ":", "---",
    "{", "}", "{a}", "{a, b}", "{a", "b}", "<", "{a < c}", "{< c}", "{a b}", "{}", "{A}", "{a}(why)", *(k.value for k in Kind if k.value),
)  # fmt: skip
word = st.one_of(st.sampled_from(WORDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
line = st.one_of(st.text(max_size=60), st.lists(word, max_size=16).map(" ".join))
lines = st.lists(st.tuples(st.sampled_from(["", "", "  ", "\t"]), line).map("".join), max_size=6)


def normal(text: str) -> str:
    """Any text as the text of a block may have it: no blanks at its edges or beside a break."""
    parts = [fold(part) for part in text.split("¦")]
    return BREAK.join(parts)


text = st.one_of(line, st.lists(word, max_size=5).map("¦".join)).map(normal).filter(bool)
number = st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,2}){0,2}[a-z]?", fullmatch=True)
remark = st.one_of(st.none(), line.map(fold).filter(is_remark))
name = st.sampled_from(["spelling", "eye-skip", "Ꝓ", "א", "A", "(x)", "]", ";", "/", '"', "om."]) | st.text(
    st.characters(exclude_categories=["Cs", "C", "Z"], exclude_characters=",<{}"), min_size=1, max_size=4
)
names = st.lists(name, max_size=3, unique=True).map(tuple)
words = st.builds(Words, text, st.one_of(st.none(), st.integers(0, 10**9 - 1)))
lemma = st.one_of(st.just(Lemma(None)), st.builds(Lemma, words, st.one_of(st.none(), words)))
siglum = st.builds(
    Siglum,
    st.sampled_from([*SIGLA, "cett.", "codd."]),
    st.sampled_from([None, "ac", "pc", "2", "γρ"]),
    st.booleans(),
)
sigla = st.lists(siglum, min_size=1, max_size=3).map(tuple)
target = st.one_of(
    st.builds(Target, st.booleans(), number), st.builds(Target, st.booleans(), st.none() | number, lemma)
)
reading = st.one_of(
    st.builds(
        Reading,
        st.sampled_from([Kind.TEXT, Kind.ADD, Kind.PRAEM]),
        text,
        st.none(),
        sigla,
        remark,
        st.booleans(),
        names,
        names,
    ),
    st.builds(
        Reading,
        st.sampled_from([Kind.OM, Kind.ILL, Kind.LAC, Kind.DEL, Kind.SECL]),
        sigla=sigla,
        remark=remark,
        sub=st.booleans(),
        classes=names,
        causes=names,
    ),
    st.builds(
        Reading,
        st.just(Kind.TRANSP),
        target=target,
        sigla=sigla,
        remark=remark,
        sub=st.booleans(),
        classes=names,
        causes=names,
    ),
    st.builds(Reading, st.just(Kind.CRUX), remark=remark, sub=st.booleans()),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    support = draw(st.one_of(st.just(()), sigla))
    entry = Entry(
        draw(lemma),
        tuple(draw(st.lists(reading, min_size=1, max_size=4))),
        support,
        draw(remark) if support else None,
        draw(st.one_of(st.none(), st.builds(Place, number, st.none() | number))),
        draw(remark),
    )
    cited = [(s.key, s.hand) for part in (entry.support, *(r.sigla for r in entry.readings)) for s in part]
    assume(len(cited) == len(set(cited)))
    return entry


@given(lines)
def test_no_lines_make_the_readers_raise(source: list[str]) -> None:
    for problem in (*parse_entries(source, ORIGIN, SIGLA)[1], *parse_notes(source, ORIGIN)[1]):
        assert problem.origin is not None
        assert 1 <= problem.origin.line <= len(source)


@given(line, st.sets(word, max_size=8))
def test_no_line_and_no_sigla_make_the_reader_raise(source: str, known: set[str]) -> None:
    entry, problems = parse_entry(source, known)
    assert entry or problems


@given(line)
def test_no_locus_makes_the_reader_raise(source: str) -> None:
    locus, problems = parse_locus(source)
    assert locus or problems


@given(entries())
def test_an_entry_written_is_read_back_the_same_without_a_problem(entry: Entry) -> None:
    assert parse_entry(write_entry(entry, SIGLA), SIGLA) == (entry, ())


PLAIN = ("led", "lead", "army,", "(kulaki)", "Iosif", "I", "war.", "the^2")
ordinary = st.lists(st.sampled_from(PLAIN) | st.sampled_from(PLAIN + WORDS), min_size=1, max_size=3).map(
    " ".join
)
said = st.sampled_from(["", " {spelling}", " {spelling, form < eye-skip}", " {< eye-skip}", " {form} (why)"])
member = st.tuples(ordinary, st.sampled_from(SIGLA), said).map(
    lambda parts: f"{parts[0]} {parts[1]}{parts[2]}"
)
likely = st.tuples(
    ordinary, st.lists(st.tuples(member, st.sampled_from([" ; ", " / "])), min_size=1, max_size=3)
).map(lambda parts: f"{parts[0]} ] " + "".join(m + d for m, d in parts[1])[:-3])


@given(likely)
def test_what_is_read_without_a_problem_is_written_as_it_stood(source: str) -> None:
    entry, problems = parse_entry(source, SIGLA)
    if entry and not problems:
        written = write_entry(entry, SIGLA)
        # Only blanks, and the hyphen in a place, may differ.
        assert written.replace(" ", "").replace("–", "-") == source.replace(" ", "").replace("–", "-")
        assert parse_entry(written, SIGLA) == (entry, ())


@given(st.builds(Place, number, st.none() | number), lemma)
def test_a_locus_written_is_read_back_the_same(place: Place, words: Lemma) -> None:
    assert parse_locus(write_locus(place, words)) == ((place, words), ())
