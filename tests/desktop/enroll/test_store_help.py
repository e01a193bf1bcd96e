"""How a missing password store is fixed, in the words of each desktop."""

from __future__ import annotations

import pytest

from countersign.desktop.enroll.store_help import how_to_fix


@pytest.mark.parametrize(
    ("system", "desktops", "words"),
    [
        ("linux", "KDE", "KWallet"),
        ("linux", "ubuntu:GNOME", "“gnome-keyring”"),
        ("linux", "X-Cinnamon", "“gnome-keyring”"),
        ("linux", "sway", "or another Secret Service"),
        ("linux", "", "or another Secret Service"),
        ("darwin", "", "Keychain Access"),
        ("win32", "", "Credential Manager"),
    ],
)
def test_each_desktop_has_its_words(system: str, desktops: str, words: str) -> None:
    steps = how_to_fix(system, desktops)
    assert words in steps
    assert steps.endswith("then try again.")


def test_the_desktop_is_the_one_that_this_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "KDE")
    assert how_to_fix("linux") == how_to_fix("linux", "KDE")
