"""What runs silent approval, before a service: what is sent, and what is not."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from countersign.device.links import ChallengeLink, SignInLink, parse_link
from countersign.device.records import Mode
from countersign.device.silent.arming import Ended, Refused
from countersign.device.silent.events import (
    Barred,
    Origin,
    SilentApproved,
    SilentBegan,
    SilentEnded,
    SilentFailed,
    SilentRefusedError,
)
from countersign.device.silent.period import Terms
from countersign.push.errors import ApiError, CountersignError, InputError, KeyStorageError
from tests.unit.device import device_support as support
from tests.unit.device.silent.stage import Stage, running

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.device.records import Account
    from countersign.device.silent.approval import SilentApproval
    from countersign.push.http import Reply
    from tests.unit.device.device_support import FakeService, Keys, Process, Take

pytestmark = pytest.mark.anyio

TEMPLATE = "https://login.example.com/start?id={transaction}&f={factor}"
TERMS = Terms(300, 3)
SOON = -5.0
"""Age of a request that surely was created after the last answer's Date."""


@pytest.fixture
def stage() -> Stage:
    return Stage()


@pytest.fixture
def silent(stage: Stage, process: Process) -> SilentApproval:
    silent = stage.silent(process)
    silent.set_active(active=True)
    return silent


@pytest.fixture
async def remote(process: Process) -> Account:
    """Add an account of a service that isn't on loopback."""
    return await process.add_account(api_url="https://api.example/v2")


def start(silent: SilentApproval, account: Account) -> str:
    """Start a sign-in, and return its id."""
    address = silent.sign_in(account, TEMPLATE, Origin.CLICK)
    query = parse_qs(urlsplit(address).query)
    assert query["f"] == [account.sid]
    return query["id"][0]


def carrying(transaction: str) -> dict[str, str]:
    return {"transaction": transaction}


async def test_a_sign_in_from_here_is_approved_and_that_ends_it(
    silent: SilentApproval, stage: Stage, service: FakeService, process: Process, account: Account
) -> None:
    async with running(silent) as on:
        transaction = start(on, account)
        other = service.add_challenge(account.sid)
        sid = service.add_challenge(account.sid, hidden_details=carrying(transaction))
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        assert service.challenges[sid]["status"] == "approved"
        assert service.challenges[other]["status"] == "pending"
        (approved,) = stage.of(SilentApproved)
        assert (approved.request.challenge.sid, approved.mode) == (sid, Mode.SILENT_SIGN_IN)
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.APPROVED]
        (decision,) = await process.log.all()
        assert (decision.mode, decision.server_status) == (Mode.SILENT_SIGN_IN, "approved")
        assert on.status() == []


async def test_it_looks_each_second_for_a_minute_then_leaves_requests_alone(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        transaction = start(on, account)
        await stage.until(lambda: stage.pauses == 1)
        for _ in range(60):
            await stage.pass_by(1.0)
        assert service.count("GET", "/Challenges") == 60
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.TIME_UP]
        service.add_challenge(account.sid, hidden_details=carrying(transaction))
        assert service.count("POST") == 0


async def test_everything_for_a_while_is_approved_up_to_the_count(
    silent: SilentApproval, stage: Stage, service: FakeService, process: Process, account: Account
) -> None:
    async with running(silent) as on:
        await on.everything(account, TERMS, Origin.CLICK)
        sids = [service.add_challenge(account.sid, age=SOON) for _ in range(4)]
        while not stage.of(SilentEnded):
            await stage.pass_by()
        assert sorted(service.challenges[sid]["status"] for sid in sids) == [
            *["approved"] * 3,
            "pending",
        ]
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.COUNT_REACHED]
        assert [event.left for event in stage.of(SilentApproved)] == [2, 1, 0]
        assert {decision.mode for decision in await process.log.all()} == {Mode.SILENT_WINDOW}


async def test_what_waited_before_is_never_answered(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        sids = [service.add_challenge(account.sid, age=SOON) for _ in range(120)]
        await on.everything(account, TERMS, Origin.CLICK)
        assert service.count("GET", "/Challenges") == 2, "each page was read before it began"
        for sid in sids[:30]:
            service.challenges[sid]["status"] = "expired"
        await stage.until(lambda: stage.pauses == 1)
        await stage.pass_by()
        assert service.count("POST") == 0


async def test_what_was_created_before_the_look_s_date_is_never_answered(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:

        async def an_hour_ahead(take: Take) -> Reply:
            done = take()
            return support.reply(done.status, done.body, date=time.time() + 3600)

        service.on("GET", "/Challenges", an_hour_ahead)
        await on.everything(account, TERMS, Origin.CLICK)
        service.add_challenge(account.sid, age=-3590, ttl=7200)
        later = service.add_challenge(account.sid, age=-3610, ttl=7200)
        await stage.until(lambda: bool(stage.of(SilentApproved)))
        await stage.until(lambda: stage.pauses == 1)
        await stage.pass_by()
        assert [event.request.challenge.sid for event in stage.of(SilentApproved)] == [later]
        assert service.count("POST") == 1


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


async def test_a_sign_in_goes_on_whatever_has_the_focus(
    silent: SilentApproval, stage: Stage, service: FakeService, remote: Account
) -> None:
    async with running(silent) as on:
        transaction = start(on, remote)
        on.set_active(active=False)
        on.window_closed()
        service.add_challenge(remote.sid, hidden_details=carrying(transaction))
        await stage.until(lambda: bool(stage.of(SilentApproved)))


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


async def test_nothing_is_remembered_after_a_restart(
    silent: SilentApproval,
    stage: Stage,
    service: FakeService,
    account: Account,
    start_again: Callable[[], Awaitable[SilentApproval]],
) -> None:
    transaction = start(silent, account)
    await silent.everything(account, TERMS, Origin.CLICK)
    async with running(silent):
        await stage.until(lambda: stage.pauses == 2)
    service.add_challenge(account.sid, age=SOON, hidden_details=carrying(transaction))
    again = await start_again()
    async with running(again):
        other = await again.device.accounts.get(account.sid)
        assert other is not None
        begun = start(again, other)  # a look of the new process, at the old one's request
        await stage.until(lambda: stage.pauses == 3)
        assert begun != transaction
    assert service.count("POST") == 0


@pytest.fixture
def start_again(
    start: Callable[[], Awaitable[Process]], stage: Stage
) -> Callable[[], Awaitable[SilentApproval]]:
    """Start the app once more on the same profile."""

    async def again() -> SilentApproval:
        silent = stage.silent(await start())
        silent.set_active(active=True)
        return silent

    return again


async def test_another_account_s_requests_are_not_even_looked_at(
    silent: SilentApproval, stage: Stage, service: FakeService, process: Process, account: Account
) -> None:
    async with running(silent) as on:
        other = await process.add_account()
        transaction = start(on, account)
        await on.everything(account, TERMS, Origin.CLICK)
        sid = service.add_challenge(other.sid, age=SOON, hidden_details=carrying(transaction))
        await stage.until(lambda: stage.pauses == 2)
        await stage.pass_by()
        assert service.challenges[sid]["status"] == "pending"
        assert service.count("POST") == 0


async def test_a_failed_answer_is_told_and_not_repeated(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        service.on("POST", "/Challenges/", support.refuse(403, 60324))
        transaction = start(on, account)
        sid = service.add_challenge(account.sid, hidden_details=carrying(transaction))
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        (failed,) = stage.of(SilentFailed)
        assert failed.request is not None
        assert failed.request.challenge.sid == sid
        assert failed.error is not None
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.FAILED]
        assert service.count("POST") == 1


async def test_a_look_that_fails_is_told_once_until_one_works(
    silent: SilentApproval, stage: Stage, service: FakeService, account: Account
) -> None:
    async with running(silent) as on:
        service.on("GET", "/Challenges", support.refuse(500), times=3)
        start(on, account)
        await stage.until(lambda: stage.pauses == 1)
        for _ in range(3):
            await stage.pass_by(1.0)
        assert len(stage.of(SilentFailed)) == 1
        service.on("GET", "/Challenges", support.refuse(500))
        await stage.pass_by(1.0)
        assert len(stage.of(SilentFailed)) == 2
        assert on.status() != []


async def test_a_password_store_that_was_left_locked_is_not_made_to_ask_again(
    silent: SilentApproval, stage: Stage, keys: Keys, account: Account
) -> None:
    async with running(silent) as on:
        keys.lock("sign")
        start(on, account)
        await stage.until(lambda: bool(stage.of(SilentEnded)))
        (failed,) = stage.of(SilentFailed)
        assert isinstance(failed.error, KeyStorageError)
        assert [event.reason for event in stage.of(SilentEnded)] == [Ended.FAILED]


async def test_an_account_that_was_removed_meanwhile(
    silent: SilentApproval,
    stage: Stage,
    service: FakeService,
    process: Process,
    account: Account,
) -> None:
    transaction = start(silent, account)
    service.add_challenge(account.sid, hidden_details=carrying(transaction))
    await process.accounts.remove(account)
    async with running(silent):
        await stage.until(lambda: bool(stage.of(SilentEnded)))
    assert [event.reason for event in stage.of(SilentEnded)] == [Ended.ACCOUNT_GONE]
    assert service.count("POST") == 0


async def test_a_new_sign_in_takes_the_old_one_s_place(
    silent: SilentApproval, stage: Stage, account: Account
) -> None:
    first, second = start(silent, account), start(silent, account)
    assert first != second
    assert len(silent.status()) == 1
    assert [event.reason for event in stage.of(SilentEnded)] == [Ended.STOPPED]


async def test_what_the_banner_shows(
    silent: SilentApproval, stage: Stage, account: Account
) -> None:
    await silent.everything(account, TERMS, Origin.CLICK)
    stage.now += 100
    (status,) = silent.status()
    assert (status.mode, status.seconds_left, status.left, status.most) == (
        Mode.SILENT_WINDOW,
        200,
        3,
        3,
    )
    assert len(stage.of(SilentBegan)) == 1


async def test_which_requests_need_no_notice(
    silent: SilentApproval, process: Process, account: Account
) -> None:
    transaction = start(silent, account)
    ours = await process.ask(account, hidden_details=carrying(transaction))
    other = await process.ask(account, age=SOON)
    assert (silent.expects(ours), silent.expects(other)) == (True, False)
    silent.stop()
    assert not silent.expects(ours)
