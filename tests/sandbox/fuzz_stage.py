"""Sends what was drawn, just so, and judges what comes back."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from countersign.sandbox.errors import CATALOGUE
from tests.sandbox.fuzz_values import escaped
from tests.sandbox.receiver import hook
from tests.sandbox.world import Key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sandbox.world import Device, World

PATIENCE = 30.0
"""Seconds after which an answer that doesn't come is a hang."""
LONGEST_QUERY = 40_000
"""The server itself refuses what stands before a body and is longer than 64 KiB."""
NO_BODY = (204, 304)


SHOWN = 400
"""Characters of a request or an answer that a failure tells."""


@dataclass(frozen=True, repr=False)
class Drawn:
    """One request, with `@names@` in it."""

    method: str
    path: bytes
    query: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    chunked: bool = False

    @override
    def __repr__(self) -> str:
        start = f"{self.method} {self.path!r:.{SHOWN}} ?{self.query!r:.{SHOWN}}"
        return f"{start} {self.headers!r:.{SHOWN}} {self.body!r:.{SHOWN}}"


@dataclass(frozen=True, repr=False)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @override
    def __repr__(self) -> str:
        return f"{self.status} {self.headers.items()} {self.body!r:.{SHOWN}}"

    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """Read the body."""
        assert self.headers["content-type"] == "application/json", self
        return json.loads(self.body)


@dataclass
class Stage:
    """A sandbox that always has something to be asked about."""

    world: World
    wire: http.client.HTTPConnection
    device: Device | None = None
    known: dict[str, Callable[[], str]] = field(default_factory=dict)
    """What each of the `@names@` stands for now."""
    stale: bool = True

    @classmethod
    @contextlib.contextmanager
    def over(cls, world: World) -> Iterator[Stage]:
        """Set up for as long as the block lasts."""
        host = world.base.removeprefix("http://")
        wire = http.client.HTTPConnection(host, timeout=PATIENCE)
        with contextlib.closing(wire):
            yield cls(world, wire)

    def forget(self) -> None:
        """Look at what is still there before the next request, and make the rest anew."""
        self.stale = True

    def furnish(self) -> None:
        """Have a device, a request and so on."""
        if not self.stale:
            return
        client = self.world.sandbox.client
        client.clear_faults()  # one that was drawn may be for the calls that follow here
        device = self.device if self._stands() else None
        if device is None:
            device = self.device = self._rebuilt()
        challenge = client.create_challenge(device.sid)["sid"]
        fault = client.fault("latency", seconds=0, callers=["backend"])
        self.known |= {
            "challenge": lambda: challenge,
            "fault": lambda: str(fault["id"]),
            "answer": lambda: self._answer(device, challenge),
        }
        self.stale = False

    def _stands(self) -> bool:
        """Whether device, webhook and delivery are still there."""
        client, hooks = self.world.sandbox.client, self.world.company("GET", "/Webhooks").json()
        sids = {each["sid"] for each in (*client.factors(), *hooks["webhooks"])}
        sids |= {str(each["id"]) for each in client.deliveries()}
        return bool(self.known) and all(
            self.known[name]() in sids for name in ("factor", "webhook", "delivery")
        )

    def _rebuilt(self) -> Device:
        world = self.world
        world.sandbox.client.reset(everything=True)
        for each in world.company("GET", "/Webhooks").json()["webhooks"]:
            world.company("DELETE", f"/Webhooks/{each['sid']}")
        webhook = hook(world, "http://127.0.0.1:1/", "*")
        device = world.device()
        wakeable = {"Config.NotificationPlatform": "apn", "Config.NotificationToken": "t" * 32}
        device.call("POST", f"/Factors/{device.sid}", data=wakeable)
        sids = {
            "factor": device.sid,
            "unverified": world.device(verified=False).sid,
            "identity": str(device.factor["identity"]),
            "service": world.ready.service_sid,
            "webhook": webhook,
            "delivery": str(world.sandbox.client.deliveries()[0]["id"]),
        }
        self.known = {
            **{name: partial(str, value) for name, value in sids.items()},
            "key": lambda: Key().public(),
            "token": lambda: world.access_token(sids["identity"]),
            "permission": self._permission,
            "signature": lambda: device.key.der(device.sid.encode()),
            "spare": self._spare,
        }
        return device

    def _spare(self) -> str:
        """Give a service that may be deleted; nothing else is in it."""
        url = f"{self.world.ready.api_url}/Services"
        return str(self.world.company("POST", url, data={"FriendlyName": "x"}).json()["sid"])

    def _permission(self) -> str:
        data = {"Identity": "somebody-else", "FactorType": "push"}
        return str(self.world.company("POST", "/AccessTokens", data=data).json()["sid"])

    def _answer(self, device: Device, challenge: str) -> str:
        served = device.fetch(challenge)
        return device.signed(served, "approved") if served.status_code == 200 else "gone"

    def filled(self, raw: bytes, write: Callable[[str], bytes] = str.encode) -> bytes:
        """Put in what the names stand for."""

        def value(match: re.Match[bytes]) -> bytes:
            make = self.known.get(match[1].decode())
            return match[0] if make is None else write(make())

        return re.sub(rb"@([a-z]+)@", value, raw)

    def authorization(self, who: str) -> tuple[tuple[str, str], ...]:
        """Sign in: as company, device, or with an access token."""
        assert self.device is not None
        match who:
            case "company":
                pair = f"{self.world.ready.account_sid}:{self.world.ready.auth_token}"
            case "device":
                pair = f"token:{self.device.token()}"
            case "enrolling":
                pair = f"token:{self.known['token']()}"
            case _:
                return ()
        return (("Authorization", "Basic " + base64.b64encode(pair.encode()).decode()),)

    def send(self, drawn: Drawn, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
        """Send it, and give the answer, which must come and be one of ours."""
        target = self.filled(drawn.path).decode("ascii")
        if drawn.query:
            target += "?" + self.filled(drawn.query, escaped).decode("ascii")[:LONGEST_QUERY]
        given = dict(headers) | dict(drawn.headers)
        self.wire.putrequest(drawn.method, target, skip_accept_encoding=True)
        form = given.get("Content-Type", "").endswith("urlencoded")
        body = None
        if drawn.body is not None:
            body = self.filled(drawn.body, escaped if form else str.encode)
            length = ("Transfer-Encoding", "chunked") if drawn.chunked else None
            name, value = length or ("Content-Length", str(len(body)))
            self.wire.putheader(name, value)
        for name, value in given.items():
            self.wire.putheader(name, value)
        self.wire.endheaders(body, encode_chunked=drawn.chunked and bool(body))
        if drawn.chunked and body == b"":
            self.wire.send(b"0\r\n\r\n")
        with self.wire.getresponse() as response:
            answer = Answer(response.status, response.headers, response.read())
        _is_ours(drawn.method, answer)
        return answer


def _is_ours(method: str, answer: Answer) -> None:
    assert answer.status < 500, answer
    assert answer.headers["date"], answer
    assert answer.headers["cache-control"] == "no-store", answer
    assert answer.headers["x-content-type-options"] == "nosniff", answer
    assert b"Traceback (most recent" not in answer.body
    if method == "HEAD" or answer.status in NO_BODY:
        assert answer.body == b"", answer


def twilio_code(answer: Answer) -> int:
    """Give the code of a refusal, which must be in Twilio's shape and known with that status."""
    body = answer.json()
    assert set(body) == {"code", "message", "more_info", "status"}, answer
    code = body["code"]
    assert isinstance(code, int)
    assert CATALOGUE[code][0] == answer.status == body["status"], answer
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{code}"
    assert body["message"]
    assert isinstance(body["message"], str)
    assert len(body["message"]) < 1_000
    return code


def backend_refusal(answer: Answer) -> None:
    """Check a refusal in the sample's shape."""
    body = answer.json()
    assert set(body) == {"error"}, answer
    assert set(body["error"]) == {"message", "moreInfo"}, answer
    assert all(isinstance(value, str) and value for value in body["error"].values()), answer
    assert answer.status in {status for status, _ in CATALOGUE.values()}
