// What the bar of choices does with a script: the text changes in place and its choice is in the
// address; what is shown, and the script of names, are remembered on this device only.
(() => {
  "use strict";
  const root = document.documentElement;
  root.dataset.scripted = "";
  document.body.dataset.theme ||= "auto"; // where storage is refused Furo's own line has given up

  /** Load scripts that few pages need, in their order. */
  const load = (addresses) => {
    for (const address of addresses) {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      document.head.append(script);
    }
  };

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

  // Which text. A page for every witness is built; here it is put in the place of the reading text.
  const texts = () => document.querySelector(".texts");
  const reading = document.querySelector(".page-body");
  if (!texts() || !reading || reading.matches(".witness-text")) return;
  const [bar, view, title] = [texts(), document.querySelector(".view"), document.title];
  let shown = reading;
  let wanted = null; // the page asked for last: an answer that comes later than the next question is dropped

  const topOf = (passage) => passage.getBoundingClientRect().top;

  function put(text, links, name) {
    // The passage that begins next in the window keeps its place there. At first the browser sees to that.
    const isFirst = root.matches(".waiting-text");
    const at = !isFirst && scrollY > 200 && [...shown.querySelectorAll(".passage")].find((one) => topOf(one) > 0);
    const top = at && Math.min(topOf(at), innerHeight / 2);
    document.querySelector(":popover-open")?.hidePopover();
    shown.replaceWith(text);
    texts().replaceWith(links);
    shown = text;
    document.title = name;
    if (view) view.hidden = text !== reading;
    // Cyrillic is written as chosen in the text that is there: this one may have been away then.
    if (text === reading) document.querySelector(".script")?.dispatchEvent(new Event("change"));
    root.classList.remove("waiting-text");
    const there = document.getElementById(at ? at.id : decodeURIComponent(location.hash.slice(1)));
    if (at && there) scrollBy(0, topOf(there) - top);
    else there?.scrollIntoView();
  }

  async function show(choice, address) {
    wanted = address;
    if (!choice) return put(reading, bar, title);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (wanted !== address) return;
    for (const link of page.querySelectorAll(".texts a, .witness-text a")) link.href = new URL(link.getAttribute("href"), answer.url);
    put(page.querySelector(".witness-text"), page.querySelector(".texts"), page.title);
  }

  /** What the address asks for: [choice, page]; what it does not know is the reading text. */
  function asked() {
    const query = new URLSearchParams(location.search);
    const key = query.get("text") ?? "";
    const link = [...bar.querySelectorAll("a")].find((one) => one.dataset.text === key);
    if (!key || !link) return ["", ""];
    const page = link.getAttribute("href");
    return query.has("differences") ? [`${key} differences`, page.replace(/(\.html|\/)?$/, "-differences$1")] : [key, page];
  }

  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".texts a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (link.ariaCurrent) return;
    const [key, differences] = link.dataset.text.split(" ");
    const address = new URL(location);
    address.search = key ? `?text=${encodeURIComponent(key)}${differences ? "&differences" : ""}` : "";
    address.hash = "";
    try {
      await show(link.dataset.text, link.href);
      if (wanted !== link.href) return;
      history.pushState(null, "", address);
      document.querySelector(".texts [aria-current]").focus({ preventScroll: true });
    } catch {
      location.href = link.href; // a folder on disk cannot be fetched from: its page is there
    }
  });

  const follow = () => show(...asked()).catch(() => location.replace(asked()[1] + location.hash));
  addEventListener("popstate", () => (asked()[0] || shown !== reading) && follow());
  if (asked()[0]) follow();
})();
