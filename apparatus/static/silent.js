// Names at every entry all who have the text, when the positive form is asked for. The page has these
// witnesses once, in a template; an entry means all whom it does not name, or says which.
(() => {
  "use strict";
  const [told, box] = [document.getElementById("silent"), document.querySelector(".choices [name=form-positive]")];
  if (!told || !box) return;
  const sigla = [...told.content.children];
  const labels = sigla.map((siglum) => siglum.firstElementChild.textContent);
  const written = sigla.map((siglum) => siglum.outerHTML);
  const { one, many, between, last, firstBlank, nextBlank } = told.dataset;

  /** The numbers, in the list, of those whom an entry means. */
  function meant(support, named) {
    const said = support.dataset.silent?.split(" ");
    if (!said) return sigla.map((_, i) => i).filter((i) => !named.has(labels[i]));
    if (said[0] !== "but") return said;
    return sigla.map((_, i) => i).filter((i) => !said.includes(`${i}`));
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
      const home = support.parentElement;
      const named = new Set([...home.querySelectorAll(".siglum > span")].map((label) => label.textContent));
      const who = meant(support, named);
      const follows = support.previousElementSibling?.matches(".siglum, .doubtful");
      support.innerHTML = who.map((i, nth) => (nth || follows ? nextBlank : firstBlank) + written[i]).join("");
      if ("upheld" in home.dataset) sentence(home, who.map((i) => labels[i]));
    }
  }

  document.addEventListener("change", fill);
  fill();
})();
