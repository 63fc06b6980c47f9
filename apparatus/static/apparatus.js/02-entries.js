// Opens an entry or note beside its lemma. Every lemma and note mark is a link to its entry at the
// section's foot, so without this script nothing is lost; with it, a copy of that entry stands in the
// browser's own popover. The foot stays as it is: to lift an entry out of it would lay the foot out anew.

(() => {
  "use strict";
  const { say } = window.apparatusVoice;
  const root = document.documentElement;
  if (!("showPopover" in HTMLElement.prototype)) return;

  const LINKS = "a.lemma, .note-mark a";
  const links = () => [...document.querySelectorAll(LINKS)];
  let source = null; // the link that was followed
  let parts = []; // what it is about, at the foot
  let shown = null; // the popover with their copy
  let pressed = null; // what was open when the pointer went down
  let stretches = null; // entry → every stretch of its lemma; made when first asked for

  /** The entries that a link is about. */
  function entriesOf(link) {
    const address = link.getAttribute("href");
    return link.dataset.entries?.split(" ") ?? [decodeURIComponent(address.slice(address.indexOf("#") + 1))];
  }

  /** What a link opens: its entries, each with those whose lemmata touch its own, in printed order. */
  function partsOf(link) {
    const clusters = entriesOf(link).map((id) => document.getElementById(id)?.closest(".cluster"));
    return [...new Set(clusters)]
      .filter((cluster) => cluster?.checkVisibility()) // the reader may have chosen not to see it
      .sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
      .map((cluster) => cluster.firstElementChild);
  }

  /** Every stretch of the lemmata that a link is about; a lemma may be cut by others. */
  function stretchesOf(link) {
    if (!stretches) {
      stretches = new Map();
      for (const one of links())
        for (const id of entriesOf(one)) stretches.set(id, [...(stretches.get(id) ?? []), one]);
    }
    return entriesOf(link).flatMap((id) => stretches.get(id) ?? []);
  }

  /** An entry once more. Names lead to the one at the foot; what it has from there, the copy says itself. */
  function copyOf(part) {
    const copy = part.cloneNode(true);
    for (const node of [copy, ...copy.querySelectorAll("[id]")]) node.removeAttribute("id");
    for (const name of ["lang", "dir"]) {
      const home = part.closest(`[${name}]`);
      if (home) copy.setAttribute(name, home.getAttribute(name));
    }
    return copy;
  }

  function open(link, wanted) {
    close();
    const copies = wanted.map(copyOf);
    [source, parts, shown] = [link, wanted, copies[0]];
    shown.append(...copies.slice(1));
    shown.prepend(bar);
    shown.classList.add("opened");
    shown.popover = "auto";
    shown.tabIndex = -1;
    source.setAttribute("aria-expanded", "true");
    for (const stretch of stretchesOf(source)) stretch.classList.add("open");
    (source.closest(".page-body") ?? document.body).append(shown); // where the bar of choices reaches it
    source.focus({ preventScroll: true }); // where Escape returns to
    shown.showPopover({ source });
    shown.focus({ preventScroll: true });
    source.scrollIntoView({ block: "nearest" });
  }

  function close() {
    if (shown?.matches(":popover-open")) shown.hidePopover();
    takeAway();
  }

  /** Clear away what has been closed: the browser tells it only later, and a key may be pressed before. */
  function takeAway() {
    if (!shown || shown.matches(":popover-open")) return;
    shown.remove();
    source.removeAttribute("aria-expanded");
    for (const stretch of stretchesOf(source)) stretch.classList.remove("open");
    source = shown = null;
    parts = [];
  }

  /** The next or previous lemma or note in the order of the text. */
  function step(by) {
    const all = links();
    for (let i = all.indexOf(source) + by; i >= 0 && i < all.length; i += by) {
      const next = partsOf(all[i]);
      if (next.length && !parts.includes(next[0])) return open(all[i], next);
    }
  }

  const bar = document.createElement("div");
  bar.className = "entry-bar";
  for (const [name, sign, act] of [
    [say("Previous"), "‹", () => step(-1)],
    [say("Next"), "›", () => step(1)],
    [say("Close"), "✕", close],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.ariaLabel = button.title = name;
    button.addEventListener("click", () => {
      act();
      if (shown) button.focus({ preventScroll: true }); // so that it can be pressed again
    });
    bar.append(button);
  }

  // A press outside closes the popover before the click arrives: remember what was open.
  document.addEventListener(
    "pointerdown",
    () => {
      takeAway();
      pressed = parts[0];
    },
    true,
  );

  document.addEventListener("click", (event) => {
    if (!event.detail) takeAway();
    const was = event.detail ? pressed : parts[0]; // a click by keyboard has no press
    pressed = null;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[href]");
    if (!link) return;
    if (shown?.contains(link)) {
      if (link.getAttribute("href").startsWith("#")) close(); // and go there
      return;
    }
    const wanted = link.matches(LINKS) ? partsOf(link) : [];
    if (!wanted.length) return;
    event.preventDefault();
    if (wanted[0] === was) close();
    else open(link, wanted);
  });

  /** Go to the next or previous link of a kind: from what is open, else from the focus, else from here. */
  function go(selector, by) {
    takeAway();
    const all = [...document.querySelectorAll(selector)].filter((link) => link.checkVisibility());
    if (by < 0) all.reverse();
    const from = source ?? document.activeElement.closest(LINKS);
    const next = all.find((link) => {
      if (!from) return by * (link.getBoundingClientRect().top - 56) >= 0;
      const follows = by > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
      return from.compareDocumentPosition(link) & follows && !parts.includes(partsOf(link)[0]);
    });
    if (!next) return;
    if (shown) open(next, partsOf(next));
    else next.focus();
    next.scrollIntoView({ block: "nearest" });
  }

  function search() {
    const field = document.querySelector("input[name=q]");
    if (field?.checkVisibility({ visibilityProperty: true })) field.focus();
    else if (field) location.href = field.form.action;
  }

  const ENTRIES = "a.lemma[id]:not([tabindex])"; // a lemma that others cut is met once
  const NOTES = ".note-mark a";
  let keys = null; // the script that makes their list
  /** The list of the keys, which is loaded when it is asked for. */
  function list() {
    const shown = document.querySelector("dialog.keys");
    if (shown) shown.showModal();
    else keys ??= window.apparatusLater("keys");
  }

  const KEYS = {
    j: () => go(ENTRIES, 1),
    k: () => go(ENTRIES, -1),
    n: () => go(NOTES, 1),
    p: () => go(NOTES, -1),
    "/": search,
    "?": list,
  };
  try {
    if (localStorage.getItem("apparatus-keys") === "off") root.dataset.keys = "off";
  } catch {} // storage refused: the keys are on

  document.addEventListener("keydown", (event) => {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!Object.hasOwn(KEYS, key) || (root.dataset.keys === "off" && key !== "?")) return;
    if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    KEYS[key]();
  });

  document.addEventListener("toggle", (event) => event.target === shown && takeAway(), true);
  addEventListener("beforeprint", close);
})();
