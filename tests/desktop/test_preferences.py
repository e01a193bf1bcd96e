"""In force are the user's settings under the company's policy; kept are the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject

from countersign.desktop.preferences import Preferences
from countersign.desktop.saving import Saving
from countersign.device.policy import Policy
from countersign.device.settings import Notices, Proxy, Settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

POLICY = Policy(notices=Notices.SHORT, fastest=10, proxy=Proxy.NONE, ca_file="/etc/ca.pem")
OWN = Settings(check_active=5, ca_file="/home/me/ca.pem")


@pytest.fixture
def owner() -> Iterator[QObject]:
    made = QObject()
    yield made
    made.deleteLater()


def test_the_policy_is_obeyed_over_what_the_user_has_set(owner: QObject) -> None:
    preferences = Preferences(OWN, owner, policy=POLICY)
    now = preferences.now
    assert (now.notices, now.check_active) == (Notices.SHORT, 10)
    assert (now.proxy, now.ca_file) == (Proxy.NONE, "/etc/ca.pem")
    preferences.change(notices=Notices.FULL, check_active=5)
    assert preferences.now == now
    preferences.change(notices=Notices.OFF, check_active=30)
    assert (preferences.now.notices, preferences.now.check_active) == (Notices.OFF, 30)


def test_without_a_policy_both_are_the_same(owner: QObject) -> None:
    preferences = Preferences(OWN, owner)
    preferences.change(check_active=30)
    assert preferences.now == preferences.own


@pytest.mark.usefixtures("qt_loop")
def test_the_user_s_own_settings_are_kept(qtbot: QtBot, owner: QObject) -> None:
    kept: list[Settings] = []
    preferences = Preferences(OWN, owner, policy=POLICY)
    saving = Saving(preferences, kept.append, owner)
    assert saving is not None
    preferences.change(check_active=5, keep_small_open=True)
    qtbot.waitUntil(lambda: bool(kept))
    assert kept == [preferences.own]
    assert (kept[0].check_active, kept[0].ca_file) == (5, "/home/me/ca.pem")
    assert (kept[0].notices, kept[0].proxy) == (Notices.FULL, Proxy.SYSTEM)


@pytest.mark.usefixtures("qt_loop")
def test_what_the_policy_overrules_is_kept_all_the_same(qtbot: QtBot, owner: QObject) -> None:
    kept: list[Settings] = []
    preferences = Preferences(Settings(check_active=30), owner, policy=Policy(fastest=10))
    saving = Saving(preferences, kept.append, owner)
    assert saving is not None
    preferences.change(check_active=10)
    before = preferences.now
    preferences.change(check_active=5)
    assert preferences.now == before
    qtbot.waitUntil(lambda: bool(kept) and kept[-1].check_active == 5)
