// Each resource from its creation to its end.
"use strict";
const assert = require("node:assert/strict");
const { clientOf, enrol, moment, refusal, serviceOf, told, Device, PHONE } = require("./company");

const USER = "0b8f0a52-user";
const [APN, FCM] = ["CR" + "a".repeat(32), "CR" + "b".repeat(32)];
const GONE = [404, 20404];
const FIELDS = [
  { label: "Ort / place", value: "Zürich = 1/2 & \u2028 🔑" },
  { label: "", value: "+1 100%" },
];

async function services(ready) {
  const all = clientOf(ready).verify.v2.services;
  const made = await all.create({
    friendlyName: "Bank",
    "push.includeDate": true,
    "push.apnCredentialSid": APN,
    "push.fcmCredentialSid": FCM,
  });
  assert.match(made.sid, /^VA[0-9a-f]{32}$/);
  assert.deepEqual(made.push, {
    include_date: true,
    apn_credential_sid: APN,
    fcm_credential_sid: FCM,
  });
  assert.deepEqual([made.dateCreated, made.dateUpdated], [moment(ready), moment(ready)]);
  assert.deepEqual([made.codeLength, made.lookupEnabled], [6, false]);
  assert.equal(made.links.entities, `${made.url}/Entities`);
  assert.deepEqual(told(await all(made.sid).fetch()), told(made));
  const renamed = await all(made.sid).update({
    friendlyName: "Other bank",
    "push.includeDate": false,
  });
  assert.deepEqual([renamed.friendlyName, renamed.push.include_date], ["Other bank", false]);
  const listed = await all.list();
  assert.deepEqual(listed.map(({ sid }) => sid), [ready.service_sid, made.sid]);
  assert.equal(await all(made.sid).remove(), true);
  assert.deepEqual(await refusal(() => all(made.sid).fetch()), GONE);
}

async function accessTokens(ready) {
  const { accessTokens: tokens } = serviceOf(clientOf(ready), ready);
  const more = { factorFriendlyName: "Laptop", ttl: 300 };
  const made = await tokens.create({ identity: USER, factorType: "push", ...more });
  assert.match(made.sid, /^YK[0-9a-f]{32}$/);
  assert.equal(made.token.split(".").length, 5);
  assert.deepEqual([made.ttl, made.dateCreated], [300, moment(ready)]);
  assert.deepEqual([made.entityIdentity, made.factorType], [USER, "push"]);
  assert.deepEqual(told(await tokens(made.sid).fetch()), told(made));
  const plain = await tokens.create({ identity: USER, factorType: "push" });
  assert.deepEqual([plain.ttl, plain.factorFriendlyName], [60, null]);
}

async function entities(ready) {
  const { entities: all } = serviceOf(clientOf(ready), ready);
  const made = await all.create({ identity: USER });
  assert.match(made.sid, /^YE[0-9a-f]{32}$/);
  assert.deepEqual(Object.keys(made.links), ["factors", "new_factors", "challenges"]);
  assert.deepEqual(told(await all(USER).fetch()), told(made));
  assert.deepEqual((await all.list()).map(({ identity }) => identity), [USER]);
  assert.deepEqual(await all(USER).factors.list(), []);
  assert.equal(await all(USER).remove(), true);
  assert.deepEqual(await refusal(() => all(USER).fetch()), GONE);
}

async function factors(ready) {
  const service = serviceOf(clientOf(ready), ready);
  const device = new Device(ready, USER);
  const { token } = await service.accessTokens.create({ identity: USER, factorType: "push" });
  device.factor = await device.create(token, { metadata: JSON.stringify({ os: "Linux" }) });
  assert.equal(device.factor.status, "unverified");
  assert.deepEqual(device.factor.binding, { alg: "ES256", public_key: device.publicText() });
  assert.match(device.factor.config.credential_sid, /^CR[0-9a-f]{32}$/);
  assert.equal((await device.verify()).status, "verified");
  const own = service.entities(USER).factors;
  const fetched = await own(device.factor.sid).fetch();
  assert.deepEqual(fetched.metadata, { os: "Linux" });
  assert.deepEqual(Object.keys(fetched.config).sort(), [
    "app_id",
    "notification_platform",
    "notification_token",
    "sdk_version",
  ]);
  assert.deepEqual((await own.list()).map(told), [told(fetched)]);
  const changes = { friendlyName: "Desk", "config.sdkVersion": "2.0" };
  const changed = await fetched.update(changes);
  assert.deepEqual([changed.friendlyName, changed.config.sdk_version], ["Desk", "2.0"]);
  assert.equal(await changed.remove(), true);
  assert.deepEqual(await refusal(() => own(device.factor.sid).fetch()), GONE);
}

async function challenges(ready) {
  const service = serviceOf(clientOf(ready), ready);
  await service.update({ "push.includeDate": true });
  const device = await enrol(ready, USER);
  const { challenges: all } = service.entities(USER);
  const made = await all.create({
    factorSid: device.factor.sid,
    "details.message": "Sign in? äöü",
    "details.fields": FIELDS,
    hiddenDetails: { transaction: "a=b/c:d&e", empty: "" },
    expirationDate: moment(ready, 3600),
  });
  const date = moment(ready).toISOString().replace(".000Z", "Z");
  assert.deepEqual(made.details, { message: "Sign in? äöü", fields: FIELDS, date });
  assert.deepEqual(made.hiddenDetails, { transaction: "a=b/c:d&e", empty: "" });
  assert.deepEqual(made.expirationDate, moment(ready, 3600));
  assert.deepEqual([made.status, made.respondedReason], ["pending", "none"]);
  assert.deepEqual([made.dateResponded, made.metadata], [null, null]);
  assert.deepEqual(told(await all(made.sid).fetch()), told(made));
  const answered = await device.answer(made.sid, "approved");
  assert.deepEqual([answered.status, answered.dateResponded], ["approved", moment(ready)]);
  assert.deepEqual(told(await all(made.sid).fetch()), told(answered));
  const other = await all.create({ factorSid: device.factor.sid, "details.message": "Again?" });
  assert.deepEqual(other.details.fields, []);
  const marked = await all(other.sid).update({ metadata: { os: "Android" } });
  assert.deepEqual(marked.metadata, { os: "Android" });
  await device.answer(other.sid, "denied");
  for (const [status, sid] of Object.entries({ approved: made.sid, denied: other.sid })) {
    const found = await all.list({ factorSid: device.factor.sid, status, order: "desc" });
    assert.deepEqual(found.map((item) => item.sid), [sid]);
  }
}

async function notifications(ready) {
  const phone = await enrol(ready, USER, PHONE);
  const { challenges: all } = serviceOf(clientOf(ready), ready).entities(USER);
  const made = await all.create({ factorSid: phone.factor.sid, "details.message": "Sign in?" });
  const notified = await all(made.sid).notifications.create({ ttl: 120 });
  assert.match(notified.sid, /^NT[0-9a-f]{32}$/);
  assert.deepEqual([notified.ttl, notified.priority], [120, "high"]);
  assert.deepEqual([notified.challengeSid, notified.dateCreated], [made.sid, moment(ready)]);
  assert.equal((await all(made.sid).notifications.create()).ttl, 300);
}

async function webhooks(ready) {
  const { webhooks: all } = serviceOf(clientOf(ready), ready);
  const made = await all.create({
    friendlyName: "Backend",
    eventTypes: ["factor.created", "challenge.approved"],
    webhookUrl: "https://example.com/hook?a=1",
    status: "disabled",
    versionParam: "v1",
  });
  assert.match(made.sid, /^YW[0-9a-f]{32}$/);
  assert.deepEqual(made.eventTypes, ["factor.created", "challenge.approved"]);
  assert.deepEqual([made.status, made.version, made.webhookMethod], ["disabled", "v1", "POST"]);
  assert.deepEqual(told(await all(made.sid).fetch()), told(made));
  const changed = await all(made.sid).update({
    eventTypes: ["*"],
    status: "enabled",
    versionParam: "v2",
  });
  assert.deepEqual([changed.eventTypes, changed.status, changed.version], [["*"], "enabled", "v2"]);
  assert.equal(changed.webhookUrl, made.webhookUrl);
  assert.deepEqual((await all.list()).map(told), [told(changed)]);
  assert.equal(await all(made.sid).remove(), true);
  assert.deepEqual(await refusal(() => all(made.sid).fetch()), GONE);
}

module.exports = {
  services,
  accessTokens,
  entities,
  factors,
  challenges,
  notifications,
  webhooks,
};
