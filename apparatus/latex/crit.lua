-- What TeX's own language is clumsy at: reading a file of patterns, asking for a font.

-- A large edition makes and drops many Lua values: collect them before they are twice what is kept.
collectgarbage("setpause", 120)

-- Give a language of TeX, by its number, the patterns that lie beside the book for a tag; without
-- them it does not divide. Their first line has how many letters stay before and after a division:
-- \critminima@tag sets that.
local function all_of(name)
  local file = io.open(name)
  local text = file and file:read("a")
  if file then file:close() end
  return text
end

function crit_patterns(number, tag)
  local patterns, words = all_of("hyph-" .. tag .. ".pat.txt"), all_of("hyph-" .. tag .. ".hyp.txt")
  if not patterns then return end
  local left, right, rest = patterns:match("^%% (%d+) (%d+)\n(.*)")
  lang.new(number):patterns((rest:gsub("\n", " ")))
  if words then lang.new(number):hyphenation((words:gsub("\n", " "))) end
  token.set_macro("critminima@" .. tag, "\\lefthyphenmin=" .. left .. " \\righthyphenmin=" .. right .. " ", "global")
end

-- In what language a letter is, its node says by the number of its hyphenation. On its way to the
-- file, each run of letters in one that has a tag is enclosed as marked content that names it. Runs
-- end with their line: what is marked must not reach over the end of a page.
local tags = {}

function crit_tag(number, tag)
  tags[number] = tag
end

local glyph, disc, hlist, vlist = node.id("glyph"), node.id("disc"), node.id("hlist"), node.id("vlist")

local function literal(data)
  local made = node.new("whatsit", node.subtype("pdf_literal"))
  made.mode, made.data = 1, data -- in the page's own space, outside any text object
  return made
end

local function tag_of(n)
  local letter = n.id == disc and n.replace or n
  return letter and letter.id == glyph and tags[letter.lang] or nil
end

local function mark(head)
  local runs, open = {}, nil
  for n in node.traverse(head) do
    if n.id == hlist or n.id == vlist then
      n.head, open = mark(n.head), nil
    elseif n.id == glyph or n.id == disc and n.replace then
      local tag = tag_of(n)
      if tag and open and open.tag == tag then
        open.last = n
      else
        open = tag and {tag = tag, first = n, last = n} or nil
        runs[#runs + 1] = open
      end
    end
  end
  for _, run in ipairs(runs) do
    head = node.insert_before(head, run.first, literal("/Span <</Lang (" .. run.tag .. ")>> BDC"))
    head = node.insert_after(head, run.last, literal("EMC"))
  end
  return head
end

luatexbase.add_to_callback("pre_shipout_filter", function(head) return mark(head) end, "languages of letters")

-- Name the fonts that supply what the text's own face lacks: those of scripts, which are shaped by HarfBuzz, and
-- last, if it is installed, one that has signs. A face is named with its script, without which Arabic is not joined.
function crit_fallback(name, faces, last)
  local there = {}
  for file, script in faces:gmatch("([^,:]+):(%w*)") do
    local first = file:find("%.ttc$") and "(0)" or ""
    local said = script ~= "" and "script=" .. script .. ";" or ""
    there[#there + 1] = "file:" .. file .. first .. ":mode=harf;" .. said
  end
  local _, _, found = fonts.names.lookup_font_file(last)
  if found then there[#there + 1] = "file:" .. last .. ":mode=node;" end
  luaotfload.add_fallback(name, there)
end

-- Entries are set in boxes, which reledmac joins into one paragraph. There babel would look for directions again, in
-- glyphs that are no letters any more: what has been shaped stays as it is.
function crit_directions_once()
  local of_babel = Babel.bidi
  Babel.bidi = function(head, ...)
    local first
    for n in node.traverse_glyph(head) do first = n break end
    return first and first.subtype > 255 and head or of_babel(head, ...)
  end
end

-- Initials stay together and with the name that they begin, a day with its month, an abbreviation with its number: no
-- line ends between them. A word is what stands between two spaces.
local find = unicode.utf8.find
local glue = node.id("glue")
local function set(words)
  local made = {}
  for word in words:gmatch("%S+") do made[word] = true end
  return made
end
local MONTHS = set("January February March April May June July August September October November December")
local NUMBERED = set("no. nos. p. pp. vol. vols ch. fol. n. note notes passage passages")

local function belong_together(word, after)
  return find(word, "^%p*%u%.$") and find(after, "^%p*%u")
    or find(word, "^%p*%d+$") and MONTHS[after:match("^%a+")]
    or NUMBERED[word:match("^%p*(.*)$")] and find(after, "^%p*%d")
end

-- A month is divided only where no line has room for it and its day.
local function keep_whole(word, divisions, wide)
  local room = tex.hsize - tex.leftskip.width - tex.rightskip.width
  if not MONTHS[word:match("^%a+")] or wide > room then return end
  for _, division in ipairs(divisions) do division.penalty = 10000 end
end

local function tie(head)
  local word, before, space = "", nil, nil
  local divisions, wide, day = {}, 0, 0
  local function word_ends()
    if space and belong_together(before, word) then
      local tied = node.new("penalty")
      tied.penalty = 10000
      head = node.insert_before(head, space, tied)
      wide = wide + day
    end
    keep_whole(word, divisions, wide)
  end
  local function add(n)
    if n.id == glyph then -- a form of a letter that HarfBuzz has chosen may have no character of its own
      word, wide = word .. (n.char < 0x110000 and utf8.char(n.char) or "x"), wide + n.width
    elseif n.id == disc and n.replace then
      for part in node.traverse(n.replace) do add(part) end
    end
    if n.id == disc then divisions[#divisions + 1] = n end
  end
  for n in node.traverse(head) do
    if n.id == glue and word ~= "" then
      word_ends()
      word, before, space = "", word, n
      divisions, wide, day = {}, 0, wide + n.width -- what was before, and its blank
    else
      add(n)
    end
  end
  word_ends()
  return head
end

luatexbase.add_to_callback("pre_linebreak_filter", tie, "words that belong together")

-- A running head that is wider than it may be ends with the last word that has room. What is in a box is cut.
function crit_shorten(box, width)
  local head, last = tex.box[box].list, nil
  for n in node.traverse_id(glue, head) do
    if n.prev and node.dimensions(head, n) <= width then last = n end
  end
  if not last then return end
  last.prev.next, last.prev = nil, nil
  node.flush_list(last)
  tex.box[box].width = node.dimensions(head)
end

-- Numbers that begin within a block. In the list of the line stands a node of ours with the number; when the head
-- of a page is made, these say which passage the page begins and ends with.
local whatsit = node.id("whatsit")
local user_defined = node.subtype("user_defined")
local mark = luatexbase.new_whatsit("critpoint")
local points, last_of = {}, {} -- number and its block; block -> the number that held at the end of the page before

function crit_point(number)
  local n = node.new(whatsit, user_defined)
  points[#points + 1] = {number = number, block = token.get_macro("critblocknumber")}
  n.user_id, n.type, n.value = mark, 100, #points -- 100: an integer
  node.write(n)
end

local function points_in(head, found)
  for n in node.traverse(head) do
    if n.id == node.id("hlist") or n.id == node.id("vlist") then
      points_in(n.head, found)
    elseif n.id == whatsit and n.subtype == user_defined and n.user_id == mark then
      found[#found + 1] = points[n.value]
    end
  end
  return found
end

-- The number that holds last in each block, of those that begin in a box.
local function last_in(box, found)
  if not points[1] or not box then return found end
  for _, point in ipairs(points_in(box.head, {})) do found[point.block] = point.number end
  return found
end

-- What is cited of the page: \critfrom and \critto, where numbers begin within their blocks.
function crit_points(from, to, running_on)
  local here = last_in(tex.box[luatexbase.registernumber("@outputbox")], {})
  if running_on ~= "" and last_of[running_on] then token.set_macro("critfrom", last_of[running_on]) end
  local last = here[to] or (to == running_on and last_of[to])
  if last then token.set_macro("critto", last) end
end

-- When a page goes out, what held at its end is what the next begins with.
function crit_page_goes_out()
  last_in(tex.box[luatexbase.registernumber("ShipoutBox")], last_of)
end
