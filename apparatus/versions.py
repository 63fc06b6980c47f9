"""The published versions of an edition, side by side: what each of their pages says of the others.

A page of a version never changes but for one line and a few links, which stand between two marks and are put in when the
site is put together; without them its bytes are those that were built. The links are those of RFC 5829 (which version is the newest,
which the one before, which the one after, where all are listed).
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.voice import Voice, phrase

BEGIN, END = "<!--versions-->", "<!--/versions-->"
MARKED = re.compile(f"{BEGIN}.*?{END}", re.DOTALL)
#: Where in a page the line stands: at the beginning of what is read, or of all.
_PLACES = (re.compile(r'<article\b[^>]*\brole="?main"?[^>]*>'), re.compile(r"<body\b[^>]*>"))
_ID = re.compile(r'<[a-z][^<>]*?\sid="?([^"\s>]+)"?', re.IGNORECASE)
HISTORY, LIST = "versions.html", "versions.json"


@dataclass(frozen=True, slots=True)
class Version:
    """A published version."""

    number: str
    date: str
    commit: str = ""
    digest: str = ""  #: of its sources
    folder: str = (
        ""  #: where it stands in the site: ``v/1.2.0/``; empty for the current one, which is at its root
    )
    missing: str = ""  #: why it has no pages, if it has none


def read_releases(data: str, file: str) -> tuple[tuple[Version, ...], tuple[Problem, ...]]:
    """The published versions that ``releases.toml`` lists, the oldest first, and what is wrong with it."""
    try:
        listed = tomllib.loads(data).get("release", [])
    except tomllib.TOMLDecodeError as error:
        message = f"the list of releases is no TOML: {error}"
        return (), (Problem(ProblemKind.BAD_RELEASES, message, Origin(file, 1)),)
    found, problems = list[Version](), list[Problem]()
    for i, one in enumerate(listed if isinstance(listed, list) else [], 1):
        fault = _fault(one, {version.number for version in found})
        if fault:
            problems.append(Problem(ProblemKind.BAD_RELEASES, f"release {i}: {fault}", Origin(file, 1)))
        else:
            number = one["version"]
            found.append(
                Version(number, str(one["date"]), one["commit"], one.get("digest", ""), f"v/{number}/")
            )
    return tuple(found), tuple(problems)


def _fault(one: object, known: set[str]) -> str:
    if not isinstance(one, dict):
        return "write it as [[release]] with version, date and commit"
    number, commit = one.get("version"), one.get("commit")
    if not isinstance(number, str) or not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.+-]*", number):
        return f'its version is {number!r}; write a number such as "1.2.0"'
    if number in known:
        return f"version {number} is listed twice; take one out"
    if not isinstance(commit, str) or not re.fullmatch("[0-9a-f]{7,64}", commit):
        return f"the commit of version {number} is {commit!r}; write the digest that git gives it"
    if not isinstance(one.get("date"), date):
        return f"the date of version {number} is {one.get('date')!r}; write a day such as 2026-11-23"
    return ""


def without_marks(page: str) -> str:
    """A page as it was built."""
    return MARKED.sub("", page)


def with_versions(
    page: str,
    name: str,
    its: Version,
    versions: Sequence[Version],
    pages: Mapping[str, frozenset[str]],
    voice: Voice,
    base: str = "",
) -> str:
    """A page that says which version it is, and leads to the others.

    *name* is its file within its version, *versions* are all from the oldest to the newest, *pages* the files that each has by
    its number, *base* the address of the site.
    """
    page = without_marks(page)
    ways = _Ways(name, its, versions, pages)
    head = f"{BEGIN}{''.join(ways.links(base, page))}{END}"
    page = page.replace("</head>", f"{head}</head>", 1) if "</head>" in page else page
    line = f'{BEGIN}<p class="versions" role="note"><small>{ways.line(voice)}</small></p>{END}'
    for place in _PLACES:
        if found := place.search(page):
            return page[: found.end()] + line + page[found.end() :]
    return page


@dataclass(frozen=True)
class _Ways:
    """The ways from a page to the same page of other versions."""

    name: str
    its: Version
    versions: Sequence[Version]
    pages: Mapping[str, frozenset[str]]

    def _to(self, version: Version) -> str:
        """The same page of another version, or its first, if it does not have it."""
        has = self.name in self.pages.get(version.number, ())
        return self._up + version.folder + (self.name if has else "index.html")

    @property
    def _up(self) -> str:
        return "../" * (self.its.folder.count("/") + self.name.count("/"))

    @property
    def _at(self) -> int:
        return next(i for i, one in enumerate(self.versions) if one.number == self.its.number)

    @property
    def _before(self) -> Version | None:
        return self.versions[self._at - 1] if self._at else None

    @property
    def _after(self) -> Version | None:
        return self.versions[self._at + 1] if self._at + 1 < len(self.versions) else None

    def links(self, base: str, page: str) -> Iterator[str]:
        """The links for programs."""
        newest = self.versions[-1]
        relations = {
            "latest-version": newest,
            "predecessor-version": self._before,
            "successor-version": self._after,
        }
        for rel, version in relations.items():
            if version is not None:
                yield f'<link rel="{rel}" href="{escape(self._to(version))}">'
        yield f'<link rel="version-history" href="{self._up}{HISTORY}">'
        if base and 'rel="canonical"' not in page:
            address = self._to(newest).removeprefix(self._up)
            yield f'<link rel="canonical" href="{escape(base.rstrip("/") + "/" + address)}">'

    def line(self, voice: Voice) -> str:
        """The line for people."""
        say, newest = voice.say, self.versions[-1]
        said = [
            escape(
                say(
                    phrase("This is version {version}, {date}."),
                    version=self.its.number,
                    date=said_date(self.its, voice),
                )
            )
        ]
        if newest.number != self.its.number:
            words = say(phrase("The newest is {version}."), version=newest.number)
            said.append(f'<a href="{escape(self._to(newest))}">{escape(words)}</a>')
        if self._before is not None:
            words = say(phrase("The one before is {version}."), version=self._before.number)
            said.append(f'<a href="{escape(self._to(self._before))}">{escape(words)}</a>')
        said.append(f'<a href="{self._up}{HISTORY}">{escape(say(phrase("All versions")))}</a>')
        return " ".join(said)


def said_date(version: Version, voice: Voice) -> str:
    """The date of a version as people read it."""
    return voice.day(date.fromisoformat(version.date))


def anchors_in(page: str) -> frozenset[str]:
    """The anchors of a page."""
    return frozenset(_ID.findall(page))


def version_list(versions: Sequence[Version]) -> str:
    """``versions.json``: the versions for programs, the newest first."""
    made = [
        {
            "version": one.number,
            "date": one.date,
            "path": one.folder,
            "commit": one.commit,
            "digest": one.digest,
            "newest": one is versions[-1],
            **({"missing": one.missing} if one.missing else {}),
        }
        for one in reversed(versions)
    ]
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def history(
    title: str, versions: Sequence[Version], voice: Voice, tag: str, offered: Mapping[str, str]
) -> str:
    """``versions.html``: all versions for people; *offered* has the archive of the sources of those that have no pages."""
    say = voice.say
    items = []
    for one in reversed(versions):
        words = say(phrase("Version {version}, {date}"), version=one.number, date=said_date(one, voice))
        line = f'<a href="{one.folder}index.html">{escape(words)}</a>' if not one.missing else escape(words)
        if one.missing:
            line += f". {escape(one.missing)}"
        if file := offered.get(one.number):
            line += f' <a href="{escape(file)}">{escape(say(phrase("Its sources")))}</a>'
        items.append(f"<li>{line}</li>")
    heading = escape(say(phrase("All versions")))
    return (
        f'<!doctype html>\n<html lang="{escape(tag)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">'
        f"<title>{heading} – {escape(title)}</title></head>\n"
        f'<body><main>\n<h1>{heading}</h1>\n<p><a href="index.html">{escape(title)}</a></p>\n<ul>\n'
        + "\n".join(items)
        + "\n</ul>\n</main></body>\n</html>\n"
    )
