"""Adding an account: the steps, what is sent, and what is kept."""

from __future__ import annotations

import base64
import json
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign import __version__
from countersign.device.enrolment import EnrolmentRequest, Step, UnfinishedError, enrol, finish
from countersign.push.errors import InputError, KeyStorageError
from countersign.push.values import FactorStatus
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

REQUEST = EnrolmentRequest(support.BACKEND_URL, "jane-at-work")
COMPANY = "https://login.example.com:8443/access-token"
DEFAULT_API = "https://verify.twilio.com/v2/"


def created(service: FakeService) -> support.Sent:
    """Return the request that created the factor."""
    (sent,) = (one for one in service.sent if one.path.endswith("/Factors"))
    return sent


# --- The steps -----------------------------------------------------------------------------------


async def test_the_steps_are_told_in_order(process: Process) -> None:
    steps: list[Step] = []
    await enrol(process.device, REQUEST, steps.append)
    assert steps == [Step.KEY, Step.PERMISSION, Step.REGISTER, Step.CHECK]


async def test_the_requests_are_permission_creation_and_check(
    process: Process, service: FakeService
) -> None:
    account = await enrol(process.device, REQUEST)
    assert [(sent.method, sent.path.rpartition("/")[2]) for sent in service.sent] == [
        ("POST", "access-token"),
        ("POST", "Factors"),
        ("POST", account.sid),
    ]


async def test_the_key_is_made_and_noted_before_anything_is_asked(
    process: Process, service: FakeService, keys: Keys
) -> None:
    at_the_time: list[list[str]] = []

    async def look(take: support.Take) -> Reply:
        at_the_time.extend((keys.names, await process.stray_notes()))
        return take()

    service.on("POST", "/access-token", look)
    account = await enrol(process.device, REQUEST)
    assert at_the_time == [[account.key_id], [account.key_id]]


async def test_a_step_that_is_not_reached_is_not_told(process: Process, keys: Keys) -> None:
    keys.lock("create")
    steps: list[Step] = []
    with pytest.raises(KeyStorageError):
        await enrol(process.device, REQUEST, steps.append)
    assert steps == [Step.KEY]


# --- What is kept --------------------------------------------------------------------------------


async def test_the_account_is_kept_verified_with_what_the_service_said(
    process: Process, service: FakeService, keys: Keys
) -> None:
    account = await enrol(process.device, replace(REQUEST, label="Work"))
    (factor,) = service.factors.values()
    assert list(await process.accounts.all()) == [account]
    assert (account.sid, account.status) == (factor["sid"], FactorStatus.VERIFIED)
    assert account.credential_sid == factor["config"]["credential_sid"]
    assert (account.label, account.friendly_name) == ("Work", factor["friendly_name"])
    assert keys.names == [account.key_id]
    assert await process.stray_notes() == []


async def test_the_identity_is_the_backend_s_word(process: Process, service: FakeService) -> None:
    account = await enrol(process.device, REQUEST)
    assert service.sent[0].form["identity"] == "jane-at-work"
    assert (account.identity, account.service_sid) == (support.IDENTITY, support.SERVICE_SID)


async def test_each_account_has_a_key_of_its_own(process: Process, keys: Keys) -> None:
    accounts = [await enrol(process.device, REQUEST) for _ in range(2)]
    assert {account.key_id for account in accounts} == set(keys.names)
    assert len(keys.names) == 2


# --- What is sent --------------------------------------------------------------------------------


async def test_the_public_key_that_is_sent_is_the_kept_key_s(
    process: Process, service: FakeService, keys: Keys
) -> None:
    account = await enrol(process.device, REQUEST)
    sent = base64.b64decode(created(service).form["Binding.PublicKey"], validate=True)
    assert sent == await keys.public_key(account.key_id)


async def test_metadata_is_the_system_and_the_version_and_nothing_more(
    process: Process, service: FakeService
) -> None:
    await enrol(process.device, REQUEST)
    metadata = json.loads(created(service).form["Metadata"])
    assert set(metadata) == {"os", "os_version", "app_version"}
    assert metadata["app_version"] == __version__


async def test_the_host_s_name_is_told_to_nobody(
    process: Process, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "janes-private-laptop"
    monkeypatch.setattr("platform.node", lambda: name)
    monkeypatch.setattr("socket.gethostname", lambda: name)
    assert socket.gethostname() == name
    await enrol(process.device, REQUEST)
    assert name not in repr(service.sent)


async def test_code_and_headers_go_to_the_backend_alone(
    process: Process, service: FakeService
) -> None:
    request = replace(REQUEST, code="one-time", headers={"Cookie": "session"})
    await enrol(process.device, request)
    first, *rest = service.sent
    assert first.form == {"identity": "jane-at-work", "code": "one-time"}
    assert first.headers == {"Cookie": "session"}
    assert "one-time" not in repr(rest)
    assert "session" not in repr(rest)


def test_code_and_headers_are_not_in_a_repr() -> None:
    shown = repr(replace(REQUEST, code="s3cret", headers={"Cookie": "s3cret"}))
    assert "s3cret" not in shown


# --- Names ---------------------------------------------------------------------------------------


async def test_names_have_defaults(process: Process, service: FakeService) -> None:
    service.granted["api_url"] = None
    account = await enrol(process.device, replace(REQUEST, backend_url=COMPANY))
    assert created(service).form["FriendlyName"].endswith(" computer")
    assert account.label == "login.example.com:8443"


async def test_a_host_s_name_that_is_too_long_for_a_label_is_cut(process: Process) -> None:
    backend = f"https://{'a' * 60}.{'b' * 60}.example/access-token"
    account = await enrol(process.device, replace(REQUEST, backend_url=backend))
    assert account.label == ("a" * 60 + "." + "b" * 60)[:64]


@pytest.mark.parametrize("name", ["A", "x" * 64, "  Büro 2 ", "机"])
async def test_names_up_to_64_characters_are_taken(
    process: Process, service: FakeService, name: str
) -> None:
    account = await enrol(process.device, replace(REQUEST, friendly_name=name, label=name))
    assert created(service).form["FriendlyName"] == name.strip()
    assert account.label == name.strip()


WRONG = {
    "no address": {"backend_url": "example.com"},
    "http elsewhere": {"backend_url": "http://example.com/access-token"},
    "user in the address": {"backend_url": "https://a:b@example.com/"},
    "api by http elsewhere": {"api_url": "http://example.com/v2"},
    "api no address": {"api_url": "v2"},
    "no identity": {"identity": ""},
    "blank identity": {"identity": " "},
    "identity with a line": {"identity": "a\nb"},
    "identity with spaces around": {"identity": " ab "},
    "identity too long": {"identity": "x" * 257},
    "name too long": {"friendly_name": "x" * 65},
    "blank name": {"friendly_name": " "},
    "name with a bidi override": {"friendly_name": "a\u202eb"},
    "label too long": {"label": "x" * 65},
    "label with a line": {"label": "a\nb"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
async def test_what_can_not_be_used_is_refused_before_anything_is_made(
    process: Process, service: FakeService, keys: Keys, change: dict[str, str]
) -> None:
    request = EnrolmentRequest(
        change.get("backend_url", support.BACKEND_URL),
        change.get("identity", "jane-at-work"),
        friendly_name=change.get("friendly_name", ""),
        label=change.get("label", ""),
        api_url=change.get("api_url"),
    )
    with pytest.raises(InputError):
        await enrol(process.device, request)
    assert (service.sent, keys.names, await process.stray_notes()) == ([], [], [])


# --- The API's address ---------------------------------------------------------------------------


async def test_the_api_is_the_default_unless_told(process: Process, service: FakeService) -> None:
    account = await enrol(process.device, replace(REQUEST, backend_url=COMPANY))
    assert created(service).url.startswith(DEFAULT_API)
    assert account.api_url == DEFAULT_API.rstrip("/")


async def test_a_loopback_backend_may_name_a_loopback_api(
    process: Process, service: FakeService
) -> None:
    service.granted["api_url"] = "http://127.0.0.1:5555/v2"
    account = await enrol(process.device, REQUEST)
    assert account.api_url == "http://127.0.0.1:5555/v2"
    assert created(service).url.startswith("http://127.0.0.1:5555/v2/")


async def test_the_user_s_word_goes_before_the_backend_s(
    process: Process, service: FakeService
) -> None:
    service.granted["api_url"] = "http://127.0.0.1:5555/v2"
    account = await enrol(process.device, replace(REQUEST, api_url="https://eu.example/v2"))
    assert account.api_url == "https://eu.example/v2"
    assert created(service).url.startswith("https://eu.example/v2/")


# --- The last step -------------------------------------------------------------------------------

NOT_CHECKED = {
    "lost": support.fail(support.lost()),
    "lost after it was taken": support.take_then_fail(support.lost()),
    "60311": support.refuse(403, 60311),
    "busy": support.refuse(503),
    "too many": support.refuse(429, 20429),
    "unreadable": support.answer(200, {}),
    "not verified": support.altered(status="unverified"),
    "another factor": support.altered(sid="YF" + "9" * 32),
}


@pytest.mark.parametrize("trouble", NOT_CHECKED.values(), ids=NOT_CHECKED)
async def test_an_account_that_was_not_checked_is_kept_to_be_finished(
    process: Process, service: FakeService, keys: Keys, trouble: support.Behaviour
) -> None:
    service.on("POST", "/Factors/", trouble)
    with pytest.raises(UnfinishedError) as raised:
        await enrol(process.device, REQUEST)
    (kept,) = await process.accounts.all()
    assert (kept, kept.verified) == (raised.value.account, False)
    assert (keys.names, await process.stray_notes()) == ([kept.key_id], [])
    assert await process.device.verified_accounts() == []
    finished = await finish(process.device, kept)
    assert finished.verified
    assert list(await process.accounts.all()) == [finished]


async def test_a_key_store_that_locks_before_the_check_leaves_it_unfinished(
    process: Process, keys: Keys
) -> None:
    keys.lock("sign")
    with pytest.raises(UnfinishedError) as raised:
        await enrol(process.device, REQUEST)
    assert isinstance(raised.value.cause, KeyStorageError)
    keys.unlock()
    assert (await finish(process.device, raised.value.account)).verified


async def test_the_hint_names_the_account_and_the_cause_is_kept(
    process: Process, service: FakeService
) -> None:
    service.on("POST", "/Factors/", support.refuse(403, 60311))
    with pytest.raises(UnfinishedError) as raised:
        await enrol(process.device, REQUEST)
    assert raised.value.account.sid in raised.value.hint
    assert raised.value.code == 60311


@pytest.mark.parametrize("status", [401, 404])
async def test_finishing_what_the_service_has_forgotten_is_too_late(
    process: Process, service: FakeService, status: int
) -> None:
    account = await process.add_account(status=FactorStatus.UNVERIFIED)
    service.on("POST", "/Factors/", support.refuse(status, 20404))
    with pytest.raises(InputError) as raised:
        await finish(process.device, account)
    assert raised.value.name == "too_late"
    assert await process.accounts.get(account.sid) == account


async def test_finishing_keeps_what_changed_meanwhile(process: Process) -> None:
    account = await process.add_account(status=FactorStatus.UNVERIFIED)
    await process.accounts.update(replace(account, label="New"))
    finished = await finish(process.device, account)
    assert (finished.label, finished.verified) == ("New", True)
