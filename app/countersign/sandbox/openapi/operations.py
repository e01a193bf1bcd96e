"""Every control call, for its OpenAPI document. A test holds it to the routes, both ways."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from msgspec import Meta

from countersign.sandbox import client_answers as answers
from countersign.sandbox import client_types as types
from countersign.sandbox import control_faults, control_webhooks, replay
from countersign.sandbox.openapi import bodies
from countersign.sandbox.openapi.operation import Operation, Parameter, whole
from countersign.sandbox.traffic import KEPT

_TEXT: Final = Annotated[str, Meta(max_length=64)]
_CALLER: Final = Literal["device", "company", "backend", "control", "console"]
_ONLY: Final = Literal["errors", "faults"]
_FIND: Final = Annotated[str, Meta(max_length=control_faults.MAX_FIND)]
_SENDING: Final = (20404, 60318)
"""Refusals of whatever sends to a factor: it isn't there, it isn't verified."""

STATE: Final = (
    Operation(
        "GET",
        "/control",
        "state",
        "Addresses, clock, factors, the newest 100 challenges",
        types.StateJson,
    ),
    Operation(
        "POST", "/control/credentials", "credentials", "The first company's", types.CredentialsJson
    ),
    Operation(
        "POST",
        "/control/clock",
        "move_clock",
        "Put the clock ahead of real time, or behind",
        types.ClockJson,
        body=bodies.ClockBody,
        needed=True,
    ),
    Operation(
        "POST",
        "/control/reset",
        "reset",
        "Forget challenges and deliveries, or all but accounts, services and webhooks",
        answers.ResetJson,
        body=bodies.ResetBody,
    ),
    Operation(
        "GET", "/control/accounts", "accounts", "All accounts; no tokens", answers.AccountsJson
    ),
    Operation(
        "POST",
        "/control/accounts",
        "create_account",
        "Another company, with a service; its token is shown here alone",
        types.NewAccountJson,
        201,
        bodies.AccountBody,
    ),
    Operation("GET", "/control/factors", "factors", "All factors", answers.FactorsJson),
    Operation("GET", "/control/openapi.json", "openapi", "This document", dict[str, Any]),
)

CHALLENGES: Final = (
    Operation(
        "POST",
        "/control/challenges",
        "create_challenge",
        "Send a request",
        types.ChallengeJson,
        201,
        bodies.ChallengeBody,
        needed=True,
        codes=_SENDING,
    ),
    Operation(
        "POST",
        "/control/bursts",
        "create_challenges",
        "Send a request several times at once",
        answers.ChallengesJson,
        201,
        bodies.BurstBody,
        needed=True,
        codes=_SENDING,
    ),
    Operation(
        "POST",
        "/control/again",
        "send_again",
        "Send a request once more, as a new one",
        answers.ChallengesJson,
        201,
        bodies.AgainBody,
        codes=_SENDING,
    ),
    Operation(
        "POST",
        "/control/samples",
        "create_samples",
        "Send one request in each state",
        answers.ChallengesJson,
        201,
        bodies.SamplesBody,
        codes=_SENDING,
    ),
    Operation(
        "GET", "/control/templates", "templates", "Ready-made requests", answers.TemplatesJson
    ),
    Operation(
        "GET",
        "/control/challenges/{sid}",
        "challenge",
        "A request as it stands",
        types.ChallengeJson,
        codes=(20404,),
    ),
    Operation(
        "DELETE",
        "/control/challenges/{sid}",
        "delete_challenge",
        "As if it had never been sent",
        None,
        204,
        codes=(20404,),
    ),
    Operation(
        "POST",
        "/control/challenges/{sid}/expire",
        "expire_challenge",
        "Let a pending request's time end now",
        types.ChallengeJson,
        codes=(20404, 60322, 60323),
    ),
    Operation(
        "POST",
        "/control/challenges/{sid}/change",
        "change_challenge",
        "Let a pending request say something else",
        types.ChallengeJson,
        body=bodies.ChangeBody,
        needed=True,
        codes=(20404, 60322, 60323),
    ),
    Operation(
        "GET",
        "/control/export",
        "export",
        "What was sent and what became of it; no secrets",
        answers.RunJson,
        query=(Parameter("limit", whole(1, replay.MAX_REQUESTS), "How many; 100 if left out"),),
    ),
    Operation(
        "POST",
        "/control/replay",
        "replay",
        "Send a run's requests again, all or none, at once or at the pace they had",
        answers.ReplayedJson,
        201,
        bodies.ReplayBody,
        needed=True,
        codes=_SENDING,
    ),
    Operation(
        "GET", "/control/replay", "replaying", "What of a run is still to come", answers.ReplayJson
    ),
    Operation("DELETE", "/control/replay", "stop_replay", "Send nothing more of a run", None, 204),
)

SURROUNDINGS: Final = (
    Operation(
        "GET",
        "/control/deliveries",
        "deliveries",
        "Deliveries of webhooks, newest first",
        answers.DeliveriesJson,
        query=(
            Parameter("webhook_sid", _TEXT, "Of this webhook alone"),
            Parameter("event", _TEXT, "Of this event alone"),
            Parameter("state", _TEXT, "pending, delivered, failed or cancelled ones alone"),
            Parameter("limit", whole(1, control_webhooks.MAX_SHOWN), "How many; 100 if left out"),
        ),
    ),
    Operation(
        "GET",
        "/control/deliveries/{id}",
        "delivery",
        "One delivery",
        types.DeliveryJson,
        codes=(20404,),
    ),
    Operation(
        "POST",
        "/control/deliveries/{id}/redeliver",
        "redeliver",
        "Send an event again, to where its webhook points now",
        types.DeliveryJson,
        201,
        codes=(20404,),
    ),
    Operation(
        "GET", "/control/faults", "faults", "Faults that are on, and all kinds", answers.FaultsJson
    ),
    Operation(
        "POST",
        "/control/faults",
        "fault",
        "Turn a fault on",
        types.FaultJson,
        201,
        bodies.FaultBody,
        needed=True,
    ),
    Operation("DELETE", "/control/faults", "clear_faults", "Turn all faults off", None, 204),
    Operation(
        "DELETE", "/control/faults/{id}", "clear_fault", "One fault off", None, 204, codes=(20404,)
    ),
    Operation("GET", "/control/scenarios", "scenarios", "All scenarios", answers.ScenariosJson),
    Operation(
        "POST",
        "/control/scenarios/{name}",
        "play",
        "Play a scenario",
        types.PlayedJson,
        201,
        bodies.PlayBody,
        codes=(20404,),
    ),
    Operation(
        "GET",
        "/control/traffic",
        "traffic",
        "The newest requests, oldest first",
        answers.TrafficJson,
        query=(
            Parameter("after", whole(0, control_faults.MAX_NUMBER), "Those after this number"),
            Parameter("limit", whole(1, KEPT), "How many; all that are kept if left out"),
            Parameter("caller", _CALLER, "Theirs alone"),
            Parameter("only", _ONLY, "Those without success, or those that a fault hit"),
            Parameter("find", _FIND, "Those alone whose line has this text"),
        ),
    ),
)

OPERATIONS: Final = (*STATE, *CHALLENGES, *SURROUNDINGS)
