"""The companies that a policy names for the first start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.parts import label
from countersign.desktop.theme import Space, Type, font
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from countersign.device.policy import Company

_NAME: Final = 60
_TALL: Final = 1.9


def make_tall(button: QPushButton) -> None:
    """Make one of the first start's buttons."""
    button.setFont(font(bold=True))
    button.setStyleSheet(f"QPushButton {{ min-height: {_TALL}em; }}")  # wins over the sheet's
    button.setAutoDefault(True)


class Companies(QWidget):
    """A button for each, above "Another company"; hidden while there is none.

    `chosen` brings the Company.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        other = label(self, self.tr("Another company"), scale=Type.SMALL, look="quiet")
        other.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S)
        self._column.addWidget(other)
        self.hide()

    def offer(self, companies: Sequence[Company]) -> None:
        """Offer these, once."""
        for company in companies:
            name = visible(company.name, _NAME)
            made = _Button(self.tr("Continue with {name}").format(name=name), self)
            made.setObjectName("companyButton")
            made.setProperty("look", "primary")
            make_tall(made)
            made.clicked.connect(partial(self._choose, company))
            self._column.insertWidget(len(self.buttons), made)
            self.buttons.append(made)
        self.setVisible(bool(self.buttons))

    def _choose(self, company: Company, _checked: object = None) -> None:
        self.chosen.emit(company)


class _Button(QPushButton):
    """A name from outside may be longer than the window is wide: it is cut, and read out whole."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(_escaped(text), parent)
        self._whole = text
        self.setAccessibleName(text)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        metrics = self.fontMetrics()
        frame = self.sizeHint().width() - metrics.horizontalAdvance(_plain(self.text()))
        room = self.width() - frame
        cut = metrics.elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(_escaped(cut))


def _escaped(text: str) -> str:
    return text.replace("&", "&&")


def _plain(text: str) -> str:
    return text.replace("&&", "&")
