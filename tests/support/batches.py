"""Many drawn editions in one project, one document each: built once, and read from every output."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from alterations import CONSPECTUS, KEYS, Drawn
from building import CONF, IMPRINT, build, kind_of
from drawing import Drawer
from judging import WRONGLY, falsehoods, is_judged
from proposing import proposed
from telling import Told, pages, passages, printed, sentences

#: What the build says when entries contradict a transcription or each other; then it vouches for nothing.
ACCUSING = {
    *("false_claim", "unrecorded_difference", "inner_reading", "overlapping_readings", "two_readings"),
    *("target_inside", "witness_in_gap", "mark_as_words"),
}
#: What it may say besides, where all is true.
HARMLESS = {"same_words", "siglum_unused", "siglum_is_a_word"}


def draw(seeds: Sequence[int]) -> list[Drawn]:
    """An edition for each seed, each a section of its own; every fourth has the entries that the engine proposes."""
    return [_drawn(seed, number) for number, seed in enumerate(seeds, 1)]


def _drawn(seed: int, number: int) -> Drawn:
    if seed % 4:
        return Drawer(seed, number).drawn()
    drawn = Drawer(seed, number).drawn(spoil=False)
    return proposed(drawn) or drawn


def write(folder: Path, editions: Sequence[Drawn]) -> Path:
    """The project of the editions."""
    folder.mkdir(parents=True)
    names = "\n".join(edition.name for edition in editions)
    gaps = [gap for edition in editions if (gap := edition.gap)]
    said = CONSPECTUS.replace('"C.txt"\n', f'"C.txt"\ngaps = [{", ".join(map(repr, gaps))}]\n')
    files = {
        "conf.py": CONF,
        "witnesses.toml": said,
        "index.md": f"# Editions\n\n```{{toctree}}\n{names}\n```\n",
        **{f"{edition.name}.md": edition.source() for edition in editions},
        **{
            f"{key}.txt": "\n".join(
                line for edition in editions for line in edition.truths[key].transcription
            )
            + "\n"
            for key in KEYS
        },
    }
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


class Batch:
    """Editions that have been built in some outputs, in one form of the apparatus or both."""

    def __init__(
        self,
        editions: Sequence[Drawn],
        folder: Path,
        *,
        builders: Sequence[str] = ("html", "epub", "latex"),
        forms: Sequence[bool] = (False, True),
    ) -> None:
        self.editions, self.builders = editions, builders
        #: what is said on each edition's own lines
        self.said: dict[str, list[str]] = defaultdict(list)
        self.told: list[Output] = []
        self.texts: dict[str, list[str]] = defaultdict(list)  #: where a witness's own page is wrong
        self._source = write(folder / "source", editions)
        for positive in forms:
            self._build(folder / f"{positive}", positive, first=positive is forms[0])

    def _build(self, out: Path, positive: bool, *, first: bool) -> None:
        """Build the project in one form, the apparatus positive or not, and read what it tells."""
        form = "positive" if positive else "negative"
        for builder in self.builders:
            with patch(
                "apparatus.sphinxext.report.MANY", len(self.editions) * 100
            ):  # all that there is to say
                built = build(
                    self._source,
                    out,
                    builder=builder,
                    allow="any",
                    apparatus_positive=positive,
                    apparatus_witness_pages=first,
                    **IMPRINT,
                )
            for warning in built.warnings if first and builder == self.builders[0] else ():
                self.said[Path(warning.partition(".md:")[0]).name].append(warning)
            read = self._read_book if builder == "latex" else self._read_pages
            read(f"{builder}, {form}", built.out, positive)
            if first and builder == "html":  # the same in both forms
                self._read_texts(built.out)

    def _read_book(self, name: str, out: Path, positive: bool) -> None:
        entries = printed("".join(path.read_text("utf-8") for path in out.glob("*.tex")))
        self.told.append(Output(name, positive, False, {edition.name: entries for edition in self.editions}))

    def _read_pages(self, name: str, out: Path, positive: bool) -> None:
        """The pages, their sentences, and the other form that a reader can choose in a browser."""
        kind = "xhtml" if name.startswith("epub") else "html"
        texts = {e.name: (out / f"{e.name}.{kind}").read_text("utf-8") for e in self.editions}
        self._keep(name, positive, False, texts, partial(pages, positive=positive))
        self._keep(f"{name}, said", positive, True, texts, sentences)
        if kind == "html":
            said = partial(sentences, positive=not positive)
            self._keep(f"{name}, said in the other form", not positive, True, texts, said)
        if kind == "html" and not positive:
            self._keep(f"{name}, all shown", True, False, texts, partial(pages, positive=True))

    def _read_texts(self, out: Path) -> None:
        """The pages with the text of each witness, as it stands and with its differences marked."""
        for edition in self.editions:
            for key, truth in edition.truths.items():
                page = (out / f"{edition.name}-{key}.html").read_text("utf-8")
                marked = (out / f"{edition.name}-{key}-differences.html").read_text("utf-8")
                told = passages(page), squeezed(passages(marked, "del")), squeezed(passages(marked, "ins"))
                text = [" ".join(block) for block in edition.text.blocks]
                true = truth.transcription, squeezed(truth.transcription), squeezed(text)
                where = f"{edition.name}: the text of {key}"
                self.texts[edition.name] += [
                    f"{where}: {a} is not {b}" for a, b in zip(told, true, strict=True) if a != b
                ]

    def _keep(
        self,
        name: str,
        positive: bool,
        heard: bool,
        texts: Mapping[str, str],
        read: Callable[[str], dict[str, Told]],
    ) -> None:
        entries = {edition: read(text) for edition, text in texts.items()}
        self.told.append(Output(name, positive, heard, entries))

    def accusations(self, edition: Drawn) -> list[str]:
        """What the build says against the entries."""
        return [warning for warning in self.said[edition.name] if kind_of(warning) in ACCUSING]

    def falsehoods(self) -> list[str]:
        """What outputs tell that is not so, though the build has nothing against it; and what it has against the truth."""
        return [fault for edition in self.editions for fault in self._of(edition)]

    def _of(self, edition: Drawn) -> Iterator[str]:
        found = [
            f"{edition.name}, {output.name}: {fault}"
            for output in self.told
            for fault in falsehoods(
                edition, output.entries[edition.name], positive=output.positive, heard=output.heard
            )
        ]
        accused = self.accusations(edition)
        yield from self.texts[edition.name] if not accused else ()
        joined = any(kind_of(warning) == "same_words" for warning in self.said[edition.name])
        # where two entries are to be joined, the line that joins them puts right who is named for the words
        yield from (fault for fault in found if not accused and not (joined and WRONGLY in fault))
        judged = all(is_judged(edition, output.entries[edition.name]) for output in self.told[:1])
        if accused and not found and judged:
            yield f"{edition.name} is true, and accused: {accused}"
        known = ACCUSING | HARMLESS
        yield from (f"{edition.name}: {w}" for w in self.said[edition.name] if kind_of(w) not in known)


def squeezed(passages: Sequence[str]) -> str:
    """Letters and signs in their order: between what is struck out and what is added, blanks are the reader's."""
    return "".join("".join(passages).split()).replace("¶", "")


class Output(NamedTuple):
    """What one output tells, by edition and entry."""

    name: str
    positive: bool  #: whether it names who supports each lemma
    heard: bool  #: whether it is said, so that blanks and the composition of letters do not tell
    entries: dict[str, dict[str, Told]]
