"""The built folder as one file: to be taken along, and opened from disk.

``apparatus_offline`` names the archive, which is written into the folder when all else is. The same
pages give the same bytes: files in order, all with one date, the build's where it is fixed.
``:::{offline}`` on a page is the link to it, in builds for a browser only.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docutils import nodes as dn
from sphinx.addnodes import only
from sphinx.util.docutils import SphinxDirective

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.outputs import makes_pages
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import ApparatusFiles, BuildFinished
from apparatus.written import beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: What Sphinx keeps for itself.
KEPT_BACK = (".buildinfo", ".buildinfo.bak", ".doctrees")
EARLIEST, LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # a zip knows no date before or after


def archive_file(app: Sphinx) -> list[Path]:
    """The archive, if there is to be one (``apparatus-files``)."""
    name = settings(app.config).offline
    return [Path(app.outdir) / name] if name and makes_pages(app) else []


def write_archive(app: Sphinx, exception: Exception | None) -> None:
    """Write the archive when the build has ended well (``build-finished``)."""
    for target in archive_file(app) if not exception else ():
        with told_if_unwritten():
            pack_archive(Path(app.outdir), target)


def pack_archive(folder: Path, target: Path) -> None:
    """Pack a folder under the archive's own name, so that it unpacks into one folder."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    date = min(max(time.gmtime(int(epoch))[:6], EARLIEST), LATEST) if epoch else EARLIEST
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_kept_back(path, folder))
    files = [path for path in kept if path != target]  # it does not contain itself
    with beside(target) as new, ZipFile(new, "w", ZIP_DEFLATED) as archive:
        for path in files:
            item = ZipInfo(f"{target.stem}/{path.relative_to(folder).as_posix()}", date)
            item.external_attr = 0o100644 << 16  # a file that all may read, whoever packs
            item.compress_type = ZIP_DEFLATED
            archive.writestr(item, path.read_bytes())


def _is_kept_back(path: Path, folder: Path) -> bool:
    return path.relative_to(folder).parts[0] in KEPT_BACK


class OfflineDirective(SphinxDirective):
    """A link to the archive, with the words given; nothing where there is none."""

    has_content = True

    def run(self) -> list[dn.Node]:
        name = settings(self.config).offline
        if not name:
            return []
        words, messages = self.state.inline_text(" ".join(self.content).strip() or name, self.lineno)
        up = "../" * self.env.docname.count("/")
        link = dn.reference("", "", *words, refuri=f"{up}{name}", internal=True)
        return [only("", dn.paragraph("", "", link), expr="builder_html"), *messages]


def setup(app: Sphinx) -> None:
    app.add_directive("offline", OfflineDirective)
    app.connect("apparatus-files", archive_file, priority=ApparatusFiles.ARCHIVE)
    app.connect("build-finished", write_archive, priority=BuildFinished.WRITE_ARCHIVE)
