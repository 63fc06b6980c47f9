"""The differences of one witness, as problems that say what would mend them."""

from __future__ import annotations

from collections.abc import Iterator

from apparatus.anchoring.explain import shown
from apparatus.collation.align import Hunk
from apparatus.collation.claims import Correction, claim_of, to_blame
from apparatus.collation.compare import Part
from apparatus.collation.hygiene import named
from apparatus.collation.proof import Prover
from apparatus.collation.propose import Proposal, Proposer
from apparatus.model import BREAK, Origin
from apparatus.problems import Problem, ProblemKind


class Reporter:
    """Turns the parts in which a witness differs into problems."""

    def __init__(self, prover: Prover, file: str) -> None:
        self.prover, self.file = prover, file
        self.state = prover.witness.state
        self._blamed: set[int] = set()

    def problems(self, part: Part) -> Iterator[Problem]:
        proposer = Proposer(self.prover, part)
        unrecorded = []
        for hunk in part.differences:
            blamed = to_blame(proposer, hunk)
            if not blamed:
                unrecorded.append(hunk)
            for i in blamed:
                if i not in self._blamed:
                    self._blamed.add(i)
                    yield self._false_claim(proposer, hunk, i)
        for hunk, proposal in proposer.propose(unrecorded):
            yield self._unrecorded(proposer, hunk, proposal)

    def _unrecorded(self, proposer: Proposer, hunk: Hunk, proposal: Proposal | None) -> Problem:
        text = self.prover.text
        home = proposal.host if proposal else _home(proposer, hunk)
        number, origin = text.blocks[home].number, text.blocks[home].origin
        message = f"in {number}, {self._differs(proposer, hunk)}, and no entry says so; "
        if proposal:
            message += f"write below {number}: {proposal.line}"
        elif home in self._in_gap():
            message += f"{self.state} has a declared gap here, so mend the gap"
        else:
            message += "no single entry would record it, so mend the text or the entries near it"
        return Problem(ProblemKind.UNRECORDED_DIFFERENCE, message, origin)

    def _differs(self, proposer: Proposer, hunk: Hunk) -> str:
        ours, theirs = proposer.ours[hunk.a0 : hunk.a1], proposer.theirs[hunk.b0 : hunk.b1]
        where = self._where(proposer.part, hunk)
        if ours == BREAK and BREAK not in theirs:
            return (
                f"{self.state} does not break after {shown(_last_word(proposer.ours[: hunk.a0]))} ({where})"
            )
        if BREAK in theirs and not theirs.replace(BREAK, "").strip() and BREAK not in ours:
            return f"{self.state} breaks after {shown(_last_word(proposer.ours[: hunk.a0]))} ({where})"
        if not theirs.strip(f" {BREAK}"):
            return f"{self.state} lacks {_quoted(ours)} ({where})"
        if not ours.strip(f" {BREAK}"):
            return f"{self.state} has {_quoted(theirs)} besides ({where})"
        return f"{self.state} has {_quoted(theirs)} where the edition gives it {_quoted(ours)} ({where})"

    def _false_claim(self, proposer: Proposer, hunk: Hunk, i: int) -> Problem:
        attestations = self.prover.witness.attestations
        anchored = attestations.entries[i]
        correction = Correction(proposer, i)
        words, line = correction.words(), correction.line()
        lemma = shown(attestations.text.slice(anchored.span))
        claim = named(claim_of(anchored, self.prover, i))
        where = self._where(proposer.part, hunk)
        if words is None:
            has = f"the transcription differs here ({where}): {self._differs(proposer, hunk)}"
        elif words:
            has = f"the transcription ({where}) has {shown(words)}"
        else:
            has = f"the transcription ({where}) lacks the words"
        if line:
            mend = f"write: {line}"
        elif line == "":
            mend = "delete the entry"
        else:
            mend = f"take {self.state} out of this reading; the next build says what to write"
        message = f"the entry says that {self.state} reads {claim} for {lemma}, but {has}; {mend}"
        return Problem(ProblemKind.FALSE_CLAIM, message, anchored.item.origin)

    def _where(self, part: Part, hunk: Hunk) -> str:
        theirs = part.transcribed_text
        offset = hunk.b0
        while offset < hunk.b1 and theirs[offset] == BREAK:
            offset += 1
        line = part.line_at(offset)
        return self.file if line is None else str(Origin(self.file, line))

    def _in_gap(self) -> set[int]:
        text = self.prover.text
        gaps = self.prover.witness.attestations.gaps.get(self.state.key, ())
        return {i for gap in gaps for i in range(text.block_at(gap.start), text.block_at(gap.end) + 1)}


def _home(proposer: Proposer, hunk: Hunk) -> int:
    at = 0
    home = 0
    for block in proposer.part.blocks:
        if at <= hunk.a0:
            home = block.home
        at += len(block.text) + len(BREAK)
    return home


def _quoted(words: str) -> str:
    words = words.strip(f" {BREAK}")
    return shown(words if len(words) < 90 else f"{words[:40]} … {words[-40:]}")


def _last_word(words: str) -> str:
    return words.split(" ")[-1].split(BREAK)[-1]
