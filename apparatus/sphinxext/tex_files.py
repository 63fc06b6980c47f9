"""Where TeX keeps a file: a face, patterns; asked for print, and for the faces that pages bring with them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path


@cache
def find_file(name: str) -> Path | None:
    """Where TeX keeps a file; ``None`` if it has none, or there is no TeX."""
    try:
        found = subprocess.run(["kpsewhich", name], capture_output=True, text=True, check=False).stdout
    except OSError:
        return None
    return Path(found.strip()) if found.strip() else None
