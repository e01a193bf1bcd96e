"""What may be chosen where a company's policy leaves some choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.device.policy import choices, levels
from countersign.device.settings import ALLOWED, Notices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.device.policy import PolicyState

translate = QCoreApplication.translate
_MINUTE = 60


def pauses(policy: PolicyState, field: str, now: int) -> Mapping[int, str]:
    """Return the pauses between polls to choose from, in seconds, the longest last.

    `field` is that of Settings, `now` what is in force: a bound of the policy's may be none of
    those that are offered without one.
    """
    offered = [one for one in ALLOWED[field] if isinstance(one, int)]
    every = {*choices(policy, offered), now}
    return {one: _pause(one) for one in sorted(every, key=lambda one: one or float("inf"))}


def notice_levels(policy: PolicyState) -> Mapping[Notices, str]:
    """Return what notices may say, the most first."""
    texts = {
        Notices.FULL: translate("SettingsDialog", "with the message"),
        Notices.SHORT: translate("SettingsDialog", "without the message"),
        Notices.OFF: translate("SettingsDialog", "off"),
    }
    allowed = levels(policy)
    return {level: text for level, text in texts.items() if level in allowed}


def _pause(seconds: int) -> str:
    if seconds == 0:
        return translate("SettingsDialog", "never")
    if seconds == _MINUTE:
        return translate("SettingsDialog", "every minute")
    return translate("SettingsDialog", "every {seconds} s").format(seconds=seconds)
