"""Whoever opens the profile goes the way that its settings name, and the window leaves a log."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from countersign.cli import logged, session
from countersign.device.settings import Proxy, Settings
from countersign.push.errors import NetworkError, StorageError
from countersign.storage import settings_file
from countersign.storage.log_file import log_path
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    from pathlib import Path

    from countersign.push.errors import CountersignError

NOBODY = "http://127.0.0.1:1"
URL = "https://api.example.test/v2"


class Keys(FailingKeyStore):
    """A password store that is there and empty."""

    def __init__(self, _namespace: str) -> None:
        super().__init__("locked", on=())

    @override
    async def aclose(self) -> None:
        """Close nothing."""


@pytest.fixture(autouse=True)
def _own_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "OsKeyStore", Keys)


async def refused(folder: Path) -> CountersignError:
    async with session.open_device(folder) as device:
        with pytest.raises(NetworkError) as caught:
            await device.http.send("GET", URL)
    return caught.value


async def test_the_proxy_of_the_settings_is_used(tmp_path: Path) -> None:
    settings = Settings(proxy=Proxy.MANUAL, proxy_url=NOBODY)
    await asyncio.to_thread(settings_file.write, tmp_path, settings)
    error = await refused(tmp_path)
    assert (error.name, "127.0.0.1:1" in error.message) == ("proxy", True)


async def test_without_settings_the_system_s_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "socks4://127.0.0.1:1")
    assert (await refused(tmp_path)).name == "proxy"


async def test_what_happens_while_it_is_open_is_logged(tmp_path: Path) -> None:
    settings = Settings(proxy=Proxy.MANUAL, proxy_url=NOBODY)
    await asyncio.to_thread(settings_file.write, tmp_path, settings)
    async with logged.open_logged(tmp_path, "INFO") as device:
        with pytest.raises(NetworkError):
            await device.http.send("GET", f"{URL}/Entities/an-identity", auth=("token", "secret"))
    text = await asyncio.to_thread(log_path(tmp_path).read_text, encoding="utf-8")
    first, middle, last = text.splitlines()
    assert "Countersign" in first
    assert middle.endswith("countersign.push.http: api.example.test: proxy")
    assert last.endswith("the end")
    assert "identity" not in text
    assert "secret" not in text


async def test_a_profile_that_does_not_open_leaves_no_log_open(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    await asyncio.to_thread(folder.write_text, "not a folder", encoding="utf-8")
    with pytest.raises(StorageError):
        async with logged.open_logged(folder, "INFO"):
            pytest.fail("it opened")
