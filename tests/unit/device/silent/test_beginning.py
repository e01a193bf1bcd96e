"""Who may begin silent approval, and what keeps it from beginning."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.links import ChallengeLink, SignInLink, parse_link
from countersign.device.silent.events import (
    Barred,
    Origin,
    SilentRefusedError,
)
from countersign.push.errors import ApiError, InputError
from tests.unit.device import device_support as support
from tests.unit.device.silent.stage import (
    TEMPLATE,
    TERMS,
    running,
)

if TYPE_CHECKING:
    from countersign.device.records import Account
    from countersign.device.silent.approval import SilentApproval
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Process, Take
    from tests.unit.device.silent.stage import (
        Stage,
    )

pytestmark = pytest.mark.anyio


async def test_it_does_not_begin_where_the_look_fails(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        service.on("GET", "/Challenges", support.refuse(500))
        with pytest.raises(ApiError):
            await on.everything(account, TERMS, Origin.CLICK)
        assert (on.status(), stage.events) == ([], [])


async def test_it_does_not_begin_while_several_wait(
    silent: SilentApproval, service: FakeService, remote: Account
) -> None:
    async with running(silent) as on:
        for _ in range(2):
            service.add_challenge(remote.sid)
        with pytest.raises(SilentRefusedError) as raised:
            await on.everything(remote, TERMS, Origin.CLICK)
        assert raised.value.why is Barred.SEVERAL_WAIT


async def test_stop_while_it_is_about_to_begin(
    silent: SilentApproval, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:

        async def stop(take: Take) -> Reply:
            on.stop()
            return take()

        service.on("GET", "/Challenges", stop)
        with pytest.raises(SilentRefusedError):
            await on.everything(account, TERMS, Origin.CLICK)
        assert on.status() == []


async def test_locking_while_it_is_about_to_begin(
    silent: SilentApproval, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:

        async def lock(take: Take) -> Reply:
            on.set_locked(locked=True)
            on.set_locked(locked=False)
            return take()

        service.on("GET", "/Challenges", lock)
        with pytest.raises(SilentRefusedError):
            await on.everything(account, TERMS, Origin.CLICK)
        assert on.status() == []


@pytest.mark.parametrize("why", [Barred.POLICY, Barred.POLICY_BROKEN, Barred.ACCOUNT, Barred.PIN])
async def test_forbidden(
    silent: SilentApproval, stage: Stage, account: Account, why: Barred
) -> None:
    async with running(silent) as on:
        stage.barred = why
        with pytest.raises(SilentRefusedError) as raised:
            on.sign_in(account, TEMPLATE, Origin.CLICK)
        assert raised.value.why is why
        with pytest.raises(SilentRefusedError):
            await on.everything(account, TERMS, Origin.CLICK)
        assert stage.events == []


async def test_locked_it_does_not_begin(silent: SilentApproval, account: Account) -> None:
    async with running(silent) as on:
        on.set_locked(locked=True)
        with pytest.raises(SilentRefusedError) as raised:
            on.sign_in(account, TEMPLATE, Origin.CLICK)
        assert raised.value.why is Barred.LOCKED
        with pytest.raises(SilentRefusedError):
            await on.everything(account, TERMS, Origin.CLICK)


async def test_an_unfinished_account(silent: SilentApproval, process: Process) -> None:
    async with running(silent) as on:
        unfinished = await process.add_account(status="unverified")
        with pytest.raises(SilentRefusedError) as raised:
            on.sign_in(unfinished, TEMPLATE, Origin.CLICK)
        assert raised.value.why is Barred.UNFINISHED


async def test_no_link_begins_either(
    silent: SilentApproval, stage: Stage, account: Account
) -> None:
    async with running(silent) as on:
        with pytest.raises(SilentRefusedError) as raised:
            on.sign_in(account, TEMPLATE, Origin.LINK)
        assert raised.value.why is Barred.LINK
        with pytest.raises(SilentRefusedError):
            await on.everything(account, TERMS, Origin.LINK)
        assert (stage.events, on.status()) == ([], [])


@pytest.mark.parametrize("verb", ["challenge", "signin"])
async def test_a_link_names_one_request_and_has_no_room_for_an_id(
    service: FakeService, account: Account, verb: str
) -> None:
    sid = service.add_challenge(account.sid)
    text = f"countersign://{verb}?factor_sid={account.sid}&challenge_sid={sid}"
    link = parse_link(text)
    assert isinstance(link, ChallengeLink | SignInLink)
    assert (link.factor_sid, link.challenge_sid) == (account.sid, sid)
    with pytest.raises(InputError):
        parse_link(f"{text}&transaction={'0' * 32}")
