"""What an edition's ``conf.py`` need not say about LaTeX.

Every value here is a default: what ``conf.py`` or the command line sets stands.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.latex import LaTeXBuilder
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from apparatus.edition import Series
from apparatus.sphinxext.config import is_set, settings
from apparatus.sphinxext.config.declared import AFTER, ARRANGEMENTS, FIFTH
from apparatus.sphinxext.latex import carried, facing, languages, offprint
from apparatus.sphinxext.latex.entries import authors_letter, letters
from apparatus.sphinxext.latex.words import escaped, renewed
from apparatus.sphinxext.outputs import slug, titles
from apparatus.sphinxext.printed import text_digest
from apparatus.sphinxext.voice import voice_of

THEME = Path(__file__).parents[2] / "latex"
FILES = (
    "crit.cls",
    "critpage.sty",
    "crittext.sty",
    "critnames.sty",
    "critarchive.sty",
    "crit.lua",
    "critbreaks.lua",
    "critfeet.lua",
    "critlines.lua",
    "critpieces.lua",
    "latexmkrc",
    *carried.FILES,
    *facing.FILES,
    *offprint.FILES,
)
#: ``apparatus_paper`` → the option of our class.
PAPERS = {"a4": "a4paper", "letter": "letterpaper", "royal": "royal"}


def apply_defaults(config: Config) -> None:
    """Set what the edition leaves open, before Sphinx's builder reads it."""
    for name, value in defaults(config).items():
        if not is_set(config, name):
            config[name] = value
    config.latex_documents = [book(config, list(fields)) for fields in config.latex_documents]
    config.latex_elements = joined(elements(config), config.latex_elements)
    # absolute paths: Sphinx takes the one relative to the sources, the other to conf.py
    config.latex_theme_path = [*config.latex_theme_path, str(THEME)]
    config.latex_additional_files = [*(str(THEME / name) for name in FILES), *config.latex_additional_files]


def joined(ours: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    """What the edition sets stands, and what is a list comes behind ours: without our preamble there is no book."""
    lists = {"preamble": "\n", "sphinxsetup": ","}
    both = {key: by.join(filter(None, (ours[key], theirs.get(key, "")))) for key, by in lists.items()}
    return {**ours, **theirs, **both}


def book(config: Config, fields: list[Any]) -> tuple[Any, ...]:
    """An entry of ``latex_documents`` as a book: Sphinx's "manual" is never the class of an edition."""
    title, author, theme = 2, 3, 4
    fields[author] = fields[author] if is_set(config, "author") else ""  # not "Author name not set"
    fields[theme] = "crit" if fields[theme] == "manual" else fields[theme]
    fields[title] = escaped(titles(config)[0]) if fields[title] == config.project else fields[title]
    return tuple(fields)


def defaults(config: Config) -> dict[str, Any]:
    """Sphinx's own settings, as a book wants them."""
    title, _ = titles(config)
    return {
        "latex_engine": "lualatex",
        "latex_theme": "crit",
        "latex_documents": [
            (config.root_doc, f"{slug(title)}.tex", escaped(title), escaped(config.author), "crit")
        ],
        "latex_use_xindy": False,
        "latex_domain_indices": False,
        "latex_show_pagerefs": False,
        "latex_show_urls": "no",
        "latex_table_style": ["booktabs"],
    }


def elements(config: Config) -> dict[str, str]:
    """What goes into Sphinx's template of a document."""
    return {
        "papersize": PAPERS[settings(config).paper],
        "pointsize": "11pt",
        "polyglossia": "",
        "babel": "\\usepackage{babel}",
        "fontpkg": "",
        "fncychap": "",
        "releasename": "",
        "sphinxsetup": "TitleColor={named}{black},HeaderFamily=\\normalfont",
        "preamble": preamble(config),
        "shorthandoff": "",
    }


def preamble(config: Config) -> str:
    """Load the page and the edited text, with as many series as the edition uses: each costs time."""
    series = sorted({*letters(config).values(), "A", authors_letter(config)})
    values = {"critsubtitle": titles(config)[1], "critversion": version(config)}
    values |= {"critversionnumber": config.release, "critlicence": settings(config).licence}
    values["critrights"] = str(config.copyright) if is_set(config, "project_copyright") else ""
    commands = [f"\\renewcommand\\{name}{{{escaped(text)}}}" for name, text in values.items()]
    commands.append(f"\\renewcommand\\critimprint{{{imprint(config)}}}")
    loads = [
        *languages.preamble(config),
        "\\usepackage{critpage}",
        f"\\usepackage[series={{{','.join(series)}}}]{{crittext}}",
    ]
    loads += ["\\usepackage{critnames}", "\\usepackage{critarchive}"]
    loads += [*facing.preamble(config), *offprint.preamble(config), *carried.preamble(config)]
    commands += renewed(
        voice_of(config),
        facing=facing.is_wanted(config),
        offprint=bool(settings(config).section),
        carriers=settings(config).carriers,
    )
    commands.append(f"\\critauthorsnotes{{{authors_letter(config)}}}")
    commands += page(config)
    return "\n".join([*loads, "\\makeatletter", *commands, "\\makeatother"])


def page(config: Config) -> list[str]:
    """The page as the edition wants it, where it wants another than ours."""
    lines, short = settings(config).lines, settings(config).running_title
    said = [f"\\critlineation{{{lines.by}}}"] if lines.by != "page" else []
    said += arrangements(config)
    if lines.every != FIFTH:
        said.append(f"\\criteveryline{{{lines.every}}}")
    return [*said, f"\\renewcommand\\critrunningtitle{{{escaped(short)}}}"] if short else said


def arrangements(config: Config) -> list[str]:
    """How the series stand that do not stand as those of their form do."""
    series, lettered = settings(config).series, letters(config)
    return [
        _arranged(one, lettered[name], ARRANGEMENTS[one.arrangement])
        for name, one in series.items()
        if one.arrangement
    ]


def _arranged(series: Series, letter: str, arrangement: str) -> str:
    if arrangement == AFTER:
        return f"\\critafterthetext{{{letter}}}{{{escaped(series.label)}}}"
    return f"\\crit{series.form.replace('-', '')}arranged{{{letter}}}{{{arrangement}}}"


def say_which_text(app: Sphinx, env: BuildEnvironment) -> None:
    """Have the book say of which text its pages and lines are (``env-updated``)."""
    if isinstance(app.builder, LaTeXBuilder):
        # The class loads the language itself, from what babel knows of it: Sphinx would ask for a package of its own.
        app.builder.context["classoptions"] = ",english"
        app.builder.context["preamble"] += f"\n\\renewcommand\\crittextdigest{{{text_digest(env)}}}"


def imprint(config: Config) -> str:
    """The back of the title page: title, version and date, whose rights, then what the edition says."""
    title, subtitle = titles(config)
    dated = ", ".join(part for part in (escaped(version(config)), "\\@date") if part)
    first = escaped(f"{title}: {subtitle}" if subtitle else title)
    paragraphs = [f"\\textit{{{first}}}\\newline {dated}"]
    if is_set(config, "project_copyright") or is_set(config, "copyright"):
        paragraphs.append(f"© {escaped(str(config.copyright))}")
    paragraphs += [escaped(line.replace("{version}", config.release)) for line in settings(config).imprint]
    return "\\par ".join(paragraphs)


def version(config: Config) -> str:
    """The line about the version on the title page."""
    return voice_of(config).say("Version {version}", version=config.release) if config.release else ""
