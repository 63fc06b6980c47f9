"""Sphinx configuration of the edition."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

from babel.dates import format_date

root = Path(__file__).resolve().parent
sys.path.insert(0, str(root))  # the extension lives beside its edition and is not installed

project = "The Russian Liberation Movement: A Critical Edition"
author = "The editors"
version = "2.0.0"
released = "2026-11-30"  # as CITATION.cff has it
# What has been changed since a release is another text: a plus says so, and its date is that of the last change.
if "## [Unreleased]" in (root / "CHANGELOG.md").read_text(encoding="utf-8"):
    release = f"{version}+"
else:
    release, today = version, format_date(date.fromisoformat(released), "d MMMM y", locale="en")
project_copyright = "The editors; the essay is its author’s"
language = "en"  # what Sphinx itself says
apparatus_language = "en-GB"  # what the pages say

extensions = ["myst_parser", "sphinxcontrib.bibtex", "apparatus"]
smartquotes = False  # punctuation is evidence

#: How sure a note is: what each means stands on the page of principles.
GRADES = ["documented", "one source", "general works", "open"]
apparatus_series = {
    "apparatus": {"label": "Apparatus", "holds": "readings", "form": "run-in", "variants": "substantive"},
    "accidentals": {"label": "Accidentals", "holds": "readings", "form": "run-in", "variants": "accidental"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes", "lemma": True, "grades": GRADES},
    "discussion": {
        "label": "Discussion",
        "holds": "prose",
        "form": "discussion",
        "letter": "d",
        "grades": GRADES,
    },
}
apparatus_conspectus = "witnesses.toml"
apparatus_anchors = "anchors.tsv"
apparatus_register = "names.toml"
apparatus_imprint = [  # the back of the title page
    "Edited from the weblog Written and Read. The text names no author.",
    "The essay remains its author’s; the edition grants no rights in it. Introduction, apparatus, notes and all other "
    "pages: Creative Commons Attribution 4.0 International (CC BY 4.0). The programs: the MIT licence.",
    f"To be cited as: {project}, version {{version}} ({released[:4]}). A passage is cited by its number (2.3).",
    "The edition has no permanent address yet.",
]
apparatus_citation = {
    "released": released,
    "sentence": "The Russian Liberation Movement: A critical edition",  # for styles that keep capitals for names
}
apparatus_licence = (
    "https://creativecommons.org/licenses/by/4.0/"  # of the editors’ part, for the PDF’s metadata
)
apparatus_concordance = "build/pdf/concordance.json"  # written by make pdf
apparatus_downloads = "build/downloads.json"  # written by make: what it has built to be offered
apparatus_offline = "the-russian-liberation-movement.zip"
apparatus_scheme = "ala-lc-plain"  # why: the page of editorial principles

bibtex_bibfiles = ["bib/essay.bib", "bib/studies.bib", "bib/further.bib"]
bibtex_cite_id = "bib-{key}"
bibtex_default_style = "apparatus"  # short titles, works in two scripts

epub_description = "The essay The Russian Liberation Movement, edited with apparatus, notes and bibliography."

html_theme = "furo"
html_theme_options = {"enable_search_shortcuts": False}  # they take Escape away from the popovers


def setup(app):
    """Let the colophon print of the changes those of the text only."""
    app.connect("include-read", keep_changes_of_text)


def keep_changes_of_text(app, path, docname, content):
    """Take out of the list of changes what concerns the software (``include-read``)."""
    if path.name == "CHANGELOG.md":
        content[0] = re.sub(r"^### Software\n.*?(?=^## |\Z)|^### Text\n", "", content[0], flags=re.M | re.S)
