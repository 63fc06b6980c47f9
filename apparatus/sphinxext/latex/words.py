"""What the style files of the book print in words: they have it in English; the book of another language renews it."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from sphinx.util import texescape

from apparatus.voice import SOURCE, Voice, phrase

#: Macro → what it prints, and which holes are its arguments, in their order.
IN_NAMES: dict[str, tuple[str, ...]] = {
    "critsayspage": (phrase("p.\N{NO-BREAK SPACE}"),),
    "critsayspages": (phrase("pp.\N{NO-BREAK SPACE}"),),
}
IN_FACING: dict[str, tuple[str, ...]] = {
    "critsaysleft": (phrase("on the left"),),
    "critsaystransmitted": (phrase("{witness}, as transmitted"), "witness"),
    "critsaysright": (phrase("on the right"),),
    "critsaysreadingtext": (phrase("the reading text, with its apparatus"),),
    "critsaysfoot": (phrase("at the foot of both"),),
}
IN_FEET: dict[str, tuple[str, ...]] = {
    "critsayswhole": (phrase("in {sigla}"), "sigla"),
    "critsayspart": (phrase("in part in {sigla}"), "sigla"),
    "critsayssome": (phrase("at least in part in {sigla}"), "sigla"),
    "critsaysnot": (phrase("not in {sigla}"), "sigla"),
    "critsaysunknown": (phrase("not known of {sigla}"), "sigla"),
    "critsaysall": (phrase("in all witnesses"),),
}
IN_OFFPRINT: dict[str, tuple[str, ...]] = {
    "critsayspdftitle": (phrase("{title}, section {section}"), "title", "section"),
    "critsayssectionof": (phrase("section {section} of"), "section"),
    "critsaysoffprint": (phrase("Offprint"),),
    "critsayssigla": (phrase("Sigla"),),
    "critsaysoffprintnumbers": (
        phrase(
            "Passages and notes have the numbers that they have in the edition; cite them by these. The pages are "
            "counted for this offprint alone. Passages, notes and pages that are referred to and do not stand here "
            "are in the edition."
        ),
    ),
}


def renewed(voice: Voice, *, facing: bool, offprint: bool, carriers: bool = False) -> Iterator[str]:
    """The commands that say it in the voice's language; none if that is English."""
    wanted = (
        IN_NAMES
        | (IN_FACING if facing else {})
        | (IN_OFFPRINT if offprint else {})
        | (IN_FEET if carriers else {})
    )
    for macro, (message, *holes) in wanted.items() if voice.tag != SOURCE else ():
        arguments = f"[{len(holes)}]" if holes else ""
        yield f"\\renewcommand\\{macro}{arguments}{{{_with_arguments(voice.say(message), holes)}}}"


def _with_arguments(message: str, holes: list[str]) -> str:
    parts = Formatter().parse(message)
    return "".join(
        escaped(words) + (f"#{holes.index(name) + 1}" if name else "") for words, name, _, _ in parts
    )


def escaped(text: str) -> str:
    """*text* as TeX prints it."""
    texescape.init()  # Sphinx does so only when the builder is there
    return str(texescape.escape(text, "lualatex"))
