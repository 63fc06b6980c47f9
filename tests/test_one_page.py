"""All documents on one page, and the other builders of Sphinx: no link is dead."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from building import EDITIONS, ROOT, build


@pytest.mark.parametrize("edition", ["four-witnesses", "verse", "essay"])
def test_on_one_page_every_link_leads_to_an_anchor_that_is_there_once(tmp_path: Path, edition: str) -> None:
    source, conf = (ROOT / "source", ROOT) if edition == "essay" else (EDITIONS / edition, None)
    page = build(source, tmp_path, builder="singlehtml", conf=conf).page("index")
    ids = Counter(re.findall(r'\bid="([^"]+)"', page))
    links = {unquote(link) for link in re.findall(r'href="#([^"]+)"', page)}
    assert len(links) > 30
    assert links - set(ids) == set()
    # Sphinx names headings document by document: alike ones in two documents, and numbers, share a name.
    twice = {name for name, times in ids.items() if times > 1 and name in links}
    assert {name for name in twice if not re.fullmatch(r"id\d+|settings", name)} == set()
