"""Sigla outside entries, as nodes: what a reader sees of a witness, never its key."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes as dn

from apparatus.model import Conspectus, Siglum


def printed(siglum: Siglum, conspectus: Conspectus) -> list[dn.Node]:
    """A siglum as readers see it, its hand raised."""
    label = dn.Text(conspectus.label(siglum.key))
    return [label, dn.superscript("", siglum.hand)] if siglum.hand else [label]


def listed(keys: Iterable[str], conspectus: Conspectus) -> str:
    """Witnesses at the end of a sentence, with its full stop: *A, ed. pr.* has one already."""
    return ", ".join(map(conspectus.label, keys)).removesuffix(".") + "."
