"""Twilio's Python client, led to a sandbox as its own `base_url` allows, nothing patched."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.sandbox.world import START

if TYPE_CHECKING:
    from collections.abc import Iterator

    import requests

    from tests.sandbox.world import World

Json = dict[str, Any]
# twilio ships no types: what it returns is told apart by the tests themselves.
Typed = Any
SECONDS = 30.0
NOW = datetime.fromtimestamp(int(START), UTC)
"""The sandbox's clock in these tests until one moves it, as the client reads it."""


@dataclass
class Sdk:
    """A client of somebody's, and what went over the wire for it."""

    world: World
    client: Typed
    answers: list[requests.Response] = field(default_factory=list)

    @classmethod
    @contextlib.contextmanager
    def over(cls, world: World, user: str, password: str) -> Iterator[Sdk]:
        """Sign in with whatever a caller of that kind uses."""
        answers: list[requests.Response] = []
        http = TwilioHttpClient(timeout=SECONDS, request_hooks={"response": _recorder(answers)})
        client = Client(user, password, http_client=http)
        client.verify.base_url = world.base
        with http.session:
            yield cls(world, client, answers)

    @property
    def services(self) -> Typed:
        """All services of the account."""
        return self.client.verify.v2.services

    @property
    def service(self) -> Typed:
        """The service that the sandbox starts with."""
        return self.services(self.world.ready.service_sid)

    def entity(self, identity: str) -> Typed:
        """One entity of that service."""
        return self.service.entities(identity)

    @property
    def last(self) -> Json:
        """The JSON of the last answer."""
        body: Json = self.answers[-1].json()
        return body

    def asked(self) -> list[str]:
        """Give the requests since this was last called, as method and address, and forget them."""
        lines = [f"{answer.request.method} {answer.request.url}" for answer in self.answers]
        self.answers.clear()
        return lines


def _recorder(answers: list[requests.Response]) -> Typed:
    def record(response: requests.Response, *_: object, **__: object) -> None:
        answers.append(response)

    return record


def told(instance: Typed) -> Json:
    """Give what an instance has to say: the attributes that its documentation lists."""
    return {name: value for name, value in vars(instance).items() if not name.startswith("_")}


def whole(sdk: Sdk, instance: Typed, *, but: frozenset[str] = frozenset()) -> Json:
    """Check that the last answer has each member that the client reads, and no other.

    A member that an answer lacks is None to the client, which no test of values would see.
    """
    attributes = told(instance)
    assert sdk.last.keys() == attributes.keys() - but
    return attributes


def is_sid(kind: str, text: object) -> bool:
    """Whether this is a sid of that kind."""
    return isinstance(text, str) and re.fullmatch(kind + "[0-9a-f]{32}", text) is not None
