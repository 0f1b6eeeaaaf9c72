// What this tab remembers: who its visitor is, and what is not sent yet. Another tab is another
// visitor. Where the browser allows no storage it is forgotten with the page.

const KEY = "visitor";

export class Memory {
  #kept;

  constructor() {
    this.#kept = read();
  }

  get(name, otherwise = null) {
    return this.#kept[name] ?? otherwise;
  }

  set(name, value) {
    this.#kept[name] = value;
    try {
      sessionStorage.setItem(KEY, JSON.stringify(this.#kept));
    } catch {
      // full or forbidden: it lasts as long as the page does
    }
  }
}

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY));
    return kept !== null && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}
