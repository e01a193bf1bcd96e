"""A notification service of ours: it keeps what it is told, and says what a test has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from jeepney import DBusAddress, HeaderFields, new_error, new_method_return, new_signal
from typing_extensions import override

from tests.desktop.notify.bus_service import BusService

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jeepney import Message

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
ALL: Final = ("body", "body-markup", "actions")
_SIGNATURES: Final = {"ActionInvoked": "us", "ActivationToken": "us", "NotificationClosed": "uu"}


@dataclass(frozen=True)
class Shown:
    """One notice as it came over the bus."""

    number: int
    app: str
    title: str
    body: str
    actions: dict[str, str]
    hints: dict[str, tuple[str, Any]]
    lasts: int
    replaces: int


class FakeDaemon(BusService):
    """The service; a context manager. `up` has what is shown now, by number."""

    def __init__(
        self, address: str, can: Sequence[str] = ALL, *, first: int = 1, refuses: bool = False
    ) -> None:
        super().__init__(address, NAME)
        self._can = list(can)
        self._refuses = refuses
        self._number = first - 1
        self.up: dict[int, Shown] = {}
        self.seen: list[Shown] = []
        self.closed: list[int] = []

    def say(self, signal: str, *body: object) -> None:
        """Send a signal to everybody."""
        emitter = DBusAddress(PATH, interface=NAME)
        self.send(new_signal(emitter, signal, _SIGNATURES[signal], body))

    def close(self, number: int, reason: int = 2) -> None:
        """Close one, as its user does."""
        self.up.pop(number, None)
        self.say("NotificationClosed", number, reason)

    @override
    def answer(self, message: Message) -> Message:
        member = message.header.fields[HeaderFields.member]
        if self._refuses:
            return new_error(message, "org.freedesktop.DBus.Error.Failed", "s", ("no",))
        answers: dict[str, Callable[[Message], Message]] = {
            "GetCapabilities": lambda asked: new_method_return(asked, "as", (self._can,)),
            "Notify": self._notify,
            "CloseNotification": self._close,
        }
        return answers[member](message)

    def _notify(self, message: Message) -> Message:
        app, replaces, _, title, body, actions, hints, lasts = message.body
        if replaces not in self.up:
            self._number += 1
        number = replaces if replaces in self.up else self._number
        pairs = dict(zip(actions[::2], actions[1::2], strict=True))
        shown = Shown(number, app, title, body, pairs, dict(hints), lasts, replaces)
        self.up[number] = shown
        self.seen.append(shown)
        return new_method_return(message, "u", (number,))

    def _close(self, message: Message) -> Message:
        (number,) = message.body
        self.closed.append(number)
        if self.up.pop(number, None) is None:  # as some daemons have it
            return new_error(message, "org.freedesktop.DBus.Error.Failed", "s", ("not there",))
        return new_method_return(message)
