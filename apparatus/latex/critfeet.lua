-- The foot of a page: what stands there of each series, and what runs over to the next.
--
-- TeX gives an insert what room is left, and where none is left its first line all the same. Several long entries or
-- notes at one line would fill a page and more, and the series that come last would stick out of it. Here each gets
-- so much that the others, and some lines of text, find room too; what gets none stands on the next page as a whole.
-- The same reckoning serves the choice of the ends of pages (critbreaks.lua), so that TeX does what was chosen.

crit_feet = {}

local PENALTY, INS = node.id("penalty"), node.id("ins")
local BOX = {[node.id("hlist")] = true, [node.id("vlist")] = true, [node.id("rule")] = true}
local ROOM = 3 -- lines of text that a page with a rest on it has at the least
local LEAST = 2 -- lines of an entry or note: of less it begins on the next page
local NO_GAP = {width = 0, stretch = 0, shrink = 0}

local gaps, limits = {}, {} -- of each class of inserts that is used, as the styles have set them
local here -- the page that TeX is filling
local limited = {} -- class -> its limit on this page, where that is not the one of the styles

local function know(class)
  if gaps[class] then return end
  local gap = tex.skip[class]
  gaps[class] = {width = gap.width, shrink = gap.shrink, stretch = gap.stretch}
  limits[class] = tex.dimen[class]
end

-- An insert as it is reckoned with: its class, height, how high a line of it is (the last may be lower), and how many
-- inserts that stand on a later page than they should are in it. And its lines, and the entry of which it is.
function crit_feet.insert(n)
  know(n.subtype)
  local lines, first, last = 0, nil, nil
  for part in node.traverse(n.head) do
    if BOX[part.id] then lines, first, last = lines + 1, first or part, part end
  end
  local line = lines > 1 and (n.height - last.height - last.depth) / (lines - 1) or n.height
  return {
    class = n.subtype, height = n.height, line = math.max(line, 1), late = 0,
    lines = lines, first = first, last = last, entry = first and crit_pieces.of(first),
  }
end

-- A page with nothing on it: `goal` for the text, lines of text so high.
function crit_feet.page(goal, line)
  return {goal = goal, line = line, depth = 0, shrink = 0, claimed = {}, rest = {}, divided = {}}
end

-- Room for what may come yet.
local function reserve(page, class)
  local room = ROOM * page.line
  for other, gap in pairs(gaps) do
    if other ~= class and not page.claimed[other] then room = room + gap.width end
  end
  return room
end

-- How much of an insert finds room: all of it, or some lines.
local function share(page, insert, gap)
  local part = tex.count[insert.class] / 1000 -- columns share their height
  local left = page.goal - gap.width - (page.total or ROOM * page.line) - page.depth
  local limit = limits[insert.class] - (page.claimed[insert.class] or 0)
  if insert.height * part <= left + page.shrink + gap.shrink and insert.height <= limit then return insert.height end
  local lines = math.min((left - reserve(page, insert.class)) / part, limit) // insert.line
  return lines < LEAST and 0 or math.min(lines * insert.line, insert.height)
end

-- Put an insert on a page; what does not find room there is the page's `rest`. Give the height that does.
function crit_feet.put(page, insert)
  local class, rest = insert.class, page.rest[insert.class]
  if rest then
    rest.height, rest.late = rest.height + insert.height, rest.late + insert.late + 1
    return 0
  end
  local gap = page.claimed[class] and NO_GAP or gaps[class]
  local height = share(page, insert, gap)
  if height < insert.height then
    local left = insert.height - height
    local late = height > 0 and insert.late * left / insert.height or insert.late + 1
    page.rest[class] = {class = class, height = left, line = insert.line, late = late}
    page.divided[class] = height > 0
  end
  if height > 0 then
    page.claimed[class] = (page.claimed[class] or 0) + height
    page.goal = page.goal - gap.width - height * tex.count[class] / 1000
    page.shrink = page.shrink + gap.shrink
  end
  return height
end

-- The rests of a page in the order of their classes.
function crit_feet.rests(page)
  local found = {}
  for _, rest in pairs(page.rest) do found[#found + 1] = rest end
  table.sort(found, function(a, b) return a.class < b.class end)
  return found
end

local function set_gap(class, gap)
  local glue = node.new("glue_spec")
  node.setglue(glue, gap.width, gap.stretch, gap.shrink, 0, 0)
  tex.setskip("global", class, glue)
end

-- Let TeX give a class so much of this page and no more; where it gets nothing, there is no gap before it either.
local function limit(class, height)
  tex.setdimen("global", class, height)
  if not here.claimed[class] then set_gap(class, NO_GAP) end
  limited[class] = height
end

-- TeX begins a page.
function crit_feet.begin()
  for class in pairs(limited) do
    tex.setdimen("global", class, limits[class])
    set_gap(class, gaps[class])
  end
  here, limited = nil, {}
end

-- The page that TeX is filling, as far as TeX has come.
local function at_hand(line)
  here = here or crit_feet.page(tex.vsize, line)
  if tex.pagegoal < tex.dimen.maxdimen then
    here.goal, here.total, here.depth, here.shrink = tex.pagegoal, tex.pagetotal, tex.pagedepth, tex.pageshrink
  end
  return here
end

-- Before TeX puts the contributions on its page: let each insert among them have its share.
function crit_feet.admit(head, line)
  local page = at_hand(line)
  for n in node.traverse(head) do
    if n.id == INS then
      local insert = crit_feet.insert(n)
      if crit_feet.put(page, insert) < insert.height and not limited[n.subtype] then
        limit(n.subtype, math.floor(page.claimed[n.subtype] and page.claimed[n.subtype] + insert.line / 2 or 0))
      end
      if n.head.id ~= PENALTY then -- where all of it may be divided from the page
        local penalty = node.new(PENALTY)
        penalty.penalty = 0
        n.head = node.insert_before(n.head, n.head, penalty)
      end
    elseif BOX[n.id] then
      page.total = (page.total or 0) + page.depth + n.height
      page.depth = n.depth
    end
  end
end

-- When the page is made up: a series of which nothing is printed is void, and so are the places before inserts.
function crit_feet.make_up(class)
  local box = tex.box[class]
  local full, n = false, box and box.head
  while n do
    local after = n.next
    if BOX[n.id] then full = true end
    if n.id == PENALTY and (not n.prev or n.prev.id == PENALTY) then box.head = node.remove(box.head, n) end
    n = after
  end
  if box and not full then tex.setbox("global", class, nil) end
end
