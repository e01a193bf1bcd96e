"""Changing and removing accounts: the service first, and nothing half done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from countersign.device import accounts
from countersign.push.errors import (
    ApiError,
    CountersignError,
    InputError,
    KeyStorageError,
    NetworkError,
    StorageError,
)
from tests.unit.device import device_support as support

if TYPE_CHECKING:
    from countersign.device.records import Account
    from tests.unit.device.device_support import FakeService, Keys, Process

pytestmark = pytest.mark.anyio


async def all_kept(process: Process, account: Account) -> bool:
    """Tell whether an account, its key and its lack of a note are as they were."""
    kept = (list(await process.accounts.all()), process.keys.names)
    return kept == ([account], [account.key_id]) and await process.stray_notes() == []


async def all_gone(process: Process) -> bool:
    """Tell whether nothing of any account is left."""
    kept = (list(await process.accounts.all()), process.keys.names, await process.stray_notes())
    return kept == ([], [], [])


# --- Get -----------------------------------------------------------------------------------------


async def test_an_account_is_got_by_its_sid(process: Process, account: Account) -> None:
    assert await accounts.get(process.device, account.sid) == account


async def test_an_account_that_is_not_here_is_an_input_error(process: Process) -> None:
    with pytest.raises(InputError) as raised:
        await accounts.get(process.device, "YF" + "9" * 32)
    assert raised.value.name == "no_such_account"


# --- Names ---------------------------------------------------------------------------------------


async def test_a_new_name_is_the_service_s_word(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("POST", "/Factors/", support.altered(friendly_name="As they keep it"))
    renamed = await accounts.rename(process.device, account, " New ")
    assert service.sent[0].form == {"FriendlyName": "New"}
    assert renamed.friendly_name == "As they keep it"
    assert await process.accounts.get(account.sid) == renamed


@pytest.mark.parametrize(
    "trouble",
    [support.refuse(403, 20003), support.fail(support.lost()), support.answer(200, {})],
    ids=["refused", "lost", "unreadable"],
)
async def test_a_name_that_the_service_does_not_take_is_not_kept(
    process: Process, service: FakeService, account: Account, trouble: support.Behaviour
) -> None:
    service.on("POST", "/Factors/", trouble)
    with pytest.raises(CountersignError):
        await accounts.rename(process.device, account, "New")
    assert await process.accounts.get(account.sid) == account


async def test_a_label_is_this_computer_s_alone(
    process: Process, service: FakeService, account: Account
) -> None:
    labelled = await accounts.relabel(process.device, account, " Büro ")
    assert (labelled.label, service.sent) == ("Büro", [])
    assert await process.accounts.get(account.sid) == labelled


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\nb", "a\u200bb", "a\u202eb"])
async def test_a_name_that_can_not_be_shown_is_refused(
    process: Process, service: FakeService, account: Account, name: str
) -> None:
    with pytest.raises(InputError):
        await accounts.rename(process.device, account, name)
    with pytest.raises(InputError):
        await accounts.relabel(process.device, account, name)
    assert (service.sent, await process.accounts.get(account.sid)) == ([], account)


async def test_a_change_undoes_no_other_that_came_before(
    process: Process, account: Account
) -> None:
    await accounts.relabel(process.device, account, "Label")
    await accounts.rename(process.device, account, "Name")
    await process.accounts.update(
        replace(await accounts.get(process.device, account.sid), token_offset=7.0)
    )
    await accounts.relabel(process.device, account, "Other label")
    kept = await accounts.get(process.device, account.sid)
    assert (kept.label, kept.friendly_name, kept.token_offset) == ("Other label", "Name", 7.0)


async def test_a_change_does_not_bring_a_removed_account_back(
    process: Process, account: Account
) -> None:
    await process.accounts.remove(account)
    await accounts.relabel(process.device, account, "Label")
    assert await process.accounts.all() == []


async def test_a_clock_correction_on_the_way_is_kept(
    process: Process, service: FakeService, account: Account
) -> None:
    date = process.device.clock(account).local() + 600
    service.on("POST", "/Factors/", support.refuse(401, 20003, date=date))
    renamed = await accounts.rename(process.device, account, "New")
    assert renamed.token_offset == pytest.approx(600, abs=60)


# --- Remove --------------------------------------------------------------------------------------


async def test_removing_takes_the_factor_the_record_and_the_key(
    process: Process, service: FakeService, account: Account
) -> None:
    assert await accounts.remove(process.device, account) is True
    assert service.factors == {}
    assert await all_gone(process)


async def test_a_factor_that_the_service_no_longer_knows_counts_as_removed(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("DELETE", "/Factors/", support.refuse(404, 20404))
    assert await accounts.remove(process.device, account) is True
    assert await all_gone(process)


async def test_a_key_that_the_service_refuses_on_the_right_time_counts_as_removed(
    process: Process, service: FakeService, account: Account
) -> None:
    service.factors.clear()  # the service answers 401, with its date
    assert await accounts.remove(process.device, account) is True
    assert service.count("DELETE") == 2
    assert await all_gone(process)


@pytest.mark.parametrize(
    "trouble",
    [
        support.refuse(401, 20003),
        support.refuse(401, 20003, date=1.0),
        support.refuse(403, 20003),
        support.refuse(429, 20429),
        support.refuse(500),
        support.fail(NetworkError("unreachable", "No.")),
        support.take_then_fail(support.lost()),
    ],
    ids=["401 without a date", "a wild date", "403", "429", "500", "unreachable", "lost"],
)
async def test_where_the_service_has_not_removed_it_all_is_kept(
    process: Process, service: FakeService, account: Account, trouble: support.Behaviour
) -> None:
    service.on("DELETE", "/Factors/", trouble)
    with pytest.raises(CountersignError) as raised:
        await accounts.remove(process.device, account)
    assert "--local-only" in raised.value.hint
    assert await all_kept(process, account)


async def test_a_removal_that_was_lost_is_done_by_the_next_try(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("DELETE", "/Factors/", support.take_then_fail(support.lost()))
    with pytest.raises(NetworkError):
        await accounts.remove(process.device, account)
    assert await accounts.remove(process.device, account) is True
    assert await all_gone(process)


async def test_with_a_locked_key_store_all_is_kept(
    process: Process, service: FakeService, keys: Keys, account: Account
) -> None:
    keys.lock()
    with pytest.raises(KeyStorageError) as raised:
        await accounts.remove(process.device, account)
    assert (raised.value.name, service.sent) == ("locked", [])
    assert await all_kept(process, account)


async def test_only_here_asks_nobody(
    process: Process, service: FakeService, account: Account
) -> None:
    assert await accounts.remove(process.device, account, local_only=True) is False
    assert (service.sent, list(service.factors)) == ([], [account.sid])
    assert await all_gone(process)


@pytest.mark.parametrize("local_only", [True, False])
async def test_a_key_that_can_not_be_removed_now_is_removed_later(
    process: Process, keys: Keys, account: Account, *, local_only: bool
) -> None:
    keys.lock("delete")
    removed = await accounts.remove(process.device, account, local_only=local_only)
    assert removed is not local_only
    assert await process.accounts.all() == []
    assert await process.stray_notes() == [account.key_id]
    keys.unlock()
    await process.device.remove_stray_keys()
    assert await all_gone(process)


async def test_where_the_record_can_not_be_removed_the_key_stays_too(
    process: Process, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_account: Account) -> None:
        raise StorageError("disk", "Full.")

    with monkeypatch.context() as patch:
        patch.setattr(process.accounts, "remove", full)
        with pytest.raises(StorageError):
            await accounts.remove(process.device, account)
    assert await all_kept(process, account)
    assert await accounts.remove(process.device, account) is True


async def test_history_outlives_its_account(process: Process, account: Account) -> None:
    shown = await process.ask(account)
    await process.log.begin(support.decision(shown))
    await accounts.remove(process.device, account)
    assert len(await process.log.all()) == 1


async def test_a_refused_removal_is_the_api_s_error(
    process: Process, service: FakeService, account: Account
) -> None:
    service.on("DELETE", "/Factors/", support.refuse(403, 20003))
    with pytest.raises(ApiError):
        await accounts.remove(process.device, account)
