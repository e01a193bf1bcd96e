"""A proxy in front of the sandbox that spoils what a test names: the bad days of the network.

Speaks plain HTTP/1.1 with one request a connection, which is all that the tests need.
"""

from __future__ import annotations

import http.client
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from typing_extensions import override

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

DROP_BEFORE = "drop before"
"""Close the connection without passing the request on."""
DROP_AFTER = "drop after"
"""Pass the request on, throw its answer away and close the connection."""


@dataclass
class Answer:
    """What comes back; a spoiler may change it in place."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """Return the body as JSON."""
        document: dict[str, Any] = json.loads(self.body)
        return document


Spoiler = "Callable[[Answer], Answer] | Answer | str"


@dataclass
class Rule:
    """Spoils requests of one method whose path contains a text, `times` times."""

    method: str
    part: str
    spoiler: Any
    times: int = 1_000_000


@dataclass
class AlteringProxy:
    """Start it with `with`; add rules at any time; `seen` is what came in."""

    upstream: str
    rules: list[Rule] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)

    def __enter__(self) -> Self:
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = False  # joined at the end: no thread outlives its test
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where it listens, without a path."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def spoil(self, method: str, part: str, spoiler: Any, times: int = 1_000_000) -> None:  # noqa: ANN401 - a function, an answer or a word
        """Spoil what matches from now on; the newest rule goes first."""
        self.rules.insert(0, Rule(method, part, spoiler, times))

    def count(self, method: str, part: str = "") -> int:
        """Count the requests that came in."""
        return sum(1 for seen in self.seen if seen[0] == method and part in seen[1])

    def spoiler_for(self, method: str, path: str) -> Any:  # noqa: ANN401 - as in `spoil`
        """Return the first matching rule's spoiler, used up by one; None where none matches."""
        for rule in self.rules:
            if rule.method == method and rule.part in path and rule.times > 0:
                rule.times -= 1
                return rule.spoiler
        return None


class _Handler(BaseHTTPRequestHandler):
    proxy: AlteringProxy

    def do_GET(self) -> None:
        self._pass_on()

    def do_POST(self) -> None:
        self._pass_on()

    def do_DELETE(self) -> None:
        self._pass_on()

    @override
    def log_message(self, *_: object) -> None:
        """Say nothing: a test reads `seen`."""

    def _pass_on(self) -> None:
        self.proxy.seen.append((self.command, self.path))
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        spoiler = self.proxy.spoiler_for(self.command, self.path)
        self.close_connection = True
        if spoiler == DROP_BEFORE:
            return
        answer = spoiler if isinstance(spoiler, Answer) else self._ask(body)
        if spoiler == DROP_AFTER:
            return
        if callable(spoiler):
            answer = spoiler(answer)
        self._reply(answer)

    def _ask(self, body: bytes) -> Answer:
        upstream = urlsplit(self.proxy.upstream)
        connection = http.client.HTTPConnection(upstream.hostname or "", upstream.port)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        headers["Accept-Encoding"] = "identity"
        try:
            connection.request(self.command, self.path, body, headers)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def _reply(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            if name.lower() not in {"content-length", "connection", "transfer-encoding"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
