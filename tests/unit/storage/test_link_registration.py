"""Who opens links: registered where systems look, undone without a trace."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

import pytest

from countersign.push.errors import InitializationError, StorageError
from countersign.storage import mime_apps
from countersign.storage.link_registration import (
    FILE,
    KEY,
    KIND,
    CurrentUser,
    DesktopFile,
    WindowsKey,
    for_profile,
)
from countersign.testing.x_session_parts import until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.environment import OwnHome

WORDS: Final = ["/opt/my apps/countersign", "--profile", "50%", "gui"]
COMMAND: Final = rf"{KEY}\shell\open\command"


@pytest.fixture
def home(own_home: OwnHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OwnHome:
    """Keep the machine's own lists and programs out."""
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "usr"))
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    return own_home


def applications() -> Path:
    return mime_apps.data_home() / "applications"


def test_the_entry_says_what_the_specification_asks(home: OwnHome) -> None:
    DesktopFile(WORDS).register()
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys are case-sensitive
    parser.read(applications() / FILE)
    entry = parser["Desktop Entry"]
    assert entry["Type"] == "Application"
    assert entry["MimeType"] == "x-scheme-handler/countersign;"
    assert entry["NoDisplay"] == "true"
    # The field code stands outside of all quotation marks; a percent sign of the user's is doubled.
    assert entry["Exec"] == '"/opt/my apps/countersign" --profile "50%%" gui %u'
    listed = (home.config / "mimeapps.list").read_text()
    assert listed == f"[Default Applications]\n{KIND}={FILE};\n"


@pytest.mark.usefixtures("home")
def test_it_is_registered_until_it_is_taken_back() -> None:
    ours, other = DesktopFile(WORDS), DesktopFile(["/other", "gui"])
    assert ours.status().handler == ""
    ours.register()
    assert (ours.status().registered, ours.status().handler) == (True, FILE)
    assert not other.status().registered, "another program of ours"
    other.register()
    assert not ours.status().registered
    other.unregister()
    assert ours.status().handler == ""
    other.unregister()  # what is gone already is no error


LISTS: Final = {
    "nothing": b"",
    "another kind": b"[Default Applications]\ntext/html=firefox.desktop\n",
    "another program": f"[Default Applications]\n{KIND}=other.desktop;\na/b=c.desktop\n".encode(),
    "other groups": f"[Added Associations]\n{KIND}=x.desktop;\n\n[Default Applications]\n".encode(),
    "no group of ours": b"# mine\n[Added Associations]\na/b=c.desktop;",
    "no text": b"[Default Applications]\na/b=\xff\xfe.desktop\r\n",
}


@pytest.mark.parametrize("before", LISTS.values(), ids=LISTS)
def test_all_else_in_the_list_stays_to_the_byte(home: OwnHome, before: bytes) -> None:
    file = home.config / "mimeapps.list"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(before)
    entry = DesktopFile(WORDS)
    entry.register()
    assert entry.status().registered
    between = file.read_bytes()
    for line in before.split(b"\n"):
        if not line.startswith(KIND.encode()):
            assert line in between.split(b"\n")
    entry.register()
    assert file.read_bytes() == between, "once is enough"
    entry.unregister()
    left = file.read_bytes().removesuffix(b"[Default Applications]\n")
    assert left.rstrip(b"\n") == before.removesuffix(b"[Default Applications]\n").rstrip(b"\n")
    assert not (applications() / FILE).exists()


def test_a_link_in_place_of_the_list_stays_one(home: OwnHome, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles"
    real.write_text("")
    home.config.mkdir(parents=True, exist_ok=True)
    (home.config / "mimeapps.list").symlink_to(real)
    DesktopFile(WORDS).register()
    assert (home.config / "mimeapps.list").is_symlink()
    assert FILE in real.read_text()


def test_who_comes_first_is_told(
    home: OwnHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    system = tmp_path / "usr" / "applications"
    system.mkdir(parents=True)
    (system / "mimeinfo.cache").write_text(
        f"[MIME Cache]\n{KIND}=gone.desktop;package.desktop;\n", encoding="utf-8"
    )
    (system / "package.desktop").write_text("[Desktop Entry]\n", encoding="utf-8")
    entry = DesktopFile(WORDS)
    assert entry.status().handler == "package.desktop", "the only one that can"
    entry.register()
    assert entry.status().handler == FILE
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "ubuntu:GNOME")
    (home.config / "gnome-mimeapps.list").write_text(
        f"[Default Applications]\n{KIND} = ../x.desktop;gone.desktop;package.desktop\n",
        encoding="utf-8",
    )
    status = entry.status()
    assert (status.registered, status.handler) == (False, "package.desktop")


def test_a_disk_that_takes_nothing_is_told(home: OwnHome) -> None:
    home.config.mkdir(parents=True, exist_ok=True)
    (home.config / "mimeapps.list").mkdir()
    with pytest.raises(StorageError):
        DesktopFile(WORDS).register()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_list_that_can_not_be_read_is_left_alone(home: OwnHome) -> None:
    home.config.mkdir(parents=True, exist_ok=True)
    file = home.config / "mimeapps.list"
    file.write_text("mine")
    file.chmod(0)
    with pytest.raises(StorageError):
        DesktopFile(WORDS).register()
    file.chmod(0o600)
    assert file.read_text() == "mine"


def test_a_list_that_is_none_is_left_alone(home: OwnHome) -> None:
    home.config.mkdir(parents=True, exist_ok=True)
    file = home.config / "mimeapps.list"
    file.write_bytes(b"x" * 1_100_000)
    with pytest.raises(StorageError):
        DesktopFile(WORDS).register()
    assert file.stat().st_size == 1_100_000


def test_the_systems_cache_is_brought_up_to_date_where_there_is_the_program(
    home: OwnHome, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    del home
    program = tmp_path / "bin" / "update-desktop-database"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/said\nexit 1\n', encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    entry = DesktopFile(WORDS)
    entry.register()  # and that it fails is nobody's trouble
    entry.unregister()
    assert (tmp_path / "said").read_text().split() == ["-q", str(applications())] * 2


@pytest.mark.skipif(
    shutil.which("xdg-mime") is None, reason="no xdg-mime here: apt-get install xdg-utils"
)
def test_xdg_mime_reads_it_as_it_was_meant(own_home: OwnHome) -> None:
    del own_home
    DesktopFile(WORDS).register()
    asked = ["xdg-mime", "query", "default", KIND]
    said = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=30)  # noqa: S603 - the system's own
    assert said.stdout.strip() == FILE


@pytest.mark.skipif(
    shutil.which("gio") is None, reason="no gio here: apt-get install libglib2.0-bin"
)
def test_a_link_arrives_as_one_argument_whatever_is_in_it(
    own_home: OwnHome, tmp_path: Path
) -> None:
    del own_home
    program, said = tmp_path / "my apps" / "c", tmp_path / "said"
    program.parent.mkdir()
    # A name that appears only when all is written: then there is nothing to wait for any more.
    script = f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{said}.new'\nmv '{said}.new' '{said}'\n"
    program.write_text(script, encoding="utf-8")
    program.chmod(0o700)
    DesktopFile([str(program), "--profile", "50% $x", "gui"]).register()
    link = "countersign://challenge?factor_sid=$(id)&challenge_sid=%22';x"
    subprocess.run(["gio", "open", link], check=True, timeout=30)  # noqa: S603, S607 - the system's own
    until(said.exists, "the program to be started")
    assert said.read_text().splitlines() == ["--profile", "50% $x", "gui", link]


class FakeRegistry:
    """HKEY_CURRENT_USER in memory."""

    def __init__(self) -> None:
        self.keys: dict[str, dict[str, str]] = {}

    def get(self, key: str, name: str) -> str | None:
        """Return a value."""
        return self.keys.get(key, {}).get(name)

    def set(self, key: str, name: str, value: str) -> None:
        """Set a value."""
        self.keys.setdefault(key, {})[name] = value

    def delete(self, key: str) -> None:
        """Delete a key; the real one refuses where there are keys under it."""
        assert not any(each.startswith(key + "\\") for each in self.keys), "not the last one"
        self.keys.pop(key, None)


def test_windows_gets_a_key_of_the_users_own() -> None:
    registry = FakeRegistry()
    words = [r"C:\Program Files\Countersign\countersign.exe", "gui"]
    entry = WindowsKey(words, registry)
    assert not entry.status().registered
    entry.register()
    assert registry.keys[KEY] == {"": "URL:Countersign", "URL Protocol": ""}
    command = r'"C:\Program Files\Countersign\countersign.exe" gui -- "%1"'
    assert registry.keys[COMMAND] == {"": command}
    assert (entry.status().registered, entry.status().handler) == (True, command)
    entry.unregister()
    assert registry.keys == {}
    entry.unregister()


def test_windows_keeps_what_is_somebody_elses() -> None:
    registry = FakeRegistry()
    registry.set(COMMAND, "", r'C:\other.exe "%1"')
    entry = WindowsKey(["C:\\countersign.exe", "gui"], registry)
    assert not entry.status().registered
    entry.unregister()
    assert registry.keys == {COMMAND: {"": r'C:\other.exe "%1"'}}


class FakeWinreg(SimpleNamespace):
    """What of `winreg` is used; a key is open no longer than its block."""

    HKEY_CURRENT_USER = "HKCU"
    REG_SZ = 1

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, dict[str, Any]] = {}
        self.broken = False

    def OpenKey(self, _root: str, key: str) -> FakeKey:  # noqa: N802 - its own name
        """As there."""
        if self.broken:
            raise PermissionError(5, "Access is denied")
        if key not in self.values:
            raise FileNotFoundError(2, "not found")
        return FakeKey(self.values[key])

    def CreateKey(self, _root: str, key: str) -> FakeKey:  # noqa: N802 - its own name
        """As there."""
        if self.broken:
            raise PermissionError(5, "Access is denied")
        return FakeKey(self.values.setdefault(key, {}))

    def DeleteKey(self, _root: str, key: str) -> None:  # noqa: N802 - its own name
        """As there."""
        if self.broken:
            raise PermissionError(5, "Access is denied")
        if key not in self.values:
            raise FileNotFoundError(2, "not found")
        del self.values[key]

    def QueryValueEx(self, key: dict[str, Any], name: str) -> tuple[Any, int]:  # noqa: N802 - its own name
        """As there."""
        if name not in key:
            raise FileNotFoundError(2, "not found")
        return key[name], 1

    def SetValueEx(self, key: dict[str, Any], name: str, *rest: object) -> None:  # noqa: N802 - its own name
        """As there."""
        assert rest[:2] == (0, self.REG_SZ)
        key[name] = rest[2]


class FakeKey:
    """A key that is open for a block."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values

    def __enter__(self) -> dict[str, Any]:
        return self._values

    def __exit__(self, *_error: object) -> None:
        pass


def test_windows_own_registry_is_spoken_to_as_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeWinreg()
    monkeypatch.setitem(sys.modules, "winreg", fake)
    monkeypatch.setattr(sys, "platform", "win32")
    entry = for_profile(None)
    assert entry.status().handler == ""
    entry.register()
    assert entry.status().registered
    fake.values[KEY]["URL Protocol"] = 7
    assert CurrentUser().get(KEY, "URL Protocol") is None, "no text"
    entry.unregister()
    assert fake.values == {}
    CurrentUser().delete(KEY)
    fake.broken = True
    for attempt in (entry.status, entry.register, lambda: CurrentUser().delete(KEY)):
        with pytest.raises(StorageError):
            attempt()


def test_macos_takes_it_from_an_app_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(InitializationError) as raised:
        for_profile(None)
    assert raised.value.name == "needs_bundle"
