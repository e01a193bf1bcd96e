"""Connections that are kept: one pool by the proxy that is set, one for loopback without any."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Final

import httpx

from countersign import __version__
from countersign.push.address import is_loopback
from countersign.push.errors import InputError, NetworkError
from countersign.push.route import Route
from countersign.push.trust import read_certificates, system_trust

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable

_CONNECT_TIMEOUT: Final = 10.0
_SILENCE: Final = 15.0
_KEEP_ALIVE: Final = 90.0  # longer than the slowest poll, so that a poll isn't a new TLS handshake
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Pool:
    """One client; `ca_problem` is why the certificate file that is set isn't used."""

    client: httpx.AsyncClient
    route: Route
    ca_problem: InputError | None
    users: int = 0
    retired: bool = False


class Pools:
    """Made at their first use, since reading the certificates takes tens of milliseconds."""

    def __init__(self, verify: Callable[[], ssl.SSLContext] | None, route: Route) -> None:
        self._verify = verify or system_trust
        self._route = route
        self._pools: dict[bool, Pool] = {}
        self._retired: set[Pool] = set()

    async def aclose(self) -> None:
        """Close all connections, those in use too."""
        pools = [*self._pools.values(), *self._retired]
        self._pools.clear()
        self._retired.clear()
        for pool in pools:
            await pool.client.aclose()

    async def reroute(self, route: Route) -> None:
        """Go another way from the next request on; what is under way ends on the old one."""
        if route == self._route:
            return
        self._route = route
        old = list(self._pools.values())
        self._pools.clear()
        for pool in old:
            pool.retired = True
            self._retired.add(pool)
        for pool in old:
            await self._close_unused(pool)

    @asynccontextmanager
    async def using(self, url: str) -> AsyncIterator[Pool]:
        """Give the pool for an address; raises NetworkError where the system's proxy is no use."""
        pool = await self._pool(direct=is_loopback(url))
        pool.users += 1
        try:
            yield pool
        finally:
            pool.users -= 1
            await self._close_unused(pool)

    async def _pool(self, *, direct: bool) -> Pool:
        while direct not in self._pools:
            route = self._route
            context, problem = await asyncio.to_thread(_context, self._verify, route.ca_file)
            if direct not in self._pools and route is self._route:  # neither changed meanwhile
                client = _client(context, Route("") if direct else route)
                self._pools[direct] = Pool(client, route, problem)
        return self._pools[direct]

    async def _close_unused(self, pool: Pool) -> None:
        if pool.retired and not pool.users and pool in self._retired:
            self._retired.discard(pool)
            await pool.client.aclose()


def _context(
    verify: Callable[[], ssl.SSLContext], ca_file: str
) -> tuple[ssl.SSLContext, InputError | None]:
    """Return what to trust; a file that is no use takes away its own certificates alone. Blocks."""
    context = verify()
    if not ca_file:
        return context, None
    try:
        context.load_verify_locations(cadata=read_certificates(ca_file))
    except InputError as error:
        _log.info("the certificate file isn't used: %s", error.name)
        return context, error
    return context, None


def _client(context: ssl.SSLContext, route: Route) -> httpx.AsyncClient:
    more: dict[str, Any] = {"trust_env": route.proxy is None}
    if route.proxy:
        tls = context if route.proxy.startswith("https:") else None
        more["proxy"] = httpx.Proxy(route.proxy, ssl_context=tls)
    try:
        return httpx.AsyncClient(
            verify=context,
            follow_redirects=False,
            # Else one account's cookie would come along with another's requests and link the two.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(_SILENCE, connect=_CONNECT_TIMEOUT),
            limits=httpx.Limits(keepalive_expiry=_KEEP_ALIVE),
            # Names the app, never the computer or its user.
            headers={"User-Agent": f"Countersign/{__version__}", "Accept": "application/json"},
            **more,
        )
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        # ImportError is how httpx says SOCKS. The text of either quotes the address, and with it
        # perhaps a password.
        raise NetworkError(
            "proxy",
            "The proxy that this system names can't be used, so nothing was sent.",
            "Choose another one, or none, in Settings.",
        ) from error
