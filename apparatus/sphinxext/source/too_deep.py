"""Nesting that is deeper than the parser goes: what stands there, and all below it, is lost; so it is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.token import Token
from myst_parser.mdit_to_docutils.base import DocutilsRenderer

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def lost(tokens: Sequence[Token], deepest: int) -> Iterator[int]:
    """The lines, from 0, at which the parser left off: blocks that are closed as soon as they are opened."""
    for token, after in pairwise(tokens):
        if token.nesting == 1 and after.nesting == -1 and token.level >= deepest - 1 and token.map:
            yield token.map[0]


Render = Callable[[DocutilsRenderer, list[Token]], None]
#: So many directives may stand in one another; with a hundred Python itself stops.
DIRECTIVES = 50


def telling(render: Render) -> Render:
    """The rendering of tokens, which first tells of what is lost."""
    depth = 0

    def render_tokens(renderer: DocutilsRenderer, tokens: list[Token]) -> None:
        nonlocal depth
        deepest = renderer.md.options.maxNesting
        if depth > DIRECTIVES:
            return _tell(renderer, next((t.map[0] for t in tokens if t.map), 0), DIRECTIVES, "it is not read")
        for line in [*lost(tokens, deepest)][:1]:
            _tell(renderer, line, deepest, "neither it nor what follows is read")
        depth += 1
        try:
            render(renderer, tokens)
        finally:
            depth -= 1

    render_tokens.tells_what_is_lost = True  # type: ignore[attr-defined]
    return render_tokens


def _tell(renderer: DocutilsRenderer, line: int, deepest: int, lost: str) -> None:
    document = renderer.document
    env = document.settings.env
    message = f"what stands here is nested more than {deepest} deep, and {lost}; take lists, quotations and boxes apart"
    problem = Problem(ProblemKind.NESTED_TOO_DEEP, message, Origin(document["source"], line + 1))
    domain_of(env).remember(env.current_document.docname, problem)


def setup(app: Sphinx) -> None:
    if not hasattr(DocutilsRenderer._render_tokens, "tells_what_is_lost"):
        DocutilsRenderer._render_tokens = telling(DocutilsRenderer._render_tokens)  # type: ignore[method-assign, assignment]
