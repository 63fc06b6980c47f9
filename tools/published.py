"""Put the site together: the current version at its root, every published one under ``v/``, each built from its commit.

``make site`` calls this when the current version is built. A version is built once, with its own packages, in a folder of
its own, and kept. One that cannot be built is listed with the reason, and its sources are offered; the site of the others is built
all the same. At the end every anchor that was ever published is looked for in the current pages.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from types import MappingProxyType

from steps import BUILD, ROOT, StepError, guarded, named, put, run, say

sys.path.insert(0, str(ROOT))

from apparatus.versions import (
    HISTORY,
    LIST,
    Version,
    anchors_in,
    history,
    read_releases,
    version_list,
    with_versions,
)
from apparatus.voice import Voice, own_catalogues, voice_for

RELEASES = ROOT / "source" / "releases.toml"
KEPT = BUILD / "versions"  # the pages of published versions, each built once
SOURCES = ("source", "bib")
RECORD = "source/anchors.tsv"
#: An anchor that can be cited, of a passage, an entry, a note, as numbers usually are; those that begin with a letter are
#: told from others by the record.
CITED = re.compile(r"\d[\w.]*(?:-[^\W\d_]+\d+)?")
#: Of the environment what a build of an old version needs; no setting of this one.
ENVIRONMENT = (
    "PATH",
    "HOME",
    "USER",
    "TMPDIR",
    "LANG",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
)
PREFIXES = ("PIP_", "UV_", "http_", "https_", "HTTP_", "HTTPS_", "no_", "NO_", "all_", "ALL_")


def git(*arguments: str) -> bytes | None:
    """What git says; nothing if it cannot."""
    trusted = f"safe.directory={ROOT}"
    try:
        done = subprocess.run(["git", "-c", trusted, *arguments], cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def digest_of(commit: str) -> str:
    """The digest of the sources of a commit."""
    return hashlib.sha256(git("ls-tree", "-r", commit, *SOURCES) or b"").hexdigest()


def recorded(version: Version) -> frozenset[str]:
    """The anchors in the record of a version."""
    record = (git("show", f"{version.commit}:{RECORD}") or b"").decode("utf-8", "replace")
    return frozenset(line.partition("\t")[0] for line in record.splitlines())


def built(version: Version) -> Path | str:
    """The folder with the pages of a published version, or why there is none."""
    pages, stamp = KEPT / version.number, KEPT / f"{version.number}.built"
    if pages.is_dir() and stamp.is_file() and stamp.read_text(encoding="utf-8") == version.commit:
        return pages
    if git("cat-file", "-e", f"{version.commit}^{{commit}}") is None:
        return "this clone has no history of it"
    if version.digest and digest_of(version.commit) != version.digest:
        return "its sources are not those that were published"
    say("site", f"building version {version.number} from its commit, with its own packages")
    folder = KEPT / f".{version.number}"
    try:
        made = _make(version, folder)
        if isinstance(made, str):
            return made
        shutil.rmtree(pages, ignore_errors=True)
        made.rename(pages)
        put(version.commit.encode(), stamp)
        return pages
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make(version: Version, folder: Path) -> Path | str:
    shutil.rmtree(folder, ignore_errors=True)
    archive = git("archive", version.commit)
    if archive is None:
        return "git cannot take it out of the history"
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
    epoch = (git("log", "-1", "--format=%ct", version.commit) or b"").decode().strip()
    kept = {k: v for k, v in os.environ.items() if k in ENVIRONMENT or k.startswith(PREFIXES)}
    log = BUILD / "log" / f"version-{version.number}.log"
    code, _ = run(
        "site", ["make", "html"], log, r"html: .*", cwd=folder, env={**kept, "SOURCE_DATE_EPOCH": epoch}
    )
    pages = folder / "build" / "html"
    if code or not (pages / "index.html").is_file():
        return f"it cannot be built any more ({named(log)})"
    shutil.rmtree(folder / ".venv", ignore_errors=True)
    return pages


@dataclass(frozen=True, slots=True)
class Facts:
    """What the current pages say of themselves."""

    title: str
    number: str
    date: str
    language: str


def facts_of(page: str) -> Facts:
    """What the metadata of a page say of the edition."""
    said = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)"', page))
    language = re.search(r'<html[^>]*\slang="([^"]+)"', page)
    number = said.get("prism.edition", "").removeprefix("version ")
    return Facts(
        unescape(said.get("citation_inbook_title", "")),
        number,
        said.get("DC.date", ""),
        language[1] if language else "en",
    )


def put_together(
    site: Path,
    current: Path,
    published: Sequence[tuple[Version, Path | str]],
    base: str = "",
    records: Mapping[str, frozenset[str]] = MappingProxyType({}),
) -> list[str]:
    """Fill a folder with the current pages and those of all versions; gives the published anchors that lead nowhere.

    *published* are the versions, the oldest first, each with the folder of its pages or the reason why there are none;
    *records* the anchors that each has recorded, by its number.
    """
    facts = facts_of((current / "index.html").read_text(encoding="utf-8"))
    voice, _ = voice_for(facts.language, own_catalogues())
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(current, site, ignore=shutil.ignore_patterns(".buildinfo*", ".doctrees"))
    versions: list[Version] = []
    for version, pages in published:
        if isinstance(pages, str):
            say("site", f"version {version.number} is not in the site: {pages}")
            versions.append(replace(version, missing=pages))
        else:
            shutil.copytree(
                pages, site / version.folder, ignore=shutil.ignore_patterns(".buildinfo*", ".doctrees")
            )
            versions.append(version)
    there = [(version, pages) for version, pages in published if isinstance(pages, Path)]
    lost = _lost(current, there, records)
    _say_versions(site, versions, facts, voice, base)
    return lost


def _say_versions(site: Path, published: Sequence[Version], facts: Facts, voice: Voice, base: str) -> None:
    """Put the line and the links into all pages, and list the versions."""
    this = Version(facts.number, facts.date)
    is_published = bool(published) and published[-1].number == this.number
    # The newest is the one at the root of the site, also where it stands below as a published one.
    older = published[:-1] if is_published else published
    versions = [*older, replace(published[-1], folder="", missing="") if is_published else this]
    chain = [one for one in versions if not one.missing]
    standing = [*chain, *(one for one in published[-1:] if is_published and not one.missing)]
    pages = {one.number: _pages(site, one, published) for one in chain}
    for one in standing:
        for name in pages[one.number]:
            file = site / one.folder / name
            page = file.read_text(encoding="utf-8")
            said = with_versions(page, name, one, chain, pages, voice, base)
            file.write_text(said, encoding="utf-8", newline="\n")
    put(version_list(versions).encode(), site / LIST)
    offered = {one.number: _sources(one, site) for one in versions if one.missing}
    put(history(facts.title, versions, voice, facts.language, offered).encode(), site / HISTORY)


def _pages(site: Path, version: Version, published: Sequence[Version]) -> frozenset[str]:
    """The pages of a version, by their files within it."""
    folder = site / version.folder
    others = () if version.folder else tuple(one.folder for one in published)
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return frozenset(name for name in names if not name.startswith(others or "\0"))


def _sources(version: Version, site: Path) -> str:
    """The archive of the sources of a version that has no pages; nothing if git does not have them."""
    data = git("archive", "--format=zip", version.commit)
    if data is None:
        return ""
    name = f"v/{version.number}-sources.zip"
    put(data, site / name)
    return name


def _lost(
    current: Path, published: Sequence[tuple[Version, Path]], records: Mapping[str, frozenset[str]]
) -> list[str]:
    """The anchors that a version has published and that lead nowhere in the current pages."""
    lost: list[str] = []
    for version, pages in published:
        for file in sorted(pages.rglob("*.html")):
            anchors, record = anchors_in(file.read_text(encoding="utf-8")), records.get(version.number, ())
            cited = {one for one in anchors if CITED.fullmatch(one) or one in record}
            now = current / file.relative_to(pages)
            there = anchors_in(now.read_text(encoding="utf-8")) if now.is_file() else frozenset()
            name = file.relative_to(pages).as_posix()
            lost += [f"{name}#{one} (version {version.number})" for one in sorted(cited - there)]
    return lost


def main() -> None:
    """Put the site together in ``build/site``."""
    base = os.environ.get("BASE", "")
    current, site = BUILD / "html", BUILD / "site"
    if not (current / "index.html").is_file():
        raise StepError("there are no pages to begin with; run make first")
    data = RELEASES.read_text(encoding="utf-8") if RELEASES.is_file() else ""
    versions, problems = read_releases(data, named(RELEASES))
    if problems:
        raise StepError("; ".join(map(str, problems)))
    fresh = site.with_name("site-new")
    records = {version.number: recorded(version) for version in versions}
    lost = put_together(fresh, current, [(version, built(version)) for version in versions], base, records)
    if lost:
        raise StepError(
            f"published anchors lead nowhere: {', '.join(lost[:10])}; say in source/anchors.tsv what became of them"
        )
    shutil.rmtree(site, ignore_errors=True)
    fresh.rename(site)
    say("site", f"{named(site)} has {len(versions)} published versions and the current one")


if __name__ == "__main__":
    sys.exit(guarded("site", main))
