"""The sandbox's console in a real browser. Sids and times are new each time: so are the bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.sandbox.serve import running
from tests.sandbox.browser import devtools
from tests.sandbox.world import World
from tests.screenshots.render import shrink

if TYPE_CHECKING:
    from pathlib import Path

    from tests.sandbox.browser.devtools import Browser

WIDE: Final = (1400, 900)
NARROW: Final = (480, 900)


def render(folder: Path) -> list[Path]:
    """Save the console, empty and full, light and dark; nothing where there is no Chromium."""
    if devtools.program() is None:
        return []
    made = []
    with (
        devtools.browser() as address,
        devtools.connected(address) as browser,
        running() as sandbox,
        World.over(sandbox) as world,
    ):
        made += _views(browser, world, folder, "empty", "")
        device = world.device()
        answered = world.pending(device)
        device.answer(answered)
        headers = {"Origin": world.base}
        world.http.post(f"{sandbox.control_url}/samples", json={}, headers=headers)
        sandbox.client.play("rate-limited")
        for tab in ("request", "answer", "events"):
            made += _views(browser, world, folder, tab, f"?challenge={answered}&tab={tab}")
        for drawer in ("traffic", "faults", "scenarios"):
            query = f"?challenge={answered}&drawer={drawer}"
            made += _views(browser, world, folder, drawer, query)
    return made


def _views(browser: Browser, world: World, folder: Path, name: str, query: str) -> list[Path]:
    made = []
    for dark in (False, True):
        for size, width in ((WIDE, "wide"), (NARROW, "narrow")):
            page = browser.page(*size, dark=dark)
            page.open(f"{world.sandbox.console_url}{query}")
            page.wait("document.documentElement.classList.contains('scripted')")
            file = folder / f"console-{name}-{'dark' if dark else 'light'}-{width}.png"
            page.save(file)
            page.close()
            made.append(shrink(file))
    return made
