"""What the control API answers, as the client types it."""

from __future__ import annotations

from typing import TypedDict


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


class FaultJson(TypedDict):
    """A fault that is on; `words` are for people, `count` is None until it is turned off."""

    id: int
    kind: str
    title: str
    words: str
    count: int | None
    every: int
    seconds: float | None
    callers: list[str]
    factor_sid: str | None
    method: str | None
    path: str | None
    app_should: str


class ScenarioJson(TypedDict):
    """A scenario, and what an app should make of it."""

    name: str
    title: str
    app_should: str
    needs_account: bool


class PlayedJson(TypedDict):
    """What playing a scenario did: the challenges sent, and what is on now."""

    scenario: ScenarioJson
    challenges: list[ChallengeJson]
    faults: list[FaultJson]
    clock: ClockJson


class RequestJson(TypedDict):
    """One request of the traffic log; status 0 where no answer was sent."""

    number: int
    time: str
    caller: str
    factor_sid: str | None
    method: str
    path: str
    status: int
    ms: float
    fault: str


class ServiceOfAccountJson(TypedDict):
    """A service as the list of accounts has it: enrol at its `backend_url`."""

    sid: str
    friendly_name: str
    backend_url: str


class AccountJson(TypedDict):
    """An account, without its token."""

    sid: str
    friendly_name: str
    services: list[ServiceOfAccountJson]


class NewAccountJson(AccountJson):
    """An account that was just made. Nothing shows its token again."""

    auth_token: str


class AttemptJson(TypedDict):
    """One try of a delivery: a status and the beginning of the answer, or an error."""

    number: int
    date: str
    took_ms: int
    status: int | None
    body: str | None
    error: str | None


class DeliveryJson(TypedDict):
    """One event for one webhook; `state` is pending, delivered, failed or cancelled."""

    id: int
    uuid: str
    event: str
    service_sid: str
    webhook_sid: str
    url: str
    parameters: dict[str, str]
    state: str
    reason: str | None
    date_created: str
    next_attempt: str | None
    redelivery_of: int | None
    attempts: list[AttemptJson]
