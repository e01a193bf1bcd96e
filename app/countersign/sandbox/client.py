"""A client for a running sandbox: its control API, for tests and scripts. Needs httpx alone."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, TypedDict, cast

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Self

TIMEOUT = 10.0


class FieldJson(TypedDict):
    """One line of a challenge's details."""

    label: str
    value: str


class _Details(TypedDict):
    message: str
    fields: list[FieldJson]


class DetailsJson(_Details, total=False):
    """What a challenge asks; `date` only where the service includes it."""

    date: str


class ChallengeJson(TypedDict):
    """A challenge as the API writes it (protocol 1)."""

    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str
    identity: str
    factor_sid: str
    date_created: str
    date_updated: str
    date_responded: str | None
    expiration_date: str
    status: str
    responded_reason: str
    details: DetailsJson
    hidden_details: dict[str, str] | None
    metadata: dict[str, str] | None
    factor_type: str
    url: str
    links: dict[str, str]


class FactorJson(TypedDict):
    """A factor as the API writes it for a company (protocol 1)."""

    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str
    identity: str
    friendly_name: str
    status: str
    factor_type: str
    config: dict[str, str | None]
    metadata: dict[str, str] | None
    date_created: str
    date_updated: str
    url: str


class ClockJson(TypedDict):
    """The sandbox's clock: its time, and the seconds it is ahead of real time."""

    now: str
    offset: float


class StateJson(TypedDict):
    """Everything at a glance: the newest 100 challenges, newest first."""

    sandbox: bool
    api_url: str
    account_sid: str
    service_sid: str
    clock: ClockJson
    factors: list[FactorJson]
    challenges: list[ChallengeJson]


class SandboxClientError(Exception):
    """The sandbox refused a call; `code` is Twilio's and `status` HTTP's."""

    def __init__(self, message: str, *, code: int, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.status = status


class SandboxClient:
    """Talks to one sandbox. Close it, or use it in a `with` block.

    Each call raises SandboxClientError when refused, httpx.HTTPError when it can't be reached.
    """

    def __init__(self, control_url: str, auth_token: str) -> None:
        self._http = httpx.Client(
            headers={"X-Sandbox-Token": auth_token},
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

    def _call(self, method: str, path: str, body: Mapping[str, object] | None = None) -> object:
        response = self._http.request(method, self._url + path, json=body)
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

    def state(self) -> StateJson:
        """Give addresses, clock, factors and the newest challenges."""
        return cast("StateJson", self._call("GET", ""))

    def factors(self) -> list[FactorJson]:
        """Give all factors, oldest first."""
        return cast("dict[str, list[FactorJson]]", self._call("GET", "/factors"))["factors"]

    def create_challenge(  # noqa: PLR0913 - the parameters of a challenge, all but one by name
        self,
        factor_sid: str | None = None,
        *,
        identity: str | None = None,
        message: str = "Sign in?",
        fields: Sequence[FieldJson] = (),
        hidden_details: Mapping[str, str] | None = None,
        expires_in: float | None = None,
    ) -> ChallengeJson:
        """Send a challenge to a factor, or to the newest verified factor of an identity.

        The identity is the one stored or the one given to the sample backend; `expires_in` is in
        seconds, up to 3600, 300 if left out.
        """
        body = {
            "factor_sid": factor_sid,
            "identity": identity,
            "message": message,
            "fields": list(fields),
            "hidden_details": None if hidden_details is None else dict(hidden_details),
            "expires_in": expires_in,
        }
        return cast("ChallengeJson", self._call("POST", "/challenges", body))

    def challenge(self, sid: str) -> ChallengeJson:
        """Give a challenge as it stands."""
        return cast("ChallengeJson", self._call("GET", f"/challenges/{sid}"))

    def move_clock(self, seconds: float) -> ClockJson:
        """Put the sandbox's clock so far ahead of real time (behind it, if negative)."""
        return cast("ClockJson", self._call("POST", "/clock", {"offset": seconds}))

    def reset(self, *, everything: bool = False) -> None:
        """Forget all challenges; with `everything` the accounts too, and set the clock right."""
        self._call("POST", "/reset", {"everything": everything})
