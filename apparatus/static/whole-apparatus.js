// The table of the whole apparatus: filtered by kind, witness and cause, sorted by a click on a heading.
(() => {
  "use strict";
  const { say, plural } = window.apparatusVoice;
  const table = document.querySelector("table.whole-apparatus");
  if (!table) return;
  const [body] = table.tBodies;
  const rows = [...body.rows];
  const [kind, witness, cause] = document.querySelectorAll(".filters select");
  const words = (row, i) => row.cells[i].textContent.trim();
  const has = (row, i, choice) => !choice?.value || `, ${words(row, i)}, `.includes(`, ${choice.value}, `); // a label may have a comma

  function filter() {
    for (const row of rows) {
      const fits =
        has(row, 2, kind) &&
        has(row, 4, cause) &&
        (!witness.value || words(row, 3).split(" ").includes(witness.value));
      row.hidden = !fits;
    }
    const left = rows.filter((row) => row.checkVisibility()).length; // the bar may hide some, too
    document.querySelector(".filters output").textContent =
      left === rows.length
        ? plural("{number} entry", "{number} entries", left)
        : say("{number} of {all} entries", { number: left, all: rows.length });
  }
  document.addEventListener("change", filter);
  filter();

  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const place = new Map(rows.map((row, n) => [row, n])); // the order of the text, which settles ties
      const compare = (a, b) => (i ? words(a, i).localeCompare(words(b, i)) : 0) || place.get(a) - place.get(b);
      body.append(...[...rows].sort((a, b) => (up ? compare(a, b) : compare(b, a))));
    });
  });
  heads[0].setAttribute("aria-sort", "ascending");
})();
