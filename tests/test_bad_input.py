"""Every bad input gives one clear message at its line; the build goes on and nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, WITH_WORKS, build, project

from apparatus.script import SCHEMES

TEXT = "# Title\n\nThe cat sat on the mat by the door.\n"
ENTRY_LINE = 10

#: (what is wrong, entries, the line of the message, the message)
CASES = [
    (
        "lemma not in the block",
        "cot ] dog A",
        10,
        "“cot” is not in block 1.1: the nearest there is “cat” [apparatus.lemma_not_found]",
    ),
    (
        "ambiguous lemma",
        "the ] a A",
        10,
        "“the” stands twice in block 1.1: write the^1 or the^2, or a longer lemma: “the mat”, “the door.” "
        "[apparatus.lemma_ambiguous]",
    ),
    (
        "unknown siglum",
        "cat ] dog Ax",
        10,
        "unknown siglum 'Ax'; did you mean 'A'? declared are A, B; declare it in the conspectus, or quote the text if it is a word "
        "[apparatus.unknown_siglum]",
    ),
    (
        "same witness twice in one entry",
        "cat ] dog A ; cow A",
        10,
        "'A' is named twice in one entry; name it once, or tell its hands apart ('A^ac') [apparatus.witness_twice]",
    ),
    (
        "no bracket",
        "cat dog A",
        10,
        "no ' ] ' between lemma and readings in 'cat dog A'; write 'lemma ] reading siglum', or indent the line "
        "if it continues the entry above [apparatus.no_bracket]",
    ),
    (
        "two brackets",
        "cat ] dog A ] cow B",
        10,
        "two ' ] ' in 'cat ] dog A ] cow B'; begin a new line for another entry, or quote the text that has ' ] ' "
        "[apparatus.two_brackets]",
    ),
    (
        "a bare text that contains a siglum",
        "cat ] A dog B",
        10,
        "'A' is a declared siglum but stands within a text; quote the text (\"A dog\") or declare 'dog' as a siglum "
        "[apparatus.siglum_in_text]",
    ),
    (
        "needless quotes",
        'cat ] "dog" A',
        10,
        'the quotes around \'dog\' do nothing; omit them, or if they are text write """dog""" '
        "[apparatus.needless_quotes]",
    ),
    (
        "unbalanced quotes",
        'cat ] "dog A',
        10,
        "the quotes in '\"dog A' do not close; write '\"\"' for a quotation mark that is text; "
        "left out: 'cat ] \"dog A' "
        "[apparatus.unbalanced_quotes]",
    ),
    (
        "a remark that does not close",
        "cat ] dog A (why",
        10,
        "the remark '(why' does not close; add ')'; left out: 'cat ] dog A (why' [apparatus.unclosed_remark]",
    ),
    (
        "empty reading",
        "cat ] A",
        10,
        "no words before the sigla; if 'A' is the reading, quote it; left out: 'cat ] A' [apparatus.empty_reading]",
    ),
    (
        "abbreviated lemma whose end comes before its start",
        "mat … cat ] om. A",
        10,
        "the lemma’s end “cat” does not come after its start “mat” in block 1.1 [apparatus.lemma_reversed]",
    ),
    (
        "transposition to words not in the block",
        "cat ] transp. post dog A",
        10,
        "the target of transp.: “dog” is not in block 1.1: nothing there is like it [apparatus.target_not_found]",
    ),
    (
        "two entries that give one witness two readings for the same words",
        "cat ] dog A\ncat ] cow A",
        11,
        "A is said to read “cow” for “cat”, and in another entry (index.md:10) “dog” [apparatus.two_readings]",
    ),
    (
        "two entries about the same words",
        "cat ] dog A\ncat ] dog B",
        11,
        "“cat” has an entry already (index.md:10); write one entry for both: cat ] dog A B [apparatus.same_words]",
    ),
    (
        "a series that is not closed",
        "cat ] dog A\n:::{commentary}\nmat ] A mat.",
        11,
        ":::{commentary} begins before this apparatus is closed; write ::: on the line above it "
        "(what follows is left out) [apparatus.unclosed_fence]",
    ),
    (
        "an entry that names a witness inside its declared gap",
        "door ] gate C",
        10,
        "C has a declared gap here and cannot attest anything for “door”: mend the entry or the gap "
        "[apparatus.witness_in_gap]",
    ),
]
WITNESSES = """\
[witness.A]
name = "the first copy"

[witness.B]
name = "the second copy"
"""
FRAGMENT = """
[witness.C]
name = "a fragment"
gaps = ["1.1: mat … door"]
"""


def messages(folder: Path, text: str, **options: str) -> list[str]:
    """What a build says, without the remarks on witnesses that the example does not cite."""
    source = project(folder / "source", text, **{"witnesses": WITNESSES, **options})
    built = build(source, folder / "build", allow="any")
    assert (built.out / "index.html").exists()
    return [w for w in built.warnings if "siglum_unused" not in w]


@pytest.mark.parametrize(("entries", "line", "message"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_faulty_entry_is_reported_at_its_line(tmp_path, entries, line, message):
    witnesses = WITNESSES + FRAGMENT if " C" in entries else WITNESSES
    said = messages(tmp_path, f"{TEXT}\n:::{{apparatus}}\n{entries}\n:::\n", witnesses=witnesses)
    assert f"index.md:{line}: WARNING: {message}" in said


def test_an_apparatus_with_no_block_before_it_has_no_host(tmp_path):
    said = messages(tmp_path, ":::{apparatus}\ncat ] dog A\n:::\n")
    assert said == [
        "index.md:6: WARNING: no block of edited text stands before this: put it under its block, "
        "or name the block (“2.5: …”) [apparatus.no_host]"
    ]


def test_an_entry_among_the_text_is_reported_before_what_follows_from_it(tmp_path):
    text = (
        "# Title\n\n- The cat sat.\n\n  :::{apparatus}\ncat ] dog A\n  :::\n\n"
        "- Then.\n\n  :::{apparatus}\n  Now ] Then A\n  :::\n"
    )
    said = build(project(tmp_path / "source", text), tmp_path / "out", allow="any").warnings
    kinds = [warning.rpartition("[apparatus.")[2] for warning in said]
    assert kinds[0] == "entry_in_text]"
    assert "lemma_not_found]" in kinds


def test_an_entry_that_has_slipped_out_of_its_series_is_not_taken_for_text(tmp_path):
    text = "# Title\n\n- The cat sat.\n\n  :::{apparatus}\nThe ] A B\ncat ] dog A\n  :::\n"
    warnings = build(project(tmp_path / "source", text), tmp_path / "out", allow="any").warnings
    said = [warning for warning in warnings if "entry_in_text" in warning]
    assert len(said) == 1
    assert "looks like an entry, not like text: put it into its series" in said[0]


@pytest.mark.parametrize("conspectus", ["not TOML", None])
def test_where_no_siglum_is_known_the_entries_are_not_blamed(tmp_path, conspectus):
    source = project(tmp_path / "source", f"{TEXT}\n:::{{apparatus}}\ncat ] dog A (a remark)\n:::\n")
    if conspectus is None:
        (source / "witnesses.toml").unlink()
    else:
        (source / "witnesses.toml").write_text(conspectus, encoding="utf-8")
    [warning] = build(source, tmp_path / "out", allow="any").warnings
    assert "bad_conspectus" in warning


def test_a_series_that_is_not_declared_is_named_with_the_nearest(tmp_path):
    said = messages(tmp_path, f"{TEXT}\n:::{{comentary}}\ncat ] An animal.\n:::\n")
    assert (
        "index.md:9: WARNING: series 'comentary' is not declared in apparatus_series; "
        "did you mean 'commentary'? [apparatus.unknown_series]"
    ) in said


@pytest.mark.parametrize(
    ("called_in", "shown"), [(".", "source/"), ("source", ""), ("/", None), ("other", None)]
)
def test_files_are_named_as_they_are_reached_from_where_the_build_was_called(
    tmp_path, monkeypatch, called_in, shown
):
    text = f"{TEXT}\n:::{{apparatus}}\ncat ] dog A\ncat ] dog B\n:::\n"
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED + '[witness.B]\nname = "B"\n')
    (source / "A.txt").write_text("Title\nThe cow sat on the mat by the door.\n", encoding="utf-8")
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / called_in)
    to = f"{source}/" if shown is None else shown
    said = "\n".join(build(source, tmp_path / "build", folder_shown=True, allow="any").warnings)
    assert f"{to}index.md:10: WARNING: the entry says that A reads" in said
    assert f"the transcription ({to}A.txt:2) has" in said
    assert f"{to}index.md:11: WARNING: “cat” has an entry already ({to}index.md:10)" in said


@pytest.mark.parametrize("close", ["::", ":::"])
def test_a_fence_of_two_colons_is_reported_alone_and_read_as_it_was_meant(tmp_path, close):
    text = f"{TEXT}\n::{{apparatus}}\ncat ] dog A\nmat ] rug A\n{close}\n\nThen it slept.\n"
    source = project(tmp_path / "source", text, witnesses=TRANSCRIBED)
    (source / "A.txt").write_text(
        "Title\nThe dog sat on the rug by the door.\nThen it slept.\n", encoding="utf-8"
    )
    built = build(source, tmp_path / "build", allow="any")
    assert built.warnings == (
        "index.md:9: WARNING: a fence needs three colons; write :::{apparatus} here, and ::: where it closes "
        "(it is read so) [apparatus.short_fence]",
    )
    assert 'id="1.2"' in built.page("index") and ">dog<" in built.page("index")


def test_a_series_that_two_colons_close_is_closed_and_one_that_is_misspelt_is_found(tmp_path):
    text = (
        f"{TEXT}\n:::{{apparatus}}\ncat ] dog A\n::\n\nThen it slept.\n\n::{{comentary}}\nThen ] Later.\n::\n"
    )
    said = messages(tmp_path, text)
    assert [w for w in said if "myst.directive_unknown" not in w] == [
        "index.md:11: WARNING: a fence needs three colons; write ::: here (it is read so) [apparatus.short_fence]",
        "index.md:15: WARNING: a fence needs three colons; write :::{comentary} here, and ::: where it closes "
        "(it is read so) [apparatus.short_fence]",
        "index.md:15: WARNING: series 'comentary' is not declared in apparatus_series; "
        "did you mean 'commentary'? [apparatus.unknown_series]",
    ]


def test_two_colons_in_code_or_before_another_word_are_left_alone(tmp_path):
    text = f"{TEXT}\n{{.editorial-text}}\n```text\n::{{apparatus}}\n::\n```\n\n::{{what}}\n"
    source = project(tmp_path / "source", text, witnesses="")
    built = build(source, tmp_path / "build")
    assert built.warnings == ()
    assert "\n::{apparatus}\n::\n" in re.sub("<[^>]+>", "", built.page("index"))


TRANSCRIBED = '[witness.A]\nname = "the first copy"\ntranscription = "A.txt"\n'


def transcription_messages(folder: Path, data: bytes | None) -> list[str]:
    source = project(folder / "source", TEXT, witnesses=TRANSCRIBED)
    if data is not None:
        (source / "A.txt").write_bytes(data)
    return list(build(source, folder / "build", allow="any").warnings)


def test_a_missing_transcription_is_named(tmp_path):
    (said,) = transcription_messages(tmp_path, None)
    assert "[apparatus.transcription_missing]" in said
    assert "A.txt" in said


def test_a_transcription_that_is_not_utf8_is_reported_with_its_line(tmp_path):
    said = transcription_messages(tmp_path, b"Title\nThe c\xe4t sat on the mat by the door.\n")
    assert any(w.startswith("A.txt:2: WARNING: ") and "transcription_not_utf8" in w for w in said)


def test_a_byte_order_mark_is_reported_and_is_no_text(tmp_path):
    (said,) = transcription_messages(tmp_path, b"\xef\xbb\xbfTitle\nThe cat sat on the mat by the door.\n")
    assert "[apparatus.transcription_bom]" in said


def test_crlf_line_ends_are_reported_and_are_no_text(tmp_path):
    (said,) = transcription_messages(tmp_path, b"Title\r\nThe cat sat on the mat by the door.\r\n")
    assert "[apparatus.transcription_crlf]" in said


*EARLIER, LAST = map(repr, SCHEMES)
KNOWN_SCHEMES = f"{', '.join(EARLIER)} or {LAST}"


def test_an_unknown_transliteration_scheme_is_reported_and_the_default_used(tmp_path):
    conf = CONF + 'apparatus_scheme = "iso-9"\n'
    source = project(tmp_path / "source", "# Title\n\nВласов\n", conf=conf, witnesses="")
    built = build(source, tmp_path / "build", allow="any")
    assert built.warnings == (
        f"WARNING: conf.py: apparatus_scheme is 'iso-9'; it wants {KNOWN_SCHEMES}, and 'ala-lc-plain' is used "
        "[apparatus.unknown_scheme]",
    )
    assert "[Vlasov]" in built.page("index")


def test_latin_letters_inside_a_cyrillic_word_are_reported_at_the_block(tmp_path):
    said = messages(tmp_path, "# Title\n\nText.\n\nBлacoв\n")
    assert said == [
        "index.md:9: WARNING: 'Bлacoв' mixes Latin and Cyrillic letters; retype it in one script "
        "[apparatus.mixed_script]"
    ]


def test_an_unknown_citation_key_is_reported_with_the_nearest(tmp_path):
    works = "@book{edele2017, author = {Edele, Mark}, title = {Stalin's Defectors}, year = {2017}}\n"
    text = TEXT + "\n:::{commentary}\ncat ] See {cite:p}`edele2107`.\n:::\n\n```{bibliography}\n:all:\n```\n"
    said = messages(tmp_path, text, conf=WITH_WORKS, **{"works.bib": works})
    assert any(
        "[apparatus.unknown_citation]" in w and "edele2017" in w and "index.md:10" in w for w in said
    ), said


def test_a_wrong_field_of_a_series_is_reported_with_the_nearest(tmp_path):
    conf = CONF + 'apparatus_series = {"apparatus": {"label": "A", "form": "runin"}}\n'
    said = messages(tmp_path, TEXT, conf=conf)
    assert said == [
        "WARNING: conf.py: apparatus_series['apparatus']['form'] is 'runin'; it wants 'run-in', 'notes' or "
        "'discussion', and 'run-in' is used [apparatus.bad_config]"
    ]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('apparatus_section_level = "2"', "is '2'; it wants a whole number, and 2 is used"),
        ("apparatus_section_level = True", "is True; it wants a whole number, and 2 is used"),
        ('apparatus_citation = ["x"]', "is ['x']; it wants a dictionary, and {} is used"),
        ("apparatus_concordance = 5", "is 5; it wants the path of a file, and None is used"),
        ("apparatus_licence = 5", "is 5; it wants a text, and '' is used"),
        ('apparatus_positive = "yes"', "is 'yes'; it wants True or False, and False is used"),
        ("apparatus_imprint = 'x'", "is 'x'; it wants a list of texts, and [] is used"),
    ],
)
def test_a_setting_of_a_wrong_type_is_reported_and_the_default_used(tmp_path, line, wanted):
    said = messages(tmp_path, TEXT, conf=CONF + line + "\n")
    assert said == [f"WARNING: conf.py: {line.split()[0]} {wanted} [apparatus.bad_config]"]


def test_an_unknown_setting_is_reported_with_the_nearest(tmp_path):
    said = messages(tmp_path, TEXT, conf=CONF + 'apparatus_shceme = "iso9"\n')
    assert said == [
        "WARNING: conf.py: there is no setting 'apparatus_shceme'; did you mean 'apparatus_scheme'? "
        "[apparatus.bad_config]"
    ]


def test_two_series_of_one_letter_are_reported_and_keep_their_anchors_apart(tmp_path):
    conf = CONF + 'apparatus_series = {"notes": {"letter": "x"}, "sources": {"letter": "x"}}\n'
    entries = "\n:::{notes}\ncat ] dog A\n:::\n\n:::{sources}\ncat ] dog A\n:::\n"
    source = project(
        tmp_path / "source", TEXT + entries, conf=conf + 'apparatus_conspectus = "witnesses.toml"\n'
    )
    built = build(source, tmp_path / "build", allow="any")
    assert (
        "WARNING: conf.py: apparatus_series['sources']['letter'] is 'x', which another series has already; 'a' is used "
        "[apparatus.bad_config]"
    ) in built.warnings
    assert 'id="1.1-x1"' in built.page("index") and 'id="1.1-a1"' in built.page("index")


def test_entries_that_cannot_be_placed_are_printed_all_the_same(tmp_path):
    source = project(tmp_path / "source", f"{TEXT}\n:::{{apparatus}}\ncot ] dog A\n:::\n")
    page = build(source, tmp_path / "build", allow="lemma_not_found siglum_unused").page("index")
    assert "unplaced" in page
    assert ">dog<" in page


@pytest.mark.parametrize(("builder", "suffix"), [("latex", "tex"), ("text", "txt")])
def test_an_entry_that_cannot_be_placed_says_so_on_paper_too(tmp_path, builder, suffix):
    entries = ":::{apparatus}\ncot ] dog A\n:::\n\n:::{commentary}\ncot ] A note.\n:::\n"
    source = project(tmp_path / "source", f"{TEXT}\n{entries}")
    built = build(source, tmp_path / "build", builder=builder, allow="lemma_not_found siglum_unused")
    words = " ".join(next(built.out.glob(f"*.{suffix}")).read_text(encoding="utf-8").split())
    assert words.count("— place not found in the text") == 2


# --- files ------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_a_document_that_is_not_utf8_is_read_as_well_as_can_be(tmp_path, encoding):
    source = project(tmp_path / "source", "")
    (source / "other.md").write_bytes("# Dog\n\nThe d\xf6g lay.\n\nAnd slept.\n".encode(encoding))
    (source / "index.md").write_text("# Cat\n\n```{toctree}\nother\n```\n", encoding="utf-8")
    for _ in range(2):  # and again when nothing is read again
        built = build(source, tmp_path / "build", allow="any")
        at = "3: WARNING: the document is not UTF-8: byte 12, in line 3, is 0xf6"
        if encoding == "utf-16":
            at = "1: WARNING: the document is not UTF-8: byte 0, in line 1, is 0xff"
        assert f"other.md:{at}; save it as UTF-8 [apparatus.not_utf8]" in built.warnings
    if encoding == "latin-1":
        assert "The d\N{REPLACEMENT CHARACTER}g lay." in built.page("other")
        assert "And slept." in built.page("other")


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_an_empty_transcription_is_reported_and_not_compared(tmp_path, data):
    (said,) = [w for w in transcription_messages(tmp_path, data) if "siglum_unused" not in w]
    assert said == (
        "A.txt:1: WARNING: the transcription of witness 'A' has no text, and is not compared: type it, "
        "or take 'transcription' out [apparatus.transcription_empty]"
    )


def test_a_transcription_of_which_the_rules_leave_nothing_is_reported(tmp_path):
    witnesses = TRANSCRIBED + "\n[[witness.A.lines]]\nrole = 'paratext'\nbegin = '^Title'\n"
    said = messages(tmp_path, TEXT, witnesses=witnesses, **{"A.txt": "Title\nThe cat.\n"})
    assert said == [
        "A.txt:1: WARNING: the transcription of witness 'A' has no text, and is not compared: the rules about its "
        "lines leave none; mend them [apparatus.transcription_empty]"
    ]


ANCHORS = CONF + 'apparatus_anchors = "anchors.tsv"\n'
SAME = "1.1\tThe cat sat on the mat by the door.\n"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (
            b"1\tTitle\n1.1 The cat sat.\n",
            "2: WARNING: '1.1 The cat sat.' records no anchor; write its number, a tab and the text of its block, "
            "or remove it [apparatus.bad_anchors]",
        ),
        (
            b"one\tThe cat sat.\n",
            "1: WARNING: 'one\\tThe cat sat.' records no anchor; write its number, a tab and the text of its block, "
            "or remove it [apparatus.bad_anchors]",
        ),
        (
            (SAME + "\n" + SAME).encode(),
            "3: WARNING: the anchor 1.1 is recorded twice, first in line 1; remove one of the two [apparatus.bad_anchors]",
        ),
        (
            b"1\tTitle\n1.1\tThe c\xe4t sat on the mat by the door.\n",
            "2: WARNING: the record of published anchors is not UTF-8: byte 17, in line 2, is 0xe4; save it as UTF-8 "
            "[apparatus.bad_anchors]",
        ),
        (
            b"1.1\tQuite other words stand here.\n",
            "1: WARNING: the published anchor 1.1 has come to mean another block; readers have cited it, so restore "
            "the order of the blocks, or say what became of it (python -m apparatus renumber), or remove this line if the anchor was never published [apparatus.anchor_lost]",
        ),
        (("\ufeff" + SAME.replace("\n", "\r\n")).encode(), None),
    ],
    ids=["no tab", "no number", "twice", "not UTF-8", "outdated", "BOM and CRLF"],
)
def test_a_faulty_record_of_anchors_is_reported_at_its_line(tmp_path, data, wanted):
    source = project(tmp_path / "source", TEXT, witnesses="", conf=ANCHORS)
    (source / "anchors.tsv").write_bytes(data)
    assert build(source, tmp_path / "build", allow="any").warnings == (
        (f"anchors.tsv:{wanted}",) if wanted else ()
    )


def test_a_record_of_anchors_that_cannot_be_read_is_reported(tmp_path):
    source = project(tmp_path / "source", TEXT, witnesses="", conf=ANCHORS)
    (source / "anchors.tsv").mkdir()
    (said,) = build(source, tmp_path / "build", allow="any").warnings
    assert said.startswith(
        "anchors.tsv:1: WARNING: the record of published anchors cannot be read: is a directory; "
    )


WORKS = "@book{first, author = {A, B}, title = {One}, year = {2001}}\n"
LAST = "@book{last, author = {C, D}, title = {Three}, year = {2003}}\n"


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (
            "@book{second, title = {D\xf6g}}",
            "the bibliography is not UTF-8: byte 84, in line 2, is 0xf6; save it as UTF-8",
        ),
        (
            "@book{second, author = E, F}, title = {Two}}",
            "the record cannot be read on from here: '=' expected; mend it (what stands before counts)",
        ),
        ("@book{second, title = two}", "'two' is a string that nothing defines; put it into braces"),
        ("@book{first, title = {Two}}", "'first' stands twice; rename or remove one (the first counts)"),
        (
            "@book{second, author = {A, B, C, D}, title = {Two}}",
            "too many commas in 'A, B, C, D'; write names as in 'Last, First and Last, First'",
        ),
    ],
    ids=["not UTF-8", "syntax", "string", "twice", "name"],
)
def test_a_faulty_record_of_the_bibliography_loses_no_other(tmp_path, record, wanted):
    text = "# Works\n\n```{bibliography}\n:all:\n```\n"
    source = project(tmp_path / "source", "", witnesses="", conf=WITH_WORKS, **{"index.md": text})
    (source / "works.bib").write_bytes(f"{WORKS}{record}\n{LAST}".encode("latin-1"))
    for _ in range(2):  # and again when nothing is read again
        built = build(source, tmp_path / "build", allow="any")
        said = [warning for warning in built.warnings if "bad_bibliography" in warning]
        assert said[-1] == f"works.bib:2: WARNING: {wanted} [apparatus.bad_bibliography]"
    assert "One" in built.page("index") and "Three" in built.page("index")


MISSPELT = "@boook{zzz2020, author={Doe, Jane}, titel={Zed},\n  yaer={2020}, publisher={P}, address={L}}\n"


def test_a_misspelt_record_of_the_bibliography_is_reported_in_every_build(tmp_path):
    text = "# Works\n\n```{bibliography}\n:all:\n```\n"
    source = project(tmp_path / "source", "", witnesses="", conf=WITH_WORKS, **{"index.md": text})
    (source / "works.bib").write_text(f"{WORKS}{MISSPELT}@book{{last, year = {{2003}}}}\n", encoding="utf-8")
    for _ in range(2):
        assert build(source, tmp_path / "build", allow="any").warnings == (
            "works.bib:2: WARNING: 'zzz2020' is of the unknown type 'boook' and is set like a book; "
            "did you mean 'book'? [apparatus.doubtful_record]",
            "works.bib:2: WARNING: 'zzz2020' has an unknown field 'titel'; did you mean 'title'? "
            "[apparatus.doubtful_record]",
            "works.bib:3: WARNING: 'zzz2020' has an unknown field 'yaer'; did you mean 'year'? "
            "[apparatus.doubtful_record]",
            "works.bib:4: WARNING: 'last' has no title; give it the field 'title' [apparatus.doubtful_record]",
        )


def test_another_style_may_know_other_types_and_fields(tmp_path):
    conf = WITH_WORKS.replace('style = "apparatus"', 'style = "plain"')
    text = "# Works\n\n```{bibliography}\n```\n"
    source = project(tmp_path / "source", "", witnesses="", conf=conf, **{"index.md": text})
    (source / "works.bib").write_text(MISSPELT, encoding="utf-8")
    assert build(source, tmp_path / "build").warnings == ()


@pytest.mark.parametrize(
    ("page", "project_has", "wanted"),
    [
        (
            ":::{references} 9.9\n:::\n",
            'project = "Cats"',
            "references: there is no passage '9.9'; give one that ",
        ),
        (
            ":::{references}\n:::\n",
            "",
            "references: the edition has no title to be cited by; set project in conf.py",
        ),
        (
            ":::{index-of-names}\n:::\n",
            "",
            "the index of names has no register; name its file in apparatus_register ",
        ),
    ],
)
def test_what_a_page_asks_for_and_cannot_have_is_reported_in_every_build(tmp_path, page, project_has, wanted):
    conf = f"{CONF}{project_has}\n"
    source = project(tmp_path / "source", "", conf=conf, **{"page.md": f"# Page\n\n{page}"})
    (source / "index.md").write_text("# Cat\n\n```{toctree}\npage\n```\n", encoding="utf-8")
    for _ in range(2):
        (said,) = build(source, tmp_path / "build", allow="any").warnings
        assert said.startswith(f"page.md:3: WARNING: {wanted}")


# --- front matter and numbers -------------------------------------------------------------

WANTS = (
    "; it wants the number of the first section, or true to go on from the document before, as is done here"
)


@pytest.mark.parametrize(
    ("front", "line", "wanted"),
    [
        ("edited-text: -1", 2, f"edited-text is '-1'{WANTS}"),
        ("title: T\nedited-text: [1]", 3, f"edited-text is '[1]'{WANTS}"),
        ("edited-text: 1.5", 2, f"edited-text is '1.5'{WANTS}"),
        ("edited-text: \N{SUPERSCRIPT TWO}", 2, f"edited-text is '\N{SUPERSCRIPT TWO}'{WANTS}"),
        ("edited_text: 1", 2, "the front matter has no key 'edited_text'; write 'edited-text', for which it is taken"),
        ("a: b\nedited-txt: 1", 3, "the front matter has no key 'edited-txt'; write 'edited-text', for which it is taken"),
        ("edited-text: 2\nedited-text: 1", 3, "'edited-text' stands twice, first in line 2; the last counts, remove one"),
        ("edited-text: 1\nbad: [", 2, "the front matter cannot be read as YAML; mend it: of it 'edited-text' alone counts"),
    ],
)  # fmt: skip
def test_a_slip_in_the_front_matter_is_reported_and_the_text_is_numbered(tmp_path, front, line, wanted):
    source = project(tmp_path / "source", "")
    (source / "index.md").write_text(f"---\n{front}\n---\n\n{TEXT}", encoding="utf-8")
    built = build(source, tmp_path / "build", allow="any")
    assert f"index.md:{line}: WARNING: {wanted} [apparatus.bad_front_matter]" in built.warnings
    assert 'id="1.1"' in built.page("index")


@pytest.mark.parametrize(
    ("front", "number"),
    [("edited-text: true", "1.1"), ("edited-text:", "1.1"), ("edited-text: 0", "0.1"), ("edited-text: '3'", "3.1"),
     ("edited-text: false", None), ("edited-by: us", None)],
)  # fmt: skip
def test_what_the_front_matter_may_say_is_not_reported(tmp_path, front, number):
    source = project(tmp_path / "source", "", witnesses="")
    (source / "index.md").write_text(f"---\n{front}\n---\n\n{TEXT}", encoding="utf-8")
    built = build(source, tmp_path / "build")
    assert built.warnings == ()
    assert (
        (f'id="{number}"' in built.page("index")) if number else ("passage-number" not in built.page("index"))
    )


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        ("1", "1", "second.md:5: WARNING: section 1 is there already (first.md:5), so this is 3"),
        ("2", "1", "second.md:9: WARNING: section 2 is there already (first.md:5), so this is 4"),
    ],
)
def test_a_section_whose_number_is_taken_has_another_and_is_reported(tmp_path, first, second, wanted):
    parts = {
        f"{name}.md": f"---\nedited-text: {number}\n---\n\n# The {name}\n\nOne.\n\n## Its end\n\nTwo.\n"
        for name, number in (("first", first), ("second", second))
    }
    source = project(tmp_path / "source", "", witnesses="", **parts)
    (source / "index.md").write_text("# Texts\n\n```{toctree}\nfirst\nsecond\n```\n", encoding="utf-8")
    built = build(source, tmp_path / "build", allow="any")
    mend = "give edited-text another number, or true to go on from the document before"
    assert built.warnings == (f"{wanted}; {mend} [apparatus.number_twice]",)
    numbers = [n for page in ("first", "second") for n in re.findall(r'id="(\d+\.\d+)"', built.page(page))]
    assert len(numbers) == len(set(numbers)) == 4
