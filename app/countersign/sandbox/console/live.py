"""Server-sent events: an open console hears at once that it should look anew."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from starlette.requests import Request

    from countersign.sandbox.changes import Changes

PING: Final = 15.0
"""Seconds without news after which the stream says that it lives."""
QUIET: Final = 0.15
"""Seconds between two pieces of news: a burst of changes is one."""
MAX_STREAMS: Final = 64


async def news(changes: Changes) -> AsyncIterator[str]:
    """Give events for as long as the sandbox runs; the first one at once."""
    seen = -1
    yield "retry: 1000\n\n"
    while True:
        version = await changes.wait(seen, PING)
        if changes.closed:
            return
        yield ": still here\n\n" if version == seen else f"event: changed\ndata: {version}\n\n"
        seen = version
        await asyncio.sleep(QUIET)


def endpoint(changes: Changes) -> Callable[[Request], Awaitable[Response]]:
    """Make GET /console/changes."""
    open_streams = 0

    async def counted() -> AsyncIterator[str]:
        nonlocal open_streams
        open_streams += 1
        try:
            async for event in news(changes):
                yield event
        finally:
            open_streams -= 1

    async def stream(_request: Request) -> Response:
        if open_streams >= MAX_STREAMS:
            return Response(status_code=503)
        return StreamingResponse(counted(), media_type="text/event-stream")

    return stream
