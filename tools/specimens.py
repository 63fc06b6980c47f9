"""Draw the pictures of the manual: what becomes of the source that stands above them.

    make specimens            those whose source has changed
    python tools/specimens.py verse-paper.png     these

A picture is an image of a chapter in `source/manual/pictures`, whose name ends in `-screen`, `-differences`,
`-beside` or `-paper`. It shows what is fenced above it under the same heading, as `md` (the document; one that says
what it `translates` is `en.md` beside `text.md`), `python` (what `conf.py` has besides) and `text` (the transcription
of the witness B). The digest of these sources is recorded in the picture itself: tests/test_specimens.py says when it
no longer belongs to them.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright
from system import find_browser

ROOT = Path(__file__).parents[1]
MANUAL = ROOT / "source" / "manual"
PICTURES = MANUAL / "pictures"
#: Under which name a picture keeps the digest.
SHOWN = "Shown"
#: A heading, a fence, a picture, in the order of a chapter.
PARTS = re.compile(
    r"^(?P<heading>#+ [^\n]*)$|^```(?P<language>\w+)\n(?P<source>.*?)^```$|pictures/(?P<name>[\w-]+\.png)",
    re.DOTALL | re.MULTILINE,
)
CONF = """\
project = "A specimen"
language = "en"
extensions = ["myst_parser", "apparatus"]
html_theme = "furo"
suppress_warnings = ["myst.header"]
apparatus_conspectus = "witnesses.toml"
"""
#: Of the screen the text alone is shown.
STYLE = "* { background-color: #fff !important } .view { display: none !important }"
#: How wide a screen is, in the pixels of its style, and how many of the picture's each has.
WIDE, FINE = 900, 2
#: How wide where two texts stand side by side.
BESIDE = 1240
#: Pixels an inch of the pictures of paper; of white between text and foot as many rows are kept.
DENSITY, GAP = 150, 70
#: Pixels of white round all; grey levels.
BORDER, LEVELS = 24, 16
#: What is as light as this is white, as paper is.
PAPER = 250


@dataclass(frozen=True)
class Specimen:
    """A picture that a chapter has, and the sources that it shows, by language."""

    name: str
    sources: tuple[tuple[str, str], ...]

    @property
    def way(self) -> str:
        """How it is seen: on the screen, as differences, on paper."""
        return Path(self.name).stem.rpartition("-")[2]

    @property
    def digest(self) -> str:
        """What the picture records of its sources."""
        return hashlib.sha256(repr(self.sources).encode()).hexdigest()

    @property
    def drawn(self) -> str:
        """The digest of what the picture on disk shows; nothing where there is none."""
        path = PICTURES / self.name
        if not path.is_file():
            return ""
        with Image.open(path) as picture:
            return str(picture.info.get(SHOWN, ""))

    def of(self, language: str) -> str:
        """Its sources in one language."""
        return "\n".join(source for its, source in self.sources if its == language)

    @property
    def conspectus(self) -> str:
        """The witnesses that its entries name, each by a capital letter."""
        entries = "\n".join(re.findall(r"^.* \] .*$", self.of("md"), re.MULTILINE))
        named = sorted({*re.findall(r"(?<= )[A-Z](?=[ ,;]|$)", entries, re.MULTILINE)})
        declared = {key: f'[witness.{key}]\nname = "the copy {key}"\n' for key in named}
        if self.of("text"):
            declared["B"] += 'transcription = "B.txt"\n'
        return "".join(declared.values())

    @property
    def first_words(self) -> str:
        """The front matter of the document, where its source has none."""
        return "" if self.of("md").startswith("---\n") else "---\nedited-text: true\n---\n\n"

    @property
    def documents(self) -> dict[str, str]:
        """The documents by their files: one, or a text and what translates it."""
        second = "\n".join(its for _, its in self.sources if "\ntranslates: text\n" in its)
        if not second:
            return {"index.md": self.first_words + self.of("md")}
        first = "\n".join(its for language, its in self.sources if language == "md" and its != second)
        index = "# A specimen\n\n```{toctree}\ntext\nen\n```\n"
        return {"index.md": index, "text.md": f"---\nedited-text: true\n---\n\n{first}", "en.md": second}

    def write(self, folder: Path) -> None:
        """Write it as an edition."""
        files = {
            "conf.py": CONF + self.of("python"),
            "witnesses.toml": self.conspectus,
            "B.txt": self.of("text"),
            **self.documents,
        }
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")


def specimens(chapter: Path) -> Iterator[Specimen]:
    """The pictures of a chapter."""
    sources: list[tuple[str, str]] = []
    for part in PARTS.finditer(chapter.read_text(encoding="utf-8")):
        if part["heading"]:
            sources = []
        elif part["name"]:
            yield Specimen(part["name"], tuple(sources))
        else:
            sources.append((part["language"], part["source"]))


def every() -> list[Specimen]:
    """All that the manual has."""
    return [specimen for chapter in sorted(MANUAL.glob("*.md")) for specimen in specimens(chapter)]


def built(source: Path, builder: str) -> Path:
    """The output of Sphinx for an edition."""
    output = source / "out" / builder
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-b",
        builder,
        "-d",
        source / "out" / "trees",
        source,
        output,
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1764000000"}
    subprocess.run(command, env=environment, check=True)
    return output


#: The pages that are shown on the screen.
SEEN = {"screen": "index.html", "differences": "index-B-differences.html", "beside": "text-with-en.html"}


def on_screen(source: Path, way: str) -> Image.Image:
    """The text as the browser shows it."""
    pages, shot = built(source, "html"), source / "screen.png"
    shown, wide = pages / SEEN[way], BESIDE if way == "beside" else WIDE
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": wide, "height": 600}, device_scale_factor=FINE)
        page.goto(shown.as_uri())
        page.add_style_tag(content=STYLE)
        box = page.locator("article").bounding_box() or {}
        page.screenshot(path=shot, full_page=True, clip={**box, "x": 0, "width": wide})
        browser.close()
    return Image.open(shot)


def on_paper(source: Path) -> Image.Image:
    """The page of the book that has the text, its white made less."""
    folder = built(source, "latex")
    (tex,) = folder.glob("*specimen.tex")
    command = [
        "latexmk",
        "-norc",
        "-r",
        "latexmkrc",
        "-lualatex",
        "-interaction=nonstopmode",
        "-silent",
        tex.name,
    ]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    pdf = tex.with_suffix(".pdf")
    dests = subprocess.run(["pdfinfo", "-dests", pdf], capture_output=True, text=True, check=True).stdout
    found = re.search(r'^ *(\d+) .*"[^"]*-a1:start"$', dests, re.MULTILINE)
    number = found[1] if found else "1"
    subprocess.run(
        ["pdftoppm", "-r", str(DENSITY), "-png", "-singlefile", "-f", number, pdf, folder / "page"],
        check=True,
    )
    return closed_up(Image.open(folder / "page.png").convert("L"))


def closed_up(page: Image.Image) -> Image.Image:
    """A page without its margins, and without most of the white between text and foot."""
    page = page.crop(ImageChops.invert(page).getbbox())
    bands = [
        row for row in range(page.height) if page.crop((0, row, page.width, row + 1)).getextrema()[0] < 255
    ]
    kept: list[int] = []
    for row in range(page.height):
        near = [band for band in bands if abs(band - row) <= GAP // 2]
        kept += [row] if near else []
    closed = Image.new("L", (page.width, len(kept)), 255)
    for at, row in enumerate(kept):
        closed.paste(page.crop((0, row, page.width, row + 1)), (0, at))
    return closed


def draw(specimen: Specimen) -> None:
    """Make the picture and write it with the digest of what it shows."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name)
        specimen.write(source)
        picture = on_paper(source) if specimen.way == "paper" else on_screen(source, specimen.way)
        kept = framed(picture)
    record = PngInfo()
    record.add_text(SHOWN, specimen.digest)
    PICTURES.mkdir(exist_ok=True)
    kept.save(PICTURES / specimen.name, pnginfo=record, optimize=True)


def framed(picture: Image.Image) -> Image.Image:
    """The picture on white, without what is empty at its edges, in few colours."""
    plain = picture.convert("RGB").point(lambda light: 255 if light >= PAPER else light)
    empty = Image.new("RGB", plain.size, (255, 255, 255))
    plain = plain.crop(ImageChops.difference(plain, empty).getbbox())
    framed = Image.new("RGB", (plain.width + 2 * BORDER, plain.height + 2 * BORDER), (255, 255, 255))
    framed.paste(plain, (BORDER, BORDER))
    return framed.quantize(LEVELS, dither=Image.Dither.NONE)


def main() -> None:
    asked = sys.argv[1:]
    for specimen in every():
        if specimen.name in asked or (not asked and specimen.drawn != specimen.digest):
            print(f"specimens: {specimen.name}", flush=True)
            draw(specimen)


if __name__ == "__main__":
    main()
