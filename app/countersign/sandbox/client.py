"""A client for a running sandbox: its control API, for tests and scripts. Needs httpx alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import quote

from countersign.sandbox.client_challenges import Challenges
from countersign.sandbox.client_http import SandboxClientError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.sandbox.client_answers import (
        AccountsJson,
        DeliveriesJson,
        FactorsJson,
        FaultsJson,
        ScenariosJson,
        TrafficJson,
    )
    from countersign.sandbox.client_types import (
        AccountJson,
        ClockJson,
        CredentialsJson,
        DeliveryJson,
        FactorJson,
        FaultJson,
        FaultKindJson,
        NewAccountJson,
        PlayedJson,
        RequestJson,
        ScenarioJson,
        StateJson,
    )

__all__ = ["SandboxClient", "SandboxClientError"]


class SandboxClient(Challenges):
    """All of the control API. Close it, or use it in a `with` block.

    Each call raises SandboxClientError when refused, httpx.HTTPError when it can't be reached.
    """

    def state(self) -> StateJson:
        """Give addresses, clock, factors and the newest challenges."""
        return cast("StateJson", self._call("GET", ""))

    def openapi(self) -> dict[str, object]:
        """Give the control API's OpenAPI document."""
        return cast("dict[str, object]", self._call("GET", "/openapi.json"))

    def credentials(self) -> CredentialsJson:
        """Give what signs in as the first company, the auth token included."""
        return cast("CredentialsJson", self._call("POST", "/credentials"))

    def accounts(self) -> list[AccountJson]:
        """Give all accounts with their services, oldest first."""
        return cast("AccountsJson", self._call("GET", "/accounts"))["accounts"]

    def create_account(self, friendly_name: str = "Sandbox account") -> NewAccountJson:
        """Make an account with a service: another company, which sees nothing of the others."""
        body = {"friendly_name": friendly_name}
        return cast("NewAccountJson", self._call("POST", "/accounts", body))

    def factors(self) -> list[FactorJson]:
        """Give all factors, oldest first."""
        return cast("FactorsJson", self._call("GET", "/factors"))["factors"]

    def move_clock(self, seconds: float) -> ClockJson:
        """Put the sandbox's clock so far ahead of real time (behind it, if negative)."""
        return cast("ClockJson", self._call("POST", "/clock", {"offset": seconds}))

    def reset(self, *, everything: bool = False) -> None:
        """Forget all challenges; with `everything` the accounts too, and set the clock right."""
        self._call("POST", "/reset", {"everything": everything})

    def deliveries(
        self,
        *,
        webhook_sid: str | None = None,
        event: str | None = None,
        state: str | None = None,
        limit: int = 100,
    ) -> list[DeliveryJson]:
        """Give the newest webhook deliveries, newest first, up to 1,000; all or some alone."""
        given = {"webhook_sid": webhook_sid, "event": event, "state": state}
        only = {name: value for name, value in given.items() if value is not None}
        found = self._call("GET", "/deliveries", query={**only, "limit": limit})
        return cast("DeliveriesJson", found)["deliveries"]

    def delivery(self, delivery_id: int) -> DeliveryJson:
        """Give one delivery with its attempts."""
        return cast("DeliveryJson", self._call("GET", f"/deliveries/{delivery_id}"))

    def redeliver(self, delivery_id: int) -> DeliveryJson:
        """Send an event again, as a delivery of its own, to where its webhook points now."""
        return cast("DeliveryJson", self._call("POST", f"/deliveries/{delivery_id}/redeliver"))

    def faults(self) -> list[FaultJson]:
        """Give the faults that are on, oldest first."""
        return cast("FaultsJson", self._call("GET", "/faults"))["faults"]

    def fault_kinds(self) -> list[FaultKindJson]:
        """Give all kinds of faults, and what an app should make of each."""
        return cast("FaultsJson", self._call("GET", "/faults"))["kinds"]

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

        The kinds are those of `fault_kinds`; `path` is a pattern with `*`.
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
        return cast("ScenariosJson", self._call("GET", "/scenarios"))["scenarios"]

    def play(self, scenario: str, *, factor_sid: str | None = None, count: int = 1) -> PlayedJson:
        """Play a scenario, for a factor or the newest account."""
        body = {"factor_sid": factor_sid, "count": count}
        path = f"/scenarios/{quote(scenario, safe='')}"
        return cast("PlayedJson", self._call("POST", path, body))

    def traffic(
        self,
        after: int = 0,
        *,
        limit: int = 2_000,
        caller: str = "",
        only: Literal["", "errors", "faults"] = "",
        find: str = "",
    ) -> list[RequestJson]:
        """Give the newest requests after that number, oldest first; all or some alone."""
        given = {"caller": caller, "only": only, "find": find}
        some = {name: value for name, value in given.items() if value}
        found = self._call("GET", "/traffic", query={"after": after, "limit": limit, **some})
        return cast("TrafficJson", found)["traffic"]
