"""What a build leaves beside its output for anyone to check: rebuilt witnesses, anchors.

``witnesses/`` has each rebuilt witness, one block a line, to be compared with its
transcription by any program. ``anchors.tsv`` has every number with the text of its block;
when the edition is published it is copied to the file that ``apparatus_anchors`` names.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.anchors import write_anchors
from apparatus.sphinxext.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def write_records(app: Sphinx, exception: Exception | None) -> None:
    """Write the records next to the output folder."""
    edition = domain_of(app.env).edition
    if exception or edition is None or not edition.text.blocks:
        return
    folder = Path(app.outdir).parent
    _write(folder / "anchors.tsv", write_anchors(edition.text))
    for siglum, rebuilt in edition.collation.rebuilt.items() if edition.collation else ():
        _write(folder / "witnesses" / f"{siglum}.txt", "".join(f"{block.text}\n" for block in rebuilt.blocks))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_records)
