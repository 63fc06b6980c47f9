-- Hyphenation patterns of our own, given to a language of TeX by its number.
-- The file has one pattern a line; lines that begin with % are comments.
function crit_patterns(number, name)
  local lines = {}
  for line in io.lines(kpse.find_file(name) or name) do
    if line:sub(1, 1) ~= "%" then lines[#lines + 1] = line end
  end
  lang.new(number):patterns(table.concat(lines, " "))
end
