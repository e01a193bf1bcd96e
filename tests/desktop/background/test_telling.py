"""New requests in the background: noticed, reviewed, denied, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from countersign.desktop.request.view import Phase
from countersign.device.polling import Presence
from countersign.device.records import Mode
from countersign.device.settings import Notices

if TYPE_CHECKING:
    from tests.desktop.background.conftest import Scene


def test_a_new_request_is_noticed_and_reviewed_in_the_small_window(scene: Scene) -> None:
    with scene.qtbot.waitSignal(scene.window.notificationShown) as shown:
        sid = scene.ask("Sign in from Rome")
    assert shown.args == [sid]
    notice = scene.desktop.up[sid]
    assert (notice.title, notice.body) == ("Northwind Bank", "Sign in from Rome")
    scene.window.hide()
    active = QGuiApplication.focusWindow()
    scene.desktop.press(sid, "review")
    small = scene.controller.reading.small
    assert small.isVisible()
    assert small.reading is not None
    assert small.reading.challenge.sid == sid
    assert not scene.window.isVisible()
    assert QGuiApplication.focusWindow() is active
    assert sid not in scene.desktop.up


def test_a_click_that_was_meant_for_something_else_answers_nothing(scene: Scene) -> None:
    sid = scene.ask()
    with scene.qtbot.waitSignal(scene.window.requestReady):
        scene.desktop.press(sid, "review")
    presenter = scene.controller.reading.small.pane.presenter
    view = presenter.view
    assert view is not None
    assert (view.phase, view.can_approve) == (Phase.READY, False)  # the guard
    scene.until(lambda: presenter.view and presenter.view.can_approve)


def test_deny_denies_what_was_shown_and_says_so(scene: Scene) -> None:
    sid = scene.ask()
    with scene.qtbot.waitSignal(scene.window.decisionConfirmed) as confirmed:
        scene.desktop.press(sid, "deny")
    assert confirmed.args == [sid, "denied"]
    assert scene.company.challenge(sid)["status"] == "denied"
    assert scene.desktop.up[sid].body == "Denied. Northwind Bank has it."
    assert scene.desktop.up[sid].actions == ()
    (decision,) = scene.app.run(scene.app.device.decisions.find(sid))
    assert decision.mode is Mode.HAND


def test_deny_sends_nothing_where_the_request_changed(scene: Scene) -> None:
    sid = scene.ask()
    scene.company.change_challenge(sid, message="Pay 5000")
    with scene.qtbot.waitSignal(scene.window.decisionFailed) as failed:
        scene.desktop.press(sid, "deny")
    assert failed.args == [sid, 60324]
    assert scene.company.challenge(sid)["status"] == "pending"
    assert "changed" in scene.desktop.up[sid].body
    scene.desktop.press(sid, "review")
    assert scene.controller.reading.small.isVisible()


def test_a_locked_password_store_is_told_in_the_notice(scene: Scene) -> None:
    sid = scene.ask()
    scene.app.keys.on = frozenset({"sign"})
    with scene.qtbot.waitSignal(scene.window.decisionFailed):
        scene.desktop.press(sid, "deny")
    assert scene.desktop.up[sid].body.startswith("Nothing was denied.")
    scene.app.keys.on = frozenset()


def test_a_second_click_finds_nothing_to_deny(scene: Scene) -> None:
    sid = scene.ask()
    with scene.qtbot.waitSignal(scene.window.decisionConfirmed):
        scene.desktop.activated.emit(sid, "deny", "")
        scene.desktop.activated.emit(sid, "deny", "")
    assert len(scene.app.run(scene.app.device.decisions.find(sid))) == 1


def test_answered_elsewhere_or_in_the_window_takes_the_notice_away(scene: Scene) -> None:
    first, second = scene.ask("One"), scene.ask("Two")
    assert set(scene.desktop.up) == {first, second}
    scene.window.decisionConfirmed.emit(first, "approved")
    assert set(scene.desktop.up) == {second}
    scene.company.expire_challenge(second)
    scene.poll_until(lambda: not scene.desktop.up)


def test_nothing_is_noticed_while_the_user_is_here(scene: Scene) -> None:
    scene.controller.poller.set_presence(Presence.ACTIVE)
    scene.ask()
    assert scene.desktop.up == {}
    scene.go_away()
    scene.controller.preferences.change(notices=Notices.OFF)
    scene.ask("Another")
    assert scene.desktop.up == {}


def test_many_are_one_notice_that_leads_to_the_window(scene: Scene) -> None:
    for number in range(5):
        scene.ask(str(number), seen=False)
    scene.poll_until(lambda: "waiting" in scene.desktop.up)
    scene.until(lambda: scene.desktop.up["waiting"].body == "5 requests are waiting.")
    assert list(scene.desktop.up) == ["waiting"]
    scene.window.hide()
    scene.desktop.press("waiting", "review")
    assert scene.window.isVisible()


def test_the_end_waits_for_a_denial(scene: Scene) -> None:
    sid = scene.ask()
    scene.desktop.activated.emit(sid, "deny", "")
    scene.app.run(scene.background.stop())
    assert scene.company.challenge(sid)["status"] == "denied"
