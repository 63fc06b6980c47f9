"""Published anchors: what has been cited must lead somewhere for ever.

record ─→ what was published, and what became of what is no more (:mod:`.record`)
record + entries ─→ their anchors, so that none has another's (:mod:`.identity`)
record + edition ─→ problems: what has gone without a word (:mod:`.check`)
record + edition ─→ the record in which it is said (:mod:`.renumber`)
"""

from apparatus.anchors.check import check_anchors, is_same_block
from apparatus.anchors.record import NONE, Gone, Record, is_of_entry, read_record, write_anchors

__all__ = [
    "NONE",
    "Gone",
    "Record",
    "check_anchors",
    "is_of_entry",
    "is_same_block",
    "read_record",
    "write_anchors",
]
