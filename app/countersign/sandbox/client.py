"""A client for a running sandbox: its control API, for tests and scripts. Needs httpx alone."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from countersign.sandbox.client_types import (
        AccountJson,
        ChallengeJson,
        ClockJson,
        DeliveryJson,
        FactorJson,
        FaultJson,
        FieldJson,
        NewAccountJson,
        PlayedJson,
        RequestJson,
        ScenarioJson,
        StateJson,
    )

TIMEOUT = 10.0


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

    def deliveries(self) -> list[DeliveryJson]:
        """Give the newest 100 webhook deliveries, newest first."""
        value = self._call("GET", "/deliveries")
        return cast("dict[str, list[DeliveryJson]]", value)["deliveries"]

    def redeliver(self, delivery_id: int) -> DeliveryJson:
        """Send an event again, as a delivery of its own, to where its webhook points now."""
        return cast("DeliveryJson", self._call("POST", f"/deliveries/{delivery_id}/redeliver"))

    def move_clock(self, seconds: float) -> ClockJson:
        """Put the sandbox's clock so far ahead of real time (behind it, if negative)."""
        return cast("ClockJson", self._call("POST", "/clock", {"offset": seconds}))

    def reset(self, *, everything: bool = False) -> None:
        """Forget all challenges; with `everything` the accounts too, and set the clock right."""
        self._call("POST", "/reset", {"everything": everything})

    def faults(self) -> list[FaultJson]:
        """Give the faults that are on, oldest first."""
        return cast("dict[str, list[FaultJson]]", self._call("GET", "/faults"))["faults"]

    def fault(  # noqa: PLR0913 - whom a fault hits and how, each by name
        self,
        kind: str,
        *,
        count: int | None = 1,
        every: int = 1,
        seconds: float | None = None,
        callers: Sequence[str] = ("device",),
        factor_sid: str | None = None,
        method: str | None = None,
        path: str | None = None,
    ) -> FaultJson:
        """Turn a fault on, for the next `count` requests, or until off if that is None.

        The kinds are those of `GET /control/faults`; `path` is a pattern with `*`.
        """
        body = {
            "kind": kind,
            "count": count,
            "every": every,
            "seconds": seconds,
            "callers": list(callers),
            "factor_sid": factor_sid,
            "method": method,
            "path": path,
        }
        return cast("FaultJson", self._call("POST", "/faults", body))

    def clear_faults(self, fault_id: int | None = None) -> None:
        """Turn one fault off, or all."""
        self._call("DELETE", "/faults" if fault_id is None else f"/faults/{fault_id}")

    def scenarios(self) -> list[ScenarioJson]:
        """Give all scenarios."""
        return cast("dict[str, list[ScenarioJson]]", self._call("GET", "/scenarios"))["scenarios"]

    def play(self, scenario: str, *, factor_sid: str | None = None, count: int = 1) -> PlayedJson:
        """Play a scenario, for a factor or the newest account."""
        body = {"factor_sid": factor_sid, "count": count}
        return cast("PlayedJson", self._call("POST", f"/scenarios/{quote(scenario)}", body))

    def traffic(self, after: int = 0, *, limit: int = 2_000) -> list[RequestJson]:
        """Give the newest requests after that number, oldest first."""
        found = self._call("GET", f"/traffic?after={after}&limit={limit}")
        return cast("dict[str, list[RequestJson]]", found)["traffic"]

    def accounts(self) -> list[AccountJson]:
        """Give all accounts with their services, oldest first."""
        return cast("dict[str, list[AccountJson]]", self._call("GET", "/accounts"))["accounts"]

    def create_account(self, friendly_name: str = "Sandbox account") -> NewAccountJson:
        """Make an account with a service: another company, which sees nothing of the others."""
        body = {"friendly_name": friendly_name}
        return cast("NewAccountJson", self._call("POST", "/accounts", body))
