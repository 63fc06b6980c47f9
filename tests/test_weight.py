"""A page of text carries nothing that only its source needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import CONF, build, project

TEXT = """# The ferry

The ferry left
at *dawn and
came* back.

```text
at dawn
    at noon
```

:::{commentary}
ferry ] It hung on a chain,
  `as  written`, and
  was slow.
:::
"""


def test_the_lines_of_the_source_end_in_blanks_on_the_page(tmp_path: Path) -> None:
    page = build(project(tmp_path / "source", TEXT), tmp_path / "out", allow="siglum_unused not_text").page(
        "index"
    )
    prose = [re.sub(r"<[^>]+>", "", words) for words in re.findall(r"<p\b.*?</p>", page, re.DOTALL)]
    assert any("left at dawn and came back." in words for words in prose)
    assert any(words.startswith("It hung on a chain, as") for words in prose)
    assert not any("\n" in words for words in prose)
    assert "at dawn\n    at noon" in page


@pytest.mark.parametrize(("sheets", "keeps"), [("[]", False), ('["own.css"]', True)])
def test_links_have_a_class_only_where_a_sheet_of_the_edition_may_ask_for_it(
    tmp_path: Path, sheets: str, keeps: bool
) -> None:
    text = "(here)=\n# Ferry\n\nThe ferry left; see [the head](#here).\n"
    conf = CONF.replace('"basic"', '"furo"') + f"html_css_files = {sheets}\n"
    page = build(
        project(tmp_path / "source", text, conf=conf), tmp_path / "out", allow="siglum_unused not_text"
    ).page("index")
    article = page.partition("<article")[2].partition("</article>")[0]
    assert 'href="#here"' in article and ('class="reference internal"' in article) is keeps


@pytest.mark.parametrize(("positive", "other"), [(False, "positive"), (True, "negative")])
def test_an_entry_carries_beside_its_label_the_one_sentence_that_is_not_said(
    tmp_path: Path, positive: bool, other: str
) -> None:
    witnesses = "".join(
        f'[witness.{key}]\nname = "copy {key}"\ntranscription = "{key}.txt"\n' for key in "AB"
    )
    text = "# Ferry\n\nThe ferry left.\n\n:::{apparatus}\nferry ] boat B\n:::\n"
    files = {"A.txt": "Ferry\nThe ferry left.\n", "B.txt": "Ferry\nThe boat left.\n"}
    conf = f"{CONF}apparatus_positive = {positive}\n"
    page = build(
        project(tmp_path / "source", text, witnesses=witnesses, conf=conf, **files), tmp_path / "out"
    ).page("index")
    negative = "Apparatus 1.1: for “ferry”, witness B reads “boat”"
    full = "Apparatus 1.1: for “ferry”, witness A has the text; witness B reads “boat”"
    own, otherwise = (full, negative) if positive else (negative, full)
    assert re.findall(r'(aria-label|data-[a-z]+tive)="(Apparatus 1.1[^"]*)"', page) == [
        ("aria-label", own),
        (f"data-{other}", otherwise),
    ]
