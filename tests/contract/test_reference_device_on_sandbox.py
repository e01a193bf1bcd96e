"""The project's sandbox, over HTTP alone, does what the protocol text promises a device.

The sandbox runs as the command that people start; nothing of the project is imported here.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests.contract.reference_device import (
    SIGNATURE_FIELDS,
    AccessToken,
    Decision,
    DeviceFactory,
    Dialect,
    Json,
    ReferenceDevice,
    ServiceError,
    answer_payload,
    base64url,
    next_token,
)

DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
SIGNED = (
    "sid,account_sid,service_sid,entity_sid,identity,factor_sid,date_created,date_updated,"
    "expiration_date,status,details,hidden_details"
)
CHALLENGE_MEMBERS = set(SIGNED.split(",")) | {
    "date_responded",
    "responded_reason",
    "metadata",
    "factor_type",
    "url",
    "links",
}
FACTOR_MEMBERS = {
    "sid",
    "account_sid",
    "service_sid",
    "entity_sid",
    "identity",
    "friendly_name",
    "status",
    "factor_type",
    "config",
    "metadata",
    "date_created",
    "date_updated",
    "url",
}
PATIENCE = 30  # seconds for what takes two
FORM_WITH_ALL: Json = {
    "Details.Fields": [
        json.dumps({"label": "Ort / place", "value": "Zürich = 1/2 \u2028 \U0001f511"}),
        json.dumps({"label": "IP", "value": "10.0.0.1"}),
    ],
    "HiddenDetails": json.dumps({"transaction": "a=b/c:d", "empty": ""}),
}


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox, and a company's way into it."""

    api_url: str
    backend_url: str
    service_sid: str
    company: httpx.Client

    def challenges_of(self, device: ReferenceDevice) -> str:
        """Return the address of a device's challenges."""
        return f"{self.api_url}{device.entity_path}/Challenges"

    def create(self, device: ReferenceDevice, **form: object) -> httpx.Response:
        """Ask for a challenge as a company's backend does."""
        whole = {"FactorSid": device.factor.sid, "Details.Message": "Sign in? 1/2", **form}
        return self.company.post(self.challenges_of(device), data=whole)

    def challenge(self, device: ReferenceDevice, **form: object) -> str:
        """Create a challenge; its sid."""
        response = self.create(device, **form)
        assert response.status_code == 201, response.text
        sid: str = response.json()["sid"]
        return sid

    def status(self, device: ReferenceDevice, sid: str) -> str:
        """Return a challenge's status as the company sees it."""
        response = self.company.get(f"{self.challenges_of(device)}/{sid}")
        assert response.status_code == 200, response.text
        status: str = response.json()["status"]
        return status


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """Run `countersign sandbox` on a free port, once for all tests of this file."""
    folder = tmp_path_factory.mktemp("sandbox")
    errors = folder / "stderr.txt"
    with (
        errors.open("w") as sink,
        subprocess.Popen(
            [sys.executable, "-m", "countersign", "sandbox", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=sink,
            env={**os.environ, "COUNTERSIGN_PROFILE": str(folder / "profile")},
        ) as process,
    ):
        try:
            yield from connected(process, errors.read_text)
        finally:
            process.terminate()
            rest, _ = process.communicate(timeout=PATIENCE)
    assert rest == b"", "the ready line is all that stdout ever gets"


def connected(process: subprocess.Popen[bytes], errors: Callable[[], str]) -> Iterator[Sandbox]:
    """Wait for the ready line, and hold the company's connections."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        process.wait(PATIENCE)
        pytest.fail(f"the sandbox ended with {process.returncode}: {errors()}")
    ready = json.loads(line)
    login = (ready["account_sid"], ready["auth_token"])
    with httpx.Client(auth=login, trust_env=False) as company:
        yield Sandbox(ready["api_url"], ready["backend_url"], ready["service_sid"], company)


@pytest.fixture(scope="module")
def names() -> Iterator[str]:
    """Give identities that no other test of this file uses."""
    return (f"user-{number}" for number in count())


@pytest.fixture
def fresh(
    sandbox: Sandbox, reference_device_factory: DeviceFactory, encoding: Dialect
) -> ReferenceDevice:
    """Give a device that isn't enrolled."""
    return reference_device_factory(sandbox.api_url, sandbox.backend_url, encoding=encoding)


@pytest.fixture
def device(fresh: ReferenceDevice, names: Iterator[str]) -> ReferenceDevice:
    """Give an enrolled device of an identity of its own."""
    fresh.enrol(next(names))
    return fresh


def outcome(response: httpx.Response) -> tuple[int, object]:
    """Return the status and Twilio's code; an error's body has to be whole."""
    if response.is_success:
        return response.status_code, None
    body = response.json()
    assert body.keys() >= {"code", "message", "more_info", "status"}
    assert type(body["code"]) is int
    assert body["status"] == response.status_code
    assert body["more_info"] == f"https://www.twilio.com/docs/errors/{body['code']}"
    return response.status_code, body["code"]


def refusal(call: Callable[[], object]) -> tuple[int, object]:
    """Return how the service refuses what `call` asks for."""
    with pytest.raises(ServiceError) as refused:
        call()
    return outcome(refused.value.response)


def sid_of(kind: str, text: object) -> bool:
    """Whether this is a sid of that kind."""
    return isinstance(text, str) and bool(re.fullmatch(kind + "[0-9a-fA-F]{32}", text))


def in_seconds(seconds: int) -> str:
    """Write the moment so many seconds from now."""
    return datetime.fromtimestamp(time.time() + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Enrolment


def test_the_backend_answers_as_the_sample_does(sandbox: Sandbox, fresh: ReferenceDevice) -> None:
    token = fresh.fetch_token("somebody@example")
    assert token.identity == hashlib.sha256(b"somebody@example").hexdigest()
    assert token.service_sid == sandbox.service_sid
    assert token.token.count(".") == 4


def test_the_backend_names_what_is_missing(sandbox: Sandbox) -> None:
    response = sandbox.company.post(sandbox.backend_url)
    assert response.status_code == 400
    message = response.json()["error"]["message"]
    assert message == "Missing parameter; please provide: 'identity'."


def test_the_creation_shows_the_credential(fresh: ReferenceDevice, names: Iterator[str]) -> None:
    token = fresh.fetch_token(next(names))
    created = fresh.create_factor(token, "Büro 1/2 = hier", metadata={"os": "Linux / =:"})
    assert created.keys() >= FACTOR_MEMBERS | {"binding"}
    assert sid_of("CR", created["config"]["credential_sid"])
    assert sid_of("YF", created["sid"])
    assert sid_of("YE", created["entity_sid"])
    assert created["status"] == "unverified"
    assert created["factor_type"] == "push"
    assert created["friendly_name"] == "Büro 1/2 = hier"
    assert created["metadata"] == {"os": "Linux / =:"}
    assert created["config"]["notification_platform"] == "none"
    assert DATE.fullmatch(created["date_created"])
    verified = fresh.verify()
    assert verified["status"] == "verified"
    assert "binding" not in verified


def test_a_create_call_answers_201_and_a_verify_call_200(
    fresh: ReferenceDevice, names: Iterator[str]
) -> None:
    statuses: list[int] = []
    fresh.client.event_hooks["response"] = [lambda r: statuses.append(r.status_code)]
    fresh.enrol(next(names))
    assert statuses == [200, 201, 200]


def test_an_access_token_makes_one_factor(fresh: ReferenceDevice, names: Iterator[str]) -> None:
    token = fresh.fetch_token(next(names))
    fresh.create_factor(token)
    fresh.key = ec.generate_private_key(ec.SECP256R1())
    assert refusal(lambda: fresh.create_factor(token))[0] in {401, 403}


def test_an_access_token_is_for_its_identity(fresh: ReferenceDevice, names: Iterator[str]) -> None:
    token = fresh.fetch_token(next(names))
    other = AccessToken(token.token, token.service_sid, f"{next(names)}-other")
    assert refusal(lambda: fresh.create_factor(other))[0] in {401, 403}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"FriendlyName": None}, {60306}),
        ({"FriendlyName": "x" * 65}, {60306}),
        # The published list has both codes for these, and doesn't say which.
        ({"Binding.PublicKey": "AAAA"}, {60306, 60314}),
        ({"Config.AppId": "x" * 101}, {60300, 60306}),
        ({"Metadata": '{"os":1}'}, {60300, 60306}),
    ],
)
def test_a_wrong_parameter_is_named(
    fresh: ReferenceDevice, names: Iterator[str], change: dict[str, str | None], codes: set[int]
) -> None:
    token = fresh.fetch_token(next(names))
    status, code = refusal(lambda: fresh.create_factor(token, change=change))
    assert status == 400
    assert code in codes


def test_one_binding_makes_one_factor(fresh: ReferenceDevice, names: Iterator[str]) -> None:
    name = next(names)
    fresh.enrol(name)
    token = fresh.fetch_token(name)
    assert refusal(lambda: fresh.create_factor(token)) == (409, 60317)


def test_only_the_factors_key_verifies_it(fresh: ReferenceDevice, names: Iterator[str]) -> None:
    fresh.create_factor(fresh.fetch_token(next(names)))
    # A well-formed signature (the published one), of another key over another sid.
    foreign = (
        "MEQCIFtun9Ioo+W+juCG7sOl8PPPuozb8cspsUtpu2TxnzP/AiAi1VpFNTr2eK+VX3b1DLHy8rPm3MOpTvUH14hyNr"
        "0Gfg=="
    )
    assert refusal(lambda: fresh.verify(foreign)) == (403, 60311)
    assert fresh.verify()["status"] == "verified"


def test_no_challenge_for_an_unverified_factor(
    sandbox: Sandbox, fresh: ReferenceDevice, names: Iterator[str]
) -> None:
    fresh.create_factor(fresh.fetch_token(next(names)))
    assert outcome(sandbox.create(fresh)) == (403, 60318)


# Tokens and the clock


@pytest.mark.parametrize("age", [3600, -3600], ids=["stale", "early"])
def test_a_token_out_of_its_time_is_a_401_that_tells_the_time(
    device: ReferenceDevice, age: int
) -> None:
    token = device.token(now=time.time() - age)
    response = device.send("GET", f"{device.entity_path}/Challenges", token)
    assert outcome(response) == (401, 20003)
    assert "Date" in response.headers


def test_a_token_of_another_key_is_a_401(device: ReferenceDevice) -> None:
    device.key = ec.generate_private_key(ec.SECP256R1())
    response = device.send("GET", f"{device.entity_path}/Challenges", device.token())
    assert outcome(response) == (401, 20003)


@pytest.mark.parametrize("wrong", [-86400, 86400])
def test_a_device_with_a_wrong_clock_finds_the_time(
    sandbox: Sandbox,
    reference_device_factory: DeviceFactory,
    names: Iterator[str],
    wrong: int,
) -> None:
    device = reference_device_factory(
        sandbox.api_url, sandbox.backend_url, clock=lambda: time.time() + wrong
    )
    device.enrol(next(names))
    assert device.offset != 0
    sid = sandbox.challenge(device)
    assert device.approve(sid)["status"] == "approved"


# Lists


def test_a_list_shows_whole_challenges_without_a_header(
    sandbox: Sandbox, device: ReferenceDevice
) -> None:
    sid = sandbox.challenge(device, **FORM_WITH_ALL)
    query = [("FactorSid", device.factor.sid), ("Status", "pending"), ("Order", "desc")]
    response = device.request("GET", f"{device.entity_path}/Challenges", query=query)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/json")
    assert SIGNATURE_FIELDS not in response.headers
    body = response.json()
    assert body["meta"]["key"] == "challenges"
    assert body["meta"]["page_size"] == 50
    assert body["meta"]["next_page_url"] is None
    assert [item["sid"] for item in body["challenges"]] == [sid]
    check_challenge(body["challenges"][0], device)


def check_challenge(body: Json, device: ReferenceDevice) -> None:
    """Check the members of a pending challenge that was made with FORM_WITH_ALL."""
    assert body.keys() >= CHALLENGE_MEMBERS
    assert body["status"] == "pending"
    assert body["factor_sid"] == device.factor.sid
    assert body["identity"] == device.factor.identity
    assert body["factor_type"] == "push"
    assert body["date_responded"] is None
    assert body["details"] == {
        "message": "Sign in? 1/2",
        "fields": [json.loads(item) for item in FORM_WITH_ALL["Details.Fields"]],
    }
    assert body["hidden_details"] == {"transaction": "a=b/c:d", "empty": ""}
    for name in ("date_created", "date_updated", "expiration_date"):
        assert DATE.fullmatch(body[name])


def test_pages_follow_one_another_newest_first(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sids = [sandbox.challenge(device) for _ in range(5)]
    assert [item["sid"] for item in device.list_pending(page_size=2)] == sids[::-1]
    assert [item["sid"] for item in device.list_pending(page_size=5)] == sids[::-1]


def test_a_page_token_has_two_spellings(sandbox: Sandbox, device: ReferenceDevice) -> None:
    """On the wire itself: iOS writes pageToken and raw characters, all others PageToken."""
    sids = [sandbox.challenge(device) for _ in range(3)]
    token = next_token(device.list_page(2))
    assert token is not None
    sent: list[str] = []
    device.client.event_hooks["request"] = [lambda request: sent.append(str(request.url))]
    assert [item["sid"] for item in device.list_page(2, token)["challenges"]] == sids[:1]
    name = {"android": "PageToken", "ios": "pageToken"}[device.encoding]
    assert f"&{name}={token}" in sent[0]
    form = {"android": "a=b%3D%2F%3A%2B+%C3%A9", "ios": "a=b=/:%2B%20%C3%A9"}[device.encoding]
    assert device.encode([("a", "b=/:+ é")]) == form


def test_the_oldest_come_first_unless_asked(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sids = [sandbox.challenge(device) for _ in range(3)]
    query = [("FactorSid", device.factor.sid)]
    body = device.request("GET", f"{device.entity_path}/Challenges", query=query).json()
    assert [item["sid"] for item in body["challenges"]] == sids


def test_a_list_holds_one_status(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sids = [sandbox.challenge(device) for _ in range(3)]
    device.approve(sids[0])
    device.deny(sids[1])
    for status, sid in zip(("approved", "denied", "pending"), sids, strict=True):
        page = device.list_page(status=status)
        assert [item["sid"] for item in page["challenges"]] == [sid]


@pytest.mark.parametrize("size", ["0", "1001"])
def test_a_page_size_out_of_range_is_60373(device: ReferenceDevice, size: str) -> None:
    query = [("FactorSid", device.factor.sid), ("PageSize", size)]
    response = device.request("GET", f"{device.entity_path}/Challenges", query=query)
    assert outcome(response)[1] == 60373


# Details and answers


def test_one_challenge_comes_with_its_signature_fields(
    sandbox: Sandbox, device: ReferenceDevice
) -> None:
    sid = sandbox.challenge(device, **FORM_WITH_ALL)
    response = device.request("GET", device.challenge_path(sid))
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/json")
    assert response.headers[SIGNATURE_FIELDS] == SIGNED
    opened = device.get(sid)
    assert set(opened.signature_fields) <= opened.body.keys()
    check_challenge(opened.body, device)


def test_a_challenge_with_a_message_alone(sandbox: Sandbox, device: ReferenceDevice) -> None:
    """`Details.Fields=` means none; a date that isn't there is left out, never null."""
    sid = sandbox.challenge(device, **{"Details.Fields": ""})
    body = device.get(sid).body
    assert body["details"]["message"] == "Sign in? 1/2"
    assert not body["details"].get("fields")
    assert "date" not in body["details"]
    assert body["hidden_details"] is None
    assert device.deny(sid)["status"] == "denied"


def test_fields_may_come_as_one_array(sandbox: Sandbox, device: ReferenceDevice) -> None:
    """A whole JSON array in one Details.Fields is taken too."""
    fields: list[dict[str, Any]] = [{"label": "a", "value": "1"}, {"label": "b", "value": "2"}]
    sid = sandbox.challenge(device, **{"Details.Fields": json.dumps(fields)})
    assert device.get(sid).body["details"]["fields"] == fields
    assert device.approve(sid)["status"] == "approved"


@pytest.mark.parametrize("decision", ["approved", "denied"])
def test_an_answer_reaches_the_company(
    sandbox: Sandbox, device: ReferenceDevice, decision: Decision
) -> None:
    sid = sandbox.challenge(device, **FORM_WITH_ALL)
    body = device.answer(sid, decision)
    assert body["status"] == decision
    assert DATE.fullmatch(body["date_responded"])
    assert sandbox.status(device, sid) == decision
    assert device.list_pending() == []


def test_the_answers_own_response_is_the_challenge(
    sandbox: Sandbox, device: ReferenceDevice
) -> None:
    sid = sandbox.challenge(device, **FORM_WITH_ALL)
    opened = device.get(sid)
    response = device.post_answer(sid, device.sign(answer_payload(opened, "approved")))
    assert outcome(response) == (200, None)
    body = response.json()
    assert body["status"] == "approved"
    kept = set(opened.signature_fields) - {"status", "date_updated"}
    assert {name: body[name] for name in kept} == {name: opened.body[name] for name in kept}


def test_an_answer_may_exceed_the_published_length(
    sandbox: Sandbox, device: ReferenceDevice
) -> None:
    field = json.dumps({"label": "l" * 36, "value": "v" * 128})
    sid = sandbox.challenge(device, **{"Details.Fields": [field] * 20})
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    assert len(answer) > 5456
    assert outcome(device.post_answer(sid, answer)) == (200, None)


def test_a_second_answer_is_60322(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sid = sandbox.challenge(device)
    opened = device.get(sid)
    device.deny(sid)
    answer = device.sign(answer_payload(opened, "approved"))
    assert outcome(device.post_answer(sid, answer)) == (403, 60322)
    assert sandbox.status(device, sid) == "denied"


def test_a_late_answer_is_60323(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sid = sandbox.challenge(device, ExpirationDate=in_seconds(2))
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    deadline = time.monotonic() + PATIENCE
    pause = threading.Event()
    while sandbox.status(device, sid) == "pending" and time.monotonic() < deadline:
        pause.wait(0.05)  # its time is the sandbox's own: all that can be done is to ask
    assert sandbox.status(device, sid) == "expired"
    assert outcome(device.post_answer(sid, answer)) == (403, 60323)
    assert device.list_pending() == []


Tamper = Callable[[ReferenceDevice, Json], str]


def _message(device: ReferenceDevice, payload: Json) -> str:
    return device.sign({**payload, "details": {**payload["details"], "message": "Pay?"}})


def _short(device: ReferenceDevice, payload: Json) -> str:
    return device.sign(payload).rpartition(".")[0] + "." + base64url(bytes(63))


def _foreign(device: ReferenceDevice, payload: Json) -> str:
    return device.sign(payload, key=ec.generate_private_key(ec.SECP256R1()))


def _without_hidden(device: ReferenceDevice, payload: Json) -> str:
    return device.sign({k: v for k, v in payload.items() if k != "hidden_details"})


WRONG_ANSWERS: dict[str, Tamper] = {
    "message": _message,
    "left out": _without_hidden,
    "other sid": lambda d, p: d.sign({**p, "sid": "YC" + "0" * 32}),
    "pending": lambda d, p: d.sign({**p, "status": "pending"}),
    "expired": lambda d, p: d.sign({**p, "status": "expired"}),
    "no status": lambda d, p: d.sign({k: v for k, v in p.items() if k != "status"}),
    "list": lambda d, p: d.sign({**p, "status": ["approved"]}),
    "token's header": lambda d, p: d.sign(p, {"typ": "JWT", "alg": "ES256", "cty": "x"}),
    "no typ": lambda d, p: d.sign(p, {"alg": "ES256"}),
    "alg none": lambda d, p: d.sign(p, {"typ": "JWT", "alg": "none"}),
    "foreign key": _foreign,
    "short": _short,
    "zeros": lambda d, p: d.sign(p).rpartition(".")[0] + "." + base64url(bytes(64)),
    "moved": lambda d, p: d.sign({"a": "b"}).rpartition(".")[0] + "." + d.sign(p).split(".")[2],
    "no object": lambda d, p: "W10." + d.sign(p).partition(".")[2],
}


@pytest.mark.parametrize("tamper", WRONG_ANSWERS.values(), ids=WRONG_ANSWERS)
def test_a_wrong_answer_is_60324_and_leaves_it_pending(
    sandbox: Sandbox, device: ReferenceDevice, tamper: Tamper
) -> None:
    sid = sandbox.challenge(device, **FORM_WITH_ALL)
    payload = answer_payload(device.get(sid), "approved")
    assert outcome(device.post_answer(sid, tamper(device, payload))) == (403, 60324)
    assert sandbox.status(device, sid) == "pending"
    assert outcome(device.post_answer(sid, device.sign(payload))) == (200, None)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "a b.c.d"])
def test_an_auth_payload_that_is_no_jws_is_60306(
    sandbox: Sandbox, device: ReferenceDevice, text: str
) -> None:
    sid = sandbox.challenge(device)
    assert outcome(device.post_answer(sid, text)) == (400, 60306)
    assert outcome(device.request("POST", device.challenge_path(sid), form=[])) == (400, 60306)
    assert sandbox.status(device, sid) == "pending"


def test_a_challenge_is_one_devices_alone(
    sandbox: Sandbox,
    fresh: ReferenceDevice,
    reference_device_factory: DeviceFactory,
    names: Iterator[str],
) -> None:
    """Neither another device of the same person nor the company answers it."""
    device, name = fresh, next(names)
    device.enrol(name)
    other = reference_device_factory(sandbox.api_url, sandbox.backend_url)
    other.enrol(name)
    assert other.factor.identity == device.factor.identity
    sid = sandbox.challenge(device)
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    assert refusal(lambda: other.get(sid)) == (404, 20404)
    assert outcome(other.post_answer(sid, answer)) == (404, 20404)
    assert other.list_pending() == []
    address = f"{sandbox.challenges_of(device)}/{sid}"
    assert not sandbox.company.post(address, data={"AuthPayload": answer}).is_success
    assert sandbox.status(device, sid) == "pending"


def test_metadata_goes_with_an_answer_or_later(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sid = sandbox.challenge(device)
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    taken = device.post_answer(sid, answer, metadata={"why": "a=b/c"})
    assert taken.json()["metadata"] == {"why": "a=b/c"}
    form = [("Metadata", '{"why":"later"}')]
    later = device.request("POST", device.challenge_path(sid), form=form)
    assert outcome(later) == (200, None)
    assert later.json()["metadata"] == {"why": "later"}
    assert later.json()["status"] == "approved"


def test_an_unknown_challenge_is_404(device: ReferenceDevice) -> None:
    assert refusal(lambda: device.get("YC" + "0" * 32)) == (404, 20404)


# The factor's end


def test_a_factor_is_renamed(device: ReferenceDevice) -> None:
    name = "Büro = 1/2 & mehr"
    assert device.update(FriendlyName=name)["friendly_name"] == name
    assert refusal(lambda: device.update(FriendlyName="x" * 65)) == (400, 60306)


def test_a_factors_settings_are_updated(device: ReferenceDevice) -> None:
    settings = {"Config.AppId": "com.example/a=b", "Config.SdkVersion": "2.0:1"}
    updated = device.update(**settings, **{"Config.NotificationPlatform": "none"})
    assert updated["config"]["app_id"] == "com.example/a=b"
    assert updated["config"]["sdk_version"] == "2.0:1"
    assert updated["config"]["credential_sid"] == device.factor.credential_sid
    assert updated["status"] == "verified"


def test_a_deleted_factor_is_gone(sandbox: Sandbox, device: ReferenceDevice) -> None:
    sandbox.challenge(device)
    response = device.request("DELETE", device.factor_path)
    assert (response.status_code, response.content) == (204, b"")
    assert refusal(device.list_pending) in {(401, 20003), (404, 20404)}
    device.delete()
    company = sandbox.company.get(f"{sandbox.api_url}{device.factor_path}")
    assert outcome(company) == (404, 20404)
    assert outcome(sandbox.create(device))[0] in {400, 404}
