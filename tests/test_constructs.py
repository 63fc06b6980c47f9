"""Everything inside edited text is text, or declared not to be, or reported: the list of constructs is the test."""

from __future__ import annotations

import inspect
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest
from building import CONF, ROOT, Built, build, project
from docutils import nodes as dn
from docutils.parsers.rst import directives, roles
from myst_parser.config.main import check_extensions
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from apparatus.sphinxext import report
from apparatus.sphinxext.domain import domain_of
from apparatus.sphinxext.tree.constructs import BLOCKS, INLINE

MANUAL = Path(__file__).parent.parent / "source" / "manual" / "configuration.md"
LISTS = "list of witnesses, whole apparatus, index of names, figures and the like"
TEXT, REPORTED, WORDLESS = "text", "reported", "no words"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c6360000000020001e221bc33"
    "0000000049454e44ae426082"
)


@dataclass(frozen=True)
class Specimen:
    """A construct as a document of edited text has it."""

    row: str  #: of the manual's table
    sort: str
    source: str
    words: str = "word"  #: what of it stands on the page
    inline: bool = False


def inline(row: str, sort: str, source: str, words: str = "word") -> Specimen:
    return Specimen(row, sort, source, words, inline=True)


SPECIMENS = {
    "paragraph": Specimen("paragraph", TEXT, "A word."),
    "heading": Specimen("heading", TEXT, "## A word"),
    "subtitle": Specimen("heading", TEXT, "{.subtitle}\nA word."),
    "bullets": Specimen("list, with its bullets, and its numbers from 1", TEXT, "- A word.\n- Two."),
    "numbers": Specimen("list, with its bullets, and its numbers from 1", TEXT, "1. A word.\n2. Two."),
    "tasks": Specimen("list, with its bullets, and its numbers from 1", TEXT, "- [ ] A word."),
    "definitions": Specimen("definition list, glossary", TEXT, "Term\n: A word."),
    "glossary": Specimen("definition list, glossary", TEXT, ":::{glossary}\nTerm\n  A word.\n:::"),
    "quotation": Specimen("quotation, epigraph, with its attribution", TEXT, "> A word."),
    "epigraph": Specimen("quotation, epigraph, with its attribution", TEXT, ":::{epigraph}\nA word.\n\n-- Him\n:::"),
    "verse": Specimen("verse, lines", TEXT, ":::{verse}\nA word\ntwo\n:::"),
    "table": Specimen("table, with its title", TEXT, "| A word |\n|---|\n| two |"),
    "titled": Specimen("table, with its title", TEXT, ":::{table} A word\n\n| two |\n|---|\n| three |\n:::"),
    "container": Specimen("container", TEXT, ":::{container} some\nA word.\n:::"),
    "columns": Specimen("container", TEXT, ":::{hlist}\n- A word\n- Two\n:::"),
    "rubric": Specimen("heading", TEXT, ":::{rubric} A word\n:::"),
    "emphasis": inline("emphasis, code, raised and lowered letters, roles for words", TEXT, "*a* **word** `code`"),
    "raised": inline("emphasis, code, raised and lowered letters, roles for words", TEXT, "{sup}`a` {sub}`word`"),
    "roles": inline("emphasis, code, raised and lowered letters, roles for words", TEXT, "{kbd}`a` {file}`word`"),
    "struck": inline("emphasis, code, raised and lowered letters, roles for words", TEXT, "a ~~word~~"),
    "class": inline("emphasis, code, raised and lowered letters, roles for words", TEXT, "[a word]{.language-la}"),
    "abbreviation": inline("abbreviation, its words", TEXT, "{abbr}`word (that is)`"),
    "link": inline("link with words of its own", TEXT, "[word](https://example.org)"),
    "reference": inline("link with words of its own", TEXT, "[word](other.md)"),
    "explicit": inline("link with words of its own", TEXT, "{doc}`word <other>`"),
    "term": inline("link with words of its own", TEXT, "{index}`word`"),
    "break": inline("hard line break", TEXT, "a\\\nword"),
    "substituted": inline("substitution", TEXT, "{{ sub }}"),
    "comment": Specimen("comment, target, index mark, rule", WORDLESS, "% a word", ""),
    "target": Specimen("comment, target, index mark, rule", WORDLESS, "(a-word)=", ""),
    "rule": Specimen("comment, target, index mark, rule", WORDLESS, "***", ""),
    "indexmark": Specimen("comment, target, index mark, rule", WORDLESS, ":::{index} word\n:::", ""),
    "htmlcomment": Specimen("comment, target, index mark, rule", WORDLESS, "<!-- a word -->", ""),
    "hidden": Specimen("comment, target, index mark, rule", WORDLESS, ":::{toctree}\n:hidden:\n\nother\n:::", ""),
    "code": Specimen("code, indented paragraph", REPORTED, "```\nA word\n```"),
    "indented": Specimen("code, indented paragraph", REPORTED, "    A word", "A word"),
    "formula": Specimen("formula", REPORTED, "$$word$$"),
    "inlineformula": inline("formula", REPORTED, "$word$"),
    "note": Specimen("box: note, admonition, sidebar, topic", REPORTED, ":::{note}\nA word.\n:::"),
    "admonition": Specimen("box: note, admonition, sidebar, topic", REPORTED, ":::{admonition} A word\nTwo.\n:::"),
    "seealso": Specimen("box: note, admonition, sidebar, topic", REPORTED, ":::{seealso}\nA word.\n:::"),
    "sidebar": Specimen("box: note, admonition, sidebar, topic", REPORTED, ":::{sidebar} A word\nTwo.\n:::"),
    "topic": Specimen("box: note, admonition, sidebar, topic", REPORTED, ":::{topic} A word\nTwo.\n:::"),
    "contents": Specimen("table of contents", REPORTED, ":::{contents} A word\n:::", "A word"),
    "toctree": Specimen("table of contents", REPORTED, ":::{toctree}\nother\n:::", "Other"),
    "image": Specimen("picture, figure with its caption", REPORTED, "![](picture.png)", ""),
    "inlineimage": inline("picture, figure with its caption", REPORTED, "![](picture.png)", ""),
    "figure": Specimen("picture, figure with its caption", REPORTED, ":::{figure} picture.png\nA word.\n:::"),
    "caption": Specimen(
        "picture, figure with its caption", REPORTED, ":::{code-block} text\n:caption: A word\n\ntwo\n:::"
    ),
    "centred": Specimen("centred line", REPORTED, ":::{centered} A word\n:::"),
    "only": Specimen("what only some outputs or colours have", REPORTED, ":::{only} html\nA word.\n:::"),
    "dark": Specimen("what only some outputs or colours have", REPORTED, "{.only-dark}\nA word."),
    "inlinedark": inline("what only some outputs or colours have", REPORTED, "[word]{.only-light}"),
    "fields": Specimen("fields, options, descriptions of programs", REPORTED, ":name: a word"),
    "changed": Specimen("fields, options, descriptions of programs", REPORTED, ":::{versionadded} 1\nA word.\n:::"),
    "persons": Specimen(LISTS, REPORTED, ":::{conspectus}\n:::", "copy"),
    "whole": Specimen(LISTS, REPORTED, ":::{whole-apparatus}\n:::", "Two"),
    "function": Specimen("fields, options, descriptions of programs", REPORTED, ":::{py:function} word()\n:::"),
    "empty": inline("link or role whose words the build makes", REPORTED, "[](other.md)", "Other"),

    "made": inline("link or role whose words the build makes", REPORTED, "{doc}`other`", "Other"),
    "number": inline("link or role whose words the build makes", REPORTED, "[](#1.1)", "1.1"),
    "role": inline("link or role whose words the build makes", REPORTED, "{entry}`1.1: One`", "1.1"),
    "year": Specimen("list that begins with another number than 1", REPORTED, "1942. The word"),
    "footnote": Specimen("footnote", REPORTED, "One[^a]\n\n[^a]: A word."),
}  # fmt: skip
OPTIONS = """
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist", "dollarmath", "tasklist", "strikethrough",
    "substitution", "attrs_block", "attrs_inline"]
myst_substitutions = {"sub": "a word"}
html_theme = "basic"
"""


def marked(specimen: Specimen) -> str:
    """The same, declared by the editor."""
    if specimen.row == "footnote":
        return specimen.source.replace("[^a]: ", "[^a]: {.editorial-text}\n    ")
    if specimen.inline:
        return f"[{specimen.source}]{{.editorial-text}}"
    return f"{{.editorial-text}}\n{specimen.source}"


def document(specimen: Specimen, source: str, number: int) -> str:
    body = f"Before {source} after." if specimen.inline else f"Before.\n\n{source}\n\nAfter."
    return f"---\nedited-text: {number}\n---\n\n# The title\n\n{body}\n"


def built(folder: Path, sources: dict[str, str], **options: object) -> Built:
    files = {
        f"{name}.md": document(SPECIMENS[name], source, 10 * n)
        for n, (name, source) in enumerate(sources.items(), 1)
    }
    files["other.md"] = "# Other\n\nA page.\n"
    first = "# First\n\nOne.\n\n:::{apparatus}\nOne ] Two A\n:::\n"
    witnesses = '[witness.A]\nname = "the copy"\n'
    source = project(folder / "source", first, witnesses=witnesses, conf=CONF + OPTIONS, **files)
    (source / "picture.png").write_bytes(PICTURE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "MANY", len(sources))  # of one kind each is asked for
        return build(source, folder / "out", allow="any", **options)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("plain"), {name: s.source for name, s in SPECIMENS.items()})


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> Built:
    wanted = {name: marked(s) for name, s in SPECIMENS.items() if s.sort is not WORDLESS}
    return built(tmp_path_factory.mktemp("declared"), wanted)


def said(made: Built, name: str) -> list[str]:
    """The messages about a document, but for those of MyST about what it has not."""
    return [
        w
        for w in made.warnings
        if w.startswith(f"{name}.md:") and "[toc." not in w and "strikethrough" not in w
    ]


def text(made: Built, name: str) -> str:
    edition = domain_of(made.app.env).edition
    return " ".join(edition.text.blocks[i].text for i in edition.blocks_of[name])


def page(made: Built, name: str) -> str:
    """What is seen of a page."""
    body = re.search(r'<div class="body".*?<div class="clearer"', made.page(name), re.S)
    assert body
    return " ".join(re.sub(r"<[^>]+>", " ", body[0]).split())


@pytest.mark.parametrize("name", SPECIMENS)
def test_each_construct_is_text_or_reported_or_has_no_words(plain: Built, name: str) -> None:
    specimen = SPECIMENS[name]
    found = said(plain, name)
    assert text(plain, name).startswith("The title Before") and "fter." in text(plain, name)
    if specimen.sort is TEXT:
        assert found == [] and "word" in text(plain, name)
    elif specimen.sort is WORDLESS:
        assert found == [] and "word" not in text(plain, name)
    else:
        assert len(found) == 1 and found[0].endswith("[apparatus.not_text]"), found
        lines = "7" if specimen.inline else "8|9|10|11|12"
        assert re.match(rf"{name}\.md:({lines}):", found[0]), found
        assert specimen.words in page(plain, name)
        assert name in ("year", "dark", "inlinedark") or "word" not in text(plain, name)


@pytest.mark.parametrize("name", [name for name, s in SPECIMENS.items() if s.sort is not WORDLESS])
def test_what_the_editor_declares_is_no_text_is_marked_and_builds_clean(declared: Built, name: str) -> None:
    specimen = SPECIMENS[name]
    assert said(declared, name) == []
    assert text(declared, name).replace("One ", "") in ("The title Before. After.", "The title Before after.")
    assert specimen.words in page(declared, name)
    own_brackets = specimen.words and "whose words the build makes" not in specimen.row
    assert ("[" in page(declared, name) and "]" in page(declared, name)) or not own_brackets
    assert "editorial-text" in declared.page(name) or "editors-words" in declared.page(name)


@pytest.mark.parametrize(("builder", "name"), [("latex", "*.tex"), ("text", "*.txt"), ("epub", "*.xhtml")])
def test_what_is_declared_is_marked_in_every_output(tmp_path: Path, builder: str, name: str) -> None:
    names = ("paragraph", "bullets", "verse", "emphasis", "note", "table", "code", "heading")
    source = "# T\n\nOne.\n\n" + "\n\n".join(f"{marked(SPECIMENS[name])}\n\nText." for name in names)
    conf = CONF + OPTIONS
    made = build(project(tmp_path / "s", source, conf=conf), tmp_path / "o", builder=builder, allow="any")
    whole = "".join(path.read_text(encoding="utf-8") for path in sorted(made.out.glob(name)))
    plainly = re.sub(r"<[^>]+>|\\DUrole\{[\w-]+\}|[{}]", "", whole)
    for words in ("[A word.]", "[A word", "two]", "[A word.", "Two.]", "[The editors:]"):
        assert words in plainly, words


@pytest.mark.parametrize(
    "sheet", ["static/apparatus.css/03-reading.css", "epub/static/edition.css", "latex/crittext.sty"]
)
def test_what_is_declared_is_in_italics_on_screen_in_books_and_in_print(sheet: str) -> None:
    style = (ROOT / "apparatus" / sheet).read_text(encoding="utf-8")
    assert re.search(r"\.editors-words \{\s*font-style: italic|DUroleeditors-words\}#1\{\\textit", style)


def test_blanks_stay_on_both_sides_of_words_that_are_no_text(tmp_path: Path) -> None:
    text = "# T\n\nOne [of us]{.editorial-text} two {doc}`other` three, [no] four.\n\n:::{apparatus}\nOne ] Ein A\n:::\n"
    source = project(tmp_path / "s", text, conf=CONF + OPTIONS, **{"other.md": "# Other\n"})
    made = build(source, tmp_path / "o", builder="text", allow="any")
    assert domain_of(made.app.env).edition.text.blocks[1].text == "One two three, [no] four."
    page = (made.out / "index.txt").read_text(encoding="utf-8")
    assert "1.1 One [of us] two Other three, [no] four." in page


#: Classes that no document has by themselves.
ABSTRACT = ("Element", "TextElement", "FixedTextElement", "PureTextElement", "_desc_classes_injector")


@pytest.mark.parametrize("module", [dn, addnodes], ids=["docutils", "Sphinx"])
def test_every_class_of_the_tree_has_its_place_in_the_list(module: ModuleType) -> None:
    classes = {c for c in vars(module).values() if inspect.isclass(c) and issubclass(c, dn.Element)}
    unknown = {c.__name__ for c in classes if c not in BLOCKS and c not in INLINE} - set(ABSTRACT)
    assert unknown == set()


#: What can be written with a directive or a role, by the row of the table that it belongs to.
WORDS_OF_THE_TEXT = "emphasis, code, raised and lowered letters, roles for words"
MADE = "link or role whose words the build makes"
PROGRAMS = "fields, options, descriptions of programs"
BOXES = "box: note, admonition, sidebar, topic"
NOT_SEEN = "comment, target, index mark, rule"
RAW = "raw code"
DIRECTIVES = {
    "heading": "rubric",
    "list, with its bullets, and its numbers from 1": "acks",
    "definition list, glossary": "glossary std:glossary",
    "quotation, epigraph, with its attribution": "epigraph highlights pull-quote",
    "verse, lines": "verse line-block",
    "table, with its title": "table csv-table list-table",
    "container": "container compound hlist class cssclass rst-class include",
    LISTS: "whole-apparatus establishment references conspectus index-of-names chronology map who-is-who cast settings problem-kinds",
    NOT_SEEN: "index meta default-role role default-domain highlight tabularcolumns title target-notes "
    "c:namespace c:namespace-pop c:namespace-push cpp:namespace cpp:namespace-pop cpp:namespace-push py:currentmodule "
    "std:program",
    "substitution": "date replace unicode",
    "code, indented paragraph": "code code-block sourcecode parsed-literal literalinclude",
    "formula": "math",
    BOXES: "admonition attention caution danger error hint important note seealso sidebar tip topic warning",
    "table of contents": "toctree contents",
    "picture, figure with its caption": "image figure figure-md",
    "centred line": "centered",
    "what only some outputs or colours have": "only offline",
    PROGRAMS: "describe object deprecated version-added version-changed version-deprecated version-removed versionadded "
    "versionchanged versionremoved codeauthor moduleauthor sectionauthor std:cmdoption std:confval std:envvar "
    "std:option std:productionlist rst:directive rst:directive:option rst:role "
    "c:alias c:enum c:enumerator c:function c:macro c:member c:struct c:type c:union c:var "
    "cpp:alias cpp:class cpp:concept cpp:enum cpp:enum-class cpp:enum-struct cpp:enumerator cpp:function cpp:member "
    "cpp:struct cpp:type cpp:union cpp:var js:attribute js:class js:data js:function js:method js:module "
    "py:attribute py:class py:classmethod py:data py:decorator py:decoratormethod py:exception py:function py:method "
    "py:module py:property py:staticmethod py:type",
    "pages’ heads and feet, numbers of sections": "header footer sectnum",
    RAW: "raw",
    "series": "apparatus commentary",
    "a test of docutils": "restructuredtext-test-directive",
}
ROLES = {
    WORDS_OF_THE_TEXT: "code emphasis literal strong subscript superscript title-reference command dfn file guilabel kbd "
    "mailheader makevar manpage menuselection mimetype newsgroup program regexp samp pep rfc cve cwe pep-reference "
    "rfc-reference c:expr c:texpr cpp:expr cpp:texpr",
    "abbreviation, its words": "abbreviation acronym abbr",
    "link with words of its own": "download index std:confval std:envvar std:keyword std:option std:term std:token "
    "c:data c:enum c:enumerator c:func c:macro c:member c:struct c:type c:union c:var "
    "cpp:any cpp:class cpp:concept cpp:enum cpp:enumerator cpp:func cpp:member cpp:struct cpp:type cpp:union cpp:var "
    "js:attr js:class js:data js:func js:meth js:mod "
    "py:attr py:class py:const py:data py:deco py:exc py:func py:meth py:mod py:obj py:type rst:dir rst:role",
    MADE: "any eq math:numref std:doc std:numref std:ref entry note offered",
    "formula": "math",
    "substitution": "sub-ref",
    RAW: "raw",
    "docutils has them by name only": "anonymous-reference citation-reference footnote-reference named-reference "
    "restructuredtext-unimplemented-role substitution-reference target uri-reference",
}
#: Rows that are not of the table: nothing of them is a construct of the edited text.
NO_ROWS = {
    "pages’ heads and feet, numbers of sections",
    "series",
    "a test of docutils",
    "docutils has them by name only",
    RAW,  # which has tests of its own
}
#: The extensions of MyST, and what it can render, with the row of each.
EXTENSIONS = {
    "alert": BOXES,
    "amsmath": "formula",
    "attrs_block": "what is declared",
    "attrs_image": "picture, figure with its caption",
    "attrs_inline": "what is declared",
    "colon_fence": "directives",
    "deflist": "definition list, glossary",
    "dollarmath": "formula",
    "fieldlist": PROGRAMS,
    "gfm_autolink": "link with words of its own",
    "html_admonition": BOXES,
    "html_image": "picture, figure with its caption",
    "linkify": "link with words of its own",
    "replacements": "letters, as they are printed",
    "section_ref": "link with words of its own",
    "smartquotes": "letters, as they are printed",
    "strikethrough": WORDS_OF_THE_TEXT,
    "substitution": "substitution",
    "tasklist": "list, with its bullets, and its numbers from 1",
}
SYNTAX = {
    "paragraph": "paragraph inline text softbreak children",
    "heading": "heading",
    "list, with its bullets, and its numbers from 1": "bullet_list ordered_list list_item",
    "definition list, glossary": "dl",
    "quotation, epigraph, with its attribution": "blockquote",
    "table, with its title": "table table_row",
    WORDS_OF_THE_TEXT: "em strong s code_inline span",
    "link with words of its own": "link link_anchor link_inventory link_path link_project link_unknown link_url "
    "section_ref",
    "hard line break": "hardbreak",
    "substitution": "substitution substitution_block substitution_inline",
    NOT_SEEN: "hr myst_block_break myst_line_comment myst_target front_matter",
    "code, indented paragraph": "code_block fence colon_fence",
    "formula": "amsmath math_block math_block_label math_inline math_inline_double math_single",
    BOXES: "alert alert_title",
    "picture, figure with its caption": "image",
    PROGRAMS: "field_list",
    "footnote": "footnote_ref footnote_reference",
    "directives and roles": "directive myst_role restructuredtext",
    RAW: "html_block html_inline",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[set[str], set[str]]:
    """The names of all directives and all roles that a document may have."""
    folder = tmp_path_factory.mktemp("names")
    source = project(folder / "s", "# T\n\nOne.\n")
    with patch_docutils(str(source)), docutils_namespace():
        app = Sphinx(source, source, folder / "o", folder / "d", "html", status=None, warning=io.StringIO())
        domains = app.registry.domains
        found = [
            {
                *own,
                *docutils,
                *(
                    f"{name}:{each}"
                    for name in domains
                    for each in [*getattr(domains[name], kind), *ours(name)]
                ),
            }
            for kind, own, docutils, ours in (
                (
                    "directives",
                    directives._directives,
                    directives._directive_registry,
                    _added(app.registry.domain_directives),
                ),
                ("roles", roles._roles, roles._role_registry, _added(app.registry.domain_roles)),
            )
        ]
    return found[0], found[1]


def _added(table: dict[str, dict[str, object]]) -> Callable[[str], list[str]]:
    return lambda name: list(table.get(name, ()))


@pytest.mark.parametrize(("which", "listed"), [(0, DIRECTIVES), (1, ROLES)], ids=["directives", "roles"])
def test_every_directive_and_every_role_has_its_row(
    written: tuple[set[str], set[str]], which: int, listed: dict[str, str]
) -> None:
    known = {name for names in listed.values() for name in names.split()}
    assert {name for name in written[which] if name not in known} == set()
    assert set(listed) - NO_ROWS <= {specimen.row for specimen in SPECIMENS.values()}


def test_every_extension_of_the_syntax_of_myst_has_its_row() -> None:
    known = re.findall(r'^ +"([a-z_]+)",$', inspect.getsource(check_extensions), re.M)
    assert len(known) > 15 and set(known) - set(EXTENSIONS) == set()


def test_all_that_myst_can_render_has_its_row() -> None:
    known = {name for names in SYNTAX.values() for name in names.split()}
    rendered = {name.removeprefix("render_") for name in dir(SphinxRenderer) if name.startswith("render_")}
    assert rendered - known == set()


def test_a_heading_that_is_declared_is_the_heading_alone_and_a_series_finds_its_host(tmp_path: Path) -> None:
    source = (
        "# T\n\nOne.\n\n{.editorial-text}\n## Theirs\n\nTwo three.\n\n:::{apparatus}\nTwo ] Zwei A\n:::\n\n"
        "- four\n\n  {.editorial-text}\n  five\n\n  :::{apparatus}\n  four ] vier A\n  :::\n"
    )
    made = build(project(tmp_path / "s", source, conf=CONF + OPTIONS), tmp_path / "o", allow="siglum_unused")
    edition = domain_of(made.app.env).edition
    assert [b.text for b in edition.text.blocks] == ["T", "One.", "Two three.", "four"]
    assert [entry.words for entry in edition.entries] == ["Two", "four"]


@pytest.mark.parametrize(
    "host",
    [
        "{.editorial-text}\n::::{note}\nA box.\n\nSERIES\n::::\n",
        "::::{topic} A box\nA box.\n\nSERIES\n::::\n",
        "::::{sidebar} A box\nA box.\n\nSERIES\n::::\n",
        "{.editorial-text}\n::::{container} c\nTheirs.\n\nSERIES\n::::\n",
        "One[^a]\n\n[^a]: A note.\n\n    SERIES\n",
    ],
)
def test_a_series_in_what_is_no_text_is_reported_at_its_entries_and_prints_them(
    tmp_path: Path, host: str
) -> None:
    series = ":::{apparatus}\nbox ] chest A\n1.1: Text ] Script A\n:::"
    indent = "    " if "    SERIES" in host else ""
    source = "# T\n\nText.\n\n" + host.replace("SERIES", series.replace("\n", f"\n{indent}"))
    made = build(project(tmp_path / "s", source, conf=CONF + OPTIONS), tmp_path / "o", allow="any")
    (lost,) = [w for w in made.warnings if "no_host" in w]
    assert "no block of edited text stands before this" in lost
    edition = domain_of(made.app.env).edition
    assert [entry.words for entry in edition.entries] == ["Text", ""]
    assert "Script" in made.page("index") and "chest" in made.page("index")


@pytest.mark.parametrize("name", ["footnotes", "references"])
@pytest.mark.parametrize(("value", "count"), [("uncompared", 0), ("", 1), ("nonsense", 2)])
def test_footnotes_and_references_are_declared_in_the_front_matter_or_told_once(
    tmp_path: Path, name: str, value: str, count: int
) -> None:
    front = f"---\nedited-text: 1\n{f'{name}: {value}' if value else ''}\n---\n\n"
    many = "One[^a] two[^b].\n\n[^a]: A note.\n\n[^b]: Another.\n"
    many = many if name == "footnotes" else "One {doc}`other` two [](#1.1).\n\nThree {doc}`other`.\n"
    pages = {"index.md": f"{front}# T\n\n{many}", "other.md": "# Other\n"}
    made = build(project(tmp_path / "s", "", **pages), tmp_path / "o", allow="any")
    found = [w for w in made.warnings if "not_text" in w or "bad_front_matter" in w]
    assert len(found) == count
    assert not count or f"write `{name}: uncompared` in the front matter" in "".join(found)
    if name == "references":
        assert ("[Other]" in re.sub(r"<[^>]+>", "", made.page("index"))) == (value == "uncompared")
        text = " ".join(block.text for block in domain_of(made.app.env).edition.text.blocks)
        assert text == "T One two . Three ."


def test_the_manual_has_the_list() -> None:
    table = dict(
        re.findall(r"^\| ([^|]+?) \| (text|reported|no words)\b", MANUAL.read_text(encoding="utf-8"), re.M)
    )
    assert table == {specimen.row: specimen.sort for specimen in SPECIMENS.values()}


@pytest.mark.parametrize(
    "source", ['<p class="passage">A word.</p>', "Before <b>a</b> word.", ":::{raw} html\nA word.\n:::"]
)
def test_raw_code_that_is_let_through_is_reported_as_no_text(tmp_path: Path, source: str) -> None:
    folder = project(tmp_path / "s", f"# T\n\nOne.\n\n{source}\n", conf=CONF + OPTIONS)
    trusted = build(folder, tmp_path / "o", allow="any", apparatus_trusted_sources=True)
    assert any("raw code stands in the edited text" in warning for warning in trusted.warnings)
    shown = build(folder, tmp_path / "p", allow="any")
    assert any("untrusted" in warning for warning in shown.warnings)
    assert "&lt;" in shown.page("index") or "A word." in text(shown, "index")


def test_the_notes_below_what_is_declared_are_not_bracketed(tmp_path: Path) -> None:
    source = "# T\n\nOne.\n\n{.editorial-text}\n- Theirs.\n\n  :::{commentary}\n  One ] A note.\n  :::\n"
    made = build(project(tmp_path / "s", source, conf=CONF + OPTIONS), tmp_path / "o", allow="any")
    page = re.sub(r"<[^>]+>", "", made.page("index"))
    assert "[Theirs.]" in page and "A note." in page and "[A note." not in page
