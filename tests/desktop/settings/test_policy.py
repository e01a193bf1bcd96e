"""What a company has set, as the settings show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QWidget

from countersign.desktop.preferences import Preferences
from countersign.desktop.settings.check_words import check_words
from countersign.desktop.settings.choosing import notice_levels, pauses
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.device.check_up import check_policy
from countersign.device.policy import Policy, PolicyBroken, managed
from countersign.device.settings import Notices, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from countersign.device.policy import PolicyState

    Open = Callable[[Policy], SettingsDialog]


@pytest.fixture
def opened(qt_loop: Loop, qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    """Open the dialog under a policy."""
    assert qt_loop is not None
    assert theme is not None
    parent = QWidget()
    qtbot.addWidget(parent)
    made: list[SettingsDialog] = []

    def opened(policy: Policy) -> SettingsDialog:
        preferences = Preferences(Settings(), parent, policy=policy)
        made.append(SettingsDialog(preferences, parent, managed=managed(policy)))
        made[-1].open()
        qtbot.waitExposed(made[-1])
        return made[-1]

    yield opened
    for dialog in made:
        with qtbot.waitSignal(dialog.destroyed):
            dialog.close()


def chooser(dialog: SettingsDialog, name: str) -> QComboBox:
    found = dialog.findChild(QComboBox, name)
    assert found is not None, name
    return found


def texts(box: QComboBox) -> list[str]:
    return [box.itemText(place) for place in range(box.count())]


def test_only_pauses_within_the_bounds_are_offered(opened: Open) -> None:
    dialog = opened(Policy(fastest=10, slowest=30))
    active, behind = (chooser(dialog, f"check{one}Chooser") for one in ("Active", "Background"))
    assert texts(active) == texts(behind) == ["every 10 s", "every 30 s"]
    assert active.currentText() == "every 10 s", "the user's own 5 s are too fast"
    assert active.isEnabled()


def test_a_bound_that_is_none_of_our_pauses_is_shown(opened: Open) -> None:
    dialog = opened(Policy(fastest=7, slowest=7))
    box = chooser(dialog, "checkActiveChooser")
    assert texts(box) == ["every 7 s"]
    assert not box.isEnabled()
    assert box.accessibleDescription() == "Set by your company"


def test_without_a_policy_all_pauses_are_offered(opened: Open) -> None:
    dialog = opened(Policy())
    assert texts(chooser(dialog, "checkActiveChooser")) == ["every 5 s", "every 10 s", "every 30 s"]
    behind = ["every 10 s", "every 30 s", "every minute", "never"]
    assert texts(chooser(dialog, "checkBackgroundChooser")) == behind


def test_notices_say_no_more_than_the_company_allows(opened: Open) -> None:
    box = chooser(opened(Policy(notices=Notices.SHORT)), "noticesChooser")
    assert texts(box) == ["without the message", "off"]
    assert box.currentText() == "without the message"
    assert box.isEnabled()


def test_a_broken_policy_takes_no_choice_away() -> None:
    broken = PolicyBroken("It isn't one.")
    assert pauses(broken, "check_active", 5) == pauses(Policy(), "check_active", 5)
    assert notice_levels(broken) == notice_levels(Policy())


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("policy", "words"),
    [
        (Policy(), "Your company has set nothing on this computer."),
        (Policy(source="/etc/x/policy.toml"), "are in force: /etc/x/policy.toml"),
        (PolicyBroken("/etc/x/policy.toml is too long.", "the desk"), "is too long."),
        (PolicyBroken("{about} {x}", "the desk"), "{about} {x}"),
        (Policy(source="/etc/x", pin_required=True), "wants a PIN"),
    ],
)
def test_the_check_up_tells_of_the_policy(policy: PolicyState, words: str) -> None:
    text = check_words(check_policy(policy))
    assert words in text
    assert ("deny" in text) is not check_policy(policy).ok
