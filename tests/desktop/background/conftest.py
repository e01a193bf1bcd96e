"""The app with its life outside of the window: a tray and notices that a test looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from typing_extensions import override

from countersign.desktop.background.background import Background
from countersign.desktop.background.closing import Closing
from countersign.desktop.notify.port import Notifier
from countersign.desktop.tray.tray import Tray
from countersign.device.polling import Presence
from countersign.testing.app import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.notify.port import Notice
    from countersign.desktop.theme import Theme
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest


class Desktop(Notifier):
    """Shows notices at once; `up` has them by id."""

    def __init__(self) -> None:
        super().__init__()
        self.up: dict[str, Notice] = {}

    @override
    def show_notice(self, notice: Notice) -> None:
        self.up[notice.id] = notice
        self.shown.emit(notice.id)

    @override
    def withdraw(self, ident: str) -> None:
        self.up.pop(ident, None)

    def press(self, ident: str, key: str) -> None:
        """Press a button of one that is up, and close it, as daemons do."""
        assert key in {action.key for action in self.up[ident].actions}
        self.activated.emit(ident, key, "")
        self.close(ident)

    def close(self, ident: str) -> None:
        """Close one, as its user does."""
        self.up.pop(ident, None)
        self.closed.emit(ident)


class PaintedIcon(QSystemTrayIcon):
    """An icon in a panel that isn't there: Qt's own offscreen platform complains of it."""

    @override
    def show(self) -> None:
        """Be shown nowhere."""


class Scene:
    """The app in the background, with an account."""

    def __init__(self, app: AppUnderTest, sandbox: Running, qtbot: QtBot, theme: Theme) -> None:
        self.app, self.qtbot, self.company = app, qtbot, sandbox.client
        self.window = app.window
        self.account = app.enrol(sandbox.backend_url, "user-1", "Northwind Bank").sid
        with qtbot.waitSignal(app.window.pollFinished, timeout=TIMEOUT):
            app.show()
        self.controller = app.controller
        self.desktop = Desktop()
        self.available = False
        self.tray = Tray(theme, app.window, available=lambda: self.available, make_icon=PaintedIcon)
        self.closing = Closing(app.window, self.tray, self.controller.preferences)
        self.background = Background(
            app.window, self.controller, self.tray, self.closing, self.desktop
        )
        self.tray.start()
        self.controller.following.stop()  # offscreen, no window manager tells of other programs
        self.go_away()

    def go_away(self) -> None:
        """Use another program."""
        self.controller.poller.set_presence(Presence.BACKGROUND)

    def panel(self, *, there: bool) -> None:
        """Start or stop the panel with its tray."""
        self.available = there
        self.tray.follow()

    def ask(self, message: str = "Sign in?", *, seen: bool = True) -> str:
        """Let the company ask, and see it polled."""
        sid = self.company.create_challenge(self.account, message=message)["sid"]
        if seen:
            self.poll_until(lambda: self.controller.showing.request(sid) is not None)
        return sid

    def poll_until(self, condition: object) -> None:
        """Poll until something is so."""
        assert callable(condition)
        self.controller.poller.check_now()
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=TIMEOUT)

    def until(self, condition: object) -> None:
        """Wait until something is so."""
        assert callable(condition)
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=TIMEOUT)

    def close(self) -> None:
        """End in order."""
        self.app.run(self.background.stop())
        self.window._close = None  # as without all this, for the end of `countersign_app`


@pytest.fixture
def scene(
    countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot, theme: Theme
) -> Iterator[Scene]:
    made = Scene(countersign_app, countersign_sandbox, qtbot, theme)
    yield made
    made.close()
