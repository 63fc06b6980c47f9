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
local DIVIDED = 150 -- an entry that runs over to the next page costs as much as twelve lines of white,
local NOTE_DIVIDED, LATE = 1e5, 1e4 -- a note that does, or what goes there whole (each page), more than any white
local SQUEEZED = 4 -- space that the gaps at the foot must give up costs more than space that is left
local ABOVE, LITTLE = .7, 65536 -- of a line, above the foot of its letters; a point
local ROUNDED = 99 -- what many heights, each rounded by TeX, may be wrong by
local NOTHING = 1e-3 -- a difference in cost by less than this is none
local LEAST, MOST = 94, 104 -- the leadings of the notes, in hundredths of the designed one

local LINE = luatexbase.registernumber("critline")

local seen = luatexbase.new_attribute("critseen") -- what TeX takes back for the next page is not new
local recording = false
local items = {} -- what came onto the pages, in its order
local ordinal = 0 -- of the places where a page may end
local chosen = {} -- ordinals of the places where it does
local sizes -- of a page: what it holds, how far its first and last line reach, how far lines are apart
local notes = {} -- the classes of inserts that hold notes
local apart -- how far their lines are apart
local leading, given = 100, "" -- of the notes, and the places, as the run before has chosen them

crit_breaks.step = 1 -- from a page of the text to the next: two where others stand between

function crit_breaks.note_class(class) notes[class] = true end
function crit_breaks.note_lines(height) apart = height end

-- The leading and the places that the last run has found.
function crit_breaks.choose(hundredths, list)
  leading, given = tonumber(hundredths) or 100, list
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

-- What is to be reckoned with of an insert. A raised mark that reaches a little above the first line of a note, or a letter
-- below its last, takes no more room: how much it would be depends on how far the lines are apart.
local function insert(n)
  local found = crit_feet.insert(n)
  if found.entry or not notes[found.class] or not found.first then return found end
  local above, below = found.first.height - ABOVE * apart, found.last.depth - (1 - ABOVE) * apart
  if above > 0 and above < LITTLE then found.first.height = found.first.height - above else above = 0 end
  if below > 0 and below < LITTLE then found.last.depth = found.last.depth - below else below = 0 end
  n.height = n.height - above - below
  found.height = n.height
  return found
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
          items[#items + 1] = {height = n.height, depth = n.depth, line = node.has_attribute(n, LINE)}
        elseif n.id == INS then
          items[#items + 1] = {insert = insert(n)}
        end
        after_box = true
      end
    end
  end
  return head
end

luatexbase.add_to_callback("buildpage_filter", function(occasion)
  if occasion == "after_output" then crit_feet.begin() end
  local head = tex.lists.contrib_head
  if recording and head then
    tex.lists.contrib_head = note_down(head)
    crit_feet.admit(tex.lists.contrib_head, sizes.line)
  end
end, "ends of pages")

-- An insert in notes whose lines are so many times as far apart.
local function scaled(insert, scale)
  if not notes[insert.class] then return insert end
  local height = insert.height + (insert.entry and insert.height or insert.lines * apart) * (scale - 1)
  return {class = insert.class, height = height, line = insert.line * scale, late = insert.late}
end

-- Walk over one page as TeX reckons it, from an item on, and tell of each place where it may end how
-- much white is left there, whether the page is too full, and what its foot is like.
-- `rests` run over from the page before, `scale` is what the height of the notes is multiplied by.
local function page(from, rests, scale, reached)
  local page = crit_feet.page(sizes.goal, sizes.line)
  for _, rest in ipairs(rests) do crit_feet.put(page, rest) end
  for i = from, #items do
    local item = items[i]
    if item.begins then
      page.total = item.total or page.total
    elseif item.height then
      page.total = page.total and page.total + page.depth + item.height or math.max(sizes.top, item.height)
      page.depth = math.min(item.depth, sizes.depth)
      page.total = page.total + item.depth - page.depth
    elseif item.insert then
      crit_feet.put(page, scaled(item.insert, scale))
    elseif page.total and item.space then
      page.total, page.depth = page.total + page.depth + item.space, 0
    elseif page.total and item.ends then
      local white = page.goal - page.total
      if not reached(i, item, white, white < -page.shrink - ROUNDED, page) then return end
    end
  end
end

-- What a page carries over, as it is now (the page goes on), and what the state of its foot costs.
local function left(page)
  local rests, cost = {}, 0
  for class, divided in pairs(page.divided) do
    if divided then cost = cost + (notes[class] and NOTE_DIVIDED or DIVIDED) end
  end
  for i, rest in ipairs(crit_feet.rests(page)) do
    rests[i] = {class = rest.class, height = rest.height, line = rest.line, late = rest.late}
    cost = cost + rest.late * LATE
  end
  return rests, cost
end

-- How many pages would be filled by what a page carries over: mostly none.
local function burden(rests)
  local sum = 0
  for _, rest in ipairs(rests) do sum = sum + rest.height * tex.count[rest.class] / 1000 end
  return math.ceil(sum / sizes.goal)
end

-- What a page costs by what is left on it; the last page of a text (forced) ends where it ends.
local function of_white(white, item)
  if item.penalty <= FORCED then return 0 end
  local cost = (white / sizes.line) ^ 2 + item.penalty / 100
  return white < 0 and cost * SQUEEZED or cost
end

-- The best ways to fill pages up to each place, one for each burden: `best[place][burden]`.
local function ways(scale)
  local best = {[0] = {[0] = {at = 0, cost = 0, rests = {}}}}
  local function pages_from(start)
    local none = true -- no place is reached yet
    page(start.at + 1, start.rests, scale, function(at, item, white, full, foot)
      local forced = item.penalty <= FORCED
      if full and not none then return false end
      local rests, of_foot = left(foot)
      local filled = full and TOO_LONG or of_white(white, item)
      local way = {at = at, before = start, ordinal = not forced and item.ends, rests = rests, cost = start.cost + filled + of_foot}
      local pages = burden(rests)
      best[at] = best[at] or {}
      if not best[at][pages] or way.cost < best[at][pages].cost - NOTHING then best[at][pages] = way end
      none = false
      return not (full or forced)
    end)
  end
  for i = 0, #items do
    for _, start in pairs(best[i] or {}) do
      if i < #items then pages_from(start) end
    end
  end
  return best
end

-- The ordinals of the places where pages are to end, and what they cost.
local function path(scale)
  local best, last = ways(scale), #items
  while not best[last] do last = last - 1 end
  local found, way = {}, nil
  for _, end_of in pairs(best[last]) do
    if not way or end_of.cost < way.cost then way = end_of end
  end
  local cost = way.cost
  while way.before do
    if way.ordinal then table.insert(found, 1, way.ordinal) end
    way = way.before
  end
  return table.concat(found, ","), cost
end

-- The leading of the notes, in hundredths, and the ordinals.
--
-- What it is made from does not depend on where pages end now, so every run of the same text makes the same plan. A
-- leading is only as good as the next wider one would be: what is reckoned with is a little less than what is set.
local function plan()
  local ordinals, cost = {}, {}
  for hundredths = LEAST, MOST + 1 do ordinals[hundredths], cost[hundredths] = path(hundredths / leading) end
  local function at_worst(hundredths) return math.max(cost[hundredths], cost[hundredths + 1]) end
  local best = 100
  for hundredths = LEAST, MOST do
    if at_worst(hundredths) < at_worst(best) - NOTHING then best = hundredths end
  end
  return best, ordinals[best]
end

-- Whether there are notes, whose lines can be nearer.
local function has_notes()
  for _, item in ipairs(items) do
    if item.insert and notes[item.insert.class] then return true end
  end
end

-- On what page each line will stand when pages end at those places.
local function pages(list)
  local ends, will, page, shift, filled = {}, {}, nil, 0, false
  for number in list:gmatch("%d+") do ends[tonumber(number)] = true end
  for _, item in ipairs(items) do
    if item.begins then
      page = nil -- what stood between was not chosen
    elseif item.ends then
      if page and filled and (ends[item.ends] or item.penalty <= FORCED) then page, filled = page + crit_breaks.step, false end
    elseif item.height then
      filled = true
      local printed = item.line and crit_lines.printed(item.line)
      if printed then
        page = page or printed + shift
        will[item.line], shift = page, page - printed
      end
    end
  end
  return will
end

-- What the next run is to be told: the plan, and where that puts the lines. A plan that was followed needs no foresight.
function crit_breaks.tell()
  crit_pieces.settle()
  for _, item in ipairs(items) do
    local insert = item.insert
    if insert and insert.entry then
      local right = crit_pieces.right(insert.entry)
      insert.height, insert.line = insert.height * right, insert.line * right
    end
  end
  local hundredths, ordinals = 100, nil
  if has_notes() then hundredths, ordinals = plan() else ordinals = path(1) end
  local followed = hundredths == leading and ordinals == given
  tex.print(("\\critwritebreaks{%d}{%s}"):format(hundredths, ordinals))
  crit_lines.tell(followed and {} or pages(ordinals))
end
