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
