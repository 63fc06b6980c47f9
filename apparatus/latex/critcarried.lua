-- What the witnesses have of the passages of a page, from what is known of each passage.

crit_carried = {count = 0}

local order, place, letters = {}, {}, {}

-- What each witness has of a passage, in the order of the text.
function crit_carried.carries(number, its)
  if not place[number] then
    order[#order + 1] = number
    place[number] = #order
  end
  letters[place[number]] = its
end

-- What one witness has of the passages from one to another, as apparatus/carriers.py has it.
local function together(witness, from, to)
  local there, kinds, single = {}, 0, nil
  for i = from, to do
    local letter = letters[i]:sub(witness, witness)
    if not there[letter] then
      there[letter], kinds, single = true, kinds + 1, letter
    end
  end
  if kinds == 1 then return single end
  if there.u or there.s then
    return (there.w or there.p or there.s) and "s" or "u"
  end
  return "p"
end

local SAID = {{"w", "critsayswhole"}, {"p", "critsayspart"}, {"s", "critsayssome"}, {"n", "critsaysnot"}, {"u", "critsaysunknown"}}

-- What the foot of a page says; nothing where one of its ends is no passage that witnesses have.
function crit_carried.say(from, to)
  local first, last = place[from], place[to]
  if not first or not last or last < first then return end
  local of = {}
  for witness = 1, crit_carried.count do
    local letter = together(witness, first, last)
    of[letter] = of[letter] or {}
    table.insert(of[letter], "\\noexpand\\csuse{critcarrier@" .. witness .. "}")
  end
  local said = {}
  for _, kind in ipairs(SAID) do
    local its = of[kind[1]]
    if kind[1] == "w" and its and #its == crit_carried.count and #its > 1 then
      said = {"\\noexpand\\critsaysall{}"}
      break
    end
    if its then said[#said + 1] = "\\noexpand\\" .. kind[2] .. "{" .. table.concat(its, ", ") .. "}" end
  end
  tex.sprint(table.concat(said, "; "))
end
