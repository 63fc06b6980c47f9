/* Search in the edited text, beside Sphinx's search in pages. Loaded by the search page only, after
   Sphinx's script and before it searches. apparatusSearch (passages.js) has the rows: passages,
   readings, notes; and the table by which a name is folded, the same as in Python. */

"use strict";

(() => {
  const { fold: table, rows, printed = {} } = apparatusSearch;
  const { lang, say, plural } = window.apparatusVoice;

  /* 1. Words and their keys: apparatus/script/folding.py, step by step. */

  const LETTER = String.raw`[\p{L}\p{N}_]`;
  const WORD = new RegExp(
    `${LETTER}(?:${LETTER}|${table.mark})*(?:[${table.signs}]${LETTER}(?:${LETTER}|${table.mark})*)*`,
    "gu",
  );
  const RULES = table.rules.map(([pattern, replacement]) => [new RegExp(pattern, "g"), replacement]);
  const ENDING = new RegExp(table.ending);
  const SHORTEST_STEM = 3;

  const matches = (text) => [...text.matchAll(WORD)];
  const uninflected = (word) => word.replace(/['’]s$/i, "");
  const bare = (word) => uninflected(word).replaceAll("’", "'");
  const words = (text) => matches(text).map((match) => bare(match[0]));
  const isFoldable = (word) => word !== word.toLowerCase() || /[^\x00-\x7f]/.test(word);

  const fold = (word) => {
    let made = "";
    for (const letter of word.normalize("NFKD").toLowerCase())
      if (/[\p{L}\p{N}]/u.test(letter) && !table.signs.includes(letter))
        made += Object.hasOwn(table.letters, letter) ? table.letters[letter] : letter;
    for (const [pattern, replacement] of RULES) made = made.replace(pattern, replacement);
    return made;
  };

  const keys = (word) => {
    const plain = word.toLowerCase();
    const stem = plain.replace(ENDING, "");
    const found = [fold(word)];
    if (stem !== plain && [...stem].length >= SHORTEST_STEM) found.push(fold(stem));
    return [...new Set(found)].filter(Boolean);
  };

  /* 2. What a word of a text answers to: its stem and, if it may be a name, its keys. */

  const stemmer = new Stemmer();
  const answers = new Map();
  const answersOf = (written) => {
    if (!answers.has(written)) {
      const word = bare(written);
      const lower = word.toLowerCase();
      const its = [stemmer.stemWord(lower)];
      if (isFoldable(word) && !stopwords.has(lower)) its.push(...keys(word).map((key) => "~" + key));
      answers.set(written, its);
    }
    return answers.get(written);
  };

  const wanted = (query) =>
    words(query)
      .filter((word) => !stopwords.has(word.toLowerCase()))
      .map((word) => [stemmer.stemWord(word.toLowerCase()), ...keys(word).map((key) => "~" + key)]);

  /* 3. The rows, and which of them have all that is wanted. */

  const NUMBER = /^§?\s*((?=\S*\d)[\p{L}\p{N}](?:[.,+/-]?[\p{L}\p{N}])*\*?)$/iu;
  const COUNTED = /^\d+(\.\d+)+$/; // such a number is never a word
  const SCORES = { text: 14, variant: 13, conjecture: 12, remark: 11 };

  const ALONE = { text: say("text"), note: say("note"), variant: say("variant"), conjecture: say("conjecture"), remark: say("remark") };
  const BY = {
    variant: (who) => say("variant of {who}", { who }),
    conjecture: (who) => say("conjecture by {who}", { who }),
  };

  const reading = (lemma, [text, who = "", kind = "variant", keyword = ""]) => ({
    text,
    kind: kind || "variant",
    label: who ? BY[kind || "variant"](who) : ALONE[kind || "variant"],
    before: lemma + keyword,
    after: who && ` ${who}`,
  });

  const prose = (text, kind = "text", number = "", before = "", place = "") => ({
    text,
    kind,
    place,
    label: number && kind === "note" ? say("note {number}", { number }) : [ALONE[kind] ?? kind, number].filter(Boolean).join(" "),
    before,
    after: "",
  });

  const all = Object.entries(rows).flatMap(([docname, its]) =>
    its.flatMap(([id, first, ...more]) => {
      const found = Array.isArray(more[0]) ? more[0].map((its) => reading(first, its)) : [prose(first, ...more)];
      return found.map((row) => ({ ...row, docname, id, number: row.place || id.replace(/-\p{L}+\d+$/u, "") }));
    }),
  );

  const index = new Map(); // answer → the rows that have it
  let isIndexed = false;
  const makeIndex = () => {
    isIndexed = true;
    for (const row of all)
      for (const [written] of row.text.matchAll(WORD))
        for (const answer of answersOf(written))
          if (index.has(answer)) index.get(answer).add(row);
          else index.set(answer, new Set([row]));
  };

  /* As in Sphinx's index: the beginning of a word counts if no whole word does. */
  const widened = (terms) => {
    if (terms.some((term) => index.has(term))) return terms;
    const starts = terms.filter((term) => term.replace("~", "").length > 2);
    return [...index.keys()].filter((answer) => starts.some((start) => answer.startsWith(start)));
  };

  let asked = ""; // the query, as it was typed
  let sought = new Set(); // the answers that make a word of a text a found one

  /* A page of the book, and a line of it: p. 7, p. 7.12, p. 7, l. 12. What stands on the line, or,
     where the line has nothing that is numbered, on the page; in English or as the language of the page abbreviates it. */
  const names = (...lists) => lists.join(", ").toLowerCase().match(/\p{L}+/gu).join("|");
  const [PAGES, LINES] = [names("p, pp, page", say("p, pp, page")), names("l, ll, line, lines", say("l, ll, line, lines"))];
  const PAGE = new RegExp(
    String.raw`^(?:${PAGES})\.?\s*([0-9]+|[ivxlc]+)(?:\s*[.,:]\s*(?:${LINES})?\.?\s*(\d+))?$`,
    "iu",
  );
  const onPage = (query) => {
    const [, page, written] = query.match(PAGE) ?? [];
    if (!page) return null;
    const line = Number(written ?? 0);
    const isOn = ([first, , last]) => first === page || last === page || (+first < +page && +page < +last);
    const isAt = ([first, from, last, to]) => (first !== page || from <= line) && (last !== page || line <= to);
    const there = all.filter((row) => printed[row.id] && isOn(printed[row.id]));
    const exact = line ? there.filter((row) => isAt(printed[row.id])) : [];
    return exact.length ? exact : there.length ? there : null;
  };

  /* In words, as apparatus/concordance.py says it. */
  const inPrint = ([first, from, last, to]) => {
    const at = (page, line) => say("p. {page}, l. {line}", { page, line });
    if (first !== last) return `${at(first, from)} – ${at(last, to)}`;
    if (from === to) return at(first, from);
    return say("p. {page}, ll. {first}–{last}", { page: first, first: from, last: to });
  };

  /* What a reader of the print would ask for: 2.3, 2.3-n1, note 9, p. 7.12. */
  const address = (query) => {
    const typed = query.trim().toLowerCase();
    const number = typed.match(NUMBER)?.[1];
    const isMeant = ({ id, kind, label }) => id.toLowerCase() === number || (kind !== "text" && label.toLowerCase() === typed);
    const found = all.filter(isMeant);
    return found.length ? found : (onPage(typed) ?? (COUNTED.test(number ?? "") ? [] : null));
  };

  const find = (query) => {
    if (!isIndexed) makeIndex();
    const each = wanted(query).map(widened);
    if (!each.length) return [];
    sought = new Set(each.flat());
    const having = each.map((terms) => new Set(terms.flatMap((term) => [...(index.get(term) ?? [])])));
    return all.filter((row) => having.every((some) => some.has(row)));
  };

  /* 4. Excerpts: the words found, marked, and some round them. */

  const LONGEST = 220;

  const isFound = (written) => answersOf(written).some((answer) => sought.has(answer));

  const excerpt = (text) => {
    const found = matches(text).filter((match) => isFound(match[0]));
    let [from, to] = [0, text.length];
    if (text.length > LONGEST) {
      from = Math.max(0, (found[0]?.index ?? 0) - LONGEST / 4);
      if (from) from = text.indexOf(" ", from) + 1;
      to = Math.min(text.length, from + LONGEST);
      if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
    }
    const parts = [from ? "… " : ""];
    let at = from;
    for (const match of found) {
      const end = match.index + match[0].length;
      if (match.index < at || end > to) continue;
      const mark = document.createElement("mark");
      mark.className = "highlighted"; // so that Sphinx does not mark the same words again
      mark.textContent = match[0];
      parts.push(text.slice(at, match.index), mark);
      at = end;
    }
    return [...parts, text.slice(at, to), to < text.length ? " …" : ""];
  };

  const context = (...parts) => {
    const paragraph = document.createElement("p");
    paragraph.className = "context";
    paragraph.append(...parts);
    return paragraph;
  };

  /* 5. Sphinx's search, extended. Its index has the keys too; what they find joins what stems find. */

  const join = (terms, { key, others }) => {
    const files = [key, ...others].flatMap((term) => (Object.hasOwn(terms, term) ? terms[term] : []));
    if (files.length) terms[key] = [...new Set(files)];
  };

  const results = new Map(); // score, which is a row's own → row
  const searchPages = Search.performTermsSearch;

  /* Sphinx marks on the next page what was typed; let it mark what was found. */
  const rememberForms = (rowsFound) => {
    const written = rowsFound.flatMap((row) => matches(row.text).map((match) => match[0]));
    const forms = new Set(written.filter(isFound).map((form) => uninflected(form).toLowerCase()));
    if (forms.size) localStorage.setItem("sphinx_highlight_terms", [...forms].join(" "));
  };

  /* Where storage is refused Sphinx would give up the search with it; then nothing is marked there. */
  try {
    localStorage.setItem("sphinx_highlight_terms", "");
  } catch {
    const value = { getItem: () => null, setItem() {}, removeItem() {} };
    Object.defineProperty(window, "localStorage", { value });
  }

  Search.performTermsSearch = (searchTerms, excludedTerms) => {
    const addressed = address(asked);
    const rowsFound = addressed ?? find(asked);
    for (const [key, ...others] of wanted(asked)) {
      join(Search._index.terms, { key, others });
      join(Search._index.titleterms, { key, others });
    }
    const { docnames, filenames } = Search._index;
    const found = rowsFound.map((row, i) => {
      const score = (SCORES[row.kind] ?? 10) - i / 1e6; // in the order of the text
      const file = filenames[docnames.indexOf(row.docname)];
      results.set(String(score), row);
      return [row.docname, `${row.number} ${row.label}`, "#" + row.id, row.before + row.text, score, file, "passage"];
    });
    rememberForms(rowsFound);
    const pages = searchTerms.size && !addressed ? searchPages(searchTerms, excludedTerms) : [];
    const shown = new Set(rowsFound.map((row) => row.docname));
    return [...found, ...pages.filter(([docname]) => !shown.has(docname))];
  };

  /* On file:// a page cannot be fetched; there its title must do. */
  DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY &&= location.protocol !== "file:";

  Search.makeSearchSummary = (html, keywords, anchor) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const main = (anchor && page.getElementById(anchor.slice(1))) || page.querySelector("[role=main]");
    main?.querySelectorAll(".headerlink, .passage-number, .milestone, .choices, .filters, script, style, nav").forEach((part) => part.remove());
    main?.querySelectorAll("p, li, dt, dd, td, th, h1, h2, h3, h4").forEach((block) => block.prepend(" "));
    return context(...excerpt((main?.textContent ?? "").replace(/\s+/g, " ").trim()));
  };

  /* Words that may run in the other direction than lemma and siglum beside them. */
  const apart = (...parts) => {
    const made = document.createElement("bdi");
    made.append(...parts);
    return made;
  };

  const describe = (item) => {
    const link = item.querySelector("a");
    const kind = document.createElement("span");
    kind.className = "found-kind";
    kind.lang = lang; // whatever the page is in
    if (item.classList.contains("kind-passage")) {
      const row = results.get(link.dataset.score);
      kind.textContent = printed[row.id] ? `${row.label}, ${inPrint(printed[row.id])}` : row.label;
      link.replaceChildren(row.number, " ", kind);
      item.replaceChildren(link, context(row.before, apart(...excerpt(row.text)), row.after));
    } else if (!item.classList.contains("kind-object")) {
      kind.textContent = say("page");
      link.append(" ", kind);
    }
  };

  /* Sphinx counts pages; here most of what is found is a place on one. */
  const ngettext = Documentation.ngettext;
  Documentation.ngettext = (one, many, number) =>
    one.startsWith("Search finished, found one page")
      ? plural("One place was found.", "{number} places were found.", number)
      : ngettext(one, many, number);

  splitQuery = words;

  const searchAll = Search.query;
  Search.query = (query) => {
    asked = query;
    Search.status.setAttribute("role", "status");
    new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(describe))).observe(
      Search.output,
      { childList: true },
    );
    searchAll(query);
  };

  /* Who comes without a query, by the key / for instance, comes to type one. */
  if (!new URLSearchParams(location.search).get("q")) document.getElementById("search-words")?.focus();

  Object.assign(apparatusSearch, { words, keys });
})();
