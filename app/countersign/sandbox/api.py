"""The routes of the Verify API and who handles them (protocol 1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from countersign.sandbox import challenges, factors, notifications, services, webhooks

if TYPE_CHECKING:
    from countersign.sandbox.call import Dispatcher, Handler

_SERVICE = "/v2/Services/{service}"
_ENTITY = f"{_SERVICE}/Entities/{{identity}}"

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/v2/Services", services.create_service),
    ("GET", "/v2/Services", services.list_services),
    ("GET", _SERVICE, services.fetch_service),
    ("POST", _SERVICE, services.update_service),
    ("DELETE", _SERVICE, services.delete_service),
    ("POST", f"{_SERVICE}/AccessTokens", services.create_access_token),
    ("GET", f"{_SERVICE}/AccessTokens/{{sid}}", services.fetch_access_token),
    ("POST", f"{_SERVICE}/Webhooks", webhooks.create),
    ("GET", f"{_SERVICE}/Webhooks", webhooks.list_all),
    ("GET", f"{_SERVICE}/Webhooks/{{sid}}", webhooks.fetch),
    ("POST", f"{_SERVICE}/Webhooks/{{sid}}", webhooks.update),
    ("DELETE", f"{_SERVICE}/Webhooks/{{sid}}", webhooks.remove),
    ("POST", f"{_SERVICE}/Entities", services.create_entity),
    ("GET", f"{_SERVICE}/Entities", services.list_entities),
    ("GET", _ENTITY, services.fetch_entity),
    ("DELETE", _ENTITY, services.delete_entity),
    ("POST", f"{_ENTITY}/Factors", factors.create),
    ("GET", f"{_ENTITY}/Factors", factors.list_all),
    ("GET", f"{_ENTITY}/Factors/{{sid}}", factors.fetch),
    ("POST", f"{_ENTITY}/Factors/{{sid}}", factors.update),
    ("DELETE", f"{_ENTITY}/Factors/{{sid}}", factors.remove),
    ("POST", f"{_ENTITY}/Challenges", challenges.create),
    ("GET", f"{_ENTITY}/Challenges", challenges.list_all),
    ("GET", f"{_ENTITY}/Challenges/{{sid}}", challenges.fetch),
    ("POST", f"{_ENTITY}/Challenges/{{sid}}", challenges.update),
    ("POST", f"{_ENTITY}/Challenges/{{sid}}/Notifications", notifications.create),
)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes: one for each path and method."""
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in ROUTES
    ]
