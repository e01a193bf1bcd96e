"""The control API's answers as a whole, as the client and its OpenAPI document type them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict

# At run time, too: the OpenAPI document is made of them.
from countersign.sandbox.client_types import (
    AccountJson,
    ChallengeJson,
    ClockJson,
    DeliveryJson,
    ExportedJson,
    FactorJson,
    FaultJson,
    FaultKindJson,
    RequestJson,
    ScenarioJson,
    TemplateJson,
)
