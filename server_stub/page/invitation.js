// Help that an operator offers to somebody who looks around (R86): said once, and it takes no focus.

import { tr } from "./texts.js";

const at = (id) => document.getElementById(id);

export class Invitation {
  #offer = null; #answered = false; #lapsed = false;

  // `accept` and `decline` are called once the card is gone.
  constructor({ accept, decline }) {
    at("invitation-yes").addEventListener("click", () => this.#answer(accept));
    at("invitation-no").addEventListener("click", () => this.#answer(decline));
    at("invitation").addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || at("invitation-no").disabled) return;
      event.stopPropagation();
      this.#answer(decline);
    });
    at("invitation").addEventListener("focusout", () => setTimeout(() => this.#left()));
  }

  // `offer`: what stands now, or null. Who is about to answer when it lapses may still do so: a
  // late yes is a yes. After a new connection (`first`) the house knows whether there was an answer.
  stands(offer, first) {
    if (first || offer === null) this.#answered = false;
    this.#lapsed = offer === null;
    if (offer !== null || !this.#held) this.#offer = offer;
    this.draw();
  }

  connection(state) {
    if (state === "stopped") this.#offer = null;
    for (const id of ["invitation-yes", "invitation-no"]) at(id).disabled = state !== "live";
    this.draw();
  }

  forget() {
    this.#offer = null;
    this.draw();
  }

  // Above the launcher, or in the window where that is open.
  place(open) {
    if (open) at("connection").parentElement.after(at("invitation"));
    else at("launcher").before(at("invitation"));
  }

  draw() {
    const shown = this.#offer !== null && !this.#answered;
    const { by = "", text = "" } = shown ? this.#offer : {};
    at("invitation-by").textContent = tr("invitationBy", { name: by });
    at("invitation-text").textContent = text;
    at("invitation").hidden = !shown;
    const said = shown ? tr("invitationSaid", { name: by, text }) : "";
    if (at("invitation-said").textContent !== said) at("invitation-said").textContent = said;
  }

  get #held() {
    return at("invitation").contains(document.activeElement);
  }

  #left() {
    if (this.#lapsed && !this.#held) this.forget();
  }

  #answer(does) {
    this.#answered = true;
    this.draw();
    does();
  }
}
