// What the bar of choices does with a script: the text changes in place and its choice is in the
// address; what is marked, and the script of names, are remembered on this device only.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");

  const memory = {
    get: (name) => {
      try {
        return localStorage.getItem(`apparatus-${name}`);
      } catch {
        return null; // storage refused: nothing is remembered
      }
    },
    set: (name, value) => {
      try {
        localStorage.setItem(`apparatus-${name}`, value);
      } catch {}
    },
  };

  // What is marked. The style sheet reads the boxes.
  const mark = (box) => {
    if (box.name !== "show-apparatus") return;
    for (const link of document.querySelectorAll("a.lemma")) {
      if (box.checked) link.removeAttribute("tabindex");
      else link.tabIndex = -1;
    }
  };
  for (const box of document.querySelectorAll(".marked input")) {
    const stored = memory.get(box.name);
    if (stored === "on" || stored === "off") box.checked = stored === "on";
    mark(box);
    box.addEventListener("change", () => {
      memory.set(box.name, box.checked ? "on" : "off");
      mark(box);
    });
  }

  // The script of names: transliteration by which scheme, or none.
  const schemes = document.querySelector(".script select");
  if (schemes) {
    const printed = [...schemes.options].find((option) => option.defaultSelected).value;
    const write = () => {
      const [{ value, dataset }] = schemes.selectedOptions;
      for (const words of document.querySelectorAll(".transliteration[data-scientific], .transliteration[data-iso9]")) {
        words.dataset.printed ??= words.textContent;
        const other = words.getAttribute(`data-${value}`);
        words.textContent = value === printed ? words.dataset.printed : ` [${other}]`;
        words.hidden = !value;
        if (value) words.lang = dataset.tag;
      }
    };
    const stored = memory.get("scheme");
    if ([...schemes.options].some((option) => option.value === stored) && stored !== schemes.value) {
      schemes.value = stored;
      write();
    }
    schemes.addEventListener("change", () => {
      memory.set("scheme", schemes.value);
      write();
    });
  }

  // Which text. A page for every witness is built; here it is put in the place of the reading text.
  const texts = () => document.querySelector(".texts");
  const reading = document.querySelector("article[role=main] > section");
  if (!texts() || !reading || reading.matches(".witness-text")) return;
  const [bar, marked, title] = [texts(), document.querySelector(".marked"), document.title];
  let shown = reading;

  /** The passage at the head of the window, to be found again in the other text. */
  const place = () =>
    scrollY > 200 && [...shown.querySelectorAll(".passage")].find((one) => one.getBoundingClientRect().bottom > 60)?.id;

  function put(text, links, name) {
    const at = place();
    document.querySelector(":popover-open")?.hidePopover();
    shown.replaceWith(text);
    texts().replaceWith(links);
    shown = text;
    document.title = name;
    for (const other of [marked, schemes?.closest("label")]) if (other) other.hidden = text !== reading;
    const id = at || decodeURIComponent(location.hash.slice(1));
    if (id) document.getElementById(id)?.scrollIntoView();
  }

  async function show(choice, address) {
    if (!choice) return put(reading, bar, title);
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
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
      history.pushState(null, "", address);
      document.querySelector(".texts [aria-current]").focus({ preventScroll: true });
    } catch {
      location.href = link.href; // a folder on disk cannot be fetched from: its page is there
    }
  });

  const follow = () => show(...asked()).catch(() => location.replace(asked()[1]));
  addEventListener("popstate", () => (asked()[0] || shown !== reading) && follow());
  if (asked()[0]) follow();
})();
