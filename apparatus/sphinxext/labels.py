"""Every passage and note is a target of ``{ref}`` and of ``[](#2.3)``."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from apparatus.edition import Edition
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.voice import voice_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def write_label_targets(
    env: BuildEnvironment, edition: Edition, documents: Collection[str] | None = None
) -> None:
    """Make the targets of an edition; those of the build before are forgotten: all, or those in *documents*."""
    standard, data = env.domains.standard_domain, domain_of(env).data
    say = voice_of(env.config).say
    kept: list[str] = []
    gone = None if documents is None else {*documents, None}
    for name in data["labels"]:
        if gone is None or standard.labels.get(name, (None,))[0] in gone:
            standard.labels.pop(name, None)
            standard.anonlabels.pop(name, None)
        else:
            kept.append(name)
    data["labels"] = kept

    def target(name: str, docname: str, anchor: str, title: str) -> None:
        standard.labels[name] = (docname, anchor, title)
        standard.anonlabels[name] = (docname, anchor)
        kept.append(name)

    for docname, blocks in edition.blocks_of.items():
        for i in blocks:
            for number, _, _ in edition.text.passages_of(i):
                target(number, docname, number, number)
            for point, anchor in edition.text.milestones.get(i, ()):
                target(anchor.lower(), docname, anchor, point.number)
    for entry in edition.entries:
        title = say("n. {number}", number=entry.number) if entry.number else entry.id
        target(entry.id.lower(), entry.key[0], entry.id, title)
