"""The settings' pages Network and Help: what is typed is checked, what is asked is answered."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import trustme
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton
from shiboken6 import isValid

from countersign.desktop.preferences import Preferences
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.device.check_up import Check
from countersign.device.settings import Proxy, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop

ADDRESS = "http://proxy.example.com:8080"
NETWORK, HELP = 3, 4


class Answers:
    """What a check finds, once it may."""

    def __init__(self, *checks: Check) -> None:
        self.checks = checks
        self.go = asyncio.Event()
        self.asked = 0

    async def __call__(self) -> Sequence[Check]:
        """Wait, and tell."""
        self.asked += 1
        await self.go.wait()
        return self.checks


@pytest.fixture
def preferences() -> Iterator[Preferences]:
    """Give the default settings."""
    made = Preferences(Settings())
    yield made
    made.deleteLater()


@pytest.fixture
def opened(
    qt_loop: Loop, qtbot: QtBot, preferences: Preferences
) -> Iterator[Callable[..., SettingsDialog]]:
    """Open the dialog at a page, and close it after the test."""
    assert qt_loop is not None
    dialogs: list[SettingsDialog] = []

    def opened(
        page: int,
        surroundings: Surroundings | None = None,
        managed: frozenset[str] = frozenset(),
    ) -> SettingsDialog:
        dialog = SettingsDialog(preferences, surroundings=surroundings, managed=managed)
        dialogs.append(dialog)
        dialog.open()
        dialog.tabs.setCurrentIndex(page)
        qtbot.waitExposed(dialog)
        return dialog

    yield opened
    for dialog in filter(isValid, dialogs):
        with qtbot.waitSignal(dialog.destroyed):
            dialog.close()


def choose(dialog: SettingsDialog, name: str, text: str) -> None:
    """Choose at once, as by a click in the list."""
    box = dialog.findChild(QComboBox, name)
    assert box is not None
    box.setCurrentIndex(box.findText(text))
    assert box.currentText() == text
    box.activated.emit(box.currentIndex())


def label(dialog: SettingsDialog, name: str) -> QLabel:
    found = dialog.findChild(QLabel, name)
    assert found is not None, name
    return found


def press(dialog: SettingsDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None, name
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


# --- Proxy --


def test_a_proxy_is_in_force_once_its_address_is_one(
    opened: Callable[..., SettingsDialog], preferences: Preferences
) -> None:
    dialog = opened(NETWORK)
    edit = dialog.network.proxy.address.edit
    assert not edit.isVisible()
    choose(dialog, "proxyChooser", "This one")
    assert edit.isVisible()
    assert preferences.now == Settings(), "there is no address yet"
    QTest.keyClicks(edit, "proxy:port")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert dialog.isVisible(), "Enter ends the line, not the dialog"
    assert "isn't a proxy's address" in dialog.network.proxy.address.below.text()
    assert preferences.now == Settings()
    preferences.change(check_active=10)  # from elsewhere
    assert edit.text() == "proxy:port"
    edit.selectAll()
    QTest.keyClicks(edit, "proxy.example.com:8080")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert (preferences.now.proxy, preferences.now.proxy_url) == (Proxy.MANUAL, ADDRESS)
    assert edit.text() == ADDRESS
    assert "looks like" in dialog.network.proxy.address.below.text()


def test_a_bad_address_leaves_the_good_one_in_force(
    opened: Callable[..., SettingsDialog], preferences: Preferences
) -> None:
    preferences.change(proxy=Proxy.MANUAL, proxy_url=ADDRESS)
    dialog = opened(NETWORK)
    edit = dialog.network.proxy.address.edit
    assert (edit.isVisible(), edit.text()) == (True, ADDRESS)
    edit.selectAll()
    QTest.keyClicks(edit, "http://ana:word@proxy:1")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert "name and password" in dialog.network.proxy.address.below.text()
    assert "name and password" in edit.accessibleDescription()
    assert preferences.now.proxy_url == ADDRESS
    choose(dialog, "proxyChooser", "None")
    assert (preferences.now.proxy, preferences.now.proxy_url) == (Proxy.NONE, ADDRESS)
    assert not edit.isVisible()
    choose(dialog, "proxyChooser", "This one")
    assert (preferences.now.proxy, edit.text()) == (Proxy.MANUAL, ADDRESS)


def test_a_company_s_network_can_not_be_changed(opened: Callable[..., SettingsDialog]) -> None:
    dialog = opened(NETWORK, managed=frozenset({"proxy", "proxy_url", "ca_file"}))
    rows = (dialog.network.proxy.kind.box, dialog.network.certificates.choose)
    for control in rows:
        assert not control.isEnabled()
        assert control.accessibleDescription() == "Set by your company"
    assert not dialog.network.proxy.address.edit.isEnabled()
    assert not dialog.network.certificates.remove.isEnabled()


# --- Certificates --


def test_a_certificate_file_is_checked_before_it_is_taken(
    opened: Callable[..., SettingsDialog], preferences: Preferences, qtbot: QtBot, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.pem", tmp_path / "bad.pem"
    good.write_bytes(trustme.CA().cert_pem.bytes())
    bad.write_bytes(b"nothing")
    dialog = opened(NETWORK)
    rows = dialog.network.certificates
    press(dialog, "chooseCaFileButton")
    chooser = dialog.findChild(QFileDialog, "caFileDialog")
    assert chooser is not None
    with qtbot.waitSignal(preferences.changed):
        chooser.fileSelected.emit(str(good))
    chooser.close()
    assert preferences.now.ca_file == str(good)
    assert rows.path.text().replace("\u200b", "") == str(good)
    rows.take(str(bad))
    qtbot.waitUntil(rows.below.isVisible)
    assert "no certificates" in rows.below.text()
    assert preferences.now.ca_file == str(good), "the one of before stays"
    press(dialog, "removeCaFileButton")
    assert preferences.now.ca_file == ""
    assert not rows.remove.isVisible()
    assert not rows.below.isVisible()


def test_a_certificate_file_that_is_gone_is_told(
    opened: Callable[..., SettingsDialog], preferences: Preferences, qtbot: QtBot, tmp_path: Path
) -> None:
    preferences.change(ca_file=str(tmp_path / "gone.pem"))
    rows = opened(NETWORK).network.certificates
    qtbot.waitUntil(rows.below.isVisible)
    assert rows.below.text() == "This file can't be read."
    assert rows.choose.accessibleDescription() == rows.below.text()


# --- Checks --


def test_the_connection_is_tested_once_at_a_time(
    opened: Callable[..., SettingsDialog], qtbot: QtBot
) -> None:
    answers = Answers(
        Check(name="network", ok=True, detail="", about="one.example"),
        Check(name="network", ok=False, detail="", about="two\u202e.example", error="unreachable"),
        Check(name="network", ok=False, detail="The {proxy} is gone.", error="proxy"),
        Check(name="clock", ok=False, detail="", minutes=-7),
    )
    dialog = opened(NETWORK, Surroundings(services=answers))
    low = dialog.height()
    press(dialog, "testConnectionButton")
    found = label(dialog, "testConnectionResult")
    assert dialog.network.test is not None
    assert not dialog.network.test.button.isEnabled()
    dialog.network.test.check()
    qtbot.waitUntil(lambda: found.text() == "Checking…")
    answers.go.set()
    qtbot.waitUntil(dialog.network.test.button.isEnabled)
    assert found.text().split("\n") == [
        "✓ one.example answers.",
        "✗ Can't reach two⟨U+202E⟩.example. Check the address and your connection.",
        "✗ The {proxy} is gone.",
        "✗ This computer's clock is 7 min fast. Set it.",
    ]
    assert answers.asked == 1
    assert dialog.height() > low, "all of it is in sight"


@pytest.mark.expect_log("ERROR countersign.desktop.bugs: ValueError at .*")
def test_a_check_up_that_breaks_says_so(
    opened: Callable[..., SettingsDialog], qtbot: QtBot
) -> None:
    async def broken() -> Sequence[Check]:
        raise ValueError("secret")

    dialog = opened(HELP, Surroundings(check_up=broken))
    press(dialog, "checkUpButton")
    found = label(dialog, "checkUpResult")
    qtbot.waitUntil(lambda: found.text().startswith("✗"))
    assert found.text() == "✗ Something went wrong inside Countersign."


def test_closing_ends_a_check(opened: Callable[..., SettingsDialog], qtbot: QtBot) -> None:
    dialog = opened(HELP, Surroundings(check_up=Answers()))
    press(dialog, "checkUpButton")
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()  # a task that goes on would fail the test


# --- The log, and whom to ask --


def test_the_log_is_where_it_says(
    opened: Callable[..., SettingsDialog],
    preferences: Preferences,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    file = tmp_path / "countersign.log"
    went: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", went.append)
    dialog = opened(HELP, Surroundings(log_file=file, support="Northwind's help desk"))
    assert label(dialog, "logPathLabel").text().replace("\u200b", "") == str(file)
    press(dialog, "copyLogPathButton")
    assert QGuiApplication.clipboard().text() == str(file)
    press(dialog, "showLogButton")
    assert went == [QUrl.fromLocalFile(str(tmp_path))]
    choose(dialog, "logLevelChooser", "Everything")
    assert preferences.now.log_level == "DEBUG"
    assert label(dialog, "supportLabel").text() == "Questions? Ask Northwind's help desk."


def test_what_there_is_not_is_not_offered(opened: Callable[..., SettingsDialog]) -> None:
    dialog = opened(HELP)
    for name in ("testConnectionButton", "checkUpButton", "showLogButton"):
        assert dialog.findChild(QPushButton, name) is None
    for name in ("languageChooser", "logLevelChooser"):
        assert dialog.findChild(QComboBox, name) is None


def test_languages_are_those_that_there_are(
    opened: Callable[..., SettingsDialog], preferences: Preferences
) -> None:
    dialog = opened(0, Surroundings(languages=[("de", "Deutsch")]))
    choose(dialog, "languageChooser", "Deutsch")
    assert preferences.now.language == "de"
