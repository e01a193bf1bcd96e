"""One number everywhere, which never flickers while a poll is under way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from countersign.desktop.lists.roles import BadgeRole

if TYPE_CHECKING:
    import pytest

    from tests.desktop.background.conftest import Scene


class Numbers:
    """Each change of each number that there is to see."""

    def __init__(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
        self._scene = scene
        self.titles: list[str] = []
        self.badges: list[int] = []
        self.trays: list[str] = []
        scene.window.windowTitleChanged.connect(self.titles.append)
        monkeypatch.setattr(
            QGuiApplication, "setBadgeNumber", lambda _, number: self.badges.append(number)
        )
        draw = scene.tray._draw

        def drawn() -> None:
            self.trays.append(scene.tray._look.badge)
            draw()

        monkeypatch.setattr(scene.tray, "_draw", drawn)

    def row(self) -> object:
        """Return the number in the account's row."""
        model = self._scene.controller.workspace.sidebar.accounts.model()
        return model.index(0, 0).data(BadgeRole)


def test_all_numbers_agree_and_change_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.panel(there=True)
    numbers = Numbers(scene, monkeypatch)
    first = scene.ask("One")
    scene.ask("Two")
    assert numbers.row() == 2
    rounds = 0

    def count() -> None:
        nonlocal rounds
        rounds += 1

    scene.window.pollFinished.connect(count)
    for wanted in range(1, 6):  # nothing new in any of these
        scene.poll_until(lambda wanted=wanted: rounds >= wanted)
    scene.company.expire_challenge(first)
    scene.poll_until(lambda: numbers.row() == 1)
    assert numbers.titles == ["Countersign (1)", "Countersign (2)", "Countersign (1)"]
    assert numbers.badges == [1, 2, 1]
    assert numbers.trays == ["1", "2", "1"]


def test_a_poll_that_fails_changes_no_number(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.ask()
    numbers = Numbers(scene, monkeypatch)
    scene.app.keys.on = frozenset({"sign"})
    failing = scene.controller.poller.watches[scene.account]
    scene.app.device._clients.clear()  # with its token, which would do without a signature
    scene.poll_until(lambda: failing.failures)
    assert (numbers.titles, numbers.badges) == ([], [])
    assert numbers.row() == 1
    scene.app.keys.on = frozenset()
