"""Notices over a real D-Bus: shown, replaced, withdrawn, clicked, and all that goes wrong."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from jeepney import DBusAddress, HeaderFields, message_bus, new_signal
from jeepney.io.blocking import Proxy, open_dbus_connection
from PySide6.QtCore import QObject

from countersign.desktop.notify import freedesktop
from countersign.desktop.notify.freedesktop import FreedesktopNotifier
from countersign.desktop.notify.port import Action, Notice
from countersign.desktop.tasks import Tasks
from tests.desktop.notify.fake_daemon import NAME, PATH, FakeDaemon
from tests.desktop.presence.mock_bus import MockBus

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop

REVIEW, DENY = Action("review", "Review"), Action("deny", "Deny")
FIRST = Notice("YC1", "Northwind", "Sign in?", (REVIEW, DENY))


class Desk:
    """The app's end, and what it told."""

    def __init__(self, qtbot: QtBot, loop: Loop, address: str) -> None:
        self._qtbot, self._loop = qtbot, loop
        self._owner = QObject()
        self.notifier = FreedesktopNotifier(Tasks(self._owner), self._owner, bus=address)
        self.heard: list[tuple[Any, ...]] = []
        for name in ("shown", "undelivered", "activated", "closed"):
            getattr(self.notifier, name).connect(self._hear(name))

    def hears(self, *told: tuple[Any, ...]) -> None:
        """Wait until exactly this was told since the last time."""
        self.until(lambda: len(self.heard) >= len(told))
        assert self.heard == list(told)
        self.heard.clear()

    def show(self, notice: Notice) -> None:
        """Show one, and wait until it is."""
        self.notifier.show_notice(notice)
        self.hears(("shown", notice.id))

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=20_000)

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Wait for a coroutine."""
        task = self._loop.create_task(work)
        self.until(task.done)
        task.result()

    def _hear(self, name: str) -> Callable[..., None]:
        return lambda *values: self.heard.append((name, *values))


@pytest.fixture
def bus() -> Iterator[MockBus]:
    with MockBus() as started:
        yield started


@pytest.fixture
def daemon(bus: MockBus) -> Iterator[FakeDaemon]:
    with FakeDaemon(bus.address) as started:
        yield started


@pytest.fixture
def desk(
    qtbot: QtBot, qt_loop: Loop, bus: MockBus, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setattr(freedesktop, "_FIRST_PAUSE", 0.05)
    monkeypatch.setattr(freedesktop, "_LONGEST_PAUSE", 0.1)
    made = Desk(qtbot, qt_loop, bus.address)
    yield made
    made.run(made.notifier.settled())


def test_a_notice_arrives_with_all_that_is_in_it(desk: Desk, daemon: FakeDaemon) -> None:
    desk.show(FIRST)
    (shown,) = daemon.seen
    assert (shown.app, shown.title, shown.body) == ("Countersign", "Northwind", "Sign in?")
    assert shown.actions == {"default": "", "review": "Review", "deny": "Deny"}
    assert shown.hints["desktop-entry"] == ("s", "countersign")
    assert shown.lasts == -1


def test_text_is_never_markup(bus: MockBus, desk: Desk) -> None:
    text = "<b>5</b> & <a href='x'>more</a>"
    with FakeDaemon(bus.address) as daemon:
        desk.show(Notice("1", "A & B", text))
        assert daemon.seen[0].body == "&lt;b&gt;5&lt;/b&gt; &amp; &lt;a href='x'&gt;more&lt;/a&gt;"
        assert daemon.seen[0].title == "A & B"  # a title has no markup, by the specification
        desk.notifier.withdraw("1")
        desk.until(lambda: not daemon.up)
    with FakeDaemon(bus.address, ["body"]) as plain:
        desk.show(Notice("2", "A", text))
        assert plain.seen[0].body == text


def test_a_daemon_without_buttons_is_sent_none(bus: MockBus, desk: Desk) -> None:
    with FakeDaemon(bus.address, ["body"]) as daemon:
        desk.show(FIRST)
        assert daemon.seen[0].actions == {}


def test_the_same_id_replaces_and_a_withdrawn_one_is_closed(desk: Desk, daemon: FakeDaemon) -> None:
    desk.show(FIRST)
    desk.show(Notice("YC1", "Northwind", "Pay 5000", lasts=8, quiet=True))
    (number,) = daemon.up
    assert (daemon.up[number].replaces, daemon.up[number].lasts) == (number, 8000)
    assert daemon.up[number].hints["suppress-sound"] == ("b", True)
    desk.notifier.withdraw("YC1")
    desk.until(lambda: daemon.closed == [number])
    desk.notifier.withdraw("YC1")
    desk.show(FIRST)
    assert daemon.closed == [number]
    assert daemon.seen[-1].replaces == 0


def test_buttons_and_the_notice_itself_are_told_apart(desk: Desk, daemon: FakeDaemon) -> None:
    desk.show(FIRST)
    (number,) = daemon.up
    daemon.say("ActivationToken", number, "token")
    daemon.say("ActionInvoked", number, "deny")
    desk.hears(("activated", "YC1", "deny", "token"))
    daemon.say("ActionInvoked", number, "default")
    desk.hears(("activated", "YC1", "review", ""))
    daemon.close(number)
    desk.hears(("closed", "YC1"))
    daemon.say("ActionInvoked", number, "deny")  # too late
    desk.show(FIRST)


def test_what_was_not_offered_can_not_be_pressed(desk: Desk, daemon: FakeDaemon) -> None:
    desk.show(Notice("YC1", "Countersign", "A request is waiting.", (REVIEW,)))
    (number,) = daemon.up
    daemon.say("ActionInvoked", number, "deny")
    daemon.say("ActionInvoked", number, "approve")
    daemon.say("ActionInvoked", 4711, "review")
    daemon.say("ActionInvoked", number, "review")
    desk.hears(("activated", "YC1", "review", ""))


def test_only_the_daemon_is_believed(bus: MockBus, desk: Desk, daemon: FakeDaemon) -> None:
    desk.show(FIRST)
    (number,) = daemon.up
    (app,) = [name for name in bus.others() if name not in {"", daemon_name(bus)}]
    connection = open_dbus_connection(bus.address)
    forged = new_signal(DBusAddress(PATH, interface=NAME), "ActionInvoked", "us", (number, "deny"))
    forged.header.fields[HeaderFields.destination] = app
    connection.send(forged)
    Proxy(message_bus, connection).GetId()  # answered after it was passed on
    connection.close()
    daemon.say("ActionInvoked", number, "review")
    desk.hears(("activated", "YC1", "review", ""))


def daemon_name(bus: MockBus) -> str:
    connection = open_dbus_connection(bus.address)
    (owner,) = Proxy(message_bus, connection).GetNameOwner(NAME)
    connection.close()
    return str(owner)


def test_without_a_daemon_a_notice_comes_back(desk: Desk) -> None:
    desk.notifier.show_notice(FIRST)
    desk.hears(("undelivered", FIRST))


def test_a_daemon_that_refuses_is_none(bus: MockBus, desk: Desk) -> None:
    with FakeDaemon(bus.address, refuses=True):
        desk.notifier.show_notice(FIRST)
        desk.hears(("undelivered", FIRST))


def test_a_daemon_that_comes_later_is_found(bus: MockBus, desk: Desk) -> None:
    desk.notifier.show_notice(FIRST)
    desk.hears(("undelivered", FIRST))
    with FakeDaemon(bus.address) as daemon:
        desk.show(FIRST)
        assert len(daemon.up) == 1


def test_a_daemon_that_is_restarted_shows_again_what_still_holds(bus: MockBus, desk: Desk) -> None:
    with FakeDaemon(bus.address) as first:
        desk.show(FIRST)
        desk.show(Notice("YC2", "Northwind", "Another"))
        desk.notifier.withdraw("YC2")
        desk.until(lambda: len(first.up) == 1)
    with FakeDaemon(bus.address, first=7) as second:
        desk.hears(("shown", "YC1"))
        assert [shown.title for shown in second.up.values()] == ["Northwind"]
        second.say("ActionInvoked", 7, "deny")
        desk.hears(("activated", "YC1", "deny", ""))


def test_without_a_bus_a_notice_comes_back_and_a_new_bus_is_found(bus: MockBus, desk: Desk) -> None:
    with FakeDaemon(bus.address):
        desk.show(FIRST)
        bus.stop()
        desk.hears(("undelivered", FIRST))  # whoever shows it otherwise
        desk.notifier.show_notice(FIRST)
        desk.hears(("undelivered", FIRST))
        desk.notifier.withdraw("YC1")
    bus.start()
    with FakeDaemon(bus.address) as daemon:

        def shown() -> bool:
            if not daemon.up:
                desk.notifier.show_notice(FIRST)
            return bool(daemon.up)

        desk.until(shown)
        desk.heard.clear()


def test_what_is_shown_goes_when_the_app_goes(
    qtbot: QtBot, qt_loop: Loop, bus: MockBus, daemon: FakeDaemon
) -> None:
    desk = Desk(qtbot, qt_loop, bus.address)
    desk.show(FIRST)
    desk.run(desk.notifier.settled())
    assert daemon.up == {}


def test_an_end_without_a_bus_is_quick_and_quiet(qtbot: QtBot, qt_loop: Loop) -> None:
    desk = Desk(qtbot, qt_loop, "unix:path=/nowhere/bus")
    desk.notifier.show_notice(FIRST)
    desk.hears(("undelivered", FIRST))
    desk.run(desk.notifier.settled())
    assert asyncio.all_tasks(qt_loop) == set()
