"""One answer of History: what became of it in a word, its tags, and whether a filter lets it by."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.lists.paint import shown
from countersign.desktop.lists.times import clock_text
from countersign.device.records import Mode
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.device.records import Decision

translate = QCoreApplication.translate

SILENT: Final = {Mode.SILENT_SIGN_IN, Mode.SILENT_WINDOW}

_BY_OTHERS: Final = {"already_answered", "answered_elsewhere"}


class Result(enum.StrEnum):
    """What became of an answer, and what StatusRole says of it."""

    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"
    FAILED = "failed"
    UNKNOWN = "unknown"


def result_of(decision: Decision) -> Result:
    """Return what became of an answer: the service's word, not the user's wish."""
    if decision.open:
        return Result.UNKNOWN
    if decision.server_status is ChallengeStatus.EXPIRED or decision.error == "expired":
        return Result.EXPIRED
    if decision.error is not None or decision.server_status is not decision.answer:
        return Result.FAILED
    approved = decision.answer is ChallengeStatus.APPROVED
    return Result.APPROVED if approved else Result.DENIED


def result_text(decision: Decision) -> str:
    """Return it as a word or two."""
    result = result_of(decision)
    if result is not Result.FAILED:
        return {
            Result.APPROVED: translate("History", "Approved"),
            Result.DENIED: translate("History", "Denied"),
            Result.EXPIRED: translate("History", "Expired"),
            Result.UNKNOWN: translate("History", "Not known"),
        }[result]
    if decision.error in _BY_OTHERS:
        # Neither "Approved" nor "Not approved": it may well be, but not by this answer.
        return translate("History", "Already answered")
    if decision.answer is ChallengeStatus.APPROVED:
        return translate("History", "Not approved")
    return translate("History", "Not denied")


@dataclass(frozen=True, slots=True)
class Filter:
    """Which answers to show; what is empty lets all by. `silent` asks for silent ones only."""

    text: str = ""
    account: str = ""
    result: Result | None = None
    silent: bool = False

    def passes(self, decision: Decision) -> bool:
        """Tell whether an answer is of this account, result and kind; `text` is for its row."""
        return (
            self.account in {"", decision.factor_sid}
            and self.result in {None, result_of(decision)}
            and (not self.silent or decision.mode in SILENT)
        )


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One answer, or a day's heading where `decision` is None.

    Its texts are made when they are asked for: of thousands of rows, a dozen are seen. Only what a
    search looks through (`text`) and the day are made ready when the answer comes.
    """

    key: str
    heading: str = ""
    decision: Decision | None = None
    account: str = ""
    text: str = field(default="", compare=False)
    day: int = field(default=0, compare=False)
    """The Julian day, here."""

    @property
    def title(self) -> str:
        """Return the message or the day."""
        return shown(self.decision.message) if self.decision else self.heading

    @property
    def time(self) -> str:
        """Return when it was answered, without the day."""
        return clock_text(self.decision.decided_at.timestamp()) if self.decision else ""

    @property
    def result(self) -> Result | None:
        """Return what became of it."""
        return result_of(self.decision) if self.decision else None

    @property
    def word(self) -> str:
        """Return what became of it in words."""
        return result_text(self.decision) if self.decision else ""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return what else is to be said of it."""
        return tags_of(self.decision) if self.decision else ()


def tags_of(decision: Decision) -> tuple[str, ...]:
    """Return what else is to be said of an answer."""
    tags = []
    if decision.mode in SILENT:
        tags.append(translate("History", "silent"))
    if decision.suspicious:
        tags.append(translate("History", "not me"))
    return tuple(tags)
