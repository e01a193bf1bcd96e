"""Starting with the session: an entry that desktops read as it was meant."""

from __future__ import annotations

import configparser
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from countersign.push.errors import StorageError
from countersign.storage import autostart
from countersign.storage.autostart import Autostart, command, for_profile
from countersign.storage.desktop_entry import exec_line

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.environment import OwnHome

COMMAND = ["/opt/countersign", "gui", "--hidden"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["/usr/bin/countersign", "gui", "--hidden"], "/usr/bin/countersign gui --hidden"),
        (["/my apps/c"], '"/my apps/c"'),
        (["/50%"], '"/50%%"'),
        (['a"b`c$d\\e'], r'"a\\"b\\`c\\$d\\\\e"'),
        (["~/x", ""], '"~/x" ""'),
        (["a\nb\tc"], r'"a\nb\tc"'),
    ],
)
def test_words_are_quoted_as_the_desktop_entry_spec_has_it(words: list[str], line: str) -> None:
    assert exec_line(words) == line


def test_it_is_there_where_desktops_look_and_can_be_read(own_home: OwnHome) -> None:
    words = ["/my apps/counter $ign", "gui", "--hidden"]
    entry = Autostart(words)
    assert not entry.enabled()
    entry.enable()
    assert entry.enabled()
    file = own_home.config / "autostart" / "countersign.desktop"
    assert [one.name for one in file.parent.iterdir()] == [file.name], "nothing is left beside it"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are case-sensitive
    parser.read(file)
    assert parser["Desktop Entry"]["Type"] == "Application"
    unescaped = parser["Desktop Entry"]["Exec"].replace("\\\\", "\\")
    # A shell's double quotes take a backslash before the same marks away as the spec's do.
    asked = ["/bin/sh", "-c", f"printf '%s\\n' {unescaped}"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=10)  # noqa: S603 - our own words
    assert said.stdout.splitlines() == words
    entry.disable()
    assert not entry.enabled()
    assert not file.exists()
    entry.disable()  # what is gone already is no error


@pytest.mark.usefixtures("own_home")
def test_an_entry_for_another_command_is_not_ours() -> None:
    Autostart(["/old/countersign", "gui", "--hidden"]).enable()
    entry = Autostart(COMMAND)
    assert not entry.enabled()
    entry.enable()
    assert entry.enabled()


@pytest.mark.parametrize(
    "switch", ["Hidden=true", "Hidden = true", "X-GNOME-Autostart-enabled=false"]
)
def test_what_the_desktop_has_switched_off_is_off(tmp_path: Path, switch: str) -> None:
    entry = Autostart(COMMAND, tmp_path)
    entry.enable()
    with (tmp_path / autostart.FILE).open("a", encoding="utf-8") as file:
        file.write(f"{switch}\n")
    assert not entry.enabled()
    entry.enable()
    assert entry.enabled()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"Exec=x" * 20_000], ids=["empty", "odd", "big"]
)
def test_a_strange_file_means_off(tmp_path: Path, data: bytes) -> None:
    (tmp_path / autostart.FILE).write_bytes(data)
    assert not Autostart(COMMAND, tmp_path).enabled()


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError):
        Autostart(COMMAND, tmp_path / "file" / "autostart").enable()
    (tmp_path / autostart.FILE).mkdir()
    with pytest.raises(StorageError):
        Autostart(COMMAND, tmp_path).disable()


def test_a_relative_config_folder_counts_as_none(
    own_home: OwnHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    Autostart(COMMAND).enable()
    assert (own_home.home / ".config" / "autostart" / autostart.FILE).exists()


def test_the_command_is_how_it_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "countersign"
    script.write_text("#!/bin/sh\n", encoding="utf-8")
    script.chmod(0o700)
    assert command(None, {}, str(script)) == [str(script), "gui", "--hidden"]
    module = [sys.executable, "-m", "countersign"]
    assert command("default", {}, "/x/__main__.py") == [*module, "gui", "--hidden"]
    assert command(None, {"APPIMAGE": "/a.AppImage"}, "/x")[0] == "/a.AppImage"
    assert command("work", {}, "/x") == [*module, "--profile", "work", "gui", "--hidden"]
    monkeypatch.chdir(tmp_path)
    assert command("./p", {}, "/x")[3:5] == ["--profile", str(tmp_path / "p")]


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_have_no_such_folder(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert for_profile(None) is None
