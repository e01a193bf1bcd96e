"""Object names and accessible names are a contract, and docs/automation.md lists them all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QMenu,
    QScrollBar,
    QWidget,
)

from countersign.desktop.account.details import AccountDetails
from countersign.desktop.account.remove import RemoveAccountDialog
from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.desktop.error_page import ErrorPage
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.shortcuts.dialog import ShortcutsDialog
from countersign.desktop.silent.dialog import EverythingDialog
from countersign.push.errors import StorageError
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest

GUIDE = Path(__file__).parents[2] / "docs" / "automation.md"
# Qt's own parts of a widget, and names that go with a state or a number.
NOT_OURS = re.compile(r"qt_|_q_|Qt|.*Wrapper$|ScrollLeftButton|ScrollRightButton")
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView)


class NoSession:
    """A system that doesn't start the app."""

    def enabled(self) -> bool:
        """Tell whether it does."""
        return False

    def enable(self) -> None:
        """Nobody asks for it here."""

    def disable(self) -> None:
        """Nor for this."""


@pytest.fixture
def everything(
    qtbot: QtBot, countersign_app: AppUnderTest, countersign_sandbox: Running
) -> Iterator[list[QWidget]]:
    """Give the window with an account, each dialog, and the small window."""
    app = countersign_app
    account = app.enrol(countersign_sandbox.backend_url, label="Northwind")
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    dialogs = [
        EnrollDialog(app.device, app.window),
        AccountDetails(app.device, account, app.window, silent=app.controller.silent),
        EverythingDialog(app.controller.silent, account, app.window),
        RemoveAccountDialog(app.device, account, app.window),
        ShortcutsDialog(app.window),
        SettingsDialog(app.controller.preferences, app.window, login=NoSession()),
        ErrorPage(StorageError("x", "It is full.", "Make room."), app.window),
    ]
    app.window.show_page(app.controller.first_start)
    yield [app.window, app.controller.reading.small]
    for dialog in dialogs:
        dialog.close()
        dialog.deleteLater()


def widgets(roots: list[QWidget]) -> list[QWidget]:
    return [one for root in roots for one in (root, *root.findChildren(QWidget))]


def promised() -> set[str]:
    """Return the names in the first column of the guide's tables of object names."""
    part = GUIDE.read_text().partition("## Object names")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("| `")]
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_the_guide_lists_every_object_name(everything: list[QWidget]) -> None:
    found = {one.objectName() for one in widgets(everything)}
    ours = {name for name in found if name and not NOT_OURS.match(name)}
    assert ours - promised() == set(), "not in docs/automation.md"


def test_every_promised_name_is_in_the_code() -> None:
    app = Path(__file__).parents[2] / "app" / "countersign" / "desktop"
    code = "\n".join(file.read_text() for file in app.rglob("*.py"))
    missing = {name for name in promised() if f'"{name}"' not in code}
    assert {name for name in missing if not re.match(r"step[A-Z]+|\w+ErrorButton", name)} == set()


def test_every_control_has_an_accessible_name(everything: list[QWidget]) -> None:
    nameless = []
    for one in widgets(everything):
        if not isinstance(one, CONTROLS) or isinstance(one, QScrollBar | QMenu):
            continue
        container = one.parent()
        part_of_chooser = container is not None and isinstance(container.parent(), QComboBox)
        wordless = isinstance(one, QAbstractButton) and not one.text() and not one.isVisible()
        if wordless or part_of_chooser:
            continue  # it gets its words when it is shown, or is part of a control with a name
        spoken = QAccessible.queryAccessibleInterface(one)
        if not spoken.text(QAccessible.Text.Name):
            nameless.append(f"{type(one).__name__} {one.objectName()} in {one.parent()}")
    assert nameless == []
