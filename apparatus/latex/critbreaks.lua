-- Where the pages of the edited text end, chosen for all of them together.
--
-- TeX fills one page after the other as far as it will go. Where the next line brings a long note,
-- that leaves either a page half empty or a note divided over two pages. Here what TeX puts onto its
-- pages is written down as it comes: lines, space, apparatus and notes with the room they claim. At
-- the end of the run the breaks are found by which every note is whole on the page of its mark and the
-- pages are as full as can be (shortest path, as Knuth and Plass find the lines of a paragraph, with
-- the square of the white on each page as its cost). The next run breaks there.
--
-- Where a line more brings many lines of notes, no choice of breaks can fill the pages. So how far the
-- lines of the notes are apart is also chosen, once and in the whole book alike: of several leadings, which
-- the eye does not tell from one another, that with which the pages are fullest.

crit_breaks = {}

local PENALTY, GLUE, KERN, INS = node.id("penalty"), node.id("glue"), node.id("kern"), node.id("ins")
local BOX = {[node.id("hlist")] = true, [node.id("vlist")] = true, [node.id("rule")] = true}
local FORBIDDEN, FORCED = 10000, -10000
local TOO_LONG = 1e7 -- the cost of a page that holds more than it can: only where nothing else is possible
local SQUEEZED = 4 -- space that the gaps at the foot must give up costs more than space that is left
local CLEARLY = 1.05 -- as many times the cost of the best ends of pages others may have and stay
local LEAST, MOST = 94, 104 -- the leadings of the notes, in hundredths of the designed one

local seen = luatexbase.new_attribute("critseen") -- what TeX takes back for the next page is not new
local recording = false
local items = {} -- what came onto the pages, in its order
local ordinal = 0 -- of the places where a page may end
local chosen = {} -- ordinals of the places where it does
local sizes -- of a page: what it holds, how far its first and last line reach, how far lines are apart
local notes = {} -- the classes of inserts that hold notes
local leading -- of the notes, when an earlier run has chosen it

function crit_breaks.note_class(class) notes[class] = true end

-- The leading and the places that the last run has found.
function crit_breaks.choose(hundredths, list)
  leading = tonumber(hundredths)
  for number in list:gmatch("%d+") do chosen[tonumber(number)] = true end
end

-- From here on (to here) pages are chosen. What stands on the page already has its room.
function crit_breaks.record(on)
  if on and not recording then
    local begun = tex.pagegoal < tex.dimen.maxdimen
    items[#items + 1] = {begins = true, total = begun and tex.pagetotal or nil}
    sizes = {goal = tex.dimen.textheight, top = tex.topskip.width, depth = tex.maxdepth, line = tex.baselineskip.width}
  end
  recording = on
end

local function may_end(penalty)
  ordinal = ordinal + 1
  items[#items + 1] = {ends = ordinal, penalty = penalty}
  return chosen[ordinal]
end

local after_box = false -- at space after anything else than space a page may end

local function note_down(head)
  for n in node.traverse(head) do
    if not node.has_attribute(n, seen) then
      node.set_attribute(n, seen, 1)
      if n.id == PENALTY then
        if n.penalty < FORBIDDEN and may_end(n.penalty) then n.penalty = FORCED end
        after_box = false
      elseif n.id == GLUE then
        if after_box and may_end(0) then
          local forced = node.new(PENALTY)
          forced.penalty = FORCED
          node.set_attribute(forced, seen, 1)
          head = node.insert_before(head, n, forced)
        end
        items[#items + 1] = {space = n.width}
        after_box = false
      elseif n.id == KERN then
        items[#items + 1] = {space = n.kern}
        after_box = false
      else
        if BOX[n.id] then
          items[#items + 1] = {height = n.height, depth = n.depth}
        elseif n.id == INS then
          items[#items + 1] = {series = n.subtype, claim = n.height}
        end
        after_box = true
      end
    end
  end
  return head
end

luatexbase.add_to_callback("buildpage_filter", function()
  if recording and tex.lists.contrib_head then
    tex.lists.contrib_head = note_down(tex.lists.contrib_head)
  end
end, "ends of pages")

-- Walk over one page as TeX reckons it, from an item on, and tell of each place where it may end how
-- much white is left there and whether the page is too full. `taken` is what runs over from the page before,
-- `scale` what the height of the notes is multiplied by.
local function page(from, taken, scale, reached)
  local goal, total, depth, shrink = sizes.goal - taken, nil, 0, 0
  local claimed, crowded = {}, false
  for i = from, #items do
    local item = items[i]
    if item.begins then
      total = item.total or total
    elseif item.height then
      total = total and total + depth + item.height or math.max(sizes.top, item.height)
      depth = math.min(item.depth, sizes.depth)
      total = total + item.depth - depth
    elseif item.series then
      local class = item.series
      local height = notes[class] and item.claim * scale or item.claim
      local claim = height * tex.count[class] / 1000
      if not claimed[class] then
        local gap = tex.skip[class]
        claimed[class], goal, shrink = 0, goal - gap.width, shrink + gap.shrink
      end
      claimed[class] = claimed[class] + height
      crowded = crowded or claim > goal - (total or 0) - depth + shrink or claimed[class] > tex.dimen[class]
      goal = goal - claim
    elseif total and item.space then
      total, depth = total + depth + item.space, 0
    elseif total and item.ends then
      local white = goal - total
      if not reached(i, item, white, crowded or white < -shrink) then return end
    end
  end
end

-- The ordinals of the places where pages are to end, and what they cost; `only` are the places to choose from.
local function path(scale, only)
  local best, last = {[0] = {cost = 0, taken = 0}}, 0
  local function pages_from(from)
    local start, none = best[from], true -- none: no place is reached yet
    if not start then return end
    last = from
    page(from + 1, start.taken, scale, function(at, item, white, full)
      local forced = item.penalty <= FORCED
      if only and not only[item.ends] and not forced then return true end
      if full and not none then return false end
      local cost, taken = (white / sizes.line) ^ 2 + item.penalty / 100, 0
      if white < 0 then cost = cost * SQUEEZED end
      if forced then cost = 0 end -- the last page of a text ends where it ends
      if full then cost, taken = TOO_LONG, math.max(0, -white) % sizes.goal end
      cost = start.cost + cost
      if not best[at] or cost < best[at].cost then
        best[at] = {cost = cost, before = from, ordinal = not forced and item.ends, taken = taken}
      end
      none = false
      return not (full or forced)
    end)
  end
  if #items > 0 then pages_from(0) end
  for i, item in ipairs(items) do
    if item.ends then pages_from(i) end
  end
  local found, cost = {}, best[last].cost
  while last > 0 do
    if best[last].ordinal then table.insert(found, 1, best[last].ordinal) end
    last = best[last].before
  end
  return table.concat(found, ","), cost
end

-- The leading of the notes, in hundredths, and the ordinals.
--
-- The first run, in which all references are empty, cannot judge of leadings. What the second measures changes
-- a little yet, so a leading is only as good as the next wider one would be. From then on the ends of pages stay
-- where they are unless others are clearly better: a digit more in a line number, which the next run takes
-- back, must not move the pages to and fro.
local function plan()
  if not next(chosen) then return "", (path(1)) end
  if leading then
    local ordinals, cost = path(1)
    local kept, as_they_are = path(1, chosen)
    return leading, as_they_are <= cost * CLEARLY and kept or ordinals
  end
  local ordinals, cost = {}, {}
  for hundredths = LEAST, MOST + 1 do ordinals[hundredths], cost[hundredths] = path(hundredths / 100) end
  local function at_worst(hundredths) return math.max(cost[hundredths], cost[hundredths + 1]) end
  local best = 100
  for hundredths = LEAST, MOST do
    if at_worst(hundredths) < at_worst(best) then best = hundredths end
  end
  return best, ordinals[best]
end

-- What the next run is to be told.
function crit_breaks.tell()
  tex.sprint(string.format("{%s}{%s}", plan()))
end
