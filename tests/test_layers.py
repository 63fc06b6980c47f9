"""Data flows one way, so imports do too: each layer may import only what the table lists."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "apparatus"
CORE = {"model", "problems"}
MAY_IMPORT: dict[str, set[str]] = {
    "characters": set(),
    "model": set(),
    "uri": set(),
    "problems": {"model"},
    "source_file": CORE | {"characters"},
    "notation": CORE | {"characters"},
    "conspectus": CORE | {"notation", "source_file", "characters"},
    "chronology": CORE | {"conspectus"},
    "transcription": CORE | {"source_file", "characters"},
    "numbering": CORE,
    "concordance": set(),
    "anchors": CORE | {"source_file"},
    "anchoring": CORE | {"characters"},
    "collation": CORE | {"anchoring", "notation", "characters"},
    "edition": CORE | {"numbering", "anchoring", "collation", "transcription"},
    "establishment": {"characters", "model", "edition"},
    "cross_reference": CORE | {"edition", "notation", "render"},
    "forms": {"model", "edition", "establishment"},
    "citation": set(),
    "witness_text": {"edition", "collation"},
    "parallel": {"characters", "model", "edition", "collation"},
    "script": {"problems"},
    "register": CORE | {"anchoring", "conspectus", "script", "characters"},
    "render": {"characters", "model"},
    "bibliography": CORE | {"script"},
    "sphinxext": {"*"},
}
#: Which packages from outside a layer may use; the standard library is free to all.
OUTSIDE = {
    "chronology": {"babel"},
    "script": {"iuliia"},
    "bibliography": {"pybtex"},
    "citation": {"citeproc"},
    "sphinxext": {"*"},
}
#: With these a module could import what is not seen here.
HIDDEN = {"importlib", "imp", "runpy", "pkgutil"}
FRAMEWORKS = {"sphinx", "docutils", "myst_parser", "furo", "sphinxcontrib"}


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.append(node.module or "")
            if node.module == "apparatus":
                names += [f"apparatus.{alias.name}" for alias in node.names]
    return names


def faults(path: Path) -> list[str]:
    layer = layer_of(path)
    allowed, outside = MAY_IMPORT[layer], OUTSIDE.get(layer, set())
    found = []
    for name in imported_names(path):
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
    modules = [p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py"]
    assert len(modules) > 20
    assert [fault for path in modules for fault in faults(path)] == []


def test_every_layer_is_in_the_table():
    layers = {layer_of(p) for p in PACKAGE.rglob("*.py")} - {"__init__"}
    assert layers == set(MAY_IMPORT)


def test_the_table_permits_only_what_is_used():
    used: dict[str, set[str]] = {layer: set() for layer in MAY_IMPORT}
    for path in PACKAGE.rglob("*.py"):
        if path != PACKAGE / "__init__.py":
            its = used[layer_of(path)]
            its |= {
                p[1] for name in imported_names(path) if (p := name.split("."))[0] == "apparatus" and p[1:]
            }
    assert {
        layer: may - used[layer] - {"*"} for layer, may in MAY_IMPORT.items() if may - used[layer] - {"*"}
    } == {}


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
    core = [path for path in PACKAGE.rglob("*.py") if layer_of(path) not in ("sphinxext", "__init__")]
    names = [".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in core]
    program = (
        f"import importlib, sys\nsys.modules.update(dict.fromkeys({sorted(FRAMEWORKS)}))\n"  # None: not to be had
        f"[importlib.import_module(name.removesuffix('.__init__')) for name in {sorted(names)}]"
    )
    subprocess.run([sys.executable, "-c", program], cwd=PACKAGE.parent, check=True)
