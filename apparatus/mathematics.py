"""Which formulas are mathematics and nothing else: a formula is code that TeX runs.

A formula is let through if every control word in it is in the lists below, its braces and environments
close, and it has no sign that makes TeX read anything but what stands there. All else
is refused, whatever it would do: no list of what is dangerous is ever complete.
(The words are those of LaTeX and amsmath: *Short Math Guide for LaTeX*, version 2.0.)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LETTERS = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega "
    "aleph beth hbar ell imath jmath wp Re Im partial infty nabla emptyset varnothing"
)
_OPERATORS = (
    "sum prod coprod int iint iiint oint bigcup bigcap bigvee bigwedge bigoplus bigotimes lim limsup liminf max min sup "
    "inf det gcd deg dim hom ker arg exp log ln lg sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth Pr "
    "pm mp times div cdot ast star circ bullet cup cap vee wedge oplus ominus otimes oslash odot setminus wr amalg land "
    "lor neg lnot bmod pmod mod dagger ddagger"
)
_RELATIONS = (
    "le leq ge geq ne neq equiv sim simeq approx cong propto ll gg prec succ preceq succeq subset supset subseteq supseteq "
    "in ni notin mid parallel perp vdash dashv models asymp doteq forall exists nexists therefore because not to gets "
    "mapsto leftarrow rightarrow leftrightarrow Leftarrow Rightarrow Leftrightarrow longleftarrow longrightarrow "
    "longleftrightarrow Longleftarrow Longrightarrow Longleftrightarrow uparrow downarrow updownarrow iff implies "
    "hookrightarrow hookleftarrow nearrow searrow swarrow nwarrow"
)
_FORMS = (
    "frac dfrac tfrac cfrac binom dbinom tbinom sqrt overline underline widehat widetilde hat check tilde acute grave dot "
    "ddot breve bar vec overbrace underbrace overrightarrow overleftarrow overset underset stackrel text textrm textit "
    "textbf mathrm mathit mathbf mathsf mathtt mathcal mathbb mathfrak boldsymbol operatorname left right middle big Big "
    "bigg Bigg bigl bigr Bigl Bigr biggl biggr langle rangle lfloor rfloor lceil rceil lvert rvert lVert rVert vert Vert "
    "lbrace rbrace lbrack rbrack backslash ldots cdots vdots ddots dots dotsc dotsb quad qquad prime angle triangle square "
    "limits nolimits displaystyle textstyle scriptstyle substack hline begin end nonumber colon"
)
#: The control words that a formula may have.
WORDS = frozenset(f"{_LETTERS} {_OPERATORS} {_RELATIONS} {_FORMS}".split())
#: The control signs: spaces, braces, and the end of a row.
SIGNS = frozenset("\\,;:! {}|&_%#$-/")
#: The environments.
ENVIRONMENTS = frozenset(
    [
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "smallmatrix",
        "cases",
        "aligned",
        "alignedat",
        "gathered",
        "split",
        "array",
        "subarray",
        "align",
        "align*",
        "alignat",
        "alignat*",
        "gather",
        "gather*",
        "equation",
        "equation*",
        "multline",
        "multline*",
    ]
)
#: A longer formula is none.
LONGEST = 4000
_TOKEN = re.compile(r"\\([A-Za-z@]+\*?|.|$)|(\^\^)|([%#$])|([{}])|[^\\{}%#$^]+|\^", re.DOTALL)


def fault_of(formula: str) -> str | None:
    """Why a formula is not let through, in a few words; ``None`` if it is."""
    if len(formula) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if wrong := re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", formula):
        return f"it contains the control character U+{ord(wrong[0]):04X}"
    for token in _TOKEN.finditer(formula):
        command, doubled, sign, _ = token.groups()
        if doubled or sign:
            return f"it contains {doubled or sign}"
        if command is not None and (fault := _command_fault(command)):
            return fault
    return _Grammar(formula).fault()


def _command_fault(command: str) -> str | None:
    is_word = command[:1].isalpha() or command.startswith("@")
    if (command in WORDS) if is_word else (command in SIGNS and command != ""):
        return None
    return f"\\{command} is no control word of mathematics" if command else "it ends in \\"


#: How many arguments a control word wants.
_ARGUMENTS = {
    **dict.fromkeys(
        ["frac", "dfrac", "tfrac", "cfrac", "binom", "dbinom", "tbinom", "overset", "underset", "stackrel"], 2
    ),
    **dict.fromkeys(
        [
            "sqrt",
            "overline",
            "underline",
            "widehat",
            "widetilde",
            "hat",
            "check",
            "tilde",
            "acute",
            "grave",
            "dot",
            "ddot",
            "breve",
            "bar",
            "vec",
            "overbrace",
            "underbrace",
            "overrightarrow",
            "overleftarrow",
            "text",
            "textrm",
            "textit",
            "textbf",
            "mathrm",
            "mathit",
            "mathbf",
            "mathsf",
            "mathtt",
            "mathcal",
            "mathbb",
            "mathfrak",
            "boldsymbol",
            "operatorname",
            "substack",
            "left",
            "right",
            "middle",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
        ],
        1,
    ),
}
_WORDS_INSIDE = frozenset(["text", "textrm", "textit", "textbf"])
_PIECE = re.compile(r"\\[A-Za-z@]+\*?|\\.|\s+|.", re.DOTALL)


@dataclass(slots=True)
class _Open:
    """What has been opened and is to be closed."""

    what: str  #: a brace, ``left``, or the name of an environment; empty: the formula
    is_script: bool = False  #: a group that is raised or lowered
    is_text: bool = False  #: words within the formula
    raised: str = ""  #: what raises something at the last sign: ``^``, or primes
    is_lowered: bool = False
    waits_for: str = ""  #: ``^`` or ``_``: what they set comes next


class _Grammar:
    """Whether TeX can read a formula of known control words: what opens closes, and scripts have a base of their own."""

    def __init__(self, formula: str) -> None:
        self.pieces = [p for p in _PIECE.findall(formula) if not p.isspace()]
        self.open = [_Open("")]

    def fault(self) -> str | None:
        """What TeX would stop at, in a few words."""
        at = 0
        while at < len(self.pieces):
            piece = self.pieces[at]
            if fault := self._at(piece, at):
                return fault
            at += len(self._name(at + 1)) + 2 if piece in ("\\begin", "\\end") else 0
            at += 1
        if len(self.open) > 1:
            return f"{self._called(self.open[-1].what)} is not closed"
        return self._waits()

    def _at(self, piece: str, at: int) -> str | None:
        word = piece[1:] if piece.startswith("\\") and piece[1:2].isalpha() else ""
        if piece in ("^", "_"):
            return self._script(piece)
        if piece == "'":
            return self._prime()
        if piece == "{":
            self._open_group(at)
            return None
        if piece == "}":
            return self._close("{")
        if word in ("begin", "end"):
            return self._environment(word, self._name(at + 1))
        if word == "right":
            return self._close("left") or self._without_argument(word, at)
        if piece in ("&", "\\\\"):
            return self._cell(piece)
        if word == "middle" and self.open[-1].what != "left":
            return "\\middle stands outside \\left and \\right"
        self._atom()
        if fault := self._without_argument(word, at):
            return fault
        if word == "left":
            self.open.append(_Open("left"))
        return None

    def _script(self, sign: str) -> str | None:
        now = self.open[-1]
        if now.is_text:
            return f"{sign} stands in words; set it between \\( and \\) of its own"
        if now.waits_for:
            return f"{now.waits_for} is followed by {sign}"
        if now.raised == "^" if sign == "^" else now.is_lowered:
            return f"two {sign} stand at one sign; put braces round the first with its sign"
        now.waits_for = sign
        if sign == "^":
            now.raised = "^"
        else:
            now.is_lowered = True
        return None

    def _prime(self) -> str | None:
        now = self.open[-1]
        if now.is_text:
            return None
        if now.waits_for:
            now.waits_for = ""
        elif now.raised == "^":
            return "a prime stands after ^ at one sign; put it into the braces"
        else:
            now.raised = "'"
        return None

    def _atom(self) -> None:
        """A sign: it can have scripts of its own, unless it is what a script sets."""
        now = self.open[-1]
        if now.waits_for:
            now.waits_for = ""
        else:
            now.raised, now.is_lowered = "", False

    def _open_group(self, at: int) -> None:
        is_script = bool(self.open[-1].waits_for)
        self._atom()
        before = self.pieces[at - 1][1:] if at else ""
        is_text = before in _WORDS_INSIDE or self.open[-1].is_text
        self.open.append(_Open("{", is_script, is_text))

    def _close(self, what: str) -> str | None:
        if fault := self._waits():
            return fault
        if self.open[-1].what != what or len(self.open) == 1:
            return f"{'a brace' if what == '{' else chr(92) + 'right'} closes what was not opened"
        self.open.pop()
        return None

    def _environment(self, word: str, name: str) -> str | None:
        if name not in ENVIRONMENTS:
            return f"\\{word} names no environment of mathematics"
        if word == "begin":
            self._atom()
            self.open.append(_Open(name))
            return None
        if fault := self._waits():
            return fault
        if self.open[-1].what != name:
            return f"\\end{{{name}}} ends what was not begun"
        self.open.pop()
        return None

    def _cell(self, piece: str) -> str | None:
        """The end of a cell or row: of an environment, not of a group in it."""
        if fault := self._waits():
            return fault
        what = self.open[-1].what
        if what == "left" or (piece == "&" and what in ("", "{")):
            return f"{piece} divides {self._called(what)}" if what else "& stands outside an environment"
        self._atom()
        return None

    def _waits(self) -> str | None:
        waits = self.open[-1].waits_for
        return f"nothing follows {waits}" if waits else None

    def _without_argument(self, word: str, at: int) -> str | None:
        """Whether a control word lacks what it wants; of several arguments only the braces are counted."""
        if word not in _ARGUMENTS:
            return None
        at = self._after_option(at + 1)
        for _ in range(_ARGUMENTS[word]):
            if at >= len(self.pieces) or self.pieces[at] in ("}", "&", "^", "_", "\\\\", "\\end"):
                return f"\\{word} lacks what it is set to"
            at = self._after_group(at)
        return None

    def _after_option(self, at: int) -> int:
        """Behind ``[3]`` of a root, where there is one."""
        if self.pieces[at - 1] == "\\sqrt" and self.pieces[at : at + 1] == ["["] and "]" in self.pieces[at:]:
            return self.pieces.index("]", at) + 1
        return at

    def _after_group(self, at: int) -> int:
        depth = 0
        for i in range(at, len(self.pieces)):
            depth += (self.pieces[i] == "{") - (self.pieces[i] == "}")
            if depth <= 0:
                return i + 1
        return len(self.pieces)

    def _name(self, at: int) -> str:
        """The name of an environment, between braces from a place on."""
        if self.pieces[at : at + 1] != ["{"] or "}" not in self.pieces[at:]:
            return ""
        return "".join(self.pieces[at + 1 : self.pieces.index("}", at)])

    @staticmethod
    def _called(what: str) -> str:
        return {"{": "a brace", "left": "\\left"}.get(what, f"\\begin{{{what}}}")
