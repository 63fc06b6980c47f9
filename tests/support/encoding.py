"""The TEI of an edition, read by programs that we did not write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from building import ROOT
from lxml import etree
from lxml.isoschematron import Schematron
from saxonche import PySaxonProcessor, PyXsltExecutable

from apparatus.collation import Rebuilt
from apparatus.edition import Edition
from apparatus.tei.names import witness_id

NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
#: TEI All 4.3.0, or the schema that ``TEI_SCHEMA`` names.
SCHEMA = Path(os.environ.get("TEI_SCHEMA") or ROOT / ".cache" / "audit" / "tei_all.rng")
RULES = ROOT / "apparatus" / "tei" / "rules" / "apparatus.sch"
STYLESHEET = ROOT / "tests" / "data" / "tei" / "witness.xsl"


@cache
def schema() -> etree.RelaxNG:
    """The schema of TEI; it takes six seconds to compile, once a run."""
    assert SCHEMA.is_file(), f"there is no schema {SCHEMA}; `make test` installs one, or TEI_SCHEMA names it"
    return etree.RelaxNG(etree.parse(SCHEMA))


def faults(root: etree._Element) -> list[str]:
    """What the schema says against a file."""
    compiled = schema()
    return [] if compiled.validate(root) else [str(fault) for fault in compiled.error_log]  # type: ignore[attr-defined]


@cache
def rules() -> Schematron:
    """What our files promise besides."""
    return Schematron(etree.parse(RULES), store_report=True)


def broken_promises(root: etree._Element) -> list[str]:
    """Which of the promises a file does not keep."""
    checked = rules()
    checked.validate(etree.ElementTree(root))
    failed = checked.validation_report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
    return ["".join(one.itertext()).strip() for one in failed]


@cache
def processor() -> PySaxonProcessor:
    """Saxon; a process has one."""
    return PySaxonProcessor(license=False)


@cache
def stylesheet() -> PyXsltExecutable:
    """What takes the text of a witness out of a file."""
    compiled = processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(STYLESHEET))
    assert compiled is not None
    return compiled


class File:
    """A TEI file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.root = etree.fromstring(data)
        self._parsed = processor().parse_xml(xml_text=data.decode())

    def find(self, path: str) -> list[etree._Element]:
        """Elements by an XPath, in which ``t`` is TEI."""
        found: list[etree._Element] = self.root.xpath(path, namespaces=NAMES)
        return found

    def witness(self, name: str, *, illegible: str = "[ill.]", lost: str = "[lac.]") -> list[str]:
        """The text of a witness, block for block."""
        run = stylesheet()
        for parameter, value in {"witness": name, "illegible": illegible, "lost": lost}.items():
            run.set_parameter(parameter, processor().make_string_value(value))
        lines = str(run.transform_to_string(xdm_node=self._parsed)).split("\n")
        return [line.strip(" ") for line in lines if line.strip(" ")]


def file_in(folder: Path) -> File:
    """The TEI file that a build has written."""
    (path,) = folder.glob("*.xml")
    return File(path.read_bytes())


def that_differ(file: File, edition: Edition) -> Iterator[tuple[str, list[str], list[str]]]:
    """Witnesses of which the file has another text than the edition, which is proved."""
    assert edition.collation is not None
    for key, rebuilt in edition.collation.rebuilt.items():
        witness, text = edition.conspectus.witness[key], lines(rebuilt)
        found = file.witness(witness_id(rebuilt.state), illegible=witness.ill_mark, lost=witness.lac_mark)
        if found != text:
            yield key, text, found


def lines(rebuilt: Rebuilt) -> list[str]:
    """The blocks of a witness."""
    return [block.text for block in rebuilt.blocks]
