"""Settings are read whatever the file holds, and written whole."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from countersign.device.settings import Notices, Settings
from countersign.push.errors import StorageError
from countersign.storage import settings_file

if TYPE_CHECKING:
    from pathlib import Path

CHANGED = Settings(
    keep_running=True, check_background=0, notices=Notices.SHORT, proxy_url="http://p:1"
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    settings_file.write(tmp_path, CHANGED)
    assert settings_file.read(tmp_path) == CHANGED
    file = tmp_path / settings_file.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [file.name], "nothing is left beside it"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "[" * 50_000, "\ud800", '{"check_active": 5' + " " * 70_000 + "}"],
    ids=["empty", "half", "a list", "null", "deep", "odd", "too large"],
)
def test_a_broken_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / settings_file.FILE).write_bytes(text.encode("utf-8", "surrogatepass"))
    assert settings_file.read(tmp_path) == Settings(history_days=365), "nothing is forgotten"
    settings_file.write(tmp_path, CHANGED)
    broken = tmp_path / f"{settings_file.FILE}.broken"
    assert broken.read_bytes() == text.encode("utf-8", "surrogatepass")
    assert settings_file.read(tmp_path) == CHANGED


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    assert settings_file.read(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("check_active", 1),
        ("check_active", True),
        ("check_active", "5"),
        ("check_background", 10.0),
        ("check_background", -1),
        ("notices", "loud"),
        ("notices", ["full"]),
        ("keep_running", 1),
        ("deny_in_notices", None),
        ("language", 7),
        ("unheard_of", 1),
    ],
)
def test_a_value_without_sense_is_the_default_and_spoils_no_other(
    tmp_path: Path, name: str, value: object
) -> None:
    values = {"keep_small_open": True, name: value}
    (tmp_path / settings_file.FILE).write_text(json.dumps(values), encoding="utf-8")
    assert settings_file.read(tmp_path) == Settings(keep_small_open=True)


@pytest.mark.parametrize("days", [10**400, "30", 7, None])
def test_days_without_sense_forget_nothing(tmp_path: Path, days: object) -> None:
    text = json.dumps({"history_days": days})
    (tmp_path / settings_file.FILE).write_text(text, encoding="utf-8")
    assert settings_file.read(tmp_path) == Settings(history_days=365)


def test_a_folder_that_is_gone_is_told_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StorageError) as raised:
        settings_file.write(tmp_path / "gone", CHANGED)
    assert raised.value.name == "settings_not_saved"
    settings_file.write(tmp_path, CHANGED)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError):
        settings_file.write(tmp_path, Settings())
    assert settings_file.read(tmp_path) == CHANGED


def test_what_makes_no_sense_is_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "countersign")
    text = '{"notices": "secret", "log_level": "LOUD", "check_active": 10, "unheard_of": 1}'
    (tmp_path / settings_file.FILE).write_text(text, encoding="utf-8")
    settings_file.read(tmp_path)
    (tmp_path / settings_file.FILE).write_text("{", encoding="utf-8")
    settings_file.read(tmp_path)
    assert caplog.messages == [
        "settings.json: no sense in notices, log_level",
        "settings.json couldn't be read and was kept aside",
    ]
