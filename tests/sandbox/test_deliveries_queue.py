"""The queue and a single sending, without the worker."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest
from sqlalchemy import select
from typing_extensions import override

from countersign.sandbox import deliveries, deliveries_sending
from countersign.sandbox.deliveries import Job, Outcome
from countersign.sandbox.models import Delivery, Webhook
from countersign.sandbox.state import open_sandbox
from tests.sandbox.receiver import done, hook, receiving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from sqlalchemy.orm import Session

    from countersign.sandbox.state import Sandbox
    from tests.sandbox.world import World

NOW = 1_000.0
JOB = Job(1, "YW1", "http://example.com/", {"uuid": "1", "type": "factor.created"}, "secret")


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    made = open_sandbox()
    yield made
    made.close()


def webhook(sandbox: Sandbox, sid: str) -> Webhook:
    return Webhook(
        sid=sid,
        account_sid=sandbox.account_sid,
        service_sid=sandbox.service_sid,
        friendly_name="x",
        event_types=["*"],
        webhook_url="http://localhost/",
        status="enabled",
        version="v2",
        created=0,
        updated=0,
    )


def waiting(sandbox: Sandbox, webhook_sid: str, **more: object) -> Delivery:
    usual: dict[str, object] = {
        "uuid": "1",
        "event": "factor.created",
        "account_sid": sandbox.account_sid,
        "service_sid": sandbox.service_sid,
        "webhook_sid": webhook_sid,
        "url": "http://localhost/",
        "parameters": {},
        "state": "pending",
        "attempted": 0,
        "created": NOW,
        "next_at": NOW,
    }
    return Delivery(**usual | more)


def claimed(sandbox: Sandbox, now: float, busy: tuple[str, ...] = (), most: int = 9) -> list[int]:
    with sandbox.store.write() as session:
        jobs, _ = deliveries.claim(session, now, busy, most)
        return [job.id for job in jobs]


def test_each_webhook_gets_one_at_a_time_in_order(sandbox: Sandbox) -> None:
    with sandbox.store.write() as session:
        session.add_all([webhook(sandbox, "YWa"), webhook(sandbox, "YWb"), webhook(sandbox, "YWc")])
        session.add_all([waiting(sandbox, sid) for sid in ("YWa", "YWa", "YWb", "YWc", "YWc")])
    assert claimed(sandbox, NOW, busy=("YWc",), most=1) == [1]
    assert claimed(sandbox, NOW, busy=("YWa",)) == [3, 4]
    assert claimed(sandbox, NOW) == [2, 5]
    assert claimed(sandbox, NOW) == []


def test_what_was_claimed_comes_back_when_nobody_reports(sandbox: Sandbox) -> None:
    with sandbox.store.write() as session:
        session.add_all([webhook(sandbox, "YWa"), waiting(sandbox, "YWa")])
    assert claimed(sandbox, NOW) == [1]
    assert claimed(sandbox, NOW + deliveries.LEASE - 1) == []
    assert claimed(sandbox, NOW + deliveries.LEASE) == [1]
    with sandbox.store.write() as session:
        deliveries.release(session, [Job(1, "YWa", "", {}, "")], NOW)
    assert claimed(sandbox, NOW) == [1]


def test_it_says_when_to_come_again(sandbox: Sandbox) -> None:
    with sandbox.store.write() as session:
        session.add_all([webhook(sandbox, "YWa"), waiting(sandbox, "YWa", next_at=NOW + 7)])
        session.add(waiting(sandbox, "YWa", next_at=NOW + 5))
        assert deliveries.claim(session, NOW, (), 9) == ([], 5)
        # The clock was put back.
        assert len(deliveries.claim(session, NOW - 10_000, (), 9)[0]) == 1


def test_an_outcome_of_what_was_forgotten_is_dropped(sandbox: Sandbox) -> None:
    with sandbox.store.write() as session:
        deliveries.record(session, JOB, Outcome(5, 200, "ok"), NOW)
        assert session.get(Delivery, 1) is None


def fill(session: Session, sandbox: Sandbox, count: int, **more: object) -> None:
    session.add_all([waiting(sandbox, "YWx", **more) for _ in range(count)])


def test_the_queue_has_an_end(world: World) -> None:
    inside = world.sandbox.sandbox
    hook(world, "http://127.0.0.1:1/", "factor.created")
    with inside.store.write() as session:
        fill(session, inside, deliveries.MAX_PENDING, next_at=world.now + 200)
    world.device(verified=False)
    newest = world.sandbox.client.deliveries()[0]
    assert (newest["event"], newest["state"]) == ("factor.created", "failed")
    assert newest["attempts"] == []
    assert str(newest["reason"]).startswith("More than 1000")


def test_the_log_has_an_end(world: World) -> None:
    inside = world.sandbox.sandbox
    with inside.store.write() as session:
        fill(session, inside, 1, next_at=world.now + 200)
        fill(session, inside, deliveries.KEPT + 3, state="delivered")
    with receiving() as receiver:
        hook(world, receiver.url, "factor.created")
        world.device(verified=False)
        receiver.next()
        with inside.store.read() as session:
            ids = {row.id for row in session.scalars(select(Delivery))}
    # What still waits is never forgotten.
    assert len(ids) == deliveries.KEPT + 1
    assert 1 in ids


async def sent(
    handler: Callable[[httpx.Request], httpx.Response], job: Job = JOB, *, anywhere: bool = True
) -> Outcome:
    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as http:
        return await deliveries_sending.send(http, job, anywhere=anywhere)


async def test_other_machines_are_reached_where_that_is_allowed() -> None:
    outcome = await sent(lambda _: httpx.Response(204, stream=httpx.ByteStream(b"")))
    assert (outcome.status, outcome.error, outcome.delivered) == (204, None, True)
    outcome = await sent(lambda _: httpx.Response(204), anywhere=False)
    assert (outcome.status, outcome.final) == (None, True)


async def test_a_receiver_has_so_much_time_for_all_of_its_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deliveries_sending, "TIMEOUT", 0.01)

    class Endless(httpx.AsyncByteStream):
        @override
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"x"
            await asyncio.Event().wait()

    outcome = await sent(lambda _: httpx.Response(200, stream=Endless()))
    assert outcome.error == "No complete answer within 0.01 seconds"
    assert not outcome.delivered


async def test_whatever_breaks_is_an_outcome() -> None:
    def broken(_: httpx.Request) -> httpx.Response:
        raise httpx.RemoteProtocolError("what was that?" * 1_000)

    outcome = await sent(broken)
    assert str(outcome.error).startswith("RemoteProtocolError: what was that?")
    assert len(str(outcome.error)) == 1_000


def test_no_secret_is_in_a_repr() -> None:
    assert "secret" not in repr(JOB)


def test_a_receiver_that_sets_cookies_gets_none_back(world: World) -> None:
    with receiving() as receiver:
        hook(world, receiver.url, "*")
        world.device()
        for _ in range(2):
            assert "cookie" not in receiver.next().headers
    assert len(done(world.sandbox)) == 2
