"""Settings are kept one after the other: the last one stays, and quitting loses none."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from countersign.desktop.preferences import Preferences
from countersign.desktop.saving import Saving
from countersign.push.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.device.settings import Settings


@pytest.fixture
def owner() -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def test_the_last_change_is_what_stays(qt_loop: Loop, qtbot: QtBot, owner: QObject) -> None:
    kept: list[Settings] = []
    go = threading.Event()

    def keep(settings: Settings) -> None:
        go.wait(10)
        kept.append(settings)

    preferences = Preferences(parent=owner)
    saving = Saving(preferences, keep, owner)
    preferences.change(check_active=10)
    preferences.change(check_active=30)
    preferences.change(check_active=30)
    settled = qt_loop.create_task(saving.settled())
    qtbot.wait(0)
    assert not settled.done(), "an end waits for it"
    go.set()
    qtbot.waitUntil(settled.done)
    assert kept[-1] == preferences.now
    assert kept[-1].check_active == 30


@pytest.mark.usefixtures("qt_loop")
def test_what_could_not_be_kept_is_told_and_stays_in_force(qtbot: QtBot, owner: QObject) -> None:
    def keep(_settings: Settings) -> None:
        raise StorageError("settings_not_saved", "Couldn't save.")

    preferences = Preferences(parent=owner)
    saving = Saving(preferences, keep, owner)
    with qtbot.waitSignal(saving.tasks.failed) as failed:
        preferences.change(keep_running=True)
    assert isinstance(failed.args[0], StorageError)
    assert preferences.now.keep_running is True
