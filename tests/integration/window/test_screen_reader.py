"""The window as a screen reader has it: by AT-SPI, from another process, without a mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.testing.x_session_parts import until

if TYPE_CHECKING:
    from countersign.testing.atspi import Control
    from countersign.testing.x_session_app import AppDriver
    from tests.integration.window.conftest import Desk

_MUST_BE_NAMED = {"push button", "check box", "radio button", "text", "list", "list item"}
_MUST_BE_NAMED |= {"combo box", "menu item", "dialog", "frame", "page tab"}


def unnamed(app: AppDriver) -> list[Control]:
    """Return what a screen reader could only call "button" or "field"."""
    return [
        control
        for control in app.controls()
        if control.role in _MUST_BE_NAMED and "showing" in control.states and not control.name
    ]


def test_every_control_has_a_name(desk: Desk) -> None:
    desk.ask("Read to me", fields=[{"label": "City", "value": "Berlin"}])
    app = desk.open()
    desk.read(app, "Read to me")
    until(lambda: app.find("approveButton").usable, "Approve to be enabled")
    assert unnamed(app) == []
    for object_name, role, name in (
        ("approveButton", "push button", "Approve"),
        ("denyButton", "push button", "Deny"),
        ("inboxList", "list", "Requests"),
        ("accountList", "list", "Accounts"),
    ):
        assert app.find(object_name, role=role).name == name
    app.click(name="History", role="page tab")
    app.find("historySearch")
    assert unnamed(app) == []
    app.click("addAccountButton")
    app.click("typeInsteadButton")
    app.find("backendUrlEdit")
    assert unnamed(app) == []


def test_a_request_is_approved_without_a_mouse(desk: Desk) -> None:
    sid = desk.ask("Approved by ear")
    app = desk.open()
    row = app.row("Approved by ear")
    for_row = [action for action in app.actions(row) if action in {"Press", "Toggle"}]
    assert app.act(row, for_row[0])
    app.says("requestMessage", "Approved by ear")
    until(lambda: app.find("approveButton").usable, "Approve to be enabled")
    assert app.act(app.find("approveButton"), "Press")
    app.says("requestResult", "Approved at")
    assert desk.company.status(sid) == "approved"
