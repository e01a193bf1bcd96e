"""A company and a device, written from protocol.md alone."""

from __future__ import annotations

import base64
import contextlib
import json
import ssl
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from countersign.sandbox.clock import Clock
from countersign.sandbox.serve import Running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from countersign.sandbox.serve import Ready

START = 1_700_000_000.5
SIGNATURE_FIELDS = "Twilio-Verify-Signature-Fields"
Json = dict[str, Any]
# Loading the system's CAs takes longer than most of these tests.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def b64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Key:
    """A P-256 key and the three signatures that protocol 2 asks of it."""

    def __init__(self, key: ec.EllipticCurvePrivateKey | None = None) -> None:
        self._key = key or ec.generate_private_key(ec.SECP256R1())

    def public(self) -> str:
        """Give the SubjectPublicKeyInfo in standard base64."""
        return base64.b64encode(
            self._key.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        ).decode()

    def der(self, data: bytes) -> str:
        """Sign as a factor's verification wants it."""
        return base64.b64encode(self._key.sign(data, ec.ECDSA(hashes.SHA256()))).decode()

    def jws(self, header: object, payload: object) -> str:
        """Sign as tokens and answers want it."""
        return self.jws_of(json.dumps(header), json.dumps(payload))

    def jws_of(self, header: str, payload: str) -> str:
        """Sign JSON texts as they are."""
        head, body = b64url(header.encode()), b64url(payload.encode())
        signed = f"{head}.{body}"
        r, s = decode_dss_signature(self._key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
        return f"{signed}.{b64url(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


@dataclass
class Device:
    """An enrolled device: answers to `factor`, signs with `key`."""

    world: World
    factor: Json
    key: Key

    @property
    def path(self) -> str:
        """The address of the device's entity."""
        return f"{self.world.service}/Entities/{self.factor['identity']}"

    @property
    def sid(self) -> str:
        """The factor's sid."""
        return str(self.factor["sid"])

    def token(
        self,
        header: Mapping[str, object] | None = None,
        claims: Mapping[str, object] | None = None,
    ) -> str:
        """Sign a device token; what is given goes over the usual header and claims."""
        now = int(self.world.now)
        usual = {
            "cty": "twilio-pba;v=1",
            "kid": self.factor["config"]["credential_sid"],
            "typ": "JWT",
            "alg": "ES256",
        }
        body = {"sub": self.factor["account_sid"], "nbf": now, "exp": now + 600}
        return self.key.jws({**usual, **(header or {})}, {**body, **(claims or {})})

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        """Call as the device, with a token made afresh."""
        options.setdefault("auth", ("token", self.token()))
        options.setdefault("headers", {"Accept": "application/x-www-form-urlencoded"})
        return self.world.http.request(method, self.path + path, **options)

    def verify(self) -> httpx.Response:
        """Verify the factor."""
        payload = self.key.der(self.sid.encode())
        return self.call("POST", f"/Factors/{self.sid}", data={"AuthPayload": payload})

    def fetch(self, challenge_sid: str) -> httpx.Response:
        """Get one challenge."""
        return self.call("GET", f"/Challenges/{challenge_sid}")

    def signed(
        self, response: httpx.Response, status: str, changes: Mapping[str, object] | None = None
    ) -> str:
        """Sign an answer to the challenge that was fetched."""
        names = response.headers[SIGNATURE_FIELDS].split(",")
        payload = {name: response.json()[name] for name in names} | {"status": status}
        payload |= changes or {}
        return self.key.jws({"typ": "JWT", "alg": "ES256"}, payload)

    def post(self, challenge_sid: str, payload: str, **more: str) -> httpx.Response:
        """Post an AuthPayload."""
        data = {"AuthPayload": payload} | more
        return self.call("POST", f"/Challenges/{challenge_sid}", data=data)

    def answer(self, challenge_sid: str, status: str = "approved") -> httpx.Response:
        """Get, sign and answer a challenge."""
        return self.post(challenge_sid, self.signed(self.fetch(challenge_sid), status))


@dataclass
class World:
    """A sandbox as seen over HTTP, with a company's calls."""

    ready: Ready
    clock: Clock
    running: Running | None = None
    http: httpx.Client = field(
        default_factory=lambda: httpx.Client(trust_env=False, timeout=30, verify=NO_TLS)
    )

    @classmethod
    @contextlib.contextmanager
    def over(cls, sandbox: Ready | Running) -> Iterator[World]:
        """See a sandbox, in this process or in another one, where the time is real."""
        inside = sandbox if isinstance(sandbox, Running) else None
        made = cls(sandbox, inside.sandbox.clock if inside else Clock(), inside)
        with made.http:
            yield made

    @property
    def sandbox(self) -> Running:
        """The sandbox of this process."""
        assert self.running is not None
        return self.running

    @property
    def now(self) -> float:
        """The sandbox's time."""
        return self.clock.now()

    @property
    def base(self) -> str:
        """The server's address."""
        return self.ready.api_url.removesuffix("/v2")

    @property
    def service(self) -> str:
        """The service's address."""
        return f"{self.ready.api_url}/Services/{self.ready.service_sid}"

    def move(self, offset: float) -> None:
        """Put the clock so far ahead of where it stood."""
        self.clock.move(offset)

    def company(self, method: str, url: str, **options: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own options
        """Call as the company's backend, under the service unless the address is whole."""
        options.setdefault("auth", (self.ready.account_sid, self.ready.auth_token))
        full = url if url.startswith("http") else self.service + url
        return self.http.request(method, full, **options)

    def access_token(self, identity: str, **more: str) -> str:
        """Have a token made to enrol with."""
        data = {"Identity": identity, "FactorType": "push"} | more
        return str(self.company("POST", "/AccessTokens", data=data).json()["token"])

    def parameters(self, key: Key, **changes: str | None) -> dict[str, str]:
        """Give a factor's parameters; in the names of changes, _ stands for a dot."""
        usual: dict[str, str | None] = {
            "FriendlyName": "Laptop",
            "FactorType": "push",
            "Binding.Alg": "ES256",
            "Binding.PublicKey": key.public(),
            "Config.AppId": "com.example.app",
            "Config.SdkVersion": "1.0",
            "Config.NotificationPlatform": "none",
        }
        named = {name.replace("_", "."): value for name, value in changes.items()}
        return {name: value for name, value in (usual | named).items() if value is not None}

    def create_factor(
        self, identity: str, key: Key, token: str | None = None, **changes: str | None
    ) -> httpx.Response:
        """Create a factor, with a token of its own unless one is given."""
        token = self.access_token(identity) if token is None else token
        return self.http.post(
            f"{self.service}/Entities/{identity}/Factors",
            data=self.parameters(key, **changes),
            auth=("token", token),
        )

    def device(self, identity: str | None = None, *, verified: bool = True) -> Device:
        """Enrol a device."""
        key = Key()
        response = self.create_factor(identity or str(uuid.uuid4()), key)
        assert response.status_code == 201, response.text
        device = Device(self, response.json(), key)
        if verified:
            assert device.verify().status_code == 200
        return device

    def challenge(self, device: Device, **changes: Any) -> httpx.Response:  # noqa: ANN401 - httpx's own
        """Create a challenge; in the names of changes, _ stands for a dot."""
        data = {"FactorSid": device.sid, "Details.Message": "Sign in?"}
        named = {name.replace("_", "."): value for name, value in changes.items()}
        return self.company("POST", device.path + "/Challenges", data=data | named)

    def pending(self, device: Device) -> str:
        """Create a challenge and give its sid."""
        response = self.challenge(device)
        assert response.status_code == 201, response.text
        return str(response.json()["sid"])
