"""The face of an entry: what is printed and said of it, once for every output."""

from __future__ import annotations

import pytest
from building import CONF, build, project

from apparatus.edition import Edition, PlacedItem, Series, SourceDocument, make_edition
from apparatus.model import Conspectus, Entry, Lemma, Note, Scholar, Silence, Witness, Words
from apparatus.notation import parse_entry
from apparatus.numbering import SourceBlock
from apparatus.render.face import Face, Faces
from apparatus.render.runs import RunKind, Standing
from apparatus.render.style import STYLE, HouseStyle
from apparatus.sphinxext.tree import nodes

WHO = Conspectus(
    (Witness("A", "copy A", "𝔄"), Witness("B", silence=Silence.AGREES), Witness("C", silence=Silence.AGREES)),
    scholars=(Scholar("Madvig", "J. N. Madvig"),),
)
SERIES = {
    "apparatus": Series("apparatus", "Apparatus"),
    "sources": Series("sources", "Sources", "prose", "run-in", "s"),
    "commentary": Series("commentary", "Notes", "prose", "notes", "n"),
    "glosses": Series("glosses", "Glosses", "prose", "notes", "g", lemma=True),
}
TEXT = ("The old cat and the dog sat on the long low mat.", "Then they slept.")


def edition(*lines: str, notes: tuple[tuple[str, str], ...] = ()) -> Edition:
    """An edition of two passages with entries in the notation on the first, and notes (series, lemma) on it."""
    items = [PlacedItem("apparatus", _entry(line), 0) for line in lines]
    items += [PlacedItem(series, Note(Lemma(Words(lemma)), ("Prose.",)), 0) for series, lemma in notes]
    document = SourceDocument("text", 1, tuple(SourceBlock(text, None) for text in TEXT), tuple(items))
    return make_edition([document], SERIES, WHO, {})


def _entry(line: str) -> Entry:
    entry, problems = parse_entry(line, set(WHO.keys), scholars=set(WHO.scholar_keys))
    assert entry is not None and not problems
    return entry


def face(line: str, style: HouseStyle = STYLE, *, positive: bool = False) -> Face:
    its = edition(line)
    return Faces(its, style, positive=positive).of(its.entries[0])


def test_a_face_has_place_lemma_line_and_sentence_of_an_entry():
    found = face("cat ] dog A (why) ; hound Madvig")
    assert (found.place, found.lemma, found.marks, found.standing) == ("1.1", "cat", ("", ""), Standing.PLAIN)
    assert found.plain == "cat ] dog 𝔄 ; hound Madvig"
    assert found.spoken == "for “cat”, witness 𝔄 reads “dog”; J. N. Madvig reads “hound”"
    assert [run.text for run in found.runs if run.kind is RunKind.REMARK] == ["0"]
    assert [(run.text, run.name) for run in found.runs if run.siglum] == [
        ("B", ""),
        ("C", ""),
        ("𝔄", "copy A"),
        ("Madvig", "J. N. Madvig"),
    ]


def test_who_supports_the_lemma_by_silence_is_in_the_face_and_printed_in_a_positive_apparatus():
    negative, positive = face("cat ] dog A"), face("cat ] dog A", positive=True)
    assert [run.text for run in negative.runs if run.silent] == [" ", "B", " ", "C"]
    assert negative.runs == positive.runs
    assert (negative.plain, positive.plain) == ("cat ] dog 𝔄", "cat B C ] dog 𝔄")
    assert not any(run.silent for run in negative.printed())
    assert positive.printed() == positive.runs
    assert (negative.spoken, negative.spoken_otherwise) == (positive.spoken_otherwise, positive.spoken)
    assert positive.spoken == "for “cat”, witnesses B and C have the text; witness 𝔄 reads “dog”"


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("¶ ] om. A", "1.1"),
        ("1.1–1.2: ¶ ] om. A", "1.1–1.2"),
        ("1.1–1.2: mat … Then ] mat A", "1.1–1.2"),
        ("mat. ¶ Then ] mat, then A", "1.1"),  # which says itself where it ends
    ],
)
def test_an_entry_on_several_passages_says_which(line: str, place: str):
    assert face(line).place == place


def test_who_has_a_passage_is_not_said_to_have_its_words():
    assert (
        face("¶ B ] om. A").spoken == "for the whole passage, witness B has the passage; witness 𝔄 omits it"
    )


def test_where_nobody_is_silent_there_is_no_other_form():
    assert face("cat B C ] dog A").spoken_otherwise == ""


@pytest.mark.parametrize(
    ("line", "standing", "marks", "plain"),
    [
        ("old ] om. codd.", Standing.SUPPLEMENT, ("⟨", "⟩"), "⟨old⟩ ] om. codd."),
        ("old ] om. A B", Standing.PLAIN, ("", ""), "old ] om. 𝔄 B"),
        ("old ] crux.", Standing.CRUX, ("†", "†"), "†old† ] crux."),
        ("old ] secl. Madvig", Standing.SECLUDED, ("[", "]"), "[old] ] secl. Madvig"),
        ("¶ ] om. A", Standing.PLAIN, ("", ""), "¶ ] om. 𝔄"),
        ("¶ ] om. codd.", Standing.SUPPLEMENT, ("⟨", "⟩"), "⟨The old … low mat.⟩ ] om. codd."),
    ],
)
def test_the_standing_of_the_words_gives_the_signs_in_text_and_entry(line, standing, marks, plain):
    found = face(line)
    assert (found.standing, found.marks, found.plain) == (standing, marks, plain)


def test_the_number_of_an_occurrence_is_in_the_line_and_not_in_what_is_searched_or_set_by_lines():
    found = face("the^1 ] a A")
    assert found.runs[0].text == "the¹"
    assert (found.lemma, found.signed_lemma, found.plain) == ("the", "the", "the ] a 𝔄")


def test_which_entries_are_substantive_is_told_by_the_face():
    assert face("cat ] dog A").is_substantive
    assert not face("cat ] Cat A").is_substantive


def kinds(found: Face) -> list[RunKind]:
    return [run.kind for run in found.runs]


def test_notes_and_prose_have_a_face_in_which_the_prose_is_a_place():
    its = edition(notes=(("sources", "cat"), ("commentary", "dog"), ("glosses", "mat")))
    faces = Faces(its)
    by_series = {entry.series.name: faces.of(entry) for entry in its.entries}
    run_in, bare, headed = by_series["sources"], by_series["commentary"], by_series["glosses"]
    assert (run_in.place, run_in.plain, run_in.spoken) == ("1.1", "cat ] ", "")
    assert (bare.place, bare.plain, bare.spoken) == ("1", "", "on “dog”")
    assert (headed.place, headed.plain, headed.spoken) == ("1", "mat ] ", "")
    assert kinds(run_in) == kinds(headed) == [RunKind.LEMMA, RunKind.BRACKET, RunKind.PROSE]
    assert kinds(bare) == [RunKind.PROSE]


def test_a_long_lemma_of_prose_is_shortened_as_that_of_a_reading_is():
    its = edition(notes=(("sources", "The old cat and the dog sat"),))
    assert Faces(its).of(its.entries[0]).lemma == "The old … dog sat"


def test_an_entry_whose_words_are_not_found_has_the_face_of_what_it_says():
    found = face("horse ] mare A")
    assert (found.place, found.lemma, found.plain) == ("1.1", "horse", "horse ] mare 𝔄")


def test_a_face_is_made_once_and_kept():
    its = edition("cat ] dog A")
    faces = Faces(its)
    assert faces.of(its.entries[0]) is faces.of(its.entries[0])


# --- what a document holds


def test_a_document_at_rest_has_a_node_for_an_entry_only_where_it_has_a_remark(tmp_path):
    text = "# T\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A\nsat ] sits B (so *always*)\n:::\n"
    made = build(project(tmp_path / "source", text), tmp_path / "build")
    (foot,) = made.app.env.get_doctree("index").findall(nodes.foot)
    assert foot["entries"] == ["index#0", "index#1"]
    (entry,) = foot.children
    assert isinstance(entry, nodes.formal_entry)
    assert [type(child) for child in entry.children] == [nodes.remark]
    assert entry["entry_key"] == "index#1"
    assert b"apparatus.render.face" not in (made.out.parent / "doctrees" / "environment.pickle").read_bytes()


def test_no_transform_passes_an_entry_that_has_no_remark(tmp_path):
    conf = CONF + (
        "from apparatus.sphinxext.tree import nodes\n"
        "def count(app, doctree):\n"
        "    (series,) = doctree.findall(nodes.series_block)\n"
        "    app.parsed = [len(series['items']), len(list(series.findall(nodes.formal_entry)))]\n"
        "def setup(app):\n"
        "    app.connect('doctree-read', count, priority=1)\n"
    )
    text = "# T\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A\nsat ] sits B (so *always*)\n:::\n"
    made = build(project(tmp_path / "source", text, conf=conf), tmp_path / "build")
    assert made.app.parsed == [2, 1]


def test_a_formal_entry_that_is_printed_has_a_node_only_for_its_remarks(tmp_path):
    text = (
        "# T\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A ; *cow* B\nsat ] sits B (see {ref}`1.1`)\n:::\n"
    )
    source = project(tmp_path / "source", text)
    made = build(source, tmp_path / "build", builder="epub", version="1", copyright="E")
    printed = made.app.env.get_and_resolve_doctree("index", made.app.builder, tags=made.app.tags)
    (entry,) = printed.findall(nodes.formal_entry)
    assert [type(child) for child in entry.children] == [nodes.remark]
    (others,) = printed.findall(nodes.formal_entries)
    ((listed,),) = others["clusters"]
    assert (listed.key, listed.id) == ("index#0", "1.1-a1")
    page = (made.out / "index.xhtml").read_text(encoding="utf-8")
    assert '<span class="remark">(see <a class="reference internal" href="#1.1">' in page


def test_links_stand_in_prose_that_is_run_in_and_in_remarks(tmp_path):
    conf = CONF + "apparatus_series = {'apparatus': {}, 'sources': {'holds': 'prose'}}\n"
    text = "# T\n\nThe cat sat.\n\n:::{sources}\ncat ] see {ref}`1.1` and <https://a.org>\n:::\n"
    text += "\n:::{apparatus}\nsat ] sits A B (see <https://b.org>)\n:::\n"
    page = build(project(tmp_path / "source", text, conf=conf), tmp_path / "build").page("index")
    assert (
        'href="#1.1-s1-lemma">cat</a>\N{NO-BREAK SPACE}] see <a class="reference internal" href="#1.1">'
        in page
    )
    assert '<span class="remark">(see <a class="reference external" href="https://b.org">' in page


def test_the_paragraphs_of_a_note_are_translated_each_by_itself(tmp_path):
    text = "# T\n\nThe cat sat.\n\n:::{commentary}\ncat ] Words that only this test translates.\n\n  And others of its own.\n:::\n"
    # Sphinx keeps the messages of a catalogue for as long as the process lasts.
    conf = CONF + 'locale_dirs = ["locale"]\n'
    messages = 'msgid "Words that only this test translates."\nmsgstr "Ein Tier."\n\nmsgid "And others of its own."\nmsgstr "Ein kleines."\n'
    catalogue = {"locale/de/LC_MESSAGES/index.po": messages}
    source = project(tmp_path / "source", text, conf=conf, **catalogue)
    made = build(source, tmp_path / "build", allow="siglum_unused", language="de")
    note = made.page("index").partition('class="note-body"')[2]
    assert "<p>Ein Tier.</p>" in note
    assert "<p>Ein kleines." in note


def test_where_the_book_has_no_list_of_witnesses_a_siglum_is_no_link(tmp_path):
    text = "# T\n\nThe cat sat.\n\n:::{apparatus}\ncat ] dog A^2 B\n:::\n"
    pages = {"witnesses.md": "---\norphan: true\n---\n\n# W\n\n:::{conspectus}\n:::\n"}
    made = build(project(tmp_path / "source", text, **pages), tmp_path / "build", builder="latex")
    (book,) = made.out.glob("*.tex")
    assert r"{cat}{]} dog \siglum{A$^{\text{2}}$} \siglum{B}}cat" in book.read_text(encoding="utf-8")
