"""What is read before answering: the message, what the company says, what Countersign knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from countersign.desktop.request.text_label import TextLabel
from countersign.desktop.request.view import Phase
from countersign.desktop.request.words import change_text, changed_text, facts_text
from countersign.desktop.theme import Space, Type, font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.desktop.request.view import RequestView, Row

_LABELS: Final = 2  # of five parts of the width
_VALUES: Final = 3


class Content(QWidget):
    """The part that scrolls; `rows` are the widgets to count when some are out of sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = TextLabel(font(Type.MESSAGE, bold=True), self)
        self.message.setObjectName("requestMessage")
        self.message_was = _tag("", self)
        self.fields = FieldsBox(self)
        self.facts = _quiet("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        for widget in (self.message, self.message_was, self.fields, self.facts):
            column.addWidget(widget)

    def render_view(self, view: RequestView) -> None:
        """Show a request's text."""
        self.message.setText(view.message)
        set_look(self.message, "quiet" if view.dimmed else "")
        self.message_was.setText("" if view.message_was is None else changed_text(view.message_was))
        self.message_was.setVisible(view.message_was is not None)
        self.fields.render_view(view)
        self.fields.setVisible(view.rows is not None or view.phase is Phase.LOADING)
        self.facts.setText(facts_text(view))

    @property
    def rows(self) -> Sequence[QWidget]:
        """What can be out of sight."""
        return self.fields.values


class FieldsBox(QFrame):
    """`requestFields`: what the company says, apart from all that is ours."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("requestFields")
        self.setProperty("look", "box")
        self._shown: object = None
        self._title = _quiet("", self)
        self._note = TextLabel(font(), self)
        self.labels: list[TextLabel] = []
        self.values: list[TextLabel] = []
        self._tags: list[TextLabel] = []
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

    def render_view(self, view: RequestView) -> None:
        """Show the rows; nothing is made anew while they stay the same."""
        shown = (view.label, view.rows, view.phase is Phase.LOADING, view.dimmed)
        if shown == self._shown:
            return
        self._shown = shown
        self._title.setText(self.tr("What {account} says").format(account=view.label))
        self.setAccessibleName(self._title.text())
        self._note.setText(self._note_text(view))
        self._note.setVisible(bool(self._note.text()))
        self._fill(view.rows or (), dimmed=view.dimmed)

    def _note_text(self, view: RequestView) -> str:
        if view.rows is None:
            return self.tr("Getting the full request…")
        if not view.rows:
            return self.tr(
                "{account} gave no details. Approve only if you are signing in right now."
            ).format(account=view.label)
        return ""

    def _fill(self, rows: Sequence[Row], *, dimmed: bool) -> None:
        for old in (*self.labels, *self.values, *self._tags):
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.labels, self.values, self._tags = [], [], []
        line = 0
        for row in rows:
            line = self._add(row, line, dimmed=dimmed)

    def _add(self, row: Row, line: int, *, dimmed: bool) -> int:
        label, value = TextLabel(font(), self), TextLabel(font(), self)
        label.setProperty("look", "quiet")
        value.setProperty("look", "quiet" if dimmed else "")
        for column, (widget, text) in enumerate(((label, row.label), (value, row.value))):
            widget.setText(text)
            self._grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignTop)
            widget.show()  # now, so that who hears of `requestReady` sees the text too
        self.labels.append(label)
        self.values.append(value)
        if text := change_text(row):
            line += bool(row.value)  # one that was removed leaves its place to the tag
            self._tags.append(_tag(text, self))
            self._grid.addWidget(self._tags[-1], line, 1)
            self._tags[-1].show()
        return line + 1


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
