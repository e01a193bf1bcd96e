"""A Secret Service of one's own: gnome-keyring on a private D-Bus, gone when it is closed.

For tests that want a real keyring, and for `countersign demo` where the user has none.
"""

import contextlib
import os
import secrets
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from countersign.testing import _secret_service_bus as bus

if TYPE_CHECKING:
    from types import TracebackType

_PROGRAMS = {"dbus-daemon": "dbus", "gnome-keyring-daemon": "gnome-keyring"}

# The system's own session configuration would start a second keyring by activation, with the
# user's files, as soon as somebody asks for a name that nobody owns. This one starts nothing.
BUS_CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <keep_umask/>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SecretServiceUnavailable(Exception):  # noqa: N818 - reads as the state it tells of
    """No private Secret Service can be had here; the message says what is missing."""


class StoredItem(NamedTuple):
    """One item as the service keeps it."""

    attributes: dict[str, str]
    label: str
    secret: bytes


class PrivateSecretService:
    """A D-Bus session and an unlocked keyring in it, both private; a context manager.

    Whoever is to use it needs `environment` added to its own. Blocking throughout.
    """

    def __init__(self, *, timeout: float = 20.0) -> None:
        self._timeout = timeout
        self._password = secrets.token_urlsafe(16).encode()
        self._root: Path | None = None
        self._bus: subprocess.Popen[bytes] | None = None
        self._daemon: subprocess.Popen[bytes] | None = None
        self._address = ""

    def __enter__(self) -> Self:
        """Start both daemons; on return the login collection is there and open."""
        _require_programs()
        # Short, because a socket's path may have no more than some hundred characters.
        self._root = Path(tempfile.mkdtemp(prefix="cs-keyring-"))
        try:
            self._start_bus(self._root)
            self._start_daemon(self._root)
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: "TracebackType | None",
    ) -> None:
        """Close it."""
        self.close()

    @property
    def environment(self) -> dict[str, str]:
        """What a client's environment needs to reach this service and no other."""
        return {"DBUS_SESSION_BUS_ADDRESS": self._address}

    def is_alive(self) -> bool:
        """Whether both daemons run."""
        return all(daemon and daemon.poll() is None for daemon in (self._bus, self._daemon))

    def lock(self) -> None:
        """Lock the login collection, as a locked screen may."""
        bus.lock(self._address)

    def unlock(self) -> None:
        """Unlock the login collection without a prompt."""
        bus.unlock(self._address, self._password)

    def items(self) -> list[StoredItem]:
        """Everything in the login collection, which must be unlocked."""
        return [StoredItem(*item) for item in bus.read_items(self._address)]

    def wipe(self) -> None:
        """Unlock it and delete everything in it."""
        self.unlock()
        bus.delete_items(self._address)

    def kill(self) -> None:
        """Kill the keyring daemon at once and leave the bus without a Secret Service."""
        if self._daemon:
            self._daemon.kill()
            self._daemon.wait()
            bus.wait_for_name(self._address, owned=False, timeout=self._timeout)

    def close(self) -> None:
        """Stop both daemons and remove every file of theirs. May be called again."""
        for daemon in (self._daemon, self._bus):
            _stop(daemon)
        self._daemon = self._bus = None
        if self._root:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None

    def _start_bus(self, root: Path) -> None:
        config = root / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=root / "bus"))
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--print-address=1"]
        self._bus = _spawn(command, root, {})
        self._address = _first_line(self._bus, self._timeout) or ""
        if not self._address:
            raise SecretServiceUnavailable(_died("dbus-daemon", root))

    def _start_daemon(self, root: Path) -> None:
        command = ["gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground"]
        command.append(f"--control-directory={root / 'control'}")
        self._daemon = _spawn(command, root, self.environment)
        if self._daemon.stdin:
            with contextlib.suppress(BrokenPipeError), self._daemon.stdin as pipe:
                pipe.write(self._password)
        if not bus.wait_for_name(self._address, owned=True, timeout=self._timeout):
            raise SecretServiceUnavailable(_died("gnome-keyring-daemon", root))
        if not bus.login_is_open(self._address):
            raise SecretServiceUnavailable("gnome-keyring-daemon did not unlock its collection.")


def _require_programs() -> None:
    missing = [package for program, package in _PROGRAMS.items() if not shutil.which(program)]
    if missing:
        raise SecretServiceUnavailable(
            f"A private keyring needs {' and '.join(missing)}, which this machine doesn't have. "
            f"On Debian: sudo apt-get install {' '.join(missing)}"
        )


def _spawn(command: list[str], root: Path, extra: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a daemon that sees nothing of the user's own session."""
    (root / "run").mkdir(mode=0o700, exist_ok=True)
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(root),
        "XDG_RUNTIME_DIR": str(root / "run"),
        **extra,
    }
    with (root / "log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603 - constants of this module
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,  # Ctrl-C is for us; we stop the daemons in order
        )


def _first_line(process: subprocess.Popen[bytes], timeout: float) -> str | None:
    stream: IO[bytes] | None = process.stdout
    if stream is None or not select.select([stream], [], [], timeout)[0]:
        return None
    return stream.readline().decode().strip()


def _died(program: str, root: Path) -> str:
    log = (root / "log").read_text(errors="replace").strip() or "it said nothing"
    return f"{program} did not start: {log}"


def _stop(daemon: subprocess.Popen[bytes] | None) -> None:
    if daemon is None:
        return
    daemon.terminate()
    try:
        daemon.wait(timeout=2)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()
    for pipe in (daemon.stdin, daemon.stdout):
        if pipe:
            pipe.close()
