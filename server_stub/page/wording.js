// What the window says about how things stand: one sentence for each case, and only what is true.

import { tr } from "./texts.js";

export const TEXT_LIMIT = 2_000;
const COUNTED_FROM = 1_800;
const WORTH_TRYING = ["fenced", "full", "idle"];

export function whoIsThere(view, { phase, operator, ahead = 0 }) {
  if (view === "talk" && phase === "talking") return tr("talkingWith", { name: operator });
  if (view !== "talk" || phase === "ended") return "";
  return ahead > 0 ? tr("waitingAhead", { n: ahead }) : tr("waiting");
}

export function startAbout(standing, connection) {
  return tr(standing.open || connection !== "live" ? "startAbout" : "notOpenYet");
}

export function howItEnded({ by, operator = "" }) {
  return tr(by === "operator" ? "overBy" : "over", { name: operator });
}

export function whatIsKept({ channel }) {
  return tr(channel === "messaging" ? "overKept" : "overGone");
}

export function connected(connection, why) {
  return connection === "stopped" ? tr(`stopped_${why}`) : tr(connection);
}

export function isWorthTrying(connection, why) {
  return connection === "lost" || (connection === "stopped" && WORTH_TRYING.includes(why));
}

export function refusal(code) {
  return code === null ? "" : tr(`refused_${code}`);
}

export function notice(length, trouble, { preview }) {
  const counted = length >= COUNTED_FROM ? tr("left", { n: TEXT_LIMIT - length }) : "";
  const parts = [refusal(trouble), counted, preview ? tr("preview") : ""];
  return parts.filter((one) => one !== "").join(" ");
}
