"""Why a lemma is not found, and what would mend it: the words of the messages.

Only called when something is wrong, so it may be slow.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from apparatus.anchoring.words import find_all, longer_lemma
from apparatus.characters import divides, named, unseen
from apparatus.model import BREAK, EditedText, Span

_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'})
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "–": "-", "—": "-", "\u2212": "-"})


def _fold(text: str) -> str:
    """Case folded letter by letter, so that offsets stay."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


#: Differences that the eye misses: what to call them, and what makes them vanish.
_LOOKALIKES: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("with curly and straight quotes exchanged", lambda t: t.translate(_QUOTES)),
    ("with another dash or hyphen", lambda t: t.translate(_DASHES)),
    ("with a blank of another kind", lambda t: "".join(" " if divides(c) and c != BREAK else c for c in t)),
    ("with other capitals", _fold),
)


def shown(words: str) -> str:
    """Words of the text as a message quotes them: in single quotation marks if they have double ones."""
    opening, closing = "‘’" if any(mark in words for mark in "“”„‟") else "“”"
    return opening + words.replace(BREAK, " ¶ ") + closing


def why_not_found(words: str, block: str) -> str:
    """What stands in *block* instead of *words*: a reason, or the nearest match."""
    for form in ("NFC", "NFD"):
        if _stands(unicodedata.normalize(form, words), unicodedata.normalize(form, block)):
            return _why_not_equal(words, block)
    for what, fold in _LOOKALIKES:
        at = next(find_all(fold(block), fold(words), 0, len(block)), None)
        if at is not None:
            found = block[at : at + len(words)]
            return f"it stands there {what}: {shown(found)}{_told(unseen(found) or unseen(words))}"
    if unseen(words + block) and _stands(_seen(words), _seen(block)):
        return f"it stands there with other characters that are not seen{_told(unseen(words + block))}: copy the words from the text"
    at = block.find(words)
    if at >= 0:
        start, end = _word_around(block, at, at + len(words))
        return f"it stands there only as part of {shown(block[start:end])}; take whole words"
    near = nearest_words(words, block)
    if near:
        near = _without_outer_marks(near, words)
    return f"the nearest there is {shown(near)}" if near else "nothing there is like it"


def _seen(text: str) -> str:
    """What is seen of a text."""
    return text.translate({ord(c): None for c in unseen(text) if not divides(c)})


def told_apart(words: str, other: str) -> str:
    """The characters of *words* that nobody sees, by name, where *other* words have them not, or not as often."""
    return _told([c for c in unseen(words) if words.count(c) != other.count(c)])


def _told(characters: Sequence[str]) -> str:
    return f" ({', '.join(map(named, characters))})" if characters else ""


def _without_outer_marks(near: str, words: str) -> str:
    """The nearest match without the stop or quotation mark at an end where the lemma has none."""
    start, end = 0, len(near)
    while not _is_mark(words[-1:]) and end and _is_mark(near[end - 1]):
        end -= 1
    while not _is_mark(words[:1]) and start < end and _is_mark(near[start]):
        start += 1
    return near[start:end] or near


def _is_mark(sign: str) -> bool:
    return sign != "" and unicodedata.category(sign)[0] == "P"


def _stands(words: str, block: str) -> bool:
    return next(find_all(block, words, 0, len(block)), None) is not None


def _why_not_equal(words: str, block: str) -> str:
    if unicodedata.is_normalized("NFC", block):
        theirs, ours = "composed (NFC)", "decomposed (NFD)"
    elif unicodedata.is_normalized("NFD", block):
        theirs, ours = "decomposed (NFD)", "composed (NFC)"
    else:
        theirs, ours = "partly composed, partly decomposed", "otherwise"
    return (
        f"it stands there with its letters and accents {theirs}, and the lemma is written {ours}: "
        f"copy the words from the text"
    )


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    left = text.rfind(" ", 0, start) + 1
    right = text.find(" ", end)
    return left, len(text) if right < 0 else right


def nearest_words(words: str, block: str) -> str | None:
    """The stretch of *block*, in whole words, that is most like *words*."""
    tokens = block.split(" ")
    size = max(1, words.count(" ") + 1)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(words)
    best, best_ratio = None, 0.5
    for n in dict.fromkeys((size, size + 1, max(1, size - 1))):
        for i in range(max(1, len(tokens) - n + 1)):
            window = " ".join(tokens[i : i + n])
            matcher.set_seq1(window)
            if matcher.real_quick_ratio() <= best_ratio or matcher.quick_ratio() <= best_ratio:
                continue
            ratio = matcher.ratio()
            if ratio > best_ratio:
                best, best_ratio = window, ratio
    return best


def which_one(text: EditedText, words: str, found: Sequence[Span], first: int = 3) -> str:
    """Ways of saying which occurrence is meant: by number, and by a longer lemma."""
    numbers = [f"{words.replace(BREAK, ' ¶ ')}^{i}" for i in range(1, len(found) + 1)]
    offer = _or(numbers if len(numbers) <= first else [*numbers[:first], f"… ^{len(numbers)}"])
    longer = [wider for span in found[:first] if (wider := longer_lemma(text, span)) is not None]
    if longer:
        offer += ", or a longer lemma: " + ", ".join(shown(wider) for wider in longer)
    return offer


def _or(choices: Iterable[str]) -> str:
    *most, last = choices
    return f"{', '.join(most)} or {last}" if most else last
