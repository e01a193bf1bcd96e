"""Several companies in one sandbox: accounts, each with a token and services of its own.

The control token stays the first account's: whoever started the sandbox has it and no other, and
is in charge of it all. The other accounts' tokens open their own part of the API and nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from starlette.routing import Route

from countersign.sandbox import jsonbody
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.models import Account, Service
from countersign.sandbox.state import make_account, make_service

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.sandbox.call import Call, Dispatcher, Handler

NAME_LIMIT = 32
"""Characters: its first service gets the same name, and the API allows no more there."""


def _json(call: Call, account: Account, services: Sequence[Service]) -> dict[str, object]:
    return {
        "sid": account.sid,
        "friendly_name": account.friendly_name,
        "services": [
            {
                "sid": service.sid,
                "friendly_name": service.friendly_name,
                "backend_url": f"{call.base}/services/{service.sid}/access-token",
            }
            for service in services
        ],
    }


def list_all(call: Call) -> Reply:
    """GET /control/accounts: all with their services, oldest first. No tokens."""
    of_account: dict[str, list[Service]] = {}
    for service in call.session.scalars(select(Service).order_by(Service.id)):
        of_account.setdefault(service.account_sid, []).append(service)
    accounts = call.session.scalars(select(Account).order_by(Account.id))
    body = [_json(call, account, of_account.get(account.sid, [])) for account in accounts]
    return Reply(200, {"accounts": body})


def create(call: Call) -> Reply:
    """POST /control/accounts: one more, with a service. Its `auth_token` is shown here alone."""
    name = jsonbody.text(jsonbody.read(call), "friendly_name")
    name = "Sandbox account" if name is None else name
    if not 0 < len(name) <= NAME_LIMIT or "\0" in name:
        raise ApiError(60306, f"friendly_name is invalid: 1 to {NAME_LIMIT} characters")
    account = make_account(call.session, name)
    service = make_service(account.sid, name, call.second)
    call.session.add(service)
    return Reply(201, _json(call, account, [service]) | {"auth_token": account.auth_token})


ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/control/accounts", list_all),
    ("POST", "/control/accounts", create),
)


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes."""
    return [
        Route(path, dispatcher.endpoint(handler), methods=[method])
        for method, path, handler in ROUTES
    ]
