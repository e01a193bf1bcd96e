// Ticks what depends on the time, by the sandbox's clock and not by this computer's.
"use strict";

let ahead = 0;
let onEnd = () => {};

export const now = () => Date.now() / 1000 + ahead;

export function correct(seconds) {
  ahead = seconds - Date.now() / 1000;
}

export function length(seconds) {
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

const since = (seconds) => (seconds < 60 ? `${Math.max(0, Math.floor(seconds))} s` : seconds < 3600
  ? `${Math.floor(seconds / 60)} min` : seconds < 86400 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86400)} d`);

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function tick() {
  const t = now();
  let ended = false;
  for (const e of document.querySelectorAll("[data-clock]")) put(e, new Date(t * 1000).toISOString().slice(11, 19));
  for (const e of document.querySelectorAll("[data-ago]")) put(e, `${since(t - e.dataset.ago)} ago`);
  for (const e of document.querySelectorAll("[data-age]")) put(e, t - e.dataset.age < 5 ? "now" : since(t - e.dataset.age));
  for (const e of document.querySelectorAll("[data-left]")) {
    const left = e.dataset.left - t;
    put(e, `${length(left)} left`);
    ended ||= left <= 0;
  }
  for (const e of document.querySelectorAll("[data-until]")) e.value = Math.max(0, e.dataset.until - t);
  if (ended) onEnd();
}

export function start(ended) {
  onEnd = ended;
  tick();
  setInterval(tick, 1000);
}
