"""``apparatus record``: what a build would propose, written into the source."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from apparatus.collation.grouping import group_witnesses
from apparatus.edition import Edition, SourceDocument, make_edition
from apparatus.model import FIRST, Entry
from apparatus.notation import write_entry
from apparatus.problems import Mend, ProblemKind
from apparatus.revision import Draft, New, Settled, Standing, UnplacedError, rewrite_source, settle
from apparatus.sphinxext.program.changing import (
    bytes_of,
    declare_leave,
    text_of,
    write_with_leave,
)
from apparatus.sphinxext.program.check import counted
from apparatus.sphinxext.program.command import Command, RefusalError, add_edition, print_out
from apparatus.sphinxext.program.reading import ReadEdition, read_edition
from apparatus.sphinxext.program.scratch import check_proved, edition_in_scratch, read_in_scratch
from apparatus.sphinxext.program.show import block_of, witness_of
from apparatus.sphinxext.program.source_layout import layout_of
from apparatus.sphinxext.program.transcriptions import (
    Plain,
    check_siglum,
    declaration,
    divided_like,
    look_at,
    place_beside,
    read_plain,
    with_witness,
)

#: What says that an entry, a witness or the text is not read as it is meant: what would be proposed then is not to be trusted.
UNREAD = {
    f"apparatus.{kind.value}"
    for kind in (
        *(
            ProblemKind.NO_BRACKET,
            ProblemKind.TWO_BRACKETS,
            ProblemKind.EMPTY_LEMMA,
            ProblemKind.EMPTY_READING,
        ),
        *(ProblemKind.NO_SIGLUM, ProblemKind.UNKNOWN_SIGLUM, ProblemKind.SIGLUM_IN_TEXT),
        *(ProblemKind.UNBALANCED_QUOTES, ProblemKind.UNCLOSED_REMARK, ProblemKind.BAD_TRANSPOSITION),
        *(ProblemKind.BAD_CONTINUATION, ProblemKind.LEMMA_NOT_FOUND, ProblemKind.LEMMA_AMBIGUOUS),
        *(ProblemKind.NO_SUCH_OCCURRENCE, ProblemKind.LEMMA_REVERSED, ProblemKind.NO_SUCH_BLOCK),
        *(ProblemKind.NO_HOST, ProblemKind.TARGET_NOT_FOUND, ProblemKind.ENTRY_IN_TEXT),
        *(ProblemKind.BAD_CONSPECTUS, ProblemKind.SIGLUM_DECLARED_TWICE, ProblemKind.UNTRUSTED),
        *(ProblemKind.TRANSCRIPTION_MISSING, ProblemKind.TRANSCRIPTION_EMPTY, ProblemKind.NO_TEXT),
        *(
            ProblemKind.NOT_UTF8,
            ProblemKind.UNCLOSED_FENCE,
            ProblemKind.SHORT_FENCE,
            ProblemKind.UNKNOWN_SERIES,
        ),
        *(ProblemKind.BAD_FRONT_MATTER, ProblemKind.BAD_CONFIG, ProblemKind.NUMBER_TWICE),
    )
}


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_edition(task)
    declare_leave(task)
    task.add_argument("--witness", metavar="SIGLUM", help="only what concerns this witness")
    task.add_argument("--passage", metavar="NUMBER", help="only what concerns this passage")
    task.add_argument(
        "--add",
        metavar="FILE",
        help="take in a further witness: its transcription as plain text; its siglum is the file's name, or SIGLUM=FILE",
    )


def run(asked: argparse.Namespace) -> int:
    """Write what the messages propose; the status is 0 when nothing is left to mend."""
    read = read_edition(asked.edition)
    refuse_unread(read)
    if not asked.add:
        return record(asked, read, _settled(asked, read))
    further = further_witness(read, read_plain(asked.add))
    with edition_in_scratch(read, further) as scratch:
        if not asked.witness:
            asked.witness = next(
                key
                for key in scratch.edition.conspectus.witness
                if key not in read.edition.conspectus.witness
            )
        found = _settled(asked, scratch)
        return record(asked, scratch, found, home=read, besides=further)


def _settled(asked: argparse.Namespace, read: ReadEdition) -> Settled:
    witnesses = [witness_of(read.edition, asked.witness)] if asked.witness else []
    passages = (
        [read.edition.text.blocks[block_of(read.edition, asked.passage)].number] if asked.passage else []
    )
    has_entries = any(isinstance(entry.item, Entry) for entry in read.edition.entries)
    first = [] if has_entries or witnesses or passages else grouped(read)
    return settled(read, witnesses, passages, first)


def refuse_unread(read: ReadEdition) -> None:
    """Refuse an edition of which something is not read as it is meant.

    Raises:
        RefusalError: with the messages that say so.
    """
    told = [str(message) for message in read.messages if message.kind in UNREAD or message.level != "WARNING"]
    if told:
        lines = "\n".join(told)
        raise RefusalError(f"mend first what cannot be read; nothing is written:\n{lines}")


def settled(
    read: ReadEdition,
    witnesses: Sequence[str] = (),
    passages: Sequence[str] = (),
    first: Sequence[Mend] = (),
) -> Settled:
    """What the messages of an edition come to when they are followed; *first* is written before."""
    config = read.settings

    def make(documents: Sequence[SourceDocument]) -> Edition:
        return make_edition(
            documents,
            config.series,
            read.edition.conspectus,
            read.transcriptions,
            section_level=config.section_level,
            system=config.references[FIRST],
            positive=config.positive,
            check=config.collation,
        )

    documents, conspectus = read.documents, read.edition.conspectus
    return settle(
        documents, config.series, conspectus, make, witnesses=witnesses, passages=passages, first=first
    )


def further_witness(read: ReadEdition, plain: Plain) -> dict[Path, bytes]:
    """The files that a further witness wants: its transcription, and its table in the file of witnesses.

    Raises:
        RefusalError: if it cannot be taken in.
    """
    conspectus = read.edition.conspectus
    if read.conspectus_file is None:
        raise RefusalError("the edition has no file of witnesses; name one in conf.py: apparatus_conspectus")
    check_siglum(plain.siglum, conspectus.by_key)
    passages = [block.text for block in read.edition.text.blocks]
    plain = divided_like(plain, len(passages))
    others = ((key, [block.text for block in its.blocks]) for key, its in read.transcriptions.items())
    for said in look_at(plain, passages, others):
        sys.stderr.write(f"{said}\n")
    file = Path(read.conspectus_file)
    place = place_beside((witness.transcription for witness in conspectus.witnesses), plain.siglum)
    target = file.parent / place
    if target.exists() and target.resolve() != plain.path.resolve():
        raise RefusalError(f"{target} is there already; give another siglum: --add NEW={plain.path}")
    table = declaration(plain.siglum, place, by_blank=plain.by_blank)
    declared = with_witness(text_of(file, file.read_bytes()), table)
    return {target: plain.text.encode(), file: declared.encode()}


def grouped(read: ReadEdition) -> list[Mend]:
    """The entries that all transcribed witnesses together want; what is declared as a gap wants none."""
    text, conspectus = read.edition.text, read.edition.conspectus
    blocks = {key: its.blocks for key, its in read.transcriptions.items()}
    found = group_witnesses(text, conspectus, blocks)
    return [
        Mend(write_entry(one.item, conspectus.keys), below=text.blocks[one.home].number)
        for one in found.entries
    ]


def record(
    asked: argparse.Namespace,
    read: ReadEdition,
    found: Settled,
    *,
    home: ReadEdition | None = None,
    besides: Mapping[Path, bytes] | None = None,
) -> int:
    """Write a draft into the sources, with the editor's leave.

    *home* is the edition as it stands, where *read* was read from scratch with the files of *besides*.
    """
    draft, home, besides = found.draft, home or read, besides or {}
    if not (draft.changed or draft.added or besides):
        left = len(read.messages)
        more = f"; {counted(left, 'message')} left: apparatus check" if left else ""
        print_out(f"there is nothing to write{more}\n")
        return 1 if left else 0
    places = {path: at_home(path, read, home) for path in files_of(read, draft, found.edition)}
    before = {path: bytes_of(path) for path in (*besides, *places.values())}
    after = {
        **besides,
        **{real: new_text(read, found, path, before[real]).encode() for path, real in places.items()},
    }
    proved = read_in_scratch(home, after)
    check_proved(read, proved, found.edition)
    if not write_with_leave(asked, before, after):
        sys.stderr.write("nothing is written\n")
        return 0 if asked.dry_run else 1
    taken_in = [key for key in read.edition.conspectus.witness if key not in home.edition.conspectus.witness]
    said = [f"{key} is taken in" for key in taken_in]
    where = f" in {counted(len(places), 'file')}" if places else ""
    print_out(f"{'; '.join([*said, summary(draft) + where, _left(len(proved.messages))])}\n")
    return 1 if proved.messages else 0


def summary(draft: Draft) -> str:
    """How many entries are new, changed and taken out."""
    gone = sum(entry is None for entry in draft.changed.values())
    told = {"new": len(draft.added), "changed": len(draft.changed) - gone, "taken out": gone}
    said = [f"{number} {what}" for what, number in told.items() if number]
    return f"entries: {', '.join(said) or 'none'}"


def _left(messages: int) -> str:
    return f"{counted(messages, 'message')} left: apparatus check" if messages else "nothing is left to mend"


def at_home(path: Path, read: ReadEdition, home: ReadEdition) -> Path:
    """Where a file stands that was read from scratch."""
    return home.source / path.relative_to(read.source) if read is not home else path


def files_of(read: ReadEdition, draft: Draft, edition: Edition) -> list[Path]:
    """The files in which something is to be written."""
    found = [Path(origin.file) for origin in draft.changed]
    for written in draft.written(edition):
        origin = edition.text.blocks[edition.blocks_of[written.document][written.host]].origin
        found += [Path(origin.file)] if origin else []
    return list(dict.fromkeys(found))


def new_text(read: ReadEdition, found: Settled, path: Path, data: bytes) -> str:
    """The text of a file with what the draft has for it.

    Raises:
        RefusalError: if there is no place for an entry.
    """
    text, edition = text_of(path, data), found.edition
    layout = layout_of(
        text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"), read.markdown, read.settings.series
    )
    blocks = [
        (b.origin.line - 1, b.number) for b in edition.text.blocks if b.origin and Path(b.origin.file) == path
    ]
    new = [
        New(w.entry, w.series, block.origin.line, block.number, w.start)
        for w in found.draft.written(edition)
        if (block := edition.text.blocks[edition.blocks_of[w.document][w.host]]).origin
        and Path(block.origin.file) == path
    ]
    standing = [
        Standing(e.item.origin.line, e.span.start if e.span else None, e.item)
        for e in read.edition.entries
        if e.item.origin and Path(e.item.origin.file) == path
    ]
    changed: dict[int, Entry | None] = {
        o.line: e for o, e in found.draft.changed.items() if Path(o.file) == path
    }

    def last_in(start: int, end: int) -> str:
        return next((number for line, number in reversed(blocks) if start <= line < end), "")

    try:
        return rewrite_source(
            text, layout, edition.conspectus, new=new, changed=changed, standing=standing, hosts=last_in
        )
    except UnplacedError as error:
        raise RefusalError(f"{path}: {error}; nothing is written") from error


COMMAND = Command(
    "record",
    "write into the source what a build would propose",
    "Write into the source what the messages of a build propose: entries that are lacking, the siglum of a witness into an\n"
    "entry that stands, and out of it what is not so. Nothing else is changed. The change is proved in a scratch folder,\n"
    "shown as a diff, and written when you say so. The status is 0 when nothing is left to mend.",
    declare,
    run,
)
