"""Where a request is answered, and where it is said what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ButtonRow, ErrorDetails
from countersign.desktop.pin.page import pin_edit
from countersign.desktop.request.content import set_look
from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.request.view import Phase, Say
from countersign.desktop.request.words import against_text, offline_text, result_text, time_text
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.request.view import RequestView
    from countersign.push.errors import CountersignError


class AnswerBar(QWidget):
    """Deny and Approve side by side; in their place, or under them, the result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.deny = _button(self.tr("Deny"), "deny", self, "denyButton")
        self.approve = _button(self.tr("Approve"), "approve", self, "approveButton")
        self._can_approve = False
        self._sid = ""
        self.pin = pin_edit(self, "approvalPinEdit", self.tr("PIN to approve"))
        self.pin.setPlaceholderText(self.tr("PIN to approve"))
        self.pin.hide()
        self.pin.textChanged.connect(self._enable_approve)
        self.result = ResultBox(self)
        self.footer = TextLabel(font(Type.SMALL), self)
        self.suspicious = _button(self.tr("It wasn't me"), "link", self, "suspiciousButton")
        self._lay_out()

    def render_view(self, view: RequestView, support: str) -> None:
        """Show what can be done now, and what was."""
        # Approve first: a button that goes off hands the focus on, and never to Approve.
        self._show_pin(view)
        self._can_approve = view.can_approve
        self._enable_approve()
        self.deny.setEnabled(view.can_deny)
        for button in (self.approve, self.deny):
            button.setVisible(view.has_buttons)
        against = against_text(view, support)
        careful = self.tr("Not you? Deny it. You can't undo an answer.")
        if view.flooded:
            careful = self.tr("Check that this one is yours. You can't undo an answer.")
        self.footer.setText(offline_text(view) or against or careful)
        self.approve.setAccessibleDescription(against)
        set_look(self.footer, "" if view.offline or against else "quiet")
        self.footer.setVisible(view.phase in {Phase.LOADING, Phase.READY, Phase.CHANGED})
        self.suspicious.setVisible(view.can_mark)
        self.result.render_view(view, support)

    def take_pin(self) -> str:
        """Return what was entered, once: it isn't kept for the next request."""
        pin = self.pin.text()
        self.pin.clear()
        return pin

    def _show_pin(self, view: RequestView) -> None:
        if view.sid != self._sid:
            self._sid = view.sid
            self.pin.clear()
        self.pin.setVisible(view.asks_pin and view.has_buttons and view.against is None)
        self.pin.setEnabled(view.phase is Phase.READY)

    def _enable_approve(self) -> None:
        there = self.pin.isHidden() or bool(self.pin.text())
        self.approve.setEnabled(self._can_approve and there)

    def holds_focus(self) -> bool:
        """Tell whether a key press would answer."""
        return any(one.hasFocus() for one in (self.deny, self.approve, self.suspicious))

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """All that takes the focus, in the order that the tab key follows."""
        return (self.pin, self.deny, self.approve, self.suspicious, *self.result.tab_stops)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.M)
        buttons.addWidget(self.deny, 1)
        buttons.addWidget(self.approve, 1)
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        foot.addWidget(self.footer, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.suspicious)
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(self.pin)
        column.addLayout(buttons)
        column.addWidget(self.result)
        column.addLayout(foot)


class ResultBox(QFrame):
    """`requestResult` with what can be done about it.

    `muted_until` tells until when there are no notices of an account, in POSIX seconds; without
    it they can't be stopped here.
    """

    muted_until: Callable[[str], float | None] | None = None

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = TextLabel(font(), self)
        self.text.setObjectName("requestResult")
        self.text.make_tab_stop()
        self.check_now = _button(self.tr("Check now"), "", self)
        self.try_again = _button(self.tr("Try again"), "", self)
        self.copy = _button(self.tr("Copy what happened"), "", self)
        self.mute = _button("", "", self, "muteButton")
        self.remove = _button(self.tr("Remove account…"), "", self)
        self.details = ErrorDetails(self)
        self._error: CountersignError | None = None
        self._column = QVBoxLayout(self)
        self._column.setSpacing(Space.S)
        self._column.addWidget(self.text)
        actions = (self.check_now, self.try_again, self.copy, self.mute, self.remove)
        self._buttons = actions
        self._actions = ButtonRow(actions, self)
        self._column.addWidget(self._actions)
        self._column.addWidget(self.details)
        for widget in (*actions, self._actions, self.details, self):
            widget.hide()  # a pane that has shown nothing yet must not be as wide as all of them

    def render_view(self, view: RequestView, support: str) -> None:
        """Show a result, or nothing."""
        text = result_text(view, support)
        alarm = view.result is Say.ELSEWHERE
        self.text.setText(text)
        self.text.setFont(font(Type.BODY, bold=view.phase is Phase.DONE))
        self.check_now.setVisible(view.phase is Phase.UNKNOWN)
        self.try_again.setVisible(view.phase is Phase.UNREADABLE or view.locked)
        again = self.tr("Unlock") if view.locked else self.tr("Try again")
        self.try_again.setText(again)
        self.try_again.setAccessibleName(again)
        marked = view.suspicious and view.phase is Phase.DONE
        self.copy.setVisible(alarm or marked)
        self._offer_mute(view, marked=marked)
        self.remove.setVisible(alarm)
        self.details.setVisible(view.failed)
        self._actions.setVisible(any(not button.isHidden() for button in self._buttons))
        if view.error is not None and view.error is not self._error:
            self.details.show_error(view.error, text, view.result_at)
        self._error = view.error
        self._colour(view, alarm=alarm)
        self.setVisible(bool(text))

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """The text, and then what can be done."""
        details = self.details
        return (self.text, *self._buttons, details.link, details.text, details.copy)

    def _offer_mute(self, view: RequestView, *, marked: bool) -> None:
        """Offer quiet where somebody keeps asking; once it is quiet, say until when."""
        self.mute.setVisible(marked and self.muted_until is not None)
        until = self.muted_until(view.factor_sid) if self.muted_until is not None else None
        text = self.tr("Stop notices for 20 min")
        if until is not None:
            text = self.tr("No notices until {time}").format(
                time=time_text(until, view.now, seconds=False)
            )
        self.mute.setText(text)
        self.mute.setAccessibleName(text)
        self.mute.setEnabled(until is None)

    def _colour(self, view: RequestView, *, alarm: bool) -> None:
        warning = view.failed or view.phase is Phase.UNKNOWN
        warning = warning or view.result is Say.NOT_ARRIVED
        set_look(self, "danger" if alarm else "warning" if warning else "")
        boxed = Space.M if alarm or warning else 0
        self._column.setContentsMargins(boxed, boxed, boxed, boxed)
        set_look(self.text, "ok" if view.phase is Phase.DONE and not view.suspicious else "")


def _button(text: str, look: str, parent: QWidget, name: str = "") -> QPushButton:
    button = QPushButton(text, parent)
    button.setProperty("look", look)
    button.setObjectName(name)
    button.setAutoDefault(False)
    button.setAccessibleName(text)
    return button
