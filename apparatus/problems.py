"""Everything that can be wrong with an edition, as values.

The lower layers return problems; only ``sphinxext.report`` logs them. The value of each
kind is the warning subtype (``apparatus.lemma_not_found``), and the string under it is
what the manual prints, so that the list cannot drift from the code.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from apparatus.model import Origin


class ProblemKind(Enum):
    """A kind of problem: warning subtype and explanation."""

    explanation: str

    def __new__(cls, value: str, explanation: str) -> ProblemKind:
        kind = object.__new__(cls)
        kind._value_ = value
        kind.explanation = explanation
        return kind

    # notation
    NO_BRACKET = "no_bracket", "An entry has no `` ] `` between lemma and readings."
    TWO_BRACKETS = "two_brackets", "An entry has more than one `` ] `` outside quotes and remarks."
    EMPTY_LEMMA = "empty_lemma", "Nothing stands left of `` ] ``."
    EMPTY_READING = "empty_reading", "A reading has sigla but no words and no keyword."
    NO_SIGLUM = "no_siglum", "A reading is not closed by the sigla of those who attest it."
    UNKNOWN_SIGLUM = "unknown_siglum", "A siglum is not declared in the conspectus."
    SIGLUM_IN_TEXT = "siglum_in_text", "An unquoted text contains a declared siglum as a word."
    LOOKS_LIKE_SIGLUM = (
        "looks_like_siglum",
        "The last word of an unquoted reading looks like an undeclared siglum.",
    )
    WITNESS_TWICE = "witness_twice", "One witness is named twice in an entry."
    NEEDLESS_QUOTES = "needless_quotes", "Quotes that change nothing: perhaps they were meant as text."
    UNBALANCED_QUOTES = (
        "unbalanced_quotes",
        "A quoted text does not close, or words follow its closing quote.",
    )
    UNCLOSED_REMARK = "unclosed_remark", "A remark in parentheses does not close."
    BAD_TRANSPOSITION = "bad_transposition", "``transp.`` lacks *post* or *ante*, or its target."
    ELLIPSIS_IN_READING = (
        "ellipsis_in_reading",
        "A reading of an abbreviated lemma contains `` … ``, which is text there.",
    )
    NEEDS_QUOTES = (
        "needs_quotes",
        "An unquoted text contains a divider or begins with something that the notation needs.",
    )
    CRUX_WITH_SIGLUM = "crux_with_siglum", "``crux.`` is the editor's own mark and takes no siglum."
    BAD_CLASSES = (
        "bad_classes",
        "What stands in braces after sigla is no list of classes and causes of a reading.",
    )
    EMPTY_NOTE = "empty_note", "An explanatory note has a lemma but no prose."
    BAD_CONTINUATION = "bad_continuation", "An indented line has no entry before it to continue."
    # anchoring
    LEMMA_NOT_FOUND = "lemma_not_found", "The lemma does not occur in its block."
    LEMMA_AMBIGUOUS = "lemma_ambiguous", "The lemma occurs more than once and the entry does not say which."
    NO_SUCH_OCCURRENCE = "no_such_occurrence", "The lemma occurs, but not as often as the entry says."
    LEMMA_REVERSED = "lemma_reversed", "The end of an abbreviated lemma comes before its start."
    NO_SUCH_BLOCK = "no_such_block", "The entry names a block that does not exist."
    NO_HOST = "no_host", "No block of edited text stands before the apparatus."
    TARGET_NOT_FOUND = "target_not_found", "``transp.`` aims at words that are not in the block."
    ENTRY_IN_TEXT = (
        "entry_in_text",
        "A block of edited text looks like an entry that has slipped out of its series.",
    )
    # conspectus
    BAD_CONSPECTUS = "bad_conspectus", "The conspectus file cannot be read or a field has a wrong value."
    SIGLUM_DECLARED_TWICE = "siglum_declared_twice", "One siglum is declared for two things."
    NAME_TAKEN = "name_taken", "Two pages would have one name, and one would be written over the other."
    SIGLUM_MALFORMED = "siglum_malformed", "A siglum contains a character that the notation needs."
    SIGLUM_UNUSED = "siglum_unused", "A siglum is declared but no entry uses it."
    SIGLUM_IS_A_WORD = (
        "siglum_is_a_word",
        "What is read as a siglum may be a word of the text, and no transcription would show the mistake.",
    )
    UNKNOWN_HAND = "unknown_hand", "A hand is not declared for its witness: nothing would be proved of it."
    SAME_LABEL = "same_label", "Two sigla, hands or names are printed alike."
    LABEL_MISREAD = (
        "label_misread",
        "A label is blank, has what is not seen, or would be read as other sigla, a hand or a word of the notation.",
    )
    # sources
    UNTRUSTED = (
        "untrusted",
        "A source holds what would run, leads to what would run, or asks for a file outside the edition.",
    )
    # transcriptions
    TRANSCRIPTION_MISSING = "transcription_missing", "The transcription file does not exist."
    TRANSCRIPTION_EMPTY = "transcription_empty", "The transcription file has no text; it is not compared."
    TRANSCRIPTION_NOT_UTF8 = "transcription_not_utf8", "The transcription file is not UTF-8."
    TRANSCRIPTION_BOM = "transcription_bom", "The transcription file begins with a byte order mark."
    TRANSCRIPTION_CRLF = "transcription_crlf", "The transcription file has CRLF line ends."
    LAYOUT_HAS_WORDS = "layout_has_words", "A rule about layout takes letters out of a transcription."
    LINE_RULE_SLOW = (
        "line_rule_slow",
        "The expression of a rule about a transcription's lines comes to no end.",
    )
    LINE_RULE_UNUSED = "line_rule_unused", "A rule about a transcription's lines matches nothing."
    # collation
    NO_TEXT = "no_text", "There are transcriptions, but no document is edited text."
    OTHER_WORK = (
        "other_work",
        "A transcription has so few words in common with the text that it is another work, or a very free version.",
    )
    UNRECORDED_DIFFERENCE = (
        "unrecorded_difference",
        "A witness differs from what the edition gives for it, and no entry says so.",
    )
    FALSE_CLAIM = "false_claim", "An entry claims a reading that the witness does not have."
    TWO_READINGS = "two_readings", "Two entries give one witness two readings for the same words."
    SAME_WORDS = "same_words", "Two entries are about the same words; together they are one."
    OVERLAPPING_READINGS = (
        "overlapping_readings",
        "Readings of one witness overlap in part; the first stands.",
    )
    INNER_READING = (
        "inner_reading",
        "A reading inside a longer one of the same witness disagrees with it, and the longer stands; or words stand beside "
        "such as the witness has not.",
    )
    TARGET_INSIDE = "target_inside", "A transposition aims into the words that it moves."
    MARK_AS_WORDS = (
        "mark_as_words",
        "A reading is the sign of a transcription for words that are lost or illegible: `lac.` or `ill.` is meant.",
    )
    NO_VARIANT = "no_variant", "A reading is the same as its lemma, or counts as the same."
    SECL_WITH_WITNESS = (
        "secl_with_witness",
        "``secl.`` is an editor's mark, and stands with a siglum that is no scholar's.",
    )
    WITNESS_IN_GAP = "witness_in_gap", "An entry names a witness inside its declared gap."
    UNACCOUNTED_WITNESS = (
        "unaccounted_witness",
        "An entry of a positive apparatus does not name a witness, and neither a transcription nor its ``silence`` says what it has.",
    )
    # numbering and anchors
    ANCHOR_LOST = "anchor_lost", "A published anchor has gone or has come to mean another block."
    BAD_ANCHORS = (
        "bad_anchors",
        "The record of published anchors cannot be read, or a line of it is no record.",
    )
    BAD_RELEASES = (
        "bad_releases",
        "The list of published versions cannot be read, or an entry of it names none.",
    )
    NUMBER_TWICE = (
        "number_twice",
        "Two passages of the edited text claim one number, or a passage that of a siglum, a heading or a target.",
    )
    NO_COUNTERPART = (
        "no_counterpart",
        "A passage of a text, or of its translation, has no counterpart in the other, or two.",
    )
    BAD_NUMBER = (
        "bad_number",
        "A number is given that can be none, stands before no words of the text, or is of no declared reference system.",
    )
    # drama
    SILENT_SPEAKER = "silent_speaker", "A speaker is named, and no words follow before the next one."
    UNKNOWN_SPEAKER = "unknown_speaker", "A speaker is not in the cast list."
    ROLE_UNUSED = "role_unused", "Nobody speaks in a role of the cast list."
    BAD_ROLE = "bad_role", "A line of the cast list is no role, or two roles have one name."
    # references between notes
    UNKNOWN_NOTE = "unknown_note", "A reference names a note or entry that does not exist, or several."
    # chronology
    BAD_CHRONOLOGY = "bad_chronology", "The file of a chronology cannot be read or a field has a wrong value."
    BAD_MAP = "bad_map", "The outline of a map cannot be read, or a place lies outside it."
    # the register of names
    BAD_REGISTER = "bad_register", "The register of names cannot be read or a field has a wrong value."
    NAME_AMBIGUOUS = "name_ambiguous", "A form in the text could mean two entries of the register."
    NAME_UNUSED = "name_unused", "An entry of the register, or one of its forms, never occurs in the text."
    # the Sphinx layer
    NOT_UTF8 = "not_utf8", "A document of the source is not UTF-8."
    NOT_TEXT = (
        "not_text",
        "What stands in the edited text is no text and not declared to be none, or is not seen in every output.",
    )
    NOT_WRITTEN = "not_written", "A file that the build leaves could not be written."
    NESTED_TOO_DEEP = "nested_too_deep", "Lists or quotations are nested deeper than a document is read."
    DIRECTIVE_FAILED = (
        "directive_failed",
        "A directive or role ends in a fault of its own, and what it would have made is left out.",
    )
    REFUSED_CHARACTER = (
        "refused_character",
        "A control character or a separator of lines stands in a document or transcription; it is read as a blank.",
    )
    UNCLOSED_DIRECTION = (
        "unclosed_direction",
        "A character turns the direction of writing, and nothing ends it in the same passage or reading.",
    )
    BAD_FRONT_MATTER = (
        "bad_front_matter",
        "``edited-text`` in the front matter of a document is misspelt, stands twice or has a wrong value.",
    )
    UNKNOWN_LANGUAGE = "unknown_language", "A language tag is malformed, or names no language."
    UNCLOSED_FENCE = "unclosed_fence", "A directive begins inside a series: the one above is not closed."
    SHORT_FENCE = "short_fence", "A directive is fenced by two colons; three are needed."
    UNKNOWN_SERIES = "unknown_series", "A series is used that ``apparatus_series`` does not declare."
    UNKNOWN_CLASS = (
        "unknown_class",
        "A reading is said to be of a class, or to have a cause, that is not declared.",
    )
    UNKNOWN_GRADE = "unknown_grade", "A note ends with a grade that its series does not declare."
    BAD_CATALOGUE = (
        "bad_catalogue",
        "A catalogue of what the engine says cannot be read, or a translation in it has other holes than the English.",
    )
    BAD_CONFIG = "bad_config", "A configuration value has a wrong type or an unknown name."
    STYLE_MISREAD = (
        "style_misread",
        "A sign or word of ``apparatus_style`` is not seen, or is printed like text, a siglum or another word.",
    )
    BAD_BIBLIOGRAPHY = (
        "bad_bibliography",
        "A file of the bibliography is not UTF-8, or a record cannot be read.",
    )
    DOUBTFUL_RECORD = (
        "doubtful_record",
        "A record of the bibliography has an unknown type, a field that looks misspelt, or no title.",
    )
    UNKNOWN_CITATION = "unknown_citation", "A citation key is in none of the bibliography files."
    UNKNOWN_SCHEME = "unknown_scheme", "No such transliteration scheme."
    TEI_MISREAD = (
        "tei_misread",
        "The TEI file gives a witness another text than the edition, which proves it: a fault of the program.",
    )
    MIXED_SCRIPT = "mixed_script", "A word mixes Latin and Cyrillic letters."
    PRINT = (
        "print",
        "The book cannot set something well: a letter that no face has, a control character, a block written "
        "from right to left whose language is not, a word that is longer than a line, a page that is too full.",
    )


@dataclass(frozen=True, slots=True)
class Mend:
    """What a message says to write: an entry, new or in the place of others; or that an entry goes."""

    line: str  #: the entry in the notation; empty where nothing takes the place of the others
    instead: tuple[Origin, ...] = ()  #: where the entries stand that it replaces
    below: str = ""  #: of a new entry: the number of the block under which it is written
    witness: str = (
        ""  #: whose readings it records, the keys with blanks between; empty where entries are made one
    )


def mend_in_place(line: str, origin: Origin | None, witness: str = "") -> Mend | None:
    """What to write in the place of the entry at *origin*, or, if *line* is empty, nothing; ``None`` if it stands nowhere."""
    return Mend(line, (origin,), witness=witness) if origin else None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what would mend it."""

    kind: ProblemKind
    message: str  #: lower case, one sentence or two, without the place
    origin: Origin | None = field(default=None)
    mend: Mend | None = field(default=None, compare=False)  #: what the message says, for a program

    def __str__(self) -> str:
        where = f"{self.origin}: " if self.origin else ""
        return f"{where}{self.message} [apparatus.{self.kind.value}]"


def nearest(wanted: str, known: Iterable[str], cutoff: float = 0.5) -> str | None:
    """The known name most like *wanted*, to be named in a message; it must be as like as *cutoff* (0 to 1)."""
    found = difflib.get_close_matches(wanted, sorted(known), n=1, cutoff=cutoff)
    return found[0] if found else None
