// The list of the keys, which shows itself when it is there; and the box that takes the letters away.
(() => {
  "use strict";
  const { lang, say } = window.apparatusVoice;
  const { dataset } = document.documentElement;
  const KEYS = [
    ["j", say("next entry of the apparatus")],
    ["k", say("previous entry of the apparatus")],
    ["n", say("next note")],
    ["p", say("previous note")],
    ["Enter", say("open what has the focus")],
    ["Escape", say("close, and back to the text")],
    ["/", say("search")],
    ["?", say("this list")],
  ];

  const keys = document.createElement("dialog");
  keys.className = "keys";
  keys.lang = lang; // whatever the page is in
  keys.setAttribute("aria-labelledby", "keys-title");
  keys.innerHTML =
    '<h2 id="keys-title"></h2><dl></dl><label><input type="checkbox"> <span></span></label>' +
    '<form method="dialog"><button></button></form>';
  const element = (name, ...parts) => {
    const made = document.createElement(name);
    made.append(...parts);
    return made;
  };
  keys.querySelector("h2").append(say("Keys"));
  keys.querySelector("span").append(say("Use letters as keys"));
  keys.querySelector("button").append(say("Close"));
  for (const [key, what] of KEYS)
    keys.querySelector("dl").append(element("dt", element("kbd", key)), element("dd", what));
  const letters = keys.querySelector("input");
  letters.checked = dataset.keys !== "off";
  letters.addEventListener("change", () => {
    dataset.keys = letters.checked ? "on" : "off";
    try {
      localStorage.setItem("apparatus-keys", dataset.keys);
    } catch {} // storage refused: they are so on this page
  });
  document.body.append(keys);
  keys.showModal();
})();
