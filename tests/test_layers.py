"""Data flows one way, so imports do too: each layer and each wing may import only what the tables list."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "apparatus"
#: What lets Sphinx, or a command line, in.
DOORS = {PACKAGE / "__init__.py", PACKAGE / "__main__.py"}
CORE = {"model", "problems"}
MAY_IMPORT: dict[str, set[str]] = {
    "characters": set(),
    "model": set(),
    "uri": set(),
    "mathematics": set(),
    "written": set(),
    "bounded": set(),
    "problems": {"model"},
    "voice": CORE,
    "normalisation": {"voice"},
    "reference_systems": {"model"},
    "source_file": CORE | {"characters"},
    "notation": CORE | {"characters", "reference_systems"},
    "conspectus": CORE | {"notation", "source_file", "characters"},
    "chronology": CORE | {"conspectus", "voice"},
    "outline": CORE,
    "drama": CORE,
    "file_facts": {"source_file", "voice"},
    "transcription": CORE | {"source_file", "characters", "file_facts", "bounded"},
    "numbering": CORE | {"reference_systems"},
    "counterparts": CORE | {"reference_systems"},
    "concordance": {"voice"},
    "latex_log": CORE,
    "downloads": {"voice"},
    "versions": CORE | {"voice"},
    "anchors": CORE | {"reference_systems", "source_file"},
    "anchoring": CORE | {"characters"},
    "collation": CORE | {"anchoring", "notation", "characters", "normalisation"},
    "changes": {"characters", "model", "voice"},
    "classes": CORE | {"changes", "voice"},
    "edition": CORE
    | {
        "classes",
        "anchors",
        "counterparts",
        "numbering",
        "anchoring",
        "collation",
        "reference_systems",
        "transcription",
    },
    "establishment": {"classes", "model", "collation", "edition", "voice"},
    "portions": {"anchors", "model", "conspectus", "edition"},
    "cross_reference": CORE | {"edition", "notation"},
    "forms": {"classes", "model", "edition"},
    "carriers": {"model", "edition", "collation"},
    "revision": CORE | {"collation", "edition", "forms", "notation"},
    "citation": {"voice"},
    "hyphenation": set(),
    "language": set(),
    "typefaces": set(),
    "witness_text": {"edition", "collation", "model"},
    "parallel": {"characters", "model", "edition", "collation"},
    "script": {"language", "problems"},
    "register": CORE | {"anchoring", "conspectus", "script", "characters"},
    "render": {"drama", "characters", "classes", "model", "edition", "forms", "problems", "voice"},
    "bibliography": CORE | {"script", "voice"},
    "variation": {"model", "edition", "anchoring", "collation"},
    "variants": {"classes", "model", "edition", "forms", "variation"},
    "tei": CORE | {"collation", "normalisation", "edition", "forms", "register", "variation", "voice"},
    "importing": {
        "anchoring",
        "characters",
        "collation",
        "model",
        "notation",
        "reference_systems",
        "written",
    },
    "sphinxext": {"*"},
}
#: The wings of the Sphinx layer: what each may import of the others, as above.
MAY_ENTER: dict[str, set[str]] = {
    "config": {"report", "schedule"},
    "collector": {"schedule"},
    "report": set(),
    "voice": {"config", "report", "schedule"},
    "outputs": {"config", "voice"},
    "schedule": set(),
    "domain": set(),
    "tex_files": set(),
    "screen_faces": {"config", "domain", "outputs", "report", "schedule", "tex_files"},
    "labels": {"domain", "voice"},
    "making": {"config", "domain", "voice"},
    "by_portion": {"config", "domain", "labels", "making"},
    "prove": {"by_portion", "config", "domain", "labels", "making", "report", "schedule"},
    "printed": {"config", "domain", "schedule"},
    "pages": {"config", "domain", "schedule", "tree"},
    "rewriting": {"config", "domain", "pages", "schedule"},
    "tree": {"outputs"},
    "source": {"config", "domain", "report", "schedule", "tree"},
    "entries": {"config", "domain", "outputs", "report", "schedule", "tree", "voice"},
    "names": {"config", "domain", "outputs", "report", "schedule", "tree", "voice"},
    "bibliography": {"config", "domain", "report", "schedule", "tree", "voice"},
    "parts": {"config", "domain", "outputs", "report", "schedule", "tree", "voice"},
    "html": {
        "config",
        "domain",
        "entries",
        "outputs",
        "parts",
        "report",
        "schedule",
        "screen_faces",
        "tree",
        "voice",
    },
    "latex": {
        *("config", "domain", "entries", "outputs", "printed", "report", "schedule", "tex_files", "tree"),
        "voice",
    },
    "epub": {"config", "domain", "outputs", "report", "schedule", "voice"},
    "search": {"config", "domain", "entries", "outputs", "report", "schedule", "tree", "voice"},
    "tei": {"config", "domain", "outputs", "report", "tree"},
    "data": {"domain", "outputs", "report"},
    "program": {"config", "domain", "report"},
    "plain": {"config", "entries", "outputs", "schedule", "tree", "voice"},
    "extension": {"*"},
}
WRITERS = {"html", "latex", "epub", "search", "plain"}
#: What of Sphinx and docutils makes one output only; ``outputs`` asks which is being made, ``rewriting`` where
#: the files of Sphinx are.
OF_ONE_OUTPUT = ("sphinx.writers", "sphinx.builders.", "docutils.writers")
ASK_THE_BUILDER = {"outputs", "rewriting"}
#: Which packages from outside a layer may use; the standard library is free to all.
OUTSIDE = {
    "voice": {"babel"},
    "script": {"iuliia"},
    "bibliography": {"pybtex"},
    "citation": {"citeproc"},
    "hyphenation": {"pyphen"},
    "importing": {"babel"},
    "sphinxext": {"*"},
}
#: With these a module could import what is not seen here.
HIDDEN = {"importlib", "imp", "runpy", "pkgutil"}
FRAMEWORKS = {"sphinx", "docutils", "myst_parser", "furo", "sphinxcontrib"}


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(source: str) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            names.append(node.module or "")
            if node.module in ("apparatus", "apparatus.sphinxext"):
                names += [f"{node.module}.{alias.name}" for alias in node.names]
    return names


def imported_by(path: Path) -> list[str]:
    return imported_names(path.read_text(encoding="utf-8"))


def faults(path: Path) -> list[str]:
    layer = layer_of(path)
    allowed, outside = MAY_IMPORT[layer], OUTSIDE.get(layer, set())
    found = []
    for name in imported_by(path):
        parts = name.split(".")
        if parts[0] == "apparatus" and len(parts) > 1:
            if "*" not in allowed and parts[1] != layer and parts[1] not in allowed:
                found.append(f"{layer} imports {name}")
        elif "*" in outside or parts[0] in outside or parts[0] == "apparatus":
            continue
        elif parts[0] not in sys.stdlib_module_names or parts[0] in HIDDEN:
            found.append(f"{layer} imports {name}")
    return found


def test_imports_point_one_way():
    modules = [p for p in PACKAGE.rglob("*.py") if p not in DOORS]
    assert len(modules) > 20
    assert [fault for path in modules for fault in faults(path)] == []


def test_every_layer_is_in_the_table():
    layers = {layer_of(p) for p in PACKAGE.rglob("*.py")} - {path.stem for path in DOORS}
    assert layers == set(MAY_IMPORT)


def test_the_table_permits_only_what_is_used():
    used: dict[str, set[str]] = {layer: set() for layer in MAY_IMPORT}
    for path in PACKAGE.rglob("*.py"):
        if path not in DOORS:
            its = used[layer_of(path)]
            its |= {p[1] for name in imported_by(path) if (p := name.split("."))[0] == "apparatus" and p[1:]}
    assert {
        layer: may - used[layer] - {"*"} for layer, may in MAY_IMPORT.items() if may - used[layer] - {"*"}
    } == {}


def wings() -> Iterator[tuple[str, str]]:
    """Every module of the Sphinx layer: its wing and its source."""
    for path in (PACKAGE / "sphinxext").rglob("*.py"):
        wing = path.relative_to(PACKAGE / "sphinxext").parts[0].removesuffix(".py")
        if wing != "__init__":
            yield wing, path.read_text(encoding="utf-8")


def entered(wing: str, source: str) -> set[str]:
    """The other wings from which a module of *wing* imports."""
    parts = (name.split(".") for name in imported_names(source))
    return {p[2] for p in parts if p[:2] == ["apparatus", "sphinxext"] and p[2:]} - {wing}


def wing_faults(wing: str, source: str) -> list[str]:
    allowed = MAY_ENTER[wing]
    found = [f"{wing} imports {other}" for other in entered(wing, source) - allowed if "*" not in allowed]
    if wing not in WRITERS | ASK_THE_BUILDER:
        found += [f"{wing} imports {n}" for n in imported_names(source) if n.startswith(OF_ONE_OUTPUT)]
    return found


def test_wings_import_as_their_table_says_and_only_writers_know_an_output():
    assert [fault for wing, source in wings() for fault in wing_faults(wing, source)] == []


def test_every_wing_is_in_the_table_and_the_table_permits_only_what_is_used():
    used: dict[str, set[str]] = {}
    for wing, source in wings():
        used.setdefault(wing, set()).update(entered(wing, source))
    assert used | {"extension": {"*"}} == MAY_ENTER


def test_the_table_of_wings_lets_nobody_import_a_writer():
    assert [wing for wing, may in MAY_ENTER.items() if may & (WRITERS | {"*"})] == ["extension"]
    assert [*TopologicalSorter(MAY_ENTER | {"extension": set()}).static_order()]  # raises if there is a cycle


@pytest.mark.parametrize(
    ("wing", "source"),
    [
        ("names", "from apparatus.sphinxext.latex import names"),
        ("html", "from apparatus.sphinxext import latex"),
        ("search", "import apparatus.sphinxext.html.assets"),
        ("domain", "if TYPE_CHECKING:\n    from apparatus.sphinxext.tree import keys"),
        ("parts", "def late():\n    from apparatus.sphinxext.html.assets import STATIC"),
        ("entries", "from sphinx.writers.html5 import HTML5Translator"),
        ("tree", "from sphinx.builders.latex import LaTeXBuilder"),
    ],
)
def test_a_wing_that_enters_where_it_may_not_is_caught(wing, source):
    assert len(wing_faults(wing, source)) == 1


def below(layer: str) -> set[str]:
    """All that a layer can reach."""
    return MAY_IMPORT[layer] | {deeper for one in MAY_IMPORT[layer] for deeper in below(one)}


def test_the_layers_have_an_order_and_sphinx_comes_last():
    core = {layer: may for layer, may in MAY_IMPORT.items() if layer != "sphinxext"}
    assert [*TopologicalSorter(core).static_order()]  # raises if there is a cycle
    assert all("sphinxext" not in may and "*" not in may for may in core.values())
    for earlier, later in pairwise(["model", "notation", "anchoring", "collation", "edition"]):
        assert later not in below(earlier)
    for layer in ("notation", "anchoring", "collation", "edition"):
        assert "render" not in below(layer)


def imported_on_loading(path: Path, modules: set[str]) -> Iterator[str]:
    """The modules of the package that a module imports when it is itself imported."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            yield from {alias.name for alias in node.names} & modules
        elif isinstance(node, ast.ImportFrom) and node.module:
            deeper = {f"{node.module}.{alias.name}" for alias in node.names} & modules
            yield from deeper or {node.module} & modules


def test_no_module_imports_itself_by_way_of_others():
    names = {
        path: ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in PACKAGE.rglob("*.py")
    }
    modules = {path: name.removesuffix(".__init__") for path, name in names.items()}
    imports = {
        name: set(imported_on_loading(path, set(modules.values()))) - {name} for path, name in modules.items()
    }
    assert len([*TopologicalSorter(imports).static_order()]) == len(modules)  # raises if there is a cycle


def test_the_core_can_be_used_without_sphinx():
    core = [path for path in PACKAGE.rglob("*.py") if layer_of(path) != "sphinxext" and path not in DOORS]
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in core]
    program = (
        f"import importlib, sys\nsys.modules.update(dict.fromkeys({sorted(FRAMEWORKS)}))\n"  # None: not to be had
        f"[importlib.import_module(name.removesuffix('.__init__')) for name in {sorted(names)}]"
    )
    subprocess.run([sys.executable, "-c", program], cwd=PACKAGE.parent, check=True)
