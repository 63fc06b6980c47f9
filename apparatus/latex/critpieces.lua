-- Entries of a run-in series, longer than a page if they must be.
--
-- reledmac sets an entry on a line of \maxdimen and keeps the last line of what comes of it: what is longer than
-- some 500 words is lost. Here the entry is one list without lines, cut where a line may end into pieces that are
-- no wider than a line of the page. Each piece is a box; on its page reledmac joins the boxes into one paragraph
-- again, and TeX may end the page after any of them. All sums are made here: TeX's own end at 32,767 points.

crit_pieces = {}

local GLUE, PENALTY = node.id("glue"), node.id("penalty")
local DISCARDED = {[GLUE] = true, [PENALTY] = true, [node.id("kern")] = true}
local FORBIDDEN = 10000
local MOST = 400 -- pieces of one insert, whose height is one of TeX's sums

local ASIDE = luatexbase.registernumber("critaside") -- what is printed here depends on a page
local ENTRY = luatexbase.new_attribute("critentry") -- a piece has the number of its entry

local single, range, raised = 0, 0, 0 -- widths of a line number, of two, of the number of a word
local entries = {} -- in their order: width and height claimed, first line, name of the lemma, series
local waiting = {} -- the pieces of the entry in hand
local from = 1 -- the first of them that is not yet in an insert
local repeated = false -- its lemma may stand in its line again

function crit_pieces.measures(...) single, range, raised = ... end
function crit_pieces.repeats() repeated = true end

-- Room for the line number of an entry: none where the entry before, of its series, has the same.
local last = {}
local function number(entry)
  if entry.name == "" then return 0 end
  local to = crit_lines.of(entry.name .. ":end") or entry.line
  local before = last[entry.series]
  last[entry.series] = {entry.line, to}
  if before and before[1] == entry.line and before[2] == to then return 0 end
  return to == entry.line and single or range
end

local function claim(entry)
  return entry.wide + number(entry) + (entry.repeated and raised or 0)
end

-- When all lines are known: what an entry ought to have claimed, in parts of what it has.
function crit_pieces.settle()
  last = {}
  for _, entry in ipairs(entries) do entry.right = claim(entry) / math.max(entry.claimed, 1) end
end

function crit_pieces.right(entry) return entries[entry].right end

-- The entry of which a box is a piece.
function crit_pieces.of(box) return node.has_attribute(box, ENTRY) end

-- How wide the nodes from one to another are without what depends on a page.
local function wide(first, after)
  local sum, n = node.dimensions(first, after), first
  while n ~= after do
    if node.has_attribute(n, ASIDE) then sum = sum - node.dimensions(n, n.next) end
    n = n.next
  end
  return sum
end

-- Whether a line may end at a node.
local function may_end(n)
  if n.id == PENALTY then return n.penalty < FORBIDDEN end
  return n.id == GLUE and n.prev and not DISCARDED[n.prev.id]
end

-- The stretches of a list that no line divides: first node, first node after it, width with the blank that ends it.
local function words(head)
  local found, first, n = {}, head, head
  while n do
    local after = n.next
    if may_end(n) or not after then
      found[#found + 1] = {first = first, wide = wide(first, after)}
      first = after
    end
    n = after
  end
  return found
end

-- Pieces of a list as wide as they may be, each with the width that it claims; what is left of a full line is lost to it.
local function pieces(head, width)
  local made, first, filled = {}, head, 0
  local function cut(before, claim)
    if before then before.prev.next, before.prev = nil, nil end
    made[#made + 1] = {box = node.hpack(first), claim = claim}
    node.set_attribute(made[#made].box, ENTRY, #entries)
    first, filled = before, 0
  end
  for _, word in ipairs(words(head)) do
    if filled > 0 and filled + word.wide > width then cut(word.first, width) end
    filled = filled + word.wide
  end
  if first then cut(nil, math.min(filled, width)) end
  return made
end

-- Cut the list in a box; `line` is how far lines are apart.
function crit_pieces.take(box, width, line, series, name)
  local head = tex.box[box].list
  tex.box[box].list = nil
  local entry = {wide = 0, series = series, name = name, line = crit_lines.now(), repeated = repeated}
  entries[#entries + 1] = entry
  local made = head and pieces(head, width) or {}
  for _, piece in ipairs(made) do entry.wide = entry.wide + piece.claim end
  entry.claimed = claim(entry)
  local scale = entry.claimed / math.max(entry.wide, 1)
  waiting, from, repeated = {}, 1, false
  for i, piece in ipairs(made) do
    piece.box.height, piece.box.depth = math.floor(piece.claim * scale * line / width), 0
    waiting[i] = piece.box
  end
end

-- Put the next pieces into the insert that is open.
function crit_pieces.put()
  local to = math.min(from + MOST - 1, #waiting)
  for i = from, to do
    local penalty = node.new(PENALTY)
    penalty.penalty = 0
    node.write(waiting[i])
    node.write(penalty)
  end
  from = to + 1
end

-- Tell TeX whether there are more.
function crit_pieces.more()
  tex.sprint(from <= #waiting and 1 or 0)
end
