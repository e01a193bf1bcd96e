"""What the watchers see becomes what the poller knows; signs are weighed without Qt and D-Bus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation

from countersign.desktop.preferences import Preferences
from countersign.desktop.presence import network
from countersign.desktop.presence.following import Following
from countersign.desktop.presence.signs import Signs
from countersign.desktop.tasks import Tasks
from countersign.device.polling import Poller, Presence
from countersign.device.settings import Settings

if TYPE_CHECKING:
    from countersign.desktop.loop import Loop

Reach = QNetworkInformation.Reachability
STATE = Qt.ApplicationState


@pytest.mark.parametrize(
    ("signs", "presence"),
    [
        (Signs(), Presence.BACKGROUND),
        (Signs(active=True), Presence.ACTIVE),
        (Signs(active=True, asleep=True), Presence.AWAY),
        (Signs(active=True, lock_asked=True), Presence.AWAY),
        (Signs(active=True, locked_by={"a saver"}), Presence.AWAY),
    ],
)
def test_a_lock_or_sleep_counts_more_than_the_focus(signs: Signs, presence: Presence) -> None:
    assert signs.presence is presence


def test_one_locker_that_opens_does_not_speak_for_another() -> None:
    signs, seen = Signs(active=True), []
    for source, locked in (("logind", True), ("saver", True), ("saver", False), ("logind", False)):
        signs.set_locked(source, locked=locked)
        seen.append(signs.presence)
    assert seen == [Presence.AWAY, Presence.AWAY, Presence.AWAY, Presence.ACTIVE]


@pytest.mark.parametrize(
    ("signs", "then"),
    [
        (Signs(active=True, lock_asked=True), Presence.AWAY),  # it had the focus before
        (Signs(lock_asked=True), Presence.ACTIVE),
        (Signs(locked_by={"a saver"}), Presence.AWAY),  # a locker knows better
    ],
)
def test_a_window_that_gets_the_focus_disproves_a_lock_that_was_only_asked_for(
    signs: Signs, then: Presence
) -> None:
    signs.set_active(active=True)
    assert signs.presence is then


class FakeNetwork(QObject):
    """QNetworkInformation as far as it is used."""

    Feature = QNetworkInformation.Feature
    reachabilityChanged = Signal(Reach)
    Reachability: ClassVar = Reach
    loads = True
    state = Reach.Online
    one: FakeNetwork

    @classmethod
    def loadBackendByFeatures(cls, features: object) -> bool:
        """Tell whether the system tells."""
        assert features is QNetworkInformation.Feature.Reachability
        return cls.loads

    @classmethod
    def instance(cls) -> FakeNetwork:
        """Return the one there is."""
        return cls.one

    def reachability(self) -> Reach:
        """Return what it says now."""
        return self.state

    def becomes(self, state: Reach) -> None:
        """Say something else from now on."""
        self.state = state
        self.reachabilityChanged.emit(state)


@pytest.fixture
def fake_network(owner: QObject, monkeypatch: pytest.MonkeyPatch) -> FakeNetwork:
    del owner
    FakeNetwork.one = FakeNetwork()
    monkeypatch.setattr(network, "QNetworkInformation", FakeNetwork)
    return FakeNetwork.one


@pytest.fixture
def poller() -> Poller:
    return Poller(cast("Any", None), lambda _: None)


def test_settings_are_followed_at_once(owner: QObject, poller: Poller) -> None:
    preferences = Preferences(Settings(check_active=30, check_background=60), owner)
    Following(poller, preferences, owner)
    assert (poller.schedule.active, poller.schedule.background) == (30, 60)
    preferences.change(check_background=0)
    assert (poller.schedule.active, poller.schedule.background) == (30, 0)


def test_the_network_is_followed(
    owner: QObject, poller: Poller, fake_network: FakeNetwork, qt_loop: Loop
) -> None:
    del qt_loop
    fake_network.state = Reach.Disconnected
    following = Following(poller, Preferences(parent=owner), owner)
    following.start(Tasks(owner))
    seen = [poller.schedule.connected]
    # Only this one word is believed: a network without the internet may have the company in it.
    for state in (Reach.Local, Reach.Disconnected, Reach.Unknown):
        fake_network.becomes(state)
        seen.append(poller.schedule.connected)
    following.stop()
    assert seen == [False, True, False, True]


def test_a_system_that_does_not_tell_has_a_network(
    owner: QObject, poller: Poller, fake_network: FakeNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeNetwork, "loads", False)
    fake_network.state = Reach.Disconnected
    Following(poller, Preferences(parent=owner), owner).network.start()
    assert poller.schedule.connected


def test_qts_own_word_on_this_machine_is_taken(owner: QObject) -> None:
    watcher = network.NetworkWatcher(owner)
    watcher.start()
    known = QNetworkInformation.instance()
    assert watcher.connected is (known.reachability() is not Reach.Disconnected)


def test_the_focus_is_followed_until_stop(owner: QObject, poller: Poller, qt_loop: Loop) -> None:
    del qt_loop
    following = Following(poller, Preferences(parent=owner), owner)
    following.start(Tasks(owner))
    app = QGuiApplication.instance()
    seen = []
    for state in (STATE.ApplicationActive, STATE.ApplicationInactive, STATE.ApplicationHidden):
        app.applicationStateChanged.emit(state)  # type: ignore[union-attr]  # there is one
        seen.append(poller.presence)
    assert seen == [Presence.ACTIVE, Presence.BACKGROUND, Presence.BACKGROUND]
    following.stop()
    app.applicationStateChanged.emit(STATE.ApplicationActive)  # type: ignore[union-attr]  # as above
    assert poller.presence is Presence.BACKGROUND
    following.stop()  # twice is once
