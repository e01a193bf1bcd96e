"""How the client speaks to a sandbox: one connection, one kind of error."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

TIMEOUT: Final = 10.0
"""Seconds for each part of a call."""


class SandboxClientError(Exception):
    """The sandbox refused a call; `code` is Twilio's and `status` HTTP's."""

    def __init__(self, message: str, *, code: int, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class ControlConnection:
    """A connection to one sandbox's control API. Close it, or use it in a `with` block.

    Each call raises SandboxClientError when refused, httpx.HTTPError when it can't be reached.
    """

    def __init__(self, control_url: str, auth_token: str | None) -> None:
        """Without the token (the auth token) it speaks as the sandbox's own page does."""
        origin = control_url.rstrip("/").removesuffix("/control")
        self._http = httpx.Client(
            headers={"X-Sandbox-Token": auth_token} if auth_token else {"Origin": origin},
            timeout=TIMEOUT,
            trust_env=False,  # loopback never goes through a proxy
            # There is no TLS on loopback; an empty context spares loading the system's CAs.
            verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        )
        self._url = control_url.rstrip("/")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _call(
        self,
        method: str,
        path: str,
        body: Mapping[str, object] | None = None,
        query: Mapping[str, str | int] | None = None,
    ) -> object:
        response = self._http.request(method, self._url + path, json=body, params=query)
        try:
            value: object = response.json()
        except ValueError:
            value = None
        if response.is_success:
            return value
        error = value if isinstance(value, dict) else {}
        raise SandboxClientError(
            str(error.get("message", "The sandbox gave no reason")),
            code=int(error.get("code", 0)),
            status=response.status_code,
        )
