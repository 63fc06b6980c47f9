// The menu beside a passage's number: copies link, reference, records and quotation.
(() => {
  "use strict";
  const menu = document.getElementById("cite")?.content.firstElementChild;
  if (!menu || !menu.showPopover) return;
  document.querySelector("article[role=main]").append(menu);
  const [permalink, said] = [menu.querySelector("a"), menu.querySelector("output")];
  let passage = null;
  let selected = "";

  // A press takes the selection away: keep what of a passage was selected.
  document.addEventListener("pointerdown", (event) => {
    if (menu.contains(event.target)) return;
    const selection = getSelection();
    const home = event.target.closest?.(".passage");
    selected = home?.contains(selection.anchorNode) && home.contains(selection.focusNode) ? selection.toString().trim() : "";
  });

  function words() {
    const copy = passage.cloneNode(true);
    for (const other of copy.querySelectorAll(".passage-number, .note-mark, .transliteration, rt, .headerlink")) other.remove();
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function address() {
    const page = document.querySelector("link[rel=canonical]")?.href ?? location.href.replace(/[?#].*/, "").replace(/^file:.*\//, "");
    const part = selected && `:~:text=${encodeURIComponent(selected).replaceAll("-", "%2D")}`;
    return `${page}#${passage.id}${part}`;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".passage-number");
    if (!link?.getAttribute("href").startsWith("#")) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    passage = link.closest(".passage");
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
    const filled = { passage: passage.id, address: address(), words: selected || words() };
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
