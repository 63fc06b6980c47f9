"""What sigla, hands and names look like: whether a reader can tell one from another, and from an entry's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from apparatus.characters import named, why_no_name
from apparatus.model import ALL, REST
from apparatus.notation.lexis import BRACKET, ELLIPSIS, KEYWORDS, NEXT, NOT_IN_SIGLA, PILCROW, SUB

#: Words of the notation that can be no siglum.
RESERVED = KEYWORDS.keys() | {ALL, REST, BRACKET, NEXT, SUB, ELLIPSIS, PILCROW}
#: What besides an entry prints between or after sigla.
_LATIN = {"ante", "post", "ut", "vid."}

#: Letters of Cyrillic and Greek that have the shape of a Latin one, and of Cyrillic that have that of a Greek one.
_SHAPES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаеорсухѕіјһԁԛԝӀӏ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧον" + "ГПФ",
    "ABESIJKMHOPCTYXQWaeopcyxsijhdqwll" + "ABEZHIKMNOPTYXov" + "ΓΠΦ",
)
#: Forms of letters that readers tell apart, and the field uses so: 𝔐 is another siglum than M.
_OWN_FORMS = ("FRAKTUR", "BLACK-LETTER", "SCRIPT", "DOUBLE-STRUCK")
_DIVIDERS = re.compile(r"[ ,+&/]+")


def skeleton(text: str) -> str:
    """*text* as the eye takes it: what has one skeleton is printed alike (after UTS 39, *Unicode Security Mechanisms*).

    Wide, bold and slanted forms are plain letters; blanks and what is not seen are left out; letters of Greek and
    Cyrillic that have the shape of a Latin letter are that letter. Signs that are raised, black letter, script and
    double-struck letters keep their forms. Not covered: other scripts, and what is alike within one (I and l, 0 and O).
    """
    plain = "".join(c if _has_own_form(c) else unicodedata.normalize("NFKC", c) for c in text)
    bare = unicodedata.normalize("NFD", plain).translate(_SHAPES)
    return "".join(c for c in bare if not _is_unseen(c))


def _has_own_form(character: str) -> bool:
    how = unicodedata.decomposition(character).partition(" ")[0]
    name = unicodedata.name(character, "")
    return how in ("<super>", "<sub>") or (how == "<font>" and any(form in name for form in _OWN_FORMS))


def _is_unseen(character: str) -> bool:
    return why_no_name("x" + character) is not None


def fault_of_label(label: str) -> str | None:
    """Why *label* cannot be printed as a siglum: a sign, or a word, would be read as something else, or not be seen."""
    words = label.split(" ")
    if not any(words):
        return "it is blank"
    if not all(words):
        return "it has a blank at an end, or two together"
    if hidden := next(filter(None, map(why_no_name, words)), None):
        return f"it contains {hidden}"
    if sign := next((c for c in label if c in NOT_IN_SIGLA or unicodedata.category(c) in ("Ps", "Pe")), None):
        return f"it contains {sign!r}, which means something in an entry"
    word = next((word for word in words if word in RESERVED | _LATIN), None)
    return f"'{word}' is a word of the notation" if word else None


def read_as(shown: str, others: Mapping[str, str]) -> str | None:
    """What a siglum that is printed as *shown* would be taken for; *others*: skeleton → another siglum as it is printed."""
    stem = shown.rstrip("".join(c for c in shown if unicodedata.decomposition(c).startswith("<super>")))
    if stem != shown and (whose := others.get(skeleton(stem))):
        hand = unicodedata.normalize("NFKC", shown[len(stem) :])
        return f"hand '{hand}' of '{whose}'"
    found = next((others[part] for part in map(skeleton, _parts(shown)) if part in others), None)
    return f"'{found}' and more" if found else None


def _parts(shown: str) -> Iterator[str]:
    """The words of a siglum, and those that follow one another; not all together."""
    words = [word for word in _DIVIDERS.split(shown) if word]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if end - start < len(words):
                yield " ".join(words[start:end])


def unlike(*texts: str) -> str:
    """The names of the characters by which texts that look alike differ: *(U+0410 cyrillic capital letter a)*."""
    in_all = set.intersection(*map(set, texts))
    found = dict.fromkeys(c for text in texts for c in text if c not in in_all and not c.isascii())
    return f" ({', '.join(map(named, found))})" if found else ""


def same_hands(hands: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The hands that are printed alike, each with the one before it."""
    seen: dict[str, str] = {}
    for hand in hands:
        if (first := seen.setdefault(skeleton(hand), hand)) != hand:
            yield first, hand
