// Writes Cyrillic as the reader has chosen: transliterated by another scheme, or word by word above the
// line; and names in Latin letters with their Cyrillic above. Loaded when it is first asked for.
(() => {
  "use strict";
  const { schemes, runs, words, names } = window.apparatusWords;
  const choices = document.querySelector(".script");
  const CYRILLIC = /([\p{Script=Cyrillic}\p{M}]+)/u;

  /** Where a transliteration can stand above: not in readings, which quote letters, where none stands beside, and
      where the words are given in Latin letters. */
  const RUNS = ".cyrillic:not(.given, :is(.entry-lemma, .reading, .siglum, .citation) *)";
  const BESIDE = ".transliteration[lang^=ru-Latn-t]";
  const OTHERS = ".transliteration[lang*='-Latn-t-']:not([lang^=ru])";

  /** Put a small word above each word that has one. */
  function annotate(element, divider, above, lang) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const leaves = [];
    while (walker.nextNode()) leaves.push(walker.currentNode);
    for (const leaf of leaves) {
      if (leaf.parentElement.closest("ruby, .editorial, .note-mark")) continue;
      const made = leaf.data.split(divider).map((part) => {
        const small = Object.hasOwn(above, part) && above[part];
        if (!small) return part;
        const [ruby, text] = ["ruby", "rt"].map((name) => document.createElement(name));
        text.lang = lang;
        text.append(small);
        ruby.append(part, text);
        return ruby;
      });
      if (made.some((part) => part.nodeType)) leaf.replaceWith(...made);
    }
  }

  /** Put the words of a transliteration of another language above the words before it, one by one. */
  function annotateBeside(beside) {
    const latin = beside.textContent.trim().slice(1, -1).split(/\s+/u);
    const words = beside.dataset.words.split(/\s+/u);
    const above = Object.fromEntries(words.map((word, i) => [word, latin[i]]));
    annotate(beside.previousElementSibling, /(\s+)/u, above, beside.lang);
  }

  function plain() {
    for (const small of document.querySelectorAll("ruby > rt")) {
      const [ruby, home] = [small.parentElement, small.parentElement.parentElement];
      small.remove();
      ruby.replaceWith(...ruby.childNodes);
      home.normalize();
    }
  }

  function write() {
    plain();
    const scheme = choices.querySelector("select")?.selectedOptions[0];
    const at = schemes.indexOf(scheme?.value);
    for (const beside of scheme ? document.querySelectorAll(BESIDE) : []) {
      beside.dataset.printed ??= beside.textContent;
      const run = runs[beside.dataset.printed];
      if (!run) continue;
      beside.textContent = ` [${run[at]}]`;
      beside.lang = scheme.dataset.tag;
    }
    if (choices.querySelector("[value=above]")?.checked) {
      const above = Object.fromEntries(Object.entries(words).map(([word, all]) => [word, all[at]]));
      for (const run of document.querySelectorAll(RUNS)) annotate(run, CYRILLIC, above, scheme?.dataset.tag);
      for (const beside of document.querySelectorAll(OTHERS)) annotateBeside(beside);
    }
    if (choices.querySelector("[name=originals]")?.checked) {
      for (const name of document.querySelectorAll(".passage .name")) annotate(name, /(\s+)/, names, "ru");
    }
    document.documentElement.classList.toggle("spaced", !!document.querySelector(".passage rt"));
  }

  choices.addEventListener("change", write);
  write();
  document.documentElement.classList.remove("waiting-script");
})();
