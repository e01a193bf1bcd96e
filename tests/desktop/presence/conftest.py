"""Two private buses, and what the watcher told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

if sys.platform != "linux":
    collect_ignore_glob = ["test_on_*"]  # D-Bus is how Linux tells of it, and no other system
else:
    from tests.desktop.presence.mock_bus import MockBus

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def system_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[MockBus]:
    """Start a system bus, with nothing on it."""
    with MockBus() as bus:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
        monkeypatch.setenv("XDG_SESSION_ID", "c1")
        yield bus


@pytest.fixture
def session_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[MockBus]:
    """Start a session bus, with nothing on it."""
    with MockBus() as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture(autouse=True)
def no_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test that starts no bus have none, the machine's own neither."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)


@pytest.fixture
def owner(qapp: QObject) -> Iterator[QObject]:
    """Give what the watcher and its tasks belong to."""
    del qapp
    made = QObject()
    yield made
    made.deleteLater()
