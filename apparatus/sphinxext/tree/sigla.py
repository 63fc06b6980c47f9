"""Sigla outside entries, as nodes: what a reader sees of a witness, never its key."""

from __future__ import annotations

from docutils import nodes as dn

from apparatus.model import Conspectus, Siglum


def printed(siglum: Siglum, conspectus: Conspectus) -> list[dn.Node]:
    """A siglum as readers see it, its hand raised."""
    label = dn.Text(conspectus.label(siglum.key))
    return [label, dn.superscript("", siglum.hand)] if siglum.hand else [label]
