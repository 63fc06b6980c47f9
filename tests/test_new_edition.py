"""The page on a new edition is enough: what it prints, put into an empty folder, is built as it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from building import ROOT

PAGE = (ROOT / "source" / "manual" / "edition.md").read_text(encoding="utf-8")
FILES = {
    name: content
    for name, _, content in re.findall(
        r"^`(source/\S+)`\n\n(`{3,})\w+\n(.*?)^\2$", PAGE, re.MULTILINE | re.DOTALL
    )
}
COMMANDS = re.findall(r"^\.venv/bin/sphinx-build (-M (\S+) .*)$", PAGE, re.MULTILINE)


def builds(builder: str, folder: Path) -> None:
    """Write the files of the page and run its command; Sphinx must have nothing to say."""
    for name, content in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    [command] = [command for command, name in COMMANDS if name == builder]
    assert "-W" in command
    ran = subprocess.run(
        [sys.executable, "-m", "sphinx", *shlex.split(command)],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},  # in the place of the installation
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr
    assert "WARNING" not in ran.stderr


def test_the_page_has_as_many_files_as_it_says() -> None:
    assert len(FILES) == 9
    assert "nine files" in PAGE
    assert [name for _, name in COMMANDS] == ["html", "latexpdf", "epub"]


def test_the_pages_are_built_and_proved(tmp_path: Path) -> None:
    builds("html", tmp_path)
    page = (tmp_path / "build" / "html" / "text.html").read_text(encoding="utf-8")
    assert "documentation" not in page  # which is what Sphinx calls everything
    assert 'id="1.1-a1"' in page
    assert 'id="1.2-a1"' in page
    assert 'id="1.1-n1"' in page
    assert "Ferries of the North" in (tmp_path / "build" / "html" / "bibliography.html").read_text("utf-8")
    for siglum in ("A", "B"):
        assert (tmp_path / "build" / "witnesses" / f"{siglum}.txt").read_text(encoding="utf-8") == FILES[
            f"source/{siglum}.txt"
        ]


def test_the_epub_is_built(tmp_path: Path) -> None:
    builds("epub", tmp_path)
    assert (tmp_path / "build" / "epub" / "the-ferry.epub").is_file()


@pytest.mark.tex
def test_sphinx_itself_sets_the_book(tmp_path: Path) -> None:
    """Its Makefile calls latexmk with ``-pdf``, which goes before what our latexmkrc says of the mode."""
    builds("latexpdf", tmp_path)
    pdf = tmp_path / "build" / "latex" / "the-ferry.pdf"
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert "left at dawn." in text
    assert "noon B" in " ".join(text.split())
    assert "Ferries of the North" in text
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert log.startswith("This is LuaHBTeX")
    assert "Rerun to get" not in log
