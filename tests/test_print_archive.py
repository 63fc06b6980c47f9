"""What makes the PDF last: what a validator of PDF/A says, and what else the standard asks for.

The validator, PDFBox Preflight, knows part 1, level B, which is the stricter part. Our file declares part 2, level U:
1b and a Unicode map for every font (:mod:`test_pdf`). What part 2 allows and part 1 does not, cross
references in a stream, is written out for it in a copy.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from printing import Paper, preflight, squeeze, validator_is_there

pytestmark = pytest.mark.tex


@pytest.fixture(scope="module")
def objects(sample: Paper) -> list[dict[str, Any]]:
    """The dictionaries of the file."""
    found = json.loads(sample.run("qpdf", "--json", "--json-key=qpdf", "PDF"))["qpdf"][1].values()
    return [v for o in found if isinstance(v := o.get("value", o.get("stream", {}).get("dict")), dict)]


@pytest.mark.parametrize(
    "said",
    [
        "<pdfaid:part>2<",
        "<pdfaid:conformance>U<",
        'xml:lang="x-default">A Sample<',
        "<rdf:li>The editors<",
        ">The editors &amp; friends<",
        "<rdf:li>en-GB<",
        "<xmpRights:WebStatement>https://www.example.org/licence<",
        "<xmpMM:VersionID>1.2<",
    ],
)
def test_the_metadata(sample: Paper, said: str) -> None:
    assert said in sample.run("pdfinfo", "-meta", "PDF")


def test_words_copied_from_the_file_are_the_words_of_the_text(sample: Paper) -> None:
    text = squeeze(sample.run("pdftotext", "PDF", "-"))
    assert squeeze("The book «Власов [Vlasov]»") in text
    assert squeeze("«Власов»] «Власовъ» A") in text


def test_a_lemma_may_begin_and_end_within_code_and_keys(sample: Paper) -> None:
    """Sphinx sets these with ``\\sphinxupquote``, within which no entry could begin."""
    text = squeeze(sample.run("pdftotext", "-layout", "PDF", "-"))
    assert squeeze("Alpha beta gamma and Ctrl x and run it now and a b then do it.") in text
    for lemma, reading in [
        ("Alpha beta", "one"),
        ("gamma and", "two"),
        ("x and run", "three"),
        ("now and a", "four"),
        ("b then do", "five"),
    ]:
        assert squeeze(f"{lemma}] {reading} A") in text


def test_pages_have_their_printed_labels(sample: Paper) -> None:
    labels = json.loads(sample.run("qpdf", "--json", "--json-key=pagelabels", "PDF"))["pagelabels"]
    assert [label["label"]["/S"] for label in labels] == ["/r", "/D"]
    assert labels[1]["index"] == sample.places["1"].page - 1


@pytest.mark.skipif(not validator_is_there(), reason="needs libpdfbox2-java")
def test_a_validator_of_pdf_a_finds_nothing(sample: Paper, tmp_path: Path) -> None:
    assert preflight(sample.pdf, tmp_path) == []
    # it would find something: the same file without its profile of colours
    raw = (tmp_path / f"{sample.pdf.stem}-table.pdf").read_bytes()
    (tmp_path / "spoilt.pdf").write_bytes(raw.replace(b"/OutputIntents", b"/OutputIntentz"))
    assert preflight(tmp_path / "spoilt.pdf", tmp_path)


def test_metadata_and_properties_agree(sample: Paper) -> None:
    properties = dict(re.findall(r"^(\w+): +(.*)$", sample.run("pdfinfo", "-isodates", "PDF"), re.MULTILINE))
    metadata = sample.run("pdfinfo", "-meta", "PDF")
    for element, value in [
        ("dc:title", properties["Title"]),
        ("dc:creator", properties["Author"]),
        ("dc:description", properties["Subject"]),
        ("pdf:Producer", properties["Producer"]),
        ("xmp:CreatorTool", properties["Creator"]),
        ("xmp:CreateDate", properties["CreationDate"].replace("Z", "")[:19]),
    ]:
        found = re.search(rf"<{element}>(.*?)</{element}>", metadata, re.DOTALL)
        assert found, element
        assert value in found[1], (element, value)


def test_nothing_is_in_the_file_that_would_not_last(sample: Paper, objects: list[dict[str, Any]]) -> None:
    """No encryption, script, embedded or outer file, form, sound; no compression but Flate."""
    trailer = json.loads(sample.run("qpdf", "--json", "--json-key=qpdf", "PDF"))["qpdf"][1]["trailer"][
        "value"
    ]
    assert "/Encrypt" not in trailer
    assert len(trailer["/ID"]) == 2
    for found in objects:
        assert not {"/JS", "/JavaScript", "/EmbeddedFiles", "/AcroForm", "/AA", "/XFA", "/OPI", "/Ref"} & set(
            found
        )
        assert found.get("/S") not in (
            "/Launch",
            "/Sound",
            "/Movie",
            "/ResetForm",
            "/JavaScript",
            "/ImportData",
        )
        assert found.get("/Filter", "/FlateDecode") == "/FlateDecode"
        assert "/FFilter" not in found
        assert found.get("/SMask", "/None") == "/None"
        assert found.get("/BM", "/Normal") in ("/Normal", "/Compatible")
        assert found.get("/CA", 1) == found.get("/ca", 1) == 1
    head = sample.pdf.read_bytes()[:20].split(b"\n")
    assert head[0] == b"%PDF-1.7"
    assert head[1].startswith(b"%")
    assert all(byte > 127 for byte in head[1][1:5])


def test_colours_are_defined(objects: list[dict[str, Any]]) -> None:
    catalogue = next(o for o in objects if o.get("/Type") == "/Catalog")
    assert len(catalogue["/OutputIntents"]) == 1
    assert all("/MediaBox" in page or "/Parent" in page for page in objects if page.get("/Type") == "/Page")


def test_every_link_is_printed_as_it_is_seen(objects: list[dict[str, Any]]) -> None:
    """PDF/A asks of every annotation that it is printed and not hidden (flag 4)."""
    links = [o for o in objects if o.get("/Subtype") == "/Link"]
    assert links
    assert all(link["/F"] == 4 for link in links)


def test_the_version_of_the_format_is_that_of_the_standard(sample: Paper) -> None:
    assert re.search(r"PDF version: +1\.7", sample.run("pdfinfo", "PDF"))
