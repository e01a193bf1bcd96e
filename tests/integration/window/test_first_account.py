"""The first account is typed in, kept, and used after a new start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.integration.window.conftest import Desk


def test_an_account_is_typed_in_and_approves_after_a_new_start(new_desk: Desk) -> None:
    desk = new_desk
    app = desk.open()
    app.click("typeInButton")
    app.fill_in("backendUrlEdit", desk.company.backend_url)
    app.fill_in("identityEdit", "typed-in-user")
    app.fill_in("accountNameEdit", "Contoso")
    app.click("continueButton")
    assert app.find("enrollConfirmHost").name == desk.company.origin.removeprefix("http://")
    before = len(desk.company.client.factors())
    app.click("enrollButton")
    app.says("enrollDone", "Contoso is ready")
    app.click("doneButton")
    app.gone("enrollDialog")
    app.row("Contoso")
    factors = desk.company.client.factors()[before:]
    assert [factor["status"] for factor in factors] == ["verified"]
    desk.factor_sid = factors[0]["sid"]
    assert app.quit() == 0

    sid = desk.ask("After a new start")
    app = desk.open()
    app.row("Contoso")
    desk.read(app, "After a new start")
    app.click("approveButton")
    app.says("requestResult", "Approved at")
    assert desk.company.status(sid) == "approved"
    assert app.quit() == 0
