// The page of a visitor: shop, chat window and connection, put together.

import { ChatWindow } from "./window.js";
import { Connection } from "./connection.js";
import { Memory } from "./memory.js";
import { Shop } from "./shop.js";
import { chosen } from "./texts.js";

const VERSION = 1;
const TYPING_EVERY = 3_000, PREVIEW_EVERY = 1_000;

const memory = new Memory();
takeLink();
const channel =
  new URLSearchParams(location.search).get("channel") === "messaging" ? "messaging" : "web";
let pending = memory.get("pending", []);
let standing = { phase: "none" };
let typingAt = 0;
const shop = new Shop(memory, shopChanged);
const chat = new ChatWindow(
  memory, { begin, say, accept, decline, typing, share, end, rate, again, look },
);
const connection = new Connection(hello, heard, (state, why) => chat.connection(state, why));

chat.pending(pending);
if (memory.get("link") === null) chat.connection("stopped", "link");
else connection.open();

addEventListener("pagehide", () => connection.leave());
addEventListener("pageshow", (event) => event.persisted && connection.open());
addEventListener("online", () => !connection.live && memory.get("link") && connection.open());

// The capability came in the fragment, which no server is sent; it does not stay where it is seen.
function takeLink() {
  const link = location.hash.slice(1);
  if (link === "" || link === "shop") return;
  if (link !== memory.get("link")) {
    for (const one of ["visitor", "key", "pending"]) memory.set(one, null);
  }
  memory.set("link", link);
  history.replaceState(null, "", location.pathname + location.search);
}

function hello() {
  const frame = { t: "hello", v: VERSION, link: memory.get("link"), ...place() };
  const visitor = memory.get("visitor");
  if (visitor !== null) Object.assign(frame, { visitor, key: memory.get("key") });
  const { log, seq } = chat.read;
  return log === null ? frame : { ...frame, log, seq };
}

function place() {
  return { page: shop.address, language: chosen() };
}

function heard(frame) {
  switch (frame.t) {
    case "welcome":
      memory.set("visitor", frame.visitor);
      memory.set("key", frame.key);
      standing = { phase: "unknown" };
      break;
    case "state":
      stands(frame);
      break;
    case "entry":
      if (frame.id) settle(frame.id);
      chat.entry(frame);
      break;
    case "refused":
      refused(frame);
      break;
    case "typing":
      chat.operatorTypes(frame.ttl ?? 6_000);
      break;
  }
}

function stands(state) {
  const first = standing.phase === "unknown";
  standing = { phase: "none", channel: "web", ...state };
  chat.stands(standing, first);
  // What the connection swallowed comes again; the house knows by the id what it has already.
  if (first) for (const one of pending) connection.send(one);
}

function begin(name, text) {
  put({ t: "start", id: newId(), name, text, language: chosen(), channel });
}

function say(text) {
  typingAt = 0;
  put({ t: "say", id: newId(), text });
}

function accept(name) {
  connection.send({ t: "accept", name, language: chosen(), channel });
}

function decline() {
  connection.send({ t: "decline" });
}

function put(frame) {
  pending = [...pending, frame];
  keepPending();
  connection.send(frame);
}

function settle(id) {
  pending = pending.filter((one) => one.id !== id);
  keepPending();
}

function keepPending() {
  memory.set("pending", pending);
  chat.pending(pending);
}

// Nothing that was typed is lost: a text that was not taken goes back to where it was written.
function refused({ id, code }) {
  const message = pending.find((one) => one.id === id);
  settle(id);
  if (message !== undefined) chat.giveBack(message, code);
}

function typing(text) {
  const now = performance.now();
  if (text === "") {
    if (typingAt > 0) connection.send({ t: "typing", on: false });
    typingAt = 0;
  } else if (now - typingAt > (standing.preview ? PREVIEW_EVERY : TYPING_EVERY) || typingAt === 0) {
    typingAt = now;
    const frame = { t: "typing", on: true };
    connection.send(standing.preview ? { ...frame, text: text.slice(-120) } : frame);
  }
}

function share(on, shows) {
  connection.send(on ? { t: "screen", on, shows } : { t: "screen", on });
}

function end() {
  connection.send({ t: "close" });
}

function rate(stars) {
  connection.send({ t: "rate", stars });
}

function again() {
  if (memory.get("link") !== null) connection.open();
}

function look() {
  return shop.seen;
}

function shopChanged(what) {
  connection.send({ t: "page", ...place() });
  if (what === "page") chat.moved();
  chat.redraw();
}

// Random enough to be an own id; `randomUUID` is only there on encrypted pages.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (one) => one.toString(16).padStart(2, "0")).join("");
}
