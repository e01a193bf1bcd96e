// Asks what became of the sign-in, and shows the page anew once that is known.
"use strict";

const EVERY = 1000;
const { sid } = document.getElementById("outcome").dataset;

async function ask() {
  try {
    const answer = await fetch(`/sign-in/${sid}/status`);
    if (answer.status === 404) return location.reload(); // forgotten meanwhile
    if (answer.ok && (await answer.json()).status !== "pending") return location.reload();
    document.getElementById("lost").hidden = true;
  } catch {
    document.getElementById("lost").hidden = false;
  }
  setTimeout(ask, EVERY);
}

ask();
