"""What the words of an edition need for print: the patterns of their languages, the faces of their scripts.

The sources are read as they are, before any package is installed; a build says in its own words what is missing still.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from steps import ROOT

sys.path.insert(0, str(ROOT))

from apparatus.hyphenation import Rules, rules_of
from apparatus.typefaces import FACES, NOTO, Face, scripts_of

#: Where the words of an edition stand, from its folder.
PLACES = ("conf.py", "source", "bib")
ENDINGS = (".md", ".txt", ".toml", ".bib", ".py")
#: Code, in which a tag is an example.
_CODE = re.compile(r"^ *(```+|~~~+).*?^ *\1|`[^`\n]*`", re.MULTILINE | re.DOTALL)
#: A tag where a source says a language: in braces, as a class, in front matter, in the configuration.
_TAG = re.compile(
    r"(?:\{[^}\n]*\blang=|\blanguage-|^lang: *|^(?:apparatus_(?:text_)?)?language *= *)[\"']?"
    r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)",
    re.MULTILINE,
)
#: Letters of scripts that the book's own face has, as far as it has them: those of most languages.
_OF_THE_OWN_FACE = re.compile("[\x00-\u024f\u0259\u02b0-\u052f\u1e00-\u1fff\u2000-\u206f\ufb00-\ufb06]")
#: Names of files that the configuration asks for.
_NAMED = re.compile(r"^apparatus_faces *= *\{(.*?)\}", re.MULTILINE | re.DOTALL)


def texts(folders: Iterable[Path]) -> Iterator[str]:
    """The words of editions, file by file."""
    for folder in folders:
        for place in PLACES if (folder / "source").is_dir() else (".",):
            path = folder / place
            for file in [path] if path.is_file() else sorted(path.rglob("*")):
                if file.suffix in ENDINGS and file.is_file():
                    yield file.read_text(encoding="utf-8", errors="replace")


def patterns_for(words: Iterable[str]) -> list[Rules]:
    """The rules of the languages that are named, as far as they come with a package of Debian."""
    tags = {tag for text in words for tag in _TAG.findall(_CODE.sub("", text))}
    found = (rules_of(tag) for tag in sorted(tags))
    return list(dict.fromkeys(rules for rules in found if rules and rules.debian))


def faces_for(words: Iterable[str]) -> list[Face]:
    """The faces of the scripts that are written, and those of Noto that the configuration names."""
    letters: set[str] = set()
    named: list[Face] = []
    for text in words:
        letters.update(_OF_THE_OWN_FACE.sub("", text))
        for said in _NAMED.findall(text):
            named += [face for name in re.findall(r"[\w.-]+", said) for face in _of_noto(name)]
    return list(dict.fromkeys([*named, *(FACES[script] for script in scripts_of("".join(letters)))]))


def _of_noto(name: str) -> list[Face]:
    """The files of a face of Noto, by the name of one or the beginning of all four."""
    if not name.startswith("Noto"):
        return []
    styles = ("Regular", "Italic", "Bold", "BoldItalic")
    return [Face(name)] if "." in name else [Face(f"{name}-{style}.ttf", NOTO) for style in styles]
