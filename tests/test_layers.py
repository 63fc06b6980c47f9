"""Data flows one way, so imports do too: each layer may import only what the table lists."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "apparatus"
CORE = {"model", "problems"}
MAY_IMPORT: dict[str, set[str]] = {
    "model": set(),
    "problems": {"model"},
    "source_file": CORE,
    "notation": CORE,
    "conspectus": CORE | {"notation", "source_file"},
    "chronology": CORE | {"conspectus"},
    "transcription": CORE | {"source_file"},
    "numbering": CORE,
    "concordance": set(),
    "anchors": CORE | {"source_file"},
    "anchoring": CORE,
    "collation": CORE | {"anchoring", "notation"},
    "edition": CORE | {"numbering", "anchoring", "collation", "transcription"},
    "establishment": CORE | {"edition"},
    "cross_reference": CORE | {"edition", "notation", "render"},
    "forms": CORE | {"edition", "establishment"},
    "citation": set(),
    "witness_text": CORE | {"edition", "collation"},
    "parallel": CORE | {"edition", "collation"},
    "script": CORE,
    "register": CORE | {"anchoring", "conspectus", "script"},
    "render": CORE,
    "bibliography": CORE | {"script"},
    "sphinxext": {"*"},
}
#: Which packages from outside a layer may use; the standard library is free to all.
OUTSIDE = {"script": {"iuliia"}, "bibliography": {"pybtex"}, "citation": {"citeproc"}, "sphinxext": {"*"}}
FRAMEWORKS = {"sphinx", "docutils", "pybtex", "citeproc", "iuliia", "myst_parser", "furo"}


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
        elif parts[0] in FRAMEWORKS and "*" not in outside and parts[0] not in outside:
            found.append(f"{layer} imports {name}")
    return found


def test_imports_point_one_way():
    modules = [p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py"]
    assert len(modules) > 20
    assert [fault for path in modules for fault in faults(path)] == []


def test_every_layer_is_in_the_table():
    layers = {layer_of(p) for p in PACKAGE.rglob("*.py")} - {"__init__"}
    assert layers == set(MAY_IMPORT)
