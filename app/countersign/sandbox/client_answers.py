"""The control API's answers as a whole, as the client and its OpenAPI document type them."""

# Without lazy annotations: the document is made of what these name.
from typing import Literal, TypedDict

from countersign.sandbox.client_types import (
    AccountJson,
    ChallengeJson,
    DeliveryJson,
    ExportedJson,
    FactorJson,
    FaultJson,
    FaultKindJson,
    RequestJson,
    ScenarioJson,
    TemplateJson,
)


class FactorsJson(TypedDict):
    """All factors, oldest first."""

    factors: list[FactorJson]


class ChallengesJson(TypedDict):
    """The challenges that a call sent, in that order."""

    challenges: list[ChallengeJson]


class ReplayedJson(ChallengesJson):
    """What of a run was sent already, and how many of its challenges wait for their time."""

    waiting: int


class ReplayJson(TypedDict):
    """What of a replay is still to come, when the next is due, and how many could not be sent."""

    waiting: int
    next: str | None
    failed: int


class TemplatesJson(TypedDict):
    """All ready-made requests."""

    templates: list[TemplateJson]


class AccountsJson(TypedDict):
    """All accounts, oldest first."""

    accounts: list[AccountJson]


class DeliveriesJson(TypedDict):
    """Deliveries of webhooks, newest first."""

    deliveries: list[DeliveryJson]


class FaultsJson(TypedDict):
    """The faults that are on, oldest first, and all kinds."""

    faults: list[FaultJson]
    kinds: list[FaultKindJson]


class ScenariosJson(TypedDict):
    """All scenarios."""

    scenarios: list[ScenarioJson]


class TrafficJson(TypedDict):
    """Requests, oldest first, and the number of the newest there is."""

    traffic: list[RequestJson]
    last: int


class ResetJson(TypedDict):
    """What was forgotten: with `everything` the accounts on the devices, too."""

    everything: bool


class RunJson(TypedDict):
    """A run to keep or to replay: the newest challenges, oldest first. No secrets."""

    sandbox_run: Literal[1]
    exported: str
    clock_offset: float
    factors: list[FactorJson]
    challenges: list[ExportedJson]
