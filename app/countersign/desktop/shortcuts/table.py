"""What the keyboard does: the one table that is installed on the window and listed under F1."""

from __future__ import annotations

import enum
import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence


class Command(enum.Enum):
    """What a shortcut asks for."""

    APPROVE = enum.auto()
    DENY = enum.auto()
    NEXT = enum.auto()
    PREVIOUS = enum.auto()
    CHECK_NOW = enum.auto()
    SMALL_WINDOW = enum.auto()
    PENDING = enum.auto()
    HISTORY = enum.auto()
    SEARCH = enum.auto()
    BACK = enum.auto()
    ADD_ACCOUNT = enum.auto()
    DETAILS = enum.auto()
    SETTINGS = enum.auto()
    SHORTCUTS = enum.auto()
    LOCK = enum.auto()
    CLOSE = enum.auto()
    QUIT = enum.auto()


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One command's keys, in Qt's portable text, where Enter stands for both keys of that name.

    `listed_only`: another part installs it, on itself. `group` and `what` are not translated yet.
    """

    command: Command
    group: object
    what: object
    keys: tuple[str, ...]
    listed_only: bool = False

    @property
    def group_text(self) -> str:
        """What it belongs to, in the user's language."""
        return QCoreApplication.translate("Shortcuts", str(self.group))

    @property
    def text(self) -> str:
        """What it does, in the user's language."""
        return QCoreApplication.translate("Shortcuts", str(self.what))

    @property
    def sequences(self) -> list[QKeySequence]:
        """The keys to install."""
        return [QKeySequence(name) for keys in self.keys for name in _both(keys)]

    @property
    def key_texts(self) -> list[str]:
        """The keys as this system writes them."""
        native = QKeySequence.SequenceFormat.NativeText
        return [QKeySequence(_labelled(keys)).toString(native) for keys in self.keys]


def _both(keys: str) -> tuple[str, ...]:
    """Return both keys that people call Enter; Qt knows the number pad's alone by that name."""
    return (keys, keys.replace("Enter", "Return")) if "Enter" in keys else (keys,)


def _labelled(keys: str) -> str:
    """Return the key by the name that is printed on it: Apple prints Return."""
    return keys.replace("Enter", "Return") if sys.platform == "darwin" else keys


_REQUESTS: Final = QT_TRANSLATE_NOOP("Shortcuts", "Requests")
_PANES: Final = QT_TRANSLATE_NOOP("Shortcuts", "Go to")
_ACCOUNTS: Final = QT_TRANSLATE_NOOP("Shortcuts", "Accounts")
_APP: Final = "Countersign"

# No letters alone (J, K): in a list they are typed to find a row, and speech input types them by
# accident (WCAG 2.1.4).
SHORTCUTS: Final = (
    Shortcut(
        Command.APPROVE,
        _REQUESTS,
        QT_TRANSLATE_NOOP("Shortcuts", "Approve"),
        ("Ctrl+Enter",),
        listed_only=True,
    ),
    Shortcut(
        Command.DENY,
        _REQUESTS,
        QT_TRANSLATE_NOOP("Shortcuts", "Deny"),
        ("Ctrl+Backspace",),
        listed_only=True,
    ),
    Shortcut(
        Command.NEXT, _REQUESTS, QT_TRANSLATE_NOOP("Shortcuts", "Next request"), ("Alt+Down",)
    ),
    Shortcut(
        Command.PREVIOUS, _REQUESTS, QT_TRANSLATE_NOOP("Shortcuts", "Previous request"), ("Alt+Up",)
    ),
    Shortcut(
        Command.CHECK_NOW, _REQUESTS, QT_TRANSLATE_NOOP("Shortcuts", "Check now"), ("F5", "Ctrl+R")
    ),
    Shortcut(
        Command.SMALL_WINDOW,
        _REQUESTS,
        QT_TRANSLATE_NOOP("Shortcuts", "Show in the small window"),
        ("Ctrl+Shift+O",),
    ),
    Shortcut(Command.PENDING, _PANES, QT_TRANSLATE_NOOP("Shortcuts", "Pending"), ("Ctrl+1",)),
    Shortcut(Command.HISTORY, _PANES, QT_TRANSLATE_NOOP("Shortcuts", "History"), ("Ctrl+2",)),
    Shortcut(Command.SEARCH, _PANES, QT_TRANSLATE_NOOP("Shortcuts", "Search"), ("Ctrl+F",)),
    Shortcut(
        Command.BACK, _PANES, QT_TRANSLATE_NOOP("Shortcuts", "Back to the list"), ("Alt+Left",)
    ),
    Shortcut(
        Command.ADD_ACCOUNT, _ACCOUNTS, QT_TRANSLATE_NOOP("Shortcuts", "Add account"), ("Ctrl+N",)
    ),
    Shortcut(
        Command.DETAILS,
        _ACCOUNTS,
        QT_TRANSLATE_NOOP("Shortcuts", "Account details"),
        ("Ctrl+I", "Alt+Enter"),
    ),
    Shortcut(Command.SETTINGS, _APP, QT_TRANSLATE_NOOP("Shortcuts", "Settings"), ("Ctrl+,",)),
    Shortcut(
        Command.SHORTCUTS, _APP, QT_TRANSLATE_NOOP("Shortcuts", "Keyboard shortcuts"), ("F1",)
    ),
    Shortcut(Command.LOCK, _APP, QT_TRANSLATE_NOOP("Shortcuts", "Lock"), ("Ctrl+L",)),
    Shortcut(
        Command.CLOSE,
        _APP,
        QT_TRANSLATE_NOOP("Shortcuts", "Close without answering"),
        ("Esc",),
        listed_only=True,
    ),
    Shortcut(Command.QUIT, _APP, QT_TRANSLATE_NOOP("Shortcuts", "Quit"), ("Ctrl+Q",)),
)
