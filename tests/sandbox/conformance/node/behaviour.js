// Pages, refusals, webhooks as they arrive, and what the sample backend asks and prints.
"use strict";
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const http = require("node:http");
const twilio = require("twilio");
const { clientOf, enrol, refusal, serviceOf, told, Device, PHONE } = require("./company");

const USER = "0b8f0a52-user";
const NEVER = "0".repeat(32);
const sids = (found) => found.map(({ sid }) => sid);

async function paging(ready) {
  const device = await enrol(ready, USER);
  const { challenges } = serviceOf(clientOf(ready), ready).entities(USER);
  const made = [];
  for (let number = 0; number < 5; number++) {
    const more = { factorSid: device.factor.sid, "details.message": `${number}` };
    made.push((await challenges.create(more)).sid);
  }
  assert.deepEqual(sids(await challenges.list()), made);
  for (const pageSize of [1, 2, 5]) {
    assert.deepEqual(sids(await challenges.list({ pageSize })), made);
  }
  assert.deepEqual(sids(await challenges.list({ pageSize: 2, limit: 3 })), made.slice(0, 3));
  const each = [];
  await challenges.each({ pageSize: 2, order: "desc" }, (item) => each.push(item.sid));
  assert.deepEqual(each, [...made].reverse());
  const first = await challenges.page({ pageSize: 2, status: "pending" });
  assert.deepEqual(sids(first.instances), made.slice(0, 2));
  assert.equal(first.previousPageUrl, undefined);
  const second = await first.nextPage();
  const third = await second.nextPage();
  assert.deepEqual(sids(third.instances), made.slice(4));
  assert.equal(third.nextPage(), undefined);
  assert.deepEqual(sids((await third.previousPage()).instances), made.slice(2, 4));
  const same = await challenges.getPage(first.nextPageUrl);
  assert.deepEqual(sids(same.instances), sids(second.instances));
  const wrong = { 60373: { pageSize: 1001 }, 60374: { pageToken: "PTx" } };
  for (const [code, parameters] of Object.entries(wrong)) {
    assert.deepEqual(await refusal(() => challenges.page(parameters)), [400, Number(code)]);
  }
}

async function everyListIsRead(ready) {
  const client = clientOf(ready);
  const service = serviceOf(client, ready);
  const hook = { friendlyName: "W", eventTypes: ["*"], webhookUrl: "https://example.com" };
  for (let number = 0; number < 3; number++) {
    await client.verify.v2.services.create({ friendlyName: `S${number}` });
    await service.webhooks.create(hook);
    await service.entities.create({ identity: `identity-${number}` });
    await enrol(ready, USER, { verified: false });
  }
  const lists = [
    [client.verify.v2.services, 4],
    [service.webhooks, 3],
    [service.entities, 4],
    [service.entities(USER).factors, 3],
  ];
  for (const [list, count] of lists) {
    const found = sids(await list.list({ pageSize: 1 }));
    assert.equal(new Set(found).size, count);
    assert.deepEqual(found, sids(await list.list()));
  }
}

async function errors(ready) {
  const client = clientOf(ready);
  const service = serviceOf(client, ready);
  const device = await enrol(ready, USER);
  const phone = await enrol(ready, USER, PHONE);
  const unproven = await enrol(ready, USER, { verified: false });
  const entity = service.entities(USER);
  const ask = (changes = {}) =>
    entity.challenges.create({
      factorSid: device.factor.sid,
      "details.message": "Sign in?",
      ...changes,
    });
  const token = () => service.accessTokens.create({ identity: USER, factorType: "push" });
  const answer = async (authPayload) => {
    const { sid } = await ask();
    return device.entity(device.client()).challenges(sid).update({ authPayload });
  };
  const many = Array(21).fill({ label: "a", value: "b" });
  const stranger = clientOf(ready, ready.account_sid, "f".repeat(32));
  const wrongProof = { authPayload: device.proof() };
  const table = [
    [() => serviceOf(stranger, ready).fetch(), 401, 20003],
    [async () => entity.challenges((await ask()).sid).update({ authPayload: "a.b.c" }), 401, 20003],
    [() => client.verify.v2.services(`VA${NEVER}`).fetch(), 404, 20404],
    [() => entity.challenges(`YC${NEVER}`).fetch(), 404, 20404],
    [() => ask({ factorSid: `YF${NEVER}` }), 404, 20404],
    [() => service.update({ "push.includeDate": "perhaps" }), 400, 60300],
    [() => service.entities.create({ identity: USER }), 409, 60301],
    [() => service.accessTokens.create({ identity: USER, factorType: "push", ttl: 59 }), 400, 60305],
    [() => service.entities.create({ identity: "seven77" }), 400, 60306],
    [() => ask({ "details.message": "x".repeat(257) }), 400, 60306],
    [() => ask({ "details.fields": many }), 400, 60306],
    [() => ask({ hiddenDetails: { attempt: 1 } }), 400, 60306],
    [() => answer("approved"), 400, 60306],
    [async () => entity.challenges((await ask()).sid).notifications.create(), 400, 60307],
    [() => entity.factors(unproven.factor.sid).update(wrongProof), 403, 60311],
    [() => entity.newFactors.create({ friendlyName: "x", factorType: "push" }), 403, 60313],
    [
      async () => new Device(ready, USER).create((await token()).token, { "binding.publicKey": "AAAA" }),
      400,
      60314,
    ],
    [async () => device.create((await token()).token), 409, 60317],
    [() => ask({ factorSid: unproven.factor.sid }), 403, 60318],
    [() => answer(device.jws({ typ: "JWT", alg: "ES256" }, {})), 403, 60324],
    [
      async () => {
        const { sid } = await ask();
        await device.answer(sid, "denied");
        return device.answer(sid, "approved");
      },
      403,
      60322,
    ],
    [
      async () => {
        const { sid } = await ask({ factorSid: phone.factor.sid });
        for (let number = 0; number < 4; number++) {
          await entity.challenges(sid).notifications.create();
        }
      },
      429,
      60309,
    ],
  ];
  for (const [call, status, code] of table) {
    assert.deepEqual(await refusal(call), [status, code], call.toString());
  }
}

/** Listen on loopback, and give what `count` requests brought. */
function receive(count) {
  const got = [];
  let address;
  const all = new Promise((resolve, reject) => {
    const server = http.createServer(async (request, response) => {
      const chunks = await request.toArray();
      const body = Buffer.concat(chunks).toString();
      got.push({ request, parameters: Object.fromEntries(new URLSearchParams(body)) });
      response.end();
      if (got.length === count) {
        server.close(() => resolve(got));
        server.closeIdleConnections();
      }
    });
    server.on("error", reject);
    address = new Promise((listening) => {
      server.listen(0, "127.0.0.1", () => listening(`http://127.0.0.1:${server.address().port}/`));
    });
  });
  return { address, all };
}

async function webhookDeliveries(ready) {
  const { address, all } = receive(4);
  const url = `${await address}hook?a=1&b=x%20y`;
  const service = serviceOf(clientOf(ready), ready);
  await service.webhooks.create({ friendlyName: "B", eventTypes: ["*"], webhookUrl: url });
  const device = await enrol(ready, USER);
  const made = await service.entities(USER).challenges.create({
    factorSid: device.factor.sid,
    "details.message": "Sign in? äöü = & + 🔑",
  });
  await device.answer(made.sid, "approved");
  await service.entities(USER).factors(device.factor.sid).remove();
  const types = ["factor.created", "factor.verified", "challenge.approved", "factor.deleted"];
  const got = await all;
  assert.deepEqual(got.map(({ parameters }) => parameters.type), types);
  for (const { request, parameters } of got) {
    const signature = request.headers["x-twilio-signature"];
    const genuine = (token, where, what) => twilio.validateRequest(token, signature, where, what);
    const seen = `http://${request.headers.host}${request.url}`;
    assert.equal(seen, url);
    assert.ok(genuine(ready.auth_token, seen, parameters));
    assert.ok(!genuine(ready.auth_token, `${seen}x`, parameters));
    assert.ok(!genuine(ready.auth_token, seen, { ...parameters, type: "challenge.denied" }));
    assert.ok(!genuine("f".repeat(32), seen, parameters));
  }
}

/** The sample's four functions, as far as they talk to Twilio, beside the sandbox's own four. */
async function sampleBackend(ready) {
  const base = ready.backend_url.replace(/access-token$/, "");
  const own = async (name, parameters) => {
    const answer = await fetch(base + name, { method: "POST", body: new URLSearchParams(parameters) });
    assert.equal(answer.status, 200);
    return answer.json();
  };
  const identity = crypto.createHash("sha256").update("someone@example.com").digest("hex");
  const service = serviceOf(clientOf(ready), ready);
  const token = await service.accessTokens.create({ identity, factorType: "push" });
  const given = await own("access-token", { identity: "someone@example.com" });
  assert.deepEqual(
    { ...given, token: given.token.length },
    {
      token: token.token.length,
      serviceSid: ready.service_sid,
      identity,
      factorType: "push",
      api_url: ready.api_url,
    },
  );
  const device = await enrol(ready, identity);
  const factors = await service.entities(identity).factors.list({ limit: 20 });
  assert.deepEqual(await own("list-factors", { identity }), factors.map(told));
  const fields = [{ label: "Place", value: "Lisbon" }];
  const factor = device.factor.sid;
  const made = await service.entities(identity).challenges.create({
    factorSid: factor,
    "details.message": "Sign in?",
    "details.fields": fields,
    hiddenDetails: JSON.stringify({ transaction: "1" }),
  });
  const details = JSON.stringify(fields);
  const hiddenDetails = JSON.stringify({ transaction: "1" });
  const same = { identity, factor, message: "Sign in?", details, hiddenDetails };
  const sent = await own("create-challenge", same);
  const { sid } = sent;
  assert.deepEqual({ ...sent, sid: 0, url: 0, links: 0 }, { ...told(made), sid: 0, url: 0, links: 0 });
  assert.deepEqual(sent, told(await service.entities(identity).challenges(sid).fetch()));
  assert.deepEqual(await own("challenge-status", { identity, sid }), sent);
}

module.exports = { paging, everyListIsRead, errors, webhookDeliveries, sampleBackend };
