"""Closing, quitting, and a tray that comes late or goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from countersign.desktop.background.keep_dialog import KeepDialog, QuitDialog

if TYPE_CHECKING:
    from tests.desktop.background.conftest import Scene


def test_without_a_tray_it_is_asked_once_and_then_minimised(scene: Scene) -> None:
    ended: list[bool] = []
    scene.window.quitRequested.connect(lambda: ended.append(True))
    scene.window.close()
    dialog = scene.app.find("keepRunningDialog", KeepDialog)
    assert dialog.windowTitle() == "Keep running, minimized?"
    assert "Ctrl+Q quits." in " ".join(one.text() for one in dialog.findChildren(QLabel))
    with scene.qtbot.waitSignal(scene.window.closed):
        dialog.keep_button.click()
    assert scene.window.isMinimized()
    assert scene.window.isVisible()  # in the taskbar
    assert scene.controller.preferences.now.keep_running is True
    scene.window.to_front()
    scene.window.close()  # not asked again
    assert scene.window.isMinimized()
    assert ended == []


def test_without_a_tray_quit_still_ends(scene: Scene) -> None:
    scene.controller.preferences.change(keep_running=True)
    with scene.qtbot.waitSignal(scene.window.quitRequested):
        QTest.keyClick(scene.window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    scene.controller.preferences.change(keep_running=False)
    with scene.qtbot.waitSignals([scene.window.closed, scene.window.quitRequested]):
        scene.window.close()


def test_without_a_tray_but_kept_running_closing_minimises(scene: Scene) -> None:
    scene.controller.preferences.change(keep_running=True)
    ended: list[bool] = []
    scene.window.quitRequested.connect(lambda: ended.append(True))
    with scene.qtbot.waitSignal(scene.window.closed):
        scene.window.close()
    assert scene.window.isMinimized()
    assert ended == []


def test_with_a_tray_it_is_asked_once_and_remembered(scene: Scene) -> None:
    scene.panel(there=True)
    scene.window.close()
    assert scene.window.isVisible()
    dialog = scene.app.find("keepRunningDialog", KeepDialog)
    with scene.qtbot.waitSignal(scene.window.closed):
        dialog.keep_button.click()
    assert not scene.window.isVisible()
    assert scene.controller.preferences.now.keep_running is True
    scene.window.to_front()
    scene.window.close()
    assert not scene.window.isVisible()


def test_the_question_can_be_answered_by_ending_or_not_at_all(scene: Scene) -> None:
    scene.panel(there=True)
    scene.window.close()
    scene.app.find("keepRunningDialog", KeepDialog).reject()
    assert scene.window.isVisible()
    assert scene.controller.preferences.now.keep_running is None
    scene.until(lambda: not scene.window.findChildren(KeepDialog))
    scene.window.close()
    with scene.qtbot.waitSignal(scene.window.quitRequested):
        scene.app.find("keepRunningDialog", KeepDialog).quit_button.click()
    assert scene.controller.preferences.now.keep_running is False


def test_the_trays_quit_asks_and_says_what_it_means(scene: Scene) -> None:
    scene.panel(there=True)
    scene.controller.preferences.change(keep_running=True)
    scene.window.close()
    menu = scene.tray.menu
    (leave,) = [one for one in menu.actions() if one.objectName() == "quitAction"]
    leave.trigger()
    leave.trigger()  # one question is enough
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QuitDialog)]
    with scene.qtbot.waitSignal(scene.window.quitRequested):
        dialog.quit_button.click()


def test_hidden_in_the_tray_it_comes_back_minimised_when_the_tray_goes(scene: Scene) -> None:
    scene.panel(there=True)
    scene.controller.preferences.change(keep_running=True)
    scene.window.close()
    scene.panel(there=False)
    assert scene.window.isVisible()
    assert scene.window.isMinimized()
    scene.panel(there=True)  # the panel was restarted
    assert not scene.window.isVisible()


def test_a_hidden_start_waits_minimised_for_a_tray_that_comes_late(scene: Scene) -> None:
    scene.closing.start_hidden()
    assert scene.window.isMinimized()
    scene.panel(there=True)
    assert not scene.window.isVisible()


def test_a_window_that_was_used_meanwhile_stays(scene: Scene) -> None:
    scene.closing.start_hidden()
    scene.window.to_front()
    scene.panel(there=True)
    assert scene.window.isVisible()
    assert not scene.window.isMinimized()
