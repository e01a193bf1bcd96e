"""One HTTP exchange: pooled, bounded in time and size, each failure turned into one of ours."""

from __future__ import annotations

import asyncio
import logging
import ssl
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from countersign.push import wire_log
from countersign.push.address import host_of, is_loopback
from countersign.push.dates import parse_http_date
from countersign.push.errors import AnswerLostError, InputError, MappingError, NetworkError
from countersign.push.pools import Pools
from countersign.push.route import Route

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countersign.push.pools import Pool

MAX_BODY: Final = 8 * 1024 * 1024
"""Bytes of an answer at most: a page of 100 challenges with 20 full fields is about 2 MiB."""

_DEADLINE: Final = 30.0
_MAX_RETRY_AFTER: Final = 24 * 3600.0

_log = logging.getLogger(__name__)

FORM: Final = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, whatever its status; `date` is the server's clock in POSIX seconds."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    date: float | None
    retry_after: float | None

    @property
    def ok(self) -> bool:
        """True for 2xx."""
        return 200 <= self.status < 300  # noqa: PLR2004 - that is what 2xx means


class Http:
    """Two pools: one by the proxies of a route and one that never uses any, for loopback.

    Certificates are checked against the system's store, and the route's file beside it. Redirects
    are never followed: neither the API nor a backend sends any, and a token must not travel to
    where nobody pointed it. `verify` replaces the system's store in tests.
    """

    def __init__(
        self, verify: Callable[[], ssl.SSLContext] | None = None, route: Route | None = None
    ) -> None:
        self._pools = Pools(verify, route or Route())

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pools.aclose()

    async def reconfigure(self, route: Route) -> None:
        """Go another way from the next request on; what is under way ends on the old one."""
        await self._pools.reroute(route)

    async def send(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Send one request and return the whole answer.

        Raises NetworkError where it surely never reached the server, AnswerLostError where it
        may have, MappingError where the answer is larger than MAX_BODY, InputError where a text
        in it can't be sent (a host that is none, half a surrogate pair, a header beyond ASCII).
        """
        async with self._pools.using(url) as pool:
            try:
                request = pool.client.build_request(
                    method, url, data=dict(form) if form else None, headers=dict(headers or {})
                )
            except (httpx.InvalidURL, ValueError) as error:  # UnicodeError among them
                raise InputError(
                    "not_sendable", "The request can't be written down, so nothing was sent."
                ) from error
            basic = httpx.BasicAuth(*auth) if auth else None
            begun = time.monotonic()
            try:
                async with asyncio.timeout(_DEADLINE):
                    reply = await _exchange(pool.client, request, basic)
            except TimeoutError as error:
                wire_log.note(method, url, form or (), "no answer in time")
                raise _noted(_lost(host_of(url)), url) from error
            except httpx.HTTPError as error:
                wire_log.note(method, url, form or (), type(error).__name__)
                ours = _explained(network_error(error, host_of(url)), error, pool, url)
                raise _noted(ours, url) from error
        _log.debug("%s answered %d", host_of(url), reply.status)
        took = round(1000 * (time.monotonic() - begun))
        wire_log.note(
            method, url, form or (), f"{reply.status}, {len(reply.body)} bytes, {took} ms"
        )
        return reply


async def _exchange(
    client: httpx.AsyncClient, request: httpx.Request, auth: httpx.BasicAuth | None
) -> Reply:
    response = await client.send(request, auth=auth, stream=True)
    try:
        body = bytearray()
        # Read to the end or closed by hand: an abandoned generator would outlive this call.
        chunks = response.aiter_bytes()
        try:
            async for chunk in chunks:
                body += chunk
                if len(body) > MAX_BODY:
                    raise MappingError(
                        "answer_too_large", "The answer was too large, so it wasn't used."
                    )
        finally:
            await chunks.aclose()  # type: ignore[attr-defined]  # an async generator, typed as less
    finally:
        await response.aclose()
    date = parse_http_date(response.headers.get("date"))
    return Reply(
        status=response.status_code,
        headers=response.headers,
        body=bytes(body),
        date=date,
        retry_after=parse_retry_after(response.headers.get("retry-after"), date),
    )


def parse_retry_after(text: str | None, now: float | None = None) -> float | None:
    """Return a Retry-After header in seconds from now, a day at most (RFC 9110, 10.2.3).

    `now` is the answer's own Date: a date in the header is by the server's clock, and this
    computer's may be hours off.
    """
    if text is None:
        return None
    digits = text.strip()
    if digits.isascii() and digits.isdigit():
        return min(float(digits), _MAX_RETRY_AFTER)  # `text` may end in what only strip() takes off
    when = parse_http_date(text)
    if when is None:
        return None
    return min(max(0.0, when - (time.time() if now is None else now)), _MAX_RETRY_AFTER)


def network_error(error: httpx.HTTPError, host: str) -> NetworkError:
    """Say in our terms what httpx ran into: the one place that knows its tree.

    What happened before the request left is a plain NetworkError; whatever may have happened
    after it is an AnswerLostError, since the server may have acted.
    """
    if isinstance(error, httpx.ConnectTimeout | httpx.PoolTimeout):
        return _unreachable(host)
    if isinstance(error, httpx.ProxyError):
        return NetworkError(
            "proxy", f"The proxy refused the connection to {host}.", "Check the proxy's settings."
        )
    if isinstance(error, httpx.ConnectError):
        return _untrusted(host) if _is_certificate(error) else _unreachable(host)
    if isinstance(error, httpx.UnsupportedProtocol | httpx.LocalProtocolError):
        return NetworkError("not_sent", f"The request to {host} couldn't be made.")
    return _lost(host)


def _is_certificate(error: BaseException | None) -> bool:
    """Tell a refused TLS handshake from a port where nobody listens."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _unreachable(host: str) -> NetworkError:
    return NetworkError(
        "unreachable", f"Can't reach {host}.", "Check the address and your connection."
    )


def _untrusted(host: str) -> NetworkError:
    return NetworkError(
        "certificate",
        f"The connection to {host} isn't safe, so nothing was sent.",
        "Tell whoever gave you this account.",
    )


def _lost(host: str) -> AnswerLostError:
    return AnswerLostError(
        "answer_lost",
        f"The connection to {host} broke before its answer came.",
        "Check your connection and try again.",
    )


def _noted(error: NetworkError, url: str) -> NetworkError:
    """Log it by name: addresses hold IDs in their paths, and hosts alone tell what is wrong."""
    _log.info("%s: %s", host_of(url), error.name)
    return error


def _explained(error: NetworkError, cause: httpx.HTTPError, pool: Pool, url: str) -> NetworkError:
    """Say where it lies in the settings, if it does: only there can the user mend it."""
    if error.name == "certificate" and pool.ca_problem is not None:
        error.hint = pool.ca_problem.message
    # Whoever goes through a proxy connects to nobody else.
    by_proxy = isinstance(cause, httpx.ConnectError) and not is_loopback(url)
    if by_proxy and pool.route.proxy and error.name == "unreachable":
        hint = "Check it in Settings, and your connection."
        return NetworkError("proxy", f"Can't reach the proxy {host_of(pool.route.proxy)}.", hint)
    return error
