"""A directive or role that fails, whoever wrote it, is left out and reported; it never ends the build.

What docutils and Sphinx foresee they report themselves. An argument, an option or a content that they did not
foresee ends in an exception, and with it the whole build.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from docutils import nodes as dn
from docutils.parsers.rst.states import Body
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from sphinx.domains.std import StandardDomain

from apparatus.model import Origin
from apparatus.problems import Problem, ProblemKind
from apparatus.sphinxext.domain import domain_of

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode
    from sphinx.application import Sphinx


def _tell(document: dn.document, what: str, error: Exception, line: int | None) -> None:
    """Report what has failed at a line of the document that is being read."""
    env = document.settings.env
    reason = " ".join(f"{type(error).__name__}: {error}".split())
    message = f"'{what}' fails as it is written here, and is left out ({reason}); mend its argument, options or content"
    source = document.current_source or document["source"]
    problem = Problem(ProblemKind.DIRECTIVE_FAILED, message, Origin(source, line or 1))
    domain_of(env).remember(env.current_document.docname, problem)


def _directive(run: Callable[..., list[dn.Element]]) -> Callable[..., list[dn.Element]]:
    """The running of a directive in Markdown, which nothing ends; an empty quotation would, later."""

    @wraps(run)
    def run_directive(
        renderer: DocutilsRenderer,
        name: str,
        first: str,
        content: str,
        position: int,
        *more: Any,
        **named: Any,
    ) -> list[dn.Element]:
        try:
            made = run(renderer, name, first, content, position, *more, **named)
            return [node for node in made if node.children or not isinstance(node, dn.block_quote)]
        except Exception as error:
            _tell(renderer.document, name, error, position)
            return []

    return run_directive


def _in_rst(run: Callable[..., Any]) -> Callable[..., Any]:
    """The running of a directive in reStructuredText, which nothing ends."""

    @wraps(run)
    def run_directive(body: Body, directive: Any, match: Any, name: str, presets: Any) -> Any:
        line = body.state_machine.abs_line_number()
        try:
            return run(body, directive, match, name, presets)
        except Exception as error:
            _tell(body.document, name, error, line)
            return [], body.state_machine.is_next_line_blank()

    return run_directive


def _role(render: Callable[[DocutilsRenderer, SyntaxTreeNode], None]) -> Callable[..., None]:
    """The rendering of a role, which nothing ends; its words stand as they are."""

    @wraps(render)
    def render_myst_role(renderer: DocutilsRenderer, token: SyntaxTreeNode) -> None:
        try:
            render(renderer, token)
        except Exception as error:
            _tell(renderer.document, token.meta["name"], error, token.map[0] + 1 if token.map else None)
            renderer.current_node += dn.Text(token.content)

    return render_myst_role


def _reference(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """The resolving of a reference, which nothing ends; Sphinx says that it leads nowhere."""

    @wraps(resolve)
    def resolve_xref(*given: Any) -> Any:
        try:
            return resolve(*given)
        except Exception:
            return None

    return resolve_xref


def setup(app: Sphinx) -> None:
    for parser, name, holding in (
        (DocutilsRenderer, "run_directive", _directive),
        (DocutilsRenderer, "render_myst_role", _role),
        (Body, "run_directive", _in_rst),
        (StandardDomain, "resolve_xref", _reference),
    ):
        if not hasattr(getattr(parser, name), "__wrapped__"):
            setattr(parser, name, holding(getattr(parser, name)))
