"""A screen reader toggles what has a tick, without a click: that counts as much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QWidget

from countersign.desktop.main_window.sidebar import Sidebar
from countersign.desktop.settings.rows import Tick
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton
    from pytestqt.qtbot import QtBot

    from countersign.desktop.theme import Theme
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest


def toggle(button: QAbstractButton) -> None:
    """Do what a screen reader does first with a button that has a tick."""
    action = QAccessible.queryAccessibleInterface(button).actionInterface()
    name = QAccessibleActionInterface.toggleAction()
    assert name in action.actionNames()
    action.doAction(name)


def test_a_setting_is_chosen(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    tick = Tick(parent, "someBox", "Some setting")
    chosen: list[bool] = []
    tick.chosen.connect(chosen.append)
    tick.show_value(on=True)  # this is no user
    assert chosen == []
    toggle(tick.box)
    assert chosen == [False]


def test_all_requests_are_chosen_whatever_they_were(qtbot: QtBot, theme: Theme) -> None:
    sidebar = Sidebar(theme)
    qtbot.addWidget(sidebar)
    chosen: list[str] = []
    sidebar.chosen.connect(chosen.append)
    sidebar.accounts.accountChosen.emit("YF1")
    assert not sidebar.all_requests.isChecked()
    toggle(sidebar.all_requests)
    assert sidebar.all_requests.isChecked()
    toggle(sidebar.all_requests)  # there is nothing to choose in their place
    assert sidebar.all_requests.isChecked()
    assert chosen == ["YF1", "", ""]


def test_a_switch_of_silent_approval_is_saved(
    countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot
) -> None:
    app = countersign_app
    account = app.enrol(countersign_sandbox.backend_url)
    with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
        app.show()
    app.controller.dialogs.details(account.sid)
    app.click("silentApprovalButton")
    switch = app.find("silentApprovalToggle", QWidget)
    toggle(switch)  # type: ignore[arg-type]  # it is one

    def saved() -> bool:
        known = app.controller.silent.account(account.sid)
        return known is not None and known.silent_everything

    qtbot.waitUntil(saved, timeout=TIMEOUT)
