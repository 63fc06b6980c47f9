// Names at every entry all who have the text, when the positive form is asked for. The page has these
// witnesses once, in a template; an entry means all whom it does not name, or says which. At the foot their sigla
// are one run of letters, for there may be hundreds of thousands; an entry that opens has each by itself.
(() => {
  "use strict";
  const [told, box] = [document.getElementById("silent"), document.querySelector(".choices [name=form-positive]")];
  if (!told || !box) return;
  const sigla = [...told.content.children];
  const labels = sigla.map((siglum) => siglum.firstElementChild.textContent);
  const numbers = sigla.map((_, i) => i);
  const { one, many, between, last, firstBlank, nextBlank } = told.dataset;
  const apart = new Set(told.dataset.apart.split("\n").filter(Boolean));
  /** What stands between two sigla: a blank where they would be read as others. */
  const blank = (label, next) => (apart.has(label) || apart.has(next) ? " " : nextBlank);

  /** The numbers, in the list, of those whom an entry means. */
  function meant(support) {
    const said = support.dataset.silent?.split(" ");
    if (said?.[0] === "but") return numbers.filter((i) => !said.includes(`${i}`));
    if (said) return said;
    const named = new Set();
    for (const label of support.parentElement.querySelectorAll(".siglum > span"))
      if (!support.contains(label)) named.add(label.textContent);
    return numbers.filter((i) => !named.has(labels[i]));
  }

  function blankBefore(support, first) {
    const before = support.previousElementSibling;
    return before?.matches(".siglum, .doubtful") ? blank(before.textContent, labels[first]) : firstBlank;
  }

  function asOneRun(support, who) {
    const run = sigla[who[0]].cloneNode(true);
    const all = document.createElement("span");
    all.className = "siglum";
    all.lang = run.lang;
    all.title = who.map((i) => sigla[i].title || labels[i]).join(", ");
    all.append(run.firstElementChild);
    all.firstElementChild.textContent = who.map((i, at) => (at ? blank(labels[who[at - 1]], labels[i]) : "") + labels[i]).join("");
    support.append(blankBefore(support, who[0]), all);
  }

  function eachByItself(support) {
    const who = meant(support);
    const parts = who.flatMap((i, at) => [at ? blank(labels[who[at - 1]], labels[i]) : blankBefore(support, i), sigla[i].cloneNode(true)]);
    support.replaceChildren(...parts);
  }

  function sentence(entry, names) {
    const said = entry.ariaLabel;
    const at = entry.dataset.upheld || said.indexOf("”, ") + 3; // behind the lemma
    const list = names.length > 1 ? names.slice(0, -1).join(between) + last + names.at(-1) : names[0];
    entry.dataset.positive = said.slice(0, at) + (names.length > 1 ? many : one).replace("%", () => list) + said.slice(at);
  }

  function fill() {
    if (!box.checked) return;
    document.removeEventListener("change", fill);
    for (const support of document.querySelectorAll(".support:empty")) {
      const [home, who] = [support.parentElement, meant(support)];
      asOneRun(support, who);
      if ("upheld" in home.dataset) sentence(home, who.map((i) => labels[i]));
    }
  }

  document.addEventListener("change", fill);
  document.addEventListener(
    "toggle",
    ({ target, newState }) => {
      if (newState === "open" && target.matches(".opened")) target.querySelectorAll(".support:not(:empty)").forEach(eachByItself);
    },
    true,
  );
  fill();
})();
