-- The left page of an opening, made from the right one: the same vertical list, with the lines of
-- the witness in place of those of the reading text.

crit_facing = {every = 5} -- which lines show their number

local HLIST, VLIST = node.id("hlist"), node.id("vlist")
local COPIED = {[node.id("glue")] = true, [node.id("kern")] = true, [node.id("penalty")] = true, [node.id("rule")] = true}
local row = luatexbase.registernumber("critrow")
local waiting = luatexbase.registernumber("critwaiting")
local passages = {} -- count of the passage -> its lines in the witness, the number in the margin
local numbers = {} -- line number -> its box

-- Keep the lines of a box for the passage; tell TeX how many they are.
function crit_facing.keep(passage, box, number, is_verse)
  local lines = {}
  for n in node.traverse(tex.box[box].head) do
    if n.id == HLIST then lines[#lines + 1] = node.copy(n) end
  end
  passages[passage] = {lines = lines, next = 1, number = node.copy(tex.box[number]), is_verse = is_verse}
  tex.write(#lines)
end

-- Keep the box of a line number.
function crit_facing.number(n, box)
  numbers[n] = node.copy(tex.box[box])
end

local function kern(width)
  local n = node.new("kern", 1)
  n.kern = width
  return n
end

local function chain(parts)
  for i = 2, #parts do
    parts[i - 1].next, parts[i].prev = parts[i], parts[i - 1]
  end
  return parts[1]
end

-- A box with the measures of another.
local function like(model, head)
  local made = node.new(model.id == VLIST and VLIST or HLIST)
  made.head = head
  made.width, made.height, made.depth = model.width, model.height, model.depth
  made.dir = model.dir
  return made
end

-- The line of the witness beside a line: with the number of the passage at its first, in the inner
-- margin, and the number of the line, where there is one, in the outer.
local function beside(model, passage, count, inner, outer)
  local line = passage.lines[passage.next]
  if not line then return like(model) end
  local parts = {}
  local number = count and not passage.is_verse and count % crit_facing.every == 0 and numbers[count]
  if number then
    parts = {kern(-outer - number.width), node.copy(number), kern(outer)}
  end
  parts[#parts + 1] = line
  if passage.next == 1 then
    parts[#parts + 1] = kern(model.width - line.width - line.shift + inner)
    parts[#parts + 1] = passage.number
  end
  passage.next = passage.next + 1
  return like(model, chain(parts))
end

-- Make the left page in one box from the right page in another.
function crit_facing.page(right, left, inner, outer)
  local parts, count = {}, 0
  local box = tex.box[right]
  for n in node.traverse(box and box.head) do
    if n.id == HLIST or n.id == VLIST then
      local passage = passages[node.has_attribute(n, row) or 0]
      if passage then
        local words = not node.has_attribute(n, waiting)
        if words then count = count + 1 end
        parts[#parts + 1] = beside(n, passage, words and count, inner, outer)
      else
        parts[#parts + 1] = like(n)
      end
    elseif COPIED[n.id] then
      parts[#parts + 1] = node.copy(n)
    end
  end
  tex.box[left] = node.vpack(#parts > 0 and chain(parts) or nil)
end
