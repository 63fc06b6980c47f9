"""What a document says or asks for is remembered in one place, and forgotten in one."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from building import build, project

import apparatus.sphinxext
from apparatus.edition import PlacedItem, SourceDocument
from apparatus.model import Origin
from apparatus.notation import parse_entries
from apparatus.numbering import SourceBlock
from apparatus.sphinxext.domain import ApparatusDomain, ListsWitnesses, Packed


@dataclass(frozen=True)
class Wish:
    words: str


def domain() -> ApparatusDomain:
    return ApparatusDomain(SimpleNamespace(domaindata={}))  # type: ignore[arg-type]


def test_what_is_said_is_kept_by_document_and_class_in_its_order():
    memory = domain()
    memory.remember("one", Wish("first"), ListsWitnesses(), Wish("second"))
    memory.remember("two", Wish("third"))
    assert memory.of_document("one", Wish) == [Wish("first"), Wish("second")]
    assert memory.of_document("two", Wish) == [Wish("third")]
    assert memory.of_document("two", ListsWitnesses) == memory.of_document("three", Wish) == []


def test_a_document_that_is_read_again_is_forgotten_whole_and_no_other():
    memory = domain()
    memory.remember("one", Wish("first"), ListsWitnesses(), SourceDocument("one", 1, (), ()))
    memory.remember("two", Wish("second"))
    memory.clear_doc("one")
    memory.clear_doc("three")
    assert memory.memory == {"two": {Wish: [Wish("second")]}}
    assert memory.documents == []
    assert memory.conspectus_doc is None


def test_a_document_at_rest_is_the_one_that_was_read():
    lines = ("cat ] dog A (so it is) ; om. C", "2.2: old^2 … well ] B ; add. *x* A^2")
    parsed, _ = parse_entries(lines, Origin("a.md", 3), {"A", "B", "C"})
    assert len(parsed) == 2
    items = tuple(PlacedItem("apparatus", item, 0) for item in parsed)
    document = SourceDocument("one", 1, (SourceBlock("The cat", Origin("a.md", 1)),), items)
    kept = pickle.loads(pickle.dumps(Packed(document)))
    assert (kept.document, kept.digest) == (document, Packed(document).digest)


def test_of_another_process_only_the_documents_that_it_read_are_taken_over():
    memory, other = domain(), domain()
    memory.remember("one", Wish("mine"))
    other.remember("one", Wish("stale"))
    other.remember("two", Wish("theirs"), ListsWitnesses())
    memory.merge_domaindata({"two"}, other.data)
    assert memory.of_document("one", Wish) == [Wish("mine")]
    assert memory.of_document("two", Wish) == [Wish("theirs")]
    assert memory.conspectus_doc == "two"


def test_sigla_lead_to_one_list_of_witnesses_in_whatever_order_documents_were_read():
    first, second = domain(), domain()
    for name in ("a", "b"):
        first.remember(name, ListsWitnesses())
    for name in ("b", "a"):
        second.remember(name, ListsWitnesses())
    assert first.conspectus_doc == second.conspectus_doc == "b"


def test_nothing_else_remembers():
    folder = Path(apparatus.sphinxext.__file__).parent
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        for other in ("env-purge-doc", "env-merge-info", "hasattr(env", "metadata[self.env.docname]"):
            assert other not in source, f"{path.name}: {other}"


def test_what_is_wrong_with_a_document_is_said_in_every_build(tmp_path):
    source = project(tmp_path / "source", "# The cat\n\nThe <b>cat</b> sat.\n", witnesses="")
    first = build(source, tmp_path / "build", allow="untrusted")
    second = build(source, tmp_path / "build", allow="untrusted")
    assert first.warnings == second.warnings
    assert len(first.warnings) == 1
    assert "raw HTML is shown as the text that it is" in first.warnings[0]
