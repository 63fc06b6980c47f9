"""A change of sources tried in a scratch folder before anything is written."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from apparatus.edition import Edition
from apparatus.model import Entry, Note
from apparatus.sphinxext.program.command import RefusalError
from apparatus.sphinxext.program.reading import Message, ReadEdition, read_edition
from apparatus.sphinxext.report import relative

#: Folders that have no sources.
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "build", "_build")


def read_in_scratch(read: ReadEdition, files: Mapping[Path, bytes]) -> ReadEdition:
    """The edition as it is read with other *files*; its origins are in a folder that is gone."""
    with edition_in_scratch(read, files) as found:
        return found


@contextmanager
def edition_in_scratch(read: ReadEdition, files: Mapping[Path, bytes]) -> Iterator[ReadEdition]:
    """The edition as it is read with other *files*, and as long as its scratch folder is there.

    Raises:
        RefusalError: if a file lies outside the folder of the edition, or it cannot be read.
    """
    home, source = read.folder.resolve(), read.source.resolve()
    with TemporaryDirectory() as folder:
        scratch = Path(folder).resolve() / "edition"
        shutil.copytree(home, scratch, ignore=LEFT_OUT, copy_function=_linked)
        for path, data in files.items():
            if not path.resolve().is_relative_to(home):
                raise RefusalError(f"{path} lies outside the folder of the edition; nothing is written")
            new = scratch / path.resolve().relative_to(home)
            new.parent.mkdir(parents=True, exist_ok=True)
            new.unlink(missing_ok=True)  # it may be a link to what is to stay
            new.write_bytes(data)
        found = read_edition(scratch, scratch / source.relative_to(home))
        there, here = f"{scratch}{os.sep}", f"{home}{os.sep}"
        yield replace(found, messages=tuple(_moved(message, there, here) for message in found.messages))


def _moved(message: Message, there: str, here: str) -> Message:
    """A message with the paths of the sources as they stand."""
    file = relative(message.file.replace(there, here))
    return replace(message, file=file, message=relative(message.message.replace(there, here)))


def _linked(source: str, target: str) -> None:
    """A file that is only read need not be copied."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def effect(edition: Edition, change: Callable[[Entry], Entry] = lambda entry: entry) -> Counter[Hashable]:
    """What the entries of an edition say, and of which words, after a *change*; how they are written is left out."""
    return Counter(
        (
            entry.series.name,
            entry.span,
            _said(change(entry.item) if isinstance(entry.item, Entry) else entry.item),
        )
        for entry in edition.entries
    )


def _said(item: Entry | Note) -> Hashable:
    return item.body if isinstance(item, Note) else (item.readings, item.support, item.remarks)


def check_proved(before: ReadEdition, after: ReadEdition, wanted: Edition) -> None:
    """Hold an edition that was read from scratch against what was to be written.

    Raises:
        RefusalError: if it has another text or says anything else, or if there is more to mend than before.
    """
    check_read(before, after, wanted.text.joined, effect(wanted))


def check_read(before: ReadEdition, after: ReadEdition, text: str, said: Counter[Hashable]) -> None:
    """The same, of the text and what the entries are to say."""
    if after.edition.text.joined != text:
        raise RefusalError("what would be written would change the text; nothing is written")
    if effect(after.edition) != said:
        raise RefusalError(
            "what would be written would be read otherwise than it is meant; nothing is written"
        )
    more = _kinds(after.messages) - _kinds(before.messages)
    if more:
        told = "\n".join(str(one) for one in after.messages if one.kind in more)
        raise RefusalError(f"what would be written is not proved; nothing is written:\n{told}")


def _kinds(messages: tuple[Message, ...]) -> Counter[str]:
    return Counter(message.kind for message in messages)
