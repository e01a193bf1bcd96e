"""The resources in the control API's answers, as the client and its OpenAPI document type them."""

from __future__ import annotations

from typing import Literal, TypedDict


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


Status = Literal["pending", "approved", "denied", "expired"]


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
    status: Status
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
    status: Literal["unverified", "verified"]
    factor_type: str
    config: dict[str, str | None]
    metadata: dict[str, str] | None
    date_created: str
    date_updated: str
    url: str


class TemplateJson(TypedDict):
    """A ready-made request, to be sent under another `factor_sid`; `expires_in` is in seconds."""

    name: str
    message: str
    fields: list[FieldJson]
    hidden_details: dict[str, str]
    expires_in: int


class ClockJson(TypedDict):
    """The sandbox's clock: its time, and the seconds it is ahead of real time."""

    now: str
    offset: float


class FaultJson(TypedDict):
    """A fault that is on; `words` are for people, `count` is null until it is turned off."""

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


class FaultKindJson(TypedDict):
    """A kind of fault; `seconds` is its default, null where it takes none."""

    kind: str
    title: str
    app_should: str
    seconds: float | None


class ScenarioJson(TypedDict):
    """A scenario, and what an app should make of it."""

    name: str
    title: str
    app_should: str
    needs_account: bool


class RequestJson(TypedDict):
    """One request of the traffic log; status 0 where no answer was sent."""

    number: int
    time: str
    caller: Literal["device", "company", "backend", "control", "console"]
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


class CredentialsJson(TypedDict):
    """What signs in as the first company; the token is the control token, too."""

    account_sid: str
    auth_token: str
    service_sid: str


class StateJson(TypedDict):
    """Everything at a glance: the newest 100 challenges, newest first."""

    sandbox: Literal[True]
    api_url: str
    account_sid: str
    service_sid: str
    clock: ClockJson
    factors: list[FactorJson]
    challenges: list[ChallengeJson]


class PlayedJson(TypedDict):
    """What playing a scenario did: the challenges sent, and what is on now."""

    scenario: ScenarioJson
    challenges: list[ChallengeJson]
    faults: list[FaultJson]
    clock: ClockJson


class AttemptJson(TypedDict):
    """One try of a delivery: a status and the beginning of the answer, or an error."""

    number: int
    date: str
    took_ms: int
    status: int | None
    body: str | None
    error: str | None


class DeliveryJson(TypedDict):
    """One event for one webhook."""

    id: int
    uuid: str
    event: str
    service_sid: str
    webhook_sid: str
    url: str
    parameters: dict[str, str]
    state: Literal["pending", "delivered", "failed", "cancelled"]
    reason: str | None
    date_created: str
    next_attempt: str | None
    redelivery_of: int | None
    attempts: list[AttemptJson]


class EventJson(TypedDict):
    """One thing that happened to a challenge; `at` is in seconds since 1970, `code` a refusal's."""

    at: float
    kind: Literal["sent", "answered", "refused", "steered"]
    text: str
    code: int | None


class ExportedJson(TypedDict):
    """A challenge of a run: what it asked, and what became of it.

    `after` is how many seconds after the run's first one it was sent.
    """

    sid: str
    factor_sid: str
    identity: str
    date_created: str
    status: Status
    message: str
    fields: list[FieldJson]
    hidden_details: dict[str, str] | None
    expires_in: float
    after: float
    events: list[EventJson]


class ErrorJson(TypedDict):
    """A refusal; `status` is HTTP's, `code` Twilio's."""

    code: int
    message: str
    more_info: str
    status: int
