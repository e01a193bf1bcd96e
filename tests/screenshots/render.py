"""From a scene to files: each scene in both themes and widths, small and the same each time."""

from __future__ import annotations

import asyncio
import importlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from countersign.desktop.language.speaking import PSEUDO, speak
from countersign.desktop.loop import Loop
from countersign.desktop.theme import Theme, tokens_for
from tests.screenshots.stage import PATIENCE, View, stage
from tests.screenshots.table import SCENES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import Qt
    from PySide6.QtGui import QPixmap

    from tests.screenshots.stage import Stage
    from tests.screenshots.table import Scene

SIZES: Final = {"wide": (1120, 660), "narrow": (420, 700)}
THEMES: Final = ("light", "dark")
BRITISH: Final = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
TEXT: Final = 10
LARGE: Final = 2 * TEXT
"""Sizes of type in points."""
CONTRAST: Final = ("contrast-light", "contrast-dark")
IN_CONTRAST: Final = (
    "request-ready",
    "request-couldnt-read",
    "changed-on-click",
    "compact-one",
    "first-start-welcome",
    "add-account-cant-reach",
    "account-details-plain",
    "history-list",
    "offline-all",
    "settings-requests",
    "silent-on",
    "shortcuts-list",
)
"""The scenes that are rendered in high contrast too."""
IN_LARGE: Final = (
    "request-ready",
    "request-couldnt-read",
    "changed-seen",
    "unknown-fate-asking",
    "compact-one",
    "first-start-welcome",
    "add-account-typed",
    "add-account-cant-reach",
    "account-details-plain",
    "history-list",
    "offline-all",
    "settings-general",
    "silent-on",
)
"""The scenes that are rendered with text at 200 % too, in light colours."""
LANGUAGES: Final = {"german": "de", "mirrored": PSEUDO}
IN_LANGUAGES: Final = (
    "request-ready",
    "compact-one",
    "first-start-welcome",
    "add-account-typed",
    "add-account-confirm-email",
    "add-account-cant-reach",
    "account-details-plain",
    "history-list",
    "offline-all",
    "password-store-locked",
    "tray-menu",
    "settings-general",
)
"""The scenes that are rendered in other languages too, in light colours."""

for _module in (
    "requests",
    "fates",
    "small",
    "accounts",
    "adding",
    "window",
    "lists",
    "details",
    "tray",
    "settings",
    "settings_pages",
    "silent",
    "bursts",
    "policy",
    "pin",
):
    importlib.import_module(f"tests.screenshots.scenes.{_module}")


def prepare(app: QApplication) -> Theme:
    """Give the app a known font and locale, and a text cursor that stands still."""
    QLocale.setDefault(BRITISH)
    app.setFont(QFont("Inter", TEXT))
    app.setCursorFlashTime(0)
    app.setQuitOnLastWindowClosed(False)
    return Theme(app)


async def play(scene: Scene, theme: Theme, view: View, seen: Callable[[Stage], object]) -> None:
    """Play a scene, and look at it."""
    async with stage(theme, view) as made:
        async with asyncio.timeout(PATIENCE):
            await scene.play(made)
        await made.settle()
        seen(made)


def names(scene: Scene) -> Iterable[str]:
    """Return the themes in which a scene is rendered."""
    contrast = CONTRAST if scene.name in IN_CONTRAST else ()
    large = ("large",) if scene.name in IN_LARGE else ()
    return (*THEMES, *contrast, *large, *(LANGUAGES if scene.name in IN_LANGUAGES else ()))


def speak_as(look: str) -> Qt.LayoutDirection:
    """Speak a look's language; its direction."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    speak(app, LANGUAGES.get(look, "en"))
    if look != "german":
        QLocale.setDefault(BRITISH)
    return app.layoutDirection()


async def photograph(scene: Scene, theme: Theme, folder: Path) -> list[Path]:
    """Render one scene in all its themes and widths."""
    made: list[Path] = []
    for look in names(scene):
        theme.use(tokens_for(dark=look.endswith("dark"), contrast=look.startswith("contrast")))
        direction = speak_as(look)
        QApplication.setFont(QFont("Inter", LARGE if look == "large" else TEXT))
        for width, size in SIZES.items():

            def shoot(stage: Stage, width: str = width, look: str = look) -> None:
                dialog = stage.shot is not stage.window
                name = f"{scene.name}-{look}" + ("" if dialog else f"-{width}")
                if dialog and width != "wide":
                    return  # a dialog has a size of its own
                made.append(save(stage.shot.grab(), folder / f"{name}.png"))

            with tempfile.TemporaryDirectory(prefix="cs-shot-") as profile:
                await play(scene, theme, View(Path(profile), size, direction), shoot)
    return made


def save(picture: QPixmap, file: Path) -> Path:
    """Write a picture."""
    if not picture.save(str(file)):
        raise OSError(f"can't write {file}")
    return shrink(file)


def shrink(file: Path) -> Path:
    """Give a picture a palette: these have few colours, and the difference isn't seen."""
    convert = shutil.which("convert")
    if convert is None:
        raise OSError("ImageMagick's convert is missing")
    options = ("+dither", "-strip", "-colors", "256", "-define", "png:compression-level=9")
    command = (convert, str(file), *options, "-define", "png:exclude-chunks=all", f"PNG8:{file}")
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 - our own picture
    return file


def render(folder: Path, wanted: Iterable[str]) -> list[Path]:
    """Render scenes by name into a folder."""
    app = QApplication(["countersign"])
    theme = prepare(app)
    made: list[Path] = []

    async def work() -> None:
        for name in wanted:
            made.extend(await photograph(SCENES[name], theme, folder))

    with asyncio.Runner(loop_factory=lambda: Loop(app)) as runner:
        runner.run(work())
    return made
