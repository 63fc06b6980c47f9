"""Sources are data: nothing in them runs, leads to what runs, or reads what is not the edition's."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from building import CONF, build, project

from apparatus.conspectus import read_conspectus
from apparatus.uri import is_inside, is_link

RUN = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "java\u200bscript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd",
    "blob:x",
    "x-scheme:y",
)
LEAD = (
    "https://example.org",
    "HTTP://example.org",
    " https://example.org",
    "https://exam\nple.org",
    "ht\ttps://example.org",
    "mailto:a@b.c",
    "doi:10.1/x",
    "a/b.html#c:d",
    "#2.3",
    "?q=a:b",
    "/x:y",
)


@pytest.mark.parametrize("address", RUN)
def test_an_address_that_runs_or_reads_is_no_link(address: str) -> None:
    assert not is_link(address)


@pytest.mark.parametrize("address", LEAD)
def test_an_address_that_leads_somewhere_is_a_link(address: str) -> None:
    assert is_link(address)


def test_a_path_is_inside_where_it_really_lies(tmp_path: Path) -> None:
    inside, outside = tmp_path / "edition", tmp_path / "other"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "a.txt").touch()
    (inside / "link.txt").symlink_to(outside / "a.txt")
    (inside / "loop").symlink_to(inside / "loop")
    assert is_inside(inside / "a.txt", [inside])
    assert is_inside(inside / "b" / ".." / "a.txt", [outside, inside])
    for path in ("../other/a.txt", "link.txt", "loop", "a\0b", "../edition2"):
        assert not is_inside(inside / path, [inside]), path


@pytest.mark.parametrize(
    "key", ["../../OUT", "a/b", "a\\b", ".", "..", "...", "a\u202eb", "a\x07b", "a\u200db", "w" * 61]
)
def test_a_siglum_that_could_name_another_file_is_refused(key: str) -> None:
    escaped = key.encode("unicode_escape").decode().replace("\\x", "\\u00")
    escaped = escaped if "\\\\" not in escaped else "a\\\\b"
    found, problems = read_conspectus(f'[witness."{escaped}"]\nname = "a copy"\n', "witnesses.toml")
    assert found.by_key == {}
    assert len(problems) == 1
    assert "cannot be a siglum" in problems[0].message


@pytest.mark.parametrize("key", ["A.", "P.1", "W-1", "Ω", "Ѕ", "א", "A*", "Va%41", "ed.pr."])
def test_other_signs_may_stand_in_a_siglum(key: str) -> None:
    found, problems = read_conspectus(f'[witness."{key}"]\nname = "a copy"\n', "witnesses.toml")
    assert list(found.by_key) == [key]
    assert problems == ()


TEXT = """\
Before.

<p class="passage">A paragraph of HTML</p>

One <b>beta</b> two.\\
Three <script>alert(1)</script> four <!-- aside -->

:::{apparatus}
two ] too A (remark <script>alert(2)</script>)
:::

<!-- a comment
of two lines -->

```{raw} html
<script>alert(3)</script>
```

```{raw} latex
\\directlua{os.exit()}
```
"""
CONSPECTUS = """\
[witness.A]
name = "a copy <script>alert(4)</script>"
description = "Described <script>alert(5)</script>"
"""
OUTSIDE = """\
```{include} ../secret.txt
```

```{literalinclude} ../secret.txt
```

```{csv-table} A table
:file: ../secret.txt
```

```{csv-table} A table
:url: https://example.org/table.csv
```

```{raw} html
:file: SECRET
```

{download}`this <../secret.txt>` ![drawn](../secret.txt)
"""


class Tags(HTMLParser):
    """The elements of a page that hold script of their own, and all addresses."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inline, self.handlers, self.is_script = "", [], False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_script = tag == "script"
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_endtag(self, tag: str) -> None:
        self.is_script = False

    def handle_data(self, data: str) -> None:
        self.inline += data if self.is_script else ""


@pytest.mark.parametrize("builder", ["html", "epub", "latex"])
def test_raw_code_is_shown_as_the_text_that_it_is_and_said_once(tmp_path: Path, builder: str) -> None:
    source = project(tmp_path / "source", f"{TEXT}\n```{{conspectus}}\n```\n", witnesses=CONSPECTUS)
    built = build(source, tmp_path, builder=builder, allow="any")
    said = [warning for warning in built.warnings if "apparatus.untrusted" in warning]
    assert len(said) == 1
    assert said[0].startswith("index.md:7: WARNING: raw HTML is shown as the text that it is, here and in ")
    names = {"html": "index.html", "epub": "index.xhtml"}
    name = names.get(builder) or next(built.out.glob("*.tex")).name
    page = (built.out / name).read_text(encoding="utf-8")
    if builder == "latex":
        assert "\\directlua" not in page
        assert "textbackslash{}directlua" in page
        return
    tags = Tags(page)
    assert "alert" not in tags.inline
    assert tags.handlers == []
    text = re.sub(r"<[^>]+>", "", page)
    for words in (
        "A paragraph of HTML",
        "&lt;b&gt;beta&lt;/b&gt;",
        *(f"alert({i})" for i in range(1, 6)),
        "directlua",
    ):
        assert words in text, words
    for comment in ("aside", "a comment"):
        assert comment not in text
    assert "<br" in page


def test_conf_py_may_trust_the_sources(tmp_path: Path) -> None:
    conf = CONF + "apparatus_trusted_sources = True\n"
    built = build(
        project(tmp_path / "source", TEXT, witnesses=CONSPECTUS, conf=conf), tmp_path, allow="not_text"
    )
    assert not any("apparatus.untrusted" in warning for warning in built.warnings)
    assert "<b>beta</b>" in built.page("index")


def test_no_file_from_outside_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret, words", encoding="utf-8")
    witnesses = '[witness.A]\nname = "a copy"\ntranscription = "../secret.txt"\n'
    text = f"Before.\n\n{OUTSIDE.replace('SECRET', str(secret))}"
    built = build(project(tmp_path / "source", text, witnesses=witnesses), tmp_path, allow="any")
    said = [warning for warning in built.warnings if "apparatus.untrusted" in warning]
    assert len(said) == 8, said
    assert all("outside the edition's folder" in warning for warning in said)
    for file in built.out.rglob("*"):
        assert not file.is_file() or b"the secret" not in file.read_bytes(), file


def test_a_link_that_would_run_is_its_words_in_every_field(tmp_path: Path) -> None:
    conf = (
        CONF.replace('"apparatus"]', '"sphinxcontrib.bibtex", "apparatus"]') + 'bibtex_bibfiles = ["a.bib"]\n'
    )
    works = (
        "@book{doe, author={Doe, J.}, title={On \\url{javascript:alert(1)}}, year={2001}, publisher={P}, "
        "url={ jaVascript:alert(2)}}"
    )
    text = "One two.\n\n:::{apparatus}\ntwo ] too A ({cite:p}`doe`)\n:::\n\n```{bibliography}\n```\n"
    built = build(project(tmp_path / "source", text, conf=conf, **{"a.bib": works}), tmp_path, allow="any")
    assert sum("apparatus.untrusted" in warning for warning in built.warnings) == 2
    page = built.page("index")
    assert not re.search(r'href="\s*javascript', page, re.IGNORECASE)
    assert "alert(1)" in page
    assert "alert(2)" in page
