"""Pages and EPUB bring the faces for scripts that a reader's machine may lack, cut down to the edition's letters."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from building import CONF, EDITIONS, IMPRINT, ROOT, TRANSCRIBED, build, project
from fontTools.ttLib import TTFont

from apparatus.sphinxext import screen_faces
from apparatus.sphinxext.screen_faces import X_HEIGHT, faces_for, letters_in, ranges, subset
from apparatus.sphinxext.tex_files import find_file

needs_noto = pytest.mark.skipif(
    not all(find_file(f"Noto{name}-Regular.ttf") for name in ("SerifHebrew", "Serif", "NaskhArabic")),
    reason="needs the faces that the set-up for the tests fetches",
)
HEBREW = "בְּרֵאשִׁ֖ית בָּרָ֣א"


def test_an_edition_in_letters_that_every_machine_has_brings_none(tmp_path: Path) -> None:
    text = "# Ἰλιάς\n\nМиръ, Ἀχιλῆος, fœdus, “čas” – ﬁ.\n"
    out = build(project(tmp_path / "source", text, witnesses=""), tmp_path / "out").out
    assert not [*out.rglob("*.woff"), *out.rglob("faces.css")]


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        (HEBREW, ["Hebr"]),
        ("гдⷭ҇нѧ", ["Cyrl"]),
        ("бꙋдетъ", ["Cyrl"]),
        ("qᷣ a", ["Latn"]),
        ("子曰", []),
        ("→ ☞", []),
    ],
)
def test_a_script_is_brought_that_has_letters_which_few_machines_show(
    monkeypatch: pytest.MonkeyPatch, text: str, scripts: list[str]
) -> None:
    monkeypatch.setattr(screen_faces, "find_file", Path)
    found = faces_for(letters_in([text, "abc"]))
    assert list(found) == scripts
    for letters in found.values():  # a mark stands well only on a letter of its own face
        assert {ord(c) for c in text if c.isalpha() and not c.isascii()} <= set(letters)


def test_a_face_that_is_not_installed_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen_faces, "find_file", lambda name: None)
    assert faces_for(letters_in([HEBREW])) == {}


def test_letters_are_named_in_ranges() -> None:
    assert ranges([0x5D0, 0x5D1, 0x5D2, 0x5E8]) == "U+5D0-5D2,U+5E8"


@needs_noto
def test_a_face_has_the_letters_and_places_their_points_and_weighs_little() -> None:
    letters = sorted({ord(c) for c in HEBREW if c != " "})
    made = subset(find_file("NotoSerifHebrew-Regular.ttf"), letters)
    face = TTFont(io.BytesIO(made))
    assert set(letters) <= set(face.getBestCmap()) and len(made) < 20_000
    assert "mark" in {record.FeatureTag for record in face["GPOS"].table.FeatureList.FeatureRecord}
    assert made == subset(find_file("NotoSerifHebrew-Regular.ttf"), letters)


@needs_noto
def test_a_face_without_lower_case_keeps_its_size_where_a_browser_adjusts_it() -> None:
    face = TTFont(io.BytesIO(subset(find_file("NotoNaskhArabic-Regular.ttf"), [0x642])))
    assert face["OS/2"].sxHeight == 470 and face["head"].unitsPerEm == 1000
    styles = (ROOT / "apparatus" / "static" / "apparatus.css" / "03-reading.css").read_text(encoding="utf-8")
    assert f"font-size-adjust: {X_HEIGHT};" in styles


@needs_noto
def test_pages_and_epub_have_faces_for_the_letters_of_transcriptions_too(tmp_path: Path) -> None:
    files = {"A.txt": f"T\n{HEBREW}\n"}
    text = "# T\n\nThe cat.\n\n:::{apparatus}\nThe cat. ] " + HEBREW + " A\n:::\n"
    source = project(tmp_path / "source", text, conf=CONF, witnesses=TRANSCRIBED, **files)
    out = build(source, tmp_path / "out").out
    sheet = (out / "_static" / "faces.css").read_text(encoding="utf-8")
    [name] = re.findall(r'url\("(face-hebr-\w+\.woff)"\)', sheet)
    assert (out / "_static" / name).is_file() and 'href="_static/faces.css' in (out / "index.html").read_text(
        encoding="utf-8"
    )
    [book] = build(source, tmp_path / "out", builder="epub", **IMPRINT).out.glob("*.epub")
    with ZipFile(book) as archive:
        assert f"_static/{name}" in archive.namelist()
        assert f'href="_static/{name}"' in archive.read("content.opf").decode()
        assert "faces.css" in archive.read("index.xhtml").decode()


@needs_noto
def test_a_page_without_such_letters_does_not_name_the_faces(tmp_path: Path) -> None:
    more = {"other.md": f"---\norphan: true\n---\n\n# Other\n\n{HEBREW}\n"}
    out = build(project(tmp_path / "source", "# T\n\nA cat.\n", witnesses="", **more), tmp_path / "out").out
    named = {
        page: "faces.css" in (out / page).read_text(encoding="utf-8") for page in ("index.html", "other.html")
    }
    assert named == {"index.html": False, "other.html": True}


@needs_noto
def test_an_edition_may_do_without(tmp_path: Path) -> None:
    built = build(EDITIONS / "hebrew", tmp_path / "out", apparatus_screen_faces=False)
    assert not [*built.out.rglob("*.woff"), *built.out.rglob("faces.css")]
