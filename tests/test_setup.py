"""The set-up: two commands, locked packages, nothing built twice, no failure forgotten."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-fuzz.lock")
STUB_CONF = """
project = "A stub"
extensions = ["myst_parser"]
html_theme = "basic"
version = "1"
copyright = "the editors"
epub_basename = "the-russian-liberation-movement"
"""


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run make, its output kept."""
    return subprocess.run(["make", *arguments], cwd=cwd, capture_output=True, text=True, check=False)


def tracked() -> list[str]:
    """The files under version control."""
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return listing.stdout.splitlines()


@pytest.fixture
def stub(tmp_path: Path) -> Path:
    """An edition of one page, with this project's tools and the Python that runs the tests."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools", ignore=shutil.ignore_patterns("__pycache__", "*.whl"))
    (tmp_path / "conf.py").write_text(STUB_CONF, encoding="utf-8")
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "index.md").write_text("# A stub\n\nOne line.\n", encoding="utf-8")
    return tmp_path


def build(stub: Path, step: str = "html") -> subprocess.CompletedProcess[str]:
    """Build the stub as the Makefile does."""
    command = [sys.executable, "tools/build.py", step]
    return subprocess.run(command, cwd=stub, capture_output=True, text=True, check=False)


def test_help_lists_every_target_with_one_line() -> None:
    """Phony targets that are only steps of others have no line; all that a reader calls have one."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    listed = re.findall(r"^  make (\S+) +\S", make("--no-print-directory", "help").stdout, re.MULTILINE)
    assert set(listed) == declared - {"environment", "test-environment", "test-tools", "tex"}
    assert len(listed) == len(set(listed))


def test_make_alone_builds_all_outputs_and_offers_them_at_the_end() -> None:
    plan = make("--dry-run").stdout
    steps = re.findall(r"tools/build.py (\w+)", plan)
    assert steps == ["site", "epub", "tei", "variants", "pdf", "site"]


def test_html_does_not_wait_for_tex() -> None:
    plan = make("--dry-run").stdout
    assert plan.index("tools/build.py epub") < plan.index("tools/system.py tex")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(name: str) -> None:
    text = re.sub(r"\\\n\s*", "", (ROOT / name).read_text(encoding="utf-8"))
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages
    for package in packages:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+ .*--hash=sha256:[0-9a-f]{64}", package), package


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_folder(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"index-url|find-links|://|^-", text, re.MULTILINE)


def test_the_two_locks_agree() -> None:
    pins = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)) for name in LOCKS]
    common = pins[0].keys() & pins[1].keys()
    assert {name: pins[0][name] for name in common} == {name: pins[1][name] for name in common}


def test_the_package_asks_for_what_the_edition_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    assert sorted(project["dependencies"]) == sorted(line for line in lines if line[:1].isalpha())


def test_the_package_holds_every_file_of_the_extension() -> None:
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    held = {path for glob in tools["package-data"]["apparatus"] for path in (ROOT / "apparatus").glob(glob)}
    wanted = {ROOT / name for name in tracked() if name.startswith("apparatus/") and not name.endswith(".py")}
    assert wanted
    assert wanted <= held


def test_everything_asked_for_is_locked() -> None:
    for lock in LOCKS:
        wanted = (ROOT / lock).with_suffix(".in").read_text(encoding="utf-8")
        names = re.findall(r"^[a-z][\w-]*", wanted, re.MULTILINE)
        assert names
        assert [
            name for name in names if f"\n{name}==" not in (ROOT / lock).read_text(encoding="utf-8")
        ] == []


def test_no_tracked_file_names_a_registry_or_a_machine() -> None:
    """A host would tie the project to one index, a folder to one machine."""
    hosts = [
        f"{name}.{domain}" for name, domain in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
    ]
    hosts += [f"{name}.debian.org" for name in ("deb", "security", "snapshot")]
    folders = [f"/{name}/" for name in ("work", "tmp", "root", "opt/pypi", "opt/wheels")]
    pattern = re.compile(
        "|".join(re.escape(word) for word in hosts) + "|" + rf"(?<![\w.~}}])(?:{'|'.join(folders)})"
    )
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in content[:8000] and (match := pattern.search(content.decode("utf-8", "replace"))):
            found.append((name, match.group(0)))
    assert found == []


def test_an_unchanged_edition_is_not_built_again(stub: Path) -> None:
    first = build(stub)
    assert first.returncode == 0, first.stderr
    page = stub / "build" / "html" / "index.html"
    written = page.stat().st_mtime_ns
    second = build(stub)
    assert second.stdout == "html: build/html/index.html is up to date\n"
    assert page.stat().st_mtime_ns == written


def test_a_changed_line_is_built(stub: Path) -> None:
    assert build(stub).returncode == 0
    (stub / "source" / "index.md").write_text("# A stub\n\nAnother line.\n", encoding="utf-8")
    assert build(stub).returncode == 0
    assert "Another line" in (stub / "build" / "html" / "index.html").read_text(encoding="utf-8")


def test_the_page_of_a_removed_file_goes(stub: Path) -> None:
    extra = stub / "source" / "extra.md"
    extra.write_text("---\norphan: true\n---\n# Extra\n", encoding="utf-8")
    assert build(stub).returncode == 0
    assert (stub / "build" / "html" / "extra.html").is_file()
    extra.unlink()
    assert build(stub).returncode == 0
    assert not (stub / "build" / "html" / "extra.html").exists()


def test_a_build_that_failed_fails_again(stub: Path) -> None:
    """Sphinx repeats no warning of a document that it does not read again."""
    (stub / "source" / "index.md").write_text("# A stub\n\n[Nowhere](#nowhere).\n", encoding="utf-8")
    first, second = build(stub), build(stub)
    for attempt in (first, second):
        assert attempt.returncode == 1
        assert "'nowhere'" in attempt.stderr
        assert attempt.stderr.splitlines()[-1].startswith("html: not built: mend what is reported above")


def test_a_failure_in_one_output_is_not_forgotten_by_the_other(stub: Path) -> None:
    (stub / "source" / "index.md").write_text("# A stub\n\n[Nowhere](#nowhere).\n", encoding="utf-8")
    assert build(stub).returncode == 1
    other = build(stub, "pdf")
    assert other.returncode == 1
    assert "'nowhere'" in other.stderr


def test_a_failure_mended_is_built(stub: Path) -> None:
    page = stub / "source" / "index.md"
    page.write_text("# A stub\n\n[Nowhere](#nowhere).\n", encoding="utf-8")
    assert build(stub).returncode == 1
    page.write_text("# A stub\n\nSomewhere.\n", encoding="utf-8")
    assert build(stub).returncode == 0


def held(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_that_failed_leaves_the_proved_outputs(stub: Path) -> None:
    """Nobody reads or sends a text that was not proved; the second failure takes nothing away either."""
    for step in ("html", "epub"):
        assert build(stub, step).returncode == 0
    pages, book = held(stub / "build" / "html"), held(stub / "build" / "epub")
    assert "index.html" in pages
    assert list(book) == ["the-russian-liberation-movement.epub"]
    (stub / "source" / "index.md").write_text(
        "# A stub\n\nUnproved, [nowhere](#nowhere).\n", encoding="utf-8"
    )
    for step in ("html", "epub", "html", "epub"):
        assert build(stub, step).returncode == 1
        assert held(stub / "build" / "html") == pages
        assert held(stub / "build" / "epub") == book


def test_a_failure_in_changed_code_leaves_the_proved_outputs(stub: Path) -> None:
    assert build(stub).returncode == 0
    pages = held(stub / "build" / "html")
    with (stub / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write("html_title = 'Another'\nhtml_logo = 'nowhere.png'\n")
    assert build(stub).returncode == 1
    assert held(stub / "build" / "html") == pages


def test_a_failure_without_an_earlier_build_leaves_no_pages(stub: Path) -> None:
    (stub / "source" / "index.md").write_text("# A stub\n\n[Nowhere](#nowhere).\n", encoding="utf-8")
    assert build(stub).returncode == 1
    assert not (stub / "build" / "html").exists()


def test_only_pages_that_changed_are_written_again(stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # of the last commit; the stub has none
    extra = stub / "source" / "extra.md"
    extra.write_text("---\norphan: true\n---\n# Extra\n", encoding="utf-8")
    assert build(stub).returncode == 0
    page = stub / "build" / "html" / "index.html"
    written = page.stat().st_mtime_ns
    extra.write_text("---\norphan: true\n---\n# Extra\n\nMore.\n", encoding="utf-8")
    assert build(stub).returncode == 0
    assert "More." in (stub / "build" / "html" / "extra.html").read_text(encoding="utf-8")
    assert page.stat().st_mtime_ns == written


def test_a_damaged_pip_is_not_run(stub: Path) -> None:
    [wheel] = [path.name for path in (ROOT / "tools").glob("pip-*.whl")]
    (stub / "tools" / wheel).write_bytes(b"not the wheel")
    command = [sys.executable, "tools/environment.py", "requirements.lock"]
    attempt = subprocess.run(command, cwd=stub, capture_output=True, text=True, check=False)
    assert attempt.returncode == 1
    assert attempt.stderr == f"python: tools/{wheel} is damaged; restore it: git checkout -- tools/{wheel}\n"
    assert not (stub / ".venv").exists()


def test_without_python_the_command_to_install_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "uname").symlink_to(shutil.which("true") or "/bin/true")
    shell = shutil.which("sh") or "/bin/sh"
    attempt = subprocess.run(
        [shell, str(ROOT / "tools" / "python"), "-V"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert attempt.returncode == 1
    assert attempt.stderr.startswith(
        "python: Python 3.11 or newer is needed and none was found; install it: "
    )


def test_ci_calls_the_readme_s_test_command() -> None:
    ci = ROOT / ".ci" / "run"
    assert ci.stat().st_mode & 0o111
    commands = re.findall(r"^    (make.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert "make test" in commands
    assert re.search(r"^make test </dev/null", ci.read_text(encoding="utf-8"), re.MULTILINE)


def last_line(attempt: subprocess.CompletedProcess[str]) -> str:
    """What a failed command leaves its caller with; it is never a traceback."""
    assert attempt.returncode == 1, attempt.stdout
    assert "Traceback" not in attempt.stdout + attempt.stderr
    return attempt.stderr.splitlines()[-1]


def test_a_date_that_is_none_is_a_sentence(stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for odd in ("tomorrow", "1e9", "-5", "9" * 30, "17.5"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", odd)
        assert last_line(build(stub)).startswith(
            f"html: SOURCE_DATE_EPOCH is “{odd}”; it is a number of seconds"
        )


def test_a_file_in_the_place_of_the_outputs_is_a_sentence(stub: Path) -> None:
    (stub / "build").write_text("a file", encoding="utf-8")
    assert last_line(build(stub)).startswith("html: build is a file")
    (stub / "build").unlink()
    assert build(stub).returncode == 0
    shutil.rmtree(stub / "build" / "log")
    (stub / "build" / "log").write_text("a file", encoding="utf-8")
    with (stub / "source" / "index.md").open("a", encoding="utf-8") as page:
        page.write("\nMore.\n")
    assert last_line(build(stub)).startswith("html: build/log: file exists; see to that")


def test_a_fault_of_a_program_is_a_sentence_and_its_traceback_a_log(stub: Path) -> None:
    with (stub / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write("def setup(app):\n    app.connect('env-updated', lambda app, env: 1 / 0)\n")
    said = last_line(build(stub))
    assert said.startswith("html: not built: this is a fault of the program, please report it: ")
    assert "division by zero" in said
    assert "Traceback" in (stub / "build" / "log" / "html-warnings.log").read_text(encoding="utf-8")


def test_a_source_that_cannot_be_read_is_named(stub: Path) -> None:
    (stub / "source" / "lost.md").symlink_to(stub / "nowhere")
    attempt = build(stub)
    assert last_line(attempt).startswith("html: not built: mend what is reported above")
    assert "lost.md" in attempt.stderr


@pytest.mark.parametrize("locale", ["xx_XX.UTF-8", "POSIX", "C.UTF-8"])
def test_no_locale_is_needed_nor_heard(stub: Path, locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    with (stub / "conf.py").open("a", encoding="utf-8") as settings:
        settings.write("html_last_updated_fmt = '%B'\n")
    for name in ("LANG", "LC_ALL", "LC_TIME"):
        monkeypatch.setenv(name, locale)
    assert build(stub).returncode == 0
    assert "November" in (stub / "build" / "html" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "heading", "is_told"),
    [("One.", "2.0.0", False), ("Two.", "2.0.0", True), ("Two.", "[Unreleased]", False)],
)
def test_a_text_mended_under_the_number_of_the_published_one_is_told(
    stub: Path, text: str, heading: str, is_told: bool
) -> None:
    (stub / "build").mkdir()
    (stub / "build" / "anchors.tsv").write_text(f"1.1\t{text}\n", encoding="utf-8")
    (stub / "source" / "anchors.tsv").write_text("1.1\tOne.\n", encoding="utf-8")
    (stub / "CHANGELOG.md").write_text(f"# Changelog\n\n## {heading}\n", encoding="utf-8")
    assert ("say what you changed" in build(stub).stdout) is is_told


def test_two_builds_at_once_in_a_folder_wait_for_one_another(stub: Path) -> None:
    command = [sys.executable, "tools/build.py", "html"]
    both = [
        subprocess.Popen(command, cwd=stub, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(process.communicate()[0].splitlines()[-1] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert said[1] == "html: build/html/index.html is up to date"


def test_pages_moved_aside_by_a_build_that_was_killed_are_put_back(stub: Path) -> None:
    assert build(stub).returncode == 0
    pages = held(stub / "build" / "html")
    (stub / "build" / "html").rename(stub / "build" / "html-before")
    (stub / "source" / "index.md").write_text("# A stub\n\n[Nowhere](#nowhere).\n", encoding="utf-8")
    assert build(stub).returncode == 1
    assert held(stub / "build" / "html") == pages


def test_a_clone_without_history_and_an_archive_have_the_date_of_the_commit(stub: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(stub), "GIT_CONFIG_NOSYSTEM": "1"}
    environment |= {
        f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }

    def git(*arguments: str, date: str = "") -> None:
        dated = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
        subprocess.run(
            ["git", *arguments], cwd=stub, env={**environment, **dated}, check=True, capture_output=True
        )

    git("init")
    git("add", "conf.py", "source", "tools")
    git("commit", "-m", "text", date="@1700000000 +0000")
    (stub / "notes.txt").write_text("not built", encoding="utf-8")
    git("add", "notes.txt")
    git("commit", "-m", "something else", date="@1700009999 +0000")
    git("clone", "--depth", "1", f"file://{stub}", "shallow")
    git("archive", "--output", "edition.tar", "HEAD")
    (stub / "unpacked").mkdir()
    subprocess.run(["tar", "-xf", "../edition.tar"], cwd=stub / "unpacked", check=True)
    program = "import sys; sys.path.insert(0, 'tools'); import build; print(build.last_change())"
    told = {
        folder: subprocess.run(
            [sys.executable, "-c", program],
            cwd=stub / folder,
            env=environment,
            capture_output=True,
            text=True,
        ).stdout
        for folder in (".", "shallow", "unpacked")
    }
    assert set(told.values()) == {"1700009999\n"}, told


DOWNLOADS = "build/downloads.json"


def offered(stub: Path) -> list[str]:
    """What the pages of a stub are told to offer."""
    return [one["kind"] for one in json.loads((stub / DOWNLOADS).read_text(encoding="utf-8"))]


def test_pages_offer_what_was_built_of_the_same_text_and_the_pages_alone_nothing(stub: Path) -> None:
    steps = (
        ("site", []),
        ("epub", []),
        ("site", ["epub"]),
        ("site", ["epub"]),
        ("html", []),
        ("site", ["epub"]),
    )
    # The stub's own pages link nothing, so what is listed is not beside them: that is what the check says.
    for step, expected in steps:
        attempt = build(stub, step)
        assert (attempt.returncode == 0) == (step != "site" or not expected), attempt.stderr
        if attempt.returncode:
            assert "which is not beside them" in last_line(attempt)
        assert offered(stub) == expected
    (stub / "source" / "index.md").write_text("# A stub\n\nAnother text.\n", encoding="utf-8")
    assert build(stub, "site").returncode == 0
    assert offered(stub) == []
