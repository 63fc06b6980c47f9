"""The manual says all that can be set and all that can be reported."""

from __future__ import annotations

import dataclasses
import re

import pytest
from building import ROOT, build, project

from apparatus.model import Witness
from apparatus.problems import ProblemKind

MANUAL = ROOT / "source" / "manual"


@pytest.mark.parametrize(
    "field", [f.name for f in dataclasses.fields(Witness) if f.name not in ("key", "origin")]
)
def test_every_field_of_a_witness_is_in_the_manual(field):
    text = (MANUAL / "configuration.md").read_text(encoding="utf-8")
    assert f"`{field}`" in text or f"\n{field} = " in text or f"witness.A.{field}" in text


def test_an_entry_on_a_line_of_verse_names_it_as_the_manual_says(tmp_path):
    manual = (MANUAL / "configuration.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```md\n(:::\{verse\}\n.*?)^```$", manual, re.DOTALL | re.MULTILINE)
    text = f"# One\n\nText.\n\n## Two\n\n{example}"
    witness = '[witness.B]\nname = "the copy"\n'
    built = build(project(tmp_path / "source", text, witnesses=witness), tmp_path / "build")
    assert 'id="2.1-a1"' in built.page("index") and 'id="2.2-a1"' in built.page("index")
    unplaced = project(tmp_path / "other", text.replace("2.1: wide", "wide"), witnesses=witness)
    (warning,) = build(unplaced, tmp_path / "unplaced", allow="any").warnings
    assert "“wide” is not in block 2.2" in warning


def test_the_catalogue_prints_every_kind_of_problem(tmp_path):
    built = build(
        project(tmp_path / "source", "# T\n\n:::{problem-kinds}\n:::\n"),
        tmp_path / "build",
        allow="siglum_unused not_text",
    )
    page = built.page("index")
    assert all(f"apparatus.{kind.value}</span>" in page for kind in ProblemKind)


@pytest.mark.parametrize("kind", list(ProblemKind), ids=lambda kind: kind.value)
def test_every_kind_of_problem_is_used(kind):
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "apparatus").rglob("*.py"))
    assert f"ProblemKind.{kind.name}" in code


def test_every_page_of_the_manual_hangs_under_the_manual_itself():
    """A toctree within a section makes its pages children of the section."""
    index = (MANUAL / "index.md").read_text(encoding="utf-8")
    head = index.partition("\n## ")[0]
    listed = re.findall(r"^```\{toctree\}\n(?::.*\n)*\n([^`]*)^```$", head, re.MULTILINE)
    assert sorted(" ".join(listed).split()) == sorted(
        p.stem for p in MANUAL.glob("*.md") if p.stem != "index"
    )
