"""The table in ``extension.py`` is what is really registered: stage, module, name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from building import WITH_WORKS
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.docutils import docutils_namespace, patch_docutils

from apparatus.sphinxext.config.check import CHECKED, PREFIX
from apparatus.sphinxext.config.declare import settings_of
from apparatus.sphinxext.config.declared import Settings
from apparatus.sphinxext.extension import TABLE

PACKAGE = "apparatus.sphinxext."
#: Row → module → name → when, or how manieth.
Found = dict[str, dict[str, dict[str, int]]]


def called(name: Any) -> str:
    return name if isinstance(name, str) else name.__qualname__.rpartition(".")[2]


#: How a call of Sphinx is written in the table: its row, the name in it, and when it is done, if that is told.
CALLS: dict[str, Callable[..., tuple[Any, ...]]] = {
    "connect": lambda event, handler, priority: (event, called(handler), priority),
    "add_domain": lambda domain, **_: ("domain", domain.name),
    "add_builder": lambda builder, **_: ("builders", builder.name),
    "add_html_theme": lambda name, path: ("themes", name),
    "add_event": lambda name: ("events", name),
    "add_directive": lambda name, directive, **_: ("directives", name),
    "add_role": lambda name, role, **_: ("roles", name),
    "add_transform": lambda transform: ("transforms", called(transform), transform.default_priority),
    "add_post_transform": lambda transform: (
        "post-transforms",
        called(transform),
        transform.default_priority,
    ),
    "add_node": lambda node, **writers: (
        " ".join(["nodes", *sorted({*writers} - {"override"})]),
        called(node),
    ),
}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What an edition with a bibliography registers while its extension is set up."""
    found: Found = {}
    folder = tmp_path_factory.mktemp("edition")
    (folder / "conf.py").write_text(WITH_WORKS, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, patch_docutils(str(folder)), docutils_namespace():
        for call, entry in CALLS.items():
            patch.setattr(Sphinx, call, recording(found, getattr(Sphinx, call), entry))
        patch.setattr(Config, "add", recording(found, Config.add, lambda name, *_: ("settings", name)))
        arguments = (folder, folder, folder / "out", folder / "trees", "latex")  # the book registers most
        Sphinx(*arguments, status=None, warning=StringIO())
    return found


def recording(found: Found, real: Callable[..., Any], entry: Callable[..., tuple[Any, ...]]) -> Any:
    """The real method, which first notes what the set-up of one of our modules asks of it."""

    def method(self: Any, *arguments: Any, **options: Any) -> Any:
        caller = sys._getframe(1)
        module = caller.f_globals["__name__"]
        if module.startswith(PACKAGE) and caller.f_code.co_name in ("setup", "register"):
            row, name, *when = entry(*arguments, **options)
            modules = found.setdefault(row, {})
            at = when[0] if when else sum(map(len, modules.values()))
            modules.setdefault(module.removeprefix(PACKAGE), {})[name] = int(at)
        return real(self, *arguments, **options)

    return method


def test_the_table_says_what_is_registered_stage_by_stage_and_module_by_module(registered):
    settings = {f"{PREFIX}{setting.name}" for setting in settings_of(Settings)}
    told = {
        row: {m: settings if names == Settings.__name__ else {*names.split()} for m, names in modules.items()}
        for row, modules in TABLE.items()
    }
    kept = {CHECKED: 0}  # where the checked ones are; no setting of an edition
    assert {*registered["settings"]["config.check"]} >= {*kept}
    assert {
        row: {module: {*names} - {*kept} for module, names in modules.items()}
        for row, modules in registered.items()
    } == told


def test_in_the_table_stands_first_what_is_done_first(registered):
    for row, modules in TABLE.items():
        first = {module: min(registered[row][module].values()) for module in modules}
        assert [*modules] == sorted(modules, key=lambda module: first[module]), row
