"""The Node client is installed from its lock, once, and only where somebody wants it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import dev

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Install into a folder of the test's own, with something that stands for npm."""
    commands: list[list[str]] = []

    def must(command: list[object], *, quiet: bool) -> None:
        assert quiet
        (dev.NODE / "node_modules").mkdir(exist_ok=True)
        commands.append([str(part) for part in command])

    monkeypatch.setattr(dev, "NODE", tmp_path / "node")
    monkeypatch.setattr(dev, "must", must)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    return commands


def test_it_is_installed_once_for_each_lock(
    ran: list[list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dev.make_node()
    dev.make_node()
    assert len(ran) == 1
    assert ran[0][:4] == ["/bin/npm", "ci", "--prefix", str(dev.NODE)]
    assert "--ignore-scripts" in ran[0]
    newer = tmp_path / "newer"
    newer.mkdir()
    for name in ("package.json", "package-lock.json"):
        text = (dev.NODE_LOCK / name).read_text()
        assert (dev.NODE / name).read_text() == text
        (newer / name).write_text(text + "\n")
    monkeypatch.setattr(dev, "NODE_LOCK", newer)
    dev.make_node()
    assert len(ran) == 2


def test_an_installation_that_broke_off_is_done_again(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        (dev.NODE / "node_modules").mkdir()
        raise dev.Problem("npm: failed")

    with monkeypatch.context() as patch:
        patch.setattr(dev, "must", broken)
        with pytest.raises(dev.Problem):
            dev.make_node()
    dev.make_node()
    assert len(ran) == 1


def test_without_npm_one_line_says_so(
    ran: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(dev.Problem, match="npm"):
        dev.make_node()
    assert ran == []


@pytest.mark.parametrize(
    ("packages", "times"), [(dev.FULL_PACKAGES, 1), (dev.SERVER_PACKAGES, 0), ((), 0)]
)
def test_only_the_full_tests_want_it(
    packages: tuple[str, ...], times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    monkeypatch.setattr(dev, "install_packages", lambda _: None)
    monkeypatch.setattr(dev, "make_venv", lambda: None)
    monkeypatch.setattr(dev, "make_node", lambda: made.append(1))
    dev.set_up(packages)
    assert len(made) == times
