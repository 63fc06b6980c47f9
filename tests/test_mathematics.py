"""A formula is code that TeX runs: what is mathematics is let through, all else is shown as text."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import CONF, build, project
from hypothesis import given
from hypothesis import strategies as st

from apparatus.mathematics import fault_of

MATHEMATICS = (
    "",
    "a^2 + b^2 = c^2",
    r"\frac{1}{2}\sum_{i=1}^{n} x_i",
    r"\left( \sqrt[3]{x} \right) \le \infty",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
    r"f(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}",
    r"\{a, b\} \, \% \$ \& \# \_",
    "x'' ∈ ℝ",
)
#: What consists of known words, and stops TeX.
UNREADABLE = {
    "a^b^c": "two ^ stand at one sign",
    "a_b_c": "two _ stand at one sign",
    "x^2'": "a prime stands after ^",
    "a^": "nothing follows ^",
    "{a_}": "nothing follows _",
    "a^_b": "^ is followed by _",
    r"\left( a": r"\left is not closed",
    r"a \right)": r"\right closes what was not opened",
    r"{\left( a} \right)": "a brace closes what was not opened",
    r"\left": r"\left lacks what it is set to",
    r"\frac{a}": r"\frac lacks what it is set to",
    r"\sqrt": r"\sqrt lacks what it is set to",
    r"{\frac{a}}": r"\frac lacks what it is set to",
    "a & b": "& stands outside an environment",
    r"\begin{matrix} \left( a & b \right) \end{matrix}": r"& divides \left",
    r"\begin{matrix} a": r"\begin{matrix} is not closed",
    r"\begin{matrix} a \end{cases}": r"\end{cases} ends what was not begun",
    r"a \middle| b": r"\middle stands outside",
    r"\text{a^b}": "^ stands in words",
    "{a": "a brace is not closed",
    "a}": "a brace closes what was not opened",
}
READABLE = (
    *("a^{b^c}", "{a^b}^c", "a^b_c", "a_b^c", "x'", "x''", "x'^2", "x_1'", "x'_1", "^2 H", "a^b c^d"),
    *(r"\left( a^2 \right)^2", r"\left. \frac12 \right|_0^1", r"\sqrt[3]{x}", r"\frac12", r"\frac{a}{b}^2"),
    *(r"\sum\limits_{i}^{n}", r"\int_0^1", r"\begin{matrix} a & b \\ c & d \end{matrix}^T", r"a \\ b"),
    *(
        r"\left( \begin{matrix} a & b \end{matrix} \right)",
        r"\text{if } a^2",
        r"x^\alpha_\beta",
        r"x^{\prime}",
    ),
    *(
        r"\overset{a}{b}",
        r"\left\{ a \middle| b \right\}",
        r"\bigl( a \bigr)",
        r"\mathbb{R}^n",
        "a ^ 2",
        r"\&",
    ),
    *(r"\begin{array}{cc} a & b \end{array}", r"\hat x^2", r"\{a\}_b", r"f'(x)^2", r"\substack{a \\ b}"),
)


@pytest.mark.parametrize("formula", UNREADABLE)
def test_a_formula_that_would_stop_the_book_is_told(formula: str) -> None:
    assert (fault_of(formula) or "").startswith(UNREADABLE[formula])


@pytest.mark.parametrize("formula", READABLE)
def test_a_formula_that_tex_can_read_is_let_through(formula: str) -> None:
    assert fault_of(formula) is None


ATTACKS = (
    r"\directlua{os.remove('x')}",
    r"\csname directlua\endcsname{os.exit()}",
    r"\input{/etc/passwd}",
    r"\openin5=/etc/passwd",
    r"\immediate\write18{rm x}",
    r"\def\x{\x}\x",
    r"\catcode`\|=0 |directlua{}",
    r"\begin{luacode}os.exit()\end{luacode}",
    r"\begin {directlua}",
    "^^5cdirectlua{}",
    "^^^^005cdirectlua{}",
    r"\)\directlua{}\(",
    r"x $ \directlua{} $",
    r"} \directlua{} {",
    r"% \) \directlua{}",
    "#1",
    r"\href{javascript:alert(1)}{x}",
    r"\url{x}",
    r"\let\alpha\directlua",
    r"\expandafter\x",
    "\\\ndirectlua{}",
    r"\begin{matrix}",
    r"\begin{matrix}\end{cases}",
    r"\end{matrix}",
    "{",
    "}",
    "a\\",
    "a\x00b",
    r"\@input",
    r"\verb|x|",
    r"\sphinxAtStartPar",
    r"\halign{}",
    r"\special{x}",
    r"\pdfextension literal{x}",
    r"\hspace{-90pt}",
    "x" * 5000,
)


@pytest.mark.parametrize("formula", MATHEMATICS)
def test_mathematics_is_let_through(formula: str) -> None:
    assert fault_of(formula) is None


@pytest.mark.parametrize("formula", ATTACKS)
def test_what_is_no_mathematics_is_refused_with_a_reason(formula: str) -> None:
    assert fault_of(formula)


@given(st.text(alphabet="\\{}^%#$abz@ \n*[]_&", max_size=30))
def test_a_formula_that_is_let_through_has_only_words_of_the_lists(formula: str) -> None:
    if fault_of(formula) is None:
        rest = formula.replace("\\\\", "").replace("\\{", "").replace("\\}", "")
        for sign in "%#$":
            assert sign not in rest.replace(f"\\{sign}", "")
        assert "^^" not in rest
        assert rest.count("{") == rest.count("}")


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_a_formula_that_is_none_is_shown_as_text_wherever_it_stands(tmp_path: Path, builder: str) -> None:
    attack = r"\directlua{os.exit()}"
    text = (
        f"One {{math}}`{attack}` and {{math}}`a^2`.\n\n:::{{apparatus}}\nOne ] Two A ({{math}}`{attack}`)\n:::\n\n"
        f"```{{math}}\n{attack}\n```\n\n```{{math}}\n:nowrap:\n\n{attack}\n```\n"
    )
    built = build(project(tmp_path / "source", text, conf=CONF), tmp_path, builder=builder, allow="any")
    said = [
        warning for warning in built.warnings if "a formula is shown as text, because \\directlua" in warning
    ]
    assert len(said) == 4
    if builder == "latex":
        assert "\\directlua" not in next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    else:
        assert built.page("index").count("directlua") >= 4
