"""Critical editions with Sphinx: notation, anchoring, collation, rendering.

The pure layers (``model``, ``problems``, ``notation``, ``anchoring``, ``collation``,
``script``, ``render``) take plain values and give plain values; they know nothing of
Sphinx or docutils. ``sphinxext`` is the thin layer that joins them to a Sphinx project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "2.0.0"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the extension with Sphinx (imported here, so the core stays free of it)."""
    from apparatus.sphinxext.extension import setup as register

    return register(app)
