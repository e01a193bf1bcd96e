"""A window without accounts, with a password store that can be used and with one that can't."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from countersign.desktop.enroll.first_start import FirstStart
from countersign.testing.keys import FailingKeyStore
from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from countersign.storage.keyring_errors import ErrorName
    from tests.desktop.enroll.desk import Desk


def shown(desk: Desk) -> FirstStart:
    """Show it, and wait for the first check."""
    made = FirstStart(desk.device, desk.window)
    with desk.qtbot.waitSignal(made.checked):
        made.show()
    return made


@pytest.mark.parametrize(
    ("name", "signal"), [("pasteLinkButton", "pasteRequested"), ("typeInButton", "typeRequested")]
)
def test_there_are_two_ways_to_begin(desk: Desk, name: str, signal: str) -> None:
    page = shown(desk)
    with desk.qtbot.waitSignal(getattr(page, signal)):
        desk.click(page, name)


@pytest.mark.parametrize(
    ("error", "words", "button"),
    [
        ("locked", "is locked. Countersign can't check for requests or answer them.", "Unlock"),
        ("dismissed", "Still locked.", "Unlock"),
        ("missing", "No password store is running on this computer.", "Try again"),
        ("refused", "keeps secrets unprotected, so Countersign won't use it.", "Try again"),
        ("failed", "didn't do what Countersign asked of it.", "Try again"),
    ],
)
def test_a_store_that_cannot_be_used_is_told_instead(
    desk: Desk, error: ErrorName, words: str, button: str
) -> None:
    desk.device.keys = FailingKeyStore(error)
    page = shown(desk)
    assert not page.welcome.isVisible()
    assert words in page.store.sentence.text()
    assert find(page, QPushButton, "tryPasswordStoreButton").text() == button


def test_a_locked_store_is_unlocked(desk: Desk) -> None:
    keys = FailingKeyStore("locked")
    desk.device.keys = keys
    page = shown(desk)
    keys.on = frozenset()
    with desk.qtbot.waitSignal(page.checked):
        desk.click(page, "tryPasswordStoreButton")
        assert page.store.note.text() == "Waiting for your password…"
        assert not page.store.try_button.isEnabled()
    assert page.welcome.isVisible()
    assert not page.store.isVisible()


def test_a_store_is_never_asked_again_by_itself(desk: Desk) -> None:
    desk.device.keys = FailingKeyStore("dismissed")
    page = shown(desk)
    with desk.qtbot.assertNotEmitted(page.checked):
        page.hide()
        page.show()
        desk.wait(desk.device.accounts.all())
    assert page.store.sentence.text() == "Still locked."


def test_how_to_fix_a_missing_store(desk: Desk) -> None:
    desk.device.keys = FailingKeyStore("missing")
    page = shown(desk)
    assert not page.store.note.isVisible()
    desk.click(page, "howToFixButton")
    assert "Start GNOME Keyring" in page.store.note.text()
