"""What makes the PDF last, as far as the programs here can tell: no validator of PDF/A is among them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from building import CONF, project
from printing import FAULTS, Paper, missing_programs, squeeze, typeset

pytestmark = pytest.mark.skipif(bool(missing_programs()), reason=f"needs {', '.join(missing_programs())}")

TEXT = """\
# A

The book «Власов» has a name; see <https://www.example.org/>.

:::{apparatus}
«Власов» ] «Власовъ» A
:::
"""
SETTINGS = """\
project = "A Sample: Of Everything"
author = "The editors"
project_copyright = "The editors & friends"
release = "1.2"
apparatus_licence = "https://www.example.org/licence"
"""


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp("archive")
    return typeset(project(folder / "source", TEXT, conf=CONF + SETTINGS), folder / "out")


@pytest.fixture(scope="module")
def objects(paper: Paper) -> list[dict[str, Any]]:
    """The dictionaries of the file."""
    found = json.loads(paper.run("qpdf", "--json", "--json-key=qpdf", "PDF"))["qpdf"][1].values()
    return [v for o in found if isinstance(v := o.get("value", o.get("stream", {}).get("dict")), dict)]


@pytest.mark.parametrize(
    "said",
    [
        "<pdfaid:part>2<",
        "<pdfaid:conformance>U<",
        'xml:lang="en-GB">A Sample<',
        "<rdf:li>The editors<",
        ">The editors &amp; friends<",
        "<rdf:li>en-GB<",
        "<xmpRights:WebStatement>https://www.example.org/licence<",
        "<xmpMM:VersionID>1.2<",
    ],
)
def test_the_metadata(paper: Paper, said: str) -> None:
    assert said in paper.run("pdfinfo", "-meta", "PDF")


def test_words_copied_from_the_file_are_the_words_of_the_text(paper: Paper) -> None:
    text = squeeze(paper.run("pdftotext", "PDF", "-"))
    assert squeeze("The book «Власов [Vlasov]»") in text
    assert squeeze("«Власов»] «Власовъ» A") in text


def test_pages_have_their_printed_labels(paper: Paper) -> None:
    labels = json.loads(paper.run("qpdf", "--json", "--json-key=pagelabels", "PDF"))["pagelabels"]
    assert [label["label"]["/S"] for label in labels] == ["/r", "/D"]
    assert labels[1]["index"] == paper.places["1"].page - 1


def test_colours_are_defined(objects: list[dict[str, Any]]) -> None:
    catalogue = next(o for o in objects if o.get("/Type") == "/Catalog")
    assert len(catalogue["/OutputIntents"]) == 1


def test_every_link_is_printed_as_it_is_seen(objects: list[dict[str, Any]]) -> None:
    """PDF/A asks of every annotation that it is printed and not hidden (flag 4)."""
    links = [o for o in objects if o.get("/Subtype") == "/Link"]
    assert links
    assert all(link["/F"] == 4 for link in links)


def test_the_log_has_no_fault(paper: Paper) -> None:
    assert FAULTS.findall(paper.log) == []
    assert re.search(r"PDF version: +1\.7", paper.run("pdfinfo", "PDF"))
