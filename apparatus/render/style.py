"""House style of the printed apparatus, as a record: no renderer holds punctuation of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """Brackets, separators and abbreviations.

    The defaults follow what the reledmac manual and the LDLT guidelines show: lemma, square
    bracket, readings divided by semicolons, editorial Latin in italics.
    """

    bracket: str = " ] "
    between_readings: str = " ; "
    between_subreadings: str = " / "
    ellipsis: str = " … "
    block: str = "¶"
    line_break: str = " ¶ "
    supplement: tuple[str, str] = ("⟨", "⟩")  #: words that no witness has
    crux: tuple[str, str] = ("†", "†")
    seclusion: tuple[str, str] = ("[", "]")
    remark: tuple[str, str] = ("(", ")")
    doubtful: str = "ut vid."
    post: str = "post"
    ante: str = "ante"
    #: a lemma of more words than this is printed as its first and last words
    longest_lemma: int = 6
    kept_words: int = 2
