"""The four endpoints of the sample backend [SB]: what a company's own server would offer an app."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import select
from starlette.routing import Route

from countersign.sandbox import auth, challenges, render, services, strictjson
from countersign.sandbox.call import Reply
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import Form
from countersign.sandbox.models import Challenge, Factor, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from countersign.sandbox.call import Call, Dispatcher
    from countersign.sandbox.models import Entity

MAX_FACTORS = 20
_TOKEN_HELP = "https://www.twilio.com/docs/verify/api/access-token"  # noqa: S105 - an address
_CHALLENGE_HELP = "https://www.twilio.com/docs/verify/api/challenge#create-a-challenge-resource"
_DATES = frozenset({"date_created", "date_updated", "date_responded", "expiration_date"})


class MissingError(ApiError):
    """Parameters that the caller left out."""

    def __init__(self, names: list[str], more_info: str) -> None:
        super().__init__(60306, f"Missing parameter; please provide: '{', '.join(names)}'.")
        self.more_info = more_info


def refuse(error: ApiError) -> Reply:
    """Answer in the sample's own shape, not the API's."""
    more_info = error.more_info if isinstance(error, MissingError) else error.body()["more_info"]
    body = {"error": {"message": error.message, "moreInfo": more_info}}
    return Reply(error.status, body)


def hashed(identity: str) -> str:
    """Give the identity that the sample backend stores: SHA-256 in hex."""
    return hashlib.sha256(identity.encode()).hexdigest()


def _parameters(call: Call) -> dict[str, str]:
    given: dict[str, str] = dict(call.query.pairs)
    if call.headers.get("content-type", "").partition(";")[0].strip().lower().endswith("json"):
        given |= _json_parameters(call.body)
    else:
        given |= dict(call.form().pairs)
    if any("\0" in value for value in given.values()):  # PostgreSQL can't even be asked for it
        raise ApiError(60306, "A parameter is invalid: it has a NUL")
    return given


def _json_parameters(body: bytes) -> dict[str, str]:
    try:
        value = strictjson.loads(body.decode("utf-8"))
    except ValueError as error:
        raise ApiError(60306, "The body is not JSON") from error
    if not isinstance(value, dict):
        raise ApiError(60306, "The body is not a JSON object")
    # details and hiddenDetails may come as JSON inside the JSON; the API takes their text.
    return {
        name: item if isinstance(item, str) else strictjson.dumps(item)
        for name, item in value.items()
        if item is not None
    }


def _needed(call: Call, names: tuple[str, ...], more_info: str) -> dict[str, str]:
    given = _parameters(call)
    missing = [name for name in names if not given.get(name)]
    if missing:
        raise MissingError(missing, more_info)
    return given


def _service(call: Call) -> Service:
    sid = call.path.get("service", call.sandbox.service_sid)
    service = call.session.scalar(select(Service).where(Service.sid == sid))
    if service is None:
        raise ApiError(20404, "The service was not found, or was deleted")
    return service


def _entity(call: Call, service: Service, identity: str) -> Entity:
    # As it is stored, or as /access-token was given it: nobody can mean another user by that.
    entity = services.entity_of(call, service.sid, identity)
    if entity is None and call.sandbox.settings.hash_identity:
        entity = services.entity_of(call, service.sid, hashed(identity))
    if entity is None:
        raise ApiError(20404, "The identity was not found")
    return entity


def access_token(call: Call) -> Reply:
    """Give a token to enrol with, and the API's address, which a loopback backend may."""
    given = _needed(call, ("identity",), _TOKEN_HELP)["identity"]
    identity = hashed(given) if call.sandbox.settings.hash_identity else given
    service = _service(call)
    form = Form.of({"Identity": identity, "FactorType": "push"})
    token = services.issue_token(call, service, form)
    body = {
        "token": token.token,
        "serviceSid": service.sid,
        "identity": identity,
        "factorType": "push",
        "api_url": call.api,
    }
    return Reply(200, body)


def list_factors(call: Call) -> Reply:
    """Give the first 20 factors of an identity."""
    given = _needed(call, ("identity",), _CHALLENGE_HELP)
    entity = _entity(call, _service(call), given["identity"])
    query = select(Factor).where(Factor.entity_sid == entity.sid, auth.remembered(call))
    rows = call.session.scalars(query.order_by(Factor.id).limit(MAX_FACTORS))
    return Reply(200, [_as_node(render.factor(call.api, row, for_device=False)) for row in rows])


def create_challenge(call: Call) -> Reply:
    """Send a challenge to a factor."""
    given = _needed(call, ("identity", "message", "factor"), _CHALLENGE_HELP)
    service = _service(call)
    entity = _entity(call, service, given["identity"])
    form = Form.of(
        {
            "FactorSid": given["factor"],
            "Details.Message": given["message"],
            "Details.Fields": given.get("details"),
            "HiddenDetails": given.get("hiddenDetails"),
        }
    )
    here = dataclasses.replace(call, path={"service": service.sid, "identity": entity.identity})
    row = challenges.send(here, service, entity, form)
    return Reply(200, _as_node(render.challenge(call.api, row, call.now)))


def challenge_status(call: Call) -> Reply:
    """Give a challenge as it stands."""
    given = _needed(call, ("identity", "sid"), _CHALLENGE_HELP)
    entity = _entity(call, _service(call), given["identity"])
    row = call.session.scalar(
        select(Challenge).where(Challenge.sid == given["sid"], Challenge.entity_sid == entity.sid)
    )
    if row is None:
        raise ApiError(20404, "The challenge was not found")
    return Reply(200, _as_node(render.challenge(call.api, row, call.now)))


def _as_node(resource: Mapping[str, object]) -> dict[str, object]:
    # twilio-node's own names are in camelCase and its dates are JavaScript's; what lies deeper
    # (details, config, links) it passes on as it came.
    return {_camel(name): _node_value(name, value) for name, value in resource.items()}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _node_value(name: str, value: object) -> object:
    if name in _DATES and isinstance(value, str):
        return value.removesuffix("Z") + ".000Z"
    return value


def routes(dispatcher: Dispatcher) -> list[Route]:
    """Give Starlette's routes. Each takes GET and POST, and only some of them write.

    Each stands for the sandbox's first service, and under a service's sid for that one.
    """
    table: tuple[tuple[str, Callable[[Call], Reply], bool], ...] = (
        ("/access-token", access_token, True),
        ("/list-factors", list_factors, False),
        ("/create-challenge", create_challenge, True),
        ("/challenge-status", challenge_status, False),
    )
    return [
        Route(
            prefix + path,
            dispatcher.endpoint(handler, writes=writes, refusal=refuse),
            methods=["GET", "POST"],
        )
        for prefix in ("", "/services/{service}")
        for path, handler, writes in table
    ]
