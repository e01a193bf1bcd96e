"""The window is given the policy once, for its device and for its settings."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from countersign.cli import gui, session
from countersign.cli.output import Output
from countersign.desktop import application
from countersign.desktop.preferences import Preferences
from countersign.device.policy import Policy
from countersign.device.settings import Notices, Settings
from countersign.storage import settings_file
from tests.integration.cli.test_network_settings import Keys

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_window_s_device_and_settings_obey_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy = Policy(notices=Notices.SHORT, support="the IT desk")
    read: list[Policy] = []

    def read_policy() -> Policy:
        read.append(policy)
        return policy

    monkeypatch.setattr(session, "read_policy", read_policy)
    monkeypatch.setattr(session, "OsKeyStore", Keys)
    given: list[Any] = []

    def run(*words: Any, **_more: Any) -> int:  # noqa: ANN401 - the window's own
        given.extend(words)
        return 0

    monkeypatch.setattr(application, "run", run)
    settings_file.write(tmp_path, Settings(check_active=30))
    options = Namespace(profile=str(tmp_path), hidden=False, link=None)
    assert gui.gui(options, Output(json=False)) == 0
    load, _, preferences = given[:3]
    assert isinstance(preferences, Preferences)
    assert read == []  # not before the first paint: it is slow to import

    async def held() -> object:
        async with load()() as device:
            preferences.obey(device.policy)  # as `live` does
            return device.policy

    assert asyncio.run(held()) is policy
    assert read == [policy]
    assert (preferences.now.notices, preferences.now.check_active) == (Notices.SHORT, 30)
