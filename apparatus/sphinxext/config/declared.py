"""Every setting of an edition. To add one is to add a field here.

A field says what the setting is by default, what a change of it makes Sphinx do again, and in one
line what it means. From this the settings are registered, checked and kept, and the tables of the
manual printed.
"""

from __future__ import annotations

import dataclasses
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, get_type_hints

from apparatus.classes import BY_RULE_ALONE, RULES, Cause, Classification, VariantClass
from apparatus.edition import Series
from apparatus.problems import ProblemKind
from apparatus.reference_systems import ReferenceSystem
from apparatus.render.style import LATIN, STYLE, HouseStyle
from apparatus.script import DEFAULT, SCHEMES
from apparatus.script.romanisation import ROMANISATIONS
from apparatus.sphinxext.config.declare import Declared, Setting, part, setting
from apparatus.voice import phrase

#: Bytes in the name of a file.
LONGEST_NAME = 255


def is_path(value: str) -> bool:
    """Whether it can be the path of a file: no part of it is longer than file systems allow."""
    return all(len(part) <= LONGEST_NAME for part in os.fsencode(value).split(b"/"))


def is_archive(value: str) -> bool:
    """Whether it names a zip in the folder itself, and no file that is hidden there."""
    return is_path(value) and bool(re.fullmatch(r"[^./\\][^/\\]*\.zip", value))


def is_letter(value: str) -> bool:
    """Whether it can be the letter in an anchor, as ``a`` in 2.3-a1."""
    return value.isalpha()


def is_tag(value: str) -> bool:
    """Whether it looks like a language tag (BCP 47)."""
    return bool(re.fullmatch("[A-Za-z]+(-[A-Za-z0-9]+)*", value))


def is_date(value: str) -> bool:
    """Whether it is a day, a month or a year that the calendar has."""
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def is_doi(value: str) -> bool:
    """Whether it is a DOI without an address before it (ISO 26324; the form that Crossref gives for those in use)."""
    return not value or bool(re.fullmatch(r'10\.\d{4,9}/[^\s"<>]+', value))


DOI = "a DOI such as 10.5281/zenodo.1234567, without https://doi.org/"


def is_pair(value: Sequence[str]) -> bool:
    """Whether it is two signs, one that opens and one that closes."""
    return len(value) == 2


def is_count(value: int) -> bool:
    """Whether it is a possible number of words."""
    return value >= 1


def are_figures(value: str) -> bool:
    """Whether it has a sign for each of the ten figures."""
    return len(value) == len(STYLE.figures)


def are_latin(value: Mapping[Any, Any]) -> bool:
    """Whether each of its keys is one of the editor's words and each value the form in which it is printed."""
    return all(word in LATIN and type(said) is str and bool(said.strip()) for word, said in value.items())


def are_faces(value: Mapping[Any, Any]) -> bool:
    """Whether each key is the code of a script, or says which face is the book's own, and each value names a face."""
    return all(
        type(script) is str
        and (script == MAIN_FACE or re.fullmatch("[A-Z][a-z]{3}", script))
        and type(face) is str
        and re.fullmatch(r"[\w.+-]+", face)
        for script, face in value.items()
    )


def are_schemes(value: Mapping[Any, Any]) -> bool:
    """Whether each key is a language that has tables, and each value one of these."""
    return all(
        language in ROMANISATIONS and name in ROMANISATIONS[language] for language, name in value.items()
    )


def _tables() -> str:
    """The languages with their tables, as the manual and a message name them."""
    return "; ".join(
        f"`{language}`: {' or '.join(f'`{name}`' for name in names)}"
        for language, names in ROMANISATIONS.items()
    )


FILE = {"fits": is_path, "wants": "the path of a file"}
#: Which face of ``apparatus_faces`` is the book's own.
MAIN_FACE = "main"


#: Which lines of the book show their number.
FIFTH = 5
#: How a series may be set, in the manual's words and in reledmac's.
AFTER = "after"
ARRANGEMENTS = {
    "paragraph": "paragraph",
    "lines": "normal",
    "two columns": "twocol",
    "three columns": "threecol",
    "after the text": AFTER,
}


@dataclass(frozen=True)
class SeriesFields:
    """What ``apparatus_series`` may say of a series."""

    label: str | None = part(None, "the heading over its entries", shown="the name of the series")
    holds: str = part(
        "readings",
        "`readings`: formal entries, applied to the text; `prose`: a lemma and MyST",
        choices=("readings", "prose"),
    )
    form: str = part(
        "run-in",
        "`run-in`: keyed to the words; `notes`: numbered through the edition; `discussion`: what goes deeper than "
        "the note on the same words, behind *more* at it on the screen, after the text in print",
        choices=("run-in", "notes", "discussion"),
    )
    letter: str | None = part(
        None,
        "of its anchors, as `a` in 2.3-a1; if a series before has it, the build chooses another",
        fits=is_letter,
        wants="letters",
        shown="chosen by the build",
    )
    lemma: bool = part(
        False,
        "`True`: a numbered note begins with the words that it is about, as entries that are run in always do; "
        "`False`: it does not, and a screen reader hears them in the note’s name",
    )
    variants: str = part(
        "by rule",
        "of readings: `substantive` or `accidental`: all of them are; `by rule`: what changes a word is told from "
        "what changes signs, capitals or spelling by the letters",
        choices=("by rule", "substantive", "accidental"),
    )
    arrangement: str = part(
        "",
        "how it is set at the foot of a printed page: in one `paragraph`, one entry a line (`lines`), in `two columns` or `three "
        "columns`",
        choices=("", *ARRANGEMENTS),
        shown="entries that are run in: in one paragraph; notes: in two columns",
    )
    grades: tuple[str, ...] = part(
        (),
        "of notes: what one may say at its end of how sure it is, the surest first: `{grade}` and one of these",
    )
    language: str = part(
        "",
        "in which its prose and its remarks are written, where it is not that of the pages: `la`",
        fits=lambda tag: not tag or is_tag(tag),
        wants="a language tag such as la",
        shown="that of the pages",
    )


def are_rules(value: Sequence[str]) -> bool:
    """Whether each is the name of something that the rules find."""
    return all(name in RULES for name in value)


@dataclass(frozen=True)
class ClassFields:
    """What ``apparatus_classes`` may say of a class of variants."""

    label: str = part("", "what readers see", shown="the name of the class")
    substantive: bool = part(
        True,
        "`False`: its variants touch how words are written, not which they are: *Substantive variants only* hides them",
    )
    rules: tuple[str, ...] = part(
        (),
        f"what the rules find and is of this class, where no editor says another: {', '.join(f'`{name}`' for name in RULES)}",
        shown="its own name, if a rule has it",
        fits=are_rules,
        wants=f"a list of rules, of which there are {', '.join(RULES)}",
    )
    description: str = part("", "what it is: for the table of kinds, and TEI", shown="what its rules say")


@dataclass(frozen=True)
class CauseFields:
    """What ``apparatus_causes`` may say of what variants come of."""

    label: str = part("", "what readers see", shown="the name of the cause")
    description: str = part("", "what it is: for TEI")


@dataclass(frozen=True)
class ReferenceFields:
    """What ``apparatus_references`` may say of a reference system."""

    levels: tuple[str, ...] = part(
        (),
        "what is said before the number of each level, from the whole to the part: `Book`, `ch.`; of the first system only",
    )
    separators: tuple[str, ...] = part(
        [
            ".",
        ],
        "what stands between the numbers of two levels, the last also between all further ones; an empty text where figures "
        "and letters follow each other, as in 17a5",
        shown="a full stop",
    )
    label: str = part("", "what is said before a number of a system beside the first: `p.`")
    within: str = part(
        "margin",
        "where a number stands that begins within a block: in the margin or in the line",
        choices=("margin", "line"),
    )


@dataclass(frozen=True)
class Lines:
    """What ``apparatus_lines`` may say of the numbers of the lines in print."""

    by: str = part(
        "page",
        "what the lines are counted by, which is also what entries are keyed to: the `page`, the `section` (from each heading), "
        "the `paragraph` (each passage), or `throughout` the book; by section and paragraph an entry says its number before the line",
        choices=("page", "section", "paragraph", "throughout"),
    )
    every: int = part(
        FIFTH,
        "which lines show their number: every fifth; `1`: each",
        fits=is_count,
        wants="a number from 1 up",
    )


@dataclass(frozen=True)
class Citation:
    """What references to the edition need besides its title and release."""

    editors: tuple[str, ...] = part((), "names, family name first; without a comma, an organisation")
    released: str = part(
        "",
        "when this version was published: 2026-11-23, 2026-11 or 2026",
        fits=is_date,
        wants="a date such as 2026-11-23",
        shown="the year of a build whose date is fixed",
    )
    short: str = part("", "the title in short", shown="what stands before its first colon")
    sentence: str = part("", "the title in the capitals of a sentence, as APA has it", shown="the title")
    doi: str = part("", "the DOI of this version, when it has one", fits=is_doi, wants=DOI)
    doi_of_all: str = part("", "the DOI of all versions together", fits=is_doi, wants=DOI)


def of_the_style() -> Iterator[Setting]:
    """The fields of the house style, which the core declares, as parts of a setting."""
    hints = get_type_hints(HouseStyle)
    for field in dataclasses.fields(HouseStyle):
        usual = getattr(STYLE, field.name)
        its: dict[str, Any] = {}
        if isinstance(usual, tuple):
            its = {"fits": is_pair, "wants": "two texts, what opens and what closes"}
        elif isinstance(usual, int):
            its = {"fits": is_count, "wants": "a number from 1 up"}
        elif field.name == "figures":
            its = {"fits": are_figures, "wants": "the ten figures from 0 to 9"}
        elif field.name == "latin":
            its = {"fits": are_latin, "wants": f"a dictionary with any of {', '.join(LATIN)}"}
        yield Setting(field.name, hints[field.name], Declared(usual, field.metadata["help"], **its))


DEFAULT_SERIES = {
    "apparatus": {"label": phrase("Apparatus"), "holds": "readings", "form": "run-in"},
    "commentary": {"label": phrase("Notes"), "holds": "prose", "form": "notes"},
}


@dataclass(frozen=True)
class Settings:
    """The configuration of an edition, checked."""

    series: dict[str, Series] = setting(
        DEFAULT_SERIES,
        "env",
        "the series in the order in which they are printed; see below",
        shown="`apparatus` and `commentary`",
    )
    classes: dict[str, VariantClass] = setting(
        {},
        "env",
        "the classes of variants that an editor may say at a reading; see below",
        shown="what the rules find",
    )
    causes: dict[str, Cause] = setting(
        {}, "env", "what variants come of, which an editor may say at a reading; see below", shown="none"
    )
    conspectus: str | None = setting(
        None, "env", "the file that declares witnesses, groups and scholars, from the source folder", **FILE
    )
    style: HouseStyle = setting(
        {},
        "html",
        "brackets, separators, signs and abbreviations of what is printed, where they are to be others than usual; see "
        "below",
    )
    positive: bool = setting(
        False,
        "env",
        "`True`: entries print all who have the lemma, and an entry that does not name a witness, of which neither "
        "a transcription nor a declared `silence` says what it has, is reported; on the screen readers choose, and this is what they find",
    )
    carriers: bool = setting(
        False,
        "env",
        "`True`: which witnesses carry a passage is said at the head of each section, at each passage when a reader asks for "
        "it, and at the foot of each printed page",
    )
    collation: bool = setting(True, "env", "`False`: the witnesses are not rebuilt and nothing is proved")
    anchors: str | None = setting(
        None,
        "env",
        "the record of published anchors, from the source folder; the loss of one is reported, and `make` then fails",
        **FILE,
    )
    register: str | None = setting(
        None, "env", "the register of names, places and organisations, from the source folder", **FILE
    )
    witness_pages: bool = setting(
        True, "html", "`False`: no pages with the text of each witness as it stands"
    )
    section_level: int = setting(
        2, "env", "headings down to this level begin a section; deeper ones are blocks of it"
    )
    references: dict[str, ReferenceSystem] = setting(
        {},
        "env",
        "the reference systems whose numbers the source gives: `n`, by which passages are cited, and others beside it; see "
        "below",
        shown="`n`, without names for its levels",
    )
    scheme: str = setting(
        DEFAULT,
        "env",  # the labels of works are made of it
        "transliteration of Cyrillic; `ala-lc-plain` has the full table, `ala-lc`, in the bibliography",
        choices=tuple(SCHEMES),
        kind=ProblemKind.UNKNOWN_SCHEME,
    )
    schemes: dict[str, str] = setting(
        {},
        "env",  # letters that a table lacks are found while a document is read
        "transliteration of words of other languages, where they are declared within prose or text of another: by the "
        f"language, the table, {_tables()}; see [](languages.md)",
        shown="no other language is transliterated",
        fits=are_schemes,
        wants=f"a dictionary of tables by their languages: {_tables()}",
    )
    transliterate: bool = setting(
        True, "html", "`False`: Cyrillic is marked as Russian but not transliterated"
    )
    language: str | None = setting(
        None,
        "env",
        "the language of the prose as pages and books state it, and in which the engine speaks to readers, where Sphinx’s own "
        "setting cannot say it: `en-GB`, say, while `language` stays `en`",
        fits=is_tag,
        wants="a language tag such as en-GB",
        shown="Sphinx’s `language`",
    )
    text_language: str | None = setting(
        None,
        "env",
        "the language of the edited text, where it is not that of the pages: `la`, `grc`, `he`; a document’s front matter "
        "(`lang`) and a block or words (`{lang=la}`) may say another; see [](languages.md)",
        fits=is_tag,
        wants="a language tag such as la",
        shown="the language of the pages",
    )
    citation: Citation = setting(
        {}, "env", "what references to the edition need besides its title and release; see below"
    )
    licence: str = setting(
        "", "html", "the address of the licence of the editors’ part, for the metadata of pages and PDF"
    )
    offline: str | None = setting(
        None,
        "env",
        "the name of an archive of all pages, such as `edition.zip`, which a build for the browser writes among them",
        fits=is_archive,
        wants="a file name such as edition.zip",
    )
    downloads: str | None = setting(
        None,
        "html",
        "a list in JSON, from the folder of `conf.py`, of books and EPUBs that were built and are put beside the pages "
        "and offered on them; `make` writes it",
        **FILE,
    )
    trusted_sources: bool = setting(
        False,
        "env",
        "`True`: raw HTML and raw TeX in the sources run, and they may read files from outside the edition’s folder; "
        "see [](security.md)",
    )

    paper: str = setting("a4", "", "the sheet", choices=("a4", "letter", "royal"), group="print")
    faces: dict[str, str] = setting(
        {},
        "",
        "the faces of the book: `main`, the beginning of the names of its four files (`GentiumPlus` for "
        "`GentiumPlus-Regular.ttf` …); and, by the code of a script (ISO 15924), the file of the face for what that "
        'one lacks: `{"Hebr": "SILEOT.ttf"}`; `Zzzz` is for letters of private use and signs',
        shown="Gentium Plus, and Noto’s face for each script",
        fits=are_faces,
        wants="a dictionary of names of faces by `main` or the code of a script",
        group="print",
    )
    screen_faces: bool = setting(
        True,
        "html",
        "`False`: pages and EPUB do not bring the faces for scripts of which machines may have none",
    )
    section: str = setting(
        "", "", "the number of the section of an offprint, such as `1`", shown="the whole", group="print"
    )
    lines: Lines = setting(
        {},
        "",
        "how the lines of the book are numbered; see [](page.md)",
        shown="every fifth, by the page",
        group="print",
    )
    running_title: str = setting(
        "",
        "",
        "the title in short, for the running heads; what is too long for its line is cut at a word",
        shown="the title",
        group="print",
    )
    layout: str = setting(
        "plain",
        "",
        "`facing`: a witness on the left pages, the reading text on the right",
        choices=("plain", "facing"),
        group="print",
    )
    facing_witness: str = setting(
        "",
        "",
        "the siglum of the witness, or the name of the document of the translation, on the left of facing pages",
        shown="the first that is transcribed, or that translates",
        group="print",
    )
    subtitle: str = setting(
        "",
        "",
        "the second line of the title page",
        shown="what stands after a colon in `project`",
        group="print",
    )
    imprint: tuple[str, ...] = setting(
        [],
        "",
        "paragraphs, in plain text, for the back of the title page; `{version}` is replaced by `release`; title, "
        "version, date and copyright stand above them",
        group="print",
    )
    concordance: str | None = setting(
        None, "", "the path of the concordance, from `conf.py`; see below", group="print", **FILE
    )

    @cached_property
    def classification(self) -> Classification:
        """The classes and causes that are declared; without classes, those of the rules."""
        classes = tuple(self.classes.values()) or BY_RULE_ALONE.classes
        return Classification(classes, tuple(self.causes.values()))
