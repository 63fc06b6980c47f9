"""What a page offers to be taken along: ``{offered}`pdf, epub``` on any page.

The link says how long and how large the file is. Where nothing of what is named was built, the item of a
list in which the role stands is left out: pages never offer what is not there.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from apparatus.downloads import KINDS, Download, read_downloads
from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import is_for_browsers
from apparatus.sphinxext.parts.asked import keep_unknown
from apparatus.sphinxext.schedule import EnvUpdated, PostTransform
from apparatus.sphinxext.tree.keys import holder_of
from apparatus.sphinxext.tree.languages import spoken
from apparatus.sphinxext.voice import voice_of
from apparatus.voice import Voice, phrase

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: The archive of the pages is written when the pages are: its size is not known before.
ARCHIVE = "archive"
LABELS = {"pdf": phrase("the book as PDF"), "epub": phrase("EPUB"), "tei": phrase("TEI")}


#: How the forms of the table of variants are called, in every language.
FORMS = {".csv": "CSV", ".json": "JSON", ".nex": "NEXUS", ".schema": "JSON Schema"}


class offered(dn.Inline, dn.TextElement):
    """A place where what is in ``kinds`` is offered."""


class OfferedRole(SphinxRole):
    """``{offered}`pdf```: a link to the book; several kinds are divided by commas."""

    def run(self) -> tuple[list[dn.Node], list[dn.system_message]]:
        kinds = [kind.strip() for kind in self.text.split(",")]
        known = (*KINDS, ARCHIVE)
        for kind in kinds:
            if kind not in known:
                keep_unknown(self, kind, known, "offered")
        return [offered(kinds=[kind for kind in kinds if kind in known], generated=True)], []


def load_downloads(app: Sphinx, env: BuildEnvironment) -> None:
    """Read what was built to be offered (``env-updated``)."""
    name = settings(app.config).downloads
    is_wanted = name is not None and is_for_browsers(app.builder)
    domain_of(env).downloads = read_downloads(Path(app.confdir, name or "")) if is_wanted else ()


class Offer(SphinxPostTransform):
    """Put links in the place of each :class:`offered`, or take out the item that would offer nothing."""

    default_priority = PostTransform.OFFER

    def run(self, **kwargs: Any) -> None:
        for node in list(self.document.findall(offered)):
            item = holder_of(node, dn.list_item)
            if links := self._links(node["kinds"]):
                node.replace_self(joined(spoken_all(links)))
                if item is not None:
                    item["offers"] = True
            else:
                node.parent.remove(node)
                if item is not None and not item.get("offers") and not any(item.findall(offered)):
                    _leave_out(item)

    def _links(self, kinds: list[str]) -> list[dn.reference]:
        up = "../" * self.env.current_document.docname.count("/")
        downloads, voice = domain_of(self.env).downloads, voice_of(self.config)
        found = [link_to(one, up, voice) for kind in kinds for one in downloads if one.kind == kind]
        archive = settings(self.config).offline
        if ARCHIVE in kinds and archive and is_for_browsers(self.env._app.builder):
            label = voice.say("these pages as a ZIP")
            found.append(dn.reference("", label, refuri=f"{up}{archive}", internal=True))
        return found


def spoken_all(links: list[dn.reference]) -> list[dn.reference]:
    """The same links; what they say are the edition's words."""
    spoken(*links)
    return links


def link_to(download: Download, up: str, voice: Voice) -> dn.reference:
    """The link to a download, with its length and size."""
    if download.kind == "offprint":
        label = voice.say("section {section}", section=download.section)
    elif download.kind == "variants":
        label = FORMS.get(download.path.suffixes[0], download.name)
    else:
        label = voice.say(LABELS[download.kind])
    link = dn.reference("", label, refuri=f"{up}{download.name}", internal=True)
    link += dn.inline("", f" ({download.measure(voice)})", classes=["measure"])
    return link


def joined(links: list[dn.reference]) -> list[dn.Node]:
    """Links with points between them."""
    made: list[dn.Node] = []
    for link in links:
        made += [dn.Text(" · "), link] if made else [link]
    return made


def _leave_out(item: dn.Element) -> None:
    """Take out the item of a list, and the list if it was the last."""
    taken = item if len(item.parent.children) > 1 else item.parent
    taken.parent.remove(taken)


def setup(app: Sphinx) -> None:
    app.add_node(offered)
    app.add_role("offered", OfferedRole())
    app.connect("env-updated", load_downloads, priority=EnvUpdated.LOAD_DOWNLOADS)
    app.add_post_transform(Offer)
