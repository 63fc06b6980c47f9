// Runs before the text is painted, so that nothing moves: sets the boxes as they were left on this
// device, and keeps the page back while another text, or another script of names, is made ready.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.remove("no-js"); // before the text: each change of it has the style of all below worked out again
  for (const choice of document.querySelectorAll(".choices [name]")) {
    let stored = null; // storage refused: nothing is remembered
    try {
      stored = localStorage.getItem(`apparatus-${choice.name}`);
    } catch {}
    if (choice.type === "checkbox") choice.checked = stored === "on" || (choice.checked && stored !== "off");
    else if (choice.type === "radio") choice.checked ||= choice.value === stored;
    else if ([...choice.options].some((option) => option.value === stored)) choice.value = stored;
  }
  const text = new URLSearchParams(location.search).get("text");
  const links = document.querySelectorAll(".texts:has([data-text=''][aria-current]) a");
  const another = text && [...links].some((link) => link.dataset.text === text);
  const respelt = document.querySelector(".script :is([value=above], [name=originals], option:not([selected])):checked");
  if (another) root.classList.add("waiting-text");
  if (respelt) root.classList.add("waiting-script");

  // Entries and notes are laid out when they come near, or a few at a time when there is nothing else to do.
  // Who comes to a passage or to words, or comes back to the page, finds all of it in its place; which
  // words are meant is known to this record of the address alone.
  const [arrival] = performance.getEntriesByType("navigation");
  if (location.hash || arrival?.type !== "navigate" || arrival.name.includes("#")) return;
  root.dataset.later = "";
  addEventListener("load", async () => {
    for (const [i, part] of document.querySelectorAll(".run-in, .notes > *").entries()) {
      if (i % 5 === 0) await new Promise(window.requestIdleCallback ?? setTimeout);
      part.dataset.laid = "";
    }
  });
})();
