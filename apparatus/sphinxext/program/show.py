"""``apparatus show`` and ``apparatus witness``: a passage with all that is said of it, the text of a witness."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from apparatus.edition import Edition, EditionEntry
from apparatus.model import BREAK, Note
from apparatus.problems import nearest
from apparatus.render.face import Faces
from apparatus.render.runs import RunKind
from apparatus.sphinxext.program.command import Command, RefusalError, add_edition, print_out
from apparatus.sphinxext.program.reading import ReadEdition, read_edition
from apparatus.sphinxext.program.terminal import Terminal, terminal
from apparatus.sphinxext.report import relative
from apparatus.witness_text import Part, Passage, Stretch, passages, transcribed


def _declare_colour(task: argparse.ArgumentParser) -> None:
    help = "colour: on a terminal (auto), always, never"
    task.add_argument("--color", "--colour", choices=["auto", "always", "never"], default="auto", help=help)


def declare_show(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    task.add_argument("number", metavar="NUMBER", help="the number of the passage, such as 2.3")
    add_edition(task)
    _declare_colour(task)


def show(asked: argparse.Namespace) -> int:
    """Print a passage: text, entries, each witness."""
    read = read_edition(asked.edition)
    block = block_of(read.edition, asked.number)
    print_out(
        "\n".join([*passage_lines(read.faces, block, terminal(colour=asked.color)), *_unproved(read)]) + "\n"
    )
    return 0


def block_of(edition: Edition, number: str) -> int:
    """The block of a passage.

    Raises:
        RefusalError: if there is none of that number.
    """
    if (found := edition.text.index.get(number)) is not None:
        return found
    guess = nearest(number, edition.text.index)
    hint = f"; did you mean {guess}?" if guess else ""
    raise RefusalError(
        f"there is no passage {number}{hint}" if edition.text.blocks else "there is no edited text"
    )


def passage_lines(faces: Faces, block: int, screen: Terminal) -> Iterator[str]:
    """A passage as lines."""
    edition = faces.edition
    its = edition.text.blocks[block]
    yield screen.bold(its.number) + (f"  {relative(str(its.origin))}" if its.origin else "")
    yield screen.wrapped(its.text)
    for label, lines in _entries(faces, block).items():
        yield ""
        yield screen.bold(label)
        yield from (screen.wrapped(line, "    ", "  ") for line in lines)
    yield ""
    yield from _witnesses(edition, block, screen)


def _entries(faces: Faces, block: int) -> dict[str, list[str]]:
    """The series that have entries here, each with its entries."""
    found: dict[str, list[str]] = {}
    for entry in faces.edition.covering.get(block, []):
        found.setdefault(entry.series.label, []).append(_line(faces, entry))
    return found


def _line(faces: Faces, entry: EditionEntry) -> str:
    """An entry as it is printed, with its remarks and its prose as they stand in the source."""
    if isinstance(entry.item, Note):
        number = f"{entry.number} " if entry.number is not None else ""
        words = faces.of(entry).plain or f"{entry.words.replace(BREAK, ' ¶ ')}: "
        return f"{number}{words}{' '.join(entry.item.body)}"
    before, after = faces.style.remark
    remarks, written = dict(entry.item.remarks), []
    for run in faces.of(entry).printed():
        hand = f"^{run.siglum.hand}" if run.siglum and run.siglum.hand else ""
        is_remark = run.kind is RunKind.REMARK
        written.append(f"{before}{remarks[run.text]}{after}" if is_remark else run.text + hand)
    return "".join(written)


def _witnesses(edition: Edition, block: int, screen: Terminal) -> Iterator[str]:
    """What each witness has here; those that have the text stand in one line."""
    same, compared = [], transcribed(edition)
    for key in compared:
        its = [passage for passage in passages(edition, key) if passage.home == block]
        if all(stretch.part is Part.BOTH for passage in its for stretch in passage.stretches) and its:
            same.append(key)
        else:
            yield _witness(edition, key, its, screen)
    if same:
        yield screen.wrapped("as the text", "    ", f"{_head(edition, same, screen)}  ")
    if others := [w.key for w in edition.conspectus.witnesses if w.key not in compared]:
        yield screen.wrapped(
            "not transcribed: the entries say what is known", "    ", f"{_head(edition, others, screen)}  "
        )


def _witness(edition: Edition, key: str, its: list[Passage], screen: Terminal) -> str:
    head = _head(edition, [key], screen)
    if not its:
        return f"{head}  not here"
    return screen.wrapped(" ¶ ".join(_marked(one, screen) for one in its), "    ", f"{head}  ")


def _head(edition: Edition, keys: list[str], screen: Terminal) -> str:
    return screen.bold(" ".join(map(edition.conspectus.label, keys)))


def _marked(passage: Passage, screen: Terminal) -> str:
    """A passage of a witness with its differences, and whether it stands elsewhere."""
    words = screen.stretches(passage.stretches)
    return f"(elsewhere in the witness) {words}" if passage.is_moved else words


def _unproved(read: ReadEdition) -> list[str]:
    """That what is shown is not proved, where it is not."""
    return ["", "Not proved: apparatus check says what is to be mended."] if read.messages else []


def declare_witness(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    task.add_argument("siglum", metavar="SIGLUM", help="of the witness")
    add_edition(task)
    task.add_argument("--differences", action="store_true", help="mark what tells it from the reading text")
    _declare_colour(task)


def witness(asked: argparse.Namespace) -> int:
    """Print the text of a witness as the edition gives it."""
    read = read_edition(asked.edition)
    key, screen = witness_of(read.edition, asked.siglum), terminal(colour=asked.color)
    lines = witness_lines(read.edition, key, screen, differences=asked.differences)
    print_out("\n".join([*lines, *_unproved(read)]) + "\n")
    return 0


def witness_of(edition: Edition, siglum: str) -> str:
    """The key of a witness that has been compared.

    Raises:
        RefusalError: if there is none of that siglum, or if it has no transcription.
    """
    compared = transcribed(edition)
    if siglum in compared:
        return siglum
    if siglum in edition.conspectus.witness:
        raise RefusalError(f"{siglum} has no transcription; what the entries say of it: apparatus variants")
    guess = nearest(siglum, compared)
    hint = f"; did you mean {guess}?" if guess else f"; compared are: {', '.join(compared) or 'none'}"
    raise RefusalError(f"there is no witness {siglum}{hint}")


def witness_lines(edition: Edition, key: str, screen: Terminal, *, differences: bool) -> Iterator[str]:
    """The passages of a witness in its order, each with its number."""
    numbers = [block.number for block in edition.text.blocks]
    widest = max(map(len, numbers), default=0)
    for passage in passages(edition, key):
        number = numbers[passage.home] if passage.is_first else ""
        kept: tuple[Stretch, ...] = passage.stretches
        if not differences:
            kept = tuple(s for s in kept if s.part is not Part.TEXT_ONLY)
        words = screen.stretches(kept) if differences else "".join(s.words for s in kept)
        if words.strip():
            yield screen.wrapped(words, " " * (widest + 2), f"{number:<{widest}}  ")


SHOW = Command(
    "show",
    "show a passage with its entries and what each witness has there",
    "Show a passage: its text, its entries, what each witness has there. Without colour, words that a witness lacks\n"
    "stand in [-…-], words that only it has in {+…+}.",
    declare_show,
    show,
)
WITNESS = Command(
    "witness",
    "print the text of a witness",
    "Print the text of a witness as the edition gives it, with the numbers of the passages. Where the edition is proved\n"
    "it is that of the transcription.",
    declare_witness,
    witness,
)
