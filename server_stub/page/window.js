// The chat window: what it shows follows from how things stand; what is done in it is told.

import { Conversation } from "./conversation.js";
import { Invitation } from "./invitation.js";
import { Rating } from "./rating.js";
import { Screen } from "./screen.js";
import { tr } from "./texts.js";
import * as wording from "./wording.js";

const at = (id) => document.getElementById(id);

export class ChatWindow {
  #memory; #does; #conversation = new Conversation(); #rating;
  #standing = { phase: "none", open: false, channel: "web" };
  #connection = "connecting"; #why = null; #pending = []; #unread = 0; #typing = null;
  #anew = false; #trouble = null; #screen; #invitation; #accepts = false;

  constructor(memory, does) {
    [this.#memory, this.#does] = [memory, does];
    this.#rating = new Rating((stars) => does.rate(stars));
    this.#screen = new Screen(does);
    this.#invitation =
      new Invitation({ accept: () => this.#accept(), decline: () => this.#decline() });
    this.#listen();
    at("name").value = memory.get("name", "");
    at("question").value = memory.get("question", "");
    at("text").value = memory.get("text", "");
    this.#open(memory.get("open", false), { focus: false });
    this.#draw();
  }

  get read() {
    return { log: this.#conversation.log, seq: this.#conversation.seq };
  }

  connection(state, why = null) {
    [this.#connection, this.#why] = [state, why];
    this.#invitation.connection(state);
    this.#draw();
  }

  // `first`: after a new connection.
  stands(standing, first) {
    const [before, held] = [this.#standing.phase, at("chat-window").contains(document.activeElement)];
    this.#standing = standing;
    this.#conversation.belongsTo(standing.log);
    const open = isOpen(standing);
    if (first || open) this.#accepts = false;
    if (open) this.#invitation.forget();
    else this.#invitation.stands(standing.invited ?? null, first);
    if (standing.phase !== "ended") this.#anew = false;
    if (standing.phase !== "talking") this.#operatorStops();
    this.#screen.stands(standing.sharing ?? false);
    at("ending").hidden ||= !open;
    this.#draw();
    if (before !== standing.phase && held) this.#focusWhere();
  }

  entry(entry) {
    if (!this.#conversation.take(entry)) return;
    if (entry.kind === "operator") this.#operatorStops();
    if (entry.kind !== "visitor" && at("chat-window").hidden) this.#unread += 1;
    this.#drawLauncher();
  }

  pending(messages) {
    this.#pending = messages;
    this.#conversation.pending = messages;
    this.#draw();
  }

  operatorTypes(ttl) {
    clearTimeout(this.#typing);
    at("typing").textContent = tr("types", { name: this.#standing.operator });
    this.#typing = setTimeout(() => this.#operatorStops(), ttl);
  }

  // A text that was not taken stands again where it was written, before what is there now.
  giveBack(message, code) {
    const field = message.t === "start" || this.#standing.channel === "web" && code === "no_chat"
      ? at("question") : at("text");
    field.value = [message.text, field.value].filter((one) => one !== "").join("\n");
    this.#memory.set(field.id, field.value);
    this.#trouble = code;
    if (field.id === "question") this.#anew = true;
    this.#draw();
  }

  moved() {
    this.#screen.moved();
  }

  redraw() {
    this.#conversation.redraw();
    this.#rating.draw();
    this.#invitation.draw();
    this.#draw();
    this.#operatorStops();
  }

  #listen() {
    at("launcher").addEventListener("click", () => this.#open(true));
    at("minimise").addEventListener("click", () => this.#open(false));
    at("chat-window").addEventListener("keydown", (event) => this.#key(event));
    at("again").addEventListener("click", () => this.#does.again());
    at("start").addEventListener("submit", (event) => this.#begin(event));
    at("composer").addEventListener("submit", (event) => this.#say(event));
    at("text").addEventListener("keydown", (event) => this.#enter(event));
    for (const id of ["name", "question", "text"]) {
      at(id).addEventListener("input", () => this.#written(id));
    }
    at("end").addEventListener("click", () => this.#ask(true));
    at("end-no").addEventListener("click", () => this.#ask(false));
    at("end-yes").addEventListener("click", () => this.#end());
    at("anew").addEventListener("click", () => this.#again());
  }

  #open(open, { focus = true } = {}) {
    at("chat-window").hidden = !open;
    at("launcher").hidden = open;
    this.#invitation.place(open);
    at("launcher").setAttribute("aria-expanded", String(open));
    this.#memory.set("open", open);
    if (open) this.#unread = 0;
    this.#drawLauncher();
    this.#conversation.toTheEnd();
    this.#fit();
    if (!focus) return;
    if (open) this.#focusWhere();
    else at("launcher").focus();
  }

  // Where one goes on: the first field that is empty, the message, or the end's heading.
  #focusWhere() {
    const view = this.#view();
    if (view === "start") (at("name").value === "" ? at("name") : at("question")).focus();
    else if (view === "talk") at("text").focus();
    else at("over-title").focus();
  }

  #key(event) {
    if (event.key !== "Escape" || event.isComposing) return;
    if (at("ending").hidden) this.#open(false);
    else this.#ask(false);
  }

  #enter(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    at("composer").requestSubmit();
  }

  #written(id) {
    this.#memory.set(id, at(id).value);
    if (id !== "text") return;
    this.#fit();
    this.#drawNotice();
    this.#does.typing(at("text").value.trim());
  }

  #begin(event) {
    event.preventDefault();
    const [name, text] = [at("name").value.trim(), at("question").value.trim()];
    if (text === "" || this.#connection !== "live") return;
    this.#trouble = null;
    this.#anew = false;
    this.#empty("question");
    this.#does.begin(name, text);
    this.#focusWhere();
  }

  // The chat is there as soon as the house says so; one can write at once.
  #accept() {
    this.#accepts = true;
    this.#does.accept(at("name").value.trim());
    this.#draw();
    this.#open(true);
  }

  #decline() {
    this.#does.decline();
    if (at("chat-window").hidden) at("launcher").focus();
    else this.#focusWhere();
  }

  #say(event) {
    event.preventDefault();
    const text = at("text").value.trim();
    if (text === "") return;
    this.#trouble = null;
    this.#empty("text");
    this.#does.say(text);
    this.#conversation.toTheEnd();
    at("text").focus();
  }

  #empty(id) {
    at(id).value = "";
    this.#memory.set(id, "");
    this.#fit();
  }

  #ask(asks) {
    at("ending").hidden = !asks;
    (asks ? at("end-yes") : at("end")).focus();
  }

  #end() {
    at("ending").hidden = true;
    this.#does.end();
  }

  #again() {
    this.#anew = true;
    this.#draw();
    this.#focusWhere();
  }

  #operatorStops() {
    clearTimeout(this.#typing);
    at("typing").textContent = "";
  }

  // "start", "talk" or "over": which part of the window is there.
  #view() {
    const { phase, channel } = this.#standing;
    if (this.#accepts || this.#pending.some((one) => one.t === "start")) return "talk";
    if (phase === "ended" && channel === "web") return this.#anew ? "start" : "over";
    return phase === "none" || phase === "unknown" ? "start" : "talk";
  }

  #draw() {
    const view = this.#view();
    const standing = this.#standing;
    const { phase, channel, operator = "" } = standing;
    const afterwards = phase === "ended" && channel === "messaging";
    at("chat-window").dataset.view = view;
    at("start").hidden = view !== "start";
    at("talk").hidden = view !== "talk";
    at("over").hidden = view !== "over" && !afterwards;
    at("over").classList.toggle("beside", afterwards);
    at("anew").hidden = afterwards;
    at("begin").disabled = this.#connection !== "live" || !standing.open;
    at("start-about").textContent = wording.startAbout(standing, this.#connection);
    at("start-trouble").textContent = wording.refusal(this.#trouble);
    at("start-trouble").hidden = this.#trouble === null;
    at("who").textContent = wording.whoIsThere(view, standing);
    at("over-title").textContent = wording.howItEnded(standing);
    at("over-about").textContent = wording.whatIsKept(standing);
    this.#rating.stands(operator !== "" && phase === "ended", standing.stars ?? 0);
    this.#drawConnection();
    this.#drawNotice();
    this.#drawTools();
    this.#drawLauncher();
  }

  #drawConnection() {
    const [line, text] = [at("connection"), wording.connected(this.#connection, this.#why)];
    if (line.textContent !== text) line.textContent = text;
    line.parentElement.dataset.state = this.#connection;
    at("again").hidden = !wording.isWorthTrying(this.#connection, this.#why);
  }

  #drawNotice() {
    at("notice").textContent =
      wording.notice(at("text").value.length, this.#trouble, this.#standing);
  }

  #drawTools() {
    const { channel, sharing = false } = this.#standing;
    const open = isOpen(this.#standing);
    at("share").hidden = !open || channel !== "web";
    at("share").setAttribute("aria-pressed", String(sharing));
    at("share").textContent = tr(sharing ? "unshare" : "share");
    at("end").hidden = !open;
    for (const id of ["share", "end", "show-screen"]) at(id).disabled = this.#connection !== "live";
  }

  #drawLauncher() {
    const badge = at("unread");
    badge.hidden = this.#unread === 0;
    badge.textContent = tr("unread", { n: this.#unread });
  }

  // The field grows with what is in it, up to what the style allows.
  #fit() {
    const field = at("text");
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }
}

function isOpen({ phase }) {
  return phase === "waiting" || phase === "talking";
}
