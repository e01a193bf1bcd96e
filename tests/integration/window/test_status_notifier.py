"""The tray over D-Bus (StatusNotifier): what the panel is given, clicks, and restarts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from countersign.testing.x_session_parts import until
from tests.integration.window.sni_host import SniHost
from tests.integration.window.test_tray import gone, keep_in_tray, polled

if TYPE_CHECKING:
    from tests.integration.window.conftest import Desk


def address(desk: Desk) -> str:
    return desk.environment["DBUS_SESSION_BUS_ADDRESS"]


def test_the_panel_has_icon_words_and_menu_and_its_clicks_count(desk: Desk) -> None:
    with SniHost(address(desk)) as panel:
        app = desk.open()
        app.row("Northwind")
        assert panel.item
        sizes = [picture[0] for picture in panel.shows("IconPixmap")]
        assert {22, 24, 48} <= set(sizes)
        window = keep_in_tray(app)
        sid = desk.ask("Over D-Bus & more")
        polled(app, window)
        entries = panel.menu()
        assert "1 request waiting" in entries
        assert "Settings…" in entries
        until(lambda: "1 request is waiting" in str(panel.shows("ToolTip")), "the words")
        panel.click()
        app.says("requestMessage", "Over D-Bus & more")
        app.click("denyButton")
        desk.company.becomes(sid, "denied")
        panel.choose("Open Countersign")
        app.row("Northwind")
        panel.choose("Settings…")
        app.click("closeSettingsButton")
        app.gone("settingsDialog")
        panel.choose("Quit…")
        app.click("confirmQuitButton")
        assert app.process.wait(30) == 0


def test_a_panel_that_is_restarted_has_the_icon_again(desk: Desk) -> None:
    with SniHost(address(desk)) as first:
        app = desk.open()
        app.row("Northwind")
        assert first.item
        keep_in_tray(app)
    with SniHost(address(desk)) as second:
        assert second.item
        until(lambda: "Open Countersign" in second.menu(), "the menu")
        second.choose("Open Countersign")
        until(lambda: not gone(app), "the window")
        app.row("Northwind")


def test_an_icon_themes_own_picture_has_a_name_until_there_is_a_number(desk: Desk) -> None:
    folder = Path(desk.environment["HOME"]) / ".icons" / "hicolor"
    pictures = folder / "scalable" / "apps"
    pictures.mkdir(parents=True)
    (folder / "index.theme").write_text(
        "[Icon Theme]\nName=Hicolor\nDirectories=scalable/apps\n\n"
        "[scalable/apps]\nSize=48\nType=Scalable\nMinSize=8\nMaxSize=512\n"
    )
    (pictures / "countersign-tray.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    with SniHost(address(desk)) as panel:
        app = desk.open()
        app.row("Northwind")
        until(lambda: panel.item and panel.shows("IconName") == "countersign-tray", "the name")
        desk.ask("A number")
        polled(app, keep_in_tray(app))
        until(lambda: panel.shows("IconName") != "countersign-tray", "the drawn icon")
        assert panel.shows("IconPixmap")
