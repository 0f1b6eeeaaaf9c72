// The example shop around the chat: three pages in one, so that going to another page is seen.

import { chosen, choose, fill, isKnown, preferred, tr } from "./texts.js";

const PAGES = ["coats", "delivery", "returns"];
const POINTS = 3;

export class Shop {
  #page = "coats"; #memory; #changed;

  // `changed("page" or "language")` is called after the page shows it.
  constructor(memory, changed) {
    [this.#memory, this.#changed] = [memory, changed];
    const asked = new URLSearchParams(location.search);
    const language = [asked.get("lang"), memory.get("language")].find((one) => isKnown(one ?? ""));
    choose(language ?? preferred());
    this.#page = PAGES.includes(asked.get("page")) ? asked.get("page") : "coats";
    document.getElementById("pages").addEventListener("click", (event) => this.#clicked(event));
    document.getElementById("languages").addEventListener("click", (event) => this.#speak(event));
    addEventListener("popstate", () => this.#read());
    this.show();
  }

  // The page's address as the operator sees it; the shop is made up, and so is this.
  get address() {
    return tr(`${this.#page}Address`);
  }

  // What somebody who looks over the visitor's shoulder would see.
  get seen() {
    const goods = this.#page === "coats" ? ["coat", "boots", "umbrella"] : [];
    const shown = goods.map((one) => `${tr(one)}, ${tr(`${one}Price`)}`);
    return [tr(`${this.#page}Title`), ...shown, ...this.#points()].join("\n");
  }

  show() {
    fill();
    const title = tr(`${this.#page}Title`);
    document.title = `${title} · Heron & Rain`;
    document.getElementById("page-title").textContent = title;
    document.getElementById("page-lead").textContent = tr(`${this.#page}Lead`);
    document.getElementById("goods").hidden = this.#page !== "coats";
    const points = document.getElementById("points");
    points.hidden = this.#page === "coats";
    points.replaceChildren(...this.#points().map((one) => item(one)));
    for (const link of document.querySelectorAll("[data-page]")) {
      mark(link, "aria-current", link.dataset.page === this.#page ? "page" : null);
    }
    for (const one of document.querySelectorAll("[data-language]")) {
      one.setAttribute("aria-pressed", String(one.dataset.language === chosen()));
    }
  }

  #points() {
    if (this.#page === "coats") return [];
    return Array.from({ length: POINTS }, (_, n) => tr(`${this.#page}${n + 1}`));
  }

  #clicked(event) {
    const link = event.target.closest("[data-page]");
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (link.dataset.page === this.#page) return;
    this.#page = link.dataset.page;
    history.pushState(null, "", this.#query());
    this.show();
    document.getElementById("shop").focus();
    this.#changed("page");
  }

  #speak(event) {
    const button = event.target.closest("[data-language]");
    if (button === null) return;
    choose(button.dataset.language);
    this.#memory.set("language", chosen());
    history.replaceState(null, "", this.#query());
    this.show();
    this.#changed("language");
  }

  // Back and forward.
  #read() {
    const page = new URLSearchParams(location.search).get("page");
    this.#page = PAGES.includes(page) ? page : "coats";
    this.show();
    this.#changed("page");
  }

  #query() {
    const query = new URLSearchParams(location.search);
    query.set("page", this.#page);
    query.set("lang", chosen());
    return `?${query}`;
  }
}

function item(text) {
  const one = document.createElement("li");
  one.textContent = text;
  return one;
}

function mark(element, name, value) {
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}
