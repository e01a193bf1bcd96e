"""Bringing a window over others, where the platform lets a program do that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_CANT: Final = {"wayland", "wayland-egl", "offscreen", "minimal"}
"""Platforms on which Qt warns where a window is raised, and does nothing."""


def raise_window(window: QWidget) -> None:
    """Bring it over the other windows; the focus stays where it is."""
    if QGuiApplication.platformName() not in _CANT:
        window.raise_()
