-- The lines of the edited text: what each of them carries, on what page it stands, and on what page it will.
--
-- reledmac learns from a file of the run before which notes belong to a line, and writes what it learns into another,
-- which the run after that reads: three runs before an entry says the line of its lemma. Here a note's place in its
-- paragraph is marked by a node, so that when a line is made it is seen what it carries; and when the ends of the pages
-- have been chosen (critbreaks.lua) it is known on what page and line each will stand, so that the next run, which ends
-- its pages there, has the right numbers at once.

crit_lines = {}

local WHATSIT, USER = node.id("whatsit"), node.subtype("user_defined")
local HLIST, VLIST = node.id("hlist"), node.id("vlist")
local PLACE, LABEL = luatexbase.new_whatsit("critplace"), luatexbase.new_whatsit("critlabel")
local LINE = luatexbase.registernumber("critline")

local begins = {} -- a line with which a page begins -> the number of that page, as the run before has foreseen it
local line, carried = 0, {} -- the line in hand, and the places in it that have inserts
local by_page, afresh = true, {} -- whether each page counts its lines; lines that are counted from 1 wherever they stand
local waiting = {} -- such places of the paragraph that no line has had yet
local page -- on which it stands, as far as is known
local labels = {} -- in the order of the text: each has its name, paragraph and line
local named = {} -- name of a label -> its line
local before = {} -- the same of the run before
local stands = {} -- line -> the page on which it was printed

local function mark(kind, value)
  local made = node.new(WHATSIT, USER)
  made.user_id, made.type, made.value = kind, 100, value
  node.write(made)
end

-- Here is a place that has inserts.
function crit_lines.carries(place)
  waiting[place] = true
  mark(PLACE, place)
end

-- Here a label has its place.
function crit_lines.label(name, paragraph)
  labels[#labels + 1] = {name = name, paragraph = paragraph}
  mark(LABEL, #labels)
end

local function look(head)
  for n in node.traverse(head) do
    if n.id == HLIST or n.id == VLIST then
      look(n.head)
    elseif n.id == WHATSIT and n.subtype == USER then
      if n.user_id == PLACE then
        carried[#carried + 1], waiting[n.value] = n.value, nil
      elseif n.user_id == LABEL then
        labels[n.value].line = line
        named[labels[n.value].name] = line
      end
    end
  end
end

-- A line is made, and is in a box. Tell TeX its number among all lines, and the page if it is the first there.
function crit_lines.next(box)
  line, carried = line + 1, {}
  look(tex.box[box].head)
  local first = begins[line]
  if first and first ~= page then
    page = first
    tex.sprint("\\critpagebegins{" .. first .. "}")
  end
end

function crit_lines.now() return line end

-- Lines are not counted by the page; and the next line is the first of what they are counted by.
function crit_lines.not_by_page() by_page = false end
function crit_lines.afresh() afresh[line + 1] = true end

local function give(places)
  for _, place in ipairs(places) do tex.sprint("\\critinserts{" .. place .. "}") end
end

-- Let TeX put the inserts of the line, or of the places that are in no line of their paragraph.
function crit_lines.carried() give(carried) end

function crit_lines.flush()
  local places = {}
  for place in pairs(waiting) do places[#places + 1] = place end
  table.sort(places)
  waiting = {}
  give(places)
end

-- The line of a label: of this run, or else of the run before.
function crit_lines.of(name) return named[name] or before[name] end

-- What the run before has written down: with what lines the pages begin, and where labels are.
function crit_lines.foresee(list)
  for first, number in list:gmatch("(%d+):(%d+)") do begins[tonumber(first)] = tonumber(number) end
end

function crit_lines.remember(name, number) before[name] = number end

-- What is printed tells where each line stands.
local function find(head)
  for n in node.traverse(head) do
    if n.id == HLIST or n.id == VLIST then
      local number = n.id == HLIST and node.has_attribute(n, LINE)
      if number then stands[number] = tex.count[0] else find(n.head) end
    end
  end
end

luatexbase.add_to_callback("pre_shipout_filter", function(head)
  find(head)
  return true
end, "pages of lines")

-- On what page a line was printed.
function crit_lines.printed(number) return stands[number] end

-- Tell the next run with what lines pages begin, and where the labels stand. `will` has the pages of lines where they are
-- not those of this run.
function crit_lines.tell(will)
  local first, count, at, last = {}, {}, 0, nil
  for number = 1, line do
    local its = will[number] or stands[number] or last or 1
    if its ~= last then
      first[#first + 1], last = number .. ":" .. its, its
      if by_page then at = 0 end
    end
    if afresh[number] then at = 0 end
    at = at + 1
    count[number] = its .. "|" .. at
  end
  tex.print("\\critwritelines{" .. table.concat(first, ",") .. "}")
  for _, label in ipairs(labels) do
    if label.line then
      tex.print(("\\critwritelabel{%s|0|%d||%d|{%s}}"):format(count[label.line], label.line, label.paragraph, label.name))
    end
  end
end
