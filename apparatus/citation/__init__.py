"""How the edition is cited: references in printed styles, records for programs that keep references.

In: the edition as a work, the number of a passage, an address. Out: text. The styles are CSL files,
the records BibTeX, RIS and CSL-JSON.
"""

from apparatus.citation.records import Work, bibtex, csl_json, reference, ris
from apparatus.citation.styles import STYLES, Style, formatted, plain

__all__ = ["STYLES", "Style", "Work", "bibtex", "csl_json", "formatted", "plain", "reference", "ris"]
