"""In print nothing of an entry stands within a link, or in raised or lowered letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import build, project

LINES = {
    "Word [alpha beta](https://x.org) then.": ["alpha ] gamma A", "beta then ] delta B"],
    "Word [*alpha* beta](https://x.org) then.": ["lpha ] gamma A", "ha be ] delta B"],
    "See [the alpha](#there) now.": ["alpha ] gamma A"],
    "He sat {sup}`2`x there.": ["2x ] 3x A"],
    "Some H{sub}`2`O.": ["2 ] 3 A", "H2O ] HO B"],
    "On the 2{sup}`nd e` end.": ["nd ] nde A", "d e ] de B"],
}
NAME = re.compile(r"\\lemma(start|end)\{")


@pytest.fixture(scope="module")
def passages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is written for each passage."""
    folder = tmp_path_factory.mktemp("parted")
    text = "(there)=\n# T\n\n" + "".join(
        f"{text}\n\n:::{{apparatus}}\n" + "\n".join(lines) + "\n:::\n\n" for text, lines in LINES.items()
    )
    built = build(project(folder / "s", text), folder / "o", builder="latex", allow="any")
    tex = next(built.out.glob("project*.tex")).read_text("utf-8")
    found = re.findall(r"\\passage\{.*?\\closepassage", tex, re.DOTALL)
    return dict(zip(LINES, found[-len(LINES) :], strict=True))


def within(tex: str, at: int) -> str:
    """The commands in whose braces a place stands."""
    open_at: list[int] = []
    for i, character in enumerate(tex[:at]):
        if character == "{":
            open_at.append(i)
        elif character == "}":
            open_at.pop()
    return " ".join(tex[max(0, i - 60) : i + 1].rsplit("\\", 1)[-1] for i in open_at)


@pytest.mark.parametrize("text", LINES)
def test_an_entry_begins_and_ends_outside_what_is_set_as_one(passages: dict[str, str], text: str) -> None:
    tex = passages[text]
    places = [found.start() for found in NAME.finditer(tex)]
    assert len(places) == 2 * len(LINES[text])
    for at in places:
        assert not re.search(r"href|hyperref|crossref|text\{", within(tex, at)), tex


def test_what_is_parted_has_all_its_words(passages: dict[str, str]) -> None:
    tex = passages["Word [alpha beta](https://x.org) then."]
    assert r"\sphinxhref{https://x.org}{alpha}\lemmaend{" in tex
    assert r"}\sphinxhref{https://x.org}{beta} then\lemmaend{" in tex
    assert r"$^{\text{2}}$x\lemmaend" in passages["He sat {sup}`2`x there."]


def test_names_are_given_once(tmp_path: Path) -> None:
    text = "# T\n\n[alpha beta](https://x.org){#there} x.\n\n:::{apparatus}\nalpha ] gamma A\n:::\n"
    built = build(project(tmp_path / "s", text), tmp_path / "o", builder="latex", allow="any")
    tex = next(built.out.glob("project*.tex")).read_text("utf-8")
    assert tex.count("index:there") <= 1
    assert tex.count(r"\sphinxhref{https://x.org}") == 2
