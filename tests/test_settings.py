"""A setting is declared in one line: registered, checked, kept and printed in the manual from it."""

from __future__ import annotations

import ast
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from building import CONF, IMPRINT, ROOT, build, project
from sphinx.config import Config

from apparatus.render.style import HouseStyle
from apparatus.sphinxext.config import Citation, Settings, settings
from apparatus.sphinxext.config.check import CHECKED, DECLARED, read_settings, register
from apparatus.sphinxext.config.declare import settings_of
from apparatus.sphinxext.config.declared import SeriesFields

PACKAGE = ROOT / "apparatus"
TABLES = "# T\n\n" + "".join(
    f":::{{settings}} {name}\n:::\n\n"
    for name in ("edition", "print", "series", "lines", "citation", "style")
)


def given(**values: Any) -> Config:
    """A configuration as a conf.py gives it."""
    config = Config({}, {})
    config._raw_config.update(values)
    register(config)
    for name, value in values.items():
        config[name] = value
    return config


def checked(**values: Any) -> tuple[Settings, list[str]]:
    """The settings made of a configuration, and the sentences on what is wrong with it."""
    made, faults = read_settings(given(**values))
    return made, [sentence for _, sentence in faults]


def test_what_is_not_set_has_its_default_and_is_no_fault():
    made, faults = checked()
    assert faults == []
    assert {name: series.letter for name, series in made.series.items()} == {
        "apparatus": "a",
        "commentary": "n",
    }
    assert made.citation == Citation((), "", "", "", "", "")
    assert (made.section_level, made.scheme, made.paper, made.imprint) == (2, "ala-lc-plain", "a4", ())


@pytest.mark.parametrize("name", DECLARED)
def test_a_value_of_a_wrong_type_or_with_a_control_character_is_one_sentence(name):
    for wrong in (object, {1}, b"a", 2.5, ["\0"], "\0", "\ud800"):
        made, faults = checked(**{name: wrong})
        assert len(faults) == 1, (wrong, faults)
        assert faults[0].startswith(f"{name} is ") and "; it wants " in faults[0]
        assert made == checked()[0]


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("imprint", [3], "apparatus_imprint is [3]; it wants a list of texts, and [] is used"),
        ("imprint", "x", "apparatus_imprint is 'x'; it wants a list of texts, and [] is used"),
        (
            "register",
            "a\0b",
            "apparatus_register is 'a\\x00b'; it wants the path of a file, and None is used",
        ),
        ("paper", "A5", "apparatus_paper is 'A5'; it wants 'a4', 'letter' or 'royal', and 'a4' is used"),
        (
            "series",
            {1: {}},
            "apparatus_series[1] cannot be a directive; name it by a word, such as 'sources'",
        ),
        (
            "series",
            {"a b": {}},
            "apparatus_series['a b'] cannot be a directive; name it by a word, such as 'sources'",
        ),
        ("series", {"x": 3}, "apparatus_series['x'] is 3; it wants a dictionary, and the series is left out"),
        (
            "series",
            {"x": {"label": 3}},
            "apparatus_series['x']['label'] is 3; it wants a text, and the default is used: the name of the series",
        ),
        (
            "series",
            {"x": {"letter": 3}},
            "apparatus_series['x']['letter'] is 3; it wants letters, and the default is used: chosen by the build",
        ),
        ("series", {"x": {"lable": "A"}}, "apparatus_series['x'] has no 'lable'; did you mean 'label'?"),
        (
            "series",
            {"x": {"lemma": 1}},
            "apparatus_series['x']['lemma'] is 1; it wants True or False, and False is used",
        ),
        (
            "citation",
            {1: 2},
            "apparatus_citation has no 1; it may have editors, released, short, sentence, doi, doi_of_all",
        ),
        (
            "style",
            {"crux": "+"},
            "apparatus_style['crux'] is '+'; it wants two texts, what opens and what closes, and ('†', '†') is used",
        ),
        ("style", {"braket": ": "}, "apparatus_style has no 'braket'; did you mean 'bracket'?"),
        (
            "style",
            {"kept_words": 0},
            "apparatus_style['kept_words'] is 0; it wants a number from 1 up, and 2 is used",
        ),
        (
            "style",
            {"figures": "012"},
            "apparatus_style['figures'] is '012'; it wants the ten figures from 0 to 9, and '⁰¹²³⁴⁵⁶⁷⁸⁹' is used",
        ),
        (
            "style",
            {"latin": {"omm.": "x"}},
            "apparatus_style['latin'] is {'omm.': 'x'}; it wants a dictionary with any of om., add., praem., transp., "
            "ill., lac., del., secl., crux., post, ante, ut vid., cett., codd., and {} is used",
        ),
        ("language", "en_GB", None),
        ("offline", "x" * 300 + ".zip", None),
        ("conspectus", "x" * 300, None),
    ],
)
def test_a_value_that_cannot_be_meant_is_said_with_what_can(name, wrong, said):
    made, faults = checked(**{f"apparatus_{name}": wrong})
    assert len(faults) == 1 and (said is None or faults == [said])
    assert "\0" not in faults[0] and len(faults[0]) < 250
    assert made.paper == "a4"


def test_a_house_style_is_that_of_its_fields_and_the_rest_as_usual():
    made, faults = checked(apparatus_style={"bracket": ": ", "crux": ["+", "+"], "latin": {"om.": "fehlt"}})
    assert faults == []
    assert made.style == HouseStyle(bracket=": ", crux=("+", "+"), latin={"om.": "fehlt"})


def test_a_setting_that_may_be_none_can_be_taken_back_on_a_command_line():
    made, faults = checked(apparatus_conspectus="", apparatus_offline="")
    assert (made.conspectus, made.offline, faults) == (None, None, [])


def test_series_have_letters_of_their_own_however_many_there_are():
    names = [f"s{i}" for i in range(24)] + ["kritika", "критика"]
    made, faults = checked(apparatus_series={name: {"form": "notes"} for name in names})
    assert faults == [
        "apparatus_series['критика'] is one too many: there may be 25 series, and it is left out"
    ]
    assert len({series.letter for series in made.series.values()}) == 25
    assert all(series.letter.isalpha() for series in made.series.values())


@pytest.mark.parametrize("name", ["note", "verse", "conspectus", "eval-rst", "glossary", "function", "class"])
def test_a_series_has_no_name_of_a_directive(tmp_path, name):
    text = "# T\n\nThe cat.\n\n{.editorial-text}\n:::{note}\nA box.\n:::\n"
    source = project(
        tmp_path / "s", text, conf=f"{CONF}apparatus_series = {{{name!r}: {{}}}}\n", witnesses=""
    )
    built = build(source, tmp_path / "o", allow="bad_config")
    assert [said for said in built.warnings if "has the name of a directive" in said]
    assert "A box." in built.page("index")


def test_an_odd_configuration_does_not_stop_the_build(tmp_path):
    odd = "apparatus_series = {1: {}, 'apparatus': {'label': 3, 'letter': 3}}\napparatus_imprint = [3]\n"
    odd += "apparatus_anchors = 'a\\0b'\n"
    text = "# T\n\nThe cat.\n\n:::{apparatus}\ncat ] dog A B\n:::\n"
    built = build(project(tmp_path / "source", text, conf=CONF + odd), tmp_path / "out", allow="any")
    assert len(built.warnings) == 5
    assert all("apparatus.bad_config" in said for said in built.warnings)
    assert ">dog<" in built.page("index")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"layout": "facing", "lines": {"by": "section"}}, "facing pages count their lines by the page"),
        (
            {
                "layout": "facing",
                "series": {"notes": {"holds": "prose", "form": "notes", "arrangement": "lines"}},
            },
            "is not in two columns, as the notes of facing pages are",
        ),
        (
            {"series": {"more": {"holds": "prose", "form": "discussion", "arrangement": "paragraph"}}},
            "stands after the text; only what stands at the foot is arranged",
        ),
        (
            {"series": {"notes": {"holds": "prose", "form": "notes", "arrangement": "after the text"}}},
            "but notes stand where their marks are; give the series the form 'discussion'",
        ),
        (
            {"layout": "facing", "series": {"apparatus": {"arrangement": "after the text"}}},
            "stands after the text, but facing pages have it at their feet",
        ),
        ({"lines": {"every": 0}}, "apparatus_lines['every'] is 0; it wants a number from 1 up"),
        (
            {"lines": {"by": "book"}},
            "it wants 'page', 'section', 'paragraph' or 'throughout', and 'page' is used",
        ),
    ],
)
def test_a_page_that_contradicts_itself_is_reported_and_set_as_it_can_be(values, said):
    made, faults = checked(**{f"apparatus_{name}": value for name, value in values.items()})
    assert len(faults) == 1 and said in faults[0]
    assert made.lines.by == "page" and all(series.arrangement == "" for series in made.series.values())


def test_the_tables_of_the_manual_have_every_setting_and_field(tmp_path):
    page = build(
        project(tmp_path / "source", TABLES, witnesses=""), tmp_path / "out", allow="xref_missing not_text"
    ).page("index")
    parts = [part.name for table in (SeriesFields, Citation) for part in settings_of(table)]
    parts += [field.name for field in fields(HouseStyle)]
    assert len(DECLARED) > 20
    assert all(f'<span class="pre">{name}</span>' in page for name in (*DECLARED, *parts))


def test_the_manual_prints_all_the_tables():
    pages = (ROOT / "source" / "manual").glob("*.md")
    manual = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert {line for line in TABLES.splitlines() if "{" in line} <= set(manual.splitlines())


def test_settings_are_registered_and_read_nowhere_else():
    for path in PACKAGE.rglob("*.py"):
        if path.parent == PACKAGE / "sphinxext" / "config":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            words = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            assert not re.search(r"config\.apparatus_|\badd_config_value$", words), f"{path}: {words}"


def test_the_checked_configuration_is_kept(tmp_path):
    built = build(
        project(tmp_path / "source", "# T\n", witnesses=""), tmp_path / "out", apparatus_paper="royal"
    )
    assert settings(built.app.config).paper == "royal"
    assert settings(built.app.config) is built.app.config[CHECKED]


def test_what_an_edition_adds_to_the_preamble_comes_behind_what_the_book_needs(tmp_path: Path) -> None:
    source = project(tmp_path / "source", "One two.")
    mine = {
        "preamble": "\\newcommand\\mine{}",
        "pointsize": "12pt",
        "sphinxsetup": "VerbatimColor={rgb}{1,1,1}",
    }
    built = build(source, tmp_path, builder="latex", allow="any", latex_elements=mine, **IMPRINT)
    (book,) = built.out.glob("*.tex")
    text = book.read_text(encoding="utf-8")
    assert (
        text.index("\\usepackage{critpage}")
        < text.index("\\newcommand\\mine{}")
        < text.index("\\begin{document}")
    )
    assert "12pt" in text.partition("{crit}")[0]
    assert "HeaderFamily=\\normalfont,VerbatimColor={rgb}{1,1,1}" in text
