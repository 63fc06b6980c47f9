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
local DIGIT = 12000 -- room for a digit more in its line number, which must move no page
local MOST = 400 -- pieces of one insert, whose height is one of TeX's sums

local claims = {} -- entry -> how high it was in an earlier run
local waiting = {} -- the pieces of the entry in hand
local from = 1 -- the first of them that is not yet in an insert

function crit_pieces.claim(entry, height)
  if entry ~= "" then claims[entry] = height end
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
      found[#found + 1] = {first = first, wide = node.dimensions(first, after)}
      first = after
    end
    n = after
  end
  return found
end

-- Pieces of a list as wide as they may be; what is left of a full line is lost to it.
local function pieces(head, width, line)
  local made, first, wide = {}, head, 0
  local function cut(before, claim)
    if before then before.prev.next, before.prev = nil, nil end
    local piece = node.hpack(first)
    piece.height, piece.depth = claim * line // width, 0
    made[#made + 1] = piece
    first, wide = before, 0
  end
  for _, word in ipairs(words(head)) do
    if wide > 0 and wide + word.wide > width then cut(word.first, width) end
    wide = wide + word.wide
  end
  if first then cut(nil, math.min(wide, width)) end
  return made
end

-- Cut the list in a box; `line` is how far lines are apart. Tell TeX how much room the entry claims.
function crit_pieces.take(box, width, line, entry)
  local head = tex.box[box].list
  tex.box[box].list = nil
  waiting, from = head and pieces(head, width, line) or {}, 1
  local total = 0
  for _, piece in ipairs(waiting) do total = total + piece.height end
  local claimed = claims[entry] or 0
  if total > claimed then claimed = entry == "" and total or total + DIGIT end
  for _, piece in ipairs(waiting) do piece.height = piece.height * claimed // math.max(total, 1) end
  tex.sprint(claimed)
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
