"""Words that no line divides, by themselves: what TeX gives to the rule is put into its hands here."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from building import ROOT

pytestmark = pytest.mark.tex

#: A letter is 10 wide, a blank 5; a stroke is a place where a word may be divided.
TEX = """
local kinds = {glyph = 1, disc = 2, hlist = 3, vlist = 4, glue = 5}
node = {id = function(name) return kinds[name] or 9 end, subtype = function() return 1 end}
function node.traverse(list) local i = 0 return function() i = i + 1 return list[i] end end
function node.new() return {} end
function node.insert_before(list) return list end
local tie
luatexbase = {add_to_callback = function(_, f, name) if name == "words that belong together" then tie = f end end}
setmetatable(luatexbase, {__index = function() return function() return 1 end end})
tex = {hsize = ROOM, leftskip = {width = 0}, rightskip = {width = 0}}
dofile("FILE")
local list = {}
for c in ("WORDS"):gmatch(".") do
  if c == " " then list[#list + 1] = {id = 5, width = 5}
  elseif c == "|" then list[#list + 1] = {id = 2, penalty = 50}
  else list[#list + 1] = {id = 1, char = c:byte(), width = 10} end
end
tie(list)
for _, n in ipairs(list) do if n.id == 2 then print(n.penalty) end end
"""


def penalties(folder: Path, words: str, room: int) -> list[int]:
    """What it costs to divide each word where it may be."""
    code = TEX.replace("FILE", str(ROOT / "apparatus" / "latex" / "crit.lua"))
    script = folder / "words.lua"
    script.write_text(code.replace("WORDS", words).replace("ROOM", str(room)), encoding="utf-8")
    ran = subprocess.run(["texlua", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return [int(said) for said in ran.stdout.split()]


def test_a_month_is_divided_only_where_no_line_has_room_for_it_and_its_day(tmp_path: Path) -> None:
    assert penalties(tmp_path, "on 27 Febru|ary and win|ter", 105) == [10000, 50]
    assert penalties(tmp_path, "on 27 Febru|ary", 104) == [50]
    assert penalties(tmp_path, "beginning in Febru|ary", 80) == [10000]
