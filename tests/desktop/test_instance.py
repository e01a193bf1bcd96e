"""One window a profile."""

from __future__ import annotations

import socket
import subprocess
import sys
from typing import TYPE_CHECKING, Final

import pytest

from countersign.desktop.instance import Instance
from countersign.push.errors import InitializationError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.support.environment import OwnHome


@pytest.fixture
def first(qapp: object, tmp_path: Path) -> Iterator[Instance]:
    assert qapp is not None
    instance = Instance(tmp_path)
    assert instance.claim()
    yield instance
    instance.release()


def socket_of(home: OwnHome) -> Path:
    """Return where the instance listens."""
    (found,) = [path for path in (home.runtime / "countersign").iterdir() if path.is_socket()]
    return found


def test_a_second_start_asks_the_first_to_show_itself(
    qtbot: QtBot, first: Instance, tmp_path: Path
) -> None:
    second = Instance(tmp_path)
    with qtbot.waitSignal(first.shown):
        assert not second.claim()


def test_another_profile_is_another_instance(first: Instance, tmp_path: Path) -> None:
    assert first is not None
    other = Instance(tmp_path / "other")
    assert other.claim()
    other.release()


def test_what_a_crash_leaves_is_no_obstacle(
    qtbot: QtBot, own_home: OwnHome, tmp_path: Path
) -> None:
    assert own_home.runtime.exists()
    script = (
        "import os, pathlib, sys\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from countersign.desktop.instance import Instance\n"
        "app = QCoreApplication([])\n"
        "held = Instance(pathlib.Path(sys.argv[1]))\n"
        "os._exit(0 if held.claim() else 1)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    ended = subprocess.run(command, check=False, timeout=60)  # noqa: S603 - our own program
    assert ended.returncode == 0
    instance = Instance(tmp_path)
    assert instance.claim()
    with qtbot.waitSignal(instance.shown):
        Instance(tmp_path).claim()
    instance.release()


def test_anything_but_a_known_word_is_ignored(
    qtbot: QtBot, first: Instance, own_home: OwnHome, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(socket_of(own_home)))
        peer.sendall(b"approve YC1\n" * 1000)
        heard: list[bool] = []
        first.shown.connect(lambda: heard.append(True))
        with qtbot.waitSignal(first.shown):  # by the one that follows
            Instance(tmp_path).claim()
        assert heard == [True]


def test_a_folder_that_others_can_enter_is_refused(own_home: OwnHome, tmp_path: Path) -> None:
    folder = own_home.runtime / "countersign"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(InitializationError):
        Instance(tmp_path)


LONG: Final = "countersign://enroll?backend=https%3A%2F%2Fauth.example&identity="
REQUEST: Final = f"factor_sid=YF{'0' * 32}&challenge_sid=YC{'1' * 32}"


@pytest.mark.parametrize(
    ("link", "told"),
    [
        (LONG + "u" * (4096 - len(LONG)), LONG + "u" * (4096 - len(LONG))),
        (f"countersign://challenge?{REQUEST}", f"countersign://challenge?{REQUEST}"),
        (f"countersign://signin?{REQUEST}", f"countersign://signin?{REQUEST}"),
        ("countersign://open", "countersign://open"),
        (" COUNTERSIGN://open\n", "COUNTERSIGN://open"),
        (f"{LONG}jane&name=B\u00fcro", f"{LONG}jane&name=B%C3%BCro"),
        # What is too long or has line breaks in it is told as what it is: broken.
        (LONG + "u" * 4096, "countersign:"),
        ("countersign://open\nshow", "countersign://open%0Ashow"),
        ("countersign:\x1b[2J\ud800", "countersign:%1B[2J?"),
    ],
    ids=["enroll", "challenge", "signin", "open", "around", "umlaut", "long", "lines", "control"],
)
def test_a_second_start_hands_over_its_link(
    qtbot: QtBot, first: Instance, tmp_path: Path, link: str, told: str
) -> None:
    with qtbot.waitSignals([first.shown, first.linked]), qtbot.waitSignal(first.linked) as linked:
        assert not Instance(tmp_path).claim(link)
    assert linked.args == [told]


@pytest.mark.parametrize(
    "said",
    [
        b"link https://evil.example\n",
        b"link countersign:\x1b[2J\n",
        b"link countersign:a\nshow\n",
        b"link countersign:\xff\n",
        b"link countersign:" + b"a" * 5000 + b"\n",
        b"link countersign:unfinished",
        b"show",
    ],
)
def test_what_is_no_link_is_none(
    qtbot: QtBot, first: Instance, own_home: OwnHome, tmp_path: Path, said: bytes
) -> None:
    heard: list[str] = []
    first.linked.connect(heard.append)
    first.shown.connect(lambda: heard.append(""))
    with socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(socket_of(own_home)))
        peer.sendall(said)
    with qtbot.waitSignal(first.shown):  # by the one that follows
        Instance(tmp_path).claim()
    assert heard == [""]
