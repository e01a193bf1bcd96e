"""What the user can set for a profile, with its defaults and limits (screens.md 8)."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class Appearance(enum.Enum):
    """How the window looks."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Notices(enum.Enum):
    """What a desktop notification says of a request."""

    FULL = "full"
    SHORT = "short"
    OFF = "off"


class Proxy(enum.Enum):
    """Which proxy the network is reached through; loopback never uses one."""

    SYSTEM = "system"
    NONE = "none"
    MANUAL = "manual"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one profile; whoever makes one from outside checks it first."""

    start_hidden: bool = False
    keep_running: bool | None = None
    """Whether closing the window leaves the app in the tray; None until the user was asked."""
    appearance: Appearance = Appearance.SYSTEM
    language: str = ""
    """The window's, by its code; "" for the system's. In force from the next start on."""
    check_active: int = 5
    """Seconds between polls while the user is here: 5, 10 or 30."""
    check_background: int = 10
    """Seconds between polls in the background: 10, 30 or 60; 0 for never."""
    notices: Notices = Notices.FULL
    deny_in_notices: bool = True
    keep_small_open: bool = False
    pin_each_time: bool = False
    """Whether an approval by hand takes the PIN, where there is one: a confirmation alone."""
    lock_with_screen: bool = True
    """Whether the window locks with the screen, where there is a PIN."""
    history_days: int = 90
    proxy: Proxy = Proxy.SYSTEM
    proxy_url: str = ""
    """`http://host:port` of the manual proxy."""
    ca_file: str = ""
    """Path of a PEM file whose certificates are trusted beside the system's; empty for none."""
    log_level: str = "INFO"
    """From which level on the log file has what happens."""


ALLOWED: Final[Mapping[str, tuple[object, ...]]] = {
    "keep_running": (None, False, True),
    "language": ("", "en", "de"),
    "check_active": (5, 10, 30),
    "check_background": (0, 10, 30, 60),
    "history_days": (30, 90, 365),
    "log_level": ("WARNING", "INFO", "DEBUG", "WIRE"),
}
"""The values of those settings that are neither an enum, a text nor simply on or off."""
