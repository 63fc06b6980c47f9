"""No class, label, formula or setting reaches TeX as code; a book has a name that a file may have."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import CONF, IMPRINT, build, project

TEXT = r"""# A

The cat sat.

:::{apparatus}
cat ] dog A ({math}`\directlua{x1}`)
:::

:::{commentary}
sat ] So {math}`a^2` and $\directlua{x2}$.

  $$\input{x4}$$ (a}\directlua{x5)
:::
"""


def test_no_field_reaches_tex_as_code(tmp_path: Path) -> None:
    conf = CONF + 'myst_enable_extensions = ["dollarmath", "attrs_inline"]\n'
    built = build(
        project(tmp_path / "source", TEXT, conf=conf), tmp_path / "out", builder="latex", allow="any"
    )
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    body = tex.partition("\\begin{document}")[2]
    assert "\\directlua" not in body
    assert "\\input" not in body
    assert "a^2" in body
    assert "x1" in body
    assert "x4" in body
    assert "x5" not in body


@pytest.mark.parametrize("setting", ["author", "project", "release"])
def test_what_is_special_to_tex_in_a_setting_is_escaped(tmp_path: Path, setting: str) -> None:
    source = project(tmp_path / "source", "# A\n\nThe cat.\n", conf=CONF)
    built = build(source, tmp_path / "out", builder="latex", allow="any", **{setting: "Doe & Roe_1"})
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    assert "Doe \\& Roe\\_1" in tex
    assert "Doe & Roe" not in tex


# Sphinx’s own builders ask for what Sphinx deprecates.
@pytest.mark.filterwarnings("ignore:'tags' will become a required keyword")
@pytest.mark.parametrize(
    "builder", ["latex", "epub", "text", "man", "texinfo", "qthelp", "devhelp", "html", "singlehtml"]
)
def test_a_title_longer_than_a_name_of_a_file_may_be_is_cut(tmp_path: Path, builder: str) -> None:
    source = project(tmp_path / "source", "# A\n\nThe cat.\n", conf=CONF)
    title = {"project": "Очень длинное имя " * 20, **IMPRINT}
    built = build(source, tmp_path / "out", builder=builder, allow="any", **title)
    assert not [w for w in built.warnings if "not_written" in w]
    names = [path.name for path in built.out.rglob("*")]
    assert names and max(len(name.encode()) for name in names) < 200
