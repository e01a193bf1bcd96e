"""Between the server and the application: what is sent, how long it took, when the line breaks."""

from __future__ import annotations

import asyncio
import contextlib
import enum
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from starlette.datastructures import MutableHeaders
from typing_extensions import override
from uvicorn.protocols.http.h11_impl import H11Protocol

from countersign.sandbox import callers
from countersign.sandbox.dates import http_date

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from countersign.sandbox.callers import Seen
    from countersign.sandbox.state import Sandbox

_NOTE: Final = "countersign.note"
_LINE: Final = "countersign.line"
_ITS_OWN_PAGES: Final = ("/console", "/control/traffic")


class Ending(enum.Enum):
    """How much of an answer gets out."""

    WHOLE = enum.auto()
    NOTHING = enum.auto()
    HALF = enum.auto()


@dataclass(slots=True)
class Note:
    """What the application found out about a request, for the wire to act on."""

    seen: Seen | None = None
    fault: str = ""
    date: float | None = None
    """The time that the answer's Date claims; None: the sandbox's clock."""
    ending: Ending = Ending.WHOLE
    hold: float = 0.0
    """Seconds that the answer is held back."""


def note_of(scope: Scope) -> Note:
    """Give a request's note."""
    return cast("Note", scope[_NOTE])


class Line(Protocol):
    """A connection that can be hung up on."""

    held: bool
    """A request waits on purpose: stopping the server hangs up at once."""

    def hang_up(self) -> None:
        """Close the connection as soon as all that was written is on its way."""


class Connection(H11Protocol):
    """uvicorn's connection, which the application can break off: ASGI has no word for that."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own business
        super().__init__(*args, **kwargs)
        self.held = False
        self.app_state = {**self.app_state, _LINE: self}

    def hang_up(self) -> None:
        """Close the connection as soon as all that was written is on its way."""
        self.transport.close()

    @override
    def shutdown(self) -> None:
        if self.held:
            self.hang_up()
        else:
            super().shutdown()


class Wire:
    """ASGI middleware, the outermost: logs each request, and lets faults break the connection.

    Needs `Connection` as the server's protocol wherever a fault breaks or delays.
    """

    def __init__(self, app: ASGIApp, sandbox: Sandbox) -> None:
        self._app = app
        self._sandbox = sandbox

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        note = scope[_NOTE] = Note()
        began = time.perf_counter()

        async def spoiled(message: Message) -> None:
            if message["type"] == "http.response.start":
                if note.hold:
                    await _hold(scope, receive, note.hold)
                self._log(scope, note, message["status"], time.perf_counter() - began)
                if note.date is not None:
                    MutableHeaders(scope=message)["Date"] = http_date(note.date)
            await _send(message, note.ending, send)

        await self._app(scope, receive, spoiled)
        if note.ending is not Ending.WHOLE:
            _line(scope).hang_up()
            await _gone(receive)

    def _log(self, scope: Scope, note: Note, status: int, seconds: float) -> None:
        seen = note.seen or callers.Seen(
            callers.kind(scope), None, callers.method(scope), callers.UNKNOWN_PATH
        )
        if seen.method == "GET" and _is_own(seen, scope["path"]):
            return
        sent = 0 if note.ending is Ending.NOTHING else status
        at = self._sandbox.clock.now()
        self._sandbox.traffic.add(at, seen, sent, seconds * 1000, note.fault)
        if seen.caller not in {"console", "control"}:
            self._sandbox.changes.bump()


def _is_own(seen: Seen, path: str) -> bool:
    # What the console reads to show the traffic would drown it, and wake the console again.
    return seen.caller == "console" or path.startswith(_ITS_OWN_PAGES)


async def _send(message: Message, ending: Ending, send: Send) -> None:
    if ending is Ending.NOTHING:
        return
    if ending is Ending.HALF and message["type"] == "http.response.body":
        body = message.get("body", b"")
        # More is announced than ever comes.
        message = {**message, "body": body[: len(body) // 2], "more_body": True}
    await send(message)


async def _hold(scope: Scope, receive: Receive, seconds: float) -> None:
    """Wait, unless the client leaves or the sandbox stops."""
    line = _line(scope)
    line.held = True
    try:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await _gone(receive)
    finally:
        line.held = False


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _line(scope: Scope) -> Line:
    return cast("Line", scope["state"][_LINE])
