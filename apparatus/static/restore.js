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
})();
