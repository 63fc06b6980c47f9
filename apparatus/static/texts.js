// Which text. A page for every witness is built; here it is put in the place of the reading text, and its choice is
// in the address.
(() => {
  "use strict";
  const root = document.documentElement;
  const texts = () => document.querySelector(".texts");
  const reading = document.querySelector(".page-body");
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
