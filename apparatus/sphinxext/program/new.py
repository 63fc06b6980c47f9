"""``apparatus new``: an edition that builds at once, from the starter or from plain transcriptions."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from babel.localedata import exists

from apparatus.sphinxext.config.declared import is_tag
from apparatus.sphinxext.program.check import counted, summary
from apparatus.sphinxext.program.command import Command, RefusalError, print_out
from apparatus.sphinxext.program.from_witnesses import text_of_base, with_entries
from apparatus.sphinxext.program.reading import read_edition
from apparatus.sphinxext.program.transcriptions import (
    Plain,
    check_siglum,
    declaration,
    divided,
    divided_like,
    look_at,
    read_plain,
)
from apparatus.voice import own_catalogues, voice_for

STARTER = Path(__file__).parents[2] / "starter"
#: What the page of witnesses is called.
WITNESSES = {
    "en": "Witnesses",
    "de": "Textzeugen",
    "es": "Testimonios",
    "fr": "Témoins",
    "it": "Testimoni",
    "la": "Testes",
    "ru": "Свидетели текста",
}
#: What the witnesses of the starter are called.
NAMES = {"A": "The first copy", "B": "The second copy", "C": "A fragment"}
ABOUT = "Here stands what a reader is to know first."
#: What a message may say of an edition that was made of transcriptions: the rest is for the editor.
MAY_BE_LEFT = {"apparatus.unrecorded_difference", "apparatus.siglum_unused"}


def declare(task: argparse.ArgumentParser) -> None:
    """Its arguments."""
    task.add_argument(
        "folder", type=Path, metavar="DIR", help="the folder to make; it may be there if it is empty"
    )
    task.add_argument(
        "--language", default="en", metavar="TAG", help="of the editors’ prose: en, de, fr-CA …"
    )
    task.add_argument("--title", help="of the edition")
    task.add_argument("--verse", action="store_true", help="the text is verse: each line is counted")
    task.add_argument(
        "--witness",
        action="append",
        default=[],
        metavar="FILE",
        help="a transcription as plain text; its siglum is the file's name, or SIGLUM=FILE; may be given again",
    )
    task.add_argument(
        "--base", metavar="SIGLUM", help="the witness whose text is the reading text; by itself the first"
    )


def run(asked: argparse.Namespace) -> int:
    """Make the edition and prove it; what is not proved is not made."""
    folder: Path = asked.folder
    if not is_tag(asked.language):
        raise RefusalError(f"{asked.language!r} is no language tag such as en or de")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RefusalError(f"{folder} is there already and not empty; nothing is written")
    witnesses = transcriptions(asked.witness, asked.base, verse=asked.verse)
    if asked.base and not witnesses:
        raise RefusalError("--base names one of the witnesses: give each with --witness")
    with TemporaryDirectory() as scratch:
        made = Path(scratch).resolve() / "edition"
        write_files(made, files_of(asked, folder.resolve().name, witnesses))
        if len(witnesses) > 1:
            with_entries(made)
        read = read_edition(made)
        left = Counter(message.kind for message in read.messages)
        if read.messages and (not witnesses or set(left) - MAY_BE_LEFT):
            told = "\n".join(str(message) for message in read.messages)
            raise RefusalError(f"the edition cannot be proved; nothing is written:\n{told}")
        move_into_place(made, folder)
    print_out(f"{summary(read.edition, read.messages)}\n")
    print_out(next_steps(folder, bool(witnesses), len(read.messages)))
    return 1 if read.messages else 0


def next_steps(folder: Path, has_witnesses: bool, left: int) -> str:
    """What to do next."""
    first = (
        "text.md has the text with its entries, witnesses.toml the witnesses"
        if has_witnesses
        else ("text.md shows a passage of each form; put your own text and transcriptions in its place")
    )
    more = f"{counted(left, 'message')} left: apparatus check {folder}\n" if left else ""
    return f"{more}{folder} is an edition. Build it: cd {folder} && make\nSettings: conf.py. In {folder}, {first}.\n"


def transcriptions(given: Sequence[str], base: str | None, *, verse: bool) -> list[Plain]:
    """The transcriptions, that of the reading text first, the others divided as it is.

    Raises:
        RefusalError: if one cannot be read, or is no witness of the text.
    """
    found = [read_plain(one) for one in given]
    for siglum, count in Counter(plain.siglum for plain in found).items():
        check_siglum(siglum, [])
        if count > 1:
            raise RefusalError(
                f"two witnesses are called {siglum}; give one another siglum: --witness B=FILE"
            )
    if base is not None and found and base not in {plain.siglum for plain in found}:
        raise RefusalError(f"--base names no witness: {base}; given are {', '.join(p.siglum for p in found)}")
    found.sort(key=lambda plain: plain.siglum != base if base is not None else False)
    if not found:
        return []
    first = replace(found[0], by_blank=False) if verse else divided(found[0])
    done = [first]
    for plain in found[1:]:
        one = replace(plain, by_blank=False) if verse else divided_like(plain, len(first.passages))
        for said in look_at(one, first.passages, ((its.siglum, its.passages) for its in done)):
            sys.stderr.write(f"{said}\n")
        done.append(one)
    return done


def files_of(asked: argparse.Namespace, name: str, witnesses: Sequence[Plain]) -> dict[str, str]:
    """The files of the edition by their names; without entries if they are made of transcriptions."""
    primary = asked.language.partition("-")[0].lower()
    voice, _ = voice_for(asked.language, own_catalogues())
    text = (
        text_of_base(witnesses[0], verse=asked.verse)
        if witnesses
        else _starter("verse.md" if asked.verse else "prose.md")
    )
    title = asked.title or (
        witnesses[0].passages[0] if witnesses and len(witnesses[0].passages[0]) < 80 else ""
    )
    holes = {
        "title": title or ("The ferry: An edition" if not witnesses else name),
        "languages": languages(asked.language, is_starter=not witnesses),
        "apparatus": voice.say("Apparatus"),
        "notes": voice.say("Notes"),
        "witnesses": WITNESSES.get(primary, WITNESSES["en"]),
        "about": ABOUT,
    }
    sources = witnesses or [
        Plain(key, Path(), _starter(f"{'verse' if asked.verse else 'prose'}-{key}.txt")) for key in "ABC"
    ]
    tables = [
        declaration(
            one.siglum,
            f"witnesses/{one.siglum}.txt",
            name="" if witnesses else NAMES[one.siglum],
            by_blank=one.by_blank,
        )
        for one in sources
    ]
    return {
        "Makefile": _starter("Makefile"),
        "conf.py": _filled(
            _starter("conf.py.in"),
            {
                key: json.dumps(words, ensure_ascii=False) if key in QUOTED else words
                for key, words in holes.items()
            },
        ),
        "index.md": _filled(_starter("index.md.in"), holes),
        "text.md": text,
        "witnesses.md": _filled(_starter("witnesses.md.in"), holes),
        "witnesses.toml": "\n".join([_starter("witnesses.toml.in"), *tables]),
        **{f"witnesses/{one.siglum}.txt": one.text for one in sources},
    }


#: The holes that are strings in conf.py.
QUOTED = {"title", "apparatus", "notes"}


def languages(tag: str, *, is_starter: bool) -> str:
    """The settings of languages for conf.py."""
    primary = tag.partition("-")[0].lower()
    known = exists(primary)
    lines = [f'language = "{primary if known else "en"}"  # of the editors’ prose']
    if tag != primary or not known:
        lines.append(f'apparatus_language = "{tag}"  # the same, as pages and book state it')
    if is_starter and primary != "en":
        lines.append('apparatus_text_language = "en"  # of the edited text')
    else:
        lines.append('# apparatus_text_language = "la"  # of the edited text, where it is another')
    return "\n".join(lines)


def _starter(name: str) -> str:
    return (STARTER / name).read_text(encoding="utf-8")


def _filled(text: str, holes: Mapping[str, str]) -> str:
    for name, words in holes.items():
        text = text.replace(f"@{name}@", words)
    return text


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts into a folder that is made for them."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def move_into_place(made: Path, folder: Path) -> None:
    """Move a finished edition to its place: whole, or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = folder.with_name(f".{folder.name}.new")
    try:
        shutil.copytree(made, beside, ignore=shutil.ignore_patterns("__pycache__"))
        if folder.exists():
            folder.rmdir()  # it is empty
        beside.rename(folder)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


COMMAND = Command(
    "new",
    "begin an edition, also from plain transcriptions",
    "Make an edition in a new folder, which builds at once. By itself it has a passage of each form, to be written over.\n"
    "With --witness it is made of plain transcriptions: one is the reading text, all are collated with it, and the\n"
    "entries are written and proved.",
    declare,
    run,
)
