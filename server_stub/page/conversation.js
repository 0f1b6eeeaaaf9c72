// The conversation as it is read: entries of the house, and own words that are still under way.

import { time, tr } from "./texts.js";

const NEAR_THE_END = 60;

export class Conversation {
  #log = null; #entries = []; #pending = []; #near = true;
  #box = document.getElementById("log"); #list = document.getElementById("entries");

  constructor() {
    this.#box.addEventListener("scroll", () => (this.#near = this.#isNearTheEnd()));
    new ResizeObserver(() => this.#near && this.toTheEnd()).observe(this.#box);
  }

  get log() {
    return this.#log;
  }

  get seq() {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  // A conversation with another name is another one: what there was of the old one is gone.
  belongsTo(log) {
    if (log === this.#log) return;
    this.#log = log;
    this.#entries = [];
    this.redraw();
  }

  // Whether the entry is new here.
  take(entry) {
    if (entry.seq <= this.seq) return false;
    this.#entries.push(entry);
    this.#keepingTheEnd(() => {
      const first = this.#list.querySelector(".pending");
      this.#list.insertBefore(drawn(entry), first);
    });
    return true;
  }

  // Own messages that the house has not confirmed, in the order in which they were written.
  set pending(messages) {
    this.#pending = messages;
    this.#keepingTheEnd(() => {
      for (const old of this.#list.querySelectorAll(".pending")) old.remove();
      this.#list.append(...messages.map((one) => waiting(one)));
    });
  }

  redraw() {
    this.#list.replaceChildren(...this.#entries.map(drawn), ...this.#pending.map(waiting));
    this.toTheEnd();
  }

  toTheEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
  }

  // Who has scrolled up to read is left there.
  #keepingTheEnd(change) {
    const near = this.#isNearTheEnd();
    change();
    if (near) this.toTheEnd();
  }

  #isNearTheEnd() {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }
}

function drawn(entry) {
  switch (entry.kind) {
    case "visitor":
      return bubble("own", tr("you"), entry.text, time(entry.at));
    case "operator":
      return bubble("theirs", entry.name, entry.text, time(entry.at));
    case "automatic":
      return bubble("theirs", tr("automatic"), entry.text, time(entry.at));
    case "joined":
      return line(tr("joined", { name: entry.name }));
    case "passed_on":
      return line(tr("passedOn", { name: entry.name }));
    default:
      return line(tr("ended"));
  }
}

function waiting(message) {
  const item = bubble("own", tr("you"), message.text, tr("notSentYet"));
  item.classList.add("pending");
  return item;
}

function bubble(kind, name, text, below) {
  const item = document.createElement("li");
  item.className = `bubble ${kind}`;
  item.append(part("p", "by", name), part("p", "said", text), part("p", "below", below));
  return item;
}

function line(text) {
  const item = part("li", "line", text);
  return item;
}

function part(tag, name, text) {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text ?? "";
  return element;
}
