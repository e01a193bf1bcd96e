"""A screen of one's own: Xvfb with a window manager and an accessibility bus, all private.

For tests of the window from outside, and for `countersign demo` where there is no display.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from typing_extensions import override

from countersign.testing.x_session_input import XInput
from countersign.testing.x_session_parts import Late, stop, until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

# A program or a folder, and the package of Debian that brings it.
_NEEDED: Final = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "import": "imagemagick",
    "dbus-daemon": "dbus",
    "/usr/share/dbus-1/accessibility-services": "at-spi2-core",
}
_START: Final = 30.0

# As /usr/share/defaults/at-spi2 has it, but listening in a folder of ours.
_BUS_CONFIG: Final = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>accessibility</type>
  <servicedir>/usr/share/dbus-1/accessibility-services</servicedir>
  <auth>EXTERNAL</auth>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class XSessionUnavailable(Exception):  # noqa: N818 - reads as the state it tells of
    """No private screen can be had here; the message says what is missing."""


def missing_packages() -> list[str]:
    """Return which of Debian's packages a private screen lacks here."""
    return [
        package
        for needed, package in _NEEDED.items()
        if not (Path(needed).is_dir() if needed.startswith("/") else shutil.which(needed))
    ]


class XSession(XInput):
    """The screen; a context manager. What is to show on it needs `environment` added to its own.

    Raises XSessionUnavailable on entering. Blocking throughout.
    """

    def __init__(self, *, width: int = 1280, height: int = 800) -> None:
        self._size = f"{width}x{height}x24"
        self._root = Path()
        self._running: list[subprocess.Popen[bytes]] = []
        self._display = ""

    def __enter__(self) -> Self:
        """Start everything; on return windows are managed."""
        if missing := missing_packages():
            raise XSessionUnavailable(
                f"A screen without a display needs {', '.join(missing)}. "
                f"On Debian: sudo apt-get install {' '.join(missing)}"
            )
        # Short, because a socket's path may have no more than some hundred characters.
        self._root = Path(tempfile.mkdtemp(prefix="cs-screen-"))
        try:
            self._start_server()
            self._start(["openbox", "--sm-disable"])
            self._start_bus()
            # The window manager says how many desktops there are once it manages.
            until(lambda: self.answers("get_num_desktops"), "the window manager", _START)
        except (Late, OSError) as error:
            said = self._log()
            self.close()
            raise XSessionUnavailable(f"The screen did not start: {error}. {said}") from error
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to show its window here, and to be read from outside."""
        return {
            "DISPLAY": self._display,
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "AT_SPI_BUS_ADDRESS": self.accessibility_bus,
            "XDG_CURRENT_DESKTOP": "GNOME",  # without a desktop Qt knows no colour scheme
        }

    @property
    def accessibility_bus(self) -> str:
        """The address at which programs show their controls."""
        return f"unix:path={self._root / 'a11y'}"

    def close(self) -> None:
        """Stop everything and leave no file. May be called again."""
        while self._running:
            stop(self._running.pop())
        if self._root.name:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = Path()

    def _start_server(self) -> None:
        """Start Xvfb on the first display number that is free."""
        reading, writing = os.pipe()
        with open(reading, "rb") as told:  # noqa: PTH123 - a descriptor, no path
            try:
                command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", self._size]
                self._start([*command, "-noreset"], pass_fds=(writing,))
            finally:
                os.close(writing)
            ready = select.select([told], [], [], _START)[0]
            number = told.readline().decode().strip() if ready else ""
        if not number:
            raise Late("Xvfb gave no display")
        self._display = f":{number}"

    def _start_bus(self) -> None:
        config, socket = self._root / "a11y.conf", self._root / "a11y"
        config.write_text(_BUS_CONFIG.format(socket=socket))
        self._start(["dbus-daemon", f"--config-file={config}", "--nofork"])
        until(socket.exists, "the accessibility bus", _START)

    def _start(self, command: Sequence[str], pass_fds: Sequence[int] = ()) -> None:
        with (self._root / "log").open("ab") as log:
            self._running.append(
                subprocess.Popen(  # noqa: S603 - constants of this module
                    command,
                    env=self.own_environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    pass_fds=pass_fds,
                    start_new_session=True,  # Ctrl-C is for us; we stop them in order
                )
            )

    @override
    def own_environment(self) -> dict[str, str]:
        """Keep the user's own session out."""
        place = str(self._root)
        variables = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": place}
        return variables | {"XDG_RUNTIME_DIR": place} | self.environment

    def _log(self) -> str:
        with contextlib.suppress(OSError):
            return (self._root / "log").read_text(errors="replace")[-500:]
        return ""
