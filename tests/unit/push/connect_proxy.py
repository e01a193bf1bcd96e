"""A proxy as companies have it: it takes CONNECT, and passes bytes on to one server of ours."""

from __future__ import annotations

import asyncio
import contextlib
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator


@dataclass
class ConnectProxy:
    """Whatever host is asked for, `upstream` is who answers; `asked` are the hosts."""

    upstream: str
    url: str = ""
    asked: list[str] = field(default_factory=list)


@asynccontextmanager
async def proxying(upstream: str, tls: ssl.SSLContext | None = None) -> AsyncIterator[ConnectProxy]:
    """Run a proxy on a free port of 127.0.0.1; what is under way at the end is cut."""
    proxy = ConnectProxy(upstream)
    at_work: set[asyncio.Task[None]] = set()

    def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(_serve(proxy, reader, writer))
        at_work.add(task)
        task.add_done_callback(at_work.discard)

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    scheme = "https" if tls else "http"
    proxy.url = f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield proxy
    finally:
        server.close()
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        await server.wait_closed()


async def _serve(
    proxy: ConnectProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, _ = head.split(b" ", 2)
    assert method == b"CONNECT"
    proxy.asked.append(target.decode())
    there = urlsplit(proxy.upstream)
    far_reader, far_writer = await asyncio.open_connection(there.hostname, there.port)
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    try:
        async with asyncio.TaskGroup() as both:
            both.create_task(_pass(reader, far_writer))
            both.create_task(_pass(far_reader, writer))
    finally:
        for end in (writer, far_writer):
            end.transport.abort()


async def _pass(source: asyncio.StreamReader, goal: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await source.read(65536):
            goal.write(data)
            await goal.drain()
    goal.close()
