// Keeps the page live: hears of changes, draws the parts anew, sends forms without a reload.
"use strict";
import { listen } from "./keys.js";
import { morph } from "./morph.js";
import { correct, start, tick } from "./time.js";
import { copyFrom, copyText, newAccount, replayFile, reveal, say } from "./tools.js";
import { wireComposer } from "./composer.js";

const part = (name) => document.getElementById(`part-${name}`);
let stream = null;
let drawing = false;
let again = false;

async function refresh() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  try {
    do {
      again = false;
      const asked = location.search;
      const answer = await fetch(`/console/parts${asked}`);
      if (!answer.ok) break;
      const { now, parts } = await answer.json();
      if (asked !== location.search) {
        again = true; // somebody went on while we asked
        continue;
      }
      draw(now, parts);
    } while (again);
  } catch {
    lost(true);
  } finally {
    drawing = false;
  }
}

function draw(now, parts) {
  correct(now);
  for (const [name, html] of Object.entries(parts)) morph(part(name), html);
  document.getElementById("columns").classList.toggle("has-detail", part("detail").querySelector("article") !== null);
  part("drawer").classList.toggle("open", part("drawer").querySelector(".drawer-body") !== null);
  const waiting = document.querySelector('.chips [data-key="pending"] .count').textContent;
  document.title = waiting === "0" ? "Sandbox – Countersign" : `(${waiting}) Sandbox – Countersign`;
  tick();
}

function lost(is) {
  document.getElementById("lost").hidden = !is;
}

function connect() {
  // A browser has few connections for one server; a hidden tab gives its own back.
  if (document.hidden || stream) return;
  stream = new EventSource("/console/changes");
  stream.addEventListener("open", () => lost(false));
  stream.addEventListener("changed", refresh);
  stream.addEventListener("error", () => {
    lost(true);
    if (stream.readyState === EventSource.CLOSED) {
      disconnect();
      setTimeout(connect, 1000); // it was refused, and then a browser doesn't try again by itself
    }
  });
}

function disconnect() {
  stream?.close();
  stream = null;
}

async function go(address, focus) {
  history.pushState(null, "", address);
  await refresh();
  if (focus) document.getElementById(focus)?.focus();
  if (innerWidth < 760) scrollTo(0, 0);
}

async function submit(form, button) {
  const problem = form.querySelector(".problem");
  if (problem) problem.hidden = true;
  const body = new URLSearchParams(new FormData(form));
  if (button?.name) body.set(button.name, button.value);
  if (form.matches("[data-account]")) body.set("factor_sid", document.getElementById("account").value);
  if (button) button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (!answer.ok) return refused(problem, `${told.message} (${told.code})`);
    say(told.said);
    form.closest("details.menu")?.removeAttribute("open");
    if (form.dataset.then) await go(form.dataset.then);
    else await refresh();
  } catch {
    lost(true);
  } finally {
    if (button) button.disabled = false;
  }
}

function refused(problem, text) {
  if (!problem) return say(text, true);
  problem.textContent = text;
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-action]")) {
    event.preventDefault();
    submit(form, event.submitter);
  } else if (form.matches("[data-new-account]")) {
    event.preventDefault();
    newAccount(form);
  } else if (form.matches("[data-search]")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const target = event.target;
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(target)) menu.open = false;
  const link = target.closest("a");
  const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
  if (link?.matches("[data-nav], [data-copy], [data-copy-link]") && plain) {
    event.preventDefault();
    if (link.matches("[data-nav]")) go(link.getAttribute("href"), link.dataset.focus);
    else if (link.matches("[data-copy]")) copyFrom(link);
    else copyText(link.href, "Copied the link.");
  }
  const button = target.closest("button");
  if (button?.dataset.copyText) copyText(button.dataset.copyText);
  else if (button?.matches("[data-copy-next]")) copyText(button.nextElementSibling.textContent);
  else if (button?.matches("[data-copy-previous]")) copyText(button.previousElementSibling.textContent);
  else if (button?.matches("[data-reveal]")) reveal(button);
  else if (button?.matches("[data-help]")) document.getElementById("help").showModal();
});

let searching = 0;
document.addEventListener("input", (event) => {
  const name = event.target.dataset.query;
  if (!name) return;
  clearTimeout(searching);
  searching = setTimeout(() => {
    const query = new URLSearchParams(location.search);
    query.delete("shown");
    if (event.target.value) query.set(name, event.target.value);
    else query.delete(name);
    history.replaceState(null, "", query.size ? `/console?${query}` : "/console");
    refresh();
  }, 120);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "replay") replayFile(event.target);
});
document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
addEventListener("popstate", () => {
  const query = new URLSearchParams(location.search);
  for (const field of document.querySelectorAll("[data-query]")) field.value = query.get(field.dataset.query) ?? "";
  refresh();
});
addEventListener("pageshow", connect);
addEventListener("pagehide", disconnect);

document.documentElement.classList.add("scripted");
correct(Number(document.body.dataset.now));
listen();
wireComposer();
// What has just run out is so by the server only at its next whole second.
let ended = 0;
start(() => {
  if (Date.now() - ended < 2000) return;
  ended = Date.now();
  refresh();
});
