"""House style of the printed apparatus, as a record: no renderer holds punctuation of its own.

An edition changes it in ``conf.py`` (``apparatus_style``); whatever prints an entry, or a part of
one, asks the record. The form in which entries are *written* is the notation's and is always the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

#: The editor's words that a style may print otherwise: keywords of the notation, *post* and *ante* of a
#: transposition, *ut vid.* of a doubtful siglum, the collective sigla.
LATIN = (
    *("om.", "add.", "praem.", "transp.", "ill.", "lac.", "del.", "secl.", "crux."),
    *("post", "ante", "ut vid.", "cett.", "codd."),
)
_LATIN_WORDS = frozenset(word for said in LATIN for word in said.split())


def is_latin(words: str) -> bool:
    """Whether what an edition prints for an editor's word is Latin still: it may have words of its own (*fehlt*)."""
    return all(word in _LATIN_WORDS for word in words.split())


def of_style(usual: Any, help: str) -> Any:
    """A field of the style: what is usual, and in a line of MyST what it is."""
    return field(default=usual, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Brackets, separators and abbreviations.

    The defaults follow what the reledmac manual and the LDLT guidelines show: lemma, square
    bracket, readings divided by semicolons, editorial Latin in italics.
    """

    bracket: str = of_style(" ] ", "closes a lemma")
    bracket_in_print: str = of_style("] ", "the same on paper, where it stands close to the lemma")
    between_readings: str = of_style(" ; ", "divides readings")
    between_subreadings: str = of_style(" / ", "divides a reading from those that are counted with it")
    before_sigla: str = of_style(" ", "between a reading, or the lemma, and its witnesses")
    between_sigla: str = of_style(" ", "between these")
    before_remark: str = of_style(" ", "before a remark")
    after_latin: str = of_style(" ", "between *add.* or *post* and the words that it is about")
    after_place: str = of_style(": ", "between the number of another passage and words in it")
    ellipsis: str = of_style(" … ", "within a lemma that is shortened")
    block: str = of_style("¶", "a whole passage, as a lemma")
    line_break: str = of_style(" ¶ ", "a new passage, within words")
    supplement: tuple[str, str] = of_style(("⟨", "⟩"), "round words that no witness has")
    crux: tuple[str, str] = of_style(("†", "†"), "round words that are despaired of")
    seclusion: tuple[str, str] = of_style(("[", "]"), "round words that the editor holds to be spurious")
    remark: tuple[str, str] = of_style(("(", ")"), "round a remark")
    note_mark: tuple[str, str] = of_style(
        ("[", "]"), "round the mark of a note where it cannot be raised, as in plain text"
    )
    figures: str = of_style(
        "⁰¹²³⁴⁵⁶⁷⁸⁹",
        "of the number that says which occurrence of its words a lemma is; on paper the line says it",
    )
    latin: dict[str, str] = field(
        default_factory=dict, metadata={"help": "what is printed for words of the editor’s Latin"}
    )
    longest_lemma: int = of_style(6, "a lemma of more words is printed as its first and last words")
    kept_words: int = of_style(2, "how many of them are kept on either side")

    def word(self, latin: str) -> str:
        """What is printed for one of the editor's words."""
        return self.latin.get(latin, latin)

    def number(self, occurrence: int | None) -> str:
        """The number of an occurrence as it stands behind its words; nothing for ``None``."""
        return "" if occurrence is None else "".join(self.figures[int(digit)] for digit in str(occurrence))


#: What is printed where nothing else is declared.
STYLE = HouseStyle()
