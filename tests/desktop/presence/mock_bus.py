"""A private bus with python-dbusmock's logind or screen saver on it, told what to do by jeepney.

dbusmock is Debian's (python3-dbusmock): PyPI's needs a compiler and D-Bus's headers. So it runs
under the system's Python, as a process of its own.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from jeepney import DBusAddress, HeaderFields, message_bus, new_method_call, new_signal
from jeepney.io.blocking import Proxy, open_dbus_connection
from jeepney.wrappers import unwrap_msg

from countersign.testing.secret_service import BUS_CONFIG
from countersign.testing.x_session_parts import stop, until

if TYPE_CHECKING:
    from types import TracebackType

PYTHON: Final = "/usr/bin/python3"  # the one that Debian's packages are for
LOGIND: Final = "org.freedesktop.login1"
_SESSIONS: Final = "/org/freedesktop/login1/session"
SESSION: Final = f"{_SESSIONS}/c1"
_MOCK: Final = "org.freedesktop.DBus.Mock"

_SET_ACTIVE: Final = """\
self.covers = args[0]
self.EmitSignal('', 'ActiveChanged', 'b', [args[0]])
"""


class MockBus:
    """The bus, a context manager; what runs on it is started by `logind` and `saver`."""

    def __init__(self) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="cs-bus-"))
        self._running: list[subprocess.Popen[bytes]] = []
        self.address = f"unix:path={self._root / 'bus'}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        for file in self._root.iterdir():
            file.unlink()
        self._root.rmdir()

    def start(self) -> None:
        """Start the bus, with nothing on it."""
        config, path = self._root / "bus.conf", self._root / "bus"
        path.unlink(missing_ok=True)
        config.write_text(BUS_CONFIG.format(socket=path))
        self._start("dbus-daemon", f"--config-file={config}", "--nofork")
        until(self._listens, "the bus")

    def _listens(self) -> bool:
        """Return whether it takes connections: its socket is there a moment before that."""
        with socket.socket(socket.AF_UNIX) as one, contextlib.suppress(OSError):
            one.connect(str(self._root / "bus"))
            return True
        return False

    def stop(self) -> None:
        """Stop all that runs, the bus last."""
        while self._running:
            stop(self._running.pop())

    def logind(self) -> subprocess.Popen[bytes]:
        """Start logind, with this user's session on it."""
        started = self._mock("--system", "--template", "logind", name=LOGIND)
        self.add_session("c1")
        return started

    def add_session(self, name: str) -> None:
        """Let somebody log in."""
        self.call(
            LOGIND, "/org/freedesktop/login1", f"{_MOCK}.AddSession", "ssusb",
            name, "seat0", os.getuid(), "somebody", True,  # noqa: FBT003 - as dbusmock has it
        )  # fmt: skip

    def saver(self, name: str, path: str) -> subprocess.Popen[bytes]:
        """Start a screen saver that covers nothing yet."""
        started = self._mock("--session", name, path, name, name=name)
        self.call(
            name, path, f"{_MOCK}.AddMethods", "sa(ssss)", name,
            [
                ("GetActive", "", "b", "ret = getattr(self, 'covers', False)"),
                ("SetActive", "b", "", _SET_ACTIVE),
            ],
        )  # fmt: skip
        return started

    def call(self, name: str, path: str, method: str, signature: str, *body: object) -> None:
        """Call `interface.Method` of an object."""
        interface, _, member = method.rpartition(".")
        target = DBusAddress(path, bus_name=name, interface=interface)
        with contextlib.closing(open_dbus_connection(self.address)) as connection:
            message = new_method_call(target, member, signature, body)
            unwrap_msg(connection.send_and_get_reply(message, timeout=20))

    def sleep(self, *, begins: bool) -> None:
        """Say that the computer goes to sleep, or that it is awake again."""
        self.call(
            LOGIND, "/org/freedesktop/login1", f"{_MOCK}.EmitSignal", "sssav",
            f"{LOGIND}.Manager", "PrepareForSleep", "b", [("b", begins)],
        )  # fmt: skip

    def session(self, method: str, *body: bool, of: str = "c1") -> None:
        """Call a method of a session: Lock, Unlock, SetLockedHint."""
        path = f"{_SESSIONS}/{of}"
        self.call(LOGIND, path, f"{LOGIND}.Session.{method}", "b" * len(body), *body)

    def forge(self, to: str, path: str, interface: str, member: str, *body: bool) -> None:
        """Send a signal straight to a connection, as anybody on a bus can."""
        emitter = DBusAddress(path, interface=interface)
        message = new_signal(emitter, member, "b" * len(body) or None, body)
        message.header.fields[HeaderFields.destination] = to
        with contextlib.closing(open_dbus_connection(self.address)) as connection:
            connection.send(message)
            Proxy(message_bus, connection).GetId()  # answered after it was passed on

    def others(self) -> list[str]:
        """Return the connections to this bus."""
        with contextlib.closing(open_dbus_connection(self.address)) as connection:
            (names,) = Proxy(message_bus, connection).ListNames()
            own = connection.unique_name
        return [name for name in names if name.startswith(":") and name != own]

    def _mock(self, *words: str, name: str) -> subprocess.Popen[bytes]:
        started = self._start(PYTHON, "-m", "dbusmock", *words)
        with contextlib.closing(open_dbus_connection(self.address)) as connection:
            bus = Proxy(message_bus, connection)
            until(lambda: bus.NameHasOwner(name)[0] or started.poll() is not None, name)
        if started.poll() is not None:
            raise RuntimeError("dbusmock didn't start: on Debian it is python3-dbusmock")
        return started

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        own = {
            "DBUS_SYSTEM_BUS_ADDRESS": self.address,
            "DBUS_SESSION_BUS_ADDRESS": self.address,
        }
        started = subprocess.Popen(  # noqa: S603 - constants of this module
            command, env=os.environ | own, stdin=subprocess.DEVNULL
        )
        self._running.append(started)
        return started
