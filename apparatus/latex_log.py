"""What only the setting of the book shows, with the line of the source that it is about.

In: the folder in which LaTeX ran, with its log, its ``.aux`` file and the ``.tex`` file. In the last the writer
says before every block where this and its entries stand in the source (:func:`comment_of_place`); reledmac says in the
``.aux`` file on which page they are (manual: ``\\edlabel``). Out: problems. A box that is lower than its
contents by less than :data:`SEEN` is no fault: no eye sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind

#: Points by which a page may be too full.
SEEN = 2
PLACE = re.compile(r"^%: (\S+) (.+):(\d+)$", re.MULTILINE)
#: What the style says when a page goes out: its number as it is printed.
PAGE = re.compile(r"^crit page (\S+)$", re.MULTILINE)
OVERFULL = re.compile(r"^Overfull \\vbox \((\d+(?:\.\d+)?)pt too high\)", re.MULTILINE)
MISSING = re.compile(r"^Missing character: There is no .{1,3} \(U\+([0-9A-F]+)\)", re.MULTILINE)
REFERENCES = re.compile(r"^LaTeX Warning: ((?:Reference|Label|Citation|Hyper reference) .*)$", re.MULTILINE)
ON_LINE = re.compile(r" on input line (\d+)\.?$")
ERROR = re.compile(r"^(?:! |\S+?\.tex:(\d+): )(.*)$", re.MULTILINE)
CONTEXT = re.compile(r"^l\.(\d+) ", re.MULTILINE)
#: ``\\lemmastart{id}``, ``\\editorsnote{series}{number}{id}``; and what an entry writes when its page goes out.
ENTRY = re.compile(r"\\(?:lemmastart|(?:editors|authors)note\{\w+\}\{[^{}]*\})\{([^{}]+)\}")
PRINTED = re.compile(r"^\\critprinted\{([^{}]+)\}\{([^{}]*)\}", re.MULTILINE)


def comment_of_place(name: str, origin: Origin) -> str:
    """The comment that says where a block or entry stands in the source; ``-`` names what has no number."""
    file = "".join(c if c.isprintable() else "?" for c in origin.file)
    return f"%: {name} {file}:{origin.line}\n"


def faults_of_print(folder: Path, name: str) -> list[Problem]:
    """What is wrong with the book ``name`` that LaTeX has set in *folder*."""
    log, aux, tex = (_text(folder / f"{name}.{ending}") for ending in ("log", "aux", "tex"))
    found = [*_lost(tex, aux), *_too_full(log, aux, tex), *_missing(log, tex), *_references(log, tex)]
    return list(dict.fromkeys(found))


def error_of_print(folder: Path, name: str) -> Problem | None:
    """The error that has stopped LaTeX, if the log names one."""
    log, tex = _text(folder / f"{name}.log"), _text(folder / f"{name}.tex")
    found = ERROR.search(log)
    if not found:
        return None
    line = found[1] or next(iter(CONTEXT.findall(log, found.end())), "0")
    return _problem(found[2].strip(), _at_line(tex, int(line)))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _problem(message: str, origin: Origin | None) -> Problem:
    return Problem(ProblemKind.PRINT, f"in print: {message}", origin)


def _origins(tex: str) -> dict[str, Origin]:
    """Where passages and entries stand in the source, in their order."""
    return {name: Origin(file, int(line)) for name, file, line in PLACE.findall(tex) if name != "-"}


def _at_line(tex: str, line: int) -> Origin | None:
    """What the TeX in a line is about: its block, which is said before those of its entries."""
    lines = tex.splitlines(keepends=True)
    at = min(line, len(lines)) - 1
    while at > 0 and not lines[at].startswith("%: "):
        at -= 1
    while at > 0 and lines[at - 1].startswith("%: "):
        at -= 1
    found = PLACE.match(lines[at]) if lines else None
    return Origin(found[2], int(found[3])) if found else None


def _lost(tex: str, aux: str) -> Iterator[Problem]:
    """Entries and notes that have gone out on no page."""
    origins, printed = _origins(tex), {entry for entry, _ in PRINTED.findall(aux)}
    for entry in dict.fromkeys(ENTRY.findall(tex)):
        if entry not in printed:
            yield _problem(f"{entry} is on no page of the book; please report it", origins.get(entry))


def _too_full(log: str, aux: str, tex: str) -> Iterator[Problem]:
    """Pages that hold more than they can."""
    for found in OVERFULL.finditer(log):
        if float(found[1]) >= SEEN:
            page = PAGE.search(log, found.end())
            label = page[1] if page else "?"
            yield _problem(f"page {label} is too full by {found[1]} points", _on_page(label, aux, tex))


def _on_page(page: str, aux: str, tex: str) -> Origin | None:
    """The first passage or entry of a page."""
    printed = {name for name, on in PRINTED.findall(aux) if on == page}
    begun = re.findall(
        rf"^\\l@dmake@labels {re.escape(page)}\|[^{{}}]*\{{([^{{}}]+):start\}}", aux, re.MULTILINE
    )
    here = {*printed, *begun}
    return next((origin for name, origin in _origins(tex).items() if name in here), None)


def _missing(log: str, tex: str) -> Iterator[Problem]:
    """Letters that no face has."""
    for code in dict.fromkeys(MISSING.findall(log)):
        letter = chr(int(code, 16))
        at = tex.find(letter, max(tex.find("\\begin{document}"), 0))
        yield _problem(no_face(letter), _at_line(tex, tex.count("\n", 0, at) + 1) if at >= 0 else None)


def no_face(letter: str) -> str:
    """What is said of a letter that no face has."""
    return f"no face of the book has {letter!r} (U+{ord(letter):04X}); an empty box stands in its place"


def _references(log: str, tex: str) -> Iterator[Problem]:
    """References that lead nowhere, and names that two places have."""
    for said in REFERENCES.findall(log):
        line = ON_LINE.search(said)
        yield _problem(ON_LINE.sub("", said), _at_line(tex, int(line[1])) if line else None)
