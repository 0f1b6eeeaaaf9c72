// The page's words in the language that was chosen.

import en from "./texts.en.js";
import nl from "./texts.nl.js";
import pl from "./texts.pl.js";
import fi from "./texts.fi.js";

const ALL = { en, nl, pl, fi };
const LOCALES = { en: "en-GB", nl: "nl-NL", pl: "pl-PL", fi: "fi-FI" };

let language = "en";

export function chosen() {
  return language;
}

export function isKnown(name) {
  return Object.hasOwn(ALL, name);
}

export function choose(name) {
  language = name;
  document.documentElement.lang = name;
}

// The language of the browser, as far as we speak it.
export function preferred() {
  const wanted = navigator.languages.map((one) => one.slice(0, 2).toLowerCase());
  return wanted.find(isKnown) ?? "en";
}

export function tr(key, values = {}) {
  return ALL[language][key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function time(at) {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "2-digit", minute: "2-digit" })
    .format(at);
}

// Fills in every element that names its text, its label or its hint.
export function fill() {
  for (const one of document.querySelectorAll("[data-text]")) one.textContent = tr(one.dataset.text);
  for (const one of document.querySelectorAll("[data-label]")) {
    one.setAttribute("aria-label", tr(one.dataset.label));
    if (one.tagName === "BUTTON") one.title = tr(one.dataset.label);
  }
  for (const one of document.querySelectorAll("[data-hint]")) one.placeholder = tr(one.dataset.hint);
}
