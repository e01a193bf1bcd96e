"""One HTTP exchange: pooled, bounded in time and size, each failure turned into one of ours."""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Final

import httpx

from countersign import __version__
from countersign.push.address import host_of, is_loopback
from countersign.push.dates import parse_http_date
from countersign.push.errors import AnswerLostError, InputError, MappingError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_BODY: Final = 8 * 1024 * 1024
"""Bytes of an answer at most: a page of 100 challenges with 20 full fields is about 2 MiB."""

_CONNECT_TIMEOUT: Final = 10.0
_SILENCE: Final = 15.0
_DEADLINE: Final = 30.0
_KEEP_ALIVE: Final = 90.0  # longer than the slowest poll, so that a poll isn't a new TLS handshake
_MAX_RETRY_AFTER: Final = 24 * 3600.0

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
    """Two pools: one by the system's proxies and one that never uses any, for loopback.

    Certificates are checked against the system's store. Redirects are never followed: neither
    the API nor a backend sends any, and a token must not travel to where nobody pointed it.
    """

    def __init__(self, verify: Callable[[], ssl.SSLContext] | None = None) -> None:
        self._verify = verify or _system_trust
        self._pools: dict[bool, httpx.AsyncClient] = {}

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            await pool.aclose()
        self._pools.clear()

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
        pool = await self._pool(url)
        try:
            request = pool.build_request(
                method, url, data=dict(form) if form else None, headers=dict(headers or {})
            )
        except (httpx.InvalidURL, ValueError) as error:  # UnicodeError among them
            raise InputError(
                "not_sendable", "The request can't be written down, so nothing was sent."
            ) from error
        basic = httpx.BasicAuth(*auth) if auth else None
        try:
            async with asyncio.timeout(_DEADLINE):
                return await _exchange(pool, request, basic)
        except TimeoutError as error:
            raise _lost(host_of(url)) from error
        except httpx.HTTPError as error:
            raise network_error(error, host_of(url)) from error

    async def _pool(self, url: str) -> httpx.AsyncClient:
        direct = is_loopback(url)
        if direct not in self._pools:
            # Reading the certificates off the disk takes tens of milliseconds.
            context = await asyncio.to_thread(self._verify)
            if direct not in self._pools:
                self._pools[direct] = _new_pool(context, use_proxies=not direct)
        return self._pools[direct]


def _new_pool(context: ssl.SSLContext, *, use_proxies: bool) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        verify=context,
        trust_env=use_proxies,
        follow_redirects=False,
        # Else one account's cookie would come along with another's requests and link the two.
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=httpx.Timeout(_SILENCE, connect=_CONNECT_TIMEOUT),
        limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE),
        # Names the app, never the computer or its user.
        headers={"User-Agent": f"Countersign/{__version__}", "Accept": "application/json"},
    )


async def _exchange(
    pool: httpx.AsyncClient, request: httpx.Request, auth: httpx.BasicAuth | None
) -> Reply:
    response = await pool.send(request, auth=auth, stream=True)
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


def _system_trust() -> ssl.SSLContext:
    import truststore  # noqa: PLC0415 - 20 ms that nobody should pay before the first request

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
