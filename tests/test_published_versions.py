"""Every version stays where it was, and each of its pages says which it is and leads to the others."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import urljoin

import published
import pytest
from building import CONF, ROOT, build, project
from published import put_together

from apparatus.versions import Version, read_releases, with_versions, without_marks
from apparatus.voice import ENGLISH

TEXT = "# The Ferry\n\nThe ferry waited.\n\nNobody spoke.\n\n```{toctree}\n:hidden:\n\nnotes\n```\n"
RECORD = "1\tThe Ferry\n1.1\tThe ferry waited.\n"
CONF_OF = (
    CONF.replace('apparatus_conspectus = "witnesses.toml"\n', "")
    + 'project = "The <Ferry>"\nhtml_theme = "furo"\napparatus_anchors = "anchors.tsv"\n'
)
FIRST, SECOND = (
    Version("1.0", "2026-01-02", "a" * 40, "", "v/1.0/"),
    Version("2.0", "2027-03-04", "b" * 40, "", "v/2.0/"),
)


def pages_of(folder: Path, text: str, record: str, release: str) -> Path:
    conf = f'{CONF_OF}release = "{release}"\napparatus_citation = {{"released": "2027-03-04"}}\n'
    files = {"anchors.tsv": record, "notes.md": "# Notes\n\nOf the river.\n"}
    source = project(folder / "source", text, witnesses="", conf=conf, **files)
    return build(source, folder / "out", allow="not_text").out


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("versions")
    record = f"{RECORD}1.2\t\twithdrawn\t2027-03-04\tNobody had it.\n"
    first = pages_of(folder / "first", TEXT, f"{RECORD}1.2\tNobody spoke.\n", "1.0")
    return first, pages_of(folder / "second", TEXT.replace("Nobody spoke.\n\n", ""), record, "2.0")


@pytest.fixture(scope="module")
def site(versions: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    first, second = versions
    assert put_together(folder, second, [(FIRST, first), (SECOND, second)], "https://example.org/e") == []
    return folder


def test_the_pages_of_a_version_are_as_they_were_built_but_for_what_stands_between_the_marks(
    site: Path, versions: tuple[Path, Path]
) -> None:
    for version, folder in zip((FIRST, SECOND), versions, strict=True):
        for file in folder.rglob("*.html"):
            said = (site / version.folder / file.relative_to(folder)).read_text(encoding="utf-8")
            assert said.count("<!--versions-->") == 2
            assert without_marks(said) == file.read_text(encoding="utf-8")


def test_all_other_files_of_a_version_are_those_that_were_built(
    site: Path, versions: tuple[Path, Path]
) -> None:
    for version, folder in zip((FIRST, SECOND), versions, strict=True):
        for file in folder.rglob("*"):
            if file.is_file() and file.suffix != ".html" and file.name != ".buildinfo":
                assert (site / version.folder / file.relative_to(folder)).read_bytes() == file.read_bytes()


def test_each_page_says_to_people_and_programs_which_version_it_is_and_where_the_others_are(
    site: Path,
) -> None:
    old = (site / "v/1.0/notes.html").read_text(encoding="utf-8")
    assert (
        '<a href="../../notes.html">The newest is 2.0.</a> <a href="../../versions.html">All versions</a>'
        in old
    )
    assert "This is version 1.0, 2 January 2026." in old
    assert dict(re.findall(r'<link rel="([^"]*version[^"]*|canonical)" href="([^"]+)"', old)) == {
        "latest-version": "../../notes.html",
        "successor-version": "../../notes.html",
        "version-history": "../../versions.html",
        "canonical": "https://example.org/e/notes.html",
    }
    new = (site / "notes.html").read_text(encoding="utf-8")
    assert 'This is version 2.0, 4 March 2027. <a href="v/1.0/notes.html">The one before is 1.0.</a>' in new
    assert 'rel="predecessor-version" href="v/1.0/notes.html"' in new and "successor-version" not in new


def test_every_way_between_versions_leads_to_a_file(site: Path) -> None:
    for page in site.rglob("*.html"):
        marked = re.findall(
            r"<!--versions-->.*?<!--/versions-->", page.read_text(encoding="utf-8"), re.DOTALL
        )
        for address in re.findall(r'href="([^"]+)"', "".join(marked)):
            if not address.startswith("https:"):
                assert (site / urljoin(page.relative_to(site).as_posix(), address)).is_file(), (page, address)


def test_every_published_anchor_leads_somewhere_in_the_newest_version(
    versions: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = versions
    assert 'id="1.2"' in (second / "index.html").read_text(encoding="utf-8")
    bare = pages_of(tmp_path / "bare", TEXT.replace("Nobody spoke.\n\n", ""), RECORD, "2.0")
    assert put_together(tmp_path / "site", bare, [(FIRST, first)]) == ["index.html#1.2 (version 1.0)"]


def test_a_number_that_begins_with_a_letter_is_looked_for_where_it_is_recorded(
    versions: tuple[Path, Path], tmp_path: Path
) -> None:
    _, second = versions
    old = tmp_path / "old"
    old.mkdir()
    (old / "index.html").write_text('<head></head><body><p id="B1">x</p><p id="id1">y</p></body>')
    lost = put_together(tmp_path / "site", second, [(FIRST, old)], "", {"1.0": frozenset({"B1"})})
    assert lost == ["index.html#B1 (version 1.0)"]


def test_a_version_that_cannot_be_built_is_listed_with_the_reason_and_the_others_are_there(
    versions: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, second = versions
    site = tmp_path / "site"
    put_together(site, second, [(FIRST, "this clone has no history of it"), (SECOND, second)])
    assert (
        capsys.readouterr().out == "site: version 1.0 is not in the site: this clone has no history of it\n"
    )
    listed = (site / "versions.html").read_text(encoding="utf-8")
    assert "<li>Version 1.0, 2 January 2026. this clone has no history of it</li>" in listed
    assert json.loads((site / "versions.json").read_text())[1]["missing"] == "this clone has no history of it"
    assert "predecessor-version" not in (site / "index.html").read_text(encoding="utf-8")


def test_versions_json_has_them_all_the_newest_first(site: Path) -> None:
    found = json.loads((site / "versions.json").read_text(encoding="utf-8"))
    assert [(one["version"], one["path"], one["newest"]) for one in found] == [
        ("2.0", "", True),
        ("1.0", "v/1.0/", False),
    ]


def test_changes_after_the_last_release_are_a_version_of_their_own(
    versions: tuple[Path, Path], tmp_path: Path
) -> None:
    first, second = versions
    put_together(tmp_path / "site", second, [(FIRST, first)])
    found = json.loads((tmp_path / "site" / "versions.json").read_text(encoding="utf-8"))
    assert [(one["version"], one["commit"]) for one in found] == [("2.0", ""), ("1.0", "a" * 40)]


def test_a_page_is_marked_anew_and_not_twice() -> None:
    page = "<html><head></head><body><p>x</p></body></html>"
    its: dict[str, frozenset[str]] = {one.number: frozenset({"a.html"}) for one in (FIRST, SECOND)}
    once = with_versions(page, "a.html", FIRST, [FIRST, SECOND], its, ENGLISH)
    assert with_versions(once, "a.html", FIRST, [FIRST, SECOND], its, ENGLISH) == once
    assert without_marks(once) == page


def test_where_a_version_lacks_the_page_its_first_is_shown() -> None:
    pages = {"1.0": frozenset({"old.html"}), "2.0": frozenset({"index.html"})}
    page = with_versions("<head></head><body></body>", "old.html", FIRST, [FIRST, SECOND], pages, ENGLISH)
    assert 'rel="latest-version" href="../../v/2.0/index.html"' in page


def test_sources_that_are_not_those_that_were_published_are_not_built(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(published, "KEPT", tmp_path)
    monkeypatch.setattr(published, "git", lambda *arguments: b"another listing")
    said = published.built(Version("0.1", "2026-01-01", "0" * 40, "1" * 64))
    assert said == "its sources are not those that were published"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("[[release", "the list of releases is no TOML"),
        ('[[release]]\nversion = 1\ndate = 2026-01-01\ncommit = "abcdef0"\n', "its version is 1; write a number"),
        ('[[release]]\nversion = "../x"\ndate = 2026-01-01\ncommit = "abcdef0"\n', "its version is '../x'"),
        ('[[release]]\nversion = "1"\ndate = "soon"\ncommit = "abcdef0"\n', "the date of version 1 is 'soon'"),
        ('[[release]]\nversion = "1"\ndate = 2026-01-01\ncommit = "HEAD"\n', "the commit of version 1 is 'HEAD'"),
        ('[[release]]\nversion = "1"\ndate = 2026-01-01\ncommit = "abcdef0"\n' * 2, "version 1 is listed twice"),
    ],
)  # fmt: skip
def test_a_release_that_is_none_is_reported(data: str, said: str) -> None:
    _, (problem, *_) = read_releases(data, "releases.toml")
    assert said in problem.message and problem.origin and problem.origin.file == "releases.toml"


def test_a_commit_that_the_clone_lacks_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(published, "KEPT", tmp_path)
    assert published.built(Version("0.1", "2026-01-01", "0" * 40)) == "this clone has no history of it"


def test_the_releases_are_those_of_the_list_of_changes_and_their_sources_are_in_the_history() -> None:
    data = (ROOT / "source" / "releases.toml").read_text(encoding="utf-8")
    listed, problems = read_releases(data, "releases.toml")
    assert not problems
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert [(one.number, one.date) for one in reversed(listed)] == re.findall(
        r"^## (\d\S*) \((\S+)\)$", changes, re.M
    )
    for one in tomllib.loads(data)["release"]:
        command = ["git", "ls-tree", "-r", one["commit"], "source", "bib"]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        if found.returncode == 0:  # a clone without history has none of them
            assert hashlib.sha256(found.stdout).hexdigest() == one["digest"]
