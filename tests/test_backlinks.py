"""The bibliography page: where a work is cited, stale pages, unknown keys."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import WITH_WORKS, Built, build

from apparatus.sphinxext.bibliography.backlinks import Place, where_cited

CITED = (
    WITH_WORKS
    + """\
myst_enable_extensions = ["colon_fence"]
bibtex_cite_id = "bib-{key}"
bibtex_bibliography_id = "bibliography-{bibliography_count}"
smartquotes = False
"""
)
WORKS = """
@book{artemiev, author={Артемьев, В. П.}, title={Первая дивизия РОА}, year=1974}
@book{hoffmann, author={Hoffmann, J.}, title={Wlassow}, year=2003}
"""
TEXT = """---
edited-text: 0
---
# The Movement

A group led by Stalin [{cite:p}`hoffmann`]{.editorial-text}.

:::{commentary}
Stalin ] A man {cite:p}`artemiev`.
:::
"""
PAGES = {
    "index.md": "# Home\n\n```{toctree}\nintroduction\ntext\nworks\n```\n",
    "introduction.md": "# Introduction\n\n## The man\n\nSee {cite:p}`{see}artemiev{p. 3}`, {cite:p}`artemiev`.\n",
    "text.md": TEXT,
    "works.md": "# Works\n\n```{bibliography}\n:all:\n```\n",
    "works.bib": WORKS,
    "witnesses.toml": "",
    "conf.py": CITED,
}


class Project:
    """A tiny edition that can be changed and built again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, content in PAGES.items():
            self.write(name, content)

    def write(self, name: str, content: str) -> None:
        path = self.folder / name
        # Sphinx reads again what is newer than its last reading, however long that took.
        later = time.time_ns() + 10**9 if path.exists() else None
        path.write_text(content, encoding="utf-8")
        if later:
            os.utime(path, ns=(later, later))

    def build(self, builder: str = "html", *, jobs: int = 1, allow: str = "") -> Built:
        return build(self.folder, self.folder / "_build", builder=builder, jobs=jobs, allow=allow)

    def page(self, name: str) -> str:
        return (self.folder / "_build" / "html" / f"{name}.html").read_text(encoding="utf-8")

    def cited(self) -> list[str]:
        """The paragraphs that say where works are cited, without tags."""
        found = re.findall(r'<p class="cited-at">(.*?)</p>', self.page("works"))
        return [re.sub("<[^>]+>", "", one).replace("\u00a0", " ") for one in found]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    yield Project(tmp_path)


def test_a_work_says_where_it_is_cited_and_links_there(project: Project) -> None:
    app = project.build().app
    assert project.cited() == ["Cited at Introduction, The man; 0.1 n. 1.", "Cited at 0.1."]
    assert 'href="text.html#0.1-n1"' in project.page("works")
    assert 'href="introduction.html#the-man"' in project.page("works")
    assert where_cited(app.env)["hoffmann"] == [Place("text", "0.1", "0.1")]


def test_labels_and_anchors_are_latin_and_stable(project: Project) -> None:
    project.build()
    assert ">Artemev 1974</a>, p. 3]" in project.page("introduction")
    assert 'id="bib-artemiev"' in project.page("works")


def test_a_transliteration_in_the_bibliography_stands_once(project: Project) -> None:
    project.build()
    assert project.page("works").count("Pervai͡a divizii͡a ROA") == 1
    assert re.search(r'<span class="transliteration"[^>]*>\[<em>Pervai͡a', project.page("works"))


def test_a_new_citation_elsewhere_renews_the_bibliography(project: Project) -> None:
    project.build()
    project.write("introduction.md", "# Introduction\n\nNow {cite:p}`hoffmann`.\n")
    project.build()
    assert project.cited() == ["Cited at 0.1 n. 1.", "Cited at Introduction; 0.1."]


def test_a_page_that_no_longer_exists_is_not_named(project: Project) -> None:
    project.build()
    (project.folder / "introduction.md").unlink()
    project.write("index.md", "# Home\n\n```{toctree}\ntext\nworks\n```\n")
    project.build()
    assert project.cited() == ["Cited at 0.1 n. 1.", "Cited at 0.1."]


def test_a_label_that_changes_is_renewed_where_it_is_cited(project: Project) -> None:
    project.build()
    project.write("works.bib", WORKS + "@book{other, author={Артемьев, В. П.}, title={А}, year=1974}")
    project.build()
    assert ">Artemev 1974b</a>, p. 3]" in project.page("introduction")


def test_nothing_is_written_anew_when_nothing_changed(project: Project) -> None:
    project.build()
    before = (project.folder / "_build" / "html" / "works.html").stat().st_mtime_ns
    project.build()
    assert (project.folder / "_build" / "html" / "works.html").stat().st_mtime_ns == before


def test_reading_in_parallel_loses_no_citation(project: Project) -> None:
    project.build(jobs=2)
    assert project.cited() == ["Cited at Introduction, The man; 0.1 n. 1.", "Cited at 0.1."]


def test_an_unknown_key_is_reported_once_with_the_nearest_and_kept_in_print(project: Project) -> None:
    page = "# Introduction\n\nSee {cite:p}`hofmann,artemiev`.\n"
    project.write("introduction.md", page)
    expected = (
        "introduction.md:3: WARNING: citation key 'hofmann' is in none of the "
        "bibliography files; did you mean 'hoffmann'? [apparatus.unknown_citation]"
    )
    for _ in range(2):  # and again when nothing is read again
        assert project.build(allow="any").warnings == (expected,)
    assert "[hofmann?]</span>" in project.page("introduction")
    assert ">Artemev 1974</a>" in project.page("introduction")


def test_a_key_that_no_bibliography_lists_is_reported(project: Project) -> None:
    project.write("works.md", "# Works\n\n```{bibliography}\n:filter: key == 'artemiev'\n```\n")
    (warning,) = project.build(allow="any").warnings
    assert "citation key 'hoffmann' is in a bibliography file, but no bibliography lists it" in warning


def test_a_citation_that_cannot_be_read_is_reported_and_kept(project: Project) -> None:
    project.write("introduction.md", "# Introduction\n\nSee {cite:t}`artemiev hoffmann`.\n")
    warnings = "\n".join(project.build(allow="any").warnings)
    assert ":3: WARNING: citation 'artemiev hoffmann' cannot be read; divide keys by commas" in warnings
    assert "[artemiev hoffmann?]</span>" in project.page("introduction")


def test_other_builders_can_print_it(project: Project) -> None:
    project.write("text.md", "# The Movement\n\nBy {cite:p}`hoffmann`.\n")
    project.build("text")
    printed = (project.folder / "_build" / "text" / "works.txt").read_text(encoding="utf-8")
    assert "Cited at Introduction, The man." in printed
    assert "Cited at The Movement." in printed
