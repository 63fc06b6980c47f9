"""TEI files written for a test, taken in, and what becomes of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from building import ROOT
from encoding import processor

from apparatus.importing import Losses, import_edition
from apparatus.sphinxext.program.reading import ReadEdition, read_edition

WITNESSES = '<listWit><witness xml:id="A">the first copy</witness><witness xml:id="B">the second copy</witness></listWit>'


@dataclass(frozen=True)
class Taken:
    """An edition that was made of a TEI file."""

    folder: Path
    losses: Losses

    @property
    def text(self) -> str:
        """The document of the text."""
        return (self.folder / "text.md").read_text(encoding="utf-8")

    @property
    def entries(self) -> list[str]:
        """The entries, as they are written."""
        found, is_in = [], False
        for line in self.text.splitlines():
            is_in = line == ":::{apparatus}" or (is_in and line != ":::")
            if is_in and line != ":::{apparatus}":
                found.append(line)
        return found

    def witness(self, key: str) -> list[str]:
        """The transcription of a witness."""
        return (self.folder / "witnesses" / f"{key}.txt").read_text(encoding="utf-8").splitlines()

    def proved(self) -> ReadEdition:
        """The edition as a build reads it; that there is nothing to mend is asserted."""
        read = read_edition(self.folder)
        assert [message.message for message in read.messages] == []
        return read


def tei(
    body: str, *, witnesses: str = WITNESSES, encoding: str = "", beside: str = "", back: str = ""
) -> str:
    """A file of TEI."""
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>The Ferry</title></titleStmt>'
        f"<publicationStmt><p/></publicationStmt><sourceDesc>{witnesses}</sourceDesc></fileDesc>{encoding}</teiHeader>"
        f"{beside}<text><body>{body}</body>{back}</text></TEI>"
    )


def take_in(folder: Path, body: str, **parts: str) -> Taken:
    """Take in a file that has *body*."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "edition.xml"
    file.write_text(tei(body, **parts), encoding="utf-8")
    return Taken(folder / "made", import_edition(file, folder / "made"))


def chosen(file: Path, pointers: str) -> list[str]:
    """The blocks of a witness, taken out of a file by a stylesheet; white space as it is in a text."""
    stylesheet = ROOT / "tests" / "data" / "tei" / "chosen.xsl"
    run = processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(stylesheet))
    run.set_parameter("chain", processor().make_string_value(pointers))
    text = str(run.transform_to_string(xdm_node=processor().parse_xml(xml_file_name=str(file))))
    blocks = (" ".join(block.split()) for block in text.split("§"))
    return [re.sub(r" (?=[,.;:])", "", block) for block in blocks if block]
