"""The suite itself: no test hangs on another, on a clock, or on a configuration of its own."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from building import ROOT

TESTS = sorted((ROOT / "tests").glob("*.py"))
SUPPORT = sorted((ROOT / "tests" / "support").glob("*.py"))
NAMES = {path.stem for path in TESTS}
OWN = '"myst_parser", ' + '"apparatus"]'


def imported(path: Path) -> set[str]:
    """The modules that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


@pytest.mark.parametrize("path", TESTS + SUPPORT, ids=lambda path: path.stem)
def test_tests_do_not_import_one_another(path: Path) -> None:
    assert imported(path) & NAMES == set()


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_what_runs_latex_is_marked(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.stem != "conftest" and re.search(r"^from printing import .*\btypeset\b", text, re.MULTILINE):
        assert "pytest.mark.tex" in text


@pytest.mark.parametrize("path", TESTS + SUPPORT, ids=lambda path: path.stem)
def test_nothing_waits_for_a_time(path: Path) -> None:
    calls = re.findall(r"\b(?:wait_for_timeout|time\.sleep|sleep)\(", path.read_text(encoding="utf-8"))
    assert path == Path(__file__) or calls == []


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_there_is_one_configuration_of_small_editions(path: Path) -> None:
    assert OWN not in path.read_text(encoding="utf-8")


def test_the_readme_says_how_long_each_command_takes() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("make test", "make quick", "make check", "make prove", "make pictures", "make bench"):
        assert re.search(rf"^\| `{command}` \|.*\| .*(?:minute|second).*\|$", readme, re.MULTILINE), command
