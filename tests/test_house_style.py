"""The house style is in one place: another style leaves no sign of the usual one in any output."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from html import unescape
from pathlib import Path

import pytest
from building import CONF, build, project
from collating import FOUR, SmallEdition

from apparatus.edition import Edition
from apparatus.model import Conspectus, Siglum, Witness
from apparatus.render.misread import misread_style
from apparatus.render.runs import Sigla
from apparatus.render.style import LATIN, STYLE, HouseStyle
from apparatus.voice import ENGLISH

OTHER = {
    "bracket": " ▷ ",
    "bracket_in_print": "▶ ",
    "between_readings": " ◆ ",
    "between_subreadings": " ◇ ",
    "before_sigla": " ▪",
    "between_sigla": "▫",
    "before_remark": " ◦",
    "after_latin": " ▹",
    "after_place": "▸ ",
    "ellipsis": " ◌ ",
    "block": "§",
    "line_break": " ‖ ",
    "supplement": ("«", "»"),
    "crux": ("❰", "❱"),
    "seclusion": ("⟦", "⟧"),
    "remark": ("⟮", "⟯"),
    "note_mark": ("⦅", "⦆"),
    "figures": "₀₁₂₃₄₅₆₇₈₉",
    "latin": {word: f"q{word.rstrip('.').replace(' ', '')}q" for word in LATIN},
    "longest_lemma": 3,
    "kept_words": 1,
}
TEXT = """# Title

Some cat and the cat sat low on the long red mat by the door.

:::{apparatus}
cat^2 A ] dog B (why) ; hound Madvig / hund C
low ] om. codd.
and ] secl. Madvig
sat ] crux. (lost)
on ] add. top A ; praem. x B
long ] transp. post 1.2: bird C
red ] transp. ante door B
mat ] ill. A ; lac. B ; del. A^2
by ] bei A? B ; bye C
Some cat … sat ] om. B
door. ¶ One bird ] door. One bird D
:::

One bird sang and the whole town heard it.

:::{apparatus}
¶ ] om. C
and the whole town ] om. B
sang and ] sang ¶ then B
town heard ] town ¶ heard D
it A ] that cett.
:::

:::{sources}
the whole town heard it ] a common place
:::

:::{commentary}
One bird sang and the whole town ] An animal.
:::

## All of it

:::{whole-apparatus}
:::
"""
SERIES = """
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "sources": {"label": "Sources", "holds": "prose"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes", "lemma": True},
}
project, version, copyright, html_permalinks = "T", "1", "E", False
"""
WITNESSES = (
    "".join(f'[witness.{key}]\nname = "copy {key}"\n' for key in "ABC")
    + '[witness.D]\nname = "copy D"\ntranscription = "D.txt"\n[scholar.Madvig]\nname = "J. N. Madvig"\n'
)
D = "Title\nSome cat and the cat sat on the long red mat by the door. One bird sang and the whole town\nheard that.\nAll of it\n"


SEEN = {"html": "index.html", "epub": "index.xhtml", "latex": "t.tex", "text": "index.txt"}
LATIN_LETTERS = re.compile(r"[a-z.]+")


def built(folder: Path, builder: str, **style: object) -> Path:
    """The folder of an output in a style."""
    conf = f"{CONF}{SERIES}apparatus_style = {style!r}\n"
    source = project(folder / "source", TEXT, conf=conf, witnesses=WITNESSES, **{"D.txt": D})
    return build(source, folder / "build", builder=builder, allow="not_text").out


def signs(style: HouseStyle, *left_out: str) -> set[str]:
    """Every sign and word that a style prints, without blanks at its ends."""
    values = [getattr(style, field.name) for field in fields(style) if field.name not in left_out]
    found = {style.word(latin) for latin in LATIN} | {value for value in values if isinstance(value, str)}
    found |= {sign for value in values if isinstance(value, tuple) for sign in value}
    return {sign.strip() for sign in found - {style.figures} if sign.strip()} | {style.number(2)}


def eye(printed: str) -> str:
    """What is read of a page, of LaTeX, of plain text: neither tags nor what a choice or a macro is called."""
    if printed.startswith("%"):  # LaTeX's own brackets are bare, those that are printed are in braces
        body = re.sub(
            r"(?m)^%: .*$", "", printed[printed.index("\\editedtext") :]
        )  # where it stands in the source
        names = r"\\critbookmark\{[^{}]*\}\{[^{}]*\}|\\(?:detokenize|edlabel)\{[^{}]*\}|\\[A-Za-z]+"
        return re.sub(rf"{names}|(?<!\{{)[][](?!\}})", "", body)
    if "<h1" in printed:
        body = printed[printed.index("<h1") : printed.index('<div class="clearer">')]
        return unescape(re.sub(r'(?s)<div class="filters.*?</div>|<template.*?</template>|<[^>]*>', "", body))
    return printed.replace("-[ ", "").replace(" ]-", "")  # so does Sphinx set a heading in plain text


def ear(page: str) -> str:
    """What is said of the entries of a page."""
    return unescape(" ".join(re.findall(r'(?:aria-label|data-positive|data-negative)="([^"]*)"', page)))


def met(text: str, wanted: set[str]) -> set[str]:
    """The signs and abbreviations that stand in a text; *post* is not met in *poster*."""

    def stands(sign: str) -> bool:
        edge = r"(?<!\w)", r"(?!\w)"
        return bool(
            re.search(edge[0] * sign[0].isalpha() + re.escape(sign) + edge[1] * sign[0].isalpha(), text)
        )

    return {sign for sign in wanted if stands(sign)}


def test_the_other_style_changes_every_field():
    assert set(OTHER) == {field.name for field in fields(HouseStyle)}
    style = HouseStyle(**OTHER)
    assert all(getattr(style, name) != getattr(STYLE, name) for name in OTHER)
    assert not signs(style) & signs(STYLE)


@pytest.mark.parametrize(
    ("builder", "of_others"),
    [
        ("html", ("bracket_in_print", "note_mark")),
        ("epub", ("bracket_in_print", "note_mark")),
        ("latex", ("bracket", "note_mark", "figures")),
        ("text", ("bracket_in_print",)),
    ],
)
def test_every_output_prints_in_the_style_that_is_declared(tmp_path, builder, of_others):
    style = HouseStyle(**OTHER)
    usual = eye((built(tmp_path / "usual", builder) / SEEN[builder]).read_text(encoding="utf-8"))
    other = eye((built(tmp_path / "other", builder, **OTHER) / SEEN[builder]).read_text(encoding="utf-8"))
    raised = {style.number(2), STYLE.number(2)} if builder == "latex" else set()  # its lines number a lemma
    assert met(usual, signs(STYLE, *of_others) - raised) == signs(STYLE, *of_others) - raised
    assert met(other, signs(style, *of_others) - raised) == signs(style, *of_others) - raised
    assert met(other, signs(STYLE)) == set()


def test_voice_search_and_witness_pages_keep_to_the_style(tmp_path):
    out = built(tmp_path, "html", **OTHER)
    page = (out / "index.html").read_text(encoding="utf-8")
    sentences = {":", ";"}  # of which what is said is made in any style
    assert met(ear(page), signs(STYLE) - sentences) == set()
    assert "for “and ◌ town”" in ear(page)
    differences = (out / "index-D-differences.html").read_text(encoding="utf-8")
    assert "<del>door. ‖ One bird</del>" in differences
    assert met(eye(differences), signs(STYLE) - sentences) == set()
    written = (out / "_static" / "passages.js").read_text(encoding="utf-8")
    rows = json.loads(written.removeprefix("var apparatusSearch = ").removesuffix(";\n"))["rows"]["index"]
    assert ["1.2-a1", "§ ▷ ", [["", "C"]]] not in rows
    assert [row[1] for row in rows if row[0] == "1.1-a3"] == ["cat ▷ "]
    assert (
        met(json.dumps(rows, ensure_ascii=False).translate(str.maketrans("", "", "[]:")), signs(STYLE))
        == set()
    )


@pytest.mark.parametrize(
    ("style", "text", "said"),
    [
        ({}, "One two.", None),
        ({}, "One ¶ two.", "'block'] is '¶', which passage 1 has as well"),
        ({"block": "§", "line_break": " | "}, "One ¶ two.", None),
        ({"line_break": " | "}, "One two.", None),
        ({"line_break": " "}, "One two.", "'line_break'] is blank"),
        ({"block": ""}, "One two.", "'block'] is blank"),
        ({"latin": {"cett.": "A"}}, "One two.", "'latin']['cett.'] is 'A', as the siglum of A is printed"),
        ({"latin": {"cett.": "rell."}}, "One two.", None),
        ({"latin": {"codd.": "om."}}, "One two.", "'latin']['codd.'] is 'om.', which means something else"),
        ({"latin": {"om.": "+", "add.": "+"}}, "One two.", "'latin']['add.'] is '+', as 'om.' is printed"),
        ({"latin": {"om.": " "}}, "One two.", "'latin']['om.'] is blank"),
    ],
)
def test_a_style_that_would_be_misread_is_reported(style: dict, text: str, said: str | None) -> None:
    small = SmallEdition([text])
    found = [problem.message for problem in misread_style(HouseStyle(**style), Edition(small.text, FOUR))]
    assert [message.startswith(f"apparatus_style[{said}") for message in found[:1]] == (
        [True] if said else []
    )


def test_a_sign_that_a_reading_has_is_reported(tmp_path: Path) -> None:
    text = "# T\n\nOne two.\n\n:::{apparatus}\ntwo ] ¶¶ drei A\n:::\n"
    built = build(project(tmp_path / "s", text), tmp_path / "o", allow="style_misread siglum_unused")
    assert any("is '¶', which a reading of 1.1 has as well" in warning for warning in built.warnings)


@pytest.mark.parametrize(
    ("declared", "named", "between", "printed"),
    [
        ("M U S T", "M U S T", "", "MUST"),
        ("M A Aa U", "M A U", "", "M A U"),  # who reads MAU cannot know that no Aa is meant
        ("M U T A Aa", "M U A Aa T", "", "MU A Aa T"),
        ("B Bx By C", "C Bx By", "", "C Bx By"),
        ("A B AB", "A B", "", "A B"),
        ("A Aa", "A Aa", "·", "A·Aa"),
    ],
)
def test_sigla_that_cannot_be_set_close_are_set_apart(
    declared: str, named: str, between: str, printed: str
) -> None:
    conspectus = Conspectus(tuple(Witness(key, f"the copy {key}") for key in declared.split()))
    sigla = tuple(map(Siglum, named.split()))
    style = HouseStyle(before_sigla="", between_sigla=between)
    assert "".join(run.text for run in Sigla(style, conspectus, ENGLISH).runs(sigla, sigla)) == printed


@pytest.mark.parametrize(
    ("arrangement", "classes"),
    [
        ("two columns", "entries run-in in-columns two"),
        ("lines", "entries run-in in-columns one"),
        ("paragraph", "entries run-in"),
        ("after the text", "entries run-in"),
    ],
)
def test_on_the_screen_a_series_stands_in_the_columns_that_it_has_in_print(
    arrangement: str, classes: str, tmp_path: Path
) -> None:
    conf = f'{CONF}apparatus_series = {{"apparatus": {{"arrangement": "{arrangement}"}}}}\n'
    text = "# T\n\nOne two.\n\n:::{apparatus}\ntwo ] three A\n:::\n"
    page = build(project(tmp_path / "s", text, conf=conf), tmp_path / "o", allow="siglum_unused").page(
        "index"
    )
    assert f'<ol class="{classes}"' in page
