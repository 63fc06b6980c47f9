// What the scripts say to readers is written in them in English. For another language the build puts before this
// script what each of their messages is there: window.apparatusSaid, with `lang` and `messages`.
window.apparatusVoice = (({ lang = "en", messages = {} }) => {
  const fill = (said, holes) => said.replace(/\{(\w+)\}/g, (hole, name) => holes[name] ?? hole);
  const say = (message, holes = {}) => fill(messages[message] ?? message, holes);
  /** The form that goes with a number, which is its hole `number`. */
  const plural = (one, many, number, holes = {}) => {
    const forms = messages[one] ?? { one, other: many };
    const said = forms[new Intl.PluralRules(lang).select(number)] ?? forms.other;
    return fill(said, { number: number.toLocaleString(lang), ...holes });
  };
  return { lang, say, plural };
})(window.apparatusSaid ?? {});

/** Load a script; those that are loaded together run in their order, one that is loaded *alone* as soon as it is there. */
window.apparatusLoad = (address, alone = false) => {
  const script = document.createElement("script");
  script.src = address;
  script.async = alone;
  return document.head.appendChild(script);
};

/** A script of ours that is needed only when something is asked for. The build puts a stamp of their bytes before this script. */
window.apparatusLater = (name) =>
  window.apparatusLoad(`${document.documentElement.dataset.content_root}_static/${name}.js?v=${window.apparatusStamp}`, true);
