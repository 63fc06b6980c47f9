"""A page of text carries nothing that only its source needs."""

from __future__ import annotations

import re
from pathlib import Path

from building import build, project

TEXT = """# The ferry

The ferry left
at *dawn and
came* back.

```text
at dawn
    at noon
```

:::{commentary}
ferry ] It hung on a chain,
  `as  written`, and
  was slow.
:::
"""


def test_the_lines_of_the_source_end_in_blanks_on_the_page(tmp_path: Path) -> None:
    page = build(project(tmp_path / "source", TEXT), tmp_path / "out", allow="siglum_unused not_text").page(
        "index"
    )
    prose = [re.sub(r"<[^>]+>", "", words) for words in re.findall(r"<p\b.*?</p>", page, re.DOTALL)]
    assert any("left at dawn and came back." in words for words in prose)
    assert any(words.startswith("It hung on a chain, as") for words in prose)
    assert not any("\n" in words for words in prose)
    assert "at dawn\n    at noon" in page
