"""How the app starts and ends, each in a process of its own: there is one QApplication in each."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = {"httpx", "cryptography", "keyring", "msgspec", "sqlite3", "truststore", "secretstorage"}

# Stands for the person at the screen: reads what the page says, and closes the window.
READER = """
import sys
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from countersign.desktop import application
from countersign.desktop.main_window.window import MainWindow
from countersign.push.errors import StorageError


def close(window):
    window.findChild(QPushButton, "errorDetailsButton").click()
    labels = [one for one in window.findChildren(QLabel) if one.isVisible()]
    print(*[one.text().partition("\\n")[0] for one in labels], sep="|")  # all but the time
    window.close()


class Watched(MainWindow):
    def __init__(self, theme):
        super().__init__(theme)
        self.errorShown.connect(print)
        self.errorShown.connect(lambda _: QTimer.singleShot(0, lambda: close(self)))


application.MainWindow = Watched
"""


def run(code: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own code
        [sys.executable, "-c", code, *args], capture_output=True, text=True, check=False, timeout=60
    )


def test_what_is_slow_to_import_is_not_needed_for_the_first_paint() -> None:
    done = run("import sys, countersign.desktop.application; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    assert "PySide6" in loaded
    assert not HEAVY & loaded


SENTENCE = "Can't save on this computer.|Make room.|60403 read_only"
BUG = (
    "Something went wrong inside Countersign.|Close it and start it again if it doesn't go on.|"
    "60406 internal"
)


@pytest.mark.parametrize(
    ("error", "said", "logged"),
    [
        (
            'StorageError("read_only", "Can\'t save on this computer.", "Make room.")',
            f"60403\n{SENTENCE}\n",
            "",
        ),
        ('ValueError("a secret")', f"60406\n{BUG}\n", "ValueError at <string>:"),
    ],
)
@pytest.mark.parametrize("when", ["loading", "opening"])
def test_a_start_that_fails_says_so_in_the_window(
    tmp_path: Path, when: str, error: str, said: str, logged: str
) -> None:
    fail = f"""
def load():
    if {when == "loading"}:
        raise {error}
    @asynccontextmanager
    async def device():
        raise {error}
        yield
    return device

sys.exit(application.run(load, Path(sys.argv[1])))
"""
    done = run(READER + fail, str(tmp_path))
    assert (done.returncode, done.stdout) == (0, said), done.stderr
    assert logged in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr


# Stands for the session: ends the app as soon as its window has something to show.
ENDED = """
import os, signal, sys
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from countersign.cli.session import open_device
from countersign.desktop import application
from countersign.desktop.instance import Instance
from countersign.desktop.main_window.window import MainWindow
from countersign.desktop.preferences import Preferences
from countersign.device.settings import Settings

folder = Path(sys.argv[1])


def end():
    {how}


class Watched(MainWindow):
    def show_page(self, page):
        super().show_page(page)
        QTimer.singleShot(0, end)

    def hideEvent(self, event):
        super().hideEvent(event)
        print("hidden, and free for a new start:", Instance(folder).claim())


@asynccontextmanager
async def device():
    async with open_device(folder) as opened:
        yield opened
    print("ended in order")


application.MainWindow = Watched
preferences = Preferences(Settings(keep_running=False))  # closing asks nothing, and ends
sys.exit(application.run(lambda: device, folder, preferences))
"""


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("QApplication.instance().activeWindow().close()", 0),
        ("QApplication.quit()", 0),
        ("os.kill(os.getpid(), signal.SIGTERM)", 128 + 15),
        ("os.kill(os.getpid(), signal.SIGINT)", 128 + 2),
    ],
    ids=["closed", "quit", "terminated", "interrupted"],
)
def test_whoever_ends_the_app_ends_it_in_order(tmp_path: Path, how: str, status: int) -> None:
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    done = run(ENDED.format(how=how), str(profile))
    assert done.stdout == "hidden, and free for a new start: True\nended in order\n", done.stderr
    assert (done.returncode, done.stderr) == (status, "")


def test_a_window_that_is_never_painted_works_nonetheless(tmp_path: Path) -> None:
    unseen = """
application.MainWindow = type("Unseen", (Watched,), {"show": lambda self: None})

def load():
    raise StorageError("read_only", "Can't save on this computer.")

sys.exit(application.run(load, Path(sys.argv[1])))
"""
    done = run(READER + unseen, str(tmp_path))
    assert (done.returncode, done.stdout) == (0, "60403\n\n"), done.stderr
