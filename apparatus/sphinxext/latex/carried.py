"""Which witnesses carry the passages of a page, for its foot (reledmac has ``\\msdata``).

Each block says of its passages a letter for every witness; what the foot says is put together when the page
goes out, in ``latex/critcarried.lua``.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes as dn
from sphinx.config import Config
from sphinx.writers.latex import LaTeXTranslator

from apparatus.carriers import carriers_of
from apparatus.edition import Edition
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.latex.flat import numbered_block

FILES = ("critcarried.sty", "critcarried.lua")
#: The attributes of a block: its passages with their letters; of the first block the sigla.
CARRIED, SIGLA = "carried", "carriers"


def preamble(config: Config) -> list[str]:
    """What the document loads for it."""
    return ["\\usepackage{critcarried}"] if settings(config).carriers else []


def note_carriers(document: dn.document, edition: Edition | None) -> None:
    """Tell each block who carries its passages, and the first who the witnesses are."""
    if edition is None:
        return
    found = carriers_of(edition, range(len(edition.text.blocks)))
    witnesses = edition.conspectus.witness
    blocks = [block for block in document.findall(numbered_block) if block["passage"] in found]
    for block in blocks:
        passages = edition.text.passages_of(edition.text.index[block["passage"]])
        block[CARRIED] = [
            (p.number, "".join(found[p.number][key].value for key in witnesses)) for p in passages
        ]
    if blocks:
        sigla = ((edition.conspectus.label(key), w.state_transcribed.hand) for key, w in witnesses.items())
        blocks[0][SIGLA] = list(sigla)


def said_before(self: LaTeXTranslator, block: dn.Element) -> Iterator[str]:
    """What stands before a block."""
    sigla: list[tuple[str, str | None]] = block.get(SIGLA, [])
    carried: list[tuple[str, str]] = block.get(CARRIED, [])
    for i, (label, hand) in enumerate(sigla, 1):
        raised = f"\\textsuperscript{{{self.escape(hand)}}}" if hand else ""
        yield f"\\critcarrier{{{i}}}{{{self.escape(label)}{raised}}}%\n"
    for number, letters in carried:
        yield f"\\critcarries{{{number}}}{{{letters}}}%\n"
