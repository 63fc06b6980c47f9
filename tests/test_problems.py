"""Whatever is reported is a kind of problem: ``ProblemKind`` and the manual's list leave nothing out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.report import logger, report

PACKAGE = Path(__file__).parent.parent / "apparatus"
MODULES = [path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "problems.py"]
REPORT = PACKAGE / "sphinxext" / "report.py"
#: Methods by which a message would reach the reader without a kind.
SAYING = {"warning", "warn", "error", "critical", "exception", "severe", "print"}


def calls(path: Path) -> Iterator[str]:
    """The names of all that is called in a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", ""))


def test_nothing_warns_but_the_report_of_problems():
    assert {path for path in MODULES if SAYING & set(calls(path))} == {REPORT}


def test_a_message_is_bounded_and_keeps_its_beginning_and_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(logger, "warning", lambda message, **how: told.append(message))
    report([Problem(ProblemKind.BAD_CONFIG, f"write {'a' * 50_000_000}: the end")])
    (said,) = told
    assert len(said) < 11_000
    assert said.startswith("write aaa") and said.endswith("aaa: the end")
    assert "characters are left out here" in said
