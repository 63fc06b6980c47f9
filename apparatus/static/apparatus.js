// Opens an entry or note beside its lemma. Every lemma and note mark is a link to its entry at the
// section's foot, so without this script nothing is lost; with it, a copy of that entry stands in the
// browser's own popover. The foot stays as it is: to lift an entry out of it would lay the foot out anew.

// What the scripts say to readers is written in them in English. For another language the build puts before this
// script what each of their messages is there: window.apparatusSaid, with `lang` and `messages`.
window.apparatusVoice = (({ lang = "en", messages = {} }) => {
  const fill = (said, holes) => said.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
  const say = (message, holes = {}) => fill(messages[message] ?? message, holes);
  /** The form that goes with a number, which is its hole `number`. */
  const plural = (one, many, number, holes = {}) => {
    const forms = messages[one] ?? { one, other: many };
    const said = forms[new Intl.PluralRules(lang).select(number)] ?? forms.other;
    return fill(said, { number: number.toLocaleString(lang), ...holes });
  };
  return { lang, say, plural };
})(window.apparatusSaid ?? {});

(() => {
  "use strict";
  const { lang, say } = window.apparatusVoice;
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
  const KEYS = [
    ["j", say("next entry of the apparatus"), () => go(ENTRIES, 1)],
    ["k", say("previous entry of the apparatus"), () => go(ENTRIES, -1)],
    ["n", say("next note"), () => go(NOTES, 1)],
    ["p", say("previous note"), () => go(NOTES, -1)],
    ["Enter", say("open what has the focus")],
    ["Escape", say("close, and back to the text")],
    ["/", say("search"), search],
    ["?", say("this list"), () => keys.showModal()],
  ];

  const keys = document.createElement("dialog");
  keys.className = "keys";
  keys.lang = lang; // whatever the page is in
  keys.setAttribute("aria-labelledby", "keys-title");
  keys.innerHTML =
    '<h2 id="keys-title"></h2><dl></dl><label><input type="checkbox" checked> <span></span></label>' +
    '<form method="dialog"><button></button></form>';
  const element = (name, ...parts) => {
    const made = document.createElement(name);
    made.append(...parts);
    return made;
  };
  keys.querySelector("h2").append(say("Keys"));
  keys.querySelector("span").append(say("Use letters as keys"));
  keys.querySelector("button").append(say("Close"));
  for (const [key, what] of KEYS)
    keys.querySelector("dl").append(element("dt", element("kbd", key)), element("dd", what));
  document.body.append(keys);
  const letters = keys.querySelector("input");
  try {
    letters.checked = localStorage.getItem("apparatus-keys") !== "off";
  } catch {} // storage refused: the keys are on
  letters.addEventListener("change", () => {
    try {
      localStorage.setItem("apparatus-keys", letters.checked ? "on" : "off");
    } catch {}
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || keys.open) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const act = KEYS.find(([key]) => key === event.key)?.[2];
    if (!act || (!letters.checked && event.key !== "?")) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("toggle", (event) => event.target === shown && takeAway(), true);
  addEventListener("beforeprint", close);
})();
