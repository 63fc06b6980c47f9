"""The notation of the apparatus: text to entries and back.

The grammar stands in :mod:`apparatus.notation.parse`.
"""

from __future__ import annotations

from apparatus.notation.notes import parse_locus, parse_notes
from apparatus.notation.parse import parse_entries, parse_entry, parse_pasted
from apparatus.notation.remarks import is_remark
from apparatus.notation.write import write_entry, write_lemma, write_locus

__all__ = [
    "is_remark",
    "parse_entries",
    "parse_entry",
    "parse_locus",
    "parse_notes",
    "parse_pasted",
    "write_entry",
    "write_lemma",
    "write_locus",
]
