"""An enrolment that fails leaves nothing: no key, no record, no note, no factor it knows of."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    BackendError,
    CountersignError,
    InputError,
    KeyStorageError,
    MappingError,
    NetworkError,
    StorageError,
)
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.records import Account
    from countersign.storage.keyring_errors import ErrorName
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio

REQUEST = EnrolmentRequest(support.BACKEND_URL, "jane-at-work")
DISK = StorageError("disk", "Full.")


async def nothing_stays(process: Process) -> bool:
    """Tell whether the key store, the accounts and the notes are empty."""
    kept = (process.keys.names, list(await process.accounts.all()), await process.stray_notes())
    return kept == ([], [], [])


async def disk_full(*_: object) -> None:
    """Stand for a method of a store whose disk is full."""
    raise DISK


# --- The key -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["missing", "locked", "dismissed", "refused", "failed"])
async def test_without_a_key_nothing_is_asked(
    process: Process, service: FakeService, keys: Keys, name: ErrorName
) -> None:
    keys.lock("create", error=name)
    with pytest.raises(KeyStorageError) as raised:
        await enrol(process.device, REQUEST)
    assert raised.value.name == name
    assert service.sent == []
    assert await nothing_stays(process)


async def test_without_room_for_a_note_no_key_is_made(
    process: Process, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.accounts, "note_key", disk_full)
    with pytest.raises(StorageError):
        await enrol(process.device, REQUEST)
    assert service.sent == []
    assert await nothing_stays(process)


# --- Permission ----------------------------------------------------------------------------------

GRANT: dict[str, Any] = {
    "token": "t",
    "serviceSid": support.SERVICE_SID,
    "identity": "x",
    "factorType": "push",
}
NOT_PERMITTED: dict[str, tuple[support.Behaviour, type[CountersignError], str]] = {
    "unreachable": (
        support.fail(NetworkError("unreachable", "No.")),
        NetworkError,
        "unreachable",
    ),
    "lost": (support.take_then_fail(support.lost()), NetworkError, "answer_lost"),
    "400": (support.refuse(400), BackendError, "refused_by_company"),
    "401": (support.refuse(401), BackendError, "refused_by_company"),
    "403": (support.refuse(403), BackendError, "refused_by_company"),
    "404": (support.refuse(404), BackendError, "unexpected"),
    "429": (support.refuse(429), BackendError, "busy"),
    "500": (support.refuse(500), BackendError, "busy"),
    "a redirect": (support.refuse(302), BackendError, "sign_in_first"),
    "a web page": (support.answer(200, b"<html>"), MappingError, "unexpected"),
    "nothing": (support.answer(200, {}), MappingError, "unexpected"),
    "not push": (support.answer(200, GRANT | {"factorType": "totp"}), MappingError, "not_push"),
    "no service": (support.answer(200, GRANT | {"serviceSid": "x"}), MappingError, "unexpected"),
    "an api elsewhere": (
        support.answer(200, GRANT | {"api_url": "https://evil.example/v2"}),
        MappingError,
        "unexpected",
    ),
}


@pytest.mark.parametrize(("trouble", "kind", "name"), NOT_PERMITTED.values(), ids=NOT_PERMITTED)
async def test_without_permission_nothing_stays(
    process: Process,
    service: FakeService,
    trouble: support.Behaviour,
    kind: type[CountersignError],
    name: str,
) -> None:
    service.on("POST", "/access-token", trouble)
    with pytest.raises(kind) as raised:
        await enrol(process.device, REQUEST)
    assert (type(raised.value), raised.value.name) == (kind, name)
    assert len(service.sent) == 1
    assert await nothing_stays(process)


# --- Registration --------------------------------------------------------------------------------

NOT_REGISTERED: dict[str, tuple[support.Behaviour, type[CountersignError], str]] = {
    "token expired": (support.refuse(401, 20003), ApiError, "token_expired"),
    "401 with a date": (support.refuse(401, 20003, date=1.0), ApiError, "token_expired"),
    "60313": (support.refuse(403, 60313), ApiError, "token_expired"),
    "20 devices": (support.refuse(400, 60315), ApiError, "too_many_devices"),
    "the same key": (support.refuse(409, 60317), ApiError, "already_registered"),
    "100 a day": (support.refuse(429, 60326), ApiError, "too_many_tries"),
    "404": (support.refuse(404, 20404), ApiError, "not_found"),
    "429": (support.refuse(429, 20429), ApiError, "too_many_requests"),
    "500": (support.refuse(500), ApiError, "busy"),
    "unreachable": (
        support.fail(NetworkError("unreachable", "No.")),
        NetworkError,
        "unreachable",
    ),
    "lost": (support.fail(support.lost()), AnswerLostError, "maybe_registered"),
    "taken and lost": (
        support.take_then_fail(support.lost()),
        AnswerLostError,
        "maybe_registered",
    ),
    "no credential": (support.altered(config={}), MappingError, "no_credential"),
    "no config": (support.altered(config=...), MappingError, "no_credential"),
    "another identity": (support.altered(identity="other"), MappingError, "wrong_factor"),
    "another service": (
        support.altered(service_sid="VA" + "9" * 32),
        MappingError,
        "wrong_factor",
    ),
    "verified already": (support.altered(status="verified"), MappingError, "bad_answer"),
    "no sid": (support.altered(sid=...), MappingError, "bad_answer"),
    "a web page": (support.answer(201, b"<html>"), AnswerLostError, "sign_in_first"),
}


@pytest.mark.parametrize(("trouble", "kind", "name"), NOT_REGISTERED.values(), ids=NOT_REGISTERED)
async def test_without_registration_nothing_stays_and_it_is_never_tried_again(
    process: Process,
    service: FakeService,
    trouble: support.Behaviour,
    kind: type[CountersignError],
    name: str,
) -> None:
    service.on("POST", "/Factors", trouble)
    with pytest.raises(kind) as raised:
        await enrol(process.device, REQUEST)
    assert (type(raised.value), raised.value.name) == (kind, name)
    assert service.count("POST", "/Factors") == 1
    assert await nothing_stays(process)


@pytest.mark.parametrize("name", ["taken and lost", "no credential", "a web page"])
async def test_the_user_is_told_of_an_entry_that_may_stay(
    process: Process, service: FakeService, name: str
) -> None:
    service.on("POST", "/Factors", NOT_REGISTERED[name][0])
    with pytest.raises(CountersignError) as raised:
        await enrol(process.device, REQUEST)
    assert "may stay" in raised.value.message
    assert "Nothing is kept here" in raised.value.message


# --- The record ----------------------------------------------------------------------------------


async def test_without_room_for_the_record_the_factor_is_taken_back(
    process: Process, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.accounts, "add", disk_full)
    with pytest.raises(StorageError) as raised:
        await enrol(process.device, REQUEST)
    assert raised.value.name == "disk"
    assert service.factors == {}
    assert await nothing_stays(process)


async def test_without_room_and_with_no_way_back_the_user_is_told(
    process: Process, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.accounts, "add", disk_full)
    service.on("DELETE", "/Factors/", support.refuse(500))
    with pytest.raises(StorageError) as raised:
        await enrol(process.device, REQUEST)
    assert raised.value.name == "spare_entry"
    assert "may stay" in raised.value.message
    assert await nothing_stays(process)


async def test_a_factor_that_is_here_already_stays_as_it_is(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("POST", "/Factors", support.altered(sid=account.sid))
    with pytest.raises(InputError) as raised:
        await enrol(process.device, REQUEST)
    assert raised.value.name == "already_registered"
    assert list(await process.accounts.all()) == [account]
    assert process.keys.names == [account.key_id]
    assert service.count("DELETE") == 0


# --- Cleaning up that fails ----------------------------------------------------------------------


async def test_a_key_that_can_not_be_removed_now_is_removed_later(
    process: Process,
    start: Callable[[], Awaitable[Process]],
    service: FakeService,
    keys: Keys,
) -> None:
    keys.lock("delete")
    service.on("POST", "/Factors", support.refuse(400, 60315))
    with pytest.raises(ApiError):
        await enrol(process.device, REQUEST)
    assert len(keys.names) == 1
    await process.die()
    again = await start()
    await again.device.remove_stray_keys()
    assert len(await again.stray_notes()) == 1  # still locked: tried again the next time
    keys.unlock()
    await again.device.remove_stray_keys()
    assert await nothing_stays(again)


async def test_a_disk_that_is_full_while_cleaning_up_does_not_hide_the_error(
    process: Process, service: FakeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.accounts, "forget_key", disk_full)
    service.on("POST", "/Factors", support.refuse(400, 60315))
    with pytest.raises(ApiError):
        await enrol(process.device, REQUEST)
    assert process.keys.names == []


# --- Crashed, cancelled --------------------------------------------------------------------------


@pytest.mark.parametrize("taken", [True, False])
@pytest.mark.parametrize("part", ["/access-token", "/Factors"])
async def test_the_next_start_removes_the_key_that_a_crash_has_left(
    process: Process,
    start: Callable[[], Awaitable[Process]],
    service: FakeService,
    part: str,
    *,
    taken: bool,
) -> None:
    gate = support.Gate(taken=taken)
    service.on("POST", part, gate)
    enrolling = asyncio.ensure_future(enrol(process.device, REQUEST))
    await gate.reached.wait()
    again = await start()
    await again.device.remove_stray_keys()
    assert len(process.keys.names) == 1  # its owner still runs
    await process.die()
    process.keys.lock("delete")  # a crash tidies nothing up
    enrolling.cancel()
    await asyncio.wait([enrolling])
    process.keys.unlock()
    assert len(process.keys.names) == 1
    await again.device.remove_stray_keys()
    assert await nothing_stays(again)


async def test_a_process_that_dies_leaves_a_note_for_the_next(
    process: Process, start: Callable[[], Awaitable[Process]]
) -> None:
    await process.accounts.note_key("half-made")
    await process.keys.create("half-made")
    await process.die()
    again = await start()
    await again.device.remove_stray_keys()
    assert await nothing_stays(again)


@pytest.mark.parametrize("part", ["/access-token", "/Factors"])
async def test_cancelling_before_the_account_is_kept_leaves_nothing(
    process: Process, service: FakeService, part: str
) -> None:
    gate = support.Gate(taken=False)
    service.on("POST", part, gate)
    enrolling = asyncio.ensure_future(enrol(process.device, REQUEST))
    await gate.reached.wait()
    enrolling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await enrolling
    assert await nothing_stays(process)


async def test_cancelling_while_the_account_is_kept_never_parts_it_from_its_key(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, adding = process.accounts.add, asyncio.Event()

    async def told(account: Account) -> None:
        adding.set()
        await add(account)

    monkeypatch.setattr(process.accounts, "add", told)
    enrolling = asyncio.ensure_future(enrol(process.device, REQUEST))
    await adding.wait()
    enrolling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await enrolling
    (kept,) = await process.accounts.all()
    assert not kept.verified
    assert process.keys.names == [kept.key_id]
    assert await process.stray_notes() == []


async def test_cancelling_during_the_check_keeps_the_account_unfinished(
    process: Process, service: FakeService
) -> None:
    gate = support.Gate(taken=False)
    service.on("POST", "/Factors/", gate)
    enrolling = asyncio.ensure_future(enrol(process.device, REQUEST))
    await gate.reached.wait()
    enrolling.cancel()
    with pytest.raises(asyncio.CancelledError):
        await enrolling
    (kept,) = await process.accounts.all()
    assert (kept.verified, process.keys.names) == (False, [kept.key_id])
