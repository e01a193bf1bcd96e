"""An independent device for Verify Push: what an SDK sends, in either of two dialects.

`android` writes ordinary forms; `ios` leaves `=`, `/` and `:` raw in values, says `pageToken`,
orders members differently and escapes slashes in JSON. Nothing here is shared with the reference
server: writer and reader of the protocol are two readings of it.
"""

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Literal, Protocol, Self
from urllib.parse import parse_qs, quote, quote_plus, urlsplit

import httpx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Json = dict[str, Any]
Dialect = Literal["android", "ios"]
Decision = Literal["approved", "denied"]

SIGNATURE_FIELDS = "Twilio-Verify-Signature-Fields"
MAX_DEPTH = 32
MUST_BE_SIGNED = {"sid", "factor_sid", "details"}


class ServiceError(Exception):
    """The service refused: its HTTP status, Twilio's code, and the response."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        body = response.json() if response.content else {}
        self.code: object = body.get("code")
        super().__init__(f"{self.status} {self.code}: {body.get('message')}")


class MappingError(Exception):
    """What the service sent can't be shown and signed safely (60402)."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What the backend answers."""

    token: str
    service_sid: str
    identity: str


@dataclass(frozen=True, slots=True)
class Factor:
    """What the device keeps of its factor."""

    sid: str
    account_sid: str
    credential_sid: str
    service_sid: str
    identity: str


@dataclass(frozen=True, slots=True)
class Opened:
    """One challenge, fetched in full, and the fields that an answer signs."""

    body: Json
    signature_fields: tuple[str, ...]


class ReferenceDevice:
    """One device with one key. Use it as a context manager: it holds connections."""

    def __init__(
        self,
        api_url: str,
        backend_url: str,
        *,
        encoding: Dialect = "android",
        client: httpx.Client | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.api_url = api_url
        self.backend_url = backend_url
        self.encoding = encoding
        self.client = client or httpx.Client(trust_env=False)
        self.clock = clock
        self.offset = 0
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.enrolled: Factor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.client.close()

    # Enrolment.

    def enrol(self, identity: str, name: str = "Reference device") -> Factor:
        """Fetch a token, create the factor and verify it."""
        self.create_factor(self.fetch_token(identity), name)
        self.verify()
        return self.factor

    def fetch_token(self, identity: str) -> AccessToken:
        """Ask the backend; the identity that comes back is the one to use."""
        response = self.client.post(
            self.backend_url,
            content=self.encode([("identity", identity)]),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        body = checked(response)
        return AccessToken(body["token"], body["serviceSid"], body["identity"])

    def create_factor(
        self,
        token: AccessToken,
        name: str = "Reference device",
        *,
        metadata: Mapping[str, str] | None = None,
        change: Mapping[str, str | None] | None = None,
    ) -> Json:
        """Create the factor; never tried again. `change` replaces parameters, or drops them."""
        form: dict[str, str | None] = {
            "FriendlyName": name,
            "FactorType": "push",
            "Binding.Alg": "ES256",
            "Binding.PublicKey": self.public_key(),
            "Config.AppId": "com.example.reference",
            "Config.SdkVersion": "1.0.0",
            "Config.NotificationPlatform": "none",
            "Metadata": None if metadata is None else json.dumps(dict(metadata)),
            **(change or {}),
        }
        path = entity_path(token.service_sid, token.identity) + "/Factors"
        present = [(key, value) for key, value in form.items() if value is not None]
        body = checked(self.send("POST", path, token.token, form=present))
        self.enrolled = Factor(
            sid=body["sid"],
            account_sid=body["account_sid"],
            credential_sid=body["config"]["credential_sid"],
            service_sid=token.service_sid,
            identity=token.identity,
        )
        return body

    def verify(self, auth_payload: str | None = None) -> Json:
        """Prove that the key is here: its DER signature over the factor's sid."""
        signature = self.key.sign(self.factor.sid.encode(), ec.ECDSA(hashes.SHA256()))
        payload = auth_payload or base64.b64encode(signature).decode()
        return checked(self.request("POST", self.factor_path, form=[("AuthPayload", payload)]))

    # The factor.

    @property
    def factor(self) -> Factor:
        """The factor; an error before it was created."""
        if self.enrolled is None:
            raise RuntimeError("not enrolled")
        return self.enrolled

    @property
    def entity_path(self) -> str:
        """Where this device's things are."""
        return entity_path(self.factor.service_sid, self.factor.identity)

    @property
    def factor_path(self) -> str:
        """Where this device's factor is."""
        return f"{self.entity_path}/Factors/{self.factor.sid}"

    def update(self, **parameters: str) -> Json:
        """Change the factor: `update(FriendlyName=…)`, `update(**{"Config.AppId": …})`."""
        return checked(self.request("POST", self.factor_path, form=parameters.items()))

    def delete(self) -> None:
        """Delete the factor; 404, and 401 after the clock was set, count as done."""
        response = self.request("DELETE", self.factor_path)
        if response.status_code not in {204, 401, 404}:
            raise ServiceError(response)

    # Challenges.

    def list_pending(self, page_size: int = 50) -> list[Json]:
        """List all pending challenges, newest first, page after page."""
        found: list[Json] = []
        token: str | None = None
        while True:
            page = self.list_page(page_size, token)
            found += page["challenges"]
            token = next_token(page)
            if token is None:
                return found

    def list_page(
        self, page_size: int = 50, token: str | None = None, *, status: str = "pending"
    ) -> Json:
        """Fetch one page of challenges."""
        query = [
            ("FactorSid", self.factor.sid),
            ("PageSize", str(page_size)),
            ("Order", "desc"),
            ("Status", status),
        ]
        if token is not None:
            query.append(("pageToken" if self.encoding == "ios" else "PageToken", token))
        return checked(self.request("GET", f"{self.entity_path}/Challenges", query=query))

    def get(self, sid: str) -> Opened:
        """Fetch one challenge, and refuse one that can't be signed as it is shown."""
        response = self.request("GET", self.challenge_path(sid))
        if not response.is_success:
            raise ServiceError(response)
        body = read_strictly(response.content)
        names = response.headers.get(SIGNATURE_FIELDS)
        if names is None:
            raise MappingError("no signature fields")
        fields = tuple(names.split(","))
        if not MUST_BE_SIGNED <= set(fields) <= body.keys():
            raise MappingError("the signature fields don't fit the body")
        return Opened(body, fields)

    def challenge_path(self, sid: str) -> str:
        """Where a challenge is."""
        return f"{self.entity_path}/Challenges/{quote(sid, safe='')}"

    def approve(self, sid: str) -> Json:
        """Approve a challenge."""
        return self.answer(sid, "approved")

    def deny(self, sid: str) -> Json:
        """Deny a challenge."""
        return self.answer(sid, "denied")

    def answer(self, sid: str, decision: Decision) -> Json:
        """GET, sign and POST, GET again: it counts only if the status is the one asked for."""
        opened = self.get(sid)
        if opened.body["factor_sid"] != self.factor.sid or opened.body["status"] != "pending":
            raise MappingError("not a pending challenge of this factor")
        checked(self.post_answer(sid, self.sign(answer_payload(opened, decision))))
        body = self.get(sid).body
        if body["status"] != decision:
            raise MappingError(f"asked for {decision}, got {body['status']}")
        return body

    def post_answer(
        self, sid: str, auth_payload: str, metadata: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send an AuthPayload, whatever it is."""
        form = [("AuthPayload", auth_payload)]
        if metadata is not None:
            form.append(("Metadata", json.dumps(dict(metadata))))
        return self.request("POST", self.challenge_path(sid), form=form)

    # Signing.

    def public_key(self) -> str:
        """Return the padded base64 of the key's DER SubjectPublicKeyInfo."""
        public = self.key.public_key()
        der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode()

    def token(self, now: float | None = None, **claims: object) -> str:
        """Make the device's token, on server-corrected time unless `now` is given."""
        moment = int(self.clock()) + self.offset if now is None else int(now)
        header = {
            "cty": "twilio-pba;v=1",
            "kid": self.factor.credential_sid,
            "typ": "JWT",
            "alg": "ES256",
        }
        ordinary = {"sub": self.factor.account_sid, "nbf": moment, "exp": moment + 600}
        return self.sign({**ordinary, **claims}, header)

    def sign(
        self,
        payload: Json,
        header: Mapping[str, str] | None = None,
        key: ec.EllipticCurvePrivateKey | None = None,
    ) -> str:
        """Make a compact JWS, of an answer unless another header is given."""
        head = self.write_json(dict(header or {"typ": "JWT", "alg": "ES256"}))
        signed = f"{base64url(head)}.{base64url(self.write_json(payload))}"
        der = (key or self.key).sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
        return f"{signed}.{base64url(der_to_raw(der))}"

    def write_json(self, value: Json) -> bytes:
        """Write JSON as the dialect does: the values are the same, the text is not."""
        if self.encoding == "android":
            return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
        turned = dict(reversed(value.items()))
        return json.dumps(turned, ensure_ascii=False).replace("/", "\\/").encode()

    def encode(self, pairs: Iterable[tuple[str, str]]) -> str:
        """Write a form or query as the dialect does."""
        if self.encoding == "android":
            return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs)
        return "&".join(f"{quote(name)}={quote(value, safe='=/:')}" for name, value in pairs)

    # HTTP.

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Iterable[tuple[str, str]] = (),
        form: Iterable[tuple[str, str]] | None = None,
    ) -> httpx.Response:
        """Send with a fresh token; on a 401 that tells the time set the offset, retry once."""
        query = list(query)
        form = None if form is None else list(form)
        response = self.send(method, path, self.token(), query=query, form=form)
        if response.status_code != 401 or "Date" not in response.headers:
            return response
        self.offset = http_date(response.headers["Date"]) - int(self.clock())
        return self.send(method, path, self.token(), query=query, form=form)

    def send(
        self,
        method: str,
        path: str,
        password: str,
        *,
        query: Iterable[tuple[str, str]] = (),
        form: Iterable[tuple[str, str]] | None = None,
    ) -> httpx.Response:
        """Send one request with this password, and leave the clock alone."""
        headers = {"User-Agent": "reference; 1.0"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if method == "GET":
            headers["Accept"] = "application/x-www-form-urlencoded"
        text = self.encode(query)
        return self.client.request(
            method,
            self.api_url + path + (f"?{text}" if text else ""),
            content=None if form is None else self.encode(form),
            headers=headers,
            auth=("token", password),
        )


class DeviceFactory(Protocol):
    """Makes devices that aren't enrolled yet; whoever hands it out closes them."""

    def __call__(
        self,
        api_url: str,
        backend_url: str,
        *,
        encoding: Dialect = "android",
        client: httpx.Client | None = None,
        clock: Callable[[], float] = time.time,
    ) -> ReferenceDevice:
        """Make a device."""


def answer_payload(opened: Opened, decision: str) -> Json:
    """Return what an answer signs: each named field with the body's value, then the status."""
    return {**{name: opened.body[name] for name in opened.signature_fields}, "status": decision}


def checked(response: httpx.Response) -> Json:
    """Return the body of a success; any other response is an error."""
    if not response.is_success:
        raise ServiceError(response)
    body: Json = response.json()
    return body


def entity_path(service_sid: str, identity: str) -> str:
    """Return an entity's path, the identity escaped."""
    return f"/Services/{quote(service_sid, safe='')}/Entities/{quote(identity, safe='')}"


def next_token(page: Json) -> str | None:
    """Return the PageToken in the link to the next page, if there is one."""
    link = page["meta"]["next_page_url"]
    if link is None:
        return None
    tokens: list[str] = parse_qs(urlsplit(link).query)["PageToken"]
    return tokens[0]


def base64url(content: bytes) -> str:
    """Encode without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def der_to_raw(der: bytes) -> bytes:
    """Turn a DER ECDSA signature into r and s, 32 bytes each."""
    r, s = decode_dss_signature(der)
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def http_date(text: str) -> int:
    """Read a Date header."""
    return int(parsedate_to_datetime(text).timestamp())


def read_strictly(content: bytes) -> Json:
    """Read a JSON object that can be read in one way only, and written again unchanged."""
    try:
        value: object = json.loads(
            content.decode("utf-8", "strict"),
            object_pairs_hook=_distinct,
            parse_constant=_refuse_constant,
        )
    except (ValueError, RecursionError) as bad:
        raise MappingError("not strict JSON") from bad
    if not isinstance(value, dict) or _depth(value) > MAX_DEPTH:
        raise MappingError("not an object, or nested too deep")
    return value


def _distinct(pairs: list[tuple[str, Any]]) -> Json:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a member is named twice")
    return dict(pairs)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _depth(value: object) -> int:
    """Count the objects and arrays that lie in one another, the outermost included."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0
