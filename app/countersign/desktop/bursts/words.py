"""The sentences of bursts; those with a number in them stand in an object, for plural forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from countersign.desktop.language.errors import message_of
from countersign.desktop.language.support import support
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from countersign.device.bursts import Burst, Denying

_NAME = 40
"""Characters of an account's name in a card's title."""


class Words(QObject):
    """Each returns a sentence in the user's language."""

    def title(self, burst: Burst) -> str:
        """Return what a card is about."""
        name = visible(burst.requests[0].account.label, _NAME)
        number = len(burst.requests)
        text = self.tr("1 more request from {account}, which has just sent many")
        if number > 1:
            text = self.tr("%n requests from {account} within 2 minutes", "", number)
        return text.replace("{account}", name)

    def question(self) -> str:
        """Return what the user is asked, and what it means."""
        return self.tr(
            "Are you signing in right now? If not, someone may have your password. Don't approve."
        )

    def deny_all(self, number: int) -> str:
        """Return what stands on the button."""
        return self.tr("Deny all %n", "", number) if number > 1 else self.tr("Deny it")

    def denying(self, state: Denying) -> str:
        """Return how far it is."""
        gone = state.done + state.expired + state.answered + state.failed
        text = self.tr("Denying {number} of {total}…")
        return text.format(number=min(gone + 1, state.total), total=state.total)

    def denied(self, state: Denying) -> str:
        """Return how it ended, with why where something failed."""
        parts = [self.tr("%n denied", "", state.done)]
        if state.expired:
            parts.append(self.tr("%n had already expired", "", state.expired))
        if state.answered:
            parts.append(self.tr("%n had an answer already", "", state.answered))
        if state.failed:
            parts.append(self.tr("%n couldn't be denied", "", state.failed))
        text = ", ".join(parts) + "."
        if state.error is None:
            return text
        return f"{text} {visible(message_of(state.error))}"

    def marking(self) -> str:
        """Return what is said once the user has said who it was."""
        text = self.tr("Noted: it wasn't you. Change your password, and tell {support}.")
        return text.replace("{support}", support())
