"""The style sheets and scripts as they are sent: without comments and blanks.

What is written here is written to be read; a reader's browser needs neither. The copies are made
before Sphinx looks at its static files, so that its checksums are theirs.
"""

from __future__ import annotations

import re
from pathlib import Path

import minify_html

#: Comments of a script that stand alone or at a line's end: the library keeps them.
_COMMENTS = re.compile(r"^\s*//.*\n|[ \t]+// .*$|^\s*/\*(?s:.*?)\*/", re.MULTILINE)
_TAGS = {".css": "style", ".js": "script"}


def minify(text: str, suffix: str) -> str:
    """A style sheet or script without what only its authors read."""
    tag = _TAGS[suffix]
    bare = _COMMENTS.sub("", text) if suffix == ".js" else text
    made: str = minify_html.minify(
        f"<{tag}>{bare}</{tag}>", minify_css=True, minify_js=True, keep_closing_tags=True
    )
    # A hint to programs that join scripts; the library puts it in.
    return made.removeprefix(f"<{tag}>").removesuffix(f"</{tag}>").replace("/* @__PURE__ */ ", "")


def write_minified(source: Path, target: Path) -> None:
    """Fill a folder with the files of another, minified; a file that has not changed is left alone."""
    target.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        made = file.read_text(encoding="utf-8")
        if file.suffix in _TAGS:
            made = minify(made, file.suffix)
        copy = target / file.name
        if not copy.exists() or copy.read_text(encoding="utf-8") != made:
            copy.write_text(made, encoding="utf-8")
