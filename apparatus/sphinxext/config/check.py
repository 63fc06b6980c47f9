"""From ``conf.py`` to :class:`Settings`: what cannot be meant is reported, and the default used."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain, product
from pathlib import Path
from string import ascii_lowercase
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils.parsers.rst import directives
from docutils.parsers.rst.languages import get_language
from docutils.utils import new_document

from apparatus.classes import RULES, Cause, VariantClass
from apparatus.edition import Series
from apparatus.model import FIRST
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.reference_systems import ReferenceSystem
from apparatus.render.style import HouseStyle
from apparatus.sphinxext.config.declare import Setting, settings_of
from apparatus.sphinxext.config.declared import (
    AFTER,
    ARRANGEMENTS,
    CauseFields,
    Citation,
    ClassFields,
    Lines,
    ReferenceFields,
    SeriesFields,
    Settings,
    of_the_style,
)
from apparatus.sphinxext.report import report
from apparatus.sphinxext.schedule import ConfigInited

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

#: Kinds and sentences.
Faults: TypeAlias = list[tuple[ProblemKind, str]]
BAD = ProblemKind.BAD_CONFIG
PREFIX = "apparatus_"
CHECKED = f"{PREFIX}settings"  #: where the checked configuration is kept; no setting of an edition
LONGEST = 80  #: characters of a wrong value that a message has
#: What stands in braces already.
KNOWN = ("class", "id", "lang")
MOST_SERIES = 25  #: as print has letters for them, the author's footnotes besides
DECLARED = {f"{PREFIX}{setting.name}": setting for setting in settings_of(Settings)}


def register(config: Config) -> None:
    """Make Sphinx know all settings, and where the checked ones are kept."""
    for name, setting in DECLARED.items():
        config.add(name, setting.declared.default, setting.declared.rebuild, setting.types)
    config.add(CHECKED, None, "", ())


def check_settings(app: Sphinx, config: Config) -> None:
    """Report what is wrong with the configuration, and keep what is right (``config-inited``)."""
    config[CHECKED], faults = read_settings(config, lambda name: _is_directive(app, name))
    # Sphinx knows the file of a setting, but no line.
    file = Path(app.confdir) / "conf.py"
    report(Problem(kind, f"{file}: {fault}") for kind, fault in faults)


def _is_directive(app: Sphinx, name: str) -> bool:
    """Whether a document could write ``:::{name}`` before a series had the name."""
    language: Any = get_language("en")
    found, _ = directives.directive(name, language, new_document(""))
    return found is not None or name == "eval-rst" or name in _of_domains(app)


def _of_domains(app: Sphinx) -> set[str]:
    """The directives that need not name their domain."""
    registry = app.registry
    domains = {"std", app.config.primary_domain or "std"} & set(registry.domains)
    own = (name for domain in domains for name in registry.domains[domain].directives)
    added = (name for domain in domains for name in registry.domain_directives.get(domain, ()))
    return {*own, *added}


def read_settings(
    config: Config, is_taken: Callable[[str], bool] = lambda name: False
) -> tuple[Settings, Faults]:
    """The settings that *config* gives, and what is wrong with it, each fault a sentence.

    *is_taken* says of a name whether a directive has it, so that no series can.
    """
    faults: Faults = []
    _unknown(config, faults)
    values = {setting.name: _value(name, setting, config, faults) for name, setting in DECLARED.items()}
    values["series"] = _series(values["series"], faults, is_taken)
    values["classes"] = _classes(values["classes"], faults)
    values["causes"] = {
        name: Cause(name, parts["label"] or name, parts["description"])
        for name, parts in _named("causes", CauseFields, values["causes"], faults)
    }
    values["references"] = _references(values["references"], faults)
    values["citation"] = Citation(
        **_parts(settings_of(Citation), f"{PREFIX}citation", values["citation"], faults)
    )
    values["lines"] = Lines(**_parts(settings_of(Lines), f"{PREFIX}lines", values["lines"], faults))
    _page(values, faults)
    values["style"] = HouseStyle(**_parts(of_the_style(), f"{PREFIX}style", values["style"], faults))
    return Settings(**values), faults


def _unknown(config: Config, faults: Faults) -> None:
    for name in config._raw_config:
        if name.startswith(PREFIX) and name not in DECLARED:
            guess = nearest(name, DECLARED)
            meant = f"did you mean {guess!r}?" if guess else "remove it"
            faults.append((BAD, f"there is no setting {name!r}; {meant}"))


def _value(name: str, setting: Setting, config: Config, faults: Faults) -> Any:
    """The value that is given, or the default, which Sphinx is then told as well: it would complain again."""
    value = _accepted(name, setting, config[name], faults)
    if value is setting.declared.default:
        config[name] = value
    return value or None if NoneType in setting.types else _frozen(value)


def _frozen(value: Any) -> Any:
    """A list as the settings keep it, which are values."""
    return tuple(value) if isinstance(value, list) else value


def _accepted(name: str, setting: Setting, value: Any, faults: Faults) -> Any:
    if setting.accepts(value) or (value == "" and NoneType in setting.types):  # as a command line says None
        return value
    default, shown = setting.declared.default, setting.declared.shown
    used = f"the default is used: {shown}" if shown else f"{default!r} is used"
    fault = f"{name} is {_short(value)}; it wants {setting.wanted}, and {used}"
    faults.append((setting.declared.kind, fault))
    return default


def _short(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= LONGEST else f"{written[:LONGEST]}…"


def _parts(
    declared: Iterable[Setting], where: str, given: Mapping[Any, Any], faults: Faults
) -> dict[str, Any]:
    """The parts of a setting that is a dictionary, as they are declared."""
    known = {part.name: part for part in declared}
    for key in given:
        if key not in known:
            guess = nearest(str(key), known)
            meant = f"did you mean {guess!r}?" if guess else f"it may have {', '.join(known)}"
            faults.append((BAD, f"{where} has no {key!r}; {meant}"))
    return {
        name: _frozen(_accepted(f"{where}[{name!r}]", part, given[name], faults))
        if name in given
        else part.declared.default
        for name, part in known.items()
    }


def _series(given: Mapping[Any, Any], faults: Faults, is_taken: Callable[[str], bool]) -> dict[str, Series]:
    made: dict[str, Series] = {}
    for name, fields in given.items():
        where = f"{PREFIX}series[{name!r}]"
        if not isinstance(name, str) or not re.fullmatch(r"[\w-]+", name):
            faults.append((BAD, f"{where} cannot be a directive; name it by a word, such as 'sources'"))
        elif is_taken(name):
            fault = f"{where} has the name of a directive, which could no longer be written"
            faults.append((BAD, f"{fault}; name it by another word, here it is left out"))
        elif type(fields) is not dict:
            faults.append(
                (BAD, f"{where} is {_short(fields)}; it wants a dictionary, and the series is left out")
            )
        elif len(made) == MOST_SERIES:
            faults.append(
                (BAD, f"{where} is one too many: there may be {MOST_SERIES} series, and it is left out")
            )
        else:
            parts = _parts(settings_of(SeriesFields), where, fields, faults)
            made[name] = _one_series(name, where, parts, [series.letter for series in made.values()], faults)
    return made


def _classes(given: Mapping[Any, Any], faults: Faults) -> dict[str, VariantClass]:
    """The classes of variants; one that has the name of a rule, and says of none, takes what that finds."""
    made: dict[str, VariantClass] = {}
    for name, parts in _named("classes", ClassFields, given, faults):
        rules = parts["rules"] or ((name,) if name in RULES else ())
        its = tuple(RULES[rule] for rule in rules)
        made[name] = VariantClass(
            name, parts["label"] or name, parts["substantive"], its, parts["description"]
        )
    return made


def _named(
    setting: str, table: type, given: Mapping[Any, Any], faults: Faults
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What a setting declares by names that an editor can write in the braces of a reading."""
    for name, fields in given.items():
        where = f"{PREFIX}{setting}[{name!r}]"
        if not isinstance(name, str) or not re.fullmatch(r"\w[\w.-]*", name):
            faults.append((BAD, f"{where} cannot stand in braces; name it by a word, such as 'eye-skip'"))
        elif type(fields) is not dict:
            faults.append((BAD, f"{where} is {_short(fields)}; it wants a dictionary, and it is left out"))
        else:
            yield name, _parts(settings_of(table), where, fields, faults)


def _one_series(
    name: str, where: str, parts: dict[str, Any], taken: Collection[str], faults: Faults
) -> Series:
    free = _free_letter(name, parts["form"], taken)
    letter = parts["letter"] or free
    if letter in taken:  # two entries would have one anchor
        faults.append(
            (BAD, f"{where}['letter'] is {letter!r}, which another series has already; {free!r} is used")
        )
        letter = free
    label = name.capitalize() if parts["label"] is None else parts["label"]
    grades = tuple(parts["grades"])
    at_end = parts["form"] == "discussion"
    if parts["arrangement"] and at_end:
        fault = f"{where}['arrangement'] is {parts['arrangement']!r}, but the series stands after the text"
        faults.append((BAD, f"{fault}; only what stands at the foot is arranged, take it out"))
    arrangement = "" if at_end else parts["arrangement"]
    if ARRANGEMENTS.get(arrangement) == AFTER and parts["form"] == "notes":
        fault = f"{where}['arrangement'] is {arrangement!r}, but notes stand where their marks are"
        faults.append((BAD, f"{fault}; give the series the form 'discussion', or take it out"))
        arrangement = ""
    return Series(
        name,
        label,
        parts["holds"],
        parts["form"],
        letter,
        parts["lemma"],
        grades,
        parts["variants"],
        parts["language"],
        arrangement,
    )


def _references(given: Mapping[Any, Any], faults: Faults) -> dict[str, ReferenceSystem]:
    """The reference systems; the first is there also where it is not declared."""
    made = {FIRST: ReferenceSystem()}
    for name, fields in given.items():
        where = f"{PREFIX}references[{name!r}]"
        if not isinstance(name, str) or not re.fullmatch(r"[a-z][\w-]*", name) or name in KNOWN:
            faults.append((BAD, f"{where} cannot stand in braces; name it by a word, such as 'page'"))
        elif type(fields) is not dict:
            faults.append(
                (BAD, f"{where} is {_short(fields)}; it wants a dictionary, and the system is left out")
            )
        else:
            its = _parts(settings_of(ReferenceFields), where, fields, faults)
            made[name] = ReferenceSystem(
                name, tuple(its["levels"]), tuple(its["separators"]), its["label"], its["within"] == "line"
            )
    return made


def _page(values: dict[str, Any], faults: Faults) -> None:
    """What of the printed page contradicts itself is reported, and the facing pages have their way."""
    lines = values["lines"]
    if values["layout"] == "facing" and lines.by != "page":
        fault = f"{PREFIX}lines['by'] is {lines.by!r}, but facing pages count their lines by the page, line beside line"
        faults.append((BAD, f"{fault}; take one of the two out, 'page' is used"))
        values["lines"] = dataclasses.replace(lines, by="page")
    for series in [*values["series"].values()] if values["layout"] == "facing" else ():
        if series.form == "notes" and series.arrangement not in ("", "two columns"):
            where = f"{PREFIX}series[{series.name!r}]"
            fault = f"{where} is not in two columns, as the notes of facing pages are"
            faults.append((BAD, f"{fault}; leave out what sets it otherwise, which is not heeded"))
            values["series"][series.name] = dataclasses.replace(series, arrangement="")
        if ARRANGEMENTS.get(series.arrangement) == AFTER:
            fault = f"{PREFIX}series[{series.name!r}] stands after the text, but facing pages have it at their feet"
            faults.append((BAD, f"{fault}; take one of the two out, the arrangement is not heeded"))
            values["series"][series.name] = dataclasses.replace(series, arrangement="")


def _free_letter(name: str, form: str, taken: Collection[str]) -> str:
    """A letter for the anchors of a series: by its form, else of its name, else whichever is left."""
    own = (letter for letter in name if letter.isalpha())
    pairs = map("".join, product(ascii_lowercase, repeat=2))
    every = chain("a" if form == "run-in" else "n", own, ascii_lowercase, pairs)
    return next(letter for letter in every if letter not in taken)


def setup(app: Sphinx) -> None:
    register(app.config)
    app.connect("config-inited", check_settings, priority=ConfigInited.CHECK_SETTINGS)
