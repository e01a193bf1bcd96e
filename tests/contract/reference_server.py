"""An independent Verify v2 Push server on loopback, and what a test may do to it.

The rules are in `reference_service.py`. This is their HTTP: keep-alive, a Date of the server's own
clock on each response, a log of requests, a count of connections, and faults on demand.
"""

import base64
import binascii
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from fnmatch import fnmatchcase
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self
from urllib.parse import unquote

from tests.contract.reference_jose import Json
from tests.contract.reference_service import (
    Call,
    RawBody,
    ReferenceService,
    Reply,
    opaque_identity,
    split_pairs,
)

if TYPE_CHECKING:
    from typing_extensions import override
else:  # typing has it from 3.12 on only, and nothing else here needs the package

    def override(method: Callable[..., object]) -> Callable[..., object]:
        """Mark a method that overrides another."""
        return method


MAX_BODY = 1 << 20


@dataclass(slots=True)
class Request:
    """One request as it came, and the status that it got (None: no answer was sent, or not yet)."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """Names in lower case."""
    connection: int
    """Which of the server's connections brought it, counted from 1."""
    body: bytes = b""
    status: int | None = None

    @property
    def form(self) -> dict[str, str]:
        """The body as a form or, if it says so, as a JSON object of strings."""
        if self.headers.get("content-type", "").startswith("application/json"):
            return {key: str(value) for key, value in json.loads(self.body).items()}
        return split_pairs(self.body.decode())

    @property
    def login(self) -> tuple[str, str]:
        """User and password of HTTP Basic; two empty strings if there are none."""
        scheme, _, encoded = self.headers.get("authorization", "").partition(" ")
        try:
            text = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        user, _, password = text.partition(":")
        return (user, password) if scheme.lower() == "basic" else ("", "")

    def call(self) -> Call:
        """Return the request as the service takes it."""
        path = tuple(unquote(part) for part in self.path.strip("/").split("/"))
        user, password = self.login
        return Call(self.method, path, self.query, self.form, user, password)


class Exchange(Protocol):
    """What a behaviour can do with the request before it."""

    def read(self) -> None:
        """Take in the request's body."""

    def process(self) -> Reply:
        """Let the service handle the request, once the body is read: what it changes, stays."""

    def send(self, reply: Reply, sent: int | None = None) -> None:
        """Answer; with `sent`, break off after so many bytes of the body and disconnect."""

    def drop(self) -> None:
        """Disconnect without an answer."""


class Behaviour(Protocol):
    """What the server does instead of the ordinary."""

    def play(self, exchange: Exchange, fault: "Fault") -> None:
        """Deal with one exchange."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer with this, and don't take the request. A header set to None isn't sent (Date!)."""

    status: int
    body: bytes = b"{}"
    headers: Mapping[str, str | None] = field(default_factory=dict)

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        headers = {"Content-Type": "application/json", **self.headers}
        exchange.send(Reply(self.status, self.body, headers))


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """Answer as a proxy in between does; the request isn't taken."""

    status: int = 502

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        page = b"<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>"
        exchange.send(Reply(self.status, page, {"Content-Type": "text/html; charset=utf-8"}))


@dataclass(frozen=True, slots=True)
class TruncatedBody:
    """Take the request, announce the whole body, send half of it and disconnect."""

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        reply = exchange.process()
        exchange.send(reply, sent=len(reply.body) // 2)


@dataclass(frozen=True, slots=True)
class MalformedJson:
    """Take the request and answer with half of the JSON, its length told truly."""

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        reply = exchange.process()
        exchange.send(Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers))


@dataclass(frozen=True, slots=True)
class CloseBeforeReading:
    """Disconnect when the head has come, the body unread; the request isn't taken."""

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.drop()


@dataclass(frozen=True, slots=True)
class CloseAfterReading:
    """Read all of the request and disconnect; the request isn't taken."""

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        exchange.drop()


@dataclass(frozen=True, slots=True)
class TakeThenDrop:
    """Take the request and disconnect without a word."""

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        exchange.process()
        exchange.drop()


@dataclass(frozen=True, slots=True)
class Hang:
    """Say nothing until the fault is released, then answer.

    The request is taken before the wait if `take`, otherwise after it.
    """

    take: bool = False

    def play(self, exchange: Exchange, fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        taken = exchange.process() if self.take else None
        fault.reached.set()
        fault.released.wait()
        exchange.send(taken or exchange.process())


@dataclass(frozen=True, slots=True)
class NoSignatureHeader:
    """Take and answer the request, but leave the signature fields' header out."""

    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        """Deal with one exchange."""
        exchange.read()
        reply = exchange.process()
        kept = {k: v for k, v in reply.headers.items() if k != "twilio-verify-signature-fields"}
        exchange.send(Reply(reply.status, reply.body, kept))


class _Ordinary:
    def play(self, exchange: Exchange, _fault: "Fault") -> None:
        exchange.read()
        exchange.send(exchange.process())


Match = str | Callable[[Request], bool]


class Fault:
    """A behaviour that waits for its requests."""

    def __init__(self, match: Match, behaviour: Behaviour, times: int) -> None:
        self.behaviour = behaviour
        self.left = times
        self.reached = threading.Event()
        """Set when a request got here; for Hang, when it has begun to hang."""
        self.released = threading.Event()
        self._match = match

    def fits(self, request: Request) -> bool:
        """Whether this request is one of those, and there are some left to go."""
        if self.left < 1:
            return False
        if callable(self._match):
            return self._match(request)
        return fnmatchcase(f"{request.method} {request.path}", self._match)

    def release(self) -> None:
        """Let what hangs go on."""
        self.released.set()


class ReferenceServer:
    """The server in a thread: `with ReferenceServer() as server: …`.

    `skew` seconds are added to the clock and may be set at any time.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
        identity_of: Callable[[str], str] = opaque_identity,
        announce_api: bool = True,
    ) -> None:
        self.skew = 0.0
        self._clock = clock
        self.service = ReferenceService(self.now, identity_of)
        self.service.announce_api = announce_api
        self._lock = threading.Lock()
        self._faults: list[Fault] = []
        self._requests: list[Request] = []
        self._tls = tls
        self._http: _HttpServer | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._http = _HttpServer(self, self._tls)
        scheme = "http" if self._tls is None else "https"
        self.service.base_url = f"{scheme}://127.0.0.1:{self._http.server_port}"
        # A short poll interval: shutdown() waits for one, at the end of each test.
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.01,), name="reference-server"
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        if self._live.errors and error is None:
            raise ExceptionGroup("the reference server broke", self._live.errors)

    @property
    def _live(self) -> "_HttpServer":
        if self._http is None:
            raise RuntimeError("the server has not been started")
        return self._http

    def stop(self) -> None:
        """Refuse connections, cut those that are open and wait for every thread."""
        if self._thread is None:
            return
        self._live.shutdown()
        self._thread.join()
        self._thread = None
        for fault in self._faults:
            fault.release()
        self._live.disconnect()
        self._live.server_close()

    @property
    def api_url(self) -> str:
        """Where the API lies: …/v2."""
        return f"{self.service.base_url}/v2"

    @property
    def backend_url(self) -> str:
        """Where the sample backend gives out access tokens: …/access-token."""
        return f"{self.service.base_url}/access-token"

    @property
    def account_sid(self) -> str:
        """The account's sid."""
        return self.service.account_sid

    @property
    def service_sid(self) -> str:
        """The service's sid."""
        return self.service.service_sid

    @property
    def requests(self) -> list[Request]:
        """Every request so far, oldest first."""
        with self._lock:
            return list(self._requests)

    @property
    def connections(self) -> int:
        """How many TCP connections were accepted so far."""
        return self._live.accepted

    def now(self) -> float:
        """Tell the server's time: its clock and the skew."""
        return self._clock() + self.skew

    def fault(self, match: Match, behaviour: Behaviour, times: int = 1) -> Fault:
        """Deal so with the next `times` requests that fit; earlier faults go first.

        `match` is a glob over `METHOD /path`, without the query, as in `POST */Challenges/*`; or a
        function of the request, of which only the head has been read.
        """
        fault = Fault(match, behaviour, times)
        with self._lock:
            self._faults.append(fault)
        return fault

    def begin(self, request: Request) -> Fault | None:
        """Log a request; the fault that it runs into, if any."""
        with self._lock:
            self._requests.append(request)
            fault = next((fault for fault in self._faults if fault.fits(request)), None)
            if fault is not None:
                fault.left -= 1
            return fault

    # The company's side: shortcuts to the service.

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

        `raw_body` is what a GET of the challenge serves verbatim while it is pending, or a function
        that makes it of the ordinary body. Lists show the ordinary body all the same.
        """
        return self.service.add_challenge(
            factor_sid,
            message=message,
            fields=fields,
            hidden_details=hidden_details,
            raw_body=raw_body,
            signature_fields=signature_fields,
            sid=sid,
            ttl=ttl,
        )

    def status(self, sid: str) -> str:
        """Return a challenge's status."""
        return self.service.status(sid)

    def expire(self, sid: str) -> None:
        """End a challenge's time now."""
        self.service.expire(sid)

    def signed_answer(self, sid: str) -> Json | None:
        """Return the payload of the answer that was taken; None if there was none."""
        with self.service.lock:
            return self.service.challenges[sid].answer

    def factor(self, sid: str) -> Json | None:
        """Show a factor as its device would see it; None if there is no such factor."""
        with self.service.lock:
            found = self.service.factors.get(sid)
            return None if found is None else self.service.factor_body(found)

    def factor_sids(self) -> list[str]:
        """All factors, oldest first."""
        with self.service.lock:
            return list(self.service.factors)

    def remove_factor(self, sid: str) -> None:
        """Delete a factor behind the device's back."""
        self.service.remove_factor(sid)


class _HttpServer(ThreadingHTTPServer):
    # Threads that are waited for at the end: daemons would outlive the test.
    daemon_threads = False
    request_queue_size = 64

    def __init__(self, reference: ReferenceServer, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reference = reference
        self.accepted = 0
        self.errors: list[Exception] = []
        self._tls = tls
        self._open: dict[socket.socket, int] = {}
        self._lock = threading.Lock()

    @override
    def server_bind(self) -> None:
        # HTTPServer asks DNS for the host's name here, which can take seconds and is never used.
        self.allow_reuse_address = False
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.socket.getsockname()[:2]
        self.server_address = (self.server_name, self.server_port)

    @override
    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        if self._tls is not None:
            # The handshake waits for the peer: the connection's own thread does it, in setup().
            connection = self._tls.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        with self._lock:
            self.accepted += 1
            self._open[connection] = self.accepted
        return connection, address

    @override
    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        with self._lock:
            self._open = {k: v for k, v in self._open.items() if k is not request}
        super().shutdown_request(request)

    @override
    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002 - the base's
        error = sys.exception()
        # A client that goes away, or trusts another authority, is what some tests are about.
        if isinstance(error, Exception) and not isinstance(error, OSError):
            self.errors.append(error)

    def number_of(self, connection: socket.socket) -> int:
        """Return which of the accepted connections this is, counted from 1."""
        with self._lock:
            return self._open[connection]

    def disconnect(self) -> None:
        """Wake every thread that waits for a client's next request."""
        with self._lock:
            for connection in self._open:
                try:
                    # Not SSLSocket's: that forgets its TLS state under the thread that reads.
                    socket.socket.shutdown(connection, socket.SHUT_RDWR)
                except OSError:
                    continue  # the client was faster


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    disable_nagle_algorithm = True
    server: _HttpServer
    record: Request

    @override
    def setup(self) -> None:
        if isinstance(self.request, ssl.SSLSocket):
            self.request.do_handshake()
        self.number = self.server.number_of(self.request)
        super().setup()

    @override
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing on stderr: the log is `requests`."""

    def do_GET(self) -> None:
        """Answer a GET."""
        self._serve()

    def do_POST(self) -> None:
        """Answer a POST."""
        self._serve()

    def do_DELETE(self) -> None:
        """Answer a DELETE."""
        self._serve()

    def _serve(self) -> None:
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.record = Request(self.command, path, split_pairs(query), headers, self.number)
        fault = self.server.reference.begin(self.record)
        if fault is None:
            _Ordinary().play(self, _NO_FAULT)
            return
        if not isinstance(fault.behaviour, Hang):
            fault.reached.set()
        fault.behaviour.play(self, fault)

    def read(self) -> None:
        """Take in the request's body."""
        length = int(self.headers.get("Content-Length", "0"))
        self.record.body = self.rfile.read(min(length, MAX_BODY))

    def process(self) -> Reply:
        """Let the service handle the request."""
        return self.server.reference.service.handle(self.record.call())

    def send(self, reply: Reply, sent: int | None = None) -> None:
        """Answer, in whole or in part."""
        # Logged first: who has the answer may look at the log.
        self.record.status = reply.status
        headers: dict[str, str | None] = {
            "Date": formatdate(self.server.reference.now(), usegmt=True),
            "Content-Length": None if reply.status == 204 else str(len(reply.body)),
            **reply.headers,
        }
        self.send_response_only(reply.status)
        for name, value in headers.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body[:sent])
        if sent is not None:
            self.drop()

    def drop(self) -> None:
        """Disconnect when this request is done."""
        self.close_connection = True


_NO_FAULT = Fault("", _Ordinary(), 0)
