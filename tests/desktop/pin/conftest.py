"""The app over a keyring in memory whose keys a real PIN wraps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.pin_lock import OsPinLock
from tests.desktop.pin.desk import Desk
from tests.unit.storage.keys.keys_support import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest


@pytest.fixture
def desk(
    countersign_app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot
) -> Iterator[Desk]:
    """Give the app with one account, not shown yet, and without a PIN."""
    app, entries = countersign_app, Entries()
    keys = OsKeyStore("tests", backend_factory=entries.backend)
    app.device.keys = keys
    app.device.pin = OsPinLock(app.database, app.device.accounts, keys)
    account = app.enrol(countersign_sandbox.backend_url, "northwind-1", "Northwind Bank")
    yield Desk(app, countersign_sandbox, qtbot, account, entries)
    app.run(keys.aclose())
