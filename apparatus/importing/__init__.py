"""A TEI file → the folder of an edition, which builds at once and whose proof is clean.

    pieces ─ survey: who is cited ─→ flow: letters and variation ─→ fitting: entries on whole words ─→ folder

The file is read twice, piece by piece. What cannot be expressed stands in a comment at its place, and is reported.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from apparatus.importing.folder import write_folder
from apparatus.importing.losses import Losses
from apparatus.importing.pieces import NotReadError, Unread, pieces
from apparatus.importing.survey import survey
from apparatus.importing.text import TextReader

__all__ = ["Losses", "NotReadError", "import_edition"]


def import_edition(path: Path, folder: Path, progress: Callable[[float], None] | None = None) -> Losses:
    """Make an edition of a TEI file in *folder*; what is reported. *progress* is told which part of the work is done.

    Raises :class:`NotReadError` where the file is no XML, no TEI, has no text, or where the folder is not empty.
    """
    if folder.exists() and any(folder.iterdir()):
        raise NotReadError(f"{folder} is not empty: name a new folder")
    losses = Losses(str(path))
    found = survey(path, losses, _halved(progress, 0))
    text = TextReader(found, losses)
    for piece in pieces(path, Unread(), _halved(progress, 0.5)):
        text.take(piece)
    text.close()
    if not text.taken.passages:
        raise NotReadError(
            f"{path} has no edited text: its body has no p, ab, l or head with words of a lemma or outside entries"
        )
    write_folder(folder, found, text, text.pages.documents)
    return losses


def _halved(progress: Callable[[float], None] | None, done: float) -> Callable[[float], None] | None:
    """What is told of one of the two readings of a file."""
    return None if progress is None else lambda part: progress(done + part / 2)
