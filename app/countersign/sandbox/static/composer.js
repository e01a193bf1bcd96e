// The form on the left: templates fill it in, lines come and go.
"use strict";

function line(kind, values = ["", ""]) {
  const copy = document.getElementById(`new-${kind}`).content.cloneNode(true);
  const inputs = copy.querySelectorAll("input");
  inputs.forEach((input, index) => (input.value = values[index]));
  document.getElementById(`${kind}s`).append(copy);
  return inputs[0];
}

function fill({ message, fields, hidden, expires_in: life }) {
  document.getElementById("message").value = message;
  for (const [kind, rows] of [["field", fields], ["hidden", hidden]]) {
    document.getElementById(`${kind}s`).replaceChildren();
    for (const row of rows) line(kind, row);
  }
  document.getElementById("hiddens").closest("details").open = hidden.length > 0;
  const chip = document.querySelector(`input[name="expires_in"][value="${life}"]`);
  if (chip) chip.checked = true;
}

export function wireComposer() {
  document.getElementById("template").addEventListener("change", (event) =>
    fill(JSON.parse(event.target.selectedOptions[0].dataset.body)));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.add) line(button.dataset.add).focus();
    if (button?.matches("[data-remove]")) {
      const pair = button.closest(".pair");
      const next = (pair.nextElementSibling ?? pair.previousElementSibling)?.querySelector("input");
      pair.remove();
      next?.focus();
    }
  });
}
