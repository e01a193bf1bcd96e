"""Screen 17: the tray's icon and menu, and the questions about ending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QLabel

from countersign.desktop.background.closing import Closing
from countersign.desktop.background.keep_dialog import KeepDialog, QuitDialog
from countersign.desktop.lists.times import checked_text
from countersign.desktop.theme import DARK, LIGHT
from countersign.desktop.tray.icon import SIZES, picture
from countersign.desktop.tray.look import Look, Sign
from countersign.desktop.tray.menu import TrayMenu
from countersign.desktop.tray.tray import Tray
from countersign.device.settings import Settings
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage

BADGES = ("", "1", "12", "99+")
LOOKS = [
    Look(sign, badge) for sign in Sign for badge in BADGES if not (badge and sign is Sign.LOCKED)
] + [Look(badge=badge, silent=True) for badge in BADGES]
PANELS = (
    (False, LIGHT.sidebar),
    (True, DARK.sidebar),
    (False, DARK.sidebar),
    (True, LIGHT.sidebar),
)
"""Whether the panel is taken to be dark, and its colour: what was guessed may be wrong."""


@scene("tray", "icons")
async def icons(stage: Stage) -> None:
    wide, high, gap = 72, sum(SIZES) + 8 * (len(SIZES) + 1), 8
    sheet = QPixmap(wide * len(LOOKS), high * len(PANELS))
    painter = QPainter(sheet)
    for row, (dark, color) in enumerate(PANELS):
        painter.fillRect(0, row * high, sheet.width(), high, QColor(color))
        for column, look in enumerate(LOOKS):
            top = row * high + gap
            for size in SIZES:
                painter.drawPixmap(column * wide + 4, top, picture(look, size, dark_panel=dark))
                top += size + gap
    painter.end()
    stage.shot = label = QLabel(stage.window)
    label.setPixmap(sheet)
    label.adjustSize()


@scene("tray", "menu")
async def menu(stage: Stage) -> None:
    await stage.has()
    stage.three_ask()
    await stage.start()
    stage.shot = shown = TrayMenu(stage.window)
    requests = stage.controller.showing.all_requests()
    shown.set_requests(requests, len(requests))
    shown.set_checked(checked_text(0))
    shown.offer_notices(offered=True)
    shown.offer_settings()
    shown.adjustSize()


def closing(stage: Stage) -> Closing:
    """Let there be a tray, seen by nobody."""
    tray = Tray(stage.theme, stage.window)
    tray._icon = tray._make_icon(tray)
    stage.controller.preferences._now = Settings()
    return Closing(stage.window, tray, stage.controller.preferences)


@scene("tray", "keep-running")
async def keep_running(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    closing(stage).close()
    await stage.dialog(KeepDialog)


@scene("tray", "minimized")
async def minimized(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    tray = Tray(stage.theme, stage.window, available=lambda: False)
    stage.controller.preferences._now = Settings()
    Closing(stage.window, tray, stage.controller.preferences).close()
    await stage.dialog(KeepDialog)


@scene("tray", "quit")
async def leave(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    closing(stage).quit()
    await stage.dialog(QuitDialog)
