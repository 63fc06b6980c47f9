"""Notes of a file: on the words to which they point, or, in the midst of the text, on the word before them."""

from __future__ import annotations

from apparatus.collation.mending.lemma import lemma_for
from apparatus.importing.pieces import Node
from apparatus.importing.prose import inline
from apparatus.importing.taken import Passage, Taken, locus
from apparatus.model import Span
from apparatus.notation import write_lemma


class Notes:
    """Writes the notes below their passages."""

    def __init__(self, taken: Taken) -> None:
        self.taken = taken
        self.series: dict[str, None] = {}
        self.lost: set[tuple[int, str]] = set()  #: line and target of notes whose words were not found
        self._notes()

    def _notes(self) -> None:
        for node in self.taken.survey.notes:
            self._pointing(node)
        for passage in self.taken.passages:
            for at, node in passage.flow.notes:
                self._inline(passage, at, node)

    def _pointing(self, node: Node) -> None:
        ids = self.taken.whole.flow.ids
        start = ids.get(node.get("target").split()[0].rpartition("#")[2]) if node.get("target") else None
        end = ids.get(node.get("targetEnd").rpartition("#")[2]) if node.get("targetEnd") else None
        span = self.taken.span(start[0], (end or start)[1]) if start else None
        if span:
            self._note(node, span)
        elif node.get("target"):
            self.lost.add((node.line, node.get("target")))
            kept = "it is left out" if self.taken.survey.is_ours else "it stays where it stands in the file"
            what = f"what the note is about was not found; {kept}"
            self.taken.losses.tell("notes whose words were not found", node.line, what)

    def _note(self, node: Node, span: Span) -> None:
        passage = self.taken.passages[self.taken.edited.block_at(span.start)]
        place, lemma = lemma_for(self.taken.edited, span)
        if passage.is_verse and place is None:
            place = locus(passage)
        written = write_lemma(lemma, ()) if lemma.first else "¶"
        prose = [inline(p) for p in _paragraphs(node)]
        if self.taken.survey.is_ours and prose:
            prose = prose[1:]
        grade = node.get("ana").removeprefix("#grade.")
        if prose and self.taken.survey.is_ours and node.get("ana").startswith("#grade."):
            prose[-1] += f" {{grade}}`{grade}`"
        if not prose:
            return
        series = node.get("type") if self.taken.survey.is_ours else "notes"
        self.series[series] = None
        said = f"{place}: {written}" if place else written
        text = [f"{said} ] {prose[0]}"]
        for paragraph in prose[1:]:
            text += ["", f"  {paragraph}"]
        passage.notes.setdefault(series, []).append("\n".join(text))

    def _inline(self, passage: Passage, at: int, node: Node) -> None:
        """A note that stands in the text is on the word before it."""
        i = self.taken.passages.index(passage)
        text = passage.block.text
        end = passage.places[min(at, len(passage.places) - 1)]
        while end and not text[end - 1].isalnum():
            end -= 1
        start = end
        while start and text[start - 1] != " ":
            start -= 1
        while end < len(text) and text[end] != " ":
            end += 1
        if start == end:
            start, end = 0, text.find(" ") if " " in text else len(text)
        base = self.taken.edited.starts[i]
        self._note(node, Span(base + start, base + end))


def _paragraphs(node: Node) -> list[Node]:
    found = [child for child in node.elements if child.tag in ("p", "ab")]
    return found or [node]
