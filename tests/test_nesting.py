"""What is nested deeper than a document is read is reported, never lost in silence."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from building import build, project

from apparatus.sphinxext.source.too_deep import DIRECTIVES


def quotation(depth: int) -> str:
    return "> " * depth + "deepest\n"


def bullets(depth: int) -> str:
    return "".join("  " * i + f"- {'deepest' if i == depth - 1 else 'item'}\n" for i in range(depth))


def boxes(depth: int) -> str:
    opened = "".join(":" * (depth + 3 - i) + "{container} x\n" for i in range(depth))
    return opened + "deepest\n" + "".join(":" * (4 + i) + "\n" for i in range(depth))


@pytest.mark.parametrize(
    ("made", "most", "line"),
    [
        (quotation, 19, "9"),
        (bullets, 9, "18"),
        (boxes, DIRECTIVES, r"\d+"),
    ],  # MyST counts directives in one another twice
)
def test_what_is_nested_too_deep_is_reported_at_its_line(
    tmp_path: Path, made: Callable[[int], str], most: int, line: str
) -> None:
    text = "# T\n\nOne.\n\n"
    whole = build(project(tmp_path / "s", text + made(most), witnesses=""), tmp_path / "o")
    assert "deepest" in whole.page("index")
    source = project(tmp_path / "t", text + made(most + 1), witnesses="")
    for _ in range(2):
        deeper = build(source, tmp_path / "p", allow="any")
        (said,) = deeper.warnings
        assert re.match(rf"index\.md:{line}: WARNING: what stands here is nested more than", said)
        assert said.endswith("[apparatus.nested_too_deep]")
        assert "deepest" not in deeper.page("index")


def test_markup_within_a_sentence_may_be_nested_at_will(tmp_path: Path) -> None:
    text = "# T\n\n" + "[" * 60 + "deepest" + "]{.x}" * 60 + "\n"
    assert "deepest" in build(project(tmp_path / "s", text, witnesses=""), tmp_path / "o").page("index")
