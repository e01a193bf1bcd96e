"""The sentences of silent approval; no other module of it has words for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.lists.times import clock_text, left_sentence
from countersign.desktop.notify.port import Notice
from countersign.device.errors import AlreadyDecidingError, DecisionError, UnknownFateError
from countersign.device.plain_text import visible
from countersign.device.records import Mode
from countersign.device.settings import Notices
from countersign.device.silent.arming import Ended, Refused
from countersign.device.silent.events import Barred, SilentRefusedError

if TYPE_CHECKING:
    from countersign.device.inbox import Request
    from countersign.device.records import Account
    from countersign.device.silent.events import (
        SilentApproved,
        SilentEnded,
        SilentFailed,
        SilentStatus,
    )
    from countersign.push.errors import CountersignError

_APP: Final = "Countersign"
_NAME: Final = 40
_MESSAGE: Final = 80
"""Characters that are quoted of a name and of a message."""
_SEEN: Final = 6.0
"""Seconds for which the notice of a silent approval is seen."""

translate = QCoreApplication.translate


def status_text(status: SilentStatus, now: float) -> str:
    """Return what is on; `now` is in POSIX seconds."""
    if status.mode is Mode.SILENT_SIGN_IN:
        text = translate("Silent", "{account}: waiting for your sign-in, {left}")
        return text.format(account=_name(status.account), left=left_sentence(status.seconds_left))
    text = translate("Silent", "Approving {account} silently: {left} of {most} left, ends {time}")
    return text.format(
        account=_name(status.account),
        left=status.left,
        most=status.most,
        time=clock_text(now + status.seconds_left),
    )


def ended_text(event: SilentEnded, most: int) -> str:
    """Return why it ended; nothing where the user ended it, or was told of a failure already."""
    if event.reason in {Ended.STOPPED, Ended.FAILED}:
        return ""
    if event.mode is Mode.SILENT_SIGN_IN:
        return _sign_in_ended(event)
    return translate("Silent", "Silent approval of {account} ended: {why}").format(
        account=_name(event.account), why=_why(event.reason, most)
    )


def _sign_in_ended(event: SilentEnded) -> str:
    match event.reason:
        case Ended.APPROVED:
            text = translate("Silent", "Approved your sign-in at {account}.")
        case Ended.TIME_UP:
            text = translate("Silent", "No matching request came. Others stay for you to answer.")
        case Ended.SAME_ID:
            text = translate(
                "Silent",
                "Two requests of {account} claimed to be your sign-in, so neither was approved. "
                "Somebody may be trying to get in.",
            )
        case _:
            text = translate("Silent", "Countersign no longer waits for your sign-in: {why}")
    return text.format(account=_name(event.account), why=_why(event.reason, 1))


def _why(reason: Ended, most: int) -> str:
    texts = {
        Ended.TIME_UP: translate("Silent", "time is up."),
        Ended.COUNT_REACHED: translate("Silent", "{count} reached."),
        Ended.LOCKED: translate("Silent", "the screen was locked."),
        Ended.CLOSED: translate("Silent", "the window was closed."),
        Ended.SEVERAL_WAIT: translate(
            "Silent", "two requests wait at once. Somebody else may be signing in."
        ),
        Ended.TOO_MANY: translate(
            "Silent", "three requests within a minute. Somebody else may be signing in."
        ),
        Ended.FORBIDDEN: translate("Silent", "it isn't allowed any more."),
        Ended.ACCOUNT_GONE: translate("Silent", "the account is gone."),
    }
    return texts.get(reason, "").format(count=most)


def failed_text(event: SilentFailed) -> str:
    """Return what couldn't be done and what becomes of the request now."""
    why = _failure(event)
    if event.request is None:
        text = translate("Silent", "Countersign can't see requests of {account} now. {why}")
        return text.format(account=_name(event.account), why=why)
    text = translate("Silent", "Couldn't approve “{message}” silently. {why}")
    if event.why is Refused.CHANGED or _still_waits(event):
        text = translate(
            "Silent", "Couldn't approve “{message}” silently. {why} It's waiting for you."
        )
    return text.format(message=_message(event.request), why=why)


def _failure(event: SilentFailed) -> str:
    match event.why:
        case Refused.CHANGED:
            return translate("Silent", "It changed while it was read.")
        case Refused.NOT_PENDING:
            return translate("Silent", "It was answered or expired meanwhile.")
        case Refused.ENDED:
            return translate("Silent", "Silent approval ended before.")
    error = event.error
    if isinstance(error, UnknownFateError):
        return translate(
            "Silent",
            "We don't know yet if it arrived. Countersign is asking and won't send it twice.",
        )
    return "" if error is None else visible(message_of(error), 2 * _MESSAGE)


def _still_waits(event: SilentFailed) -> bool:
    """Tell whether the request is there to be answered by hand, as far as it is known."""
    if event.why is not None:
        return event.why is Refused.ENDED
    return not isinstance(event.error, DecisionError | UnknownFateError | AlreadyDecidingError)


def notice(event: SilentApproved, level: Notices) -> Notice | None:
    """Return the quiet notice of an approval that nobody clicked, where notices are wanted."""
    if level is Notices.OFF:
        return None
    title, text = _APP, translate("Silent", "A request was approved silently.")
    if level is Notices.FULL:
        title = _name(event.request.account)
        text = translate("Silent", "Approved silently: {message}")
    return Notice(
        event.request.challenge.sid,
        title,
        text.format(message=_message(event.request)),
        lasts=_SEEN,
        quiet=True,
    )


def refused_text(error: CountersignError) -> str:
    """Return why it wasn't begun."""
    if isinstance(error, SilentRefusedError):
        return barred_text(error.why)
    parts = (message_of(error), hint_of(error))
    return " ".join(visible(part, 2 * _MESSAGE) for part in parts if part)


def barred_text(why: Barred) -> str:
    """Return why it can't be had, as it stands under its switch."""
    texts = {
        Barred.POLICY: translate("Silent", "Your company doesn't allow this."),
        Barred.POLICY_BROKEN: translate(
            "Silent", "Your company's settings can't be read, so nothing is approved."
        ),
        Barred.PIN: translate("Silent", "Each approval needs your PIN."),
        Barred.LOCKED: translate("Silent", "Countersign is locked."),
        Barred.UNFINISHED: translate("Silent", "This account isn't ready yet."),
        Barred.NOT_ACTIVE: translate("Silent", "Open the window first."),
        Barred.SEVERAL_WAIT: translate("Silent", "Several requests wait. Answer them first."),
        Barred.ACCOUNT: translate("Silent", "It is off for this account. See its details."),
        Barred.LINK: translate("Silent", "A link can't turn on silent approval."),
    }
    return texts[why]


def _name(account: Account) -> str:
    return visible(account.label, _NAME)


def _message(request: Request) -> str:
    return visible(request.challenge.message, _MESSAGE)
