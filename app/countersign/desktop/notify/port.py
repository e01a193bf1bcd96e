"""What a notice is, and what any desktop's end of it does."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

REVIEW: Final = "review"
"""Also what a click on the notice itself means."""
DENY: Final = "deny"


@dataclass(frozen=True, slots=True)
class Action:
    """A button; `key` is what `activated` brings."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Plain text, safe to show. One of the same id replaces the one that is shown.

    `lasts` is in seconds, None for as long as the desktop usually shows one. `quiet` ones come
    without a sound.
    """

    id: str
    title: str
    body: str
    actions: tuple[Action, ...] = ()
    lasts: float | None = None
    quiet: bool = False


class Notifier(QObject):
    """One end. Nothing here ever raises: a desktop without notices is a usual one.

    `shown` brings a notice's id once the desktop has taken it, `undelivered` the Notice that it
    hasn't. `activated` brings id, an offered action's key, and a token by which a window may come
    to the front where the desktop gives one ("" elsewhere). `closed` brings an id: the user, or
    time, took it away.
    """

    shown = Signal(str)
    undelivered = Signal(object)
    activated = Signal(str, str, str)
    closed = Signal(str)

    @abstractmethod
    def show_notice(self, notice: Notice) -> None:
        """Show it, in place of the one with the same id."""

    @abstractmethod
    def withdraw(self, ident: str) -> None:
        """Take it away; harmless where it isn't there."""

    async def settled(self) -> None:
        """Take all away and end; for an orderly end."""
