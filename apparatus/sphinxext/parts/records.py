"""What a build leaves beside its output for anyone to check: rebuilt witnesses, anchors, sections.

``witnesses/`` has each rebuilt witness, one block a line, to be compared with its
transcription by any program. ``anchors.tsv`` has every number with the text of its block;
when the edition is published it is copied to the file that ``apparatus_anchors`` names. ``sections.txt``
has the sections that can be printed by themselves, one a line.
Where one of them would be written over a file of the edition, all are left in the output.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.anchors import write_anchors
from apparatus.portions import anchors_of, anchors_of_all
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import ApparatusDomain, domain_of
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import ApparatusFiles, BuildFinished
from apparatus.written import put

if TYPE_CHECKING:
    from sphinx.application import Sphinx

ANCHORS, SECTIONS = "anchors.tsv", "sections.txt"


def folder(app: Sphinx) -> Path:
    """Where the records are left: beside the output, unless they would be written over a file of the edition there."""
    beside = Path(app.outdir).parent
    domain, anchors = domain_of(app.env), settings(app.config).anchors
    conspectus = Path(domain.conspectus_file or app.srcdir)
    named = (w.transcription for w in domain.conspectus.witnesses)
    sources = [conspectus.parent / name for name in named if name and "\0" not in name]
    sources += [Path(app.srcdir) / anchors] if anchors else []
    records = {
        beside / ANCHORS,
        beside / SECTIONS,
        *(record(beside, w.key) for w in domain.conspectus.witnesses),
    }
    return Path(app.outdir) if records & {source.resolve() for source in sources} else beside


def record(folder: Path, siglum: str) -> Path:
    """The file of a rebuilt witness."""
    return folder / "witnesses" / f"{siglum}.txt"


def record_files(app: Sphinx) -> list[Path]:
    """The files of all rebuilt witnesses (``apparatus-files``)."""
    return [record(folder(app), siglum) for siglum in domain_of(app.env).proof.transcribed]


def write_records(app: Sphinx, exception: Exception | None) -> None:
    """Write the records next to the output folder."""
    domain, files = domain_of(app.env), [folder(app) / ANCHORS, folder(app) / SECTIONS, *record_files(app)]
    are_there = domain.is_as_written and all(file.exists() for file in files)
    if exception or are_there or not domain.proof.texts or (numbered := domain.numbered) is None:
        return
    with told_if_unwritten():
        sections = dict.fromkeys(block.section for block in numbered.text.blocks)
        put(folder(app) / SECTIONS, "".join(f"{section}\n" for section in sections))
        put(folder(app) / ANCHORS, write_anchors(numbered.text, _anchors(domain), domain.record.gone))
        for siglum in domain.proof.transcribed:
            file = record(folder(app), siglum)
            if siglum not in domain.witnesses_as_written or not file.exists():
                put(file, "".join(f"{block}\n" for block in _rebuilt(domain, siglum)))


def _anchors(domain: ApparatusDomain) -> dict[str, str]:
    """The anchors of all entries, each with the words under its lemma."""
    if domain.proof.portions:
        return anchors_of_all(domain.proof.portions)
    return anchors_of(domain.edition.entries) if domain.edition else {}


def _rebuilt(domain: ApparatusDomain, siglum: str) -> Iterable[str]:
    """A witness as it is rebuilt, in its own letters; where all is proved that is its transcription."""
    if domain.proof.portions and domain.read_witness is not None:
        return (block.text for block in domain.read_witness(siglum)[0].blocks)
    collation = domain.edition.collation if domain.edition else None
    return (block.text for block in collation.rebuilt[siglum].blocks) if collation else ()


def setup(app: Sphinx) -> None:
    app.connect("apparatus-files", record_files, priority=ApparatusFiles.RECORDS)
    app.connect("build-finished", write_records, priority=BuildFinished.WRITE_RECORDS)
