"""Letters that no face of the book has: said while the LaTeX is written, where they stand in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import CONF, WITH_WORKS, build, project

from apparatus.sphinxext.latex import faces
from apparatus.sphinxext.latex.faces import Faces

pytestmark = pytest.mark.tex

#: Of each script that the faces lack a letter; each stands where another part of the book is written.
TEXT, READING, NOTE, NAME, AUTHOR, CODE, TITLE = "द", "ⲁ", "ཀ", "ꙋ", "ᚠ", "字", "𒀀"
DOCUMENT = f"""\
# A Work

The cat {TEXT} sat, `{CODE}`.

:::{{apparatus}}
cat ] dog
  {READING} A
:::

:::{{commentary}}
sat ] Said of {NOTE}, {{cite:p}}`a`.
:::

```{{toctree}}
sigla
works
```
"""
WITNESSES = f'[witness.A]\nname = "the first copy {NAME}"\n\n[witness.B]\nname = "the second"\n'
WORKS = f"@book{{a,\n  author = {{Doe, {AUTHOR}}},\n  title = {{Rivers}},\n  year = 1950,\n  publisher = {{Q}}, address = {{R}}\n}}\n"


@pytest.fixture(autouse=True, scope="module")
def no_other_faces() -> Iterator[None]:
    """The faces of a system that has none for other scripts."""
    found = faces.find_file
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faces, "find_file", lambda name: None if name.startswith("Noto") else found(name))
        faces.letters_of.cache_clear()
        yield
    faces.letters_of.cache_clear()


def lacking(text: str) -> Iterator[str]:
    return Faces("GentiumPlus-Regular.ttf").lacking(text)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("letters")
    files = {
        "sigla.md": "# Sigla\n\n:::{conspectus}\n:::\n",
        "works.md": "# Works\n\n```{bibliography}\n```\n",
        "works.bib": WORKS,
    }
    source = project(folder / "source", DOCUMENT, conf=WITH_WORKS, witnesses=WITNESSES, **files)
    built = build(
        source, folder / "out", builder="latex", allow="print siglum_unused not_text", project=f"T {TITLE}"
    )
    return [w for w in built.warnings if "no face of the book has" in w]


@pytest.mark.parametrize(
    ("letter", "where"),
    [
        (TEXT, "index.md:7: "),
        (CODE, "index.md:7: "),
        (READING, "index.md:10: "),
        (NOTE, "index.md:15: "),
        (NAME, "sigla.md:3: "),
        (AUTHOR, "works.bib:1: "),
        (TITLE, ""),
    ],
)
def test_a_letter_that_no_face_has_is_said_where_it_stands(said: list[str], letter: str, where: str) -> None:
    named = f"no face of the book has {letter!r} (U+{ord(letter):04X}); an empty box stands in its place"
    assert [w for w in said if named in w and w.startswith(where)], said


def test_a_letter_is_said_once_for_each_place(said: list[str]) -> None:
    assert len(said) == 7


def test_letters_that_are_set_are_not_complained_of() -> None:
    assert not list(lacking("Ἰλιάς, ӀѾ, ā̆ ſ, Ѣ, שלום, “…”, a\u00adb\u200bc\u2028\n\u202a"))


def test_many_of_one_place_are_counted() -> None:
    assert re.search(r"‘?'अ' \(U\+0905\).*; 2 more beside it", next(lacking("अ आ इ अ")))


def test_an_svg_does_not_stop_the_book(tmp_path: Path) -> None:
    """LaTeX cannot read it: its words are printed, and it is said with a remedy."""
    text = "# A\n\nThe cat sat.\n\n```{toctree}\n:hidden:\nmore\n```\n"
    more = "# More\n\n![a red box](box.svg)\n\nWords with ![a mark](box.svg) in them.\n\n```{figure} box.svg\n:alt: a figure\n\nIts caption.\n```\n"
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    source = project(tmp_path / "source", text, witnesses="", **{"more.md": more, "box.svg": svg})
    built = build(source, tmp_path / "out", builder="latex", allow="print")
    written = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert ".svg" not in written
    assert all(f"{{[}}{words}{{]}}" in written for words in ("a red box", "a mark", "a figure"))
    assert [w.partition(": ")[0] for w in built.warnings] == ["more.md:3", "more.md:5", "more.md:7"]


def test_a_face_that_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    conf = f'{CONF}apparatus_faces = {{"main": "NoSuch", "Hebr": "None.ttf", "Syrc": "DejaVuSans.ttf"}}\n'
    source = project(tmp_path / "source", "# A\n\nThe cat.\n", conf=conf, witnesses="")
    built = build(source, tmp_path / "out", builder="latex", allow="print")
    assert [w.removeprefix("WARNING: in print: ").partition(",")[0] for w in built.warnings] == [
        "NoSuch-Regular.ttf",
        "None.ttf",
    ]
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "\\newcommand\\critmainface{NoSuch}" in tex


def test_letters_of_private_use_have_the_face_that_is_named_for_them() -> None:
    named = Faces("GentiumPlus-Regular.ttf", (("Zzzz", "DejaVuSans-Bold.ttf"),))
    assert named.needed("a\uf6c5") == {"DejaVuSans-Bold.ttf": "Zzzz"}
    assert named.has("\uf6c5") and not list(named.lacking("\uf6c5"))
    (said,) = named.lacking("\ueeee")
    assert said.endswith("; name a face that has it, as apparatus_faces = {'Zzzz': \"a file\"}")
