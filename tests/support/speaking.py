"""An edition in which all that editors write is Greek, and what is heard of its pages in Latin letters: the engine's own words."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from building import CONF, project

#: All that editors write is Greek: what has Latin letters on a page is the edition's own, or Sphinx's.
SETTINGS = (
    CONF.replace('"basic"', '"furo"')
    + """\
project = "Ἡ γαλῆ"
apparatus_register = "names.toml"
apparatus_series = {
    "apparatus": {"label": "Ὑπόμνημα"},
    "sources": {"label": "Πηγαί", "holds": "prose", "form": "run-in"},
    "commentary": {"label": "Σχόλια", "holds": "prose", "form": "notes", "lemma": True, "grades": ["βέβαιον"]},
    "discussion": {"label": "Ζητήματα", "holds": "prose", "form": "discussion"},
}
"""
)
WITNESSES = """\
[witness."Α"]
name = "τὸ πρῶτον"
transcription = "Α.txt"

[witness."Β"]
name = "τὸ δεύτερον"
lost = true

[group."ω"]
members = ["Α", "Β"]

[scholar."Γ"]
name = "ὁ Γ"
"""
TEXT = """\
---
edited-text: 1
---

# Ἡ γαλῆ

Ἡ γαλῆ ἐκάθητο ἐπὶ τῆς ψιάθου τοῦ Σωκράτους.

:::{apparatus}
γαλῆ ] κύων Α (σφάλμα) ; ἵππος Β
ἐκάθητο ] om. ω
ψιάθου ] add. μεγάλης Γ
τῆς Β ] τινὸς cett.
:::

:::{sources}
ἐπὶ ] Ὅμηρος.
:::

:::{commentary}
ψιάθου ] Σχόλιον. {grade}`βέβαιον`
:::

:::{discussion}
ψιάθου ] Πλεῖον.
:::

Ἡ δὲ δευτέρα.

:::{apparatus}
¶ ] om. Β
:::
"""
REGISTER = """\
[socrates]
kind = "person"
name = "Σωκράτης"
forms = ["Σωκράτους"]
identification = "φιλόσοφος"
rank = "σοφός"
fate = "κώνειον"
"""
EVENTS = """\
[[event]]
date = "1942-07-12"
event = "Μάχη"
label = "μάχη"
passages = ["1.1"]
basis = "Ὅμηρος"

[[event]]
date = "1943-02/1943-03"
event = "Ὁδός"
passages = ["1.2"]
basis = "Ὅμηρος"
"""
PAGES = {
    "text.md": TEXT,
    "witnesses.md": "# Μάρτυρες\n\n:::{conspectus}\n:::\n",
    "all.md": "# Πάντα\n\n:::{whole-apparatus}\n:::\n\n:::{establishment} kinds\n:::\n\n:::{establishment} witnesses\n:::\n",
    "names.md": "# Ὀνόματα\n\n:::{index-of-names}\n:::\n\n:::{who-is-who}\n:::\n",
    "names.toml": REGISTER,
    "time.md": "# Χρόνος\n\n:::{chronology} events.toml\n:above: 1\n:::\n\n:::{references}\n:style: MLA\n:::\n\n"
    ":::{establishment} changes\n:::\n\n:::{establishment} files\n:::\n\n:::{establishment} places\n:::\n\n"
    ":::{establishment} grades\n:::\n",
    "events.toml": EVENTS,
    "Α.txt": "Ἡ γαλῆ\nἩ κύων ἐπὶ τινὸς ψιάθου τοῦ Σωκράτους.\nἩ δὲ δευτέρα.\n",
}
INDEX = "# Ἔκδοσις\n\n```{toctree}\ntext\nwitnesses\nall\nnames\ntime\n```\n"
#: What a voice reads besides words.
READ = ("aria-label", "title", "alt", "placeholder", "data-positive", "data-negative")
#: Words that are the same in every language: the editor's Latin, names of styles of reference, forms of record, files.
NAMES = re.compile(
    r"\b(?:om|add|cett)\.|Chicago|MLA|APA|BibTeX|RIS|CSL-JSON|[\w/-]+\.(?:txt|html)\b|UTF-8|SHA-256|LF\b|NFC\b"
)
VOID = {"meta", "link", "input", "br", "img", "hr", "wbr"}


class Listener(HTMLParser):
    """Gathers what has Latin letters, with the language in which a voice reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.heard: list[tuple[str, str]] = []

    def hear(self, words: str, language: str) -> None:
        if re.search(r"[A-Za-z]{2}", NAMES.sub("", words)):
            self.heard.append((language, " ".join(words.split())))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        language = said.get("lang") or self.open[-1][1]
        for name in READ:
            self.hear(said.get(name) or "", language)
        if tag not in VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID and tag in [name for name, _ in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self.open[-1][0] not in ("script", "style"):
            self.hear(data, self.open[-1][1])


def heard(page: str) -> list[tuple[str, str]]:
    """What is heard of the article of a page."""
    reader = Listener()
    language = re.search(r'<html[^>]* lang="([^"]+)"', page)
    article = re.search(r"<article.*</article>", page, re.DOTALL)
    assert language and article
    reader.open = [("", language[1])]
    reader.feed(article[0])
    return reader.heard


def greek_edition(folder: Path) -> Path:
    """The source of the edition."""
    made = project(folder, "", conf=SETTINGS, witnesses=WITNESSES, **PAGES)
    (made / "index.md").write_text(INDEX, encoding="utf-8")
    return made
