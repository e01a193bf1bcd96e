"""The rules of an independent Verify v2 Push service, kept in memory; no sockets in here.

Written from the protocol text alone. Where that text leaves freedom this service chooses otherwise
than the sandbox, so that a device can't come to depend on one service's habits:

* sids carry hex letters of both cases;
* the signed fields are other ones, in another order, without `status`, with a member unknown to
  every SDK that holds exact numbers, nesting, null and non-ASCII text;
* dates come with an offset or with fractions, and `details.date` is there;
* every body has members that nobody knows, and JSON text is escaped and laid out differently;
* page tokens need percent-encoding, and `next_page_url` orders its parameters differently;
* the leeway of device tokens is 5 s; an access token that is used, stale or another identity's is
  60313, one that was never issued is 20003; answers are checked for 60322 before 60323;
* identities are not plain SHA-256 hex.
"""

import base64
import binascii
import hashlib
import json
import re
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from itertools import count
from typing import Any, Literal
from urllib.parse import quote, unquote, urlencode

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from tests.contract.reference_jose import (
    Json,
    der_is_signed_by,
    loads,
    read_jws,
    same_value,
    split_jws,
)

RawBody = bytes | Callable[[Json], bytes]

SIGNED_FIELDS = "details,x_risk,expiration_date,hidden_details,factor_sid,identity,sid"
LEEWAY = 5
TOKEN_LIFE = 600
SPKI_LENGTH = 91
MAX_FACTORS = 20
MAX_AUTH_PAYLOAD = 64 * 1024
MAX_METADATA = 1024
MAX_PAGE = 1000
_WEST = timezone(timedelta(hours=-8))
_PAGE_TOKEN = re.compile(r"after/(\d+)\+==")
_ANSWER_HEADER = {"typ": "JWT", "alg": "ES256"}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. A header whose value is None is left out, even one that is always sent."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Call:
    """One request, taken apart."""

    method: str
    path: tuple[str, ...]
    query: Mapping[str, str]
    form: Mapping[str, str]
    user: str
    password: str


class RefusedError(Exception):
    """The service says no, in Twilio's words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code

    def reply(self) -> Reply:
        """Return the published error body, with a member that nobody knows."""
        body = {
            "status": self.status,
            "code": self.code,
            "message": str(self),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "x_hint": {"retry": False},
        }
        return json_reply(self.status, body)


@dataclass(slots=True)
class Factor:
    """One enrolled, or half enrolled, device."""

    sid: str
    credential_sid: str
    entity_sid: str
    identity: str
    key: ec.EllipticCurvePublicKey
    public_key: str
    friendly_name: str
    config: Json
    metadata: dict[str, str] | None
    created: float
    updated: float
    status: Literal["unverified", "verified"] = "unverified"


@dataclass(slots=True)
class Challenge:
    """One request for a decision."""

    sid: str
    number: int
    factor: Factor
    details: Json
    hidden_details: Mapping[str, str] | None
    signature_fields: str
    created: float
    updated: float
    expires: float
    status: Literal["pending", "approved", "denied", "expired"] = "pending"
    responded: float | None = None
    metadata: dict[str, str] | None = None
    raw_body: bytes | None = None
    answer: Json | None = None


@dataclass(slots=True)
class AccessToken:
    """A permission to create one factor for one identity."""

    identity: str
    ends: float
    used: bool = False


def json_reply(status: int, body: object, headers: Mapping[str, str | None] | None = None) -> Reply:
    """Make a JSON answer, laid out as no SDK would and escaped down to ASCII."""
    text = json.dumps(body, indent=1, ensure_ascii=True).replace("/", "\\/")
    content = {"Content-Type": "application/json;charset=utf-8"}
    return Reply(status, text.encode("ascii"), {**content, **(headers or {})})


def opaque_identity(asked: str) -> str:
    """Make the identity of this backend of the one it got: deterministic, not SHA-256 hex."""
    return f"User-{hashlib.blake2s(asked.encode()).hexdigest()[:24]}"


class ReferenceService:
    """The service and its sample backend: `handle` takes a call and gives the reply."""

    def __init__(
        self, now: Callable[[], float], identity_of: Callable[[str], str] = opaque_identity
    ) -> None:
        self.base_url = ""
        self.token_ttl = 60
        self.announce_api = True
        self.account_sid = new_sid("AC")
        self.service_sid = new_sid("VA")
        self.factors: dict[str, Factor] = {}
        self.challenges: dict[str, Challenge] = {}
        self.lock = threading.RLock()
        self._now = now
        self._identity_of = identity_of
        self._entities: dict[str, str] = {}
        self._tokens: dict[str, AccessToken] = {}
        self._numbers = count(1)

    # What a test does from the company's side.

    def add_challenge(  # noqa: PLR0913 - each is one property of a challenge, all but one optional
        self,
        factor_sid: str,
        *,
        message: str = "Sign in?",
        fields: Sequence[tuple[str, str]] = (("Place", "Zürich / CH"),),
        hidden_details: Mapping[str, str] | None = None,
        raw_body: RawBody | None = None,
        signature_fields: str | None = None,
        sid: str | None = None,
        ttl: float = 300,
    ) -> str:
        """Put a pending challenge before a verified factor; its sid.

        `raw_body`, or what it makes of the ordinary body, is served verbatim while pending.
        """
        with self.lock:
            factor = self.factors[factor_sid]
            if factor.status != "verified":
                raise ValueError("60318: the factor is unverified")
            now = self._now()
            challenge = Challenge(
                sid=sid or new_sid("YC"),
                number=next(self._numbers),
                factor=factor,
                details=make_details(message, fields, now),
                hidden_details=hidden_details,
                signature_fields=SIGNED_FIELDS if signature_fields is None else signature_fields,
                created=now,
                updated=now,
                expires=now + ttl,
            )
            raw = raw_body(self.challenge_body(challenge)) if callable(raw_body) else raw_body
            challenge.raw_body = raw
            self.challenges[challenge.sid] = challenge
            return challenge.sid

    def expire(self, sid: str) -> None:
        """End a challenge's time now."""
        with self.lock:
            self.challenges[sid].expires = self._now()

    def status(self, sid: str) -> str:
        """Return a challenge's status, with the clock taken into account."""
        with self.lock:
            return self._find_challenge(sid).status

    def remove_factor(self, sid: str) -> None:
        """Delete a factor, and its challenges, behind the device's back."""
        with self.lock:
            del self.factors[sid]
            gone = [c.sid for c in self.challenges.values() if c.factor.sid == sid]
            for challenge in gone:
                del self.challenges[challenge]

    # Requests.

    def handle(self, call: Call) -> Reply:
        """Answer one call."""
        with self.lock:
            try:
                return self._route(call)
            except RefusedError as refused:
                return refused.reply()

    def _route(self, call: Call) -> Reply:
        match call.path:
            case ("access-token",):
                return self._access_token(call)
            case ("v2", "Services", service, "Entities", identity, "Factors"):
                self._only(call, "POST")
                return self._create_factor(call, service, identity)
            case ("v2", "Services", service, "Entities", identity, *rest):
                factor = self._caller(call)
                if (service, identity) != (self.service_sid, factor.identity):
                    raise not_found()
                return self._route_device(call, factor, tuple(rest))
        raise not_found()

    def _route_device(self, call: Call, factor: Factor, path: tuple[str, ...]) -> Reply:
        match path:
            case ("Factors", sid):
                if sid != factor.sid:
                    raise not_found()
                return self._factor(call, factor)
            case ("Challenges",):
                self._only(call, "GET")
                return self._list(call, factor)
            case ("Challenges", sid):
                challenge = self._find_challenge(sid)
                if challenge.factor is not factor:
                    raise not_found()
                return self._challenge(call, challenge)
        raise not_found()

    def _only(self, call: Call, *methods: str) -> None:
        if call.method not in methods:
            raise RefusedError(405, 20004, "Method not allowed")

    # The sample backend.

    def _access_token(self, call: Call) -> Reply:
        self._only(call, "GET", "POST")
        asked = call.form.get("identity") or call.query.get("identity")
        if not asked:
            message = "Missing parameter; please provide: 'identity'."
            error = {"message": message, "moreInfo": "https://www.twilio.com/docs/verify/push"}
            return json_reply(400, {"error": error})
        identity = self._identity_of(asked)
        token = ".".join(secrets.token_urlsafe(size) for size in (18, 24, 12, 48, 16))
        self._tokens[token] = AccessToken(identity, self._now() + self.token_ttl)
        body = {
            "factorType": "push",
            "identity": identity,
            "serviceSid": self.service_sid,
            "token": token,
            "xRegion": {"name": "eu", "weight": 0.5},
        }
        if self.announce_api:
            body["api_url"] = f"{self.base_url}/v2"
        return json_reply(200, body)

    # Who asks.

    def _caller(self, call: Call) -> Factor:
        """Find the factor whose key signed the device's token; anything wrong with it is a 401."""
        if call.user != "token":
            raise unauthenticated("The device's user is 'token'")
        try:
            token = read_jws(call.password)
        except (ValueError, RecursionError) as bad:
            raise unauthenticated("Not a device token") from bad
        kid = token.header.get("kid")
        wanted = {"cty": "twilio-pba;v=1", "kid": kid, "typ": "JWT", "alg": "ES256"}
        factor = next((f for f in self.factors.values() if f.credential_sid == kid), None)
        if factor is None or token.header != wanted or not token.is_signed_by(factor.key):
            raise unauthenticated("Unknown key, header or signature")
        self._check_claims(token.payload)
        return factor

    def _check_claims(self, claims: Json) -> None:
        begins, ends = read_moment(claims, "nbf"), read_moment(claims, "exp")
        if claims.get("sub") != self.account_sid:
            raise unauthenticated("The token is another account's")
        now = self._now()
        if not begins - LEEWAY <= now < ends + LEEWAY or ends - begins > TOKEN_LIFE:
            raise unauthenticated("The token is not valid at this time")

    def _spend_access_token(self, call: Call, service: str, identity: str) -> AccessToken:
        token = self._tokens.get(call.password)
        if call.user != "token" or token is None:
            raise unauthenticated("No such access token")
        mine = service == self.service_sid and identity == token.identity
        if token.used or not mine or self._now() >= token.ends:
            raise RefusedError(403, 60313, "Unauthorized factor creation")
        return token

    # Factors.

    def _create_factor(self, call: Call, service: str, identity: str) -> Reply:
        token = self._spend_access_token(call, service, identity)
        check_factor_form(call.form)
        public_key = call.form.get("Binding.PublicKey", "")
        key = read_binding(public_key)
        mine = [f for f in self.factors.values() if f.identity == identity]
        if any(f.public_key == public_key for f in mine):
            raise RefusedError(409, 60317, "Factor already exists")
        if len(mine) >= MAX_FACTORS:
            raise RefusedError(400, 60315, "Too many push factors for this entity")
        factor = self._new_factor(call.form, identity, key)
        self.factors[factor.sid] = factor
        token.used = True
        binding = {"alg": "ES256", "public_key": public_key}
        return json_reply(201, {**self.factor_body(factor), "binding": binding})

    def _new_factor(
        self, form: Mapping[str, str], identity: str, key: ec.EllipticCurvePublicKey
    ) -> Factor:
        now = self._now()
        return Factor(
            sid=new_sid("YF"),
            credential_sid=new_sid("CR"),
            entity_sid=self._entities.setdefault(identity, new_sid("YE")),
            identity=identity,
            key=key,
            public_key=form["Binding.PublicKey"],
            friendly_name=form["FriendlyName"],
            config={
                "app_id": form["Config.AppId"],
                "notification_platform": form["Config.NotificationPlatform"],
                "notification_token": form.get("Config.NotificationToken"),
                "sdk_version": form["Config.SdkVersion"],
            },
            metadata=read_metadata(form),
            created=now,
            updated=now,
        )

    def _factor(self, call: Call, factor: Factor) -> Reply:
        self._only(call, "GET", "POST", "DELETE")
        if call.method == "DELETE":
            self.remove_factor(factor.sid)
            return Reply(204)
        if call.method == "POST":
            self._update_factor(call.form, factor)
        return json_reply(200, self.factor_body(factor))

    def _update_factor(self, form: Mapping[str, str], factor: Factor) -> None:
        """Verify it, if there is an AuthPayload, and change what else is named."""
        if "AuthPayload" in form:
            verify_factor(form["AuthPayload"], factor)
        name = form.get("FriendlyName", factor.friendly_name)
        check_length("FriendlyName", name, 64)
        app_id = form.get("Config.AppId", factor.config["app_id"])
        check_length("Config.AppId", app_id, 100)
        factor.friendly_name = name
        factor.config["app_id"] = app_id
        for key in ("sdk_version", "notification_token", "notification_platform"):
            parameter = "Config." + "".join(word.title() for word in key.split("_"))
            factor.config[key] = form.get(parameter, factor.config[key])
        factor.updated = self._now()

    def factor_body(self, factor: Factor) -> Json:
        """Show a factor as its device sees it."""
        return {
            "x_tags": ["reference", {"n": 3}],
            "url": self._url(factor.identity, "Factors", factor.sid),
            "status": factor.status,
            "factor_type": "push",
            "sid": factor.sid,
            "account_sid": self.account_sid,
            "service_sid": self.service_sid,
            "entity_sid": factor.entity_sid,
            "identity": factor.identity,
            "friendly_name": factor.friendly_name,
            "config": {**factor.config, "x": None, "credential_sid": factor.credential_sid},
            "metadata": factor.metadata,
            "date_created": with_offset(factor.created),
            "date_updated": with_fraction(factor.updated),
        }

    # Challenges.

    def _list(self, call: Call, factor: Factor) -> Reply:
        """One page of the caller's own challenges. It carries no signature header."""
        if call.query.get("FactorSid", factor.sid) != factor.sid:
            raise not_found()
        order = call.query.get("Order", "asc").lower()
        status = call.query.get("Status", "").lower()
        if order not in {"asc", "desc"}:
            raise RefusedError(400, 60306, "Order is asc or desc")
        size, after = read_page(call.query)
        mine = [self._find_challenge(c.sid) for c in self.challenges.values() if c.factor is factor]
        fitting = sorted((c for c in mine if status in {"", c.status}), key=lambda c: c.number)
        if order == "desc":
            fitting.reverse()
        if after is not None:
            sign = -1 if order == "desc" else 1
            fitting = [c for c in fitting if sign * (c.number - after) > 0]
        page, more = fitting[:size], fitting[size:]
        following = f"after/{page[-1].number}+==" if more else None
        body = {
            "meta": self._meta(call, factor, size, following),
            "x_total": len(fitting),
            "challenges": [self.challenge_body(c) for c in page],
        }
        return json_reply(200, body)

    def _meta(self, call: Call, factor: Factor, size: int, following: str | None) -> Json:
        url = self._url(factor.identity, "Challenges")
        kept = {k: v for k, v in call.query.items() if k in {"Status", "Order", "FactorSid"}}
        page = int(call.query.get("Page", "0"))
        following_query = urlencode(
            {"PageToken": following or "", "Page": page + 1, **kept, "PageSize": size}
        )
        return {
            "key": "challenges",
            "page": page,
            "page_size": size,
            "url": f"{url}?{urlencode(call.query)}",
            "next_page_url": f"{url}?{following_query}" if following else None,
            "previous_page_url": None,
            "first_page_url": f"{url}?{urlencode({**kept, 'PageSize': size})}",
            "x_cursor": [1, {"deep": [None]}],
        }

    def _challenge(self, call: Call, challenge: Challenge) -> Reply:
        self._only(call, "GET", "POST")
        if call.method == "POST":
            self._answer(call.form, challenge)
            return self.challenge_reply(challenge, {})
        return self.challenge_reply(
            challenge, {"twilio-verify-signature-fields": challenge.signature_fields}
        )

    def challenge_reply(self, challenge: Challenge, headers: Mapping[str, str | None]) -> Reply:
        """Serve the challenge: verbatim, while pending, if a test gave the bytes."""
        raw = challenge.raw_body
        if raw is not None and challenge.status == "pending":
            return Reply(200, raw, {"Content-Type": "application/json", **headers})
        body = self.challenge_body(challenge)
        if raw is not None and challenge.answer is not None:
            body = {**body, **json.loads(raw), "status": challenge.status}
        return json_reply(200, body, headers)

    def _answer(self, form: Mapping[str, str], challenge: Challenge) -> None:
        """Take an answer, or metadata alone. A refused answer changes nothing."""
        metadata = read_metadata(form) or challenge.metadata
        if "AuthPayload" in form or "Metadata" not in form:
            self._check_open(challenge)
            payload = self._read_answer(form.get("AuthPayload", ""), challenge)
            challenge.answer = payload
            challenge.status = payload["status"]
            challenge.responded = self._now()
        challenge.metadata = metadata
        challenge.updated = self._now()

    def _check_open(self, challenge: Challenge) -> None:
        if challenge.factor.status != "verified":
            raise RefusedError(403, 60318, "Factor is unverified")
        if challenge.status in {"approved", "denied"}:
            raise RefusedError(403, 60322, "Challenge was already responded")
        if challenge.status == "expired":
            raise RefusedError(403, 60323, "Challenge expired")

    def _read_answer(self, text: str, challenge: Challenge) -> Json:
        """Return the payload of a right answer: each signed field as served, and a status."""
        check_length("AuthPayload", text, MAX_AUTH_PAYLOAD)
        try:
            split_jws(text)
        except ValueError as bad:
            raise RefusedError(400, 60306, "AuthPayload is not a compact JWS") from bad
        wrong = RefusedError(403, 60324, "Signature of the answer is invalid")
        try:
            answer = read_jws(text)
            served = loads(self.challenge_reply(challenge, {}).body)
            names = challenge.signature_fields.split(",")
            wanted = {name: served[name] for name in names}
        except (ValueError, KeyError, TypeError, RecursionError) as bad:
            raise wrong from bad
        status = answer.payload.get("status")
        right = (
            same_value(answer.header, _ANSWER_HEADER)
            and answer.is_signed_by(challenge.factor.key)
            and status in ("approved", "denied")  # a tuple: what came may not be hashable
            and same_value(answer.payload, {**wanted, "status": status})
        )
        if not right:
            raise wrong
        return answer.payload

    def challenge_body(self, challenge: Challenge) -> Json:
        """Show a challenge in full, and more than that."""
        factor = challenge.factor
        url = self._url(factor.identity, "Challenges", challenge.sid)
        answered = challenge.responded
        return {
            "x_risk": {
                "score": 0.125,
                "exact": 9007199254740993,
                "way": [["a", {"b": [None, True, -0.5e3]}], "Größe ≤ 1/2 \u2028"],
            },
            "links": {"notifications": f"{url}/Notifications", "x": url},
            "url": url,
            "factor_type": "push",
            "metadata": challenge.metadata,
            "hidden_details": challenge.hidden_details,
            "details": challenge.details,
            "responded_reason": "none",
            "status": challenge.status,
            "expiration_date": with_offset(challenge.expires),
            "date_responded": None if answered is None else with_fraction(answered),
            "date_updated": with_fraction(challenge.updated),
            "date_created": with_offset(challenge.created),
            "identity": factor.identity,
            "factor_sid": factor.sid,
            "entity_sid": factor.entity_sid,
            "service_sid": self.service_sid,
            "account_sid": self.account_sid,
            "sid": challenge.sid,
        }

    def _find_challenge(self, sid: str) -> Challenge:
        challenge = self.challenges.get(sid)
        if challenge is None:
            raise not_found()
        if challenge.status == "pending" and self._now() >= challenge.expires:
            challenge.status = "expired"
        return challenge

    def _url(self, identity: str, *rest: str) -> str:
        entity = f"/v2/Services/{self.service_sid}/Entities/{quote(identity, safe='')}"
        return "/".join([self.base_url + entity, *rest])


def new_sid(prefix: str) -> str:
    """Make a valid sid whose hex letters are of both cases."""
    mixed = (c.upper() if i % 2 else c for i, c in enumerate(secrets.token_hex(16)))
    return prefix + "".join(mixed)


def make_details(message: str, fields: Sequence[tuple[str, str]], now: float) -> Json:
    """Make a challenge's details, with the date that other services leave out."""
    items = [{"value": value, "label": label} for label, value in fields]
    return {"date": with_offset(now), "fields": items, "message": message}


def with_offset(moment: float) -> str:
    """Write a date of the American west coast: `2020-02-19T16:39:57-08:00`."""
    return datetime.fromtimestamp(moment, _WEST).isoformat(timespec="seconds")


def with_fraction(moment: float) -> str:
    """Write a date with milliseconds: `2020-02-19T16:39:57.250Z`."""
    local = datetime.fromtimestamp(moment, UTC).replace(tzinfo=None)
    return f"{local.isoformat(timespec='milliseconds')}Z"


def split_pairs(text: str) -> dict[str, str]:
    """Read a form body or query: pairs split at their first `=`, the first of a name wins."""
    pairs: dict[str, str] = {}
    for pair in text.split("&"):
        name, _, value = pair.partition("=")
        if name:
            pairs.setdefault(_decoded(name), _decoded(value))
    return pairs


def _decoded(text: str) -> str:
    return unquote(text.replace("+", " "))


def not_found() -> RefusedError:
    """404 with its code."""
    return RefusedError(404, 20404, "The requested resource was not found")


def unauthenticated(why: str) -> RefusedError:
    """401 with its code."""
    return RefusedError(401, 20003, f"Authenticate. {why}.")


def read_moment(claims: Json, name: str) -> int:
    """Read a claim that is a time in whole seconds; else it is a 401."""
    moment = claims.get(name)
    if not isinstance(moment, int) or isinstance(moment, bool):
        raise unauthenticated(f"{name} is not a whole number")
    return moment


def check_length(name: str, value: str | None, most: int) -> None:
    """60306 unless there is a value and it fits."""
    if not value or len(value) > most:
        raise RefusedError(400, 60306, f"{name} has 1 to {most} characters")


def check_factor_form(form: Mapping[str, str]) -> None:
    """60306 for parameters of a new factor that are missing, too long or contradictory."""
    check_length("FriendlyName", form.get("FriendlyName"), 64)
    check_length("Config.AppId", form.get("Config.AppId"), 100)
    check_length("Config.SdkVersion", form.get("Config.SdkVersion"), 100)
    if form.get("FactorType") != "push":
        raise RefusedError(400, 60306, "FactorType is push")
    platform = form.get("Config.NotificationPlatform")
    needs_token = platform in {"apn", "fcm"}
    if platform not in {"apn", "fcm", "none"} or needs_token != (
        "Config.NotificationToken" in form
    ):
        raise RefusedError(400, 60306, "NotificationPlatform none goes without a token")
    if form.get("Binding.Alg") != "ES256":
        raise RefusedError(400, 60306, "Binding.Alg is ES256")


def read_binding(text: str) -> ec.EllipticCurvePublicKey:
    """Read the P-256 key in padded standard base64 of 91 bytes of DER; else 60314."""
    wrong = RefusedError(400, 60314, "Binding.PublicKey has the wrong format")
    try:
        der = base64.b64decode(text, validate=True)
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as bad:
        raise wrong from bad
    if len(der) != SPKI_LENGTH or not isinstance(key, ec.EllipticCurvePublicKey):
        raise wrong
    if not isinstance(key.curve, ec.SECP256R1):
        raise wrong
    return key


def verify_factor(auth_payload: str, factor: Factor) -> None:
    """Mark the factor verified if its key signed its sid; else 60311."""
    try:
        signature = base64.b64decode(auth_payload, validate=True)
    except binascii.Error as bad:
        raise RefusedError(400, 60306, "AuthPayload is not base64") from bad
    if not der_is_signed_by(factor.key, signature, factor.sid.encode()):
        raise RefusedError(403, 60311, "Factor verification failed")
    factor.status = "verified"


def read_metadata(form: Mapping[str, str]) -> dict[str, str] | None:
    """Read the Metadata parameter: one JSON object with string values; None if it isn't there."""
    if "Metadata" not in form:
        return None
    text = form["Metadata"]
    try:
        value: Any = json.loads(text)
    except ValueError:
        value = None
    strings = isinstance(value, dict) and all(isinstance(v, str) for v in value.values())
    if not strings or len(text) > MAX_METADATA:
        raise RefusedError(400, 60306, "Metadata is a JSON object of strings")
    return dict(value)


def read_page(query: Mapping[str, str]) -> tuple[int, int | None]:
    """Page size, and the number after which the page starts."""
    size = query.get("PageSize", "50")
    if not size.isascii() or not size.isdigit() or not 1 <= int(size) <= MAX_PAGE:
        raise RefusedError(400, 60373, "PageSize is 1 to 1000")
    token = query.get("PageToken", query.get("pageToken"))
    if token is None:
        return int(size), None
    known = _PAGE_TOKEN.fullmatch(token)
    if known is None:
        raise RefusedError(400, 60374, "Unknown page token")
    return int(size), int(known[1])
