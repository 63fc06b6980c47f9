"""One word for one thing in the code, and names that can be searched for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import apparatus

PACKAGE = Path(apparatus.__file__).parent
#: A function called so is found in every file; it says of what, as in ``check_facing``.
BARE = {"check", "read", "place", "note", "find", "load", "dump", "write", "update", "merge", "begin", "keep"}
BARE |= {"clean", "prepare", "configure", "pack"}
#: Docutils' nodes are ``dn``, ours ``nodes``, those that only the way to LaTeX has ``flat``.
ALLOWED = {("docutils", "nodes"): "dn", ("apparatus.sphinxext.tree", "nodes"): None}
ALLOWED[("apparatus.sphinxext.latex", "flat")] = None
NODES = {f"{module}.{name}" for module, name in ALLOWED if module != "apparatus.sphinxext.latex"}


def sources() -> Iterator[tuple[str, ast.Module]]:
    for path in PACKAGE.rglob("*.py"):
        yield str(path.relative_to(PACKAGE)), ast.parse(path.read_text(encoding="utf-8"))


def other_words(tree: ast.Module) -> Iterator[str]:
    """Imports of nodes under another name, or of one alone, which would hide whose it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (ast.unparse(node) for alias in node.names if alias.name in NODES)
        elif isinstance(node, ast.ImportFrom):
            if node.module in NODES:
                yield ast.unparse(node)
            for alias in node.names:
                if ALLOWED.get((node.module or "", alias.name), alias.asname) != alias.asname:
                    yield ast.unparse(node)


def bare_names(tree: ast.Module) -> Iterator[str]:
    return (node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in BARE)


def test_nodes_of_docutils_and_our_own_go_by_one_word_each():
    assert {file: found for file, tree in sources() if (found := [*other_words(tree)])} == {}


def test_a_public_function_says_in_its_name_what_it_is_about():
    assert {file: found for file, tree in sources() if (found := [*bare_names(tree)])} == {}


def test_the_map_of_the_house_names_only_what_there_is():
    text = (PACKAGE.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    house = text[text.index("## The map") : text.index("## The code")]
    named = re.findall(r"`((?:apparatus|tests)/[\w/.]*|[\w/]+/|\w+\.py)`", house)
    assert len(named) > 30
    folders = (PACKAGE.parent, PACKAGE, PACKAGE / "sphinxext")
    assert [path for path in named if not any((folder / path).exists() for folder in folders)] == []
    wings = {path.name.removesuffix(".py") for path in (PACKAGE / "sphinxext").iterdir() if path.is_dir()}
    assert wings - {"__pycache__"} <= {path.strip("/").rpartition("/")[2] for path in named}


@pytest.mark.parametrize(
    "source",
    [
        "from docutils import nodes",
        "from docutils.nodes import Element",
        "import docutils.nodes",
        "from apparatus.sphinxext.tree import nodes as edition",
        "from apparatus.sphinxext.tree.nodes import lemma",
        "from apparatus.sphinxext.latex import flat as latex_nodes",
    ],
)
def test_another_word_for_nodes_is_caught(source):
    assert [*other_words(ast.parse(source))] == [source]


def test_a_bare_name_is_caught():
    assert [*bare_names(ast.parse("def check(): ...\ndef check_all(): ...\ndef _read(): ..."))] == ["check"]
