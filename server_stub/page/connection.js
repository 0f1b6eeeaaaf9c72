// The connection to the house: kept up with patience, and told of as it is.

const SOCKET_PATH = "/visitor/ws";
const PROTOCOL = "visitor.v1";
const SHORTEST = 400, LONGEST = 15_000;
const QUIET_AFTER = 5_000;     // a connection that has held so long counts as a success
const SILENT_AFTER = 30_000;   // the house beats every 10 s
const LOOK_EVERY = 5_000;
const STOPS = { 4400: "bad_frame", 4401: "link", 4406: "version", 4409: "fenced", 4429: "full" };

export class Connection {
  #hello; #heard; #changed;
  #socket = null; #timer = null; #tries = 0; #at = 0; #openedAt = 0; #error = null; #live = false;

  // `hello` gives the first frame; `heard` takes each frame; `changed` takes "connecting",
  // "live", "lost", or "stopped" with the reason.
  constructor(hello, heard, changed) {
    [this.#hello, this.#heard, this.#changed] = [hello, heard, changed];
    setInterval(() => this.#look(), LOOK_EVERY);
  }

  get live() {
    return this.#live;
  }

  open() {
    clearTimeout(this.#timer);
    this.#drop();
    this.#error = null;
    this.#changed("connecting");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${SOCKET_PATH}`, PROTOCOL);
    this.#socket = socket;
    this.#at = performance.now();
    socket.onopen = () => {
      this.#openedAt = performance.now();
      socket.send(JSON.stringify(this.#hello()));
    };
    socket.onmessage = (message) => this.#take(message.data);
    socket.onclose = (closed) => this.#lost(closed.code);
  }

  // Whether the frame could be handed to a live connection; whether it arrives is not known yet.
  send(frame) {
    if (!this.#live || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  leave() {
    clearTimeout(this.#timer);
    this.#drop();
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#live = false;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  #take(data) {
    this.#at = performance.now();
    const frame = JSON.parse(data);
    if (frame.t === "error") this.#error = frame.code;
    if (frame.t === "welcome") this.#live = true;
    this.#heard(frame);
    if (frame.t === "welcome") this.#changed("live");
  }

  #lost(code) {
    const held = this.#live && performance.now() - this.#openedAt > QUIET_AFTER;
    this.#socket = null;
    this.#live = false;
    const why = STOPS[code] ?? (this.#error === "idle" ? "idle" : null);
    if (why !== null) {
      this.#changed("stopped", why);
      return;
    }
    this.#tries = held ? 0 : this.#tries + 1;
    const most = Math.min(LONGEST, SHORTEST * 2 ** this.#tries);
    this.#timer = setTimeout(() => this.open(), most * (0.3 + 0.7 * Math.random()));
    this.#changed("lost");
  }

  // A cable that was pulled says nothing: silence is how one knows.
  #look() {
    if (this.#socket === null || performance.now() - this.#at < SILENT_AFTER) return;
    this.#drop();
    this.#lost(1006);
  }
}
