"""Where the window was: remembered for each profile, and used where that place still exists.

A place is kept by its screen's name and relative to that screen, in device-independent pixels, so
that screens may be plugged in anew in another order, or scaled differently.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from typing_extensions import override

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

_log = logging.getLogger(__name__)

FILE: Final = "window.json"
_SETTLED: Final = 1000
"""Milliseconds after the last move before it is written down."""
_LARGEST: Final = 4096  # bytes of the file
_NO_LARGER: Final = 32_000


@dataclass(frozen=True, slots=True)
class Place:
    """The window's frame: `x` and `y` from its screen's upper left corner, the size without it."""

    screen: str
    x: int
    y: int
    width: int
    height: int
    maximized: bool = False


_KINDS: Final = {
    "screen": str,
    "x": int,
    "y": int,
    "width": int,
    "height": int,
    "maximized": bool,
}


def read(file: Path) -> Place | None:
    """Return what was written down; None where it can't be read or says nothing sensible."""
    try:
        with file.open("rb") as opened:
            values = json.loads(opened.read(_LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or values.keys() != _KINDS.keys():
        return None
    if any(type(values[name]) is not kind for name, kind in _KINDS.items()):
        return None
    place = Place(**values)
    numbers = (place.x, place.y, place.width, place.height)
    sensible = all(abs(number) < _NO_LARGER for number in numbers)
    return place if sensible and min(place.width, place.height) > 0 else None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def write(file: Path, place: Place) -> None:
    """Write it down, whole or not at all; a full disk is no reason to stop."""
    new = file.with_suffix(".new")
    try:
        with open(new, "w", encoding="utf-8", opener=_private) as opened:
            opened.write(json.dumps(asdict(place)))
        os.replace(new, file)  # noqa: PTH105 - as atomic as its name says on all systems
    except OSError as error:
        _log.info("where the window was couldn't be kept: %s", error.strerror)


def fitted(place: Place, screen: QRect, smallest: tuple[int, int]) -> QRect:
    """Return a place on this screen: no larger than it, and wholly on it."""
    width = min(max(place.width, smallest[0]), screen.width())
    height = min(max(place.height, smallest[1]), screen.height())
    x = min(max(place.x, 0), screen.width() - width)
    y = min(max(place.y, 0), max(0, screen.height() - height))
    return QRect(screen.x() + x, screen.y() + y, width, height)


class Geometry(QObject):
    """Remembers a window's place while it is used; `restore` it before it is first shown."""

    def __init__(self, window: QWidget, profile: Path) -> None:
        super().__init__(window)
        self._window = window
        self._file = profile / FILE
        self._last: Place | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLED)
        self._timer.timeout.connect(self.save)
        window.installEventFilter(self)

    def restore(self) -> None:
        """Put the window where it was; elsewhere on the first screen where that one is gone."""
        place = self._last = read(self._file)
        if place is None:
            return
        screens = QGuiApplication.screens()
        named = next((one for one in screens if one.name() == place.screen), None)
        screen = named or QGuiApplication.primaryScreen()
        smallest = self._window.minimumSize()
        rect = fitted(place, screen.availableGeometry(), (smallest.width(), smallest.height()))
        self._window.resize(rect.size())
        if named is not None:  # elsewhere, the window manager knows a better place
            self._window.move(rect.topLeft())
        if place.maximized:
            self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowMaximized)

    def save(self) -> None:
        """Write it down, if it is another one."""
        self._timer.stop()
        window = self._window
        if not window.isVisible() or window.isMinimized():
            return
        screen = window.screen()
        if window.isMaximized() or window.isFullScreen():  # its own size is still the last one
            normal = window.normalGeometry()
            corner, size = normal.topLeft(), normal.size()
        else:
            corner, size = window.pos(), window.size()
        corner -= screen.availableGeometry().topLeft()
        place = Place(
            screen.name(), corner.x(), corner.y(), size.width(), size.height(), window.isMaximized()
        )
        if place != self._last:
            self._last = place
            write(self._file, place)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = QEvent.Type
        if event.type() in {kind.Move, kind.Resize, kind.WindowStateChange}:
            self._timer.start()
        elif event.type() is kind.Close:
            self.save()  # it is still there
        elif event.type() is kind.Hide:
            self._timer.stop()
        return False
