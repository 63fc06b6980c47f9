// The menu beside a passage's number: copies link, reference, records and quotation.
(() => {
  "use strict";
  const menu = document.getElementById("cite")?.content.firstElementChild;
  if (!menu || !menu.showPopover) return;
  document.querySelector("article[role=main]").append(menu);
  const [permalink, said] = [menu.querySelector("a"), menu.querySelector("output")];
  let passage = null;
  let selected = null;

  // A press takes the selection away: keep what of a passage was selected.
  document.addEventListener("pointerdown", (event) => {
    if (menu.contains(event.target)) return;
    const selection = getSelection();
    const home = event.target.closest?.(".passage");
    const within = home?.contains(selection.anchorNode) && home.contains(selection.focusNode) && `${selection}`.trim();
    selected = within ? wholeWords(selection.getRangeAt(0).cloneRange()) : null;
  });

  /** A link can only lead to whole words. */
  function wholeWords(range) {
    const isLetter = (node, i) => /[\p{L}\p{M}\p{N}]/u.test(node.data?.[i] ?? "");
    let { startContainer: node, startOffset: i } = range;
    while (isLetter(node, i) && isLetter(node, i - 1)) range.setStart(node, --i);
    ({ endContainer: node, endOffset: i } = range);
    while (isLetter(node, i - 1) && isLetter(node, i)) range.setEnd(node, ++i);
    return range;
  }

  /** The words of a part of a passage; what stands between them where the editors have put a mark. */
  function words(part, between = "") {
    for (const mark of part.querySelectorAll(".passage-number, .note-mark, .transliteration, rt, .headerlink")) mark.replaceWith(between);
    return part.textContent.replace(/\s+/g, " ").trim();
  }

  /** A link to the words that are selected: from the first run of them that no mark divides to the last. */
  function fragment() {
    if (!selected) return "";
    const code = (text) => encodeURIComponent(text.trim()).replaceAll("-", "%2D");
    const runs = words(selected.cloneContents(), "\0").split("\0").filter((run) => /[\p{L}\p{N}]/u.test(run));
    // A note's number stands so close to its word that the browser takes both for one.
    if (runs.length > 1) runs[0] = runs[0].replace(/ \S+$/, "");
    const before = document.createRange();
    before.setStart(passage, 0);
    before.setEnd(selected.startContainer, selected.startOffset);
    // The words before tell the place from others that have the same words; before the first stands the number.
    const run = words(before.cloneContents(), "\0").split("\0");
    const near = run.pop().split(" ").slice(-5).join(" ") || (run.length === 1 ? passage.id : "");
    return `:~:text=${near && `${code(near)}-,`}${[runs[0], ...runs.slice(1).slice(-1)].map(code).join()}`;
  }

  function address() {
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "").replace(/^file:.*\//, "");
    return `${page}#${passage.id}${fragment()}`;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".passage-number");
    if (!link?.getAttribute("href").startsWith("#")) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    passage = link.closest(".passage");
    if (!passage.contains(selected?.commonAncestorContainer)) selected = null; // no press came before: by keyboard
    permalink.href = link.href;
    menu.ariaLabel = `Cite passage ${passage.id}`;
    said.replaceChildren();
    menu.showPopover({ source: link });
    permalink.focus({ preventScroll: true });
  });

  permalink.addEventListener("click", () => menu.hidePopover());
  menu.addEventListener("click", async (event) => {
    const form = event.target.dataset.copy;
    if (!form) return;
    const filled = { passage: passage.id, address: address(), words: words(selected?.cloneContents() ?? passage.cloneNode(true)) };
    const text = form.replace(/%(passage|address|words)%/g, (_, name) => filled[name]);
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Copied";
    } catch {
      const field = document.createElement("textarea"); // the clipboard is refused: to be copied by hand
      field.readOnly = true;
      field.ariaLabel = "To copy";
      field.value = text;
      said.replaceChildren(field);
      field.select();
    }
  });
})();
