"""Faces that pages and EPUB bring with them, for scripts of which a reader's machine may have none.

Latin, Greek and Cyrillic of today every machine has. Of a script beyond these, of old letters and of letters above
the line, the edition's own are taken out of Noto's face, where the set-up has put it (:mod:`apparatus.typefaces`): five
to twenty kilobytes, which a browser fetches for a page that has them. Noto's faces may be given on so
(SIL Open Font License). Chinese, Japanese and Korean have too many letters; machines have faces for them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apparatus.sphinxext.config import settings
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.outputs import is_for_browsers
from apparatus.sphinxext.report import told_if_unwritten
from apparatus.sphinxext.schedule import EnvUpdated, HtmlPageContext
from apparatus.sphinxext.tex_files import find_file
from apparatus.typefaces import FACES, NOTO, script_of
from apparatus.written import beside, put

if TYPE_CHECKING:
    from docutils import nodes as dn
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: What every machine shows.
USUAL = re.compile("[\x00-\u024f\u0250-\u0482\u048a-\u052f\u1e00-\u1fff\u2000-\u206f\ufb00-\ufb06]+")
#: Marks that stand on letters of any script.
_MARKS = range(0x0300, 0x0370)
SHEET = "faces.css"
#: The height of lower case that the style sheet has every face brought to (``font-size-adjust``), of one em.
X_HEIGHT = 0.47
#: Languages whose words are set in such a face first, where pages have no stack of their own (EPUB).
_FIRST = ("he", "hbo", "yi", "arc", "ar", "fa", "ota", "ur", "syr", "syc", "cu", "orv", "cop", "sa-Deva")


def embed_faces(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Write the faces and a sheet that names them, and have pages use it (``env-updated``)."""
    if settings(app.config).screen_faces and (is_for_browsers(app.builder) or app.builder.name == "epub"):
        wanted = faces_for(letters_in(texts_of(env)))
        if wanted:
            folder = Path(app.doctreedir) / "apparatus-faces"
            with told_if_unwritten():
                _write(wanted, folder, app.builder.name == "epub")
            app.config.html_static_path = [*app.config.html_static_path, str(folder)]
    return []


def name_sheet(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: dn.document | None
) -> None:
    """Have a page use the faces if it, or a title that any page may show, has such letters (``html-page-context``)."""
    if str(Path(app.doctreedir) / "apparatus-faces") in app.config.html_static_path:
        titles = [app.config.project, *(title.astext() for title in app.env.titles.values())]
        if is_unusual("".join([*titles, context.get("body", "")])):
            app.add_css_file(SHEET)


def is_unusual(text: str) -> bool:
    """Whether a text has a letter that not every machine shows and that belongs to a script."""
    return any(map(script_of, set(USUAL.sub("", text))))


def texts_of(env: BuildEnvironment) -> Iterator[str]:
    """Whatever a page may be made of: documents, what they read, transcriptions."""
    conspectus = domain_of(env).conspectus
    read = {Path(env.srcdir, name) for names in env.dependencies.values() for name in names}
    read |= {Path(env.doc2path(name)) for name in env.found_docs}
    read |= {Path(conspectus.folder, one.transcription) for one in conspectus.witnesses if one.transcription}
    for path in sorted(read):
        if path.is_file() and not (data := path.read_bytes()).isascii():
            yield data.decode("utf-8", "ignore")


def letters_in(texts: Iterable[str]) -> set[str]:
    """The letters of lines that have any which not every machine shows, each once: they stand in one face with these."""
    found: set[str] = set()
    for text in texts:
        for line in text.split("\n") if is_unusual(text) else ():
            found.update(line if is_unusual(line) else "")
    return found


def scripts_in(texts: Iterable[str]) -> set[str]:
    """The scripts of texts of which not every machine has a face; brackets and arrows are of none."""
    return {script_of(letter) for letter in letters_in(texts) if not USUAL.match(letter)} - {""}


def faces_for(letters: set[str]) -> dict[str, list[int]]:
    """Script → its letters, for each that has a letter which not every machine shows, and a face that is installed."""
    unusual = {script_of(letter) for letter in letters if not USUAL.match(letter)} - {""}
    scripts = [code for code in sorted(unusual) if FACES[code].debian == NOTO and find_file(FACES[code].file)]
    return {
        code: sorted(ord(c) for c in letters if script_of(c) == code or ord(c) in _MARKS) for code in scripts
    }


def _write(wanted: dict[str, list[int]], folder: Path, is_book: bool) -> None:
    rules = []
    for code, letters in wanted.items():
        digest = hashlib.sha256(repr((FACES[code].file, letters, X_HEIGHT)).encode()).hexdigest()[:8]
        name = f"face-{code.lower()}-{digest}.woff"
        if not (folder / name).is_file():
            for old in folder.glob(f"face-{code.lower()}-*"):
                old.unlink()
            with beside(folder / name) as new:
                new.write_bytes(subset(find_file(FACES[code].file), letters))
        rules.append(
            f'@font-face{{font-family:"{family(code)}";src:url("{name}") format("woff");'
            f"unicode-range:{ranges(letters)};font-display:swap}}"
        )
    named = ",".join(f'"{family(code)}"' for code in wanted)
    first = ",".join(f":lang({tag})" for tag in _FIRST)
    used = f"body{{font-family:serif,{named}}}{first}{{font-family:{named},serif}}" if is_book else ""
    put(folder / SHEET, "\n".join([*rules, used or f":root{{--brought:{named}}}", ""]))


def family(code: str) -> str:
    """What the face of a script is called in style sheets."""
    return f"Edition {code}"


def ranges(letters: list[int]) -> str:
    """Letters as a style sheet names them: ``U+5D0-5EA,U+5F3``."""
    rows = (list(row) for _, row in groupby(enumerate(letters), lambda pair: pair[1] - pair[0]))
    ends = ((row[0][1], row[-1][1]) for row in rows)
    return ",".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in ends)


def subset(path: Path | None, letters: list[int]) -> bytes:
    """The face in a file with these letters alone, and all that joins and places them, as WOFF."""
    from io import BytesIO

    from fontTools import subset as cut  # few editions need it

    assert path is not None
    options = cut.Options(flavor="woff", hinting=False, notdef_outline=True)
    cutter, made = cut.Subsetter(options), BytesIO()
    cutter.populate(unicodes=letters)
    with cut.load_font(str(path), options) as font:
        cutter.subset(font)
        if not font[
            "OS/2"
        ].sxHeight:  # as Noto Naskh Arabic has none: a browser that adjusts the size would make it tiny
            font["OS/2"].sxHeight = round(X_HEIGHT * font["head"].unitsPerEm)
        cut.save_font(font, made, options)
    return made.getvalue()


def setup(app: Sphinx) -> None:
    app.connect("env-updated", embed_faces, priority=EnvUpdated.EMBED_FACES)
    app.connect("html-page-context", name_sheet, priority=HtmlPageContext.NAME_FACES)
