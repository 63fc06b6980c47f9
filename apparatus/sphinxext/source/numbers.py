"""Numbers that the source gives: ``{n="7.12"}`` before a block, ``[]{n="17b"}`` where one begins within it.

MyST drops the attributes in braces that it does not know. They are kept on the nodes (:data:`NUMBERS`) until
``collect`` takes those of the reference systems that the edition has; an empty pair of brackets then leaves the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from docutils import nodes as dn
from markdown_it.tree import SyntaxTreeNode

from apparatus.model import FIRST, Origin, Point
from apparatus.numbering import GOES_ON
from apparatus.problems import Problem, ProblemKind, nearest
from apparatus.reference_systems import BESIDE, GIVEN
from apparatus.sphinxext.tree.constructs import Sort, is_declared, of_inline
from apparatus.sphinxext.tree.keys import ancestors
from apparatus.sphinxext.tree.text import fold, join_neighbours, leaves

#: The attribute of a node that has what stood in braces beside classes and names.
NUMBERS = "given_numbers"
#: What MyST itself reads.
KNOWN = frozenset(
    {
        "class",
        "id",
        "lang",
        "href",
        "title",
        "src",
        "alt",
        "start",
        "data",
        "style",
        "width",
        "height",
        "align",
    }
)


def keep_numbers(token: SyntaxTreeNode, made: Iterable[dn.Node]) -> None:
    """Keep what stands in the braces of a token on the first node that is made of it."""
    said = {str(name): str(value) for name, value in token.attrs.items() if name not in KNOWN}
    elements = (node for node in made if isinstance(node, dn.Element))
    first = next((node for node in elements if not isinstance(node, dn.system_message)), None)
    if said and first is not None:
        first.setdefault(NUMBERS, said)


class Numbers:
    """The numbers that are given in a document, taken block by block in its order."""

    def __init__(self, systems: Collection[str], taken: Callable[[str], str | None], source: str) -> None:
        self.systems, self.source = systems, source
        self.taken = taken  #: what else has an anchor of that name; ``None`` if nothing has
        self.problems: list[Problem] = []

    def of(self, block: dn.Element) -> tuple[Point, ...]:
        """The numbers of a block: what stands before it, or before what it begins, and what stands within it."""
        origin = Origin(block.source or self.source, block.line or 1)
        found = [
            (0, holder.attributes.pop(NUMBERS)) for holder in (block, *ancestors(block)) if NUMBERS in holder
        ]
        found += list(self._within(block, origin))
        points = [
            Point(number, at, name)
            for at, said in found
            for name, number in said.items()
            if name in self.systems
            and ((name, at, number) == (FIRST, 0, GOES_ON) or self._is_right(name, number, origin))
        ]
        return tuple(self._each_once(sorted(points, key=lambda point: point.at), origin))

    def _each_once(self, points: list[Point], origin: Origin) -> Iterator[Point]:
        """The numbers of a block, at each place one of each system."""
        there: dict[tuple[str, int], str] = {}
        for point in points:
            first = there.setdefault((point.system, point.at), point.number)
            if first is point.number:
                yield point
            else:
                self._report(f"{point.number} is given where {first} is given already; remove one", origin)

    def left_over(self, document: dn.document) -> None:
        """Report the numbers that stand before no words of the text."""
        for node in list(document.findall(lambda node: isinstance(node, dn.Element) and NUMBERS in node)):
            assert isinstance(node, dn.Element)
            said = node.attributes.pop(NUMBERS)
            at = next((one for one in (node, *ancestors(node)) if one.line), None)
            origin = Origin((at and at.source) or self.source, (at and at.line) or 1)
            for name in sorted(self.systems & said.keys()):
                self._report(
                    f"no words of the text follow {said[name]}; put the number before the words", origin
                )

    def _within(self, block: dn.Element, origin: Origin) -> Iterator[tuple[int, dict[str, str]]]:
        """What stands within a block, with its offset; brackets that hold no words are taken away."""
        pieces = fold(list(leaves(block)))
        end = pieces[-1].end if pieces else 0
        emptied = False
        for count, node in list(_milestones(block)):
            said = node.attributes.pop(NUMBERS)
            unknown = [name for name in said if name not in self.systems]
            if not node.children and unknown and not node["classes"]:
                self._unknown(unknown[0], said[unknown[0]], origin)
            at = next((p.start + p.text.startswith(" ") for p in pieces[count:] if p.text.strip(" ")), end)
            if at == end:
                node[NUMBERS] = said  # is reported with what is left over
                continue
            if not node.children and not node["ids"]:
                node.parent.remove(node)
                emptied = True
            yield at, said
        if emptied:
            join_neighbours(block)

    def _is_right(self, name: str, number: str, origin: Origin) -> bool:
        if not (GIVEN if name == FIRST else BESIDE).fullmatch(number):
            figure = ", at least one figure among them" if name == FIRST else ""
            self._report(
                f"{name}={number!r} is no number; write letters and figures{figure}, with single signs . , + / between "
                "them",
                origin,
            )
            return False
        other = self.taken(number) if name == FIRST else None
        if other is not None:
            message = f"passage {number} has the anchor of {other}; give the passage another number, or that another name"
            self.problems.append(Problem(ProblemKind.NUMBER_TWICE, message, origin))
        return True

    def _unknown(self, name: str, number: str, origin: Origin) -> None:
        guess = nearest(name, self.systems)
        mend = f"did you mean {guess!r}?" if guess else "declare it in apparatus_references"
        self._report(f'there is no reference system {name!r} for []{{{name}="{number}"}}; {mend}', origin)

    def _report(self, message: str, origin: Origin) -> None:
        self.problems.append(Problem(ProblemKind.BAD_NUMBER, message, origin))


def _milestones(block: dn.Element) -> Iterator[tuple[int, dn.Element]]:
    """The nodes within a block that have numbers, each with how many leaves of the text stand before it."""
    count = 0

    def walk(node: dn.Element) -> Iterator[tuple[int, dn.Element]]:
        nonlocal count
        for child in node.children:
            if isinstance(child, dn.Text):
                count += 1
            elif isinstance(child, dn.Element) and of_inline(child) is Sort.TEXT and not is_declared(child):
                if NUMBERS in child:
                    yield count, child
                yield from walk(child)

    return walk(block)
