// The keyboard. Letters are keys only while nobody is typing.
"use strict";

const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll(".row-link")];

function move(step) {
  const all = rows();
  if (!all.length) return;
  const focused = document.activeElement?.closest(".row")?.querySelector(".row-link");
  const here = all.indexOf(focused ?? document.querySelector(".row-link[aria-current]"));
  const next = focused || here < 0 ? here + step : here;
  const target = all[Math.min(Math.max(next, 0), all.length - 1)];
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  "/": () => document.getElementById("search").focus(),
  "?": () => document.getElementById("help").showModal(),
  j: () => move(1),
  k: () => move(-1),
  n: () => document.getElementById("message").focus(),
  r: () => document.querySelector('form[action="/console/do/again"]').requestSubmit(),
};

export function listen() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = document.activeElement?.closest("form.change") ?? document.getElementById("composer");
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (event.key === "Escape") {
      const menu = document.querySelector("details.menu[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (typing(event.target)) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const action = KEYS[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  });
}
