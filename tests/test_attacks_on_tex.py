"""Each attack on the engine of TeX, in every field of an edition: the book prints it as text, and TeX does nothing of it.

The book is set twice in one folder, with the index between: what the first run writes down, the second reads as code.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from building import WITH_WORKS, Built, build, project
from printing import squeeze

pytestmark = pytest.mark.tex

#: What a file holds that lies where TeX may read, and what no page may have.
SECRET = "thecanarysang"
#: Each attack writes, removes or reads a file beside the book. Q is where its own number stands.
ATTACKS = (
    r"\directlua{os.remove('kept');io.open('madeQ','w'):close()}",
    r"\csname directlua\endcsname{io.open('madeQ','w'):close()}",
    r"\latelua{io.open('madeQ','w'):close()}",
    r"\input{secret}",
    r"\openin5=secret.tex \read5 to\x \x",
    r"\immediate\write18{touch madeQ}",
    r"\immediate\openout7=madeQ.tex \immediate\write7{x}",
    "^^5cinput{secret}",
    "^^^^005cdirectlua{io.open('madeQ','w'):close()}",
    r"}\input{secret}{",
    r"\catcode`!=0 !input{secret}",
    r"\end{sphinxVerbatim}\input{secret}",
    r"\)\input{secret}\(",
    r"\protected@write\@auxout{}{\string\input{secret}}",
    r"\url{\input{secret}} \href{run:secret.tex}{x}",
    "% \\input{secret}",
    r"\begin{filecontents}{madeQ}x\end{filecontents}",
    r"\sphinxincludegraphics{secret}\includegraphics{secret}",
    r"x|input{secret} !\input{secret} @\input{secret}",
    r"$\input{secret}$ $$\input{secret}$$ & # ~ _ {",
)
#: The fields of a document: ‹› is an attack as Markdown has it for text, «» is the attack as it stands.
DOCUMENT = """\
# Heading ‹›

Here0 is text and ‹›, *emphasis ‹›*, ``code «» ``, [link ‹›](https://example.org/) and {abbr}`ab (cd)`.

:::{apparatus}
text ] "reading «t»" W0 (remark ‹›)
:::

:::{commentary}
text ] A note ‹›
:::

As it stands: «»

> Quoted ‹›

- item ‹›

| a ‹› | b |
|---|---|
| c | d ‹› |

```{code-block} text
:caption: caption ‹›
line «»
```

```{index} single: indexed «»
```

A paragraph of {math}`«»` and <b>«»</b>.[^f]

```{raw} latex
«»
```

[^f]: A footnote ‹›
"""
#: ‹t› and «t»: the same within a text of TOML.
WITNESS = """
[witness.W0]
name = "name «t»"
description = "description ‹t›"
label = "L0 «t»"
date = "date «t»"
"""
NAMED = """
[one-here0]
name = "registered «t»"
kind = "person"
forms = ["Here0"]
identification = "identified ‹t›"
dates = "dates «t»"
sort = "sorted «t»"
"""
WORK = """
@book{doe0, author = {Doe «», John}, title = {Title «»}, year = {2001}, publisher = {Press «»}, note = {Note «»},
url = {https://example.org/«»}}
"""
EVENT = """
[[event]]
date = "1943-02"
event = "event ‹t›"
label = "label «t»"
basis = "basis ‹t›"
passages = ["1"]
"""
#: A document that cites, whose name is a place in the book.
CITING = """# Citing

A cat {cite:p}`doe0`.

:::{commentary}
cat ] A formula with an empty line:

  ```{math}
  a = b

  c &= d \\\\
  e &= f
  ```

  ```
  code

  below
  ```

:::
"""
#: What is no edited text.
PAGE = r"""---
edited-text: false
---
# The rest

```{tabularcolumns} >{\input{secret}}l|l
```

| a | b |
|---|---|
| c | d |

```{eval-rst}
.. image:: yes}input{secret{%.png

.. image:: no}\\input{secret}{%.png
```

{math}`x \text{\input{secret}}` and

```{math}
:nowrap:

a

\input{secret}
```

```{conspectus}
```

```{index-of-names}
```

```{chronology} events.toml
```

```{bibliography}
:all:
```
"""
#: The name of a document that is code.
NAME = "sub}\\input{secret}{%"
#: Fields that only sort, are an address, or lie across the edge of a page or column.
UNPRINTED = 5
#: A picture of one point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "54789c636000000002000148afa4710000000049454e44ae426082"
)


def markdown(attack: str) -> str:
    """*attack* so that Markdown takes every sign of it for text."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", attack)


def toml(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def put(field: str, n: int) -> str:
    """*field* with the *n*-th attack in every place, as the place wants it, and the names in it with its number."""
    attack = ATTACKS[n].replace("Q", str(n))
    ways = {"‹›": markdown(attack), "«»": attack, "‹t›": toml(markdown(attack)), "«t»": toml(attack)}
    numbered = re.sub(r"(?<=[a-zWL])0\b", str(n), field)
    return re.sub("[‹«]t?[›»]", lambda place: ways[place[0]], numbered)


def each(field: str, of: Iterable[int] = range(len(ATTACKS))) -> str:
    return "".join(put(field, n) for n in of)


def is_balanced(attack: str) -> bool:
    """Whether BibTeX can have it in a field."""
    return attack.count("{") == attack.count("}") and not attack.startswith("}")


#: As latexmk calls it.
LUALATEX = [
    "lualatex",
    "--no-shell-escape",
    "--interaction=nonstopmode",
    "--halt-on-error",
    "--file-line-error",
]
CONF = (
    WITH_WORKS
    + """
apparatus_register = "names.toml"
"""
)
SETTINGS = {
    "project": "Title: \\input{secret}",
    "author": "}\\input{secret}{",
    "release": "%\\input{secret}",
    "copyright": "^^5cinput{secret}",
    "apparatus_imprint": ["\\input{secret}", "\\directlua{io.open('madeI','w')}"],
    "apparatus_licence": "https://example.org/\\input{secret}",
    "apparatus_subtitle": "\\csname input\\endcsname secret",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The book of all attacks, set twice, with the file beside it that they would read or remove."""
    folder = tmp_path_factory.mktemp("attacks")
    texts = {f"text{n}": put(DOCUMENT, n) for n in range(len(ATTACKS))} | {NAME: CITING}
    names = "\n".join([*texts, "rest"])
    source = project(
        folder / "source",
        "",
        conf=CONF,
        witnesses=each(WITNESS),
        **{f"{name}.md": f"---\nedited-text: true\n---\n\n{text}" for name, text in texts.items()},
        **{
            "index.md": f"# Index\n\n```{{toctree}}\n:caption: Contents}}}}\\input{{secret}}{{{{\n{names}\n```\n"
        },
        **{"rest.md": PAGE, "names.toml": each(NAMED), "events.toml": each(EVENT)},
        **{"works.bib": each(WORK, [n for n, attack in enumerate(ATTACKS) if is_balanced(attack)])},
    )
    (source / "yes}input{secret{%.png").write_bytes(PNG)
    made = build(source, folder / "out", builder="latex", allow="any", **SETTINGS)
    tex = next(made.out.glob("*.tex"))
    (made.out / "secret.tex").write_text(SECRET, encoding="utf-8")
    (made.out / "kept").touch()
    index = ["makeindex", "-q", "-s", "python.ist", f"{tex.stem}.idx"]
    for command in ([*LUALATEX, tex.name], index, [*LUALATEX, tex.name]):
        ran = subprocess.run(
            command, cwd=made.out, capture_output=True, text=True, errors="replace", check=False
        )
        assert ran.returncode == 0, ran.stdout[-3000:]
    return made


def test_tex_runs_writes_removes_and_reads_nothing(built: Built) -> None:
    assert (built.out / "kept").exists()
    assert list(built.out.glob("made*")) == []
    assert SECRET not in printed(built)


@pytest.mark.parametrize("n", range(len(ATTACKS)))
def test_an_attack_is_printed_as_the_text_that_it_is_in_every_field(built: Built, n: int) -> None:
    fields = len(re.findall("[‹«]t?[›»]", DOCUMENT + WITNESS + NAMED + EVENT))
    assert printed(built).count(squeeze(ATTACKS[n].replace("Q", str(n)))) >= fields - UNPRINTED


def test_settings_and_captions_are_printed_as_text(built: Built) -> None:
    words = printed(built)
    for text in (*SETTINGS.values(), "no}\\input{secret}{%.png"):
        for part in [text] if isinstance(text, str) else text:
            assert squeeze(part.removeprefix("Title:")) in words or part == SETTINGS["apparatus_licence"], (
                part
            )


def test_columns_that_are_code_are_left_out_with_their_place(built: Built) -> None:
    said = [warning for warning in built.warnings if "the columns of a table" in warning]
    assert len(said) == 1
    assert said[0].startswith("rest.md:6: WARNING: '>{\\input{secret}}l|l' says more than")


@cache
def printed_in(pdf: Path) -> str:
    ran = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True)
    return squeeze(ran.stdout)


def printed(built: Built) -> str:
    """The words of the book, without what breaking into lines does."""
    return printed_in(next(built.out.glob("*.pdf")))
