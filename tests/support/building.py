"""Build a Sphinx project within the test process and keep what it said."""

from __future__ import annotations

import filecmp
import io
import re
from contextlib import redirect_stderr
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache
from jinja2.sandbox import SandboxedEnvironment
from sphinx import jinja2glue, locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

ROOT = Path(__file__).parents[2]
EDITIONS = ROOT / "tests" / "editions"

CONF = """\
language = "en"
extensions = ["myst_parser", "apparatus"]
html_theme = "basic"
apparatus_conspectus = "witnesses.toml"
"""
#: What Sphinx asks of every EPUB, and the small editions do not say.
IMPRINT = {"version": "1", "copyright": "the editors"}
#: With a bibliography.
WITH_WORKS = (
    CONF.replace('"apparatus"]', '"sphinxcontrib.bibtex", "apparatus"]')
    + """\
bibtex_bibfiles = ["works.bib"]
bibtex_default_style = "apparatus"
"""
)
WITNESSES = """\
[witness.A]
name = "the first copy"

[witness.B]
name = "the second copy"
"""
#: A conspectus of one witness, which is transcribed.
TRANSCRIBED = '[witness.A]\nname = "the first copy"\ntranscription = "A.txt"\n'


class Compiled(BytecodeCache):
    """Templates that this process has compiled: each build would compile them anew, for a third of its time."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled of the same source."""
        if found := self.kept.get(f"{bucket.key} {bucket.checksum}"):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self.kept[f"{bucket.key} {bucket.checksum}"] = bucket.bytecode_to_string()


jinja2glue.SandboxedEnvironment = partial(SandboxedEnvironment, bytecode_cache=Compiled())


@dataclass(frozen=True)
class Built:
    """A finished build."""

    source: Path
    out: Path
    warnings: tuple[str, ...]
    app: Sphinx

    def page(self, name: str) -> str:
        return (self.out / f"{name}.html").read_text(encoding="utf-8")


def build(
    source: Path,
    out: Path,
    *,
    builder: str = "html",
    jobs: int = 1,
    fresh: bool = False,
    conf: Path | None = None,
    folder_shown: bool = False,
    allow: str = "",
    **config: object,
) -> Built:
    """Build *source*; each warning is one string, with the project's folder left out unless it is to be shown.

    A warning fails the test unless *allow* has its kind, or is ``any``, for a test that reads the warnings itself.
    """
    said = io.StringIO()
    locale.translators.clear()  # a process keeps what it has read, and the language of a build before
    with patch_docutils(str(source)), docutils_namespace(), redirect_stderr(io.StringIO()):
        app = Sphinx(
            source,
            conf or source,
            out / builder,
            out / "doctrees",
            builder,
            confoverrides=config,
            status=None,
            warning=said,
            freshenv=fresh,
            parallel=jobs,
        )
        app.build()
    text = re.sub(r"\x1b\[[0-9;]*m", "", said.getvalue())
    text = text if folder_shown else text.replace(f"{source}/", "")
    warnings = [part.rstrip() for part in re.split(r"\n(?=\S)", text) if part.strip()]
    unexpected = [warning for warning in warnings if kind_of(warning) not in allow.split()]
    assert allow == "any" or not unexpected, "\n".join(unexpected)
    return Built(source, out / builder, tuple(warnings), app)


def kind_of(warning: str) -> str:
    """The last word of what stands in brackets at the end of a warning."""
    found = re.search(r"\[(?:[\w-]+\.)*([\w-]+)\]$", warning)
    return found[1] if found else ""


def project(
    folder: Path,
    text: str,
    *,
    witnesses: str = WITNESSES,
    conf: str = CONF,
    footnotes: bool = False,
    **files: str,
) -> Path:
    """Write a project of one document of edited text (its section has the number 1), with the author's *footnotes* or none."""
    folder.mkdir(parents=True, exist_ok=True)
    uncompared = "footnotes: uncompared\n" if footnotes else ""
    document = f"---\nedited-text: 1\n{uncompared}---\n\n{text}"
    for name, content in {
        "conf.py": conf,
        "witnesses.toml": witnesses,
        "index.md": document,
        **files,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder


def files_that_differ(one: Path, other: Path) -> list[str]:
    """Names of the files in which two output folders differ."""
    names = {p.relative_to(one) for p in one.rglob("*") if p.is_file()}
    names |= {p.relative_to(other) for p in other.rglob("*") if p.is_file()}
    ignored = {".buildinfo", ".buildinfo.bak"}
    return sorted(
        str(n)
        for n in names
        if n.name not in ignored
        and not (
            (one / n).exists() and (other / n).exists() and filecmp.cmp(one / n, other / n, shallow=False)
        )
    )


def many_documents(folder: Path) -> Path:
    """A project of eight files of text, so that Sphinx does read and write in parallel."""
    parts = {
        f"part{i}.md": f"---\nedited-text: true\n---\n\n# Part {i}\n\nThe cat {i} sat on the mat.\n\n"
        ":::{apparatus}\ncat ] dog A\n:::\n\n:::{commentary}\nmat ] See [](#1.1) and [](#1.1-n1).\n:::\n"
        for i in range(8)
    }
    index = "# Index\n\n```{toctree}\n" + "\n".join(f"part{i}" for i in range(8)) + "\nwitnesses\n```\n"
    transcription = "".join(f"Part {i}\nThe dog {i} sat on the mat.\n" for i in range(8))
    pages = {"witnesses.md": "# Witnesses\n\n:::{conspectus}\n:::\n", "A.txt": transcription}
    source = project(folder, "", witnesses=TRANSCRIBED, **parts, **pages)
    (source / "index.md").write_text(index, encoding="utf-8")
    return source
