"""A server that answers anything or nothing, and a device's words read by other code than ours."""

from __future__ import annotations

import asyncio
import base64
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from urllib.parse import parse_qsl

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from typing_extensions import override

from countersign.push.backend import AccessToken
from countersign.push.client import Credentials, FactorClient
from countersign.push.clock import ServiceClock
from countersign.push.http import Http, Reply

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Coroutine, Mapping

_T = TypeVar("_T")

ACCOUNT_SID = "AC" + "a" * 32
SERVICE_SID = "VA" + "b" * 32
FACTOR_SID = "YF" + "c" * 32
CHALLENGE_SID = "YC" + "d" * 32
CREDENTIAL_SID = "CR" + "e" * 32
ENTITY_SID = "YE" + "f" * 32
IDENTITY = "0b5b4f6e-identity"
NOW = 1595358902
HTTP_DATE = "Tue, 21 Jul 2020 19:15:02 GMT"
"""NOW, as a Date header has it."""

KEY = ec.derive_private_key(0xC0DE, ec.SECP256R1())


async def sign(data: bytes) -> bytes:
    """Sign as a key store does: DER, ECDSA over SHA-256."""
    return KEY.sign(data, ec.ECDSA(SHA256()))


def run(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run a coroutine that never waits without a loop, as property tests do thousandfold."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        return done.value  # type: ignore[no-any-return]  # StopIteration's value is untyped
    coroutine.close()
    raise AssertionError("it waited for something")


# --- A service's bodies --


def challenge_body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """Return a pending challenge as the service describes it."""
    return {
        "sid": CHALLENGE_SID,
        "account_sid": ACCOUNT_SID,
        "service_sid": SERVICE_SID,
        "entity_sid": ENTITY_SID,
        "identity": IDENTITY,
        "factor_sid": FACTOR_SID,
        "date_created": "2020-07-21T19:15:02Z",
        "date_updated": "2020-07-21T19:15:02Z",
        "date_responded": None,
        "expiration_date": "2020-07-21T19:20:02Z",
        "status": "pending",
        "details": {"message": "Sign in?", "fields": [{"label": "From", "value": "Rome"}]},
        "hidden_details": {"ip": "10.0.0.1"},
    } | changes


def factor_body(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """Return a factor as the service describes it right after it was created."""
    return {
        "sid": FACTOR_SID,
        "account_sid": ACCOUNT_SID,
        "service_sid": SERVICE_SID,
        "entity_sid": ENTITY_SID,
        "identity": IDENTITY,
        "friendly_name": "Laptop",
        "status": "unverified",
        "factor_type": "push",
        "config": {"credential_sid": CREDENTIAL_SID},
        "date_created": "2020-07-21T19:15:02Z",
    } | changes


def as_json(value: object) -> bytes:
    """Write JSON as plainly as the standard library does."""
    return json.dumps(value).encode()


# --- An independent reader of what a device signs --


@dataclass(frozen=True)
class Jws:
    """A compact JWS whose signature was found good."""

    header: dict[str, Any]
    payload: dict[str, Any]
    header_text: str


def _loads(text: bytes) -> dict[str, Any]:
    found = json.loads(text)
    assert isinstance(found, dict)
    return found


def verified(token: str, read: Callable[[bytes], dict[str, Any]] = _loads) -> Jws:
    """Check a compact JWS against KEY's public half, with nothing of push in the way."""
    header, payload, signature = token.split(".")
    raw = _unpadded(signature)
    assert len(raw) == 64
    halves = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    KEY.public_key().verify(
        encode_dss_signature(*halves), f"{header}.{payload}".encode(), ec.ECDSA(SHA256())
    )
    json.loads(_unpadded(payload), object_pairs_hook=_each_once)
    return Jws(json.loads(_unpadded(header)), read(_unpadded(payload)), _unpadded(header).decode())


def verify_der(signature: str, data: bytes) -> None:
    """Check a DER signature in standard base64 against KEY's public half."""
    der = base64.b64decode(signature, validate=True)
    KEY.public_key().verify(der, data, ec.ECDSA(SHA256()))


def _unpadded(text: str) -> bytes:
    assert not set(text) - set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    ), "not base64url"
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs), "a member twice"
    return dict(pairs)


# --- A client with no network --


class ScriptedHttp(Http):
    """Answers each call with the next reply of a list and keeps what was asked."""

    def __init__(self, *replies: Reply) -> None:
        """Take the replies in the order in which they are to be given."""
        super().__init__()
        self.replies = list(replies)
        self.sent: list[tuple[str, str, dict[str, str] | None, tuple[str, str] | None]] = []

    @override
    async def send(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Answer without any network."""
        del headers
        self.sent.append((method, url, None if form is None else dict(form), auth))
        return self.replies.pop(0)


def reply(
    status: int = 200,
    body: bytes = b"",
    *,
    headers: Mapping[str, str] | None = None,
    date: float | None = None,
    retry_after: float | None = None,
) -> Reply:
    """Return what Http.send returns."""
    return Reply(status, headers or {}, body, date, retry_after)


# --- A server on loopback --


@dataclass(frozen=True)
class Answer:
    """Bytes to write, and what to do with the connection then."""

    raw: bytes
    then: Literal["keep", "close", "stall"] = "keep"


def answer(
    status: int = 200,
    body: object = b"",
    *,
    headers: tuple[tuple[str, str], ...] = (),
    then: Literal["keep", "close", "stall"] = "keep",
) -> Answer:
    """Return a whole HTTP answer; a body that isn't bytes is written as JSON."""
    content = body if isinstance(body, bytes) else as_json(body)
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(content)}"]
    lines += [f"{name}: {value}" for name, value in headers]
    return Answer("\r\n".join([*lines, "", ""]).encode() + content, then)


LOST = Answer(b"", "close")
"""The request is read, and the connection closed without a word."""
STALLED = Answer(b"", "stall")
"""The request is read, and nothing happens any more."""


def cut(whole: Answer) -> Answer:
    """Return an answer that breaks off before its end."""
    return Answer(whole.raw[:-3], "close")


@dataclass(frozen=True)
class Received:
    """A request as it stood on the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> list[tuple[str, str]]:
        """The form's pairs, in the order sent."""
        return parse_qsl(self.body.decode("ascii"), keep_blank_values=True, strict_parsing=True)

    @property
    def basic(self) -> tuple[str, str]:
        """User name and password."""
        scheme, _, encoded = self.headers["authorization"].partition(" ")
        assert scheme == "Basic"
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
        return user, password


@dataclass
class Server:
    """Records each request and answers with the next answer, or with the last one over again."""

    url: str = ""
    answers: list[Answer] = field(default_factory=lambda: [answer()])
    hang_up_on_connect: bool = False
    requests: list[Received] = field(default_factory=list)
    connections: int = 0
    request_came: asyncio.Event = field(default_factory=asyncio.Event)
    connection_ended: asyncio.Event = field(default_factory=asyncio.Event)
    open: set[asyncio.Transport] = field(default_factory=set)

    def answer_with(self, *answers: Answer) -> None:
        """Set the answers to come."""
        self.answers = list(answers)

    def take(self, request: Received) -> Answer:
        """Note a request and choose its answer."""
        self.requests.append(request)
        self.request_came.set()
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Connection(asyncio.Protocol):
    """A protocol, not a stream: it runs in no task, so all tasks there are belong to the test."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connections += 1
        self._server.open.add(transport)
        if self._server.hang_up_on_connect:
            transport.close()

    @override
    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._received += data
        request = _request(bytes(self._received))
        if request is None:
            return
        self._received.clear()
        given = self._server.take(request)
        self._transport.write(given.raw)
        if given.then == "close":
            self._transport.close()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        assert self._transport is not None
        self._server.open.discard(self._transport)
        self._server.connection_ended.set()


def _request(received: bytes) -> Received | None:
    """Return a request that arrived whole."""
    head, end, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    parts = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in parts}
    if not end or len(body) < int(headers.get("content-length", "0")):
        return None
    method, target, _ = first.split(" ")
    return Received(method, target, headers, body)


@asynccontextmanager
async def serving(tls: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Run a server on a free port of 127.0.0.1 for as long as the block lasts."""
    server = Server()
    loop = asyncio.get_running_loop()
    listener = await loop.create_server(lambda: _Connection(server), "127.0.0.1", 0, ssl=tls)
    port = listener.sockets[0].getsockname()[1]
    server.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
    try:
        yield server
    finally:
        listener.close()
        for transport in server.open.copy():
            transport.abort()
        await listener.wait_closed()


# --- What a device holds --


def access_token() -> AccessToken:
    """Return what a backend hands out."""
    return AccessToken("a.b.c.d.e", SERVICE_SID, IDENTITY)


def credentials(api_url: str = "https://api.test/v2") -> Credentials:
    """Return what a device knows of its factor."""
    return Credentials(api_url, ACCOUNT_SID, SERVICE_SID, IDENTITY, FACTOR_SID, CREDENTIAL_SID)


def client(http: Http, clock: ServiceClock | None = None, api_url: str = "") -> FactorClient:
    """Return a client that signs with KEY, by default at the moment NOW."""
    who = credentials(api_url) if api_url else credentials()
    return FactorClient(http, who, sign, clock or ServiceClock(local=lambda: float(NOW)))
