"""Screen 8: the settings' other pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.desktop.settings.diagnostics import DiagnosticsDialog
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.device.check_up import Check
from countersign.device.settings import Proxy
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.screenshots.stage import Stage

HOST: Final = "verify.a-rather-long-name-of-a-company.example.com"
FOUND: Final = (
    Check(name="storage", ok=True, detail=""),
    Check(name="keyring", ok=True, detail="", about="GNOME Keyring"),
    Check(name="network", ok=True, detail="", about=HOST),
    Check(name="tls", ok=True, detail="", about=HOST),
    Check(name="clock", ok=False, detail="", about=HOST, minutes=7),
    Check(name="network", ok=False, detail="", about="auth.example.com", error="unreachable"),
)


async def _find() -> Sequence[Check]:
    return FOUND


async def _services() -> Sequence[Check]:
    return FOUND[2:]


async def opened(stage: Stage, page: int) -> SettingsDialog:
    """Open the settings at a page."""
    await stage.has()
    await stage.start()
    around = Surroundings(
        services=_services,
        check_up=_find,
        log_file=Path("/home/ana/.local/share/countersign/profiles/default/countersign.log"),
    )
    dialog = SettingsDialog(stage.controller.preferences, stage.window, surroundings=around)
    dialog.open()
    dialog.tabs.setCurrentIndex(page)
    return await stage.dialog(SettingsDialog)


@scene("settings", "diagnostics")
async def diagnostics(stage: Stage) -> None:
    await stage.has()
    await stage.start()
    text = "Countersign 0.1\nPIN: set\nTPM: yes\nAccounts: 1\nSettings:\n  check_active: 5\nLog:"
    DiagnosticsDialog(text, stage.window).open()
    await stage.dialog(DiagnosticsDialog)


@scene("settings", "requests")
async def requests(stage: Stage) -> None:
    await opened(stage, 1)


@scene("settings", "security")
async def security(stage: Stage) -> None:
    await opened(stage, 2)


@scene("settings", "network")
async def network(stage: Stage) -> None:
    dialog = await opened(stage, 3)
    assert dialog.network.test is not None
    dialog.network.test.check()
    await dialog.network.test.tasks.done()


@scene("settings", "proxy")
async def proxy(stage: Stage) -> None:
    dialog = await opened(stage, 3)
    stage.controller.preferences.change(
        proxy=Proxy.MANUAL, proxy_url="http://proxy.example.com:8080", ca_file="/gone/company.pem"
    )
    await dialog.network.certificates.tasks.done()
    edit = dialog.network.proxy.address.edit
    edit.setText("proxy:port")
    dialog.network.proxy.address.leave()


@scene("settings", "help")
async def help_(stage: Stage) -> None:
    await opened(stage, 4)


@scene("settings", "checked")
async def checked(stage: Stage) -> None:
    dialog = await opened(stage, 4)
    assert dialog.help.check_up is not None
    dialog.help.check_up.check()
    await dialog.help.check_up.tasks.done()
