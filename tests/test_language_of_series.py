"""A series may be written in another language than the pages: its prose and its remarks say so."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from building import CONF, IMPRINT, TRANSCRIBED, Built, build, project

TEXT = """\
# De fele

Feles in matta sedet.

:::{apparatus}
sedet ] iacet A (fortasse recte, ut [der Mann]{lang=de} dicit)
:::

:::{fontes}
matta ] Cf. Augustinus, *De moribus*.

  Alterum [caput]{lang=grc} est.
:::

:::{loci}
Feles ] Vide infra.
:::

:::{commentary}
Feles ] Das ist eine Katze.
:::
"""
SERIES = """\
language = "de"
apparatus_text_language = "la"
apparatus_series = {
    "apparatus": {"label": "Apparat", "language": "la"},
    "commentary": {"label": "Anmerkungen", "holds": "prose", "form": "notes"},
    "fontes": {"holds": "prose", "form": "notes", "language": "la"},
    "loci": {"holds": "prose", "language": "la"},
}
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series") / "source"
    files = {"A.txt": "De fele\nFeles in matta iacet.\n"}
    return project(folder, TEXT, conf=CONF + SERIES, witnesses=TRANSCRIBED, **files)


def told(page: str) -> list[tuple[str, str]]:
    """What of the foot is said to be in which language, without the words of the text."""
    foot = page[page.index('class="foot"') :]
    return re.findall(r'<span lang="([\w-]+)">((?:[^<]|<(?!/span))*)', foot)


def test_prose_and_remarks_say_their_language_on_the_page(source: Path) -> None:
    page = build(source, source.parent / "html").page("index")
    said = told(page)
    assert ("la", "Cf. Augustinus, <em>De moribus</em>.") in said
    assert ("la", "Vide infra.") in said
    assert any(tag == "la" and words.startswith("fortasse recte, ut ") for tag, words in said)
    assert ("de", "der Mann") in said or 'lang="de">der Mann<' in page
    assert 'lang="grc">caput<' in page
    assert "<p>Das ist eine Katze." in page  # the editors’ German needs no mark


def test_the_epub_says_it_too(source: Path) -> None:
    [book] = build(source, source.parent / "epub", builder="epub", **IMPRINT).out.glob("*.epub")
    with ZipFile(book) as archive:
        page = archive.read("index.xhtml").decode()
    assert re.search(r'<span lang="la"[^>]*>Vide infra\.</span>', page)


def test_in_print_they_are_divided_as_their_language(source: Path) -> None:
    built: Built = build(source, source.parent / "latex", builder="latex")
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "\\critlanguage{la}{Cf. Augustinus," in tex
    assert "\\critlanguage{la}{Vide infra.}" in tex
    assert "\\critlanguage{la}{fortasse recte, ut \\critlanguage{de}{der Mann} dicit}" in tex
    assert "\\critlanguage{la}{Das ist" not in tex


def test_a_language_that_cannot_be_one_is_reported(tmp_path: Path) -> None:
    conf = CONF + 'apparatus_series = {"fontes": {"holds": "prose", "language": "lingua latina"}}\n'
    built = build(
        project(tmp_path / "source", "# T\n\nA cat.\n", conf=conf, witnesses=""),
        tmp_path / "out",
        allow="any",
    )
    assert any("it wants a language tag such as la" in said for said in built.warnings)
