"""`countersign links` and `countersign gui LINK`, as processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.environment import OwnHome

KIND = "x-scheme-handler/countersign"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "countersign", *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def document(*words: str) -> dict[str, Any]:
    done = run(*words, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    told: dict[str, Any] = json.loads(line)
    return told


@pytest.fixture
def home(own_home: OwnHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OwnHome:
    """Keep the machine's own lists out."""
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "usr"))
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    monkeypatch.delenv("COUNTERSIGN_PROFILE", raising=False)
    return own_home


def test_links_come_and_go_by_the_users_word_alone(home: OwnHome) -> None:
    before = document("links", "status")
    assert (before["registered"], before["handler"]) == (False, None)
    assert not (home.config / "mimeapps.list").exists(), "looking changes nothing"
    after = document("links", "register")
    assert (after["registered"], after["handler"]) == (True, "countersign-links.desktop")
    assert after["command"].endswith("-m countersign gui %u")
    assert after == document("links", "status")
    other = document("--profile", "work", "links", "status")
    assert (other["registered"], other["handler"]) == (False, "countersign-links.desktop")
    assert other["command"].endswith("-m countersign --profile work gui %u")
    gone = document("links", "unregister")
    assert gone == before
    assert KIND not in (home.config / "mimeapps.list").read_text()


@pytest.mark.usefixtures("home")
def test_people_are_told_in_a_sentence() -> None:
    assert "open with nothing" in run("links", "status").stdout
    assert run("links", "register").stdout == "countersign: links open with this Countersign.\n"
    elsewhere = run("--profile", "work", "links", "status").stdout
    assert elsewhere.startswith("countersign: links open with something else: countersign-links")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "words",
    [
        ("links",),
        ("links", "dance"),
        ("gui", "https://evil.example"),
        ("gui", "file:///etc/passwd"),
        ("gui", "countersign"),
        ("gui", "countersign://open", "--profile", "other"),
        ("gui", "--", 'countersign://open"', "--hidden"),
        ("countersign://open",),
    ],
)
def test_what_is_no_link_is_wrong_usage(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: countersign" in done.stderr


@pytest.mark.usefixtures("home")
def test_a_link_s_secrets_are_not_repeated() -> None:
    done = run("gui", "https://auth.example/?code=s3cret")
    assert done.returncode == 2
    assert "s3cret" not in done.stderr


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("words", [("gui", "countersign://open"), ("gui", "--", "countersign:")])
def test_a_link_without_a_screen_says_so(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    done = run(*words)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no display")
