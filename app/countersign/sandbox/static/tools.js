// Copying, replaying, revealing, and saying briefly what happened.
"use strict";

let fading = 0;

export function say(text, bad = false) {
  const box = document.getElementById("said");
  box.textContent = text;
  box.classList.toggle("bad", bad);
  box.classList.add("on");
  clearTimeout(fading);
  fading = setTimeout(() => box.classList.remove("on"), bad ? 6000 : 2000);
}

export async function copyText(text, said = "Copied.") {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    say("The browser doesn't let this page copy.", true);
  }
}

export async function copyFrom(link) {
  try {
    const answer = await fetch(link.getAttribute("href"));
    if (!answer.ok) return say("That request is gone.", true);
    await copyText(await answer.text(), `Copied as ${link.textContent}.`);
  } catch {
    say("Sandbox stopped.", true);
  }
  link.closest("details").open = false;
}

async function control(path, body) {
  const answer = await fetch(`/control/${path}`, { method: "POST", body: JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Error(`${told.message} (${told.code})`);
  return told;
}

export async function reveal(button) {
  const code = document.getElementById("auth-token");
  try {
    const { auth_token: token } = await control("credentials", {});
    code.textContent = token;
    button.removeAttribute("data-reveal");
    button.dataset.copyText = token;
    button.textContent = "Copy";
  } catch (error) {
    say(error.message, true);
  }
}

export async function newAccount(form) {
  const shown = document.getElementById("new-token");
  try {
    const made = await control("accounts", { friendly_name: form.elements.friendly_name.value });
    shown.querySelector("code").textContent = made.auth_token;
    shown.hidden = false;
    form.reset();
  } catch (error) {
    say(error.message, true);
  }
}

export async function replayFile(input) {
  const [file] = input.files;
  input.value = "";
  try {
    const run = JSON.parse(await file.text());
    // Only what is sent again: a body has a limit, and the events may be long.
    const challenges = run.challenges.map(({ factor_sid, identity, message, fields, hidden_details, expires_in, after }) => (
      { factor_sid, identity, message, fields, hidden_details, expires_in, after }));
    const pace = document.getElementById("replay-pace").checked ? "recorded" : "fast";
    const sent = await control("replay", { run: { ...run, factors: [], challenges }, pace });
    say(`Sent ${sent.challenges.length} again${sent.waiting ? `, ${sent.waiting} to come` : ""}.`);
  } catch (error) {
    say(error instanceof SyntaxError || error instanceof TypeError ? "That isn't an exported run." : error.message, true);
  }
  input.closest("details").open = false;
}
