"""A text from right to left with an apparatus from left to right: told by the places of the words on the page."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from building import CONF, EDITIONS, build, project
from printing import LEFT, RIGHT, Paper, Word, typeset

pytestmark = pytest.mark.tex

FACING = 'apparatus_layout = "facing"\napparatus_facing_witness = "en"\n'
FACED = (
    "# הנהר\n\nוהארץ היתה תהו ובהו וחשך על פני תהום ורוח מרחפת על פני המים׃ ויאמר יהי אור ויהי אור׃ "
    "וירא את האור כי טוב׃\n\nויקרא לאור יום ולחשך קרא לילה ויהי ערב׃\n\n:::{apparatus}\nיום ] om. A\n:::\n\n"
    "```{toctree}\n:hidden:\n\nen\n```\n"
)
FACES = (
    "---\nedited-text: true\ntranslates: index\nlang: en\n---\n\n# The River\n\nAnd the earth was waste and empty, "
    "and darkness upon the face of the deep, and a wind over the waters.\n\nAnd the light was called day.\n"
)
ONE = '[witness.A]\nname = "the only copy"\n'


@pytest.fixture(scope="module")
def hebrew(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    return typeset(EDITIONS / "hebrew", tmp_path_factory.mktemp("hebrew"))


def seen(words: list[Word]) -> str:
    """Letters as the eye meets them from left to right, without points and blanks."""
    text = "".join(word.text for word in sorted(words, key=lambda word: word.left))
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c) and c != " ")


def backwards(words: str) -> str:
    return "".join(reversed(words)).replace(" ", "")


def page_of(paper: Paper) -> int:
    return paper.places["1.2"].page


def in_text_and_foot(paper: Paper) -> tuple[list[list[Word]], list[list[Word]]]:
    """The lines of the page, cut where the first entry stands: letters of Hebrew are of no size that tells."""
    rows, foot = paper.rows(page_of(paper)), paper.places["1.1-a1"].top - 3
    return [row for row in rows if row[0].top < foot], [row for row in rows if row[0].top >= foot]


def text_lines(paper: Paper) -> list[list[Word]]:
    return in_text_and_foot(paper)[0]


def foot_of(paper: Paper) -> str:
    return "".join(map(seen, in_text_and_foot(paper)[1]))


def test_a_line_begins_at_the_right(hebrew: Paper) -> None:
    lines = [[w for w in row if w.left > LEFT and w.right < RIGHT + 1] for row in text_lines(hebrew)]
    read = [seen(line) for line in lines]
    begin = "והארץ היתה תהו ובהו"
    (line,) = (line for line, words in zip(lines, read, strict=True) if words.endswith(backwards(begin)))
    assert max(word.right for word in line) > RIGHT - 30  # but for the indent of a paragraph
    assert read[-1].startswith(backwards("ויהי כן׃"))  # where a line is not full, its end is in its midst
    assert min(word.left for word in lines[-1]) > LEFT + 60


def test_lines_have_their_numbers_on_the_right_and_passages_on_the_left(hebrew: Paper) -> None:
    beside = [word for row in text_lines(hebrew) for word in row if word.right < LEFT or word.left > RIGHT]
    assert [word.text for word in beside if word.left > RIGHT] == ["5"]
    assert [word.text for word in beside if word.right < LEFT] == ["1", "1.1", "1.2", "1.3", "1.4"]


def test_in_the_apparatus_lemma_and_readings_follow_from_left_to_right(hebrew: Paper) -> None:
    foot = foot_of(hebrew)
    for entry in (
        f"3{backwards('היתה')}]{backwards('הייתה')}ד{backwards('תהו ובהו')}]{backwards('ובהו תהו')}A;",
        f"{backwards('מרחפת')}Aד]{backwards('רוחפת')}Bק",
        f"{backwards('טוב')}]praem.{backwards('הוא')}ק(inmargine)",
        f"{backwards('ויבדל')}]add.{backwards('אלהים')}B",
        f"6–7{backwards('ויבדל … המים')}]om.B",
        f"{backwards('שני')}]transp.post{backwards('לרקיע')}B",
        f"9{backwards('השמים')}]{backwards('לשמים')}ד{backwards('מקום')}Kittel]{backwards('מקוה')}codd.",
    ):
        assert entry in foot, (entry, foot)


def test_signs_within_words_from_right_to_left_are_turned(hebrew: Paper) -> None:
    foot = foot_of(hebrew)
    assert f"{backwards('רקיע')}](12){backwards('הרקיע')}A" in foot


def test_notes_run_as_their_own_language_does(hebrew: Paper) -> None:
    assert f"Vocabulum{backwards('רקיע')}firmamentum" in foot_of(hebrew)


def test_every_letter_has_its_face_and_the_file_embeds_it(hebrew: Paper) -> None:
    assert "Missing character" not in hebrew.log
    faces = hebrew.run("pdffonts", "PDF")
    assert "NotoSerifHebrew" in faces
    assert all(row.split()[-5] == "yes" for row in faces.splitlines()[2:])


def test_no_line_is_too_wide(hebrew: Paper) -> None:
    assert "Overfull" not in hebrew.log


def test_a_book_without_words_from_right_to_left_loads_nothing_for_them(tmp_path: Path) -> None:
    text = "# A\n\nThe cat Ἰλιάς sat.\n"
    source = project(tmp_path / "source", text, witnesses="")
    tex = next(build(source, tmp_path / "out", builder="latex").out.glob("*.tex")).read_text(encoding="utf-8")
    assert "bidi" not in tex and "\\critfaces" not in tex and "\\critrightleft" not in tex


def test_words_from_right_to_left_stand_apart_whether_their_language_is_declared_or_not(
    tmp_path: Path,
) -> None:
    text = "# A\n\nThe cat and [ܫܠܡܐ]{lang=syc} sat.\n\n:::{apparatus}\ncat ] שלום A\n:::\n"
    source = project(tmp_path / "source", text, witnesses=ONE)
    built = build(source, tmp_path / "out", builder="latex", allow="print")
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "\\PassOptionsToPackage{bidi=basic}{babel}" in tex
    assert "\\newcommand\\critrightleft{syc}" in tex and "\\newcommand\\critbookdirection{0}" in tex
    assert "\\critlanguage{syc}{ܫܠܡܐ}" in tex and "\\critturned[1]{שלום}" in tex
    assert not [w for w in built.warnings if "right to left" in w]


def test_a_block_from_right_to_left_whose_language_is_not_declared_is_named(tmp_path: Path) -> None:
    text = "# A\n\nבראשית ברא אלהים.\n\n{lang=he}\nבראשית ברא אלהים.\n\nThe word שלום.\n"
    built = build(
        project(tmp_path / "source", text, conf=CONF, witnesses=ONE),
        tmp_path / "out",
        builder="latex",
        allow="print siglum_unused",
    )
    said = [w for w in built.warnings if "right to left" in w]
    assert said == [
        "index.md:7: WARNING: in print: “בראשית ברא אלהים.…” is written from right to left, but its language, 'en-GB', is not: "
        "say which it is, as {lang=he} [apparatus.print]"
    ]


ARABIC = """\
# باب

قال الراوي: كان يا ما كان في قديم الزمان رجل يسكن بيتا صغيرا قرب البحر (سنة 1250)، وكان له ابن واحد.
وكان الرجل يخرج كل يوم إلى البحر ويعود في المساء ومعه السمك، وكان ابنه ينتظره عند الباب حتى يعود، ثم يجلسان معا
ويتحدثان عن البحر وعن السمك وعن السفن التي تمر من بعيد، وعن البلاد التي تأتي منها السفن، وعن أهلها.

:::{apparatus}
قديم ] سالف A
رجل ] om. B
صغيرا A ] كبيرا B
واحد ] add. فقط A
:::

:::{commentary}
البحر^1 ] أي البحر الكبير، كما في نسخة London 12.
:::
"""
SYRIAC = """\
# A letter

The scribe writes [ܫܠܡܐ]{lang=syc} for peace, and [ܫܠܡܐ ܥܡܟܘܢ]{lang=syc}, which is “peace be with you”.

:::{apparatus}
for peace ] ܠܫܠܡܐ A
:::
"""
TWO = '[witness.A]\nname = "A"\n\n[witness.B]\nname = "B"\n'


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A book that runs from right to left as a whole."""
    folder = tmp_path_factory.mktemp("arabic")
    conf = f'{CONF}project = "حكاية"\nlanguage = "ar"\n'
    return typeset(project(folder / "source", ARABIC, conf=conf, witnesses=TWO), folder / "out")


def test_a_whole_book_from_right_to_left_has_lines_on_the_right_and_passages_on_the_left(
    arabic: Paper,
) -> None:
    page = arabic.rows(arabic.places["1.1"].page)
    beside = [word for row in page for word in row if word.right < LEFT or word.left > RIGHT]
    assert [word.text for word in beside if word.left > RIGHT] == ["5"]
    assert [word.text for word in beside if word.right < LEFT] == ["1", "1.1"]


def test_in_it_the_apparatus_begins_at_the_right(arabic: Paper) -> None:
    (row,) = (
        row for row in arabic.rows(arabic.places["1.1"].page) if any(word.text == "om." for word in row)
    )
    placed = {word.text: word.left for word in row}
    assert placed["2"] > placed["om."] > placed["add."]
    assert max(word.right for word in row) > RIGHT - 3


def test_letters_of_arabic_are_joined(arabic: Paper) -> None:
    """No qaf of the text stands by itself: its isolated form, U+FED5, is not there."""
    text = arabic.run("pdftotext", "-raw", "PDF", "-")
    assert unicodedata.normalize("NFKC", text).count("ق") >= 3 and "\ufed5" not in text


def test_words_of_syriac_keep_their_places_in_an_english_book(tmp_path: Path) -> None:
    source = project(tmp_path / "source", SYRIAC, witnesses=ONE, conf=f'{CONF}project = "A letter"\n')
    paper = typeset(source, tmp_path / "out")
    page = paper.pages[paper.places["1.1"].page - 1]
    text = [word for word in page if word.top < paper.places["1.1-a1"].top - 3]
    placed = {word.text: word for word in text}
    between = [
        w
        for w in text
        if placed["writes"].right < w.left < placed["for"].left and abs(w.bottom - placed["for"].bottom) < 9
    ]
    assert seen(between) == backwards("ܫܠܡܐ")
    foot = "".join(
        word.text
        for word in sorted(page, key=lambda word: word.left)
        if word.top > paper.places["1.1-a1"].top - 3
    )
    assert f"peace]{backwards('ܠܫܠܡܐ')}A" in foot
    assert "Missing character" not in paper.log


def test_an_english_translation_faces_hebrew_from_left_to_right(tmp_path: Path) -> None:
    source = project(
        tmp_path / "source", FACED, conf=f'{CONF}apparatus_text_language = "he"\n{FACING}', witnesses=ONE
    )
    (source / "en.md").write_text(FACES, encoding="utf-8")
    paper = typeset(source, tmp_path / "out")
    page = paper.places["1.1"].page
    left = [[w for w in row if w.right < RIGHT + 1] for row in paper.rows(page - 1)]
    (short,) = (row for row in left if row[-1].text == "waters.")  # its stop is at its end
    assert [word.text for word in short] == ["a", "wind", "over", "the", "waters."]
    assert abs(short[0].left - LEFT) < 3 and short[-1].right < RIGHT - 60
    right = [[w for w in row if w.left > LEFT] for row in paper.rows(page)]
    (line,) = (row for row in right if seen(row).endswith(backwards("ויקרא לאור")))
    assert max(word.right for word in line) > RIGHT - 30 and min(word.left for word in line) > LEFT + 60
