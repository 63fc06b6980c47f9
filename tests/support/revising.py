"""Draw an edition of several documents by a seed, and revise it step by step, as editors do: also half."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from building import CONF

WITNESSES = "AB"
SETTINGS = """\
apparatus_register = "names.toml"
apparatus_anchors = "published.tsv"
apparatus_series = {
    "apparatus": {"label": "Apparatus"},
    "commentary": {"label": "Commentary", "holds": "prose", "form": "notes"},
}
"""
INDEX = "# Home\n\nSee {note}`2.1: %s`.\n\n```{toctree}\n%s\n```\n"
NAMES = '[ivanov]\nname = "Ivanov"\nkind = "person"\nidentification = "a man"\nforms = ["Ivanov"]\n'
PAGES = {
    "witnesses.md": "# Witnesses\n\n:::{conspectus}\n:::\n",
    "whole.md": "# The whole\n\n:::{whole-apparatus}\n:::\n",
    "names.md": "# Names\n\n:::{index-of-names}\n:::\n",
    "names.toml": NAMES,
}


@dataclass
class Passage:
    """A paragraph: its words, for some of them what a witness has instead, and words that have a note."""

    words: list[str]
    variants: dict[int, dict[str, str]] = field(default_factory=dict)
    notes: list[int] = field(default_factory=list)
    after: str = ""  #: the number of the passage after which witness A has it


class Revised:
    """An edition of five documents, as it is after each revision."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0
        self.foreign: list[tuple[int, int, int, str]] = []  #: where a line stands, and of what it speaks
        self.gap = ""
        self.documents = [[self._passage() for _ in range(3)] for _ in range(5)]
        self.documents[1][0].notes = [0]

    def _word(self) -> str:
        self.count += 1
        return self.chance.choice(["Ivanov", "cat", "mat", "dog"]) + f"{self.count}x"

    def _passage(self) -> Passage:
        words = [self._word() for _ in range(6)]
        words[3] = "Ivanov"
        return Passage(words, {i: {self._witness(): self._word()} for i in self.chance.sample(range(3), 2)})

    def _witness(self) -> str:
        return self.chance.choice(WITNESSES)

    def _any(self) -> Passage:
        return self.chance.choice(self.chance.choice(self.documents))

    # --- what an editor does ----------------------------------------------------------------------

    def revise(self) -> str:
        """Do something; its name."""
        acts = [name for name in dir(self) if name.startswith("do_")]
        act = self.chance.choice(acts)
        getattr(self, act)()
        return act

    def do_word(self) -> None:
        self._any().words[5] = self._word()

    def do_reading(self) -> None:
        self._any().variants[self.chance.randrange(3)] = {self._witness(): self._word()}

    def do_omission(self) -> None:
        self._any().variants[self.chance.randrange(3)] = {self._witness(): ""}

    def do_take_out(self) -> None:
        self._any().variants.clear()

    def do_note(self) -> None:
        passage = self._any()
        passage.notes = [] if passage.notes else [4]
        self.documents[1][0].notes = [0]

    def do_passage(self) -> None:
        self.chance.choice(self.documents).append(self._passage())

    def do_fewer(self) -> None:
        longest = max(self.documents, key=len)
        if len(longest) > 2:
            longest.pop()
        self._keep_places()

    def do_change_places(self) -> None:
        one, other = self.chance.sample(self.documents, 2)
        one[-1], other[-1] = other[-1], one[-1]
        self._keep_places()

    def do_speak_of_another(self) -> None:
        home, of = self.chance.sample(range(5), 2)
        if not self.documents[of][0].variants.get(5):
            word = self._word()
            self.documents[of][0].variants[5] = {"A": word}
            self.foreign.append((home, of, 0, word))

    def do_move(self) -> None:
        passage = self._any()
        passage.after = "" if passage.after else f"{self.chance.randrange(1, 6)}.1"
        self._keep_places()

    def do_gap(self) -> None:
        self.gap = "" if self.gap else f"{self.chance.randrange(1, 6)}.1: ¶"

    def _keep_places(self) -> None:
        """A passage that has others after it does not go away, and none comes after itself."""
        for d, document in enumerate(self.documents):
            for p, passage in enumerate(document):
                others = [o.after for its in self.documents for o in its if o is not passage]
                if passage.after in (f"{d + 1}.{p + 1}", *others) or f"{d + 1}.{p + 1}" in others:
                    passage.after = ""

    # --- what stands in the files -----------------------------------------------------------------

    def files(self) -> dict[str, str]:
        """All files of the project, by their names."""
        names = [f"part{d}" for d in range(len(self.documents))]
        listed = "\n".join([*names, "witnesses", "whole", "names"])
        found = {
            "conf.py": CONF + SETTINGS,
            "index.md": INDEX % (self.documents[1][0].words[0], listed),
            **PAGES,
        }
        found["witnesses.toml"] = "".join(map(self._declared, WITNESSES))
        found |= {f"{w}.txt": "\n".join(self._copy(w)) + "\n" for w in WITNESSES}
        found |= {f"{name}.md": self._document(d) for d, name in enumerate(names)}
        found["published.tsv"] = f"1.1\t{' '.join(self.documents[0][0].words)}\n"
        return found

    def write(self, folder: Path, names: set[str] | None = None) -> None:
        """Write the files, or those of the *names*; what is as it was is left alone."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.files().items():
            path = folder / name
            if (names is None or name in names) and not (path.exists() and path.read_text() == text):
                path.write_text(text, encoding="utf-8")

    def _declared(self, witness: str) -> str:
        gap = f'gaps = ["{self.gap}"]\n' if self.gap and witness == "B" else ""
        return f'[witness.{witness}]\nname = "Copy {witness}"\ntranscription = "{witness}.txt"\n{gap}\n'

    def _copy(self, witness: str) -> list[str]:
        lines: list[tuple[str, str]] = []
        moved: list[tuple[str, str]] = []
        for d, document in enumerate(self.documents, 1):
            lines.append((str(d), f"Part {d}"))
            for p, passage in enumerate(document, 1):
                words = (passage.variants.get(i, {}).get(witness, w) for i, w in enumerate(passage.words))
                line = (f"{d}.{p}", " ".join(filter(None, words)))
                to = moved if passage.after and witness == "A" else lines
                to.append(line if to is lines else (passage.after, line[1]))
        for after, line in moved:
            at = next((i for i, (number, _) in enumerate(lines) if number == after), len(lines) - 1)
            lines.insert(at + 1, ("", line))
        is_lost = self.gap.partition(":")[0] if witness == "B" else ""
        return [line for number, line in lines if not is_lost or number != is_lost]

    def _document(self, d: int) -> str:
        lines = ["---", "edited-text: true", "---", "", f"# Part {d + 1}", ""]
        for passage in self.documents[d]:
            lines += [" ".join(passage.words), ""]
            spoken_of = [word for _, of, _, word in self.foreign if of == d]
            entries = [
                f"{passage.words[i]} ] {self._said(readings)}"
                for i, readings in sorted(passage.variants.items())
                if not set(readings.values()) & set(spoken_of)
            ]
            entries += [f"¶ ] transp. post {passage.after} A"] if passage.after else []
            if passage is self.documents[d][-1]:
                entries += [
                    f"{of + 1}.1: {self.documents[of][0].words[5]} ] {word} A"
                    for home, of, _, word in self.foreign
                    if home == d and self.documents[of][0].variants.get(5, {}).get("A") == word
                ]
            lines += [":::{apparatus}", *entries, ":::", ""] if entries else []
            notes = [f"{passage.words[i]} ] A note." for i in passage.notes]
            lines += [":::{commentary}", *notes, ":::", ""] if notes else []
        return "\n".join(lines)

    def _said(self, readings: dict[str, str]) -> str:
        return " ; ".join(f"{text or 'om.'} {witness}" for witness, text in sorted(readings.items()))
