"""The settings: each change holds at once, shows what holds, and says what couldn't be kept."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from countersign import __version__
from countersign.desktop.preferences import Preferences
from countersign.desktop.saving import Saving
from countersign.desktop.settings.appearance import follow
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.theme import DARK, LIGHT
from countersign.device.settings import Appearance, Notices, Settings
from countersign.push.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme

    Open = Callable[..., AbstractContextManager[SettingsDialog]]

LEFT = Qt.MouseButton.LeftButton


class Session:
    """Whether the system starts the app."""

    def __init__(self, *, on: bool = False, error: StorageError | None = None) -> None:
        self.on, self.error = on, error

    def enabled(self) -> bool:
        """Tell whether it does."""
        return self.on

    def enable(self) -> None:
        """Have it do so."""
        self._set(on=True)

    def disable(self) -> None:
        """Have it not do so."""
        self._set(on=False)

    def _set(self, *, on: bool) -> None:
        if self.error is not None:
            raise self.error
        self.on = on


@pytest.fixture
def preferences(qtbot: QtBot, theme: Theme) -> Iterator[Preferences]:
    """Give the default settings, which the look follows."""
    made = Preferences(Settings())
    follow(theme, made)
    assert qtbot is not None
    yield made
    made.deleteLater()


@pytest.fixture
def opened(qt_loop: Loop, qtbot: QtBot, preferences: Preferences) -> Iterator[Open]:
    """Open the dialog, and close it in the test."""
    parent = QWidget()
    qtbot.addWidget(parent)

    @contextmanager
    def opened(**more: Any) -> Iterator[SettingsDialog]:  # noqa: ANN401 - the dialog's own
        assert qt_loop is not None
        dialog = SettingsDialog(preferences, parent, **more)
        dialog.open()
        qtbot.waitExposed(dialog)
        yield dialog
        if isValid(dialog):
            with qtbot.waitSignal(dialog.destroyed):
                dialog.close()

    yield opened
    parent.hide()


def tick(dialog: SettingsDialog, name: str) -> QCheckBox:
    found = dialog.findChild(QCheckBox, name)
    assert found is not None, name
    return found


def chooser(dialog: SettingsDialog, name: str) -> QComboBox:
    found = dialog.findChild(QComboBox, name)
    assert found is not None, name
    return found


def problem(dialog: SettingsDialog) -> str:
    return dialog.problem.text() if dialog.problem.isVisible() else ""


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("startHiddenBox", "start_hidden", True),
        ("keepRunningBox", "keep_running", True),
        ("denyInNoticesBox", "deny_in_notices", False),
        ("keepSmallOpenBox", "keep_small_open", True),
    ],
)
def test_a_click_holds_at_once(
    opened: Open, preferences: Preferences, name: str, field: str, *, value: bool
) -> None:
    with opened() as dialog:
        QTest.keyClick(tick(dialog, name), Qt.Key.Key_Space)
        assert getattr(preferences.now, field) is value
        QTest.keyClick(tick(dialog, name), Qt.Key.Key_Space)
        assert getattr(preferences.now, field) is not value


@pytest.mark.parametrize(
    ("name", "field", "values"),
    [
        ("appearanceChooser", "appearance", list(Appearance)),
        ("checkActiveChooser", "check_active", [5, 10, 30]),
        ("checkBackgroundChooser", "check_background", [10, 30, 60, 0]),
        ("noticesChooser", "notices", list(Notices)),
        ("historyDaysChooser", "history_days", [30, 90, 365]),
    ],
)
def test_a_choice_holds_at_once(
    opened: Open, preferences: Preferences, name: str, field: str, values: list[object]
) -> None:
    with opened() as dialog:
        box = chooser(dialog, name)
        assert box.count() == len(values)
        assert values[box.currentIndex()] == getattr(preferences.now, field)
        QTest.keyClick(box, Qt.Key.Key_Home)
        for value in values[1:]:
            QTest.keyClick(box, Qt.Key.Key_Down)
            assert getattr(preferences.now, field) == value


def test_it_shows_what_holds_and_what_is_changed_elsewhere(
    opened: Open, preferences: Preferences
) -> None:
    preferences.change(check_background=0, keep_running=True)
    with opened() as dialog:
        assert chooser(dialog, "checkBackgroundChooser").currentText() == "never"
        assert tick(dialog, "keepRunningBox").isChecked()
        preferences.change(keep_running=False)
        assert not tick(dialog, "keepRunningBox").isChecked()


def test_deny_is_offered_only_where_a_notice_says_what_is_asked(
    opened: Open, preferences: Preferences
) -> None:
    with opened() as dialog:
        assert tick(dialog, "denyInNoticesBox").isEnabled()
        preferences.change(notices=Notices.SHORT)
        assert not tick(dialog, "denyInNoticesBox").isEnabled()


def test_the_look_follows_at_once(opened: Open, preferences: Preferences, theme: Theme) -> None:
    with opened() as dialog:
        box = chooser(dialog, "appearanceChooser")
        QTest.keyClick(box, Qt.Key.Key_End)
        assert theme.tokens == DARK
        theme.follow_system()  # the system's own change is not the user's
        assert theme.tokens == DARK
        QTest.keyClick(box, Qt.Key.Key_Up)
        assert theme.tokens == LIGHT
    assert preferences.now.appearance is Appearance.LIGHT


def test_the_wheel_changes_nothing_on_its_way(opened: Open, preferences: Preferences) -> None:
    with opened() as dialog:
        box = chooser(dialog, "checkActiveChooser")
        middle = QPointF(box.rect().center())
        turn = QWheelEvent(
            middle,
            box.mapToGlobal(middle),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,  # noqa: FBT003 - Qt's order
        )
        QApplication.sendEvent(box, turn)
    assert preferences.now == Settings()


def test_what_the_company_has_set_is_greyed_and_says_so(opened: Open) -> None:
    managed = frozenset({"notices", "deny_in_notices", "start_at_login"})
    with opened(managed=managed, login=Session()) as dialog:
        for control in (
            chooser(dialog, "noticesChooser"),
            tick(dialog, "denyInNoticesBox"),
            tick(dialog, "startAtLoginBox"),
        ):
            assert not control.isEnabled()
            assert control.accessibleDescription() == "Set by your company"
        notes = [one for one in dialog.findChildren(QLabel) if one.text() == "Set by your company"]
        assert len(notes) == len(managed)
        assert not any(one.isHidden() for one in notes)
        assert chooser(dialog, "checkActiveChooser").isEnabled()


def test_a_setting_that_could_not_be_saved_is_told_and_holds(
    opened: Open, preferences: Preferences, qtbot: QtBot
) -> None:
    full = [True]

    def keep(_settings: Settings) -> None:
        if full:
            raise StorageError("disk", "The disk is full.")

    saving = Saving(preferences, keep, preferences)
    with opened(saving=saving) as dialog:
        QTest.keyClick(tick(dialog, "startHiddenBox"), Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: bool(problem(dialog)))
        assert problem(dialog) == "Couldn't save. Changes last until you quit."
        assert preferences.now.start_hidden
        full.clear()
        QTest.keyClick(tick(dialog, "startHiddenBox"), Qt.Key.Key_Space)
        assert problem(dialog) == ""


def test_start_at_sign_in_shows_what_is_really_there(opened: Open, qtbot: QtBot) -> None:
    session = Session(on=True)
    with opened(login=session) as dialog:
        box = tick(dialog, "startAtLoginBox")
        qtbot.waitUntil(box.isEnabled)
        assert box.isChecked()
        QTest.keyClick(box, Qt.Key.Key_Space)
        qtbot.waitUntil(box.isEnabled)
        assert (session.on, box.isChecked()) == (False, False)
        session.error = StorageError("disk", "Can't save on this computer.")
        QTest.keyClick(box, Qt.Key.Key_Space)
        qtbot.waitUntil(box.isEnabled)
        assert not box.isChecked(), "it didn't happen"
        assert problem(dialog) == "Can't save on this computer."


def test_where_the_system_has_no_such_thing_there_is_no_row(opened: Open) -> None:
    with opened() as dialog:
        assert dialog.findChild(QCheckBox, "startAtLoginBox") is None


def test_the_version_and_the_way_to_history(opened: Open) -> None:
    with opened() as dialog:
        version = dialog.findChild(QLabel, "versionLabel")
        assert version is not None
        assert version.text() == f"Countersign {__version__}"
        dialog.show_history()
        assert dialog.focusWidget() is chooser(dialog, "historyDaysChooser")


@pytest.mark.parametrize("way", ["escape", "click"])
def test_it_closes_and_nothing_is_lost(
    opened: Open, preferences: Preferences, qtbot: QtBot, way: str
) -> None:
    with opened() as dialog, qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(tick(dialog, "keepSmallOpenBox"), Qt.Key.Key_Space)
        if way == "click":
            close = dialog.findChild(QPushButton, "closeSettingsButton")
            assert close is not None
            QTest.mouseClick(close, LEFT)
        else:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert preferences.now.keep_small_open
    preferences.change(keep_small_open=False)  # a dialog that is gone doesn't follow
