"""The app's life: one instance, a window that is painted first, the rest, and an orderly end."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from countersign.desktop.bugs import bug_error
from countersign.desktop.ending import Ending
from countersign.desktop.frame import Frame
from countersign.desktop.geometry import Geometry
from countersign.desktop.instance import Instance
from countersign.desktop.language.speaking import speak
from countersign.desktop.loop import Loop
from countersign.desktop.main_window.window import MainWindow
from countersign.desktop.preferences import Preferences
from countersign.desktop.settings.appearance import follow
from countersign.desktop.theme import Theme
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from countersign.desktop.saving import Keep
    from countersign.desktop.settings.login import LoginItem
    from countersign.device.device import Device

    OpenDevice = Callable[[], AbstractAsyncContextManager[Device]]
    Load = Callable[[], OpenDevice]

_PAINT: Final = 2.0
"""Seconds to wait for the first paint: a window that nobody can see is never painted."""

# Slow to import and not needed for the first paint: loaded in a thread while the window is there.
_HEAVY: Final = (
    "httpx",
    "cryptography.hazmat.primitives.asymmetric.ec",
    "keyring",
    "msgspec",
    "countersign.desktop.life",
)


def run(  # noqa: PLR0913 - all that the command line knows
    load: Load,
    profile: Path,
    preferences: Preferences | None = None,
    keep: Keep | None = None,
    *,
    login: LoginItem | None = None,
    hidden: bool = False,
    link: str = "",
    log_file: Path | None = None,
) -> int:
    """Show the window until the app is to end, and return the exit status.

    `load` is called once the window is painted, in a thread: it may import what it likes.
    `keep` writes changed settings down, in a thread as well.
    `log_file` is where `load` has a log written, if it does.
    `hidden` begins in the tray, minimised where there is none. `link` is a `countersign:` link to
    follow, here or in the instance that runs already.
    """
    app = QApplication(["countersign"])
    app.setApplicationName("countersign")
    app.setDesktopFileName("countersign")
    app.setQuitOnLastWindowClosed(False)  # the main coroutine ends the app, after its tasks
    instance = Instance(profile)
    if not instance.claim(link):
        return 0
    try:
        preferences = preferences or Preferences()
        speak(app, preferences.now.language)
        theme = Theme(app)
        follow(theme, preferences)
        window = MainWindow(theme)
        Geometry(window, profile).restore()
        instance.shown.connect(window.to_front)
        links = [link] if link else []
        instance.linked.connect(links.append)
        frame = Frame(
            window,
            theme,
            instance,
            preferences,
            keep,
            hidden=hidden,
            login=login,
            log_file=log_file,
            links=links,
        )
        with asyncio.Runner(loop_factory=lambda: Loop(app)) as runner:
            return runner.run(_live(app, frame, load))
    finally:
        instance.release()


async def _live(app: QApplication, frame: Frame, load: Load) -> int:
    window, ending = frame.window, Ending(app)
    window.quitRequested.connect(ending.come)
    # From now on a new start is a new instance, not one that asks this window to come back.
    ending.came.connect(frame.instance.release)
    ending.came.connect(window.hide)
    with ending.heeding_signals():
        if not frame.hidden:
            painted = _first_paint(window)
            window.show()
            await _either(painted, ending)
        try:
            open_device = await asyncio.to_thread(_load, load)
            async with open_device() as device:
                await _run(frame, device, ending)
        except CountersignError as error:
            _show_error(window, error)
            await ending.wait()
        except Exception as error:  # noqa: BLE001 - a window without a word would be worse
            _show_error(window, bug_error(error))
            await ending.wait()
    return ending.status


async def _run(frame: Frame, device: Device, ending: Ending) -> None:
    from countersign.desktop.life import live  # noqa: PLC0415 - after the first paint

    await live(frame, device, ending)


async def _either(painted: asyncio.Future[None], ending: Ending) -> None:
    """Wait for the first paint, but not for ever, and not beyond the end."""
    ended = asyncio.ensure_future(ending.wait())
    await asyncio.wait((painted, ended), timeout=_PAINT, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()


def _show_error(window: MainWindow, error: CountersignError) -> None:
    from countersign.desktop.error_page import ErrorPage  # noqa: PLC0415 - rarely needed

    window.show_page(ErrorPage(error, window))
    window.errorShown.emit(error.code)
    window.show_quietly()


def _load(load: Load) -> OpenDevice:
    for module in _HEAVY:
        importlib.import_module(module)
    return load()


def _first_paint(window: MainWindow) -> asyncio.Future[None]:
    """Return a future that is done after the window's first paint."""
    done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    watcher = _PaintWatcher(window, done)
    window.pages.installEventFilter(watcher)
    return done


class _PaintWatcher(QObject):
    def __init__(self, parent: QObject, done: asyncio.Future[None]) -> None:
        super().__init__(parent)
        self._done = done

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._done.done():
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._finish)  # after this very paint
        return False

    def _finish(self) -> None:
        if not self._done.done():
            self._done.set_result(None)
