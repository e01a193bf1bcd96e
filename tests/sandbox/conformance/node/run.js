// Runs one check against the sandbox that standard input describes, and prints what came out:
// {"check", "ok"} and, where it failed, "error". Without a name: the names of all checks.
"use strict";
const { text } = require("node:stream/consumers");

const CHECKS = { ...require("./resources"), ...require("./behaviour") };

async function main(name) {
  if (name === undefined) {
    return { checks: Object.keys(CHECKS) };
  }
  try {
    await CHECKS[name](JSON.parse(await text(process.stdin)));
    return { check: name, ok: true };
  } catch (error) {
    return { check: name, ok: false, error: error.stack };
  }
}

main(process.argv[2]).then((outcome) => console.log(JSON.stringify(outcome)));
