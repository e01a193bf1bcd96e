"""What is read before answering: the message, what the company says, what Countersign knows."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.request.view import Phase
from countersign.desktop.request.words import change_text, changed_text, facts_text
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from countersign.desktop.request.view import RequestView, Row

_LABELS: Final = 2  # of five parts of the width
_VALUES: Final = 3


class Content(QWidget):
    """The part that scrolls; `rows` are the widgets to count when some are out of sight.

    All of it is one stop of the tab order, in which Up and Down go from text to text; `reached`
    brings the one that the keyboard came to.
    """

    reached = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = TextLabel(font(Type.MESSAGE, bold=True), self)
        self.message.setObjectName("requestMessage")
        self.message_was = _tag("", self)
        self.fields = FieldsBox(self.message, self)
        self.facts = _quiet("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for widget in (self.message, self.message_was, self.fields, self.facts):
            column.addWidget(widget)
        self._stop = self.message
        self._stop.make_tab_stop()
        self.fields.focused.connect(self._take_focus)
        for text in (self.message, self.message_was, self.facts):
            text.focused.connect(self._take_focus)

    def render_view(self, view: RequestView) -> None:
        """Show a request's text."""
        self.message.setText(view.message)
        set_look(self.message, "quiet" if view.dimmed else "")
        self.message_was.setText("" if view.message_was is None else changed_text(view.message_was))
        self.message_was.setVisible(view.message_was is not None)
        if self.fields.render_view(view):
            self._take_stop(self.message)
            self._order_tabs()
        self.fields.setVisible(view.rows is not None or view.phase is Phase.LOADING)
        self.facts.setText(facts_text(view))

    @property
    def rows(self) -> Sequence[QWidget]:
        """What can be out of sight."""
        return self.fields.values

    @property
    def texts(self) -> Sequence[TextLabel]:
        """All labels, from top to bottom; some may be hidden."""
        return [self.message, self.message_was, *self.fields.texts, self.facts]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to another text; beyond the first and the last one the keys scroll."""
        texts = [text for text in self.texts if text.isVisible()]
        here = next((place for place, text in enumerate(texts) if text.hasFocus()), None)
        step = event.matches(QKeySequence.StandardKey.MoveToNextLine) - event.matches(
            QKeySequence.StandardKey.MoveToPreviousLine
        )
        if here is not None and step and 0 <= here + step < len(texts):
            texts[here + step].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _take_focus(self, text: TextLabel) -> None:
        self._take_stop(text)
        if text.by_keyboard:
            self.reached.emit(text)

    def _take_stop(self, text: TextLabel) -> None:
        """Let Tab come back to where the reader was."""
        if text is not self._stop:
            self._stop.make_tab_stop(stop=False)
            self._stop = text
            text.make_tab_stop()

    def _order_tabs(self) -> None:
        """Put what was made last in its place: Qt would reach it after the buttons."""
        for one, following in itertools.pairwise(self.texts):
            QWidget.setTabOrder(one, following)


class FieldsBox(QFrame):
    """`requestFields`: what the company says, apart from all that is ours."""

    focused = Signal(object)

    def __init__(self, home: TextLabel, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = home  # where the focus goes when its label does
        self.setObjectName("requestFields")
        self.setProperty("look", "box")
        self._shown: object = None
        self._title = _quiet("", self)
        self._note = TextLabel(font(), self)
        self.values: list[TextLabel] = []
        self._rows: list[TextLabel] = []
        for text in (self._title, self._note):
            text.focused.connect(self.focused)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.M)
        self._grid.setColumnStretch(0, _LABELS)
        self._grid.setColumnStretch(1, _VALUES)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        column.addWidget(self._title)
        column.addWidget(self._note)
        column.addLayout(self._grid)

    @property
    def texts(self) -> Sequence[TextLabel]:
        """All labels, from top to bottom."""
        return [self._title, self._note, *self._rows]

    def render_view(self, view: RequestView) -> bool:
        """Show the rows, and tell whether labels are new: none is while they stay the same."""
        shown = (view.label, view.rows)
        if shown == self._shown:
            self._dim(dimmed=view.dimmed)
            return False
        self._shown = shown
        self._title.setText(self.tr("What {account} says").format(account=view.label))
        self.setAccessibleName(self._title.text())
        self._note.setText(self._note_text(view))
        self._note.setVisible(bool(self._note.text()))
        self._fill(view.rows or ())
        self._dim(dimmed=view.dimmed)
        return True

    def _note_text(self, view: RequestView) -> str:
        if view.rows is None:
            return self.tr("Getting the full request…")
        if not view.rows:
            return self.tr(
                "{account} gave no details. Approve only if you are signing in right now."
            ).format(account=view.label)
        return ""

    def _dim(self, *, dimmed: bool) -> None:
        for value in self.values:
            set_look(value, "quiet" if dimmed else "")

    def _fill(self, rows: Sequence[Row]) -> None:
        if any(old.hasFocus() for old in self._rows):  # Qt would hand it on, even to a button
            self._home.setFocus(Qt.FocusReason.OtherFocusReason)
        for old in self._rows:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.values, self._rows = [], []
        line = 0
        for row in rows:
            line = self._add(row, line)

    def _add(self, row: Row, line: int) -> int:
        label, value = TextLabel(font(), self), TextLabel(font(), self)
        label.setProperty("look", "quiet")
        self.values.append(value)
        self._place(label, row.label, line, 0)
        self._place(value, row.value, line, 1)
        if text := change_text(row):
            line += bool(row.value)  # one that was removed leaves its place to the tag
            self._place(_tag("", self), text, line, 1)
        return line + 1

    def _place(self, label: TextLabel, text: str, line: int, column: int) -> None:
        label.setText(text)
        label.focused.connect(self.focused)
        self._grid.addWidget(label, line, column, Qt.AlignmentFlag.AlignTop)
        label.show()  # now, so that who hears of `requestReady` sees the text too
        self._rows.append(label)


def set_look(widget: QWidget, look: str) -> None:
    """Give a widget another look of the style sheet."""
    if widget.property("look") != look:
        widget.setProperty("look", look)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _quiet(text: str, parent: QWidget) -> TextLabel:
    label = TextLabel(font(Type.SMALL), parent)
    label.setProperty("look", "quiet")
    label.setText(text)
    return label


def _tag(text: str, parent: QWidget) -> TextLabel:
    """Return a mark on what changed, told apart by its weight and not by a colour."""
    label = TextLabel(font(Type.SMALL, bold=True), parent)
    label.setText(text)
    return label
