"""``apparatus rename-siglum``: another siglum for a witness, a group or a scholar, wherever one is cited."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from apparatus.conspectus import read_conspectus
from apparatus.model import Conspectus, Entry
from apparatus.problems import nearest
from apparatus.revision import Standing, rewrite_source
from apparatus.revision.renaming import expected_conspectus, renamed, renamed_conspectus, renamed_in
from apparatus.sphinxext.program.changing import bytes_of, declare_leave, text_of, write_with_leave
from apparatus.sphinxext.program.check import counted
from apparatus.sphinxext.program.command import Command, RefusalError, add_edition, print_out
from apparatus.sphinxext.program.reading import ReadEdition, read_edition
from apparatus.sphinxext.program.record import refuse_unread
from apparatus.sphinxext.program.scratch import check_read, effect, read_in_scratch
from apparatus.sphinxext.program.source_layout import layout_of
from apparatus.sphinxext.program.transcriptions import check_siglum, key_in_toml

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    task.add_argument("old", metavar="OLD", help="the siglum as it is")
    task.add_argument("new", metavar="NEW", help="the siglum as it is to be")
    add_edition(task)
    declare_leave(task)


def run(asked: argparse.Namespace) -> int:
    """Rename a siglum with the editor's leave."""
    read = read_edition(asked.edition)
    refuse_unread(read)
    conspectus = read.edition.conspectus
    if asked.old not in conspectus.by_key:
        guess = nearest(asked.old, conspectus.by_key)
        raise RefusalError(
            f"no siglum {asked.old} is declared" + (f"; did you mean {guess}?" if guess else "")
        )
    check_siglum(asked.new, conspectus.by_key)
    after = new_files(read, asked.old, asked.new)
    before = {path: bytes_of(path) for path in after}
    proved = read_in_scratch(read, after)
    check_read(
        read,
        proved,
        read.edition.text.joined,
        effect(read.edition, partial(renamed, old=asked.old, new=asked.new)),
    )
    if not write_with_leave(asked, before, after):
        return 0 if asked.dry_run else 1
    print_out(
        f"{asked.old} is {asked.new} in {counted(len(after), 'file')}; prose, pages and conf.py are left as they were\n"
    )
    return 0


def new_files(read: ReadEdition, old: str, new: str) -> dict[Path, bytes]:
    """The files in which the siglum stands, as they are to be."""
    assert read.conspectus_file is not None  # a siglum is declared
    file = Path(read.conspectus_file)
    text = renamed_conspectus(text_of(file, file.read_bytes()), old, key_in_toml(new))
    wanted = expected_conspectus(read.edition.conspectus, old, new)
    found, problems = read_conspectus(text, str(file))
    if problems or _plain(found) != _plain(wanted):
        raise RefusalError(
            f"{old} is declared in a form that cannot be changed here: rename it in {file} by hand; nothing is written"
        )
    files = {
        Path(e.item.origin.file) for e in read.edition.entries if e.item.origin and isinstance(e.item, Entry)
    }
    made = {path: _document(read, path, wanted, old, new) for path in sorted(files)}
    changed = {path: data for path, data in made.items() if data != path.read_bytes()}
    return {file: text.encode(), **changed}


def _plain(conspectus: Conspectus) -> tuple[object, ...]:
    return conspectus.witnesses, conspectus.groups, conspectus.scholars, conspectus.normalisation


def _document(read: ReadEdition, path: Path, wanted: Conspectus, old: str, new: str) -> bytes:
    """A document in which each entry cites the new siglum, and quotes what the new one makes it quote."""
    text = text_of(path, path.read_bytes())
    layout = layout_of(text.removeprefix(BOM), read.markdown, read.settings.series)
    entries = [e for e in read.edition.entries if e.item.origin and Path(e.item.origin.file) == path]
    standing = [Standing(e.item.origin.line, None, e.item) for e in entries if e.item.origin]
    changed = {
        e.item.origin.line: renamed(e.item, old, new)
        for e in entries
        if isinstance(e.item, Entry) and e.item.origin
    }
    return rewrite_source(
        text,
        layout,
        wanted,
        new=[],
        changed=changed,
        standing=standing,
        hosts=lambda start, end: "",
        ways=partial(renamed_in, old=old, new=new),
    ).encode()


COMMAND = Command(
    "rename-siglum",
    "give a witness, a group or a scholar another siglum",
    "Give a witness, a group or a scholar another siglum: in the file of witnesses and in every entry. Prose, pages and\n"
    "conf.py are left as they are, and a transcription keeps its name. The change is proved, shown and asked for.",
    declare,
    run,
)
