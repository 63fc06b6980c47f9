"""Write the rebuilt witnesses, so that anyone can compare them with the transcriptions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.sphinxext.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_rebuilt(app: Sphinx, exception: Exception | None) -> None:
    """Write each rebuilt witness to ``witnesses/`` beside the output: one block a line."""
    edition = domain_of(app.env).edition
    if exception or edition is None or edition.collation is None:
        return
    folder = Path(app.outdir).parent / "witnesses"
    for siglum, rebuilt in edition.collation.rebuilt.items():
        folder.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"{block.text}\n" for block in rebuilt.blocks)
        (folder / f"{siglum}.txt").write_text(lines, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_rebuilt)
