"""The steps as they happen: waiting, at work, done, failed with a sentence below."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.page import Page
from countersign.desktop.enroll.parts import Problem, breakable, label, set_look
from countersign.desktop.enroll.words import step_words
from countersign.desktop.theme import Space, Type, font
from countersign.device.enrolment import Step, UnfinishedError
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from countersign.push.errors import CountersignError

_SIDE: Final = 20
_INK: Final = 2.0
_QUARTER: Final = 90 * 16  # in Qt's sixteenths of a degree


class State(enum.Enum):
    """How far a step is."""

    WAITING = "quiet"
    AT_WORK = ""
    DONE = "ok"
    FAILED = "danger"


class Mark(QLabel):
    """A step's state as a shape: a ring, an open ring, a tick or a cross, in its look's colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_SIDE, _SIDE)
        self.setStyleSheet("QLabel { background: transparent; border: none; }")  # see `label`
        self._state = State.WAITING

    def show_state(self, state: State) -> None:
        """Change it."""
        self._state = state
        set_look(self, state.value)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Take no more room than the shape."""
        return QSize(_SIDE, _SIDE)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw with strokes: crisp at any scale, and right in each theme."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = QPalette.ColorRole.WindowText
        if self._state is State.AT_WORK:
            role = QPalette.ColorRole.Link
        pen = QPen(self.palette().color(role), _INK)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        ring = QRectF(5, 5, 10, 10)
        if self._state is State.WAITING:
            painter.drawEllipse(ring)
        elif self._state is State.AT_WORK:
            painter.drawArc(ring, _QUARTER, -3 * _QUARTER)
        elif self._state is State.DONE:
            painter.drawPolyline([QPointF(5.5, 10.5), QPointF(8.5, 13.5), QPointF(14.5, 7)])
        else:
            painter.drawLine(QPointF(6, 6), QPointF(14, 14))
            painter.drawLine(QPointF(14, 6), QPointF(6, 14))
        painter.end()


class StepRow(QWidget):
    """One step: its mark, its name, and below it what there is to say of it."""

    def __init__(self, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self._step = step
        self._keep = False
        self.state = State.WAITING
        self.mark = Mark(self)
        self.name = label(self)
        self.note = label(self, look="quiet")
        self.note.hide()
        self.below = QVBoxLayout()
        self.below.setSpacing(Space.S)
        self.below.addWidget(self.name)
        self.below.addWidget(self.note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.mark, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.below, 1)

    def show_state(self, state: State, host: str) -> None:
        """Change it; a screen reader hears the state in words."""
        self.state = state
        words = {
            State.WAITING: self.tr("waiting"),
            State.AT_WORK: self.tr("at work"),
            State.DONE: self.tr("done"),
            State.FAILED: self.tr("failed"),
        }
        self.mark.show_state(state)
        text = visible(step_words(self._step, host))
        self.name.setText(breakable(text))
        self.name.setAccessibleName(f"{text}: {words[state]}")
        self.name.setFont(font(Type.BODY, bold=state is State.AT_WORK))
        failed = state is State.FAILED
        self.name.setObjectName("stepFailedLabel" if failed else f"step{self._step.name}")
        if state is State.WAITING or (state is not State.AT_WORK and not self._keep):
            self.note.hide()

    def say(self, note: str, *, keep: bool = False) -> None:
        """Say something below the name until the step changes, or for good with `keep`."""
        self._keep = keep
        self.note.setText(note)
        self.note.setVisible(bool(note))


class StepsPage(Page):
    """The four steps under the company's host."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = label(self, scale=Type.TITLE)
        self.column.addWidget(self.title)
        self.rows = {step: StepRow(step, self) for step in Step}
        holder = QWidget(self)
        holder.setObjectName("enrollSteps")
        rows = QVBoxLayout(holder)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.L)
        for row in self.rows.values():
            rows.addWidget(row)
        self.column.addWidget(holder)
        self.column.addStretch()
        self.problem = Problem(self, "enrollError")
        self.problem.changed.connect(self.resized)
        self._host = ""

    def begin(self, host: str) -> None:
        """Show all steps as waiting."""
        self._host = host
        self.title.setText(breakable(visible(host)))
        self.problem.hide()
        for row in self.rows.values():
            row.show_state(State.WAITING, host)
        self.resized.emit()

    def show_step(self, step: Step) -> None:
        """Show a step at work, those before it done."""
        self.problem.hide()
        order = list(Step)
        for each, row in self.rows.items():
            before = order.index(each) < order.index(step)
            state = State.DONE if before else State.WAITING
            row.show_state(State.AT_WORK if each is step else state, self._host)
        self.resized.emit()

    def say(self, step: Step, note: str, *, keep: bool = False) -> None:
        """Say something under a step; see `StepRow.say`."""
        self.rows[step].say(note, keep=keep)
        self.resized.emit()

    def fail(self, step: Step, error: CountersignError, sentence: str) -> None:
        """Show where it failed and why."""
        row = self.rows[step]
        row.show_state(State.FAILED, self._host)
        row.below.addWidget(self.problem)
        cause = error.cause if isinstance(error, UnfinishedError) else error
        self.problem.show_error(cause, sentence)
