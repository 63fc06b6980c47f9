"""The edition as an EPUB 3 book, for reading programs and for those who need text that flows.

Sphinx's builder makes the book. Put right are the language of its pages, the names of its files, what
the package says of them (drawings, and how the book can be read by those who do not see it), and the
archive, whose bytes depend on nothing but its contents.
"""

from __future__ import annotations

import os
import re
import time
import uuid
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from sphinx.builders.epub3 import Epub3Builder

from apparatus.language import UNDETERMINED, direction, is_of
from apparatus.sphinxext.config import is_set, settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import slug, titles
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import ConfigInited
from apparatus.sphinxext.voice import voice_of
from apparatus.written import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence, Set

    from docutils import nodes as dn
    from sphinx.application import Sphinx
    from sphinx.config import Config

THEME = Path(__file__).parents[1] / "epub"
NAME = "edition-epub"
OPF = "http://www.idpf.org/2007/opf"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"

#: What Sphinx writes where it was told nothing.
UNKNOWN = "unknown"

#: What a name inside the book has as it is; and what would be taken for the spelling of another character.
_OTHER = re.compile(r"[^A-Za-z0-9._/-]|_(?=[0-9a-f]+_)")

#: EPUB Accessibility 1.1, section 2.2, in the vocabulary of schema.org. Every drawing has its
#: text beside it, so words alone are enough.
ACCESSIBILITY = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
)


class EditionEpubBuilder(Epub3Builder):
    """Sphinx's EPUB builder, under the same name."""

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Say on every page in what language it is; Sphinx calls the contents so in English alone."""
        super().prepare_writing(docnames)
        say = voice_of(self.config).say
        self.guide_titles = {"toc": say("Table of Contents"), "cover": say("Cover")}
        language = self.config.epub_language
        turned = ' dir="rtl"' if direction(language) == "rtl" else ""
        self.globalcontext["html_tag"] = (
            f'{self.html_tag[:-1]} lang="{language}" xml:lang="{language}"{turned}>'
        )

    def get_output_path(self, page_name: str, /) -> Path:
        """A page lies in the book under a name that every program can read."""
        return super().get_output_path(name_in_book(page_name))

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """And that is where links lead."""
        return super().get_target_uri(name_in_book(docname), typ)

    def toc_add_files(self, refnodes: list[dict[str, Any]]) -> None:
        """The first page too is listed under its name in the book."""
        super().toc_add_files(refnodes)
        first = escape(self.config.root_doc + self.out_suffix)
        for node in refnodes:
            if node["refuri"] == first:
                node["refuri"] = self.get_target_uri(self.config.root_doc)

    def post_process_images(self, doctree: dn.Node) -> None:
        """Pictures have such names as well."""
        super().post_process_images(doctree)
        self.images = {source: name_in_book(name) for source, name in self.images.items()}

    def build_navlist(self, navnodes: list[dict[str, Any]]) -> list[Any]:
        return super().build_navlist(as_addresses(navnodes))

    def build_navpoints(self, nodes: list[dict[str, Any]]) -> list[Any]:
        return super().build_navpoints(as_addresses(nodes))

    def build_content(self) -> None:
        """Complete the package document."""
        super().build_content()
        path = Path(self.outdir) / "content.opf"
        path.write_bytes(complete(path.read_bytes(), self._has_drawing, self._languages()))

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """The older table of contents names the book by its identifier, not by where that stands."""
        return {**super().toc_metadata(level, navpoints), "uid": escape(self.config.epub_identifier)}

    def _has_drawing(self, name: str) -> bool:
        path = Path(self.outdir) / name
        return path.suffix == self.out_suffix and path.is_file() and b"<svg" in path.read_bytes()

    def _languages(self) -> list[str]:
        """The languages of the edited text, each once; those of the editors' prose stand first in the package."""
        domain = domain_of(self.env)
        documents = map(domain.document, domain.documents)
        said = dict.fromkeys(
            block.language for document in documents if document for block in document.blocks
        )
        return [
            tag for tag in said if tag not in ("", UNDETERMINED) and not is_of(self.config.epub_language, tag)
        ]

    def build_epub(self) -> None:
        """Write the archive, its first member unpacked, all with the date of the edition."""
        epoch = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
        date = time.gmtime(min(max(epoch, 315532800), 4354819198))[:6]  # a zip archive knows 1980 to 2107
        names = ["mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files]
        target = Path(self.outdir) / f"{self.config.epub_basename}.epub"
        with told_if_unwritten(), beside(target) as new, ZipFile(new, "w") as book:
            for name in names:
                member = ZipInfo(name, date)
                member.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
                member.external_attr = 0o644 << 16
                book.writestr(member, (Path(self.outdir) / name).read_bytes())


def name_in_book(name: str) -> str:
    """The name of a file within the book: ASCII without blanks; no two names become the same.

    Reading order, contents and archive then say the same name in the same letters, and none of those
    that the container forbids (OCF 3.3, section 4.2.3). ``über uns`` is ``_fc_ber_20_uns``.
    """
    return _OTHER.sub(lambda found: f"_{ord(found[0]):x}_", name)


def as_addresses(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries of the contents with addresses: files that ``conf.py`` adds have names of its choice."""
    return [{**node, "refuri": as_address(node["refuri"])} for node in listed]


def as_address(written: str) -> str:
    """A file's name, escaped for XML and perhaps with an anchor, as an address."""
    name, mark, anchor = written.partition("#")
    return quote(name, safe="/%&;") + mark + anchor


def complete(package: bytes, has_drawing: Callable[[str], bool], languages: Sequence[str] = ()) -> bytes:
    """The package document with the pages that hold a drawing marked, further languages and its accessibility stated.

    A reading program may refuse a page whose drawing is not declared (EPUB 3.3, section D.2.5).
    What nobody has said is left out.
    """
    ET.register_namespace("", OPF)
    ET.register_namespace("dc", DUBLIN_CORE)
    root = ET.fromstring(package)
    for item in root.iter(f"{{{OPF}}}item"):
        if has_drawing(item.get("href", "")):
            item.set("properties", f"{item.get('properties', '')} svg".strip())
    metadata = root.find(f"{{{OPF}}}metadata")
    assert metadata is not None  # Sphinx writes one
    for said in [said for said in metadata if said.text == UNKNOWN]:
        metadata.remove(said)
    first = metadata.find(f"{{{DUBLIN_CORE}}}language")
    for i, tag in enumerate(languages if first is not None else (), 1):
        said = ET.Element(f"{{{DUBLIN_CORE}}}language")
        said.text = tag
        metadata.insert(list(metadata).index(first) + i, said)  # type: ignore[arg-type]
    for name, value in ACCESSIBILITY:
        ET.SubElement(metadata, f"{{{OPF}}}meta", property=f"schema:{name}").text = value
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def set_defaults(app: Sphinx, config: Config) -> None:
    """What an edition's ``conf.py`` need not say about EPUB."""
    about = f"{config.project} {config.release}"
    defaults: dict[str, Any] = {
        # A book has to have an identifier: one made of title and version is the same at every build.
        "epub_identifier": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, about)}",
        "epub_scheme": "UUID",
        "epub_uid": "edition",
        "epub_theme": NAME,
        "epub_language": (settings(config).language or config.language or "en").replace("_", "-"),
        "epub_show_urls": "no",
        "epub_use_index": False,  # the edition has its own
        "epub_css_files": [],
        "epub_tocdup": False,
        "epub_tocscope": "includehidden",  # a hidden list of contents is hidden on its page only
        "epub_basename": slug(titles(config)[0]),
    }
    for name, value in defaults.items():
        if not is_set(config, name):
            config[name] = value


def setup(app: Sphinx) -> None:
    app.add_html_theme(NAME, str(THEME))
    app.add_builder(EditionEpubBuilder, override=True)
    app.connect("config-inited", set_defaults, priority=ConfigInited.EPUB_DEFAULTS)
