// Twilio's client, led to a sandbox by its own `baseUrl`, and a device that signs with node:crypto.
// Instances of 6.2.0 that come from a creation or a list don't know their own sid, so whatever is
// done to one goes through `list(sid)`.
"use strict";
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const twilio = require("twilio");

const SIGNATURE_FIELDS = "twilio-verify-signature-fields";

/** Sign in as the company, or as `token` with what a device has. */
function clientOf(ready, user = ready.account_sid, password = ready.auth_token) {
  const client = twilio(user, password, { accountSid: ready.account_sid });
  client.verify.baseUrl = ready.api_url.replace(/\/v2$/, "");
  return client;
}

function serviceOf(client, ready) {
  return client.verify.v2.services(ready.service_sid);
}

/** The API's moment so many seconds after the sandbox's clock. */
function moment(ready, seconds = 0) {
  return new Date((Math.floor(ready.now) + seconds) * 1000);
}

/** What an instance has to say, as JSON; a member that an answer lacks would be missing here. */
function told(instance) {
  const written = JSON.parse(JSON.stringify(instance));
  assert.deepEqual(Object.keys(written), Object.keys(instance.toJSON()));
  return written;
}

/** How a call is refused: its status and code. */
async function refusal(call) {
  try {
    await call();
  } catch (error) {
    const { status, code, moreInfo, details } = error;
    assert.equal(moreInfo, `https://www.twilio.com/docs/errors/${code}`, error.stack);
    assert.ok(error.message);
    assert.equal(details, undefined);
    return [status, code];
  }
  return "not refused";
}

class Device {
  constructor(ready, identity) {
    Object.assign(this, { ready, identity });
    Object.assign(this, crypto.generateKeyPairSync("ec", { namedCurve: "prime256v1" }));
  }

  publicText() {
    return this.publicKey.export({ type: "spki", format: "der" }).toString("base64");
  }

  /** The DER signature over the factor's sid that verifies it. */
  proof() {
    return crypto.sign("sha256", Buffer.from(this.factor.sid), this.privateKey).toString("base64");
  }

  jws(header, payload) {
    const parts = [header, payload].map((part) => Buffer.from(JSON.stringify(part)));
    const signed = parts.map((part) => part.toString("base64url")).join(".");
    const key = { key: this.privateKey, dsaEncoding: "ieee-p1363" };
    return `${signed}.${crypto.sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
  }

  /** The client of this device, with a token made afresh. */
  client() {
    const now = Math.floor(this.ready.now);
    const header = {
      cty: "twilio-pba;v=1",
      kid: this.factor.config.credential_sid,
      typ: "JWT",
      alg: "ES256",
    };
    const claims = { sub: this.ready.account_sid, nbf: now, exp: now + 600 };
    return clientOf(this.ready, "token", this.jws(header, claims));
  }

  entity(client) {
    return serviceOf(client, this.ready).entities(this.identity);
  }

  /** Create the factor with an access token. */
  create(token, changes = {}) {
    return this.entity(clientOf(this.ready, "token", token)).newFactors.create({
      friendlyName: "Laptop",
      factorType: "push",
      "binding.alg": "ES256",
      "binding.publicKey": this.publicText(),
      "config.appId": "com.example.app",
      "config.notificationPlatform": "none",
      "config.sdkVersion": "1.0",
      ...changes,
    });
  }

  verify() {
    const own = this.entity(this.client()).factors(this.factor.sid);
    return own.update({ authPayload: this.proof() });
  }

  /** Fetch a challenge, sign what its header names, and answer. */
  async answer(sid, status) {
    const challenge = this.entity(this.client()).challenges(sid);
    const fetched = await challenge.fetchWithHttpInfo();
    const names = fetched.headers[SIGNATURE_FIELDS].split(",");
    const body = wire(fetched.body);
    const signed = Object.fromEntries(names.map((name) => [name, body[name]]));
    const payload = this.jws({ typ: "JWT", alg: "ES256" }, { ...signed, status });
    return this.entity(this.client()).challenges(sid).update({ authPayload: payload });
  }
}

/** The names and dates of the wire, from those that the client made of them. */
function wire(instance) {
  const pairs = Object.entries(instance.toJSON()).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value instanceof Date ? value.toISOString().replace(".000Z", "Z") : value,
  ]);
  return Object.fromEntries(pairs);
}

/** Enrol a device from nothing. */
async function enrol(ready, identity, { verified = true, ...changes } = {}) {
  const device = new Device(ready, identity);
  const service = serviceOf(clientOf(ready), ready);
  const { token } = await service.accessTokens.create({ identity, factorType: "push" });
  device.factor = await device.create(token, changes);
  if (verified) {
    await device.verify();
  }
  return device;
}

/** What a device that takes notifications is enrolled with. */
const PHONE = {
  "config.notificationPlatform": "apn",
  "config.notificationToken": "t".repeat(32),
};

module.exports = { clientOf, enrol, moment, refusal, serviceOf, told, Device, PHONE };
