// One to five stars, as radio buttons: arrows choose, and every star has a name.

import { tr } from "./texts.js";

const MOST = 5;

export class Rating {
  #form = document.getElementById("rating"); #stars = document.getElementById("stars");
  #thanks = document.getElementById("thanks"); #given = 0;

  constructor(rate) {
    this.#stars.append(...Array.from({ length: MOST }, (_, n) => star(n + 1)));
    this.#stars.addEventListener("change", () => this.#light());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#chosen() > 0) rate(this.#chosen());
    });
    this.draw();
  }

  // `asked`: somebody was there who can be rated; `given`: what the house has.
  stands(asked, given) {
    if (this.#given > 0 && given === 0) this.#form.reset();
    this.#given = given;
    this.#form.hidden = !asked || given > 0;
    this.#thanks.textContent = given > 0 ? tr("thanks", { n: given }) : "";
    this.#light();
  }

  draw() {
    for (const one of this.#stars.querySelectorAll("label")) {
      one.querySelector(".unseen").textContent = tr(`stars${one.dataset.n}`);
    }
  }

  #chosen() {
    return Number(this.#stars.querySelector("input:checked")?.value ?? 0);
  }

  #light() {
    for (const one of this.#stars.querySelectorAll("label")) {
      one.classList.toggle("lit", Number(one.dataset.n) <= this.#chosen());
    }
  }
}

function star(n) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type: "radio", name: "stars", value: String(n), required: true });
  const sign = document.createElement("span");
  sign.className = "star";
  sign.setAttribute("aria-hidden", "true");
  sign.textContent = "★";
  const name = document.createElement("span");
  name.className = "unseen";
  label.dataset.n = String(n);
  label.append(input, sign, name);
  return label;
}
