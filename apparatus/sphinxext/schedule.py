"""The order of a build on one page: every priority there is, stage by stage.

A stage is an event of Sphinx, or one of the two rows of transforms, and its enumeration has what we
do there in the order in which it is done, the smaller number first. What Sphinx and others do at a
number that matters here stands as a comment in its place. What names no priority itself stands at 500.
"""

from __future__ import annotations

from enum import IntEnum, unique

# --- before a document is read --------------------------------------------------------------------


@unique
class ConfigInited(IntEnum):
    """``config-inited``: ``conf.py`` has been executed."""

    HOLD_COLLECTOR = 10  # all that follows makes values that stay
    CHECK_SETTINGS = 80  # before anything reads a value
    FIND_VOICE = 85  # of the languages that are set
    PREPARE = 90  # what every edition needs, unless conf.py says otherwise
    REGISTER_SERIES = 200  # the series are known, and no parser has been made
    HTML_DEFAULTS = 500
    EPUB_DEFAULTS = 510
    SEARCH_LANGUAGE = 520
    WRITE_OUT_DAYS = 700
    NAMES_OF_FILES = 710
    # 800: Sphinx checks its own settings, to which the defaults belong
    BIBLIOGRAPHY_STYLE = 900  # with the scheme that is really used; bibtex has its domain


@unique
class BuilderInited(IntEnum):
    """``builder-inited``: it is known which output is being made."""

    BEGIN_DISTRUST = 300
    LOAD_CONSPECTUS = 310  # the notation needs its sigla
    LOAD_REGISTER = 320  # the index of names prints it
    CHECK_BIBLIOGRAPHY = 400  # what is wrong is said; then bibtex reads on
    CHECK_ADDRESS = 410
    LEND_MESSAGES = 480  # before a template is loaded
    ADD_ASSETS = 490  # before Furo's own
    # 500: bibtex reads its files; Furo adds its style sheets
    BIBLIOGRAPHY_READ = 600  # bibtex's faults are faults again


@unique
class EnvGetOutdated(IntEnum):
    """``env-get-outdated``: which documents are read again."""

    CONSPECTUS_CHANGED = 500  # sigla decide how entries are read


@unique
class EnvBeforeReadDocs(IntEnum):
    """``env-before-read-docs``: it is known which documents are read."""

    BE_LENIENT = 500  # Sphinx would stop at what is not UTF-8


# --- a document is read ---------------------------------------------------------------------------


@unique
class SourceRead(IntEnum):
    """``source-read``: the source of a document as text."""

    CHECK_ENCODING = 490
    CHECK_FENCES = 500  # in the lines as they were written
    CLEAN = 510  # last: it takes characters away


@unique
class IncludeRead(IntEnum):
    """``include-read``: the same of a file that a document includes."""

    KEEP_INSIDE = 500  # what may not be read need not be cleaned
    CLEAN = 510


@unique
class Transform(IntEnum):
    """The transforms of a document that has just been parsed."""

    DISTRUST = 2  # before anything makes more of what a source may not do
    NAME_HEADINGS = 3  # before anything refers to a heading
    HOLD_APART = 5  # before titles and references are made of the words
    KEEP_UNTRANSLATED = 8
    # 20: Sphinx puts in what a catalogue has


@unique
class DoctreeRead(IntEnum):
    """``doctree-read``: a document is parsed, and not yet kept."""

    # 500: Sphinx collects titles and front matter
    NOTE_LANGUAGES = 590  # what is collected of a block has its language
    COLLECT = 600  # blocks and entries get their keys
    NAME_UNTITLED = 610  # by their first words
    NOTE_CROSS_REFERENCES = 700
    NOTE_CITATIONS = 710  # by the keys of the entries and blocks that they stand in
    NOTE_LETTERS = 800
    NOTE_WHAT_IS_READ = 900  # when all that will be asked of others stands in the document


# --- all documents are read -----------------------------------------------------------------------


@unique
class EnvUpdated(IntEnum):
    """``env-updated``: always, also when nothing was read anew."""

    # 500: bibtex
    PROVE = 510  # the edition is put together; all below ask it
    SAY_WHICH_TEXT = 520
    FIND_NAMES = 600
    CHECK_REFERENCES = 610
    CHECK_SPEAKERS = 620
    SAY_LETTERS = 700
    CHECK_OFFPRINT = 800
    CHECK_FACING = 810
    CHECK_PAGE_NAMES = 820
    CHECK_CHRONOLOGY = 900  # passages are labels
    CHECK_CROSS_REFERENCES = 910
    CHECK_CITATIONS = 920
    LOAD_DOWNLOADS = 930
    LOAD_CONCORDANCE = 940
    WRITE_AGAIN = 950  # when all is known that one file may say for another
    LEAVE_ALONE = 960  # when all that stays is there
    EMBED_FACES = 970


@unique
class ApparatusFiles(IntEnum):
    """``apparatus-files``: our own; asked while it is found out what is written again."""

    RECORDS = 500
    WITNESS_PAGES = 510
    SIDE_BY_SIDE = 512
    POSITIVE_PAGES = 515
    WORDS = 520
    DOWNLOADS = 530
    METADATA = 535
    ARCHIVE = 540


# --- a document is written ------------------------------------------------------------------------


@unique
class PostTransform(IntEnum):
    """The transforms of a document that is about to be written, when all is proved and numbered."""

    ASSEMBLE = 1  # so that references inside notes are resolved where these are printed
    WRITE_REFERENCES = 2
    FILL_ESTABLISHMENT = 3
    FILL_WHOLE_APPARATUS = 4
    # 5: bibtex makes the bibliography
    LINK_WITNESS_PAGES = 6
    LINK_CITED_PLACES = 7  # below the works, which are there now
    UNKNOWN_CITATIONS = 8  # so that bibtex does not meet them
    RESOLVE_CROSS_REFERENCES = 9  # notes stand where they are printed
    # 10: Sphinx resolves references, bibtex its citations
    OFFER_BELOW_TEXT = 20  # it asks for what is then offered
    OFFER = 30
    MARK_BLOCKS = 190
    MARK_CYRILLIC = 200  # bibliography, notes and text are complete
    SET_BESIDE = 201  # Russian has its own already
    LINK_TERMS = 205  # never inside a run of Cyrillic
    FILL_CAST = 207  # before names are looked for in what is a link then
    MARK_NAMES = 210  # of what is left; never inside a transliteration, which stands behind its whole run
    # in print only
    INDEX_OF_NAMES = 215  # its entries have their passages
    # 400: Sphinx's own preparations for LaTeX
    LEAVE_OUT = 550  # references lead somewhere
    BARE_NAMES = 560  # before anything is made of them
    UNSET = 570  # while the blocks still stand where they did in the source
    LANGUAGES = 580
    DIVISION = 585  # when all words know their language
    SCRIPTS = 587  # when all words stand in the tree that are to be printed, and know their language
    EDITED_TEXT = 590  # before Sphinx collects the footnotes (600)
    BIBLIOGRAPHIES = 595  # before Sphinx would collect the works of all bibliographies into one (750)
    TABLES = 596  # of what is still a table
    OFFPRINT = 597  # text and bibliographies have their form in print
    FACING_TEXT = 598  # the text is flat, and cut to a section
    ROWS = 599  # each block has what stands opposite
    # in every output
    ARRANGE_FEET = 900  # last: a large apparatus is most of a document, and each transform would pass over it
    OFFER_OFFPRINTS = 905  # below the feet
    SPELL_OUT = 910  # for outputs that have no visitors of ours; all stands in its place
    SHORTEN_LINKS = 940  # where all documents are one page
    HARMLESS_LINKS = 950  # whoever made them


@unique
class DoctreeResolved(IntEnum):
    """``doctree-resolved``: a document has its last form as a tree."""

    HEAD_CELLS = 500
    DROP_TITLES = 510
    GATHER_PASSAGES = 900  # when nothing of a document changes any more but
    FOLD_LINES = 910


@unique
class HtmlPageContext(IntEnum):
    """``html-page-context``: a page is about to be put into its template."""

    TELL_ONCE = 490  # it writes a page within a page; Sphinx then forgets the scripts that this one was given
    GIVE_SECTIONS = 495  # before Furo asks for its list of contents
    # 500: Sphinx and Furo
    WHOLE_APPARATUS = 500
    SEARCH_PAGE = 510
    ADD_BAR = 800
    ADD_CITE_MENU = 810
    COMPLETE_CONTEXT = 900  # it looks at the body for what the page needs
    NAME_FACES = 905  # by the letters of the body
    DESCRIBE = 908
    TURN_ROUND = 910  # all that stands on the page is there
    TRANSLATE_FRAME = 920
    LIGHTEN = 950  # when all have added theirs


@unique
class Head(IntEnum):
    """The order of our own files in the head of a page, where it matters; it is no stage."""

    SILENT = 400  # before the script of the choices, which says what this one fills in
    SEARCH_STYLES = 900
    PASSAGES = 901
    SEARCH_SCRIPT = 902  # it reads the passages


@unique
class HtmlCollectPages(IntEnum):
    """``html-collect-pages``: all documents are written; pages without a source are."""

    WITNESS_PAGES = 500
    SIDE_BY_SIDE = 505
    WRITE_PASSAGES = 510
    COMPLETE_INDEX = 520  # before Sphinx writes it


@unique
class BuildFinished(IntEnum):
    """``build-finished``: all is written."""

    WRITE_RECORDS = 500
    KEEP_STEMS = 510
    PUT_DOWNLOADS_BESIDE = 800
    WRITE_METADATA = 810
    WRITE_ARCHIVE = 900  # of all that has been written
    RELEASE_COLLECTOR = 990
