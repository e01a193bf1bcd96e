"""Screen 13: the lock, its PIN, and what asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit
from typing_extensions import override

from countersign.desktop.pin.dialog import ForgotPinDialog, Kind, PinDialog
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.device.pin import NoPin, wrong_pin
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage


@dataclass
class Pin(NoPin):
    """One that is set, and refuses whatever is tried, for the `tries`th time."""

    shut: bool = False
    tries: int = 1

    @property
    @override
    def is_set(self) -> bool:
        return True

    @property
    @override
    def locked(self) -> bool:
        return self.shut

    @override
    async def unlock(self, pin: str) -> None:
        raise wrong_pin(self.tries)

    @override
    async def confirm(self, pin: str) -> None:
        raise wrong_pin(self.tries)

    @override
    def lock(self) -> None:
        self.shut = True


async def covered(stage: Stage, tries: int = 1) -> None:
    """Start with a lock over requests that wait."""
    stage.process.device.pin = Pin(shut=True, tries=tries)
    await stage.has()
    stage.three_ask()
    stage.controller.start()
    await stage.until(stage.controller.locking.page.isVisible)


async def entered(stage: Stage, tries: int) -> None:
    """Enter a wrong PIN."""
    await covered(stage, tries)
    page = stage.controller.locking.page
    page.edit.setText("123457")
    page.unlock.click()
    await stage.until(page.problem.text)


@scene("pin", "locked")
async def locked(stage: Stage) -> None:
    await covered(stage)


@scene("pin", "wrong")
async def wrong(stage: Stage) -> None:
    await entered(stage, 1)


@scene("pin", "pause")
async def pause(stage: Stage) -> None:
    stage.controller.locking.page._now = lambda: 1000.0
    await entered(stage, 5)


@scene("pin", "forgot")
async def forgot(stage: Stage) -> None:
    await covered(stage)
    stage.controller.locking.page.forgot.click()
    await stage.dialog(ForgotPinDialog)


async def dialog(stage: Stage, kind: Kind) -> PinDialog:
    """Open the dialog over the window."""
    await stage.has()
    await stage.start()
    PinDialog(stage.process.device.pin, kind, stage.window).open()
    return await stage.dialog(PinDialog)


@scene("pin", "choose")
async def choose(stage: Stage) -> None:
    made = await dialog(stage, Kind.CHOOSE)
    made.first.setText("73091")


@scene("pin", "change")
async def change(stage: Stage) -> None:
    stage.process.device.pin = Pin()
    made = await dialog(stage, Kind.CHANGE)
    for edit, text in ((made.current, "730915"), (made.first, "918273"), (made.again, "9182")):
        edit.setText(text)
    made.save_button.click()
    await stage.until(made.problem.isVisible)


@scene("pin", "remove")
async def remove(stage: Stage) -> None:
    stage.process.device.pin = Pin()
    await dialog(stage, Kind.REMOVE)


@scene("pin", "settings")
async def settings(stage: Stage) -> None:
    pin = stage.process.device.pin = Pin()
    await stage.has()
    await stage.start()
    around = Surroundings(pin=pin)
    opened = SettingsDialog(stage.controller.preferences, stage.window, surroundings=around)
    opened.open()
    opened.tabs.setCurrentIndex(2)
    await stage.dialog(SettingsDialog)


@scene("pin", "approval")
async def approval(stage: Stage) -> None:
    stage.process.device.pin = Pin()
    stage.controller.preferences.change(pin_each_time=True)
    await stage.reading()


@scene("pin", "approval-wrong")
async def approval_wrong(stage: Stage) -> None:
    await approval(stage)
    edit = stage.find(QLineEdit, "approvalPinEdit")
    failed: list[str] = []
    stage.window.decisionFailed.connect(lambda sid, _: failed.append(sid))
    edit.setText("123457")
    await stage.until(stage.pane._page.bar.approve.isEnabled)
    stage.click("approveButton")
    await stage.until(lambda: failed)
