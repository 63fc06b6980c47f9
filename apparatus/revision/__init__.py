"""An edition changed by a program: what its messages say to write, written into the source.

edition → what to write → where → in which lines → the source, all else in it as it was
          (draft)         (layout) (placing, lines)

Pure: values and text in, values and text out. Who reads the source, proves the result and writes the files is
the program.
"""

from __future__ import annotations

from apparatus.revision.draft import Draft, Settled, Written, settle
from apparatus.revision.layout import Fence, Layout, Leaf
from apparatus.revision.lines import ENDS, continuation
from apparatus.revision.placing import New, Standing, UnplacedError, rewrite_source

__all__ = [
    "ENDS",
    "Draft",
    "Fence",
    "Layout",
    "Leaf",
    "New",
    "Settled",
    "Standing",
    "UnplacedError",
    "Written",
    "continuation",
    "rewrite_source",
    "settle",
]
