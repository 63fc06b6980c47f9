"""Where links lead within the file: the identifier of everything that has an anchor."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes as dn

from apparatus.edition import Edition
from apparatus.model import Siglum
from apparatus.sphinxext.tree.keys import BLOCK
from apparatus.tei.header import name_id
from apparatus.tei.names import legal, passage_id, witness_id

#: What an address of another document begins with.
DOCUMENT = "%"


class Addresses:
    """The identifiers of one file: those of the edition, and those of the editors' prose, by their documents."""

    def __init__(self, edition: Edition, names: Iterable[str] = ()) -> None:
        self._fixed: dict[str, str] = {f"name-{key}": name_id(key) for key in names}
        self._own: dict[tuple[str, str], str] = {}
        self._documents: set[str] = set()
        self._fixed |= {key: witness_id(Siglum(key)) for key in edition.conspectus.by_key}
        self._fixed |= {passage.number: passage_id(passage.number) for passage in edition.text.passages}
        for entry in edition.entries:
            own = passage_id(entry.id)
            self._fixed |= {entry.id: own, f"{entry.id}-mark": own, f"{entry.id}-lemma": own}

    def note(self, docname: str, tree: dn.document) -> None:
        """Remember what of a document can be linked to."""
        self._documents.add(docname)
        for node in tree.findall(dn.Element):
            ids: list[str] = node.get("ids", [])
            for anchor in ids:
                if anchor not in self._fixed or BLOCK not in node:
                    self._own[docname, anchor] = f"d.{legal(docname)}.{legal(anchor)}"

    def own(self, docname: str, node: dn.Element) -> str | None:
        """The identifier of a node of a document."""
        ids: list[str] = node.get("ids", [])
        return next((self._own[docname, anchor] for anchor in ids if (docname, anchor) in self._own), None)

    def target(self, docname: str, refuri: str) -> str | None:
        """Where a link of a document leads: to an element of the file, or out of it; ``None``: to nothing there is."""
        page, hash_, anchor = refuri.partition("#")
        if page and not page.startswith(DOCUMENT):
            return refuri
        where = page.removeprefix(DOCUMENT) or docname
        if not hash_:
            return f"#{document_id(where)}" if where in self._documents else None
        for name in (anchor, anchor.rpartition("/")[2]):
            if (where, name) in self._own:
                return f"#{self._own[where, name]}"
            if name in self._fixed:
                return f"#{self._fixed[name]}"
        return None


def document_id(docname: str) -> str:
    """The identifier of a document."""
    return f"d.{legal(docname)}"
