"""What keeps requests from being seen, most urgent first, and how it is said."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.enroll.store_help import how_to_fix
from countersign.desktop.history.reasons import reason_text
from countersign.desktop.language.counts import Counts
from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.language.support import support
from countersign.desktop.lists.times import clock_text
from countersign.device.plain_text import visible
from countersign.device.policy import against_approving
from countersign.device.refusals import somebody_else
from countersign.push.clock import NOTICEABLE
from countersign.push.errors import KeyStorageError, NetworkError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.policy import PolicyState
    from countersign.device.polling import Watch
    from countersign.device.records import Account, Decision
    from countersign.push.errors import CountersignError

_MINUTE: Final = 60
_MANY: Final = 100
_LONG: Final = 600
_SHORT: Final = 60
"""Characters of a message that a banner quotes."""

translate = QCoreApplication.translate


class Trouble(enum.IntEnum):
    """What a banner is about; the lower one is shown first (screens.md)."""

    PASSWORD_STORE = 1
    POLICY = 2
    KEY_GONE = 3
    OFFLINE = 4
    DOUBT = 5
    SETTLED = 6
    CLOCK = 7
    PROBLEM = 8
    AWAY = 9


@dataclass(frozen=True, slots=True)
class Notice:
    """What a banner says and offers; `account` is the sid of the one that it is about.

    `steps` say how to fix it. `error` is what its details tell of, the first time that it is met:
    each poll meets it anew.
    """

    trouble: Trouble
    text: str
    action: str = ""
    aside: str = ""
    account: str = ""
    steps: str = ""
    error: CountersignError | None = field(default=None, compare=False)


def store_notice(watches: Sequence[Watch], *, asking: bool, asked: bool) -> Notice | None:
    """Tell that the password store can't be used.

    `asking`: it asks the user at this moment; `asked`: it did, and wasn't unlocked.
    """
    errors = (watch.view.error for watch in watches)
    error = next((e for e in errors if isinstance(e, KeyStorageError) and e.name != "gone"), None)
    if error is None:
        return None
    if asking:
        return Notice(Trouble.PASSWORD_STORE, translate("Banner", "Waiting for your password…"))
    closed = error.name in {"locked", "dismissed"}
    action = translate("Banner", "Unlock") if closed else translate("Banner", "Try again")
    if closed:
        text = (
            translate(
                "Banner", "Still locked. Countersign can't check for requests or answer them."
            )
            if asked
            else visible(message_of(error))
        )
        return Notice(Trouble.PASSWORD_STORE, text, action, error=error)
    text, steps = visible(message_of(error)), ""
    if error.name == "missing":
        steps = how_to_fix()
    else:
        text = f"{text} {visible(hint_of(error))}".strip()
    return Notice(Trouble.PASSWORD_STORE, text, action, steps=steps, error=error)


def policy_notice(policy: PolicyState, *, pin_set: bool) -> Notice | None:
    """Tell that nothing can be approved, for as long as the company has it so."""
    error = against_approving(policy, pin_set=pin_set)
    if error is None:
        return None
    text = f"{visible(message_of(error), _LONG)} {visible(hint_of(error), _LONG)}"
    return Notice(Trouble.POLICY, text, error=error)


def gone_notice(watches: Sequence[Watch]) -> Notice | None:
    """Tell that the password store has lost an account's key."""
    for watch in watches:
        error = watch.view.error
        if isinstance(error, KeyStorageError) and error.name == "gone":
            text = translate(
                "Banner",
                "The key for {account} is gone and can't be brought back. "
                "Remove the account and add it again.",
            ).format(account=visible(watch.account.label))
            action = translate("Banner", "Remove account…")
            sid = watch.account.sid
            return Notice(Trouble.KEY_GONE, text, action, account=sid, error=error)
    return None


def offline_notice(watches: Sequence[Watch], since: float, next_in: float | None) -> Notice | None:
    """Tell that no account can be reached: since when (POSIX), and the seconds to the next try.

    `next_in` is None where none is planned.
    """
    if not watches or not all(isinstance(w.view.error, NetworkError) for w in watches):
        return None
    text = (
        translate(
            "Banner",
            "This network wants you to sign in first. Do that in your browser. Countersign can't "
            "see new requests since {time}.",
        )
        if any(somebody_else(watch.view.error) for watch in watches)
        else translate("Banner", "Offline since {time}. Countersign can't see new requests.")
    )
    action = translate("Banner", "Check now")
    text = text.format(time=clock_text(since))
    error = watches[0].view.error
    return Notice(
        Trouble.OFFLINE, text, action, "" if next_in is None else _next_try(next_in), error=error
    )


def clock_notice(offset: float) -> Notice | None:
    """Tell that this computer's clock is off by so many seconds; positive: it is slow."""
    if abs(offset) < NOTICEABLE:
        return None
    text = (
        translate("Banner", "This computer's clock is {minutes} min slow.")
        if offset > 0
        else translate("Banner", "This computer's clock is {minutes} min fast.")
    ).format(minutes=round(abs(offset) / _MINUTE))
    more = translate("Banner", "Times here are corrected.")
    return Notice(Trouble.CLOCK, f"{text} {more}")


def doubt_notice(decisions: Sequence[Decision], labels: Sequence[str]) -> Notice | None:
    """Tell of answers of which a crash left open whether they arrived (screens.md 15)."""
    if not decisions:
        return None
    if len(decisions) == 1 and labels:
        approved = decisions[0].answer is ChallengeStatus.APPROVED
        text = (
            translate("Banner", "We don't know yet if your approval of “{message}” arrived.")
            if approved
            else translate("Banner", "We don't know yet if your denial of “{message}” arrived.")
        ).format(message=_short(decisions[0].message))
        more = translate("Banner", "Countersign is asking {account} and won't send it twice.")
        more = more.format(account=visible(labels[0]))
    else:
        text = Counts().in_doubt(len(decisions))
        more = translate("Banner", "Countersign is asking and won't send them twice.")
    return Notice(Trouble.DOUBT, f"{text} {more}", translate("Banner", "Check now"))


def settled_notice(decision: Decision, account: Account | None) -> Notice:
    """Tell what became of an answer that had been in doubt."""
    message = _short(decision.message)
    if decision.error is None and decision.server_status is decision.answer:
        text = (
            translate("Banner", "“{message}”: approved. Your answer had arrived.")
            if decision.answer is ChallengeStatus.APPROVED
            else translate("Banner", "“{message}”: denied. Your answer had arrived.")
        ).format(message=message)
    else:
        label = account.label if account else decision.factor_sid
        reason = reason_text(decision, visible(label), support())
        text = translate("Banner", "“{message}”: {reason}").format(message=message, reason=reason)
    return Notice(Trouble.SETTLED, text, translate("Banner", "Close"))


def _short(message: str) -> str:
    return visible(message, _SHORT)


def problem_notice(error: CountersignError | None) -> Notice | None:
    """Tell an error that belongs to no pane, until the user has read it."""
    if error is None:
        return None
    text = f"{visible(message_of(error))} {visible(hint_of(error))}".strip()
    return Notice(Trouble.PROBLEM, text, translate("Banner", "Close"), error=error)


def away_notice(expired: int) -> Notice | None:
    """Tell how many requests expired while the computer slept: one line, not one each."""
    if not expired:
        return None
    if expired == 1:
        text = translate("Banner", "While you were away, 1 request expired.")
    elif expired < _MANY:
        text = Counts().expired_away(expired)
    else:
        text = translate("Banner", "While you were away, more than 99 requests expired.")
    return Notice(Trouble.AWAY, text, translate("Banner", "Close"))


def _next_try(seconds: float) -> str:
    if seconds <= 1:
        return translate("Banner", "Trying now…")
    if seconds < _MINUTE:
        return translate("Banner", "Next try in {seconds} s").format(seconds=int(seconds))
    minutes = int(seconds // _MINUTE)
    return translate("Banner", "Next try in {minutes} min").format(minutes=minutes)
