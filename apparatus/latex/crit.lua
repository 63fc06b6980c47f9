-- What TeX's own language is clumsy at: reading a file of patterns, asking for a font.

-- Give the hyphenation patterns of a file to a language of TeX, by its number. The file has one
-- pattern a line; lines that begin with % are comments.
function crit_patterns(number, name)
  local lines = {}
  for line in io.lines(kpse.find_file(name) or name) do
    if line:sub(1, 1) ~= "%" then lines[#lines + 1] = line end
  end
  lang.new(number):patterns(table.concat(lines, " "))
end

-- Name the fonts that supply what the text's own face lacks, as far as they are installed.
function crit_fallback(name, files)
  local there = {}
  for _, file in ipairs(files) do
    local _, _, found = fonts.names.lookup_font_file(file)
    if found then there[#there + 1] = "file:" .. file .. ":mode=node;" end
  end
  luaotfload.add_fallback(name, there)
end
