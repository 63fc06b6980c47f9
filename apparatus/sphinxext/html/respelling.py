"""What the script needs to write the Cyrillic of a page in another way.

The page itself holds the transliteration by the scheme of the edition. All other schemes, and the
Cyrillic behind names in Latin letters, are in a small script of the page's own, which is fetched
only for the reader who asks.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes as dn

from apparatus.script import SCHEMES, WORD, originals, transliterate
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import makes_pages
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import ApparatusFiles
from apparatus.sphinxext.tree import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx

Words = dict[str, list[str]]
#: From the root of the edition.
ADDRESS = "_static/words/{}.js"


def word_files(app: Sphinx) -> list[Path]:
    """The files of all documents (``apparatus-files``)."""
    return [file_of(app, docname) for docname in app.env.all_docs] if makes_pages(app) else []


def file_of(app: Sphinx, pagename: str) -> Path:
    """Where the words of a page are."""
    return Path(app.outdir) / ADDRESS.format(pagename)


def write_words(app: Sphinx, pagename: str, doctree: dn.document) -> str | None:
    """Write the words of a page; give the address from the root, or ``None`` if there is nothing."""
    both = list(doctree.findall(nodes.transliteration))
    found = [node for node in both if "run" in node]
    others = any("words" in node for node in both)
    names = cyrillic_names(app, pagename)
    file = file_of(app, pagename)
    if not (found or others or names):
        file.unlink(missing_ok=True)  # of an earlier build
        return None
    written = [(node.astext(), node["run"]) for node in found]
    data = {
        "schemes": list(SCHEMES),
        "runs": _runs(written),
        "words": {word: _in_all(word) for _, run in written for word in WORD.findall(run)},
        "names": names,
    }
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    with told_if_unwritten():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"window.apparatusWords={text};\n", encoding="utf-8")
    return ADDRESS.format(pagename)


def _in_all(words: str) -> list[str]:
    return [transliterate(words, scheme) for scheme in SCHEMES]


def _runs(written: Iterable[tuple[str, str]]) -> Words:
    """What is printed for a run → the run in every scheme; not where it could be one of two runs."""
    found: dict[str, set[str]] = {}
    for printed, run in written:
        found.setdefault(printed, set()).add(run)
    return {printed: _in_all(*runs) for printed, runs in found.items() if len(runs) == 1}


def cyrillic_names(app: Sphinx, pagename: str) -> dict[str, str]:
    """The words of the names in a page's text → their Cyrillic; names that differ only in their Cyrillic are left out."""
    domain = domain_of(app.env)
    if not domain.register.by_key or not domain.has_text(pagename) or domain.numbered is None:
        return {}
    blocks = domain.numbered.blocks_of.get(pagename, range(0))
    found: dict[str, set[str]] = {}
    for name in domain.names:
        if name.block in blocks and (original := domain.register.by_key[name.key].original):
            for word, cyrillic in originals(domain.numbered.text.slice(name.span), original).items():
                found.setdefault(word, set()).add(cyrillic)
    return {word: cyrillic for word, (cyrillic, *others) in found.items() if not others}


def setup(app: Sphinx) -> None:
    app.connect("apparatus-files", word_files, priority=ApparatusFiles.WORDS)
