from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import TYPE_CHECKING

from countersign.desktop.request.ports import Waits
from countersign.desktop.request.view import Change, Phase, Row, Say
from tests.desktop.request import states
from tests.desktop.request.stage import Stage
from tests.desktop.request.world import (
    APPROVED,
    DENIED,
    FIELDS,
    SID,
    challenge,
    decision,
    listed,
)

if TYPE_CHECKING:
    from tests.desktop.request.world import World

OTHER = "YC" + "9" * 32


def test_the_presenter_needs_no_qt() -> None:
    code = (
        "import sys, countersign.desktop.request.presenter as p;"
        "sys.exit(any(name.startswith(('PySide6', 'qasync')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own words


async def test_the_lists_message_is_shown_at_once_and_the_rest_when_it_came(stage: Stage) -> None:
    stage.presenter.open(listed(challenge()), chosen=True)
    assert (stage.view().phase, stage.view().rows) == (Phase.LOADING, None)
    assert stage.view().message == "Sign in to Northwind online banking"
    assert not stage.view().can_approve
    assert not stage.view().can_deny
    await stage.idle()
    assert stage.view().phase is Phase.READY
    assert stage.view().rows == tuple(Row(*field) for field in FIELDS)
    assert stage.view().can_approve
    assert stage.view().can_deny
    assert stage.told == [("READY", "", 0)]


async def test_account_and_host_stand_over_it(stage: Stage) -> None:
    await stage.open()
    assert (stage.view().label, stage.view().host) == ("Northwind Bank", "auth.northwind.example")


async def test_hidden_characters_become_visible(stage: Stage, world: World) -> None:
    world.service = challenge(message="a\u202eb", fields=[("c\u200bd", "e\nf")])
    await stage.open(listed(world.service))
    assert stage.view().message == "a⟨U+202E⟩b"
    assert stage.view().rows == (Row("c⟨U+200B⟩d", "e⟨U+000A⟩f"),)


async def test_nothing_that_gets_signed_is_cut_off(stage: Stage, world: World) -> None:
    world.service = challenge(message="m" * 4096, fields=[("l" * 4096, "v" * 4096)])
    await stage.open(listed(world.service))
    assert stage.view().message == "m" * 4096
    assert stage.view().rows == (Row("l" * 4096, "v" * 4096),)


async def test_content_that_the_user_did_not_choose_is_guarded(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open(chosen=False)
    assert stage.view().phase is Phase.READY
    await stage.pass_by(0.49)
    stage.presenter.approve()
    stage.presenter.deny()
    stage.presenter.mark_suspicious()
    assert not stage.view().can_approve
    await stage.pass_by(0.01)
    assert stage.view().can_approve
    assert stage.view().can_deny
    assert world.sent == []
    await stage.end()


async def test_a_message_that_differs_from_the_list_is_guarded_too(world: World) -> None:
    world.service = challenge(message="Pay")
    stage = await Stage(world, Waits(guard=0.5)).open(listed(challenge()))
    assert stage.view().message == "Pay"
    assert not stage.view().can_approve
    await stage.end()


async def test_what_the_user_chose_needs_no_guard(world: World) -> None:
    stage = await Stage(world, Waits(guard=0.5)).open(chosen=True)
    assert stage.view().can_approve
    await stage.end()


async def test_the_time_left_is_the_services_and_bold_at_the_end(stage: Stage) -> None:
    await stage.open()
    assert stage.view().left == 300
    await stage.pass_by(269)
    assert not stage.view().hurry
    await stage.pass_by(2)
    assert 28 < stage.view().left < 30
    assert stage.view().hurry


async def test_it_expires_while_open_and_the_text_stays(stage: Stage, world: World) -> None:
    await stage.open()
    await stage.pass_by(300.1)
    assert (stage.view().phase, stage.view().result) == (Phase.EXPIRED, Say.EXPIRED)
    assert stage.view().dimmed
    assert stage.view().rows
    assert ("EXPIRED", "", 0) in stage.told
    stage.presenter.approve()
    await stage.idle()
    assert world.sent == []


async def test_another_list_around_it_leaves_it_alone(stage: Stage, world: World) -> None:
    await stage.open()
    await stage.open(listed(challenge(message="Newer text")), chosen=False)
    assert stage.view().message == "Sign in to Northwind online banking"
    assert world.reads == 1


async def test_what_cannot_be_read_can_be_tried_again(stage: Stage, world: World) -> None:
    world.service = states.OFFLINE
    await stage.open()
    assert (stage.view().phase, stage.view().result) == (Phase.UNREADABLE, Say.UNREADABLE)
    assert stage.view().error is states.OFFLINE
    assert not stage.view().can_approve
    world.service = challenge()
    stage.presenter.read_again()
    await stage.idle()
    assert stage.view().phase is Phase.READY
    assert stage.view().can_approve


async def test_one_that_is_gone_was_taken_back(stage: Stage, world: World) -> None:
    world.service = states.NOT_FOUND
    await stage.open()
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.GONE)


async def test_one_that_was_answered_here_says_so(stage: Stage, world: World) -> None:
    world.service = challenge(status="approved")
    world.known = [decision(server_status=APPROVED)]
    await stage.open()
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.ALREADY_ANSWERED)
    assert stage.view().answer is APPROVED


async def test_one_that_was_answered_elsewhere_is_an_alarm(stage: Stage, world: World) -> None:
    world.service = challenge(status="approved")
    await stage.open()
    assert (stage.view().phase, stage.view().result) == (Phase.CLOSED, Say.ELSEWHERE)


async def test_an_answer_that_a_crash_left_open_is_asked_about(stage: Stage, world: World) -> None:
    world.known = [decision(DENIED)]
    await stage.open()
    assert (stage.view().phase, stage.view().answer) == (Phase.UNKNOWN, DENIED)
    await stage.pass_by(2)
    assert world.looks == 1
    assert world.sent == []


async def test_a_change_that_a_poll_sees_stops_the_buttons_and_no_more(
    stage: Stage, world: World
) -> None:
    await stage.open()
    stage.presenter.seen_in_poll({SID: challenge(message="Pay", updated=9)})
    assert (stage.view().phase, stage.view().notice) == (Phase.CHANGED, Say.CHANGED_SEEN)
    assert stage.view().message == "Sign in to Northwind online banking"
    assert stage.told[-1] == ("CHANGED", "", 0)
    stage.presenter.approve()
    await stage.idle()
    assert world.sent == []


async def test_polls_that_see_the_same_or_others_change_nothing(stage: Stage) -> None:
    await stage.open()
    stage.presenter.seen_in_poll({SID: challenge(signed=None), OTHER: challenge(message="Pay")})
    assert stage.view().phase is Phase.READY


async def test_the_new_text_is_shown_when_asked_for_and_marks_what_changed(
    stage: Stage, world: World
) -> None:
    await stage.open()
    fields = [("Location", "Berlin, Germany"), ("IP address", "198.51.100.9"), ("Sum", "€ 5")]
    world.service = challenge(message="Pay", fields=fields, updated=9)
    stage.presenter.seen_in_poll({SID: world.service})
    stage.presenter.read_again()
    await stage.idle()
    assert (stage.view().message, stage.view().message_was) == (
        "Pay",
        "Sign in to Northwind online banking",
    )
    assert stage.view().rows == (
        Row("Location", "Berlin, Germany"),
        Row("IP address", "198.51.100.9", Change.CHANGED, "203.0.113.24"),
        Row("Sum", "€ 5", Change.ADDED),
        Row("Device", "", Change.REMOVED, "Firefox 144 on Linux"),
    )
    assert stage.view().can_deny
    assert not stage.view().can_approve
    await stage.pass_by(2)
    assert stage.view().can_approve


async def test_leaving_stops_reading_and_answers_nothing(stage: Stage, world: World) -> None:
    world.hold_reading = asyncio.Event()
    await stage.open()
    stage.presenter.close()
    world.hold_reading.set()
    await stage.idle()
    assert stage.shown[-1] is None
    assert stage.events == []
    assert world.sent == []
    assert world.hours.waiting == []


async def test_one_that_expires_while_it_is_read_says_so_once(stage: Stage, world: World) -> None:
    world.hold_reading = asyncio.Event()
    await stage.open()
    await stage.pass_by(301)
    world.hold_reading.set()
    await stage.idle()
    assert stage.view().phase is Phase.EXPIRED
    assert stage.view().rows
    assert stage.told == [("EXPIRED", "", 0)]
