// The menu beside a passage's number: copies link, reference, records and quotation. It is loaded at the first press
// on a number; the build puts the menu itself before it: window.apparatusCite.
(() => {
  "use strict";
  const { say } = window.apparatusVoice;
  const template = document.createElement("template");
  template.innerHTML = window.apparatusCite;
  const menu = template.content.firstElementChild;
  document.querySelector("article[role=main]").append(menu);
  const [permalink, said] = [menu.querySelector("a"), menu.querySelector("output")];
  let passage = null; // the block
  let number = null; // the number that was pressed, of the block or of a part of it
  // A press takes the selection away: keep what of a passage was selected, first at the press for which this was loaded.
  let selected = window.apparatusPressed ? selectedAt(...window.apparatusPressed) : null;
  document.addEventListener("pointerdown", ({ target }) => {
    if (menu.contains(target)) return;
    const selection = getSelection();
    selected = selectedAt(target, selection.rangeCount && selection.getRangeAt(0).cloneRange());
  });

  /** What was selected of the passage in which a press was made. */
  function selectedAt(target, range) {
    const home = range ? target.closest?.(".passage") : null;
    return home?.contains(range.commonAncestorContainer) && `${range}`.trim() ? wholeWords(range) : null;
  }

  /** A link can only lead to whole words. */
  function wholeWords(range) {
    const isLetter = (node, i) => /[\p{L}\p{M}\p{N}]/u.test(node.data?.[i] ?? "");
    let { startContainer: node, startOffset: i } = range;
    while (isLetter(node, i) && isLetter(node, i - 1)) range.setStart(node, --i);
    ({ endContainer: node, endOffset: i } = range);
    while (isLetter(node, i - 1) && isLetter(node, i)) range.setEnd(node, ++i);
    return range;
  }

  /** What is quoted: the part that is selected, or the passage. */
  function part() {
    return (selected ?? stretch()).cloneContents();
  }

  /** What a number means: the words from it to the next number of the block. */
  function stretch() {
    const range = document.createRange();
    const numbers = [...passage.querySelectorAll(".passage-number")];
    const next = numbers[numbers.indexOf(number) + 1];
    range.selectNodeContents(passage);
    if (numbers.indexOf(number) > 0) range.setStartAfter(number);
    if (next) range.setEndBefore(next);
    return range;
  }

  /** The number as it is in an address, and as it is cited: with the names of its levels, where they have any. */
  const cited = () => number.id || passage.id;
  const called = () => number.title || cited();

  /** A part of a passage without what the editors have put there; something else may stand in its place. */
  function bare(part, instead = "") {
    for (const mark of part.querySelectorAll(".passage-number, .milestone, .note-mark, .block-lemma, .transliteration, rt, .headerlink"))
      mark.replaceWith(instead);
    return part;
  }

  const plain = (part) => part.textContent.replace(/\s+/g, " ").trim();

  /** The runs of words between the marks of the editors. */
  const runs = (part) => plain(bare(part, "\0")).split("\0").map((run) => run.trim());

  /** In HTML: emphasis and languages, and nothing else. */
  function marked(part) {
    for (const node of part.querySelectorAll("*")) {
      if (!node.matches("em, i, [lang]")) node.replaceWith(...node.childNodes);
      for (const name of node.getAttributeNames()) if (name !== "lang") node.removeAttribute(name);
    }
    const box = document.createElement("div");
    box.append(part);
    return box.innerHTML.trim();
  }

  /**
   * A link to the words that are selected. The words before and after tell them from others of the same
   * wording; where a mark divides them, or they are many, it names the first and the last of them.
   */
  function fragment() {
    if (!selected) return "";
    const range = selected.cloneRange();
    // The words of a heading stand in the contents too; its number does not.
    if (/^H/.test(passage.tagName)) {
      range.selectNodeContents(passage);
      range.setStartAfter(passage.querySelector(".passage-number"));
    }
    const [before, after] = [range.cloneRange(), range.cloneRange()];
    before.collapse(true);
    before.setStart(passage, 0);
    after.collapse();
    after.setEnd(passage, passage.childNodes.length);
    const code = (words) => encodeURIComponent(words.join(" ")).replaceAll("-", "%2D");
    const split = (run) => (run ? run.split(" ") : []);
    const [ahead, found] = [before, range].map((one) => runs(one.cloneContents()));
    const start = before.cloneContents();
    const isNumber = !start.querySelector(".block-lemma") && !plain(bare(start)); // all that stands before
    const hasWords = (run) => /[\p{L}\p{N}]/u.test(run);
    const text = found.filter(hasWords).map(split);
    // Nothing stands close to the words if a mark of the editors does, or punctuation between two of them.
    const prefix = code(hasWords(found[0]) ? split(ahead.at(-1) || (isNumber ? passage.id : "")).slice(-5) : []);
    const suffix = code(hasWords(found.at(-1)) ? split(runs(after.cloneContents())[0]).slice(0, 5) : []);
    const [first, last] = [text[0], text.at(-1)];
    const words = text.length === 1 && first.length < 20 ? [first] : [first.slice(0, 8), last.slice(-8)];
    return `:~:text=${prefix && `${prefix}-,`}${words.map(code)}${suffix && `,-${suffix}`}`;
  }

  /** A file on somebody's disk is nowhere for the readers of a reference: they are told that an address is wanted. */
  function address(isReference) {
    const here = isReference && location.protocol === "file:" ? say("[address]") : location.href.replace(/[?#].*/, "");
    return `${document.querySelector("link[rel=canonical]")?.href ?? here}#${cited()}${fragment()}`;
  }

  /** Quotation marks within those of a quotation are single. */
  const quoted = (words) => words.replace(/“([^“”]*)”/g, "‘$1’");

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".passage-number");
    if (!link?.getAttribute("href").startsWith("#")) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    passage = link.closest(".passage");
    number = link;
    if (!passage.contains(selected?.commonAncestorContainer)) selected = null; // no press came before: by keyboard
    permalink.href = link.href;
    menu.ariaLabel = say("Cite passage {number}", { number: called() });
    said.replaceChildren();
    menu.showPopover({ source: link });
    permalink.focus({ preventScroll: true });
  });

  permalink.addEventListener("click", () => menu.hidePopover());
  /** Copy a text; and, where it has italics, the same for programs that can set them. */
  async function copy(text, html) {
    if (html)
      try {
        const kinds = { "text/plain": text, "text/html": html };
        for (const kind in kinds) kinds[kind] = new Blob([kinds[kind]], { type: kind });
        return await navigator.clipboard.write([new ClipboardItem(kinds)]);
      } catch {} // not known to every browser
    return navigator.clipboard.writeText(text);
  }

  menu.addEventListener("click", async (event) => {
    const { copy: form, html } = event.target.dataset;
    if (!form) return;
    said.replaceChildren(); // so that it is said again
    const fill = (form, words) => {
      const filled = { passage: called(), address: address(form !== "%address%"), words: quoted(words) };
      return form?.replace(/%(passage|address|words)%/g, (_, name) => filled[name]);
    };
    const text = fill(form, plain(bare(part())));
    try {
      await copy(text, fill(html, marked(bare(part()))));
      said.textContent = say("Copied");
    } catch {
      const field = document.createElement("textarea"); // the clipboard is refused: to be copied by hand
      field.readOnly = true;
      field.ariaLabel = say("To copy");
      field.value = text;
      said.replaceChildren(field);
      field.select();
    }
  });
})();
