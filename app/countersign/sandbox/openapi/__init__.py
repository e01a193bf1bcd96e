"""The control API's OpenAPI document: GET /control/openapi.json.

`operations` has a line for every call, `bodies` what calls take; what they answer is typed where
the client types it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from countersign.sandbox.call import Reply
from countersign.sandbox.openapi.document import document

if TYPE_CHECKING:
    from countersign.sandbox.call import Call, Dispatcher


def fetch(call: Call) -> Reply:
    """GET /control/openapi.json."""
    return Reply(200, document(call.base))


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    return [Route("/control/openapi.json", dispatcher.endpoint(fetch), methods=["GET"])]
