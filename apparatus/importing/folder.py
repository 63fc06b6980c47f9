"""The folder of an edition, written from what was read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from apparatus.importing import myst
from apparatus.importing.document import document
from apparatus.importing.language import language
from apparatus.importing.pieces import Node
from apparatus.importing.sigla import Cited, declared_hands
from apparatus.importing.survey import Survey
from apparatus.importing.text import TextReader
from apparatus.model import Silence, Witness
from apparatus.notation import write_locus
from apparatus.written import put

_NO_FILE = re.compile(r"[^\w.-]")


def write_folder(folder: Path, found: Survey, text: TextReader, prose: dict[str, list[str]]) -> None:
    """Write an edition; *prose* is what its editors say, document by document."""
    title = title_of(found.header) or "An edition"
    (folder / "witnesses").mkdir(parents=True, exist_ok=True)
    put(folder / "conf.py", _conf(found, text, title))
    before = [name for name in prose if name != "back"]
    after = [name for name in prose if name == "back"]
    order = [*before, "text", *after, "witnesses"]
    put(folder / "index.md", f"# {myst.plain(title)}\n\n```{{toctree}}\n" + "\n".join(order) + "\n```\n")
    put(folder / "witnesses.md", "# Witnesses\n\n:::{conspectus}\n:::\n")
    for name, lines in prose.items():
        put(folder / f"{name}.md", "\n".join(lines).rstrip() + "\n")
    _text(folder / "text.md", found, text, title)
    put(folder / "witnesses.toml", "\n".join(_witnesses(found.cited, text)) + "\n")
    for key, blocks in text.heard.items():
        if blocks:
            put(folder / "witnesses" / file_of(key, text), "\n".join(blocks) + "\n")


def file_of(key: str, text: TextReader) -> str:
    """The file of a transcription; no two have one name, whatever the system makes of capitals."""
    names: dict[str, str] = {}
    for own in text.heard:
        name = _NO_FILE.sub("-", own)
        taken = {other.casefold() for other in names.values()}
        names[own] = name if name.casefold() not in taken else f"{name}-{len(names)}"
    return f"{names[key]}.txt"


def title_of(header: Node) -> str:
    """The title of the edition."""
    statement = header.first("titleStmt")
    titles = [one for one in (statement.elements if statement else ()) if one.tag == "title"]
    main = next((one for one in titles if one.get("type") in ("main", "")), titles[0] if titles else None)
    return main.words() if main else ""


def _conf(found: Survey, text: TextReader, title: str) -> str:
    header = found.header
    languages = [language(one.get("ident")) for one in header.all("language")]
    prose = next(iter(languages), "") if found.is_ours else ""
    names = dict.fromkeys(one.words() for one in header.all("editor", "author") if one.words())
    lines = [
        f"project = {_quoted(title)}",
        f"author = {_quoted(', '.join(names))}",
        'extensions = ["myst_parser", "apparatus"]',
        'html_theme = "furo"',
        f"language = {_quoted(prose or 'en')}",
        'apparatus_conspectus = "witnesses.toml"',
    ]
    if tag := _text_language(found, text):
        lines.append(f"apparatus_text_language = {_quoted(tag)}")
    series = ['    "apparatus": {"label": "Apparatus", "holds": "readings", "form": "run-in"},']
    for name in text.series:
        label = found.series.get(name) or "Notes"
        series.append(
            f'    {_quoted(name)}: {{"label": {_quoted(label)}, "holds": "prose", "form": "notes"}},'
        )
    lines += ["apparatus_series = {", *series, "}"]
    lines += _declared("apparatus_classes", found.cited.classes, "class", header)
    lines += _declared("apparatus_causes", found.cited.causes, "cause", header)
    if text.systems:
        systems = [
            f'    "{name}": {{"label": {_quoted("p." if name.startswith("page") else name)}}},'
            for name in text.systems
        ]
        lines += ["apparatus_references = {", *systems, "}"]
    return "\n".join(lines) + "\n"


def _declared(setting: str, names: Iterable[str], what: str, header: Node) -> Iterator[str]:
    """The classes or causes that readings are said to have; of files of our own with what the header says of each."""
    said = {one.id: one for one in header.all("category")}
    rows = []
    for name in names:
        category, fields = said.get(f"{what}.{name}"), {}
        if category is not None:
            label, _, description = category.words().partition(": ")
            fields = {key: words for key, words in (("label", label), ("description", description)) if words}
        parts = [f'"{key}": {_quoted(words)}' for key, words in fields.items()]
        if category is not None and category.get("n") == "accidental":
            parts.append('"substantive": False')
        rows.append(f"    {_quoted(name)}: {{{', '.join(parts)}}},")
    if rows:
        yield from (f"{setting} = {{", *rows, "}")


def _text_language(found: Survey, text: TextReader) -> str:
    return language(text.language)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _text(path: Path, found: Survey, text: TextReader, title: str) -> None:
    head = ["---", "edited-text: 1"]
    if not any(line.startswith("#") for lines in text.taken.lines.values() for line in lines):
        head.append(f"title: {_quoted(title)}")
    put(path, "\n".join([*head, "---", "", *document(text.taken)]).rstrip() + "\n")


# --- the list of witnesses ------------------------------------------------------------


def _witnesses(cited: Cited, text: TextReader) -> Iterator[str]:
    used = {member for key in text.written for member in (key, *cited.members(key))}
    for witness in cited.witnesses.values():
        if witness.key in used or text.heard.get(witness.key):
            yield from _witness(witness, cited, text)
    for group in cited.groups.values():
        if group.key in text.written:
            yield f"[group.{_quoted(group.key)}]"
            yield from _fields(name=group.name, label=group.label)
            yield f"members = {json.dumps(list(group.members), ensure_ascii=False)}"
            yield ""
    for scholar in cited.scholars.values():
        if scholar.key in text.written:
            yield f"[scholar.{_quoted(scholar.key)}]"
            yield from _fields(
                name=scholar.name, label=scholar.label, description=myst.plain(scholar.description)
            )
            yield ""


def _witness(witness: Witness, cited: Cited, text: TextReader) -> Iterator[str]:
    if witness.key in cited.unknown:
        yield "# This siglum is cited in the TEI file and not declared there."
    yield f"[witness.{_quoted(witness.key)}]"
    description = myst.plain(witness.description)
    yield from _fields(name=witness.name, label=witness.label, description=description, date=witness.date)
    if text.heard.get(witness.key):
        yield f"transcription = {_quoted('witnesses/' + file_of(witness.key, text))}"
    if witness.silence is Silence.UNKNOWN:
        yield 'silence = "unknown"'
    states, aside = declared_hands(cited, witness.key)
    if states or aside:
        yield f"hands = {json.dumps(list(states), ensure_ascii=False)}"
        yield f"aside = {json.dumps(list(aside), ensure_ascii=False)}"
    if gaps := text.gaps.get(witness.key):
        yield f"gaps = {json.dumps([write_locus(gap.place, gap.lemma) for gap in gaps], ensure_ascii=False)}"
    yield ""


def _fields(**values: str | None) -> Iterable[str]:
    return [f"{name} = {_quoted(value)}" for name, value in values.items() if value]
