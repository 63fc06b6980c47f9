"""From plain transcriptions to an edition: the text of one as a document, the others collated with it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus.characters import fold_passage
from apparatus.collation.grouping import group_witnesses
from apparatus.notation import write_locus
from apparatus.sphinxext.config.prepare import MYST_EXTENSIONS
from apparatus.sphinxext.program.reading import read_edition
from apparatus.sphinxext.program.record import grouped, new_text, settled
from apparatus.sphinxext.program.transcriptions import Plain, key_in_toml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

#: What Markdown may take for something else than a sign.
SIGNS = re.compile(r"[\\`*_{}\[\]()#+\-.!<>|~$^&:=%@\"']")
#: A first passage that is shorter, and does not end like a sentence, is a heading.
LONGEST_HEADING = 80
#: What makes a document edited text.
HEAD = "---\nedited-text: 1\n---\n\n"


def text_of_base(base: Plain, *, verse: bool) -> str:
    """The text of a witness as a document of edited text."""
    passages = base.passages
    has_heading = len(passages) > 1 and is_heading(passages[0])
    heading = [f"# {as_text(passages[0])}"] if has_heading else []
    if not verse:
        return HEAD + "\n\n".join([*heading, *map(as_text, passages[has_heading:])]) + "\n"
    stanzas = re.split(r"\n(?:[ \t]*\n)+", base.text.strip("\n"))
    if has_heading:
        rest = stanzas[0].split("\n", 1)[1:]
        stanzas = [*rest, *stanzas[1:]]
    lines = "\n\n".join("\n".join(map(_line, stanza.split("\n"))) for stanza in stanzas)
    return HEAD + "\n\n".join([*heading, f":::{{verse}}\n{lines}\n:::"]) + "\n"


def _line(line: str) -> str:
    """A line of verse with its indentation."""
    words = fold_passage(line)
    return " " * (len(line) - len(line.lstrip())) + as_text(words)


def is_heading(passage: str) -> bool:
    """Whether a first passage looks like a heading."""
    return len(passage) < LONGEST_HEADING and passage[-1] not in ".!?,;:…"


def as_text(words: str) -> str:
    """Words so written that Markdown takes them for nothing but words; as they are, if they are that."""
    signs, escaped = set[str](), words
    for sign in ["", *dict.fromkeys(SIGNS.findall(words))]:
        signs.add(sign)
        escaped = SIGNS.sub(lambda found: f"\\{found[0]}" if found[0] in signs else found[0], words)
        if _reads(escaped) == words:
            break
    return escaped


def _reads(source: str) -> str | None:
    """What MyST makes of a line, if it is one paragraph of nothing but words."""
    tokens = _parser().parse(source)
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return None
    inner: Sequence[object] = tokens[1].children or []
    kinds = {getattr(token, "type", "") for token in inner}
    if not kinds <= {"text", "text_special"}:
        return None
    return "".join(str(getattr(token, "content", "")) for token in inner)


@cache
def _parser() -> MarkdownIt:
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    return create_md_parser(MdParserConfig(enable_extensions=MYST_EXTENSIONS), RendererHTML)


def with_entries(folder: Path) -> None:
    """Collate the witnesses of an edition without entries, and write these into its text."""
    declare_gaps(folder)
    read = read_edition(folder)
    found = settled(read, first=grouped(read))
    path = folder / "text.md"
    path.write_text(new_text(read, found, path, path.read_bytes()), encoding="utf-8", newline="\n")


def declare_gaps(folder: Path) -> None:
    """Declare where witnesses are fragments: without the head or the end of the text, or a leaf of it."""
    read = read_edition(folder)
    text, conspectus = read.edition.text, read.edition.conspectus
    blocks = {key: its.blocks for key, its in read.transcriptions.items()}
    gaps = group_witnesses(text, conspectus, blocks, lacunae=True).gaps
    file = folder / "witnesses.toml"
    table = file.read_text(encoding="utf-8")
    for key, its in gaps.items():
        head = f"[witness.{key_in_toml(key)}]\n"
        loci = ", ".join(json.dumps(write_locus(gap.place, gap.lemma), ensure_ascii=False) for gap in its)
        before, _, after = table.partition(head)
        own, end, rest = after.partition("\n\n")
        table = f"{before}{head}{own.rstrip()}\ngaps = [{loci}]{end or chr(10)}{rest}"
    if gaps:
        file.write_text(table, encoding="utf-8", newline="\n")
