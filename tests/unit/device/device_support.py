"""A service, a company's backend and a password store in memory, and a device that uses them.

The service sits behind the app's own `Http`, so each request that a device makes is seen here, and
a test can say what becomes of the next one. It checks no signatures: that is the business of the
contract tests' reference server.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from typing_extensions import override

from countersign.device import inbox
from countersign.device.decisions import Decisions
from countersign.device.device import Device
from countersign.device.records import Account, Decision, Mode
from countersign.push.errors import AnswerLostError
from countersign.push.http import Http, Reply
from countersign.push.values import ChallengeStatus, FactorStatus
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.testing.keys import METHODS, FailingKeyStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from countersign.device.inbox import Request
    from countersign.storage.keyring_errors import ErrorName
    from countersign.testing.keys import Method

ACCOUNT_SID = "AC" + "a" * 32
SERVICE_SID = "VA" + "b" * 32
API_URL = "http://127.0.0.1:4010/v2"
BACKEND_URL = "http://127.0.0.1:4010/access-token"
IDENTITY = "0b5b4f6e-7a35"
DETAILS = {"message": "Sign in?", "fields": [{"label": "From", "value": "Rome"}]}
SIGNED = "sid,factor_sid,date_created,date_updated,expiration_date,status,details,hidden_details"

Take = Callable[[], Reply]
"""Lets the service handle the request: what it changes, stays."""
Behaviour = Callable[[Take], Awaitable[Reply]]
"""What becomes of a request instead of the ordinary."""


# --- What can become of a request ----------------------------------------------------------------


def reply(status: int, body: object = None, *, date: float | None = None) -> Reply:
    """Return an answer with a JSON body, or with these very bytes."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, {}, content, date, None)


def refuse(status: int, code: int | None = None, *, date: float | None = None) -> Behaviour:
    """Refuse the request, with the API's code if given; nothing is taken."""
    body = b"<h1>No</h1>" if code is None else {"code": code, "message": "No", "status": status}

    async def behave(_take: Take) -> Reply:
        return reply(status, body, date=date)

    return behave


def answer(status: int, body: object) -> Behaviour:
    """Answer with this; nothing is taken."""

    async def behave(_take: Take) -> Reply:
        return reply(status, body)

    return behave


def fail(error: Exception) -> Behaviour:
    """Fail before the service has taken the request."""

    async def behave(_take: Take) -> Reply:
        raise error

    return behave


def take_then_fail(error: Exception) -> Behaviour:
    """Fail after the service has taken the request."""

    async def behave(take: Take) -> Reply:
        take()
        raise error

    return behave


def take_then_refuse(status: int) -> Behaviour:
    """Take the request and answer with an error all the same."""

    async def behave(take: Take) -> Reply:
        take()
        return reply(status, b"<h1>Oh</h1>")

    return behave


def altered(**changes: object) -> Behaviour:
    """Take the request, and answer with the body changed; a member set to ... is left out."""

    async def behave(take: Take) -> Reply:
        done = take()
        body = json.loads(done.body) | changes
        body = {name: value for name, value in body.items() if value is not ...}
        return Reply(done.status, done.headers, json.dumps(body).encode(), done.date, None)

    return behave


@dataclass
class Gate:
    """Holds a request up until it is opened; the service has taken it by then, or not."""

    taken: bool
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, take: Take) -> Reply:
        """Hold a request up."""
        done = take() if self.taken else None
        self.reached.set()
        await self.opened.wait()
        return done or take()


def lost() -> AnswerLostError:
    """Return what `Http` raises where a request's fate isn't known."""
    return AnswerLostError("answer_lost", "The connection broke.")


# --- The service ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """One request as the device made it."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    url: str


@dataclass
class _Rule:
    method: str
    part: str
    behaviour: Behaviour
    times: int


class FakeService(Http):
    """The service and the backend; `sent` is what came in, oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []
        self.factors: dict[str, dict[str, Any]] = {}
        self.challenges: dict[str, dict[str, Any]] = {}
        self.granted: dict[str, Any] = {
            "token": "a.b.c.d.e",
            "serviceSid": SERVICE_SID,
            "identity": IDENTITY,
            "factorType": "push",
        }
        """What the backend answers."""
        self.signed_fields: str | None = SIGNED
        self._rules: list[_Rule] = []
        self._numbers = 0

    def on(self, method: str, part: str, behaviour: Behaviour, times: int = 1) -> None:
        """Do this with the next `times` requests of a method whose path has this part."""
        self._rules.append(_Rule(method, part, behaviour, times))

    def count(self, method: str, part: str = "") -> int:
        """Count the requests that came in."""
        return sum(1 for sent in self.sent if sent.method == method and part in sent.path)

    def add_factor(self, status: str = "verified", identity: str = IDENTITY) -> dict[str, Any]:
        """Make a factor as it would be after an enrolment."""
        factor = {
            "sid": self._new_sid("YF"),
            "account_sid": ACCOUNT_SID,
            "service_sid": SERVICE_SID,
            "entity_sid": "YE" + "e" * 32,
            "identity": identity,
            "friendly_name": "Linux computer",
            "status": status,
            "factor_type": "push",
            "config": {"credential_sid": self._new_sid("CR")},
            "date_created": written(datetime.now(UTC)),
        }
        self.factors[str(factor["sid"])] = factor
        return factor

    def add_challenge(
        self, factor_sid: str, *, age: float = 0, ttl: float = 300, **changes: object
    ) -> str:
        """Ask a factor something, and return the challenge's sid."""
        created = datetime.now(UTC) - timedelta(seconds=age)
        sid = self._new_sid("YC")
        self.challenges[sid] = {
            "sid": sid,
            "factor_sid": factor_sid,
            "date_created": written(created),
            "date_updated": written(created),
            "date_responded": None,
            "expiration_date": written(datetime.now(UTC) + timedelta(seconds=ttl)),
            "status": "pending",
            "details": DETAILS,
            "hidden_details": None,
        } | changes
        return sid

    @override
    async def send(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Take a request as `Http` would send it."""
        parts = urlsplit(url)
        query, given = dict(parse_qsl(parts.query)), dict(form or {})
        sent = Sent(method, unquote(parts.path), query, given, dict(headers or {}), url)
        self.sent.append(sent)
        await asyncio.sleep(0)  # as any network would: others get their turn
        for rule in self._rules:
            if rule.times > 0 and rule.method == method and rule.part in sent.path:
                rule.times -= 1
                return await rule.behaviour(lambda: self._handle(sent, auth))
        return self._handle(sent, auth)

    def _handle(self, sent: Sent, auth: tuple[str, str] | None) -> Reply:
        if sent.path.endswith("/access-token"):
            return reply(200, self.granted)
        parts = sent.path.split("/Entities/")[1].split("/")
        if (sent.method, parts[1:]) == ("POST", ["Factors"]):
            return reply(201, self.add_factor("unverified", parts[0]))
        caller = self._caller(auth)
        if caller is None:
            return error(401, 20003, date=time.time())
        if parts[1] == "Factors":
            return self._factor(sent, caller, parts[2])
        if len(parts) == 2:
            return self._list(sent, caller)
        return self._challenge(sent, caller, parts[2])

    def _caller(self, auth: tuple[str, str] | None) -> dict[str, Any] | None:
        assert auth is not None
        kid = unpacked(auth[1].split(".")[0])["kid"]
        found = (one for one in self.factors.values() if one["config"]["credential_sid"] == kid)
        return next(found, None)

    def _factor(self, sent: Sent, caller: dict[str, Any], sid: str) -> Reply:
        if sid != caller["sid"]:
            return error(404, 20404)
        if sent.method == "DELETE":
            del self.factors[sid]
            return Reply(204, {}, b"", None, None)
        if "AuthPayload" in sent.form:
            caller["status"] = "verified"
        caller["friendly_name"] = sent.form.get("FriendlyName", caller["friendly_name"])
        return reply(200, caller)

    def _list(self, sent: Sent, caller: dict[str, Any]) -> Reply:
        status, size = sent.query.get("Status"), int(sent.query["PageSize"])
        found = [
            one
            for one in self.challenges.values()
            if one["factor_sid"] == caller["sid"] and status in {None, one["status"]}
        ]
        found.sort(key=lambda one: str(one["date_created"]), reverse=True)
        start = int(sent.query.get("PageToken", "0"))
        end = start + size
        following = f"{sent.url.partition('?')[0]}?PageToken={end}" if end < len(found) else None
        meta = {"key": "challenges", "next_page_url": following}
        return reply(200, {"challenges": found[start:end], "meta": meta})

    def _challenge(self, sent: Sent, caller: dict[str, Any], sid: str) -> Reply:
        challenge = self.challenges.get(sid)
        if challenge is None or challenge["factor_sid"] != caller["sid"]:
            return error(404, 20404)
        if sent.method == "GET":
            header = self.signed_fields
            headers = {} if header is None else {"twilio-verify-signature-fields": header}
            return Reply(200, headers, json.dumps(challenge).encode(), None, None)
        if challenge["status"] != "pending":
            code = 60323 if challenge["status"] == "expired" else 60322
            return error(403, code)
        challenge["status"] = unpacked(sent.form["AuthPayload"].split(".")[1])["status"]
        challenge["date_responded"] = written(datetime.now(UTC))
        return reply(200, challenge)

    def _new_sid(self, prefix: str) -> str:
        self._numbers += 1
        return f"{prefix}{self._numbers:032x}"


def error(status: int, code: int, *, date: float | None = None) -> Reply:
    """Return an error as the API writes it."""
    return reply(status, {"code": code, "message": "No", "status": status}, date=date)


def written(moment: datetime) -> str:
    """Write a time as the API does."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def unpacked(part: str) -> dict[str, Any]:
    """Read one part of a compact JWS."""
    value: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return value


# --- The password store --------------------------------------------------------------------------


class Keys(FailingKeyStore):
    """A password store in memory that can be locked, wholly or for some methods, and unlocked."""

    def __init__(self) -> None:
        super().__init__("locked", on=())

    @property
    def names(self) -> list[str]:
        """The keys that it holds."""
        return list(self.memory._keys)

    def lock(self, *methods: Method, error: ErrorName = "locked") -> None:
        """Let these methods, or all, fail from now on."""
        self.error_name, self.on = error, frozenset(methods) or METHODS

    def unlock(self) -> None:
        """Let nothing fail."""
        self.on = frozenset()


# --- The device ----------------------------------------------------------------------------------


@dataclass
class Process:
    """One process's hold on a profile: what the app is made of while it runs."""

    database: Database
    service: FakeService
    keys: Keys

    def __post_init__(self) -> None:
        self.accounts = AccountTable(self.database)
        self.log = DecisionTable(self.database)
        self.device = Device(self.accounts, self.log, self.keys, self.service)
        self.decisions = Decisions(self.device, second_look=0)

    @classmethod
    async def start(cls, folder: Path, service: FakeService, keys: Keys) -> Process:
        """Open the profile in a folder."""
        database = Database(folder)
        await database.open()
        return cls(database, service, keys)

    async def die(self) -> None:
        """End without a word: what it was about stays as it is in the database."""
        await self.database.aclose()

    async def add_account(self, **changes: Any) -> Account:  # noqa: ANN401 - an Account's values
        """Add an account without the steps of an enrolment."""
        status = FactorStatus(changes.pop("status", FactorStatus.VERIFIED))
        factor = self.service.add_factor(status.value)
        key_id = f"key-{factor['sid'][-4:]}"
        await self.accounts.note_key(key_id)
        await self.keys.create(key_id)
        account = _account(factor, key_id, changes)
        await self.accounts.add(account)
        return account

    async def ask(self, account: Account, **changes: Any) -> Request:  # noqa: ANN401 - a challenge's members
        """Let the service ask, fetch the request as it would be shown, and forget how."""
        sid = self.service.add_challenge(account.sid, **changes)
        request = await inbox.find(self.device, sid)
        self.service.sent.clear()
        return request

    async def stray_notes(self) -> list[str]:
        """Return every note of a key that no account has, whoever made it."""
        rows = await self.database.read(
            lambda connection: connection.execute("SELECT key_id FROM stray_keys").fetchall()
        )
        return [key_id for (key_id,) in rows]


def decision(request: Request) -> Decision:
    """Return an open decision on a request."""
    return Decision(
        id=uuid.uuid4().hex,
        challenge_sid=request.challenge.sid,
        factor_sid=request.account.sid,
        message=request.challenge.message,
        fields=request.challenge.fields,
        answer=ChallengeStatus.APPROVED,
        mode=Mode.HAND,
        decided_at=datetime.now(UTC),
    )


def _account(factor: dict[str, Any], key_id: str, changes: dict[str, Any]) -> Account:
    values = {
        "sid": factor["sid"],
        "account_sid": factor["account_sid"],
        "service_sid": factor["service_sid"],
        "entity_sid": factor["entity_sid"],
        "identity": factor["identity"],
        "friendly_name": factor["friendly_name"],
        "label": "Northwind",
        "status": FactorStatus(factor["status"]),
        "credential_sid": factor["config"]["credential_sid"],
        "key_id": key_id,
        "api_url": API_URL,
        "backend_url": BACKEND_URL,
        "date_created": datetime.fromisoformat(factor["date_created"]),
    }
    return Account(**(values | changes))
