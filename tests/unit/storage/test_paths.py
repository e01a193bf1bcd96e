"""Where a profile lies."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from countersign.push.errors import InputError, StorageError
from countersign.storage.paths import make_folder, profile_folder

if TYPE_CHECKING:
    from tests.support.environment import OwnHome


@pytest.mark.parametrize("name", ["default", "a", "A.b-c_9", "x" * 64, ".hidden", "-", "..a"])
def test_a_name_is_a_folder_among_the_user_s_data(own_home: OwnHome, name: str) -> None:
    folder = profile_folder(name)
    assert folder.is_relative_to(own_home.data)
    assert (folder.parent.name, folder.name) == ("profiles", name)


@pytest.mark.parametrize(
    "name", ["", "x" * 65, ".", "..", "...", "a b", "é", "a\n", "a:b", "~", "a\x00"]
)
def test_any_other_name_is_refused(name: str) -> None:
    with pytest.raises(InputError) as raised:
        profile_folder(name)
    assert raised.value.name == "bad_profile"


def test_a_text_with_a_separator_is_the_folder_itself(
    tmp_path: Path, own_home: OwnHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert profile_folder("./mine") == tmp_path / "mine"
    assert profile_folder("a b/é") == tmp_path / "a b" / "é"
    assert profile_folder(str(tmp_path)) == tmp_path
    assert profile_folder("~/mine") == own_home.home / "mine"


def test_asking_for_a_folder_makes_none(tmp_path: Path) -> None:
    assert not profile_folder(f"{tmp_path}/mine").exists()


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_folder_is_made_for_this_user_alone(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b")
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_folder_that_is_there_is_fine(tmp_path: Path) -> None:
    make_folder(tmp_path)


@pytest.mark.parametrize("below", ["file", "file/profile"])
def test_a_folder_that_can_not_be_made_is_the_disk_s_trouble(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError) as raised:
        make_folder(tmp_path / Path(below))
    assert (raised.value.name, raised.value.code) == ("disk", 60403)
