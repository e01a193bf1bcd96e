// Keeps the table of requests fresh without touching the form that somebody may be filling in.
"use strict";
const table = document.getElementById("requests");
async function refresh() {
  try {
    const answer = await fetch("/console/requests");
    if (answer.ok) {
      const text = await answer.text();
      if (text !== refresh.shown) table.innerHTML = refresh.shown = text;
    }
  } catch {
    table.textContent = "Sandbox stopped. Start it with: countersign sandbox";
    refresh.shown = null;
  }
}
setInterval(refresh, 1000);
