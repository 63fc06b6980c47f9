"""The sample book: a chapter for each thing that is told from print."""

from __future__ import annotations

from pathlib import Path

from building import CONF, ROOT, project
from naming import REGISTER, TEXT

CHAPTERS = ROOT / "tests" / "data" / "print"
SETTINGS = (
    CONF
    + """\
project = "A Sample: Of Everything"
author = "The editors"
project_copyright = "The editors & friends"
release = "1.2"
apparatus_licence = "https://www.example.org/licence"
apparatus_register = "names.toml"
"""
)
#: *A* is a word of the text.
ALLOWED = "siglum_is_a_word"
#: In this order; the sample itself has the sections 1 and 2, what follows counts on.
ORDER = ("same", "languages", "archive", "stalin", "names", "table")
NAMES = "# Index of names\n\n:::{index-of-names}\n:::\n"


def of_stalin() -> str:
    """The text with names, with pages enough between for its names to stand on several."""
    filling = "\n\n".join("Words and words that name nobody. " * 30 for _ in range(8))
    text = TEXT.partition("```{toctree}")[0].replace("- Власов", f"{filling}\n\n- Власов")
    return f"---\nedited-text: true\n---\n\n{text}{filling}\n\nKONR, Stalin, Stalin, and the late Vlasov.\n"


def sample_book(folder: Path) -> Path:
    """Write the source of the sample book."""
    pages = {path.name: path.read_text(encoding="utf-8") for path in CHAPTERS.glob("*.md")}
    index = pages.pop("sample.md") + "\n```{toctree}\n:hidden:\n\n" + "\n".join(ORDER) + "\n```\n"
    made = {"stalin.md": of_stalin(), "names.md": NAMES, "names.toml": REGISTER}
    return project(folder, index, conf=SETTINGS, footnotes=True, **pages, **made)


def section_of(chapter: str) -> str:
    """The number of the section that a chapter of edited text is."""
    return str(3 + ORDER.index(chapter))
