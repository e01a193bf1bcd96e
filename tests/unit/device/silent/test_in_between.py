"""What changes between the look and the moment at which the approval would be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.device.records import Mode
from countersign.device.silent.arming import Ended, Refused
from countersign.device.silent.events import (
    Barred,
    Origin,
    SilentEnded,
    SilentFailed,
    SilentRefusedError,
)
from countersign.push.errors import CountersignError
from tests.unit.device.silent.stage import (
    SOON,
    TERMS,
    carrying,
    running,
    start,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.device.records import Account
    from countersign.device.silent.approval import SilentApproval
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Keys, Process, Take
    from tests.unit.device.silent.stage import (
        Stage,
    )

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("after", ["stop", "lock", "forbid"])
@pytest.mark.parametrize("mode", [Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW])
@pytest.mark.parametrize("moment", ["look", "read", "sign"])
async def test_switched_off_in_between(  # noqa: PLR0913, PLR0917 - the case and its fixtures
    silent: SilentApproval,
    stage: Stage,
    service: FakeService,
    keys: Keys,
    account: Account,
    mode: Mode,
    moment: str,
    after: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ends: dict[str, Callable[[], None]] = {
        "stop": lambda: silent.stop(account.sid),
        "lock": lambda: silent.set_locked(locked=True),
        "forbid": lambda: setattr(stage, "barred", Barred.POLICY),
    }

    async def end(take: Take) -> Reply:
        done = take()
        ends[after]()
        return done

    hidden = None
    if mode is Mode.SILENT_SIGN_IN:
        hidden = carrying(start(silent, account))
    else:
        await silent.everything(account, TERMS, Origin.CLICK)
    sid = service.add_challenge(account.sid, age=SOON, hidden_details=hidden)
    if moment == "sign":
        sign = keys.sign

        async def signing(key_id: str, data: bytes) -> bytes:
            signature = await sign(key_id, data)
            if service.count("GET", f"/{sid}"):  # it was read: this is the answer's signature
                ends[after]()
            return signature

        monkeypatch.setattr(keys, "sign", signing)
    else:
        service.on("GET", "/Challenges" if moment == "look" else f"/{sid}", end)
    async with running(silent):
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        await stage.until(lambda: moment != "sign" or bool(stage.of(SilentFailed)))
    assert service.count("POST") == 0
    assert service.challenges[sid]["status"] == "pending"
    assert silent.status() == []


async def test_a_permission_that_runs_out_while_the_password_store_asks(  # noqa: PLR0913, PLR0917 - fixtures
    silent: SilentApproval,
    stage: Stage,
    service: FakeService,
    process: Process,
    account: Account,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign = process.keys.sign

    async def slow(key_id: str, data: bytes) -> bytes:
        if service.count("GET", "/Challenges/"):  # the request was read: now it is answered
            stage.now += 61
        return await sign(key_id, data)

    monkeypatch.setattr(process.keys, "sign", slow)
    transaction = start(silent, account)
    service.add_challenge(account.sid, hidden_details=carrying(transaction))
    async with running(silent):
        await stage.until(lambda: bool(stage.of(SilentEnded)))
    (failed,) = stage.of(SilentFailed)
    assert isinstance(failed.error, CountersignError)
    assert failed.error.name == "withdrawn"
    assert service.count("POST") == 0
    (decision,) = await process.log.all()
    assert (decision.server_status, decision.error) == (None, "withdrawn")


@pytest.mark.parametrize("mode", [Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW])
async def test_details_changed_between_look_up_and_answer(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account, mode: Mode
) -> None:
    hidden = None
    if mode is Mode.SILENT_SIGN_IN:
        hidden = carrying(start(silent, account))
    else:
        await silent.everything(account, TERMS, Origin.CLICK)
    sid = service.add_challenge(account.sid, age=SOON, hidden_details=hidden)

    async def change(take: Take) -> Reply:
        service.challenges[sid]["details"] = {"message": "Pay 1000?", "fields": []}
        return take()

    service.on("GET", f"/{sid}", change)
    async with running(silent):
        await stage.until(lambda: bool(stage.of(SilentFailed)))
        if mode is Mode.SILENT_WINDOW:
            await stage.until(lambda: stage.pauses == 1)
            await stage.pass_by()
    assert [event.why for event in stage.of(SilentFailed)] == [Refused.CHANGED]
    assert service.count("POST") == 0


async def test_inactive_it_neither_begins_nor_goes_on(
    silent: SilentApproval, stage: Stage, service: FakeService, remote: Account
) -> None:
    async with running(silent) as on:
        on.set_active(active=False)
        with pytest.raises(SilentRefusedError) as raised:
            await on.everything(remote, TERMS, Origin.CLICK)
        assert raised.value.why is Barred.NOT_ACTIVE
        on.set_active(active=True)
        await on.everything(remote, TERMS, Origin.CLICK)
        on.set_active(active=False)
        service.add_challenge(remote.sid, age=SOON)
        await stage.until(lambda: stage.pauses == 1)
        await stage.pass_by()
        assert service.count("POST") == 0
        on.set_active(active=True)
        await stage.pass_by()
        assert service.count("POST") == 1


async def test_closing_the_window_ends_everything_for_a_while_but_on_loopback(
    silent: SilentApproval, stage: Stage, account: Account, remote: Account
) -> None:
    async with running(silent) as on:
        await on.everything(account, TERMS, Origin.CLICK)
        await on.everything(remote, TERMS, Origin.CLICK)
        on.window_closed()
        assert [status.account.sid for status in on.status()] == [account.sid]
        assert [(e.account.sid, e.reason) for e in stage.of(SilentEnded)] == [
            (remote.sid, Ended.CLOSED)
        ]
