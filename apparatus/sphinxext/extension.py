"""``setup()``, and the table of all that it registers; a test compares the two."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from apparatus import __version__
from apparatus.sphinxext import (
    collector,
    config,
    data,
    domain,
    epub,
    latex,
    pages,
    plain,
    printed,
    prove,
    rewriting,
    screen_faces,
    search,
    tei,
    voice,
)
from apparatus.sphinxext.entries import assemble, cross_references
from apparatus.sphinxext.html import (
    assets,
    choices,
    cite_menu,
    downloads,
    frame,
    languages,
    metadata,
    offline,
    one_page,
    positive_page,
    respelling,
    side_by_side,
    tables,
    visitors,
    weight,
    whole_apparatus,
    witness_pages,
)
from apparatus.sphinxext.names import cyrillic, glossary, index, letters, persons, romanised
from apparatus.sphinxext.parts import (
    cast,
    catalogue,
    chronology,
    conspectus,
    establishment,
    maps,
    offered,
    records,
    references,
)
from apparatus.sphinxext.source import (
    collect,
    declared,
    directives,
    encoding,
    failing,
    fences,
    heading_ids,
    too_deep,
    untitled,
    untranslated,
    untrusted,
    unwanted,
)
from apparatus.sphinxext.source import languages as said_languages

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


#: In the order in which a build meets them first.
MODULES = (
    collector,
    config,
    voice,
    domain,
    prove,
    printed,
    offered,
    pages,
    rewriting,
    screen_faces,
    encoding,
    fences,
    directives,
    untrusted,
    conspectus,
    references,
    chronology,
    maps,
    cast,
    catalogue,
    declared,
    too_deep,
    failing,
    collect,
    untitled,
    unwanted,
    heading_ids,
    untranslated,
    said_languages,
    assemble,
    cross_references,
    cyrillic,
    romanised,
    letters,
    index,
    persons,
    glossary,
    establishment,
    visitors,
    assets,
    witness_pages,
    side_by_side,
    positive_page,
    choices,
    respelling,
    cite_menu,
    whole_apparatus,
    latex,
    epub,
    tei,
    data,
    plain,
    records,
    search,
    offline,
    one_page,
    downloads,
    metadata,
    tables,
    languages,
    frame,
    weight,
)
#: What they register: stage → module → names; before them what has no stage. What is done first stands
#: first (``schedule``). The series of an edition become directives, and the roles of citations ours, only
#: when its settings are known; what makes the book, when a book is made.
TABLE: dict[str, dict[str, str]] = {
    "settings": {
        "config.check": "Settings",
        "voice": "apparatus_catalogues",
    },
    "domain": {
        "domain": "apparatus",
    },
    "events": {
        "rewriting": "apparatus-files",
    },
    "builders": {
        "latex": "latex",
        "epub": "epub",
        "tei": "tei",
        "data": "variants",
    },
    "themes": {
        "epub": "edition-epub",
    },
    "directives": {
        "source.directives": "verse",
        "source.untrusted": "literalinclude csv-table raw",
        "parts.conspectus": "conspectus",
        "parts.references": "references",
        "parts.chronology": "chronology",
        "parts.maps": "map",
        "parts.cast": "cast",
        "parts.catalogue": "settings problem-kinds",
        "names.index": "index-of-names",
        "names.persons": "who-is-who",
        "parts.establishment": "establishment",
        "html.whole_apparatus": "whole-apparatus",
        "html.offline": "offline",
    },
    "roles": {
        "parts.offered": "offered",
        "entries.cross_references": "note entry",
    },
    "nodes": {
        "parts.offered": "offered",
        "parts.references": "references",
        "parts.cast": "speeches",
    },
    "nodes html": {
        "html.visitors": (
            "passage_number milestone half counterpart lemma note_mark foot series_list cluster apparatus_entry "
            "formal_entries formal_entry entry_line note_body note_head discussion editorial siglum name "
            "cyrillic transliteration"
        ),
        "html.assets": "section citation footnote",
        "html.tables": "entry",
    },
    "nodes latex": {
        "latex.offprint": "offprint_title",
        "latex.facing": "facing_witness facing_ends witness_block witness_paragraph witness_remark",
        "latex.wing": (
            "numbered_text numbered_block numbered_row numbered_cell note_paragraph foreign row_head same_label "
            "bibliography_list bibliography_item passage_number milestone half foot series_block lemma_open "
            "lemma_close note_mark editorial siglum cyrillic transliteration formal_entry "
            "note_head remark lemma name name_pages row document image section"
        ),
    },
    "config-inited": {
        "collector": "hold",
        "config.check": "check_settings",
        "voice": "find_voice",
        "config.prepare": "prepare_sphinx",
        "source.directives": "register_series",
        "html.assets": "set_defaults",
        "epub": "set_defaults",
        "search": "fold_names",
        "latex": "write_out_days",
        "plain": "cut_names",
        "bibliography.citations": "configure_bibtex",
    },
    "builder-inited": {
        "source.untrusted": "begin_distrust",
        "prove": "load_conspectus",
        "names.index": "load_register",
        "bibliography.files": "check_bibliographies bibtex_has_read",
        "html.metadata": "check_address",
        "html.frame": "lend_messages",
        "html.assets": "add_assets",
    },
    "env-get-outdated": {
        "prove": "outdated",
    },
    "env-before-read-docs": {
        "source.encoding": "be_lenient",
    },
    "source-read": {
        "source.encoding": "check_encoding",
        "source.fences": "check_series_names",
        "source.unwanted": "clean_document",
    },
    "include-read": {
        "source.untrusted": "keep_include_inside",
        "source.unwanted": "clean_included",
    },
    "transforms": {
        "source.untrusted": "Distrust",
        "source.heading_ids": "NameHeadings",
        "source.unwanted": "HoldApart",
        "source.untranslated": "KeepUntranslated",
    },
    "doctree-read": {
        "source.languages": "note_languages",
        "source.collect": "collect",
        "source.untitled": "name_untitled",
        "entries.cross_references": "note_cross_references",
        "bibliography.backlinks": "note_citations",
        "names.letters": "note_letters",
        "pages": "note_what_is_read",
    },
    "env-updated": {
        "prove": "prove",
        "latex.wing": "say_which_text",
        "names.index": "find_all_names",
        "parts.references": "check_places",
        "parts.cast": "check_speakers",
        "names.letters": "say_letters",
        "latex.offprint": "check_offprint",
        "latex.facing": "check_facing",
        "html.witness_pages": "check_page_names",
        "parts.chronology": "check_passages",
        "entries.cross_references": "check_cross_references",
        "bibliography.backlinks": "check_citations",
        "parts.offered": "load_downloads",
        "printed": "load_concordance",
        "rewriting": "write_again",
        "collector": "leave_alone",
        "screen_faces": "embed_faces",
    },
    "apparatus-files": {
        "parts.records": "record_files",
        "html.witness_pages": "page_files",
        "html.side_by_side": "page_files",
        "html.positive_page": "page_files",
        "html.respelling": "word_files",
        "html.downloads": "offered_files",
        "html.metadata": "whole_files",
        "html.offline": "archive_file",
    },
    "post-transforms": {
        "entries.assemble": "Assemble ArrangeFeet",
        "parts.references": "WriteReferences",
        "parts.establishment": "FillEstablishment",
        "html.whole_apparatus": "FillWholeApparatus",
        "html.witness_pages": "LinkTexts",
        "bibliography.backlinks": "BackLinks",
        "bibliography.citations": "UnknownCitations",
        "entries.cross_references": "ResolveReferences",
        "html.downloads": "OfferBelowText OfferOffprints",
        "parts.offered": "Offer",
        "html.languages": "MarkBlocks",
        "names.cyrillic": "MarkCyrillic",
        "names.romanised": "SetBeside",
        "names.glossary": "LinkTerms",
        "parts.cast": "FillCast",
        "names.index": "MarkNames",
        "latex.wing": "IndexOfNames EditedText Bibliographies LeaveOut BareNames Unset Languages Division Scripts Tables Rows",
        "latex.offprint": "Offprint",
        "latex.facing": "FacingText",
        "plain": "SpellOut",
        "html.one_page": "ShortenLinks",
        "source.untrusted": "HarmlessLinks",
    },
    "doctree-resolved": {
        "html.tables": "head_cells",
        "html.weight": "drop_titles fold_lines",
        "search": "gather",
    },
    "html-collect-pages": {
        "html.witness_pages": "make_pages",
        "html.side_by_side": "make_pages",
        "search": "write complete_index",
    },
    "html-page-context": {
        "html.positive_page": "tell_once",
        "html.assets": "give_sections complete_context",
        "html.whole_apparatus": "add_script",
        "search": "complete_page",
        "html.choices": "add_bar",
        "html.cite_menu": "add_menu",
        "screen_faces": "name_sheet",
        "html.metadata": "describe",
        "html.languages": "turn_round",
        "html.frame": "translate_frame",
        "html.weight": "lighten",
    },
    "build-finished": {
        "parts.records": "write_records",
        "search": "keep_stems",
        "html.downloads": "put_beside",
        "html.metadata": "write_whole",
        "html.offline": "write_archive",
        "collector": "release",
    },
}


def setup(app: Sphinx) -> ExtensionMetadata:
    """Let every module register what the table says of it."""
    for module in MODULES:
        module.setup(app)
    if "sphinxcontrib.bibtex" in app.config.extensions:  # an edition need not have a bibliography
        from apparatus.sphinxext.bibliography import backlinks

        backlinks.setup(app)
    return {
        "version": __version__,
        "env_version": code_that_is_loaded(),
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


@cache
def code_that_is_loaded() -> int:
    """The number of the code that a process has; what changes on disk meanwhile is of another."""
    return code()


def code() -> int:
    """A number that is another for other code of ours: what older code has kept of documents is read anew."""
    ours = Path(__file__).parents[1]
    found = hashlib.sha256()
    for file in sorted(ours.rglob("*.py")):
        found.update(f"{file.relative_to(ours)}\0".encode() + file.read_bytes())
    return int.from_bytes(found.digest()[:6])
