"""What became of an answer: its result as icon and word, how it was given, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ButtonRow, button
from countersign.desktop.lists.history_model import Result
from countersign.desktop.request.content import set_look
from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from countersign.desktop.history.words import Told
    from countersign.desktop.theme import Theme

_ICON: Final = 20
_LOOKS: Final = {  # icon, its colour, the look of the word, that of the box
    Result.APPROVED: ("check", "ok", "ok", ""),
    Result.DENIED: ("deny", "danger", "danger", ""),
    Result.EXPIRED: ("clock", "secondary", "quiet", ""),
    Result.FAILED: ("warning", "warning", "", "warning"),
    Result.UNKNOWN: ("warning", "warning", "", "warning"),
}
_ALARM: Final = ("warning", "danger", "danger", "danger")


class Outcome(QWidget):
    """Follows the text; its signals come from its buttons."""

    copyRequested = Signal()
    suspiciousRequested = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._look = _LOOKS[Result.APPROVED]
        self._box = QFrame(self)
        self._icon = QLabel(self._box)
        self._word = TextLabel(font(Type.BODY, bold=True), self._box)
        self._word.setObjectName("historyResult")
        self._tags: list[QLabel] = []
        self._answered = TextLabel(font(), self._box)
        self._answered.setObjectName("historyAnswered")
        self._after = TextLabel(font(), self._box)
        self._after.setObjectName("historyOutcome")
        self._mark = TextLabel(font(), self)
        self._mark.setObjectName("historyMark")
        for text in (self._word, self._answered, self._after, self._mark):
            text.make_tab_stop()
        copy = button(self, self.tr("Copy"), name="copyAnswerButton")
        copy.clicked.connect(self.copyRequested)
        self._not_me = button(self, self.tr("It wasn't me"), name="notMeButton")
        self._not_me.clicked.connect(self.suspiciousRequested)
        self._lay_out(ButtonRow((copy, self._not_me), self))
        theme.changed.connect(self._draw)

    def show_told(self, what: Told) -> None:
        """Show what became of it."""
        self._look = _ALARM if what.alarm else _LOOKS[what.result]
        _, _, word, box = self._look
        self._word.setText(what.word)
        set_look(self._word, word)
        self._answered.setText(what.answered)
        self._after.setText(what.outcome)
        set_look(self._box, box)
        inset = Space.M if box else 0
        self._column.setContentsMargins(inset, inset, inset, inset)
        self._show_tags(what.tags)
        self._draw()

    def show_mark(self, text: str, *, can_mark: bool) -> None:
        """Show what became of "It wasn't me", and whether it can be said."""
        focused = self._not_me.hasFocus()
        self._mark.setText(text)
        self._mark.setVisible(bool(text))
        if focused and not can_mark and text:  # a button that goes hands the focus on to any other
            self._mark.setFocus(Qt.FocusReason.OtherFocusReason)
        self._not_me.setVisible(can_mark)

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        for old in self._tags:
            old.hide()
            old.deleteLater()
        self._tags = [QLabel(text, self._box) for text in tags]
        for place, tag in enumerate(self._tags):
            tag.setTextFormat(Qt.TextFormat.PlainText)
            tag.setProperty("look", "tag")
            tag.setFont(font(Type.SMALL))
            self._head.insertWidget(2 + place, tag, 0, Qt.AlignmentFlag.AlignVCenter)
            tag.show()

    def _draw(self) -> None:
        name, color, _, _ = self._look
        self._icon.setPixmap(self._theme.pixmap(name, color, _ICON))

    def _lay_out(self, buttons: QWidget) -> None:
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.S)
        self._head.addWidget(self._icon)
        self._head.setContentsMargins(0, 0, 0, Space.XS)
        self._head.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        self._head.addStretch()
        self._column = QVBoxLayout(self._box)
        self._column.setSpacing(Space.XS)
        self._column.addLayout(self._head)
        self._column.addWidget(self._answered)
        self._column.addWidget(self._after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.L)
        column.addWidget(self._box)
        column.addWidget(self._mark)
        column.addWidget(buttons)
