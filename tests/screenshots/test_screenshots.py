"""The table of scenes is whole, a scene gives the same bytes each time, and text fits."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.screenshots.index import TITLES, page
from tests.screenshots.render import IN_CONTRAST
from tests.screenshots.table import SCENES, STATES

ROOT = Path(__file__).parents[2]
ONE = "add-account-confirm"


def test_every_state_of_every_screen_has_a_scene_and_every_scene_a_state() -> None:
    wanted = {f"{screen}-{state}" for screen, states in STATES.items() for state in states.split()}
    assert set(SCENES) == wanted
    assert set(IN_CONTRAST) <= wanted
    assert TITLES.keys() == STATES.keys()


def photograph(folder: Path) -> dict[str, bytes]:
    """Run the command for one scene."""
    command = [sys.executable, "-m", "tests.screenshots", "--only", ONE, "--into", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60, capture_output=True)  # noqa: S603 - our own
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_scene_gives_the_same_bytes_twice(tmp_path: Path) -> None:
    first = photograph(tmp_path / "first")
    assert first.keys() == {f"{ONE}-light.png", f"{ONE}-dark.png"}
    assert photograph(tmp_path / "second") == first
    assert len(set(first.values())) == len(first)


def test_the_page_shows_each_picture_once(tmp_path: Path) -> None:
    names = {"inbox-empty-light-wide.png", "inbox-empty-dark-narrow.png", f"{ONE}-dark.png"}
    for name in names:
        (tmp_path / name).touch()
    shown = re.findall(r'src="([^"]+)"', page(tmp_path))
    assert sorted(shown) == sorted(names)


def test_the_committed_page_is_that_of_the_committed_pictures() -> None:
    folder = ROOT / "docs" / "screenshots"
    assert (folder / "README.md").read_text(encoding="utf-8") == page(folder)
    assert all(any(folder.glob(f"{name}-*.png")) for name in SCENES)
