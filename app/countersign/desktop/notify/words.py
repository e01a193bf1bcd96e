"""The sentences of notices; no other module of them has words for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.counts import Counts
from countersign.desktop.language.support import support
from countersign.desktop.lists.accounts_model import badge_text
from countersign.desktop.notify.announcing import SUMMARY
from countersign.desktop.notify.port import DENY, REVIEW, Action, Notice
from countersign.desktop.request.view import Say
from countersign.device.plain_text import visible
from countersign.device.settings import Notices

if TYPE_CHECKING:
    from countersign.desktop.notify.announcing import Told
    from countersign.device.inbox import Request
    from countersign.device.settings import Settings

translate = QCoreApplication.translate

_APP: Final = "Countersign"
_NAME: Final = 60
_MESSAGE: Final = 200
"""Characters: a daemon cuts by itself, somewhere else each."""
_RESULT: Final = 8.0
"""Seconds for which a result is seen."""


def notice(told: Told, settings: Settings) -> Notice:
    """Return what a notice says; Deny is never offered for something that isn't shown."""
    short = settings.notices is not Notices.FULL
    if told.id == SUMMARY:
        return _summary(told, short=short)
    (request,) = told.requests
    actions = [review()]
    if settings.deny_in_notices and not short:
        actions.append(Action(DENY, translate("Notice", "Deny")))
    if short:
        return Notice(told.id, _APP, _waiting(1), tuple(actions), quiet=not told.new)
    return Notice(
        told.id,
        _account(request),
        visible(request.challenge.message, _MESSAGE),
        tuple(actions),
        quiet=not told.new,
    )


def review() -> Action:
    """Return the action that shows a request."""
    return Action(REVIEW, translate("Notice", "Review"))


def denying(request: Request) -> Notice:
    """Return what stands while a denial is on its way."""
    return _about(request, translate("Notice", "Denying…"))


def denied(request: Request) -> Notice:
    """Return what stands once the service has the denial."""
    text = translate("Notice", "Denied. {account} has it.").format(account=_account(request))
    return _about(request, text, lasts=_RESULT)


def not_denied(request: Request, say: Say, error: str) -> Notice:
    """Return why a denial wasn't taken, or isn't known to have been."""
    return _about(request, _why(request, say, error), review())


def _why(request: Request, say: Say, error: str) -> str:
    too_late = translate("Notice", "Too late: it has expired. Nothing was denied.")
    unknown = translate("Notice", "We don't know yet if your denial arrived.")
    texts = {
        Say.CHANGED_ON_CLICK: translate(
            "Notice", "This request changed meanwhile. Nothing was denied."
        ),
        Say.TOO_LATE: too_late,
        Say.EXPIRED_FIRST: too_late,
        Say.GONE: translate("Notice", "{account} took this request back."),
        Say.ALREADY_ANSWERED: translate("Notice", "This request was already answered."),
        Say.ELSEWHERE: translate(
            "Notice",
            "This request was answered with your key, but not by this app. Tell {support}.",
        ),
        Say.UNKNOWN: unknown,
        Say.BEING_ANSWERED: unknown,
    }
    text = texts.get(say) or translate("Notice", "Nothing was denied. {why}")
    return text.format(account=_account(request), why=visible(error, _MESSAGE), support=support())


def _about(request: Request, body: str, *actions: Action, lasts: float | None = None) -> Notice:
    return Notice(request.challenge.sid, _account(request), body, actions, lasts=lasts, quiet=True)


def _summary(told: Told, *, short: bool) -> Notice:
    accounts = {request.account.sid for request in told.requests}
    alone = len(accounts) == 1 and not short
    title = _account(told.requests[0]) if alone else _APP
    return Notice(SUMMARY, title, _waiting(told.waiting), (review(),), quiet=not told.new)


def _waiting(count: int) -> str:
    if count == 1:
        return translate("Notice", "A request is waiting.")
    if not badge_text(count).isdecimal():
        return translate("Notice", "99+ requests are waiting.")
    return Counts().waiting(count)


def _account(request: Request) -> str:
    return visible(request.account.label, _NAME)
