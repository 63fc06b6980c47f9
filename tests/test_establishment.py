"""How the text was established: the kinds of change by rule, and figures that agree with the edition."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from building import EDITIONS, Built, build, project
from collating import SmallEdition

from apparatus.changes import Change, change_of
from apparatus.conspectus import read_conspectus
from apparatus.edition import Edition
from apparatus.establishment import changes, establish, stretches
from apparatus.file_facts import facts
from apparatus.model import BREAK, Entry, Kind, Reading
from apparatus.sphinxext.domain import domain_of


@pytest.fixture(scope="module")
def ferry(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small edition with four witnesses, with a page on its establishment."""
    source = tmp_path_factory.mktemp("source")
    for path in (EDITIONS / "four-witnesses").rglob("*"):
        if path.is_file():
            copy = source / path.relative_to(EDITIONS / "four-witnesses")
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    parts = "\n\n".join(
        f":::{{establishment}} {part}\nA caption.\n:::"
        for part in ("witnesses", "files", "kinds", "changes", "places")
    )
    (source / "established.md").write_text(
        f"---\norphan: true\n---\n\n# Established\n\n{parts}\n", encoding="utf-8"
    )
    return build(source, tmp_path_factory.mktemp("out"))


@pytest.mark.parametrize(
    ("words", "reading", "change"),
    [
        ("The", "the", Change.CAPITALS),
        ("Третья сила", "Третья Сила", Change.CAPITALS),
        ("said", "ſaid", Change.SPELLING),
        ("οδοσ", "οδος", Change.SPELLING),
        ("daß", "dass", Change.SPELLING),
        ("ﬁne", "fine", Change.SPELLING),
        ("ΟΔΟΣ", "οδος", Change.CAPITALS),
        ("THE", "The", Change.CAPITALS),
        ("vs", "us", Change.SPELLING),  # what early prints write for one another
        ("Iust", "just", Change.SPELLING),
        ("vvhich", "which", Change.SPELLING),
        ("uvas", "vuas", Change.SPELLING),
        ("Ætas ſua", "Aetas sua", Change.SPELLING),
        ("ﬀ", "ff", Change.SPELLING),
        ("loue and ioy", "love and joy", Change.SPELLING),
        ("Vpon", "upon", Change.SPELLING),
        ("Vpon", "Open", Change.WORDS),
        ("law", "lay", Change.SPELLING),  # w counts as one letter
        ("topic – as", "topic - as", Change.PUNCTUATION),
        ("В. П.", "В.П.", Change.PUNCTUATION),
        ("a\u0323\u0301", "a\u0301\u0323", Change.SPELLING),  # encoded otherwise
        ("5 €", "5 £", Change.WORDS),  # a symbol is no stop
        ("a < b", "a > b", Change.WORDS),
        (f"a{BREAK}b c", f"a b{BREAK}c", Change.BREAKS),
        ("Any way", "Anyway", Change.PUNCTUATION),
        ("led", "lead", Change.SPELLING),
        ("Émigré", "Emigré", Change.SPELLING),
        ("calibre", "caliber", Change.SPELLING),
        ("pp. 68–81", "p. 68-81", Change.SPELLING),
        ("about", "with", Change.WORDS),
        ("the", "that", Change.WORDS),
        ("is", "as", Change.WORDS),
        ("had been", "were", Change.WORDS),
        ("1941", "1942", Change.WORDS),
        (f"lost.{BREAK}Then", "lost. Then", Change.BREAKS),
    ],
)
def test_a_change_is_told_from_the_words_alone(words, reading, change):
    assert change_of(words, Reading(Kind.TEXT, reading)) is change


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.TEXT])
def test_every_operation_has_its_kind_of_change(kind):
    assert change_of("words", Reading(kind, "words")) not in (
        Change.WORDS,
        Change.SPELLING,
        Change.PUNCTUATION,
    )


@pytest.mark.parametrize("kind", [Kind.OM, Kind.DEL, Kind.ADD, Kind.PRAEM, Kind.TRANSP])
@pytest.mark.parametrize(
    ("words", "is_sign"), [("–", True), (",”", True), ("€", False), ("a", False), ("7", False)]
)
def test_a_sign_that_is_left_out_added_or_moved_is_punctuation(kind, words, is_sign):
    assert (change_of(words, Reading(kind, words)) is Change.PUNCTUATION) is is_sign
    assert change_of(words, Reading(kind, words), is_block=True) is not Change.PUNCTUATION


def test_every_reading_is_counted_once(ferry):
    edition = domain_of(ferry.app.env).edition
    found = establish(edition)
    items = [entry.item for entry in edition.entries if isinstance(entry.item, Entry)]
    assert found.entries == len(items) == found.checked + found.unchecked
    assert sum(number for _, number in found.classes) == found.readings == sum(len(i.readings) for i in items)
    assert {one.key for one in found.compared} | set(found.uncompared) == set(edition.conspectus.witness)


def test_every_entry_and_note_has_its_place_in_the_picture(ferry):
    edition = domain_of(ferry.app.env).edition
    rows = list(stretches(edition))
    placed = [entry for entry in edition.entries if entry.span]
    assert sum(len(row.entries) + len(row.notes) for row in rows) == len(placed)
    assert all(0 <= at <= row.length for row in rows for at in (*row.entries, *row.notes))


def test_the_page_prints_the_figures(ferry):
    page = ferry.page("established")
    found = establish(domain_of(ferry.app.env).edition)
    assert f"The apparatus has {found.entries} entries" in page
    for change, number in found.classes:
        assert re.search(rf"<p>{re.escape(change.label)}</p></td>\s*<td[^>]*><p>{number}</p>", page), change
    for one in found.compared:
        assert f"{one.characters:,}" in page
        assert f"the same as {one.transcription}, character for character" in page
    assert page.count("A caption.") == 5
    assert '<svg class="drawing"' in page


def test_the_page_follows_a_change_of_the_text(ferry):
    text = Path(ferry.source) / "text.md"
    before = establish(domain_of(ferry.app.env).edition)
    text.write_text(text.read_text(encoding="utf-8") + "\nA paragraph more.\n", encoding="utf-8")
    again = build(ferry.source, ferry.out.parent, allow="unrecorded_difference siglum_is_a_word")
    assert f"over all {before.passages + 1} passages" in again.page("established")


def test_a_sign_or_a_heading_that_is_supplied_is_no_supplied_word(tmp_path):
    witnesses = '[witness.Q]\nname = "a copy"\n'
    text = (
        "# T\n\n:::{apparatus}\n¶ ] om. Q\n:::\n\nThey came – and went home.\n\n"
        ":::{apparatus}\n– ] om. Q\nhome ] om. Q\n:::\n"
    )
    built = build(project(tmp_path / "source", text, witnesses=witnesses), tmp_path / "build")
    edition = domain_of(built.app.env).edition
    assert establish(edition).supplied == 1


@pytest.mark.parametrize(("text", "says"), [("cat", "1 fault reported"), ("cat sat", "2 faults reported")])
def test_the_result_counts_faults(tmp_path, text, says):
    witnesses = '[witness.A]\nname = "a copy"\ntranscription = "A.txt"\n'
    page = f"# T\n\nThe {text} there.\n\n{{.editorial-text}}\n:::{{establishment}} witnesses\n:::\n"
    lines = {"cat": "T\nThe dog there.\n", "cat sat": "T\nA cat stood there.\n"}
    built = build(
        project(tmp_path / "source", page, witnesses=witnesses, **{"A.txt": lines[text]}),
        tmp_path / "build",
        allow="unrecorded_difference",
    )
    assert says in built.page("index")


def edition_of(blocks, line, theirs, gaps=()):
    """An edition of one entry and one witness, with its transcription."""
    said = f'[witness.A]\ntranscription = "A.txt"\ngaps = {[*gaps]}\n'
    small = SmallEdition(blocks, [line] if line else [], read_conspectus(said, "w.toml")[0])
    collation = small.collate(A=theirs)
    return Edition(small.text, small.conspectus, (), collation, collation.problems)


@pytest.mark.parametrize(
    ("line", "theirs", "without"),
    [
        ("grey. ¶ And ] grey; and A", ["It rained; the sea was grey; and nobody came.", "The end."], ""),
        ("grey. ¶ And nobody came. ] grey; alone. A", ["It rained; the sea was grey; alone.", "The end."], ""),
        ("grey. ¶ And nobody came. ] grey. A", ["It rained; the sea was grey.", "The end."], "2"),
        ("2: ¶ ] transp. ante 1: ¶ A", ["And nobody came.", "It rained; the sea was grey.", "The end."], ""),
        ("rained; ] rained; ¶ A", ["It rained;", "the sea was grey.", "And nobody came.", "The end."], ""),
    ],
)  # fmt: skip
def test_a_passage_is_there_however_a_witness_divides_its_text(line, theirs, without):
    blocks = ["It rained; the sea was grey.", "And nobody came.", "The end."]
    edition = edition_of(blocks, line, theirs)
    assert edition.problems == ()
    (one,) = establish(edition).compared
    assert (one.passages, " ".join(one.without)) == (3 - bool(without), without)


@pytest.mark.parametrize(
    ("line", "gaps"),
    [("2: ¶ ] lac. A", ()), ("2: ¶ ] ill. A", ()), ("2: ¶ ] om. A", ()), (None, ("2: ¶",))],
)
def test_a_passage_that_is_lost_is_not_there(line, gaps):
    mark = [] if line and "om." in line else ["[ill.]" if line and "ill." in line else "[lac.]"]
    edition = edition_of(
        ["One boat.", "It left.", "Nobody came."], line, ["One boat.", *mark, "Nobody came."], gaps
    )
    assert edition.problems == ()
    (one,) = establish(edition).compared
    assert one.without == ("2",)


def test_every_reading_is_listed_with_its_passage(ferry):
    edition = domain_of(ferry.app.env).edition
    listed = list(changes(edition))
    counts = establish(edition).classes
    assert [(c, sum(f.readings for f in listed if f.change is c)) for c, _ in counts] == list(counts)
    page = ferry.page("established")
    for found in listed:
        for block, number in found.where:
            passage = edition.text.blocks[block].number
            assert re.search(rf'href="[^"]*#{re.escape(passage)}">{re.escape(passage)}</a>', page)
            assert number == 1 or f"{passage}</a> ({number})" in page


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", (0, "ASCII", "none", "", False)),
        (b"one\ntwo", (7, "ASCII", "1 LF", "two", False)),
        (b"one\r\ntwo\r\n\r\n", (12, "ASCII", "3 CR LF", "two", True)),
        ("é\n\r".encode(), (4, "UTF-8 without a byte order mark", "1 LF, 1 CR", "é", True)),
        ("\ufeffé".encode(), (5, "UTF-8 with a byte order mark", "none", "é", False)),
        (b"caf\xe9", (4, "not UTF-8", "none", "caf\ufffd", False)),
    ],
)
def test_what_a_file_is_is_told_from_its_bytes(data, expected):
    found = facts(data)
    assert (found.size, found.encoding, found.line_ends, found.last_line, found.is_closed) == expected


def test_the_page_describes_each_transcription(ferry):
    page = ferry.page("established")
    for witness in domain_of(ferry.app.env).edition.conspectus.witnesses:
        if witness.transcription:
            data = (Path(ferry.source) / witness.transcription).read_bytes()
            assert hashlib.sha256(data).hexdigest() in page
            assert f"{len(data):,} bytes" in page


def test_an_edition_that_is_not_proved_says_so(tmp_path):
    witnesses = '[witness.A]\nname = "a copy"\ntranscription = "A.txt"\n[witness.B]\nname = "another"\n'
    text = "# T\n\nOne two.\n\n:::{apparatus}\ntwo ] too B\n:::\n"
    pages = (
        "# E\n\n:::{establishment} witnesses\n:::\n\n:::{establishment} kinds\n:::\n\n:::{conspectus}\n:::\n"
    )
    source = project(
        tmp_path / "s", text, witnesses=witnesses, **{"A.txt": "T\nQuite other.\n", "e.md": pages}
    )
    built = build(source, tmp_path / "o", allow="any", apparatus_collation=False, apparatus_positive=True)
    page = built.page("e")
    assert "No witness is rebuilt and compared: this edition is built without its proof." in page
    assert "Without a transcription" not in page and "no transcribed witness" not in page
    assert page.count("it is taken to have the lemma, which nothing proves") == 2
    assert "has the text" not in built.page("index")


def test_a_reference_that_leads_nowhere_is_printed_as_it_was_written_in_every_output(tmp_path):
    text = "# T\n\nOne two.\n\n:::{apparatus}\ntwo ] too A (see {entry}`1.1: nine`)\n:::\n"
    source = project(tmp_path / "s", text)
    for builder in ("xml", "pseudoxml", "html", "text"):
        built = build(source, tmp_path / builder, builder=builder, allow="unknown_note siglum_unused")
        page = next(built.out.glob("index.*")).read_text("utf-8")
        assert "1.1: nine" in page
