"""Each span in its language: how it is divided, and what the file says of it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest
from building import CONF, build, project
from printing import Paper, typeset
from sampling import CHAPTERS, section_of

from apparatus.hyphenation import RULES
from apparatus.sphinxext.latex.dates import date_format
from apparatus.sphinxext.latex.division import write_patterns

pytestmark = pytest.mark.tex

WORD = "constantinopolitanorum"
PARTS = ["con", "stan", "ti", "no", "po", "li", "ta", "no", "rum"]
LATIN = f"""\
---
edited-text: 1
lang: la
---

# De fele

{" ".join([WORD] * 60)} et feles.

:::{{apparatus}}
feles ] {" ".join([WORD] * 30)} canes A
:::

:::{{commentary}}
et ] Vgl. {" ".join(["Getreidevorratshaltung"] * 20)}.
:::
"""
ONE = '[witness.A]\nname = "the only copy"\n'
DIVIDED = Path(__file__).parent / "data" / "hyphenation"
SECTION = section_of("languages")


def content(paper: Paper) -> str:
    """The page of the chapter with nothing compressed, as far as it is text."""
    page = str(paper.places[SECTION].page)
    pages = ["--pages", str(paper.pdf), page, "--"]
    command = ["qpdf", "--empty", "--qdf", "--object-streams=disable", *pages, "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("latin-1")


def marked(content: str) -> list[tuple[str, int]]:
    """Each stretch of marked content: its language, and how many letters it has."""
    found = re.findall(r"/Span <</Lang \(([\w-]+)\)>> BDC\n(.*?)EMC\n", content, re.DOTALL)
    return [(tag, sum(len(h) // 4 for h in re.findall(r"<([0-9a-f]+)>", text))) for tag, text in found]


def test_words_in_another_language_are_marked_in_the_file(sample: Paper) -> None:
    found = marked(content(sample))
    assert found.count(("de", len("Befreiungsarmee"))) == 2  # in the text and in its note
    assert found.count(("ru", len("Власов"))) == 1
    assert found.count(("ru", len("мир"))) == 1
    assert sum(letters for tag, letters in found if tag == "ru-Latn") == len("[Vlasov]")
    assert ("da", len("efterforskning")) in found
    assert {tag for tag, _ in found} == {"de", "ru", "ru-Latn", "da"}


def test_the_screen_says_the_language_too(tmp_path: Path) -> None:
    text = (CHAPTERS / "languages.md").read_text(encoding="utf-8").partition("# Languages")[2]
    source = project(tmp_path / "source", f"# T{text}", witnesses=ONE)
    page = build(source, tmp_path / "out").page("index")
    assert page.count('<span lang="de">Befreiungsarmee</span>') == 2
    assert '<span lang="da"><em>efterforskning</em></span>' in page


def test_marked_content_is_closed_and_stands_outside_text_objects(sample: Paper) -> None:
    operators = re.findall(r"\b(BDC|EMC|BT|ET)$", content(sample), re.MULTILINE)
    line = " ".join(operators)
    assert operators.count("BDC") == operators.count("EMC") > 0
    assert re.fullmatch(r"(BT ET ?|BDC (BT ET )+EMC ?)*", line), line


#: Asks TeX where it would divide words: before they are set, whatever face has their letters.
ASK = r"""
\directlua{
  local glue, glyph, disc = node.id("glue"), node.id("glyph"), node.id("disc")
  function divided(words)
    local head = node.new(glue)
    local last = head
    local function put(one) last.next = one; one.prev = last; last = one end
    for _, c in utf8.codes(words) do
      local one = node.new(c == 32 and glue or glyph)
      if c \string~= 32 then
        one.char, one.font, one.subtype, one.lang = c, font.current(), 1, tex.language
        one.left, one.right, one.uchyph = tex.lefthyphenmin, tex.righthyphenmin, 1
      end
      put(one)
    end
    put(node.new(glue))
    lang.hyphenate(head, last)
    local said = {}
    for one in node.traverse(head) do
      said[\string#said + 1] = one.id == disc and "-" or one.id == glyph and utf8.char(one.char) or " "
    end
    texio.write_nl("log", "DIVIDED" .. table.concat(said) .. "|")
  end
}
"""


def divisions(paper: Paper, words: dict[str, list[str]]) -> dict[str, list[str]]:
    """How the book divides words, by their languages: asked of LuaLaTeX in one run."""
    tex = next(paper.built.out.glob("*.tex")).read_text(encoding="utf-8")
    calls = [
        f'\\critlanguage{{{tag}}}{{\\directlua{{divided("{" ".join(all_)}")}}}}'
        for tag, all_ in words.items()
    ]
    asked, begin = paper.built.out / "hyphens.tex", "\\begin{document}"
    asked.write_text(tex.replace(begin, f"{begin}{ASK}{''.join(calls)}\\stop", 1), encoding="utf-8")
    command = ["lualatex", "-interaction=nonstopmode", "-draftmode", asked.name]
    env = os.environ | {"max_print_line": "100000"}
    ran = subprocess.run(command, cwd=asked.parent, env=env, capture_output=True, text=True, check=False)
    asked.unlink()
    said = asked.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    lines = re.findall(r"^DIVIDED(.*)\|", said, re.MULTILINE)
    assert len(lines) == len(words), ran.stdout[-2000:]
    return {tag: line.split() for tag, line in zip(words, lines, strict=True)}


def test_words_are_divided_by_the_rules_of_their_language_and_without_rules_not_at_all(sample: Paper) -> None:
    """British, German and Russian as up to version 1.2, the others as pyphen or the set of the language has it.

    What the sets have was held against the rule of each language, and words in which they differ from it were left out:
    *st* stays whole in old German; Latin by speech (*ma-gnus*), by etymology (classical: *ad-eo*), as sung (*pu-el-la*);
    Greek, Sanskrit and Armenian by the rules that their authors put into the sets; in Church Slavonic, Georgian and Coptic each
    part has a vowel. Of Coptic its author says that it is experimental.
    """
    known = {file.stem: file.read_text(encoding="utf-8").split() for file in DIVIDED.glob("*.txt")}
    assert len(known) == 20 and all(len(words) >= 50 for words in known.values())
    there = set(sample.built.out.glob("hyph-*"))
    for tag in known:
        assert write_patterns(tag, RULES[tag], sample.built.out)
    known["got"] = ["gudjinassaus"]  # in the table is no Gothic
    asked = {tag: [word.replace("-", "") for word in words] for tag, words in known.items()}
    assert divisions(sample, asked) == known
    for file in set(sample.built.out.glob("hyph-*")) - there:
        file.unlink()


def test_only_the_patterns_of_the_book_s_languages_lie_beside_it(sample: Paper) -> None:
    found = {file.name for file in sample.built.out.glob("hyph-*")}
    others = {f"hyph-{tag}.pat.txt" for tag in ("da", "de", "ru")}
    assert found == {"hyph-en-GB.pat.txt", "hyph-ru.hyp.txt", *others}


def test_what_is_no_language_tag_does_not_reach_tex(tmp_path: Path) -> None:
    text = '# A\n\nThe [cat]{class="language-x}\\\\input{y"} and [dog]{.language-de_x} sat.\n'
    built = build(
        project(tmp_path / "source", text, witnesses=""),
        tmp_path / "out",
        builder="latex",
        allow="unknown_language",
    )
    assert "\\critlanguage{" not in next(built.out.glob("*.tex")).read_text(encoding="utf-8")


def test_a_lemma_ends_before_the_transliteration_of_what_it_stands_in(tmp_path: Path) -> None:
    lines = "мир ] Мир A\nНовый мир ] Старый мир A\n"
    text = f"# A\n\nHe read Новый мир, and left.\n\n:::{{apparatus}}\n{lines}:::\n"
    tex = build(project(tmp_path / "source", text, witnesses=ONE), tmp_path / "out", builder="latex").out
    (book,) = (file.read_text(encoding="utf-8") for file in tex.glob("*.tex"))
    ends = re.findall(r"\\(lemmaend|transliteration)\{([^{}]*)", book)
    assert [end[0] for end in ends] == ["lemmaend", "lemmaend", "transliteration"]
    assert {name for kind, name in ends if kind == "lemmaend"} == {"1.1-a1", "1.1-a2"}


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Paper:
    """A German edition of a Latin text."""
    folder = tmp_path_factory.mktemp("german")
    front = (
        "# Einleitung\n\n"
        + "Handschriftenbeschreibungen " * 30
        + "\n\n# Praefatio\n\n```{toctree}\ntext\n```\n"
    )
    source = project(
        folder / "source", "", conf=f'{CONF}project = "De fele"\nlanguage = "de"\n', witnesses=ONE
    )
    (source / "index.md").write_text(front, encoding="utf-8")
    (source / "text.md").write_text(LATIN, encoding="utf-8")
    return typeset(source, folder / "out")


def cut(pdf: Path, word: str) -> set[str]:
    """What of a word stands at the ends of lines."""
    text = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    ends = re.findall(r"(\w+)-$", text, re.MULTILINE)
    return {end for end in ends if word.startswith(end)}


def test_a_german_edition_of_a_latin_text_divides_each_by_its_own_rules(german: Paper) -> None:
    latin = cut(german.pdf, WORD)
    assert latin and latin <= {"".join(PARTS[:n]) for n in range(1, len(PARTS))}
    notes = ["Ge", "trei", "de", "vor", "rats", "hal", "tung"]
    found = cut(german.pdf, "Getreidevorratshaltung")
    assert found and found <= {"".join(notes[:n]) for n in range(1, len(notes))}
    assert cut(german.pdf, "Handschriftenbeschreibungen")


def test_the_book_is_in_the_language_of_its_editors(german: Paper) -> None:
    command = ["qpdf", "--qdf", "--object-streams=disable", str(german.pdf), "-"]
    file = subprocess.run(command, capture_output=True, check=True).stdout.decode("latin-1")
    assert re.search(r"/Lang \(de\)\s+/Metadata", file)
    assert {tag for tag, _ in marked(file)} == {"la"}
    words = sum(letters for tag, letters in marked(file) if tag == "la")
    assert words >= 90 * len(WORD)  # the text, and the reading in its entry
    text = subprocess.run(
        ["pdftotext", str(german.pdf), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Inhaltsverzeichnis" in text and "Contents" not in text


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ("en-GB", "%-d %B %Y"),
        ("de", "%-d. %B %Y"),
        ("fr", "%-d %B %Y"),
        ("es", "%-d de %B de %Y"),
        ("ru", "%-d %B %Y г."),
        ("en-US", "%B %-d, %Y"),
        ("got", "%-d %B %Y"),
    ],
)
def test_a_day_is_written_as_the_language_has_it(language: str, form: str) -> None:
    assert date_format(language).replace("\u202f", " ").replace("\xa0", " ") == form


def test_a_book_has_no_index_of_software(tmp_path: Path) -> None:
    """Sphinx would print one of the modules of Python that are named, after every other index."""
    text = "# A\n\nThe cat sat.\n\n```{toctree}\n:hidden:\n\nmore\n```\n"
    more = "# More\n\n```{py:module} cats\n:synopsis: Of cats.\n```\n\nWords.\n"
    built = build(
        project(tmp_path / "source", text, witnesses="", **{"more.md": more}),
        tmp_path / "out",
        builder="latex",
    )
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "Words." in tex
    assert "Module Index" not in tex
