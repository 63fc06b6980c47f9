"""What is known of a language by its tag (BCP 47): in which direction and in which script it is written."""

from __future__ import annotations

#: The tag of words whose language nobody has said (BCP 47: undetermined).
UNDETERMINED = "und"
#: Languages that are written from right to left where their tag names no script, and the scripts that are.
_FROM_THE_RIGHT = (
    "ae ar arc ary arz ckb dv fa hbo he ks lrc mzn nqo ota pal phn prs ps sam sd syc syr ug ur xpr yi"
)
_SCRIPTS_FROM_THE_RIGHT = (
    "adlm arab aran armi avst chrs cprt hatr hebr khar lydi mand mani mend merc mero narb nbat nkoo orkh palm phli "
    "phlp phnx prti rohg samr sarb sogd sogo syrc syrj syrn syre thaa yezi"
)
#: The tag of words whose language nobody has said (BCP 47: undetermined).
UNDETERMINED = "und"
#: Languages that are written in Cyrillic where their tag names no script.
_IN_CYRILLIC = (
    "ab ady av ba be bg bua ce cu cv inh kbd kk koi kpv krc kum kv ky lbe lez mdf mhr mk mn mrj myv nog orv os ru rue "
    "sah sr tg tt tyv udm uk xal"
)
_RIGHT, _RIGHT_SCRIPTS, _CYRILLIC = (
    frozenset(words.split()) for words in (_FROM_THE_RIGHT, _SCRIPTS_FROM_THE_RIGHT, _IN_CYRILLIC)
)


def direction(tag: str) -> str:
    """How a language is written: ``rtl`` or ``ltr``, as HTML says it."""
    script = _script_of(tag)
    from_the_right = script in _RIGHT_SCRIPTS if script else _language_of(tag) in _RIGHT
    return "rtl" if from_the_right else "ltr"


def is_in_cyrillic(tag: str) -> bool:
    """Whether a language is written in Cyrillic."""
    script = _script_of(tag)
    return script in ("cyrl", "cyrs") if script else _language_of(tag) in _CYRILLIC


def is_of(tag: str, other: str) -> bool:
    """Whether a tag is that of the other language or of a variety of it: ``de-AT`` is of ``de``."""
    return f"{tag}-".lower().startswith(f"{other}-".lower())


def is_other(tag: str, main: str) -> bool:
    """Whether words in a language are to be marked where all else is in the main one."""
    return bool(tag) and not is_of(main, tag)


def _language_of(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _script_of(tag: str) -> str:
    """The script that a tag names: the part of four letters before any that is private or an extension."""
    for part in tag.lower().split("-")[1:]:
        if len(part) == 1:
            break
        if len(part) == 4 and part.isalpha():
            return part
    return ""
