"""The choice of the ends of pages, by itself: what TeX gives to it is put into its hands here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from building import ROOT

pytestmark = pytest.mark.tex

#: A page holds 100,000, a line is 10,000 high, and a page may end after each; notes have the room that they say.
TEX = """
node = {id = function(name) return name end}
function node.traverse(list) local i = 0 return function() i = i + 1 return list[i] end end
function node.has_attribute(n) return n.seen end
function node.set_attribute(n) n.seen = true end
local feed
luatexbase = {new_attribute = function() return 1 end, registernumber = function() return 1 end,
  add_to_callback = function(_, f) feed = feed or f end}
crit_pieces = {settle = function() end}
crit_lines = {printed = function() end, tell = function() end}
crit_feet = {begin = function() end, admit = function() end, rests = function() return {} end}
function crit_feet.page(goal) return {goal = goal, shrink = 0, depth = 0, divided = {}} end
function crit_feet.put(page, insert) page.total = (page.total or 0) + insert.height end
function crit_feet.insert(n) return {class = 1, height = n.height, line = 1e4, late = 0, lines = 1} end
tex = {pagegoal = 1e5, pagetotal = ON_THE_PAGE, dimen = {textheight = 1e5, maxdimen = 1e6}, topskip = {width = 1e4},
  maxdepth = 0, baselineskip = {width = 1e4}, lists = {}, count = {1000}, print = print}
dofile("FILE")
crit_breaks.note_class(1)
crit_breaks.note_lines(1e4)
crit_breaks.choose("LEADING", "CHOSEN")
crit_breaks.record(true)
local list = {}
for i = 1, LINES do
  list[#list + 1] = {id = "hlist", height = 1e4, depth = 0}
  if NOTES then list[#list + 1] = {id = "ins", height = 1e4} end
  list[#list + 1] = {id = "penalty", penalty = i < LINES and 0 or -10000}
end
tex.lists.contrib_head = list
feed("")
crit_breaks.tell()
"""


def told(folder: Path, **given: object) -> str:
    """What is written down for the next run: the leading, and the places that end a page."""
    code = TEX.replace("FILE", str(ROOT / "apparatus" / "latex" / "critbreaks.lua"))
    for name, value in given.items():
        code = code.replace(name.upper(), str(value))
    script = folder / "given.lua"
    script.write_text(code, encoding="utf-8")
    ran = subprocess.run(["texlua", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def test_what_stands_on_the_page_before_the_text_has_its_room(tmp_path: Path) -> None:
    said = told(tmp_path, on_the_page=60_000, leading="", chosen="", lines=8, notes="false")
    assert said == r"\critwritebreaks{100}{4}"


@pytest.mark.parametrize(("leading", "chosen"), [("", ""), ("100", "5"), ("100", "1,2,3")])
def test_the_plan_is_the_same_whatever_the_run_before_has_said(
    tmp_path: Path, leading: str, chosen: str
) -> None:
    """Five lines with their notes fill a page; in hundredths the leading of the notes keeps one in reserve."""
    said = told(tmp_path, on_the_page=0, leading=leading, chosen=chosen, lines=8, notes="true")
    assert said == r"\critwritebreaks{99}{5}"
