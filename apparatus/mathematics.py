"""Which formulas are mathematics and nothing else: a formula is code that TeX runs.

A formula is let through if every control word in it is in the lists below, its braces and environments
close, and it has no sign that makes TeX read anything but what stands there. All else
is refused, whatever it would do: no list of what is dangerous is ever complete.
(The words are those of LaTeX and amsmath: *Short Math Guide for LaTeX*, version 2.0.)
"""

from __future__ import annotations

import re

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
_NAME = re.compile(r"\s*\{([A-Za-z*]+)\}")


def fault_of(formula: str) -> str | None:
    """Why a formula is not let through, in a few words; ``None`` if it is."""
    if len(formula) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if wrong := re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", formula):
        return f"it contains the control character U+{ord(wrong[0]):04X}"
    depth, open_environments = 0, []
    for token in _TOKEN.finditer(formula):
        command, doubled, sign, brace = token.groups()
        if doubled or sign:
            return f"it contains {doubled or sign}"
        if brace:
            depth += 1 if brace == "{" else -1
            if depth < 0:
                return "a brace closes that was not opened"
        if command is None:
            continue
        if fault := _command_fault(command):
            return fault
        if command in ("begin", "end"):
            name = _NAME.match(formula, token.end())
            if name is None or name[1] not in ENVIRONMENTS:
                return f"\\{command} names no environment of mathematics"
            if command == "begin":
                open_environments.append(name[1])
            elif not open_environments or open_environments.pop() != name[1]:
                return f"\\end{{{name[1]}}} ends what was not begun"
    if depth or open_environments:
        return "a brace or an environment is not closed"
    return None


def _command_fault(command: str) -> str | None:
    is_word = command[:1].isalpha() or command.startswith("@")
    if (command in WORDS) if is_word else (command in SIGNS and command != ""):
        return None
    return f"\\{command} is no control word of mathematics" if command else "it ends in \\"
