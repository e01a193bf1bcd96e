"""A company's endpoint for webhooks, and its look at the log of what was delivered."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from countersign.sandbox.client_types import DeliveryJson
    from countersign.sandbox.serve import Running
    from tests.sandbox.world import World

PATIENCE = 30.0


@dataclass(frozen=True)
class Got:
    """One request."""

    path: str
    headers: Mapping[str, str]
    body: str

    @property
    def parameters(self) -> dict[str, str]:
        """The form, in which no name comes twice."""
        pairs = parse_qsl(self.body, keep_blank_values=True, strict_parsing=True)
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)


@dataclass
class Receiver:
    """Answers with the statuses in `answers`, one after another, and then with 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    body: bytes = b"thank you"
    requests: queue.Queue[Got] = field(default_factory=queue.Queue)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Got:
        """Wait for the next request."""
        return self.requests.get(timeout=PATIENCE)


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = receiver.answers.pop(0) if receiver.answers else 200
            receiver.requests.put(Got(self.path, headers, body))
            receiver.may_answer.wait(PATIENCE)
            # Who gave up waiting isn't there any more.
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.send_header("Content-Length", str(len(receiver.body)))
                self.send_header("Set-Cookie", "a=b")
                self.send_header("Location", f"{receiver.url}elsewhere")
                self.end_headers()
                self.wfile.write(receiver.body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler


@contextlib.contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on loopback for as long as the block lasts."""
    receiver = Receiver()
    receiver.may_answer.set()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver)) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield receiver
        finally:
            receiver.may_answer.set()
            server.shutdown()
            thread.join()


def hook(world: World, url: str, *events: str, **more: str) -> str:
    """Make a webhook, and give its sid."""
    data: dict[str, Any] = {"FriendlyName": "Backend", "EventTypes": events, "WebhookUrl": url}
    made = world.company("POST", "/Webhooks", data=data | more)
    assert made.status_code == 201, made.text
    return str(made.json()["sid"])


def until(sandbox: Running, holds: Callable[[list[DeliveryJson]], bool]) -> list[DeliveryJson]:
    """Give the log, newest first, once it is so; looked at again after each change."""
    changes = sandbox.sandbox.changes
    while True:
        seen = changes.version
        log = sandbox.client.deliveries()
        if holds(log):
            return log
        assert asyncio.run(changes.wait(seen, PATIENCE)) != seen, log


def done(sandbox: Running) -> list[DeliveryJson]:
    """Give the log once nothing waits in it."""
    return until(sandbox, lambda log: all(item["state"] != "pending" for item in log))


def tried(sandbox: Running, times: int) -> DeliveryJson:
    """Give the newest delivery once it was tried so often."""
    return until(sandbox, lambda log: len(log[0]["attempts"]) == times)[0]
