"""What is there once a device is: the tray, what closing does, and all that runs in the window.

Slow to import: it is loaded after the first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.background.background import Background
from countersign.desktop.background.closing import Closing
from countersign.desktop.bugs import heard
from countersign.desktop.language.support import use_support
from countersign.desktop.main_window.controller import Controller
from countersign.desktop.saving import Saving
from countersign.desktop.settings.access import SettingsAccess
from countersign.desktop.settings.surroundings import around
from countersign.desktop.tray.tray import Tray
from countersign.device.policy import managed

if TYPE_CHECKING:
    from countersign.desktop.ending import Ending
    from countersign.desktop.frame import Frame
    from countersign.device.device import Device


async def live(frame: Frame, device: Device, ending: Ending) -> None:
    """Run the window until the end."""
    use_support(device.policy.support)
    frame.preferences.obey(device.policy)
    window = frame.window
    controller = Controller(window, frame.theme, device, frame.preferences)
    tray = Tray(frame.theme, window)
    closing = Closing(window, tray, frame.preferences)
    background = Background(window, controller, tray, closing)
    saving = Saving(frame.preferences, frame.keep, window) if frame.keep else None
    controller.dialogs.login = frame.login
    surroundings = around(device, frame.log_file)
    settings = SettingsAccess(
        window,
        controller,
        saving,
        frame.login,
        managed(device.policy),
        surroundings=surroundings,
    )
    controller.settingsRequested.connect(settings.show)
    background.offer_settings(settings.show)
    with heard(controller.tell):
        controller.start()
        tray.start()
        if frame.hidden:
            closing.start_hidden()
        frame.instance.linked.connect(controller.open_link)
        for link in frame.links:
            controller.open_link(link)
        try:
            await ending.wait()
        finally:  # also where Ctrl+C cancels it, as on Windows
            await background.stop()
            await settings.settled()
            await controller.stop()
            if saving is not None:
                await saving.settled()
