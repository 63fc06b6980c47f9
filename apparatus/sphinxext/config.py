"""Configuration: declared once, checked once, read only through :func:`settings`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from apparatus.edition import Series
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.script import DEFAULT, find_scheme
from apparatus.sphinxext.report import report

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

DEFAULT_SERIES = {
    "apparatus": {"label": "Apparatus", "holds": "readings", "form": "run-in"},
    "commentary": {"label": "Notes", "holds": "prose", "form": "notes"},
}

#: value, default, what a change makes to be done again, types
VALUES: tuple[tuple[str, Any, Literal["env", "html"], tuple[type, ...]], ...] = (
    ("apparatus_series", DEFAULT_SERIES, "env", (dict,)),
    ("apparatus_conspectus", None, "env", (str, type(None))),
    ("apparatus_positive", False, "env", (bool,)),
    ("apparatus_scheme", "iso9", "html", (str,)),
    ("apparatus_transliterate", True, "html", (bool,)),
    ("apparatus_collation", True, "env", (bool,)),
    ("apparatus_section_level", 2, "env", (int,)),
    ("apparatus_anchors", None, "env", (str, type(None))),
    ("apparatus_witness_pages", True, "html", (bool,)),
    ("apparatus_register", None, "env", (str, type(None))),
    ("apparatus_trusted_sources", False, "env", (bool,)),
)


def is_set(config: Config, name: str) -> bool:
    """Whether ``conf.py`` or the command line gives a value."""
    return name in config._raw_config or name in config.overrides


@dataclass(frozen=True)
class Settings:
    """The configuration of an edition, checked."""

    series: dict[str, Series] = field(default_factory=dict)
    conspectus: str | None = None
    positive: bool = False  #: print who supports each lemma, and require that all are accounted for
    scheme: str = "iso9"
    transliterate: bool = True
    collation: bool = True
    section_level: int = 2
    anchors: str | None = None
    register: str | None = None


PREFIX = "apparatus_"
SETTINGS = "apparatus_settings"  #: where the checked configuration is kept; no setting of an edition

#: Types in the words of a message.
IN_WORDS: dict[type, str] = {
    **{bool: "True or False", dict: "a dictionary", int: "a whole number", list: "a list", str: "a text"},
    **{tuple: "a tuple", type(None): "None"},
}

#: What the source of an edition is written with: fences of colons, classes of blocks and words.
MYST_EXTENSIONS = {"colon_fence", "attrs_block", "attrs_inline"}


def check_types(app: Sphinx, config: Config) -> None:
    """Report unknown settings and wrong types, and put back the default, before anything reads them."""
    problems = []
    known = {name: option for name, option in config._options.items() if name.startswith(PREFIX)}
    for name, option in known.items():
        value, types = getattr(config, name), option.valid_types
        # Exactly, because True is also a whole number.
        if not isinstance(types, frozenset) or not types or type(value) in types:
            continue
        wanted = " or ".join(sorted(IN_WORDS[its] for its in types))
        fault = f"{name} is {value!r}; it wants {wanted}, and {option.default!r} is used"
        problems.append(in_conf_py(app, fault))
        setattr(config, name, option.default)
    for name in config._raw_config:
        if name.startswith(PREFIX) and name not in known:
            guess = nearest(name, known.keys() - {SETTINGS})
            meant = f"did you mean {guess!r}?" if guess else "remove it"
            problems.append(in_conf_py(app, f"there is no setting {name!r}; {meant}"))
    report(problems)


def in_conf_py(app: Sphinx, fault: str) -> Problem:
    """What is wrong with a setting, for which Sphinx knows the file but no line."""
    return Problem(ProblemKind.BAD_CONFIG, f"{Path(app.confdir) / 'conf.py'}: {fault}")


def prepare(app: Sphinx, config: Config) -> None:
    """Set what every edition needs, so that its conf.py need not say it."""
    if "myst_enable_extensions" in config:
        config.myst_enable_extensions = {*config.myst_enable_extensions, *MYST_EXTENSIONS}
    if "smartquotes" not in config._raw_config:
        config.smartquotes = False  # punctuation is evidence


def check(app: Sphinx, config: Config) -> None:
    """Read the configuration into :class:`Settings`; a wrong value becomes a problem and the default."""
    problems: list[Problem] = []
    series: dict[str, Series] = {}
    for name, fields in config.apparatus_series.items():
        series[name] = _series(name, fields, [s.letter for s in series.values()], problems)
    config.apparatus_settings = Settings(
        series,
        config.apparatus_conspectus,
        config.apparatus_positive,
        _scheme(config.apparatus_scheme, problems),
        config.apparatus_transliterate,
        config.apparatus_collation,
        config.apparatus_section_level,
        config.apparatus_anchors,
        config.apparatus_register,
    )
    report(problems)


def _scheme(name: str, problems: list[Problem]) -> str:
    found = find_scheme(name)
    if isinstance(found, Problem):
        problems.append(found)
        return DEFAULT
    return name


def settings(config: Config) -> Settings:
    """The checked configuration."""
    found: Settings = config.apparatus_settings
    return found


def _series(name: str, fields: Any, letters: list[str], problems: list[Problem]) -> Series:
    known: dict[str, tuple[Any, ...] | None] = {
        **{"label": None, "holds": ("readings", "prose"), "form": ("run-in", "notes")},
        **{"letter": None, "lemma": (True, False)},
    }
    values: dict[str, Any] = {
        "label": name.capitalize(),
        "holds": "readings",
        "form": "run-in",
        "lemma": False,
    }
    for key, value in fields.items() if isinstance(fields, dict) else ():
        allowed = known.get(key, ())
        if allowed is None or value in allowed:
            values[key] = value
            continue
        guess = nearest(key, known) if key not in known else nearest(str(value), map(str, allowed))
        meant = f"; did you mean {guess!r}?" if guess else ""
        what = f"field {key!r}" if key not in known else f"value {value!r} of {key!r}"
        problems.append(
            Problem(ProblemKind.BAD_CONFIG, f"apparatus_series, series {name!r}: unknown {what}{meant}")
        )
    free = next(
        c for c in (("a" if values["form"] == "run-in" else "n") + name + "bcdefghijklm") if c not in letters
    )
    letter = values.get("letter") or free
    if letter in letters:  # two entries would have one anchor
        fault = f"the letter {letter!r} is another series’ already; {free!r} is used"
        problems.append(Problem(ProblemKind.BAD_CONFIG, f"apparatus_series, series {name!r}: {fault}"))
        letter = free
    return Series(name, values["label"], values["holds"], values["form"], letter, values["lemma"])


def setup(app: Sphinx) -> None:
    for name, default, rebuild, types in VALUES:
        app.add_config_value(name, default, rebuild, types)
    app.add_config_value(SETTINGS, None, "")
    app.connect("config-inited", check_types, priority=80)
    app.connect("config-inited", prepare, priority=90)
    app.connect("config-inited", check, priority=100)
