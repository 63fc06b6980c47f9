"""A directive or role that fails is reported at its line, and the rest is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import build, project

AFTER = "\n\nAnd what follows.\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (":::{productionlist} x\n:::", "'productionlist' fails as it is written here, and is left out (ValueError: "),
        ("```{eval-rst}\n.. productionlist:: x\n```", "'productionlist' fails as it is written here"),
        (":::{figure} x.png\n\n\n:::", "'figure' fails as it is written here, and is left out (UnboundLocalError: "),
        (":::{line-block}\n\n\n:::", "'line-block' fails as it is written here, and is left out (TypeError: "),
        (":::{establishment} zzz\n:::", "'zzz' is nothing that can be told of the text; there are witnesses, "),
        (":::{establishment} file\n:::", "'file' is nothing that can be told of the text; did you mean 'files'? There are"),
        (":::{settings} foo\n:::", "'foo' is nothing that can be listed; there are edition, print, "),
        ("See {offered}`papyrus`.", "'papyrus' is nothing that can be offered; there are "),
        ("See {numref}`genindex`.", "undefined label: 'genindex'"),
    ],
)  # fmt: skip
def test_what_fails_is_reported_at_its_line_and_the_rest_is_built(
    tmp_path: Path, written: str, said: str
) -> None:
    page = f"# Besides\n\n{written}{AFTER}"
    source = project(tmp_path / "s", "# T\n\nOne.\n", **{"besides.md": page, "x.png": ""})
    built = build(source, tmp_path / "o", allow="any")
    (warning,) = [w for w in built.warnings if "toctree" not in w and "siglum_unused" not in w]
    assert said in warning
    assert warning.startswith(("besides.md:3: ", "besides.md:4: "))
    assert "And what follows." in built.page("besides")


def test_an_empty_quotation_is_nothing(tmp_path: Path) -> None:
    text = f"# T\n\nOne.\n\n{{.editorial-text}}\n:::{{epigraph}}\n:::{AFTER}"
    built = build(project(tmp_path / "s", text, witnesses=""), tmp_path / "o", allow="any")
    assert "And what follows." in built.page("index")
