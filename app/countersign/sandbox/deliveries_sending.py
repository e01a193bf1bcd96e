"""One delivery over HTTP: signed, without redirects, with an end to its time and its answer."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING, Final

import httpx
import truststore

from countersign.sandbox import webhook_targets
from countersign.sandbox.deliveries import Outcome

if TYPE_CHECKING:
    from countersign.sandbox.deliveries import Job

TIMEOUT: Final = 10.0
"""Seconds that a receiver has for all of its answer (our choice)."""
EXCERPT: Final = 1_000
"""Bytes of the answer that are read and kept."""
NOT_LOOPBACK: Final = "Not sent: only loopback addresses are, unless the sandbox is told otherwise"
_HEADERS: Final = {
    # What is read is bounded as it comes; nothing to blow up behind it.
    "Accept-Encoding": "identity",
    "Content-Type": "application/x-www-form-urlencoded",
    "User-Agent": "Countersign-Sandbox",
}


def make_client() -> httpx.AsyncClient:
    """Make the client for all deliveries: no redirects, no proxies, no cookies to come back."""
    return httpx.AsyncClient(
        headers=_HEADERS,
        follow_redirects=False,
        timeout=TIMEOUT,
        trust_env=False,
        verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
    )


async def send(http: httpx.AsyncClient, job: Job, *, anywhere: bool) -> Outcome:
    """Make one attempt. Whatever goes wrong is an outcome, not an exception."""
    if not anywhere and not webhook_targets.is_loopback(job.url):
        return Outcome(0, error=NOT_LOOPBACK, final=True)
    start = time.perf_counter()
    status = body = error = None
    try:
        async with asyncio.timeout(TIMEOUT):
            status, body = await _post(http, job)
    except (TimeoutError, httpx.TimeoutException):
        error = f"No complete answer within {TIMEOUT:g} seconds"
    except (httpx.HTTPError, OSError, ValueError) as problem:
        error = f"{type(problem).__name__}: {problem}"[:EXCERPT]
    took = round((time.perf_counter() - start) * 1000)
    return Outcome(took, status, body, error)


async def _post(http: httpx.AsyncClient, job: Job) -> tuple[int, str]:
    signed = webhook_targets.signature(job.url, job.parameters, job.auth_token)
    headers = {webhook_targets.SIGNATURE: signed}
    http.cookies.clear()
    async with http.stream("POST", job.url, data=job.parameters, headers=headers) as response:
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) >= EXCERPT:
                break
        # PostgreSQL keeps no NUL.
        text = (
            bytes(body[:EXCERPT])
            .decode("utf-8", "replace")
            .replace("\0", "\N{REPLACEMENT CHARACTER}")
        )
        return response.status_code, text
