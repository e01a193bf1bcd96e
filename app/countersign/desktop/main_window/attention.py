"""Says what a user can't see: new requests to screen readers, an account's trouble to all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.counts import Counts
from countersign.desktop.lists.times import clock_text
from countersign.desktop.request.announcer import announce
from countersign.device.plain_text import visible
from countersign.device.watch import Why, describe
from countersign.push.errors import KeyStorageError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.request.announcer import Announce
    from countersign.device.polling import Watch

translate = QCoreApplication.translate


def notes(
    watches: Sequence[Watch], muted_until: Callable[[str], float | None] = lambda _: None
) -> dict[str, str]:
    """Return, by account, the words that say more than that it can't be checked.

    `muted_until` tells until when there are no notices of one, in POSIX seconds: that is said
    where nothing is the matter with it.
    """
    found = {watch.account.sid: _note(watch, muted_until) for watch in watches}
    return {sid: note for sid, note in found.items() if note}


def _note(watch: Watch, muted_until: Callable[[str], float | None]) -> str:
    error = watch.view.error
    checks = describe(watch, time.monotonic())
    if checks.why is Why.REMOVED:
        return translate("Accounts", "Removed by your company")
    if checks.why is Why.ASKED_TO_WAIT and checks.due is not None:
        text = translate("Accounts", "Asked us to check less often. Next check {time}.")
        return text.format(time=clock_text(time.time() + checks.due))
    if checks.why is Why.SIGN_IN_FIRST:
        return translate("Accounts", "This network wants you to sign in first")
    if isinstance(error, KeyStorageError) and error.name == "gone":
        return translate("Accounts", "Its key is gone")
    until = muted_until(watch.account.sid) if error is None else None
    if until is None:
        return ""
    return translate("Accounts", "No notices until {time}").format(time=clock_text(until))


class Attention:
    """Announces each new request once, and emits `accountNeedsAttention` once per trouble."""

    def __init__(self, window: MainWindow, say: Announce = announce) -> None:
        self._window = window
        self._say = say
        self._seen: set[str] | None = None
        self._troubles: dict[str, str] = {}

    def heed(self, watches: Sequence[Watch]) -> None:
        """Take in what a round of polling saw."""
        self._announce(watches)
        for watch in watches:
            error = watch.view.error
            # A network that is gone isn't the account's trouble: it comes back by itself.
            why = "" if error is None or isinstance(error, NetworkError) else error.name
            why = "removed" if watch.removed else why
            if why and why != self._troubles.get(watch.account.sid):
                self._window.accountNeedsAttention.emit(watch.account.sid, why)
            self._troubles[watch.account.sid] = why

    def _announce(self, watches: Sequence[Watch]) -> None:
        if self._seen is None and all(watch.checked_at is None for watch in watches):
            return
        requests = [request for watch in watches for request in watch.view.requests]
        new = [one for one in requests if one.challenge.sid not in (self._seen or ())]
        self._seen = {one.challenge.sid for one in requests}
        if len(new) == 1:
            text = translate("Announcement", "New request from {account}: {message}").format(
                account=visible(new[0].account.label), message=visible(new[0].challenge.message)
            )
        elif new:
            text = Counts().came(len(new))
        else:
            return
        self._say(self._window, text, urgent=False)
