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
from PySide6.QtWidgets import QApplication, QLabel

from countersign.desktop import application
from countersign.desktop.main_window.window import MainWindow
from countersign.push.errors import StorageError


def close(window):
    print(*[one.text() for one in window.findChildren(QLabel) if one.isVisible()], sep="|")
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


SENTENCE = "Can't save on this computer.|Make room.|Details: 60403, read_only"
BUG = (
    "Something went wrong inside Countersign.|Close it and start it again if it doesn't go on.|"
    "Details: 60406, internal"
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
