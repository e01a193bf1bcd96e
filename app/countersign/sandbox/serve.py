"""Running the sandbox: as a command, or inside a process for its tests."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import signal
import socket
import sys
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import uvicorn

from countersign.sandbox.app import create_app
from countersign.sandbox.attended import Attended
from countersign.sandbox.client import SandboxClient
from countersign.sandbox.errors import SandboxError
from countersign.sandbox.server import Server
from countersign.sandbox.state import open_sandbox
from countersign.sandbox.wire import Connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from countersign.sandbox.clock import Clock
    from countersign.sandbox.state import Sandbox, Settings

HOST = "127.0.0.1"
BACKLOG = 1024
KEEP_ALIVE = 75
"""Seconds that an idle connection stays open: longer than an app polls in the background."""
STOP_WAIT = 3
"""Seconds that requests under way get to finish."""
START_WAIT = 30.0


@dataclass(frozen=True)
class Ready:
    """What the ready line says: where the sandbox is and how to sign in to it."""

    api_url: str
    backend_url: str
    console_url: str
    control_url: str
    account_sid: str
    auth_token: str = field(repr=False)
    service_sid: str

    def line(self) -> str:
        """Write the ready line, without its end."""
        return json.dumps({name: getattr(self, name) for name in _READY_NAMES})


_READY_NAMES = tuple(item.name for item in dataclasses.fields(Ready))


@dataclass(frozen=True)
class Running(Ready):
    """A sandbox in this process, with a client for it and its insides for tests."""

    client: SandboxClient = field(repr=False)
    sandbox: Sandbox = field(repr=False)


def _listen(port: int) -> socket.socket:
    # The protocol is named because asyncio switches Nagle's algorithm off only where it is: left
    # on, each answer (head and body are two packets) waits 40 ms for the client's late ACK.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let another program take the port as well
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        raise SandboxError(f"The sandbox can't listen on port {port}: {error}.") from error
    return listener


def _server(sandbox: Sandbox, ready: Callable[[], None]) -> Server:
    config = uvicorn.Config(
        create_app(sandbox),
        http=Connection,
        ws="none",
        lifespan="off",
        loop="asyncio",
        log_config=None,
        # Addresses hold identities, and the sample backend's even what a user typed.
        access_log=False,
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=STOP_WAIT,
        backlog=BACKLOG,
    )
    return Server(config, ready, sandbox.changes.close)


def _ready(sandbox: Sandbox, listener: socket.socket) -> Ready:
    base = f"http://{HOST}:{listener.getsockname()[1]}"
    return Ready(
        api_url=f"{base}/v2",
        backend_url=f"{base}/access-token",
        console_url=f"{base}/console",
        control_url=f"{base}/control",
        account_sid=sandbox.account_sid,
        auth_token=sandbox.auth_token,
        service_sid=sandbox.service_sid,
    )


def run(  # noqa: PLR0913 - what a sandbox can be told, each by name
    *,
    port: int = 0,
    state_dir: Path | None = None,
    database_url: str | None = None,
    settings: Settings | None = None,
    on_ready: Callable[[Ready], None] = lambda _: None,
    attended: Attended | None = None,
) -> int:
    """Run until SIGINT or SIGTERM, and give the exit status: 0, or 1 with a sentence on stderr.

    Must be called in the main thread. Writes one line to stdout once it listens, nothing else;
    `on_ready` is called right after.
    """
    try:
        with contextlib.ExitStack() as stack:
            listener = stack.enter_context(_listen(port))
            sandbox = open_sandbox(folder=state_dir, database_url=database_url, settings=settings)
            stack.callback(sandbox.close)
            stack.enter_context(sandbox.deliveries.running(sandbox))
            ready = _ready(sandbox, listener)
            base = ready.api_url.removesuffix("/v2")
            stack.enter_context((attended or Attended()).around(sandbox, base, ready.line()))
            server = _server(sandbox, lambda: _announce(ready, on_ready))
            stack.enter_context(_stopped_by_signals(server))
            server.run(sockets=[listener])
    except SandboxError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _announce(ready: Ready, on_ready: Callable[[Ready], None]) -> None:
    sys.stdout.write(ready.line() + "\n")
    sys.stdout.flush()
    on_ready(ready)


@contextlib.contextmanager
def _stopped_by_signals(server: Server) -> Iterator[None]:
    def stop(_number: int, _frame: object) -> None:
        server.stop()

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, stop) for number in signals]
    try:
        yield
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


@contextlib.contextmanager
def running(
    *,
    port: int = 0,
    state_dir: Path | None = None,
    database_url: str | None = None,
    settings: Settings | None = None,
    clock: Clock | None = None,
) -> Iterator[Running]:
    """Run a sandbox in a thread of this process for as long as the block lasts.

    Raises SandboxError when it can't start. Without `state_dir` or `database_url` it forgets all.
    """
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(_listen(port))
        sandbox = open_sandbox(
            folder=state_dir, database_url=database_url, settings=settings, clock=clock
        )
        stack.callback(sandbox.close)
        stack.enter_context(sandbox.deliveries.running(sandbox))
        stack.enter_context(_in_thread(sandbox, listener))
        ready = _ready(sandbox, listener)
        client = stack.enter_context(SandboxClient(ready.control_url, ready.auth_token))
        values = {name: getattr(ready, name) for name in _READY_NAMES}
        yield Running(**values, client=client, sandbox=sandbox)


@contextlib.contextmanager
def _in_thread(sandbox: Sandbox, listener: socket.socket) -> Iterator[None]:
    listening = threading.Event()
    server = _server(sandbox, listening.set)
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="countersign-sandbox", daemon=True
    )
    thread.start()
    try:
        if not listening.wait(START_WAIT):
            raise SandboxError("The sandbox did not start.")
        yield
    finally:
        server.stop()
        thread.join()
