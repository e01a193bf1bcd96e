"""The lock outside of the window: tray, menu, notices; keys wrapped by a real PIN."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from countersign.desktop.pin.words import LOCKED, UNLOCK
from countersign.desktop.tray.look import Look, Sign
from countersign.device.schedule import Presence
from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.pin_lock import OsPinLock
from countersign.testing.app import TIMEOUT
from tests.desktop.background.test_in_tray import entry
from tests.unit.storage.keys.keys_support import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.testing.app import AppUnderTest
    from tests.desktop.background.conftest import Scene

PIN = "730915"


@pytest.fixture
def countersign_app(countersign_app: AppUnderTest) -> Iterator[AppUnderTest]:
    """Give the app with keys that a PIN can wrap, before it has an account."""
    app = countersign_app
    keys = OsKeyStore("tests", backend_factory=Entries().backend)
    app.device.keys = keys
    app.device.pin = OsPinLock(app.database, app.device.accounts, keys)
    yield app
    app.run(keys.aclose())


def lock(scene: Scene) -> None:
    with scene.qtbot.waitSignal(scene.window.lockedChanged, timeout=TIMEOUT):
        scene.controller.lock()


def unlock(scene: Scene) -> None:
    with scene.qtbot.waitSignal(scene.window.lockedChanged, timeout=TIMEOUT):
        scene.controller.locking.page.unlockRequested.emit(PIN)


def shown(scene: Scene) -> set[str]:
    return {one.objectName() for one in scene.tray.menu.actions() if one.isVisible()} - {""}


def test_the_tray_offers_to_lock_where_there_is_a_pin(scene: Scene) -> None:
    scene.panel(there=True)
    assert "lockAction" not in shown(scene)
    scene.app.run(scene.app.device.pin.choose(PIN))
    scene.tray.menu.aboutToShow.emit()
    with scene.qtbot.waitSignal(scene.window.lockedChanged, timeout=TIMEOUT):
        entry(scene, "lockAction").trigger()


def test_locked_the_tray_shows_a_lock_and_no_number(scene: Scene) -> None:
    scene.panel(there=True)
    scene.app.run(scene.app.device.pin.choose(PIN))
    scene.ask("Transfer 250 EUR")
    assert scene.tray._look == Look(Sign.NORMAL, "1")
    before = shown(scene)
    lock(scene)
    assert scene.tray._look == Look(Sign.LOCKED)
    assert shown(scene) == {"waitingAction", "openAction", "quitAction"}
    assert entry(scene, "waitingAction").text() == "Locked: requests can't be seen"
    assert not any("Transfer" in one.text() for one in scene.tray.menu.actions())
    unlock(scene)
    scene.until(lambda: scene.tray._look == Look(Sign.NORMAL, "1"))
    scene.until(lambda: shown(scene) == before)


def test_locking_takes_notices_down_and_new_ones_do_not_come(scene: Scene) -> None:
    scene.app.run(scene.app.device.pin.choose(PIN))
    sid = scene.ask("Transfer 250 EUR")
    assert sid in scene.desktop.up
    lock(scene)
    scene.until(lambda: scene.desktop.up == {})
    scene.company.create_challenge(scene.account, message="Another")
    scene.controller.poller.check_now()
    scene.app.run(scene.controller.poller.poll_due())
    assert scene.desktop.up == {}


def test_what_is_seen_outside_of_the_window_goes_at_once(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the keys do, which may wait for an answer on its way."""
    scene.panel(there=True)
    scene.app.run(scene.app.device.pin.choose(PIN))
    sid = scene.ask("Transfer 250 EUR")
    held = asyncio.Event()
    monkeypatch.setattr(scene.controller, "quiet", held.wait)
    scene.controller.lock()
    assert scene.desktop.up == {}
    assert scene.tray._look == Look(Sign.LOCKED)
    assert not any("Transfer" in one.text() for one in scene.tray.menu.actions())
    assert not scene.controller.read_small(sid)
    scene.controller.polled.emit()
    assert scene.desktop.up == {}
    with scene.qtbot.waitSignal(scene.window.lockedChanged, timeout=TIMEOUT):
        held.set()


def test_back_at_the_screen_one_notice_says_so(scene: Scene) -> None:
    scene.app.run(scene.app.device.pin.choose(PIN))
    locking = scene.controller.locking
    with scene.qtbot.waitSignal(scene.window.lockedChanged, timeout=TIMEOUT):
        locking.set_presence(Presence.AWAY)
    assert LOCKED not in scene.desktop.up
    locking.set_presence(Presence.BACKGROUND)
    notice = scene.desktop.up[LOCKED]
    assert notice.body == "Countersign is locked and can't see requests."
    scene.window.hide()
    scene.desktop.press(LOCKED, UNLOCK)
    assert scene.window.isVisible()
    locking.set_presence(Presence.AWAY)
    locking.set_presence(Presence.BACKGROUND)
    assert LOCKED in scene.desktop.up
    unlock(scene)
    assert LOCKED not in scene.desktop.up
