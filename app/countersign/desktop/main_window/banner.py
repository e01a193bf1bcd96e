"""One banner at a time: the frame that pushes the content down and says what is wrong."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from countersign.desktop.enroll.parts import ErrorDetails, button
from countersign.desktop.overflow import turn
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from countersign.push.errors import CountersignError

_LEAST_TEXT = 240
"""Width under which the text gets a line of its own."""


class Banner(QFrame):
    """`banner`; says one thing, with one thing to do about it (`bannerAction`).

    `helped` comes where the user wants to know how (`bannerHelp`).
    """

    acted = Signal()
    helped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("look", "banner")
        self.text = QLabel(self)
        self.text.setObjectName("bannerText")
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.aside = QLabel(self)
        self.aside.setProperty("look", "quiet")
        self.help = button(self, self.tr("How to fix"), name="bannerHelp")
        self.action = button(self, "", name="bannerAction")
        self.details = ErrorDetails(self)
        self._described: tuple[int, str, str] | None = None
        self._lay_out()
        self.action.clicked.connect(self.acted)
        self.help.clicked.connect(self.helped)
        self.details.link.toggled.connect(self.details.setVisible)
        self.hide()

    def show_text(
        self,
        text: str,
        action: str = "",
        aside: str = "",
        *,
        helps: bool = False,
        error: CountersignError | None = None,
    ) -> None:
        """Say something; `aside` is quiet: how long until the next try, how many more wait.

        `helps` offers to say how to fix it, `error` its details, which stay open while they stay
        the same.
        """
        self.text.setText(text)
        self.aside.setText(aside)
        self.action.setText(action)
        for part, wanted in ((self.action, action), (self.aside, aside), (self.help, helps)):
            part.setVisible(bool(wanted))
        self._describe(error, text)
        self.show()
        self._fit()

    def clear(self) -> None:
        """Say nothing."""
        self.hide()
        self._describe(None, "")

    def _describe(self, error: CountersignError | None, text: str) -> None:
        described = None if error is None else (error.code, error.name, text)
        if described != self._described:
            self._described = described
            self.details.link.setChecked(False)
            if error is not None:
                self.details.show_error(error, text)
        self.details.link.setVisible(error is not None)

    def _lay_out(self) -> None:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(Space.S)
        self._row.addWidget(self.text, 1)
        self._controls = controls = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        controls.setSpacing(Space.M)
        # The details' link stands with the buttons, and what it opens below.
        self._parts = (self.aside, self.details.link, self.help, self.action)
        controls.addWidget(self.aside)
        controls.addStretch()
        for part in self._parts[1:]:
            controls.addWidget(part)
        self._row.addLayout(controls)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(Space.S)
        column.addLayout(self._row)
        column.addWidget(self.details)
        self.details.hide()
        stops = (*self._parts[1:], self.details.text, self.details.copy)
        for one, following in itertools.pairwise(stops):
            QWidget.setTabOrder(one, following)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the text where a line is too short for both."""
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Follow the system's font."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        shown = [part for part in self._parts if not part.isHidden()]
        needed = sum(part.sizeHint().width() + Space.M for part in shown) + 2 * Space.L
        one_line = self.text.fontMetrics().horizontalAdvance(self.text.text())
        turn(self._row, beside=needed + min(one_line, _LEAST_TEXT) <= self.width())
        turn(self._controls, beside=needed <= self.width())
