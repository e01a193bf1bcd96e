"""The request pane's sentences; no other module of it has words for the user."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from countersign.desktop.language.clock import time_of_day
from countersign.desktop.request.error_words import error_text
from countersign.desktop.request.mark_words import advice_text, mark_text
from countersign.desktop.request.view import Change, Say
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.desktop.request.view import RequestView, Row

translate = QCoreApplication.translate


def time_text(posix: float, now: float, *, seconds: bool = True) -> str:
    """Return a local time of day, with its date where that isn't today's."""
    when = QDateTime.fromSecsSinceEpoch(math.floor(posix))
    text = time_of_day(when.time(), seconds=seconds)
    if when.date() != QDateTime.fromSecsSinceEpoch(math.floor(now)).date():
        day = QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)
        return f"{day} {text}"
    return text


def left_text(seconds: float) -> str:
    """Return how much time is left: rounded up, so that it is 0 when nothing is left."""
    whole = math.ceil(seconds)
    minutes, rest = divmod(whole, 60)
    if minutes >= 60:  # noqa: PLR2004 - minutes of an hour
        text = translate("Request", "{hours} h {minutes} min left")
        return text.format(hours=minutes // 60, minutes=minutes % 60)
    if minutes:
        text = translate("Request", "{minutes} min {seconds} s left")
        return text.format(minutes=minutes, seconds=rest)
    return translate("Request", "{seconds} s left").format(seconds=rest)


def facts_text(view: RequestView) -> str:
    """Return what Countersign itself knows of a request."""
    return translate(
        "Request", "Asked {asked} · Expires {expires} · Checked by Countersign"
    ).format(asked=time_text(view.asked, view.now), expires=time_text(view.expires, view.now))


def change_text(row: Row) -> str:
    """Return the tag of a row that isn't as it was."""
    match row.change:
        case Change.ADDED:
            return translate("Request", "New")
        case Change.REMOVED:
            return translate("Request", "Removed, was {before}").format(before=row.was)
        case Change.CHANGED:
            return changed_text(row.was)
        case Change.NONE:
            return ""


def changed_text(was: str) -> str:
    """Return the tag of a text that changed."""
    return translate("Request", "Changed, was {before}").format(before=was)


def notice_text(view: RequestView) -> str:
    """Return what stands over the message."""
    match view.notice:
        case Say.CHANGED_SEEN:
            return translate("Request", "This request changed at {time}.").format(
                time=time_text(view.notice_at, view.now, seconds=False)
            )
        case Say.CHANGED_ON_CLICK:
            # Not "nothing was sent": an answer to the old text was, and the service refused it.
            return translate(
                "Request",
                "This request changed while you were reading. Your answer was not taken.",
            )
        case _:
            return ""


def offline_text(view: RequestView) -> str:
    """Return why the buttons are off, where that is the connection."""
    if view.offline:
        return translate("Request", "Your answer can't be sent while you're offline.")
    return ""


def against_text(view: RequestView, support: str) -> str:
    """Return why Approve is off, where that is the company's policy or its being broken."""
    if view.against is None:
        return ""
    if view.against.name == "pin_required":
        text = translate(
            "Request",
            "You can't approve yet: your company wants a PIN. Choose one in the settings, under "
            "Security. You can deny.",
        )
    else:
        text = translate(
            "Request",
            "You can't approve here: your company's settings can't be used. "
            "You can deny. Ask {support}.",
        )
    return text.format(support=support)


def result_text(view: RequestView, support: str) -> str:
    """Return what stands in the place of the buttons or under them."""
    if view.result is Say.ELSEWHERE:
        return _alarm(support)
    text = _outcome(view) or _trouble(view)
    parts = [text]
    if view.suspicious and view.result in {Say.CONFIRMED, Say.ARRIVED}:
        parts.append(advice_text(support))
    if view.mark is not None:
        parts.append(mark_text(view.mark, view.label))
    return "\n".join(part for part in parts if part)


def _outcome(view: RequestView) -> str:
    denied = view.answer is ChallengeStatus.DENIED
    match view.result:
        case Say.SENDING:
            return (
                translate("Request", "Denying…") if denied else translate("Request", "Approving…")
            )
        case Say.UNLOCKING:
            return translate("Request", "Waiting for your password…")
        case Say.SLOW:
            return translate("Request", "Taking longer than usual. You don't need to click again.")
        case Say.CONFIRMED:
            text = (
                translate("Request", "Denied at {time}. {account} has it.")
                if denied
                else translate("Request", "✓ Approved at {time}. {account} has it.")
            )
            return text.format(time=time_text(view.result_at, view.now), account=view.label)
        case Say.ARRIVED:
            return (
                translate("Request", "Denied. Your answer had arrived.")
                if denied
                else translate("Request", "✓ Approved. Your answer had arrived.")
            )
        case _:
            return _too_late(view, denied=denied)


def _too_late(view: RequestView, *, denied: bool) -> str:
    nothing = nothing_text(denied=denied)
    match view.result:
        case Say.EXPIRED:
            again = translate("Request", "Still signing in? Start again there.")
            text = translate("Request", "Expired at {time}.").format(
                time=time_text(view.expires, view.now, seconds=False)
            )
            return f"{text} {nothing_text(denied=False)} {again}"
        case Say.TOO_LATE:
            text = translate("Request", "Too late: it expired at {time}.")
            return f"{text.format(time=time_text(view.expires, view.now))} {nothing}"
        case Say.EXPIRED_FIRST:
            return translate("Request", "It expired first.") + f" {nothing}"
        case Say.NOT_ARRIVED:
            return translate("Request", "It did not arrive.") + f" {nothing}"
        case Say.GONE:
            return translate("Request", "{account} took this request back.").format(
                account=view.label
            )
        case _:
            return ""


def nothing_text(*, denied: bool) -> str:
    """Return the reassurance that fits what was tried."""
    if denied:
        return translate("Request", "Nothing was denied.")
    return translate("Request", "Nothing was approved.")


def _alarm(support: str) -> str:
    return translate(
        "Request",
        "This request was answered with your key, but not by this app. Tell {support} now.",
    ).format(support=support)


def _trouble(view: RequestView) -> str:
    match view.result:
        case Say.UNKNOWN:
            return _unknown(view)
        case Say.STILL_UNKNOWN:
            return translate("Request", "Not known. Countersign asks again when you're online.")
        case Say.BEING_ANSWERED:
            return translate(
                "Request", "This request is being answered by another window or command."
            )
        case Say.ALREADY_ANSWERED:
            return _already(view)
        case Say.NOT_TAKEN | Say.UNREADABLE if view.error is not None:
            return error_text(view.error, view, reading=view.result is Say.UNREADABLE)
        case _:
            return ""


def _unknown(view: RequestView) -> str:
    first = (
        translate("Request", "We don't know yet if your denial arrived.")
        if view.answer is ChallengeStatus.DENIED
        else translate("Request", "We don't know yet if your approval arrived.")
    )
    second = translate(
        "Request",
        "The connection broke. Countersign is asking {account} and won't send it twice.",
    )
    return f"{first}\n{second.format(account=view.label)}"


def _already(view: RequestView) -> str:
    match view.answer:
        case ChallengeStatus.APPROVED:
            return translate("Request", "You already approved this request on this computer.")
        case ChallengeStatus.DENIED:
            return translate("Request", "You already denied this request on this computer.")
        case _:
            return translate("Request", "This request was already answered.")
