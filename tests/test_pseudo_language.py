"""No word that is said to readers is left untranslated: an edition whose every word but Latin letters would betray.

The editors of the edition write Greek, and a catalogue, made here, says every message in Greek letters. What
has Latin letters in an output is then either the engine's own and untranslated, or it is exempt, for a reason that stands here.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date
from pathlib import Path

import messages
import pytest
from building import Built, build
from pybtex.database import parse_string
from speaking import NAMES, Listener, greek_edition

from apparatus.bibliography import style_for
from apparatus.citation import Work, reference
from apparatus.concordance import Printed, Spot
from apparatus.downloads import Download
from apparatus.normalisation import disregarded
from apparatus.render.map import Site
from apparatus.render.map import describe as describe_places
from apparatus.render.places import Row
from apparatus.render.places import describe as describe_sections
from apparatus.render.timeline import Point
from apparatus.render.timeline import describe as describe_years
from apparatus.script import DEFAULT
from apparatus.sphinxext.voice import FILE
from apparatus.voice import Voice, read_catalogue

#: Said by Sphinx, in the languages that it has from its own catalogues; Greek has few of these. And names.
THEIRS = re.compile(r"Permalink|Link to this|^Search$|^Index$|^Sphinx$|^Furo$|pradyunsg|^Copyright ©")
#: The same in every language: keys of the browser, units, the name of the style of a reference and what it says.
SAME = re.compile(r"\b(?:kB|MB|bytes?|PDF|EPUB|ZIP|JavaScript|TeX)\b")
#: Of print: names of commands, of places and files, lengths.
COMMANDS = re.compile(r"\\[A-Za-z@]+\*?|%.*")


def pseudo(message: str) -> str:
    """A message in which every Latin letter outside its holes is a Greek one."""
    parts = re.split(r"(\{\w+\})", message)
    return "".join(part if i % 2 else re.sub("[A-Za-z]", "ξ", part) for i, part in enumerate(parts))


def pseudo_catalogue() -> str:
    made = ['msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"']
    made[0] += '\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
    for message in messages.extracted():
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        named = ("msgid", "msgid_plural")
        lines = [
            f"{name} {json.dumps(one, ensure_ascii=False)}" for name, one in zip(named, ids, strict=False)
        ]
        keys = ["msgstr"] if len(ids) == 1 else ["msgstr[0]", "msgstr[1]"]
        lines += [
            f"{key} {json.dumps(pseudo(one), ensure_ascii=False)}" for key, one in zip(keys, ids, strict=True)
        ]
        made.append("\n".join(lines))
    return "\n\n".join(made) + "\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = greek_edition(tmp_path_factory.mktemp("pseudo") / "source")
    catalogue = made / "locales" / "el" / "LC_MESSAGES" / FILE
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(pseudo_catalogue(), encoding="utf-8")
    return made


def built(source: Path, **config: object) -> Built:
    return build(source, source.parent / "out", fresh=True, language="el", **config)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def pages(source: Path) -> Built:
    return built(source, apparatus_offline="ε.zip")


def latin(page: str) -> list[str]:
    """What is read or heard of a page in Latin letters, and is not known to be exempt."""
    listener = Listener()
    listener.open = [("", "")]
    listener.feed(
        re.sub(r"<svg.*?</svg>|<code.*?</code>|<pre.*?</pre>", _words_of_drawing, page, flags=re.DOTALL)
    )
    heard = [words for language, words in listener.heard if language != "en" and not THEIRS.search(words)]
    return [words for words in heard if re.search(r"[A-Za-z]{2}", SAME.sub("", NAMES.sub("", words)))]


def _words_of_drawing(found: re.Match[str]) -> str:
    return (
        "".join(re.findall(r"<(?:title|desc|text)[^>]*>([^<]*)<", found[0]))
        if found[0].startswith("<svg")
        else ""
    )


@pytest.mark.parametrize(
    "name",
    [
        "index",
        "text",
        "text-Α",
        "text-Α-differences",
        "witnesses",
        "all",
        "names",
        "time",
        "search",
        "genindex",
    ],
)
def test_no_word_of_a_page_is_untranslated(pages: Built, name: str) -> None:
    page = pages.page(name)
    assert latin(page) == []
    assert name in ("index", "genindex") or "ξξ" in page
    assert '<html class="no-js" lang="el"' in page


def test_what_scripts_say_is_translated_and_their_english_is_only_the_key(pages: Built) -> None:
    script = (pages.out / "_static" / "apparatus.js").read_text(encoding="utf-8")
    said = script[: script.index("window.apparatusVoice")]
    assert said.startswith("window.apparatusSaid={lang:`el`")
    values = re.findall(r":(?:`([^`]*)`|\"([^\"]*)\")", said.partition("messages:")[2])
    assert len(values) > 30
    for words in map("".join, values):
        assert not re.search("[A-Za-z]", re.sub(r"\{\w+\}", "", words)), words


def test_what_the_style_sheet_says_is_translated(pages: Built) -> None:
    sheet = (pages.out / "_static" / "apparatus.css").read_text(encoding="utf-8")
    assert re.findall(r'\.unplaced::?after\{content:"([^"]*)"', sheet)[-1] == " — ξξξξξ ξξξ ξξξξξ ξξ ξξξ ξξξξ"


def test_no_row_of_the_search_is_untranslated(pages: Built) -> None:
    rows = json.loads(
        (pages.out / "_static" / "passages.js")
        .read_text(encoding="utf-8")
        .removeprefix("var apparatusSearch = ")
        .rstrip(";\n")
    )["rows"]
    words = html.unescape(json.dumps(rows, ensure_ascii=False))
    keys = {"note", "conjecture", "remark", "variant"}  # kinds, which the script says
    found = set(re.findall(r"[A-Za-z]{2,}", NAMES.sub("", re.sub(r'"[\w.]+-[a-z]\d+"', "", words))))
    assert found - keys - {"text", "all", "witnesses", "names", "time", "index"} == set()


def test_no_word_of_the_book_for_devices_is_untranslated(source: Path) -> None:
    made = built(source, builder="epub", version="1", copyright="ε", author="ε", epub_description="ε")
    for path in sorted(made.out.glob("*.xhtml")):
        assert latin(path.read_text(encoding="utf-8")) == [], path.name
    package = (made.out / "content.opf").read_text(encoding="utf-8")
    assert "<dc:language>el</dc:language>" in package
    contents = (made.out / "toc.ncx").read_text(encoding="utf-8")
    assert latin(re.sub(r"<meta[^>]*>", "", contents)) == []


@pytest.mark.parametrize("config", [{}, {"apparatus_layout": "facing"}, {"apparatus_section": "1"}], ids=str)
def test_no_word_of_the_printed_book_is_untranslated(source: Path, config: dict[str, str]) -> None:
    made = built(source, builder="latex", release="1", **config)
    (file,) = made.out.glob("*.tex")
    tex = file.read_text(encoding="utf-8")
    renewed = re.findall(r"\\renewcommand\\(?:critsays\w+|critversion)(?:\[\d\])?\{(.*)\}", tex)
    assert renewed and all(not re.search("[A-Za-z]{2}", COMMANDS.sub("", words)) for words in renewed)
    body = tex[tex.index(r"\begin{document}") :]
    assert left_in(body) == []


def left_in(body: str) -> list[str]:
    """The Latin words that a reader of the body would meet."""
    words = re.sub(r"\\critlanguage\{en\}\{.*\}", " ", body)  # a reference in an English style
    words = re.sub(r"\b[0-9a-f]{16,}\b", " ", words)  # digests
    words = COMMANDS.sub(" ", words)
    words = re.sub(r"\{[^{}\s]*[:@/=.#-][^{}\s]*\}|\[[^\]]*\]", " ", words)  # labels, files, lengths
    return [word for word in re.findall(r"[A-Za-z]{3,}", NAMES.sub("", words)) if word not in OF_TEX]


#: Names of environments, kinds, labels and of the editor's Latin.
OF_TEX = {
    *(
        "document",
        "bibliographylist",
        "description",
        "longtable",
        "picture",
        "quote",
        "savenotes",
        "tabular",
        "varwidth",
    ),
    *("chapter", "paragraph", "sphinxuseclass", "std", "digest", "empty", "normal", "plain", "fill", "plus"),
    "socrates",  # the key of an entry of the register
    "SHA",  # of SHA-256, whose hyphen is a command
}


def test_every_word_of_the_style_files_can_be_renewed() -> None:
    from apparatus.sphinxext.latex.settings import THEME
    from apparatus.sphinxext.latex.words import IN_FACING, IN_FEET, IN_NAMES, IN_OFFPRINT

    files = "".join(path.read_text(encoding="utf-8") for path in THEME.glob("*.sty"))
    said = set(re.findall(r"\\newcommand\\(critsays\w+)", files)) - {
        "critsayslate"
    }  # the number of a page alone
    assert said == {*IN_NAMES, *IN_FACING, *IN_FEET, *IN_OFFPRINT}


@pytest.fixture(scope="module")
def pseudo_voice() -> Voice:
    messages_of, problems = read_catalogue(pseudo_catalogue().encode(), "pseudo.po", "el")
    assert messages_of and not problems
    return Voice("el", messages_of)


WORKS = """
@book{a, author={Αʹ, Β and Γʹ, Δ and others}, title={Ἔργον}, edition={2}, volume={3}, series={Σειρά}, number={4},
  address={Ἀθῆναι}, publisher={Οἶκος}, year={1990}, pagetotal={200}, isbn={1}, doi={10.1/2}, url={https://1.2}, urldate={2026}}
@book{b, editor={Αʹ, Β}, title={Ἔργον}, translator={Γʹ, Δ}, volumes={2}, edition={δευτέρα}}
@book{c, editor={Αʹ, Β and Γʹ, Δ}, author={Εʹ, Ζ}, title={Ἔργον}, edition={11}}
@book{d, title={Ἔργον}, edition={1}, editor={Αʹ, Β and Γʹ, Δ}}
@article{e, author={Αʹ, Β}, title={Λόγος}, journal={Φύλλα}, volume={1}, number={2}, year={1991}, pages={1--2}}
@incollection{f, author={Αʹ, Β}, title={Λόγος}, booktitle={Σύμμεικτα}, editor={Γʹ, Δ}, volume={2}, pages={3}, edition={3}}
@phdthesis{g, author={Αʹ, Β}, title={Λόγος}, school={Σχολή}, year={1992}}
@mastersthesis{h, author={Αʹ, Β}, title={Λόγος}, school={Σχολή}, year={1992}}
@thesis{i, author={Αʹ, Β}, title={Λόγος}, school={Σχολή}, year={1992}}
"""


def test_no_word_of_a_bibliography_is_untranslated(pseudo_voice: Voice) -> None:
    made = style_for(DEFAULT, pseudo_voice)().format_bibliography(parse_string(WORKS, "bibtex"))
    for entry in made:
        said = re.sub(
            r"et al\.|\bISBN\b|\bDOI\b|https://\S+", "", entry.text.render_as("text")
        )  # the same everywhere
        assert "ξ" in said or entry.key == "e", said
        assert not re.search("[A-Za-z]", said), said


def test_what_drawings_and_measures_say_is_translated(pseudo_voice: Voice) -> None:
    days = [Point(1, date(1942, 7, 12), date(1942, 7, 12), True, False)]
    said = [
        describe_years(days, "1", "2", pseudo_voice),
        describe_places([Site("Κίεβον", -30.5, -50.5), Site("Πράγα", 14.4, 50.1)], pseudo_voice),
        describe_sections([Row("1", 5, [1], [2])], pseudo_voice),
        *pseudo_voice.months(),
        Download("pdf", Path("a.pdf"), 1200, 7).measure(pseudo_voice),
        Download("pdf", Path("a.pdf"), 1_200_000).measure(pseudo_voice),
        str(Printed(Spot("7", 1), Spot("7", 3)).said(pseudo_voice)),
        str(Printed(Spot("7", 1), Spot("8", 3)).said(pseudo_voice)),
        disregarded(("nfc", "casefold"), pseudo_voice),
        reference(Work("Ἔργον", "1", released="2026"), "2.3", pseudo_voice),
    ]
    assert [words for words in said if re.search("[A-Za-z]", words)] == []
