"""The words for when an account is asked next, and for what keeps it from being asked sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.errors import message_of
from countersign.desktop.lists.times import clock_text
from countersign.device.plain_text import visible
from countersign.device.watch import Why

if TYPE_CHECKING:
    from countersign.device.polling import Watch
    from countersign.device.watch import Checks

translate = QCoreApplication.translate

_MINUTE: Final = 60


def next_text(checks: Checks, now: float) -> str:
    """Return when an account is asked next; `now` is this computer's POSIX time."""
    if checks.due is None:
        if checks.why is Why.STORE_LOCKED:
            return translate("AccountChecks", "When the password store is unlocked")
        return translate("AccountChecks", "When you open Countersign")
    if checks.why is Why.ASKED_TO_WAIT:
        return translate("AccountChecks", "At {time}").format(time=clock_text(now + checks.due))
    if checks.due <= 1:
        return translate("AccountChecks", "Now")
    if checks.due < _MINUTE:
        return translate("AccountChecks", "In {seconds} s").format(seconds=int(checks.due))
    minutes = int(checks.due // _MINUTE)
    return translate("AccountChecks", "In {minutes} min").format(minutes=minutes)


def why_text(watch: Watch, checks: Checks) -> str:
    """Return what keeps an account from being asked sooner; nothing where all is as usual."""
    error = watch.view.error
    words = {
        Why.USUAL: "",
        Why.AWAY: translate(
            "AccountChecks", "Checked less often while the screen is locked or the computer sleeps."
        ),
        Why.OFF: translate("AccountChecks", "You turned off checking in the background."),
        Why.NO_NETWORK: translate(
            "AccountChecks", "Checked less often: this computer has no network."
        ),
        Why.BACKING_OFF: translate("AccountChecks", "{problem} Tried less and less often."),
        Why.SIGN_IN_FIRST: translate(
            "AccountChecks", "This network wants you to sign in first. Do that in your browser."
        ),
        Why.ASKED_TO_WAIT: translate("AccountChecks", "{account} asked us to check less often."),
        Why.STORE_LOCKED: "{problem}",
        Why.REMOVED: translate("AccountChecks", "{account} no longer knows this computer."),
    }
    # `format` fills in once: a name that looks like a placeholder stays what it is.
    return words[checks.why].format(
        account=visible(watch.account.label),
        problem="" if error is None else visible(message_of(error)),
    )
