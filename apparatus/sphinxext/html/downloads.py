"""The files that pages offer, put beside the pages; and the line below each text that offers them.

A section whose offprint was built offers that at its foot.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import is_for_browsers, makes_pages, spoken_classes
from apparatus.sphinxext.parts.offered import ARCHIVE, link_to, offered
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import ApparatusFiles, BuildFinished, PostTransform
from apparatus.sphinxext.tree import nodes
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.tree.text import filled
from apparatus.sphinxext.voice import voice_of
from apparatus.written import beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def offered_files(app: Sphinx) -> list[Path]:
    """Where the downloads stand (``apparatus-files``)."""
    return [Path(app.outdir) / one.name for one in domain_of(app.env).downloads] if makes_pages(app) else []


def put_beside(app: Sphinx, exception: Exception | None) -> None:
    """Copy the downloads beside the pages, before these are packed (``build-finished``)."""
    if exception or not makes_pages(app):
        return
    for one in domain_of(app.env).downloads:
        with told_if_unwritten(), beside(Path(app.outdir) / one.name) as new:
            shutil.copyfile(one.path, new)


class OfferBelowText(SphinxPostTransform):
    """A line below each text with what can be taken along."""

    default_priority = PostTransform.OFFER_BELOW_TEXT

    def run(self, **kwargs: Any) -> None:
        domain, docname = domain_of(self.env), self.env.current_document.docname
        if (
            domain.has_text(docname)
            and is_for_browsers(self.env._app.builder)
            and (domain.downloads or settings(self.config).offline)
        ):
            there = [offered(kinds=["pdf", "epub", "tei", ARCHIVE])]
            words = filled(voice_of(self.config).say("To take along: {files}"), files=there)
            self.document += spoken(dn.paragraph("", "", *words, classes=["offered"]))


class OfferOffprints(SphinxPostTransform):
    """A line below the foot of each section whose offprint was built."""

    default_priority = PostTransform.OFFER_OFFPRINTS

    def run(self, **kwargs: Any) -> None:
        offprints = {one.section: one for one in domain_of(self.env).downloads if one.kind == "offprint"}
        classes = ["offered", *spoken_classes(self.config, self.env._app.builder)]
        for foot in list(self.document.findall(nodes.foot)) if offprints else ():
            if found := offprints.get(foot.get("section", "")):
                up = "../" * self.env.current_document.docname.count("/")
                voice = voice_of(self.config)
                words = filled(voice.say("Offprint of {section}"), section=[link_to(found, up, voice)])
                foot.parent.insert(foot.parent.index(foot) + 1, dn.paragraph("", "", *words, classes=classes))


def setup(app: Sphinx) -> None:
    app.connect("apparatus-files", offered_files, priority=ApparatusFiles.DOWNLOADS)
    app.connect("build-finished", put_beside, priority=BuildFinished.PUT_DOWNLOADS_BESIDE)
    app.add_post_transform(OfferBelowText)
    app.add_post_transform(OfferOffprints)
