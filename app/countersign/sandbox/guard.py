"""What stands before every request: who may reach a server on loopback, and what time it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from countersign.sandbox.call import refuse
from countersign.sandbox.dates import http_date
from countersign.sandbox.errors import ApiError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from countersign.sandbox.clock import Clock

HOSTS = ("127.0.0.1", "localhost", "[::1]")
HTTP_PORT = 80
CONSOLE = "/console"
SIGN_IN = "/sign-in"
_PAGES = (CONSOLE, SIGN_IN)
_READING = frozenset({"GET", "HEAD"})
_OWN_SITE = frozenset({"same-origin", "none"})


class Guard:
    """ASGI middleware: refuses what a browser was talked into, dates every answer.

    A page elsewhere could otherwise reach us by a name that it points to 127.0.0.1 (Host), or post
    a form (Origin), or, as the sample backend takes GET, just embed an image (Sec-Fetch-Site).
    """

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Date"] = http_date(self._clock.now())
                headers["Cache-Control"] = "no-store"
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        problem = _problem(scope)
        if problem is None:
            await self._app(scope, receive, dated)
        else:
            await refuse(problem).response()(scope, receive, dated)


def _problem(scope: Scope) -> ApiError | None:
    reason = _foreign(scope)
    if reason is not None:
        return ApiError(20403, reason)
    # Nothing of ours is called so, and PostgreSQL can't even be asked for it.
    return ApiError(20404) if "\0" in scope["path"] else None


def _foreign(scope: Scope) -> str | None:
    headers = Headers(scope=scope)
    host = headers.get("host", "").lower()
    port: int = (scope.get("server") or ("", 0))[1]
    names = {f"{name}:{port}" for name in HOSTS} | (set(HOSTS) if port == HTTP_PORT else set())
    if host not in names:
        return "The sandbox answers to its own loopback address alone"
    reading = scope["method"] in _READING
    origin = headers.get("origin")
    if origin is not None and not reading and origin.lower() != f"http://{host}":
        return "The sandbox takes no changes from other sites"
    # A link to one of our pages from elsewhere is fine: looking changes nothing.
    harmless = reading and scope["path"].startswith(_PAGES)
    if not harmless and headers.get("sec-fetch-site", "none") not in _OWN_SITE:
        return "The sandbox takes no requests from other sites"
    return None
