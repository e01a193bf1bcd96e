"""The page that shows all screenshots, for readers of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.screenshots.table import STATES

if TYPE_CHECKING:
    from pathlib import Path

TITLES: Final = {
    "request": "A request",
    "compact": "The small window",
    "first-start": "First start",
    "add-account": "Adding an account",
    "unfinished": "An account that isn't finished",
    "account-details": "An account's details",
    "history": "History",
    "inbox": "The inbox without requests",
    "offline": "Offline, busy, wrong clock",
    "password-store": "The password store",
    "changed": "A request that changed",
    "unknown-fate": "An answer whose fate isn't known",
    "expired": "A request that ended while it was open",
    "shortcuts": "Keyboard shortcuts",
    "tray": "The tray",
    "burst": "A flood of requests",
    "silent": "Silent approval",
    "settings": "Settings",
    "policy": "What a company has set",
    "pin": "The PIN",
}
_HEAD: Final = """\
# Screenshots

Made by `python3 dev.py screenshots` out of the app's own window and device; only the service, the
password store and the clock are stand-ins. All names and addresses are invented. Not edited by
hand, and made anew whenever a screen changes.
"""


def page(folder: Path) -> str:
    """Return the index of what is in a folder."""
    parts = [_HEAD]
    for screen, states in STATES.items():
        parts.append(f"\n## {TITLES[screen]}\n")
        for state in states.split():
            name = f"{screen}-{state}"
            files = [file for file in _files(folder, name) if file]
            parts.append(f"\n**{state.replace('-', ' ')}**\n")
            parts += [
                f'<img src="{file}" alt="{file[:-4]}" width="{_width(file)}">' for file in files
            ]
    if console := sorted(file.name for file in folder.glob("console-*.png")):
        parts.append("\n## The sandbox's console\n")
        parts += [f'<img src="{one}" alt="{one[:-4]}" width="{_width(one)}">' for one in console]
    return "\n".join(parts) + "\n"


def _files(folder: Path, name: str) -> list[str]:
    looks = ("light", "dark", "contrast-light", "contrast-dark", "large", "german", "mirrored")
    wanted = [f"{name}-{look}{width}.png" for look in looks for width in ("-wide", "-narrow", "")]
    return [file for file in wanted if (folder / file).exists()]


def _width(file: str) -> int:
    return 560 if file.endswith("-wide.png") else 210 if file.endswith("-narrow.png") else 320
