"""Screen 8: the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.language.speaking import LANGUAGES
from countersign.desktop.saving import Saving
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.push.errors import StorageError
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from countersign.device.settings import Settings
    from tests.screenshots.stage import Stage


class Session:
    """A system that starts the app."""

    def enabled(self) -> bool:
        """Tell whether it does."""
        return True

    def enable(self) -> None:
        """Do nothing: it does already."""

    def disable(self) -> None:
        """No scene asks for it."""


async def opened(
    stage: Stage, managed: frozenset[str] = frozenset(), saving: Saving | None = None
) -> SettingsDialog:
    """Open the settings over the window."""
    await stage.has()
    await stage.start()
    dialog = SettingsDialog(
        stage.controller.preferences,
        stage.window,
        saving=saving,
        login=Session(),
        managed=managed,
        surroundings=Surroundings(languages=tuple(LANGUAGES.items())),
    )
    dialog.open()
    assert dialog.login is not None
    row = dialog.login
    await stage.until(row.box.isChecked)
    return await stage.dialog(SettingsDialog)


@scene("settings", "general")
async def general(stage: Stage) -> None:
    await opened(stage)


@scene("settings", "managed")
async def managed(stage: Stage) -> None:
    dialog = await opened(stage, frozenset({"notices", "check_active", "deny_in_notices"}))
    dialog.tabs.setCurrentIndex(1)


@scene("settings", "couldnt-save")
async def couldnt_save(stage: Stage) -> None:
    def keep(_settings: Settings) -> None:
        raise StorageError("disk", "The disk is full.")

    preferences = stage.controller.preferences
    dialog = await opened(stage, saving=Saving(preferences, keep, preferences))
    preferences.change(start_hidden=True)
    await stage.until(dialog.problem.isVisible)
