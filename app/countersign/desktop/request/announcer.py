"""Tells screen readers what appears: a request calmly, what became of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from countersign.desktop.request.spoken import spoken_text
from countersign.desktop.request.view import Phase, Say
from countersign.desktop.request.words import against_text, notice_text, offline_text, result_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.request.view import RequestView

_UNDER_WAY: Final = {Say.SENDING, Say.SLOW, Say.STILL_UNKNOWN}


class Announce(Protocol):
    """Says a text aloud, interrupting what is being said where it is `urgent`."""

    def __call__(self, widget: QWidget, text: str, /, *, urgent: bool) -> None:
        """Say it."""
        ...


def announce(widget: QWidget, text: str, /, *, urgent: bool) -> None:
    """Hand a text to the system's screen reader; where none runs, nothing happens."""
    event = QAccessibleAnnouncementEvent(widget, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class Announcer:
    """Says each thing once: only what wasn't said last of its kind about this request."""

    def __init__(self, widget: QWidget, say: Announce = announce) -> None:
        self._widget = widget
        self._say = say
        self._sid = ""
        self._said: dict[str, str] = {}

    def tell(self, view: RequestView | None, support: str) -> None:
        """Say what is new in a view; what nobody sees is kept until it is seen."""
        if not self._widget.isVisible():
            return
        sid = "" if view is None else view.sid
        if sid != self._sid:
            self._sid = sid
            self._said.clear()
        if view is None:
            return
        if view.phase is not Phase.LOADING:  # its text may be another one a moment later
            self._say_once("request", spoken_text(view), urgent=False)
        self._say_once("offline", offline_text(view), urgent=False)
        self._say_once("against", against_text(view, support), urgent=False)
        self._say_once("notice", notice_text(view), urgent=True)
        urgent = view.result not in _UNDER_WAY
        self._say_once("result", result_text(view, support), urgent=urgent)

    def _say_once(self, kind: str, text: str, *, urgent: bool) -> None:
        spoken = text.removeprefix("✓ ")
        if spoken != self._said.get(kind, ""):
            self._said[kind] = spoken
            if spoken:
                self._say(self._widget, spoken, urgent=urgent)
