"""The tray's icon and menu over a real device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.tray.look import Look, Sign

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tests.desktop.background.conftest import Scene


def entry(scene: Scene, name: str) -> QAction:
    (found,) = [one for one in scene.tray.menu.actions() if one.objectName() == name]
    return found


def test_a_click_shows_the_newest_request_or_the_window(scene: Scene) -> None:
    scene.panel(there=True)
    scene.window.hide()
    scene.tray.pressed.emit()
    assert scene.window.isVisible()
    scene.window.hide()
    scene.ask("Old")
    sid = scene.ask("New")
    scene.tray.pressed.emit()
    small = scene.controller.reading.small
    assert small.reading is not None
    assert small.reading.challenge.message in {"New", "Old"}  # both are of the same second
    entry(scene, "trayRequest1Action").trigger()
    assert not scene.window.isVisible()
    assert sid


def test_icon_and_menu_follow_the_polls(scene: Scene) -> None:
    scene.panel(there=True)
    scene.ask("Sign in & more")
    assert scene.tray._look == Look(Sign.NORMAL, "1")
    assert entry(scene, "trayRequest1Action").text() == "Northwind Bank: Sign in && more"
    assert entry(scene, "checkNowAction").text() == "Check now · Up to date"
    scene.app.keys.on = frozenset({"sign"})
    scene.app.device._clients.clear()  # with its token
    scene.poll_until(lambda: scene.tray._look == Look(Sign.WARNING, "1"))
    scene.app.keys.on = frozenset()


def test_notices_that_were_stopped_can_be_turned_on(scene: Scene) -> None:
    on = entry(scene, "noticesOnAction")
    assert not on.isVisible()
    scene.controller.mutes.mute(scene.account)
    assert on.isVisible()
    scene.ask()
    assert scene.desktop.up == {}
    on.trigger()
    assert not on.isVisible()
    assert not scene.controller.mutes.any


def test_settings_are_offered_once_there_are_any(scene: Scene) -> None:
    opened: list[bool] = []
    scene.background.offer_settings(lambda: opened.append(True))
    entry(scene, "settingsAction").trigger()
    assert opened == [True]


def test_a_second_start_s_link_opens_what_it_asks_for(scene: Scene) -> None:
    scene.controller.open_link(
        "countersign://enroll?backend=https%3A%2F%2Fauth.example%2Ftoken&identity=user-4711"
    )
    dialog = scene.controller.dialogs._enrolling
    assert dialog is not None
    assert dialog.isVisible()
    dialog.reject()
