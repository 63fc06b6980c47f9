"""The package that others install has all that the engine needs, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest
from building import ROOT
from dist import make_packages

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Source archive and wheel."""
    archive, wheel = make_packages(tmp_path_factory.mktemp("packages"))
    return archive, wheel


def files_of_engine() -> set[str]:
    """What git has of the engine."""
    listed = subprocess.run(
        ["git", "ls-files", "apparatus"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(listed.stdout.split("\n")) - {""}


def test_the_wheel_has_every_file_of_the_engine_and_no_other(packages: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(packages[1]) as wheel:
        names = set(wheel.namelist())
    info = {name for name in names if ".dist-info/" in name}
    assert names - info == files_of_engine()
    assert any(name.endswith("/LICENSE") for name in info)


def test_the_source_archive_has_all_of_which_the_wheel_is_made(packages: tuple[Path, Path]) -> None:
    with tarfile.open(packages[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert files_of_engine() | {"pyproject.toml", "README.md", "LICENSE"} <= names
    assert not any(name.startswith(("tests/", "tools/", "source/")) for name in names)


def test_the_wheel_says_what_it_needs_and_has_the_program(packages: tuple[Path, Path]) -> None:
    with zipfile.ZipFile(packages[1]) as wheel:
        names = {Path(name).name: name for name in wheel.namelist() if ".dist-info/" in name}
        told = Parser().parsestr(wheel.read(names["METADATA"]).decode())
        points = wheel.read(names["entry_points.txt"]).decode()
    assert told["Name"] == PROJECT["name"]
    assert sorted(told.get_all("Requires-Dist")) == sorted(PROJECT["dependencies"])
    assert "apparatus = apparatus.sphinxext.program:main" in points


def test_from_the_wheel_alone_an_edition_is_begun_and_proved(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    with zipfile.ZipFile(packages[1]) as wheel:
        wheel.extractall(tmp_path / "installed")
    program = [sys.executable, "-m", "apparatus"]
    here = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    for arguments in (["new", "edition"], ["check", "edition"]):
        done = subprocess.run(
            [*program, *arguments], cwd=tmp_path, env=here, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        assert "nothing to mend" in done.stdout


@pytest.mark.prove
@pytest.mark.tex
def test_in_an_empty_environment_it_goes_from_nothing_to_pages_book_and_epub(
    packages: tuple[Path, Path], tmp_path: Path
) -> None:
    pip = next((ROOT / "tools").glob("pip-*.whl")) / "pip"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def run(*command: str | Path, cwd: Path = tmp_path) -> str:
        done = subprocess.run(
            [*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
        return done.stdout

    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "env")
    python = tmp_path / "env" / "bin" / "python"
    run(python, pip, "install", "--quiet", packages[1])
    assert "nothing to mend" in run(tmp_path / "env" / "bin" / "apparatus", "new", "edition")
    run("make", f"python={python}", cwd=tmp_path / "edition")
    built = tmp_path / "edition" / "build"
    assert (built / "html" / "text.html").is_file() and list((built / "epub").glob("*.epub"))
    assert next((built / "latex").glob("*.pdf")).read_bytes().startswith(b"%PDF")
