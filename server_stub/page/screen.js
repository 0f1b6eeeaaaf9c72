// What the visitor says is on the screen that is shared. Nothing of the real one is ever sent.

import { TEXT_LIMIT } from "./wording.js";

const at = (id) => document.getElementById(id);

export class Screen {
  #share; #look; #sharing = false; #looked = null;

  // `share(on, shows)` tells it; `look()` gives what is to be seen on the page.
  constructor({ share, look }) {
    [this.#share, this.#look] = [share, look];
    at("share").addEventListener("click", () => this.#tell(!this.#sharing));
    at("show-screen").addEventListener("click", () => this.#tell(true));
  }

  stands(sharing) {
    this.#sharing = sharing;
    if (!sharing) at("screen-box").hidden = true;
  }

  // On another page the screen shows something else; what somebody wrote there stays.
  moved() {
    if (!this.#sharing || at("screen").value !== this.#looked) return;
    this.#see();
    this.#tell(true);
  }

  #tell(on) {
    if (on && at("screen-box").hidden) this.#see();
    at("screen-box").hidden = !on;
    this.#share(on, at("screen").value.slice(0, TEXT_LIMIT));
  }

  #see() {
    this.#looked = this.#look();
    at("screen").value = this.#looked;
  }
}
