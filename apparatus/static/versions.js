// A text, its translation, or both: who changes from one to another far down stays at the passage.
document.addEventListener("click", ({ target }) => {
  const link = target.closest(".versions a:not([aria-current])");
  if (!link || scrollY < 100) return;
  const { bottom } = link.closest(".choices").getBoundingClientRect();
  const at = [...document.querySelectorAll(".passage")].find((one) => one.getBoundingClientRect().top >= bottom - 1);
  if (!at) return;
  const there = [...(at.closest(".pair") ?? at).querySelectorAll(".passage, [data-beside]")];
  const ids = [at.id, ...there.map((one) => one.dataset.beside ?? one.id)];
  const { prefix } = link.dataset;
  const second = [...link.parentElement.children].map((one) => one.dataset.prefix).filter(Boolean);
  const ofText = (id) => (prefix ? id.startsWith(prefix) : !second.some((its) => id.startsWith(its)));
  link.hash = (prefix === undefined ? at.id : ids.find(ofText)) ?? "";
});
