// What the bar of choices does with a script: what is shown, and the script of names, are remembered on this
// device only; and what is loaded when it is first asked for.
(() => {
  "use strict";
  const root = document.documentElement;
  root.dataset.scripted = "";
  document.body.dataset.theme ||= "auto"; // where storage is refused Furo's own line has given up

  const load = (addresses) => addresses.forEach((address) => window.apparatusLoad(address));

  // The style sheet reads the boxes. A lemma whose entry is not shown is no stop for the keyboard, and
  // an entry is said in the form in which it is shown.
  const chosen = (name) => document.querySelector(`.choices [name=${name}]`)?.checked;
  const mark = () => {
    const links = [...document.querySelectorAll("a.lemma")];
    const off = links.map((link) => getComputedStyle(link).pointerEvents === "none"); // all asked before any is changed
    links.forEach((link, i) => (off[i] ? (link.tabIndex = -1) : link.removeAttribute("tabindex")));
    const [form, other] = chosen("form-positive") ? ["positive", "negative"] : ["negative", "positive"];
    for (const entry of document.querySelectorAll(`[data-${form}]`)) {
      entry.dataset[other] = entry.ariaLabel; // an entry has the form that is not said
      entry.ariaLabel = entry.dataset[form];
      delete entry.dataset[form];
    }
  };
  mark();
  let respelling = document.querySelector(".script")?.dataset.scripts.split(" ");
  if (respelling && document.querySelector(".script :is([value=above], [name=originals], option:not([selected])):checked")) {
    load(respelling);
    respelling = null;
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".choices")) return;
    try {
      localStorage.setItem(`apparatus-${target.name}`, target.type === "checkbox" ? (target.checked ? "on" : "off") : target.value);
    } catch {} // storage refused: nothing is remembered
    mark();
    if (respelling && target.closest(".script")) {
      load(respelling);
      respelling = null;
    }
  });

  // Light, dark, or as the system has it: first what differs from the system. Furo's own script for this
  // also follows a list of contents that our pages do not have, and fails where storage is refused.
  if (!document.querySelector("script[src*='furo.js']")) {
    if (root.matches(".no-js")) root.classList.remove("no-js");
    const [theme, other] = matchMedia("(prefers-color-scheme: dark)").matches ? ["light", "dark"] : ["dark", "light"];
    const next = { auto: theme, [theme]: other, [other]: "auto" };
    document.addEventListener("click", ({ target }) => {
      if (!target.closest(".theme-toggle")) return;
      const { dataset } = document.body;
      dataset.theme = next[dataset.theme] ?? theme;
      try {
        localStorage.setItem("theme", dataset.theme);
      } catch {}
    });
  }

  // Sphinx's script that marks the words searched for is loaded for who comes from the search page.
  try {
    if (localStorage.getItem("sphinx_highlight_terms") && !document.querySelector("script[src*='sphinx_highlight']"))
      load(["documentation_options", "doctools", "sphinx_highlight"].map((name) => `${root.dataset.content_root}_static/${name}.js`));
  } catch {}

  /**
   * A script that is wanted only at a press on certain links is loaded at the first; then the press is made once more.
   * Where it does not come the link leads where it leads without a script.
   */
  function atPress(selector, name) {
    let [pressed, script, isThere] = [null, null, false];
    const need = () => {
      if (script) return;
      script = window.apparatusLater(name);
      script.onload = script.onerror = () => {
        isThere = true;
        pressed?.click();
      };
    };
    document.addEventListener("click", (event) => {
      const link = !isThere && event.target.closest(selector);
      if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      pressed = link;
      need();
    });
    return need;
  }

  // The menu beside a number. A press takes the selection away, of which the menu makes a quotation.
  if (document.getElementById("cite") && "showPopover" in HTMLElement.prototype) {
    const NUMBER = ".passage-number[href^='#']";
    document.addEventListener("pointerdown", ({ target }) => {
      const selection = getSelection();
      if (target.closest?.(NUMBER)) window.apparatusPressed = [target, selection.rangeCount && selection.getRangeAt(0).cloneRange()];
    });
    atPress(NUMBER, "cite");
  }

  // Which text. A page for every witness is built; a script puts it in the place of the reading text.
  if (document.querySelector(".page-body:not(.witness-text)") && document.querySelector(".texts")) {
    const need = atPress(".texts a", "texts");
    const go = () => new URLSearchParams(location.search).get("text") && need();
    go();
    addEventListener("popstate", go);
  }
})();
