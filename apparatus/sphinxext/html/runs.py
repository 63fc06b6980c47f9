"""The line of a formal entry in HTML, written from its runs.

A large apparatus has many entries, and a docutils node for every lemma, reading and siglum
is passed over by every later transform. For HTML the runs therefore stay runs: one node
holds the line as text (which search and other extensions read) and its runs, and this
visitor writes them.
"""

from __future__ import annotations

from functools import cache
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from docutils.nodes import SkipNode

from apparatus.model import Siglum
from apparatus.render.runs import STYLE, Run, RunKind
from apparatus.render.spoken import COLLECTIVE
from apparatus.script import runs as script_runs
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

CLASS = {RunKind.READING: "reading", RunKind.EDITORIAL: "editorial"}


def visit_entry_line(self: HTML5Translator, node: nodes.entry_line) -> None:
    remarks = {child["part"]: child for child in node.children if isinstance(child, nodes.remark)}
    # In a negative apparatus the attribute hides it wherever our style sheet does not reach.
    support = f'<span class="support"{"" if node["positive"] else " hidden"}>'
    for silent, runs in groupby(node["runs"], key=attrgetter("silent")):
        self.body += [support] if silent else []
        for run in runs:
            if run.kind is RunKind.REMARK:
                remarks[run.text].walkabout(self)
            else:
                self.body.append(_html(run, node))
        self.body += ["</span>"] if silent else []
    raise SkipNode


def _html(run: Run, line: nodes.entry_line) -> str:
    if run.kind is RunKind.SIGLUM and run.siglum:
        return _siglum(run.siglum, *line["sigla"][run.siglum.key])
    words = _words(run.text)
    if run.kind is RunKind.LEMMA:
        back = line.parent.get("back")
        return (
            f'<a class="entry-lemma" href="{escape(back)}">{words}</a>'
            if back
            else f'<span class="entry-lemma">{words}</span>'
        )
    if run.kind is RunKind.MARK:
        # No line begins with the bracket that closes a lemma.
        return f"\N{NO-BREAK SPACE}{words.lstrip()}" if run.text == STYLE.bracket else words
    kind = "editorial doubtful" if run.text == STYLE.doubtful else CLASS[run.kind]
    return f'<span class="{kind}">{words}</span>'


@cache
def _siglum(siglum: Siglum, label: str, address: str | None, name: str) -> str:
    """A siglum with the name of its witness, which the style sheet can show in its place."""
    hand = f"<sup>{escape(siglum.hand)}</sup>" if siglum.hand else ""
    title = f' title="{escape(name)}"' if name else ""
    inside = f"<span>{_words(label)}</span>{hand}"
    if address is None:
        kind = "editorial siglum" if siglum.key in COLLECTIVE else "siglum"
        return f'<span class="{kind}"{title}>{inside}</span>'
    return f'<a class="siglum" href="{escape(address)}"{title}>{inside}</a>'


def _words(text: str) -> str:
    """Escaped, with Cyrillic marked as Russian."""
    if text.isascii():
        return escape(text)
    return "".join(
        f'<span class="cyrillic" lang="ru">{escape(run)}</span>' if is_cyrillic else escape(run)
        for is_cyrillic, run in script_runs(text)
    )
