"""Terms lead to the glossary where they first occur, and nowhere inside a link or a lemma."""

from __future__ import annotations

import re
from pathlib import Path

from building import CONF, build, project

from apparatus.sphinxext.names.glossary import pattern_of

PLAIN = CONF + "apparatus_transliterate = False\n"
GLOSSARY = (
    "# Glossary\n\n```{glossary}\nferry\n  A boat.\n\nROA\n  An army. The ferry was not its own.\n```\n"
)
TEXT = """# The ferry

The ferry and the ferry. The ROA and [the ROA](https://example.org).

:::{apparatus}
ferry^1 ] fery A
:::

:::{commentary}
The ROA ] The ROA had a ferry, the ferry a deck.
:::

Once more the ferry.

## Another ferry

A ferryman, ferries and two ferrys; ROA-men.

```{toctree}
:hidden:

glossary
page
```
"""


def essay(folder: Path, text: str = TEXT, glossary: str = GLOSSARY) -> Path:
    page = "# A ferry\n\nFerry and ferry, `ROA` and **ROA**.\n"
    return project(folder, text, conf=PLAIN, **{"glossary.md": glossary, "page.md": page})


def links(page: str) -> list[tuple[str, str]]:
    """Target and words of each link to a term."""
    return [
        (target, re.sub(r"<[^>]+>", "", words))
        for target, words in re.findall(
            r'<a class="term-link[^"]*" href="glossary\.html#([^"]+)">(.*?)</a>', page
        )
    ]


def paragraphs(page: str, start: str) -> str:
    return next(p for p in re.findall(r"<p.*?</p>", page, re.DOTALL) if start in p)


def test_a_pattern_takes_whole_words_and_the_longest():
    pattern = pattern_of(["KONR", "VS KONR", "kulak"])
    found = [m[1] for m in pattern.finditer("VS KONR, KONR, Kulaks, kulaki, konr, KONR-men, xKONR")]
    assert found == ["VS KONR", "KONR", "Kulak"]


def test_the_first_occurrence_in_a_section_is_linked(tmp_path):
    page = build(essay(tmp_path / "source"), tmp_path / "out", allow="siglum_unused").page("index")
    first = paragraphs(page, 'id="1.1"')
    assert links(first) == [("term-ferry", "ferry"), ("term-ROA", "ROA")]
    assert links(paragraphs(page, "Once more")) == []


def test_nothing_is_linked_inside_a_lemma_or_a_link(tmp_path):
    page = build(essay(tmp_path / "source"), tmp_path / "out", allow="siglum_unused").page("index")
    first = paragraphs(page, 'id="1.1"')
    assert re.search(r'class="accidental[^"]* lemma"', first).start() < first.index("term-ferry")
    assert not re.search(r"<a [^>]*>(?:(?!</a>).)*<a ", first, re.DOTALL)


def test_each_section_links_anew_and_no_heading_does(tmp_path):
    page = build(essay(tmp_path / "source"), tmp_path / "out", allow="siglum_unused").page("index")
    assert links(paragraphs(page, "ferryman")) == [("term-ferry", "ferry")]
    assert not any(links(heading) for heading in re.findall(r"<h[12].*?</h[12]>", page, re.DOTALL))


def test_notes_and_other_pages_link_once(tmp_path):
    built = build(essay(tmp_path / "source"), tmp_path / "out", allow="siglum_unused")
    note = paragraphs(built.page("index"), "had a")
    assert links(note) == [("term-ROA", "ROA"), ("term-ferry", "ferry")]
    assert links(built.page("page")) == [("term-ferry", "Ferry"), ("term-ROA", "ROA")]
    assert links(built.page("glossary")) == []


def test_a_new_term_reaches_pages_that_were_not_read_again(tmp_path):
    source = essay(tmp_path / "source", glossary="# Glossary\n\n```{glossary}\nROA\n  An army.\n```\n")
    assert ("term-ferry", "Ferry") not in links(
        build(source, tmp_path / "out", allow="siglum_unused").page("page")
    )
    (source / "glossary.md").write_text(GLOSSARY, encoding="utf-8")
    assert ("term-ferry", "Ferry") in links(
        build(source, tmp_path / "out", allow="siglum_unused").page("page")
    )


def test_several_processes_link_as_one_does(tmp_path):
    source = essay(tmp_path / "source")
    for i in range(8):
        (source / f"more{i}.md").write_text(
            "---\norphan: true\n---\n\n# More\n\nA ferry.\n", encoding="utf-8"
        )
    alone, together = (
        build(source, tmp_path / "alone", allow="siglum_unused"),
        build(source, tmp_path / "together", jobs=4, allow="siglum_unused"),
    )
    for name in ("index", "page", "more7"):
        assert links(alone.page(name)) == links(together.page(name)) != []


def test_print_links_the_same_words_of_text_and_pages(tmp_path):
    built = build(essay(tmp_path / "source"), tmp_path / "out", builder="latex", allow="siglum_unused")
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    linked = re.findall(
        r"glossary:term-(\w+)\}\]\{([^}]*)\}", re.sub(r"\\sphinxcrossref\{|\\edlabel\{[^}]*\}", "", tex)
    )
    assert linked == [
        ("ferry", "ferry"),
        ("ROA", "ROA"),
        ("ferry", "ferry"),
        ("ferry", "Ferry"),
        ("ROA", "ROA"),
    ]
