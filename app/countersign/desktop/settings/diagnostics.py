"""Shows what "Copy diagnostics" would copy, so that nobody sends what he hasn't seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.theme import Space

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_HIGH: Final = 280


class DiagnosticsDialog(PanelDialog):
    """`diagnosticsDialog`; use `open()`. It deletes itself when it is closed."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        title = QCoreApplication.translate("DiagnosticsDialog", "Diagnostics")
        super().__init__(parent, "diagnosticsDialog", title)
        self.column.setSpacing(Space.M)
        self.column.addWidget(
            label(
                self,
                self.tr(
                    "This is what is copied. It has no keys, PINs, messages or names; your "
                    "company's addresses are in it."
                ),
            )
        )
        self.text = QPlainTextEdit(text, self)
        self.text.setObjectName("diagnosticsText")
        self.text.setAccessibleName(title)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_HIGH)
        self.column.addWidget(self.text)
        self.close_button = button(self, self.tr("Close"), name="closeDiagnosticsButton")
        self.copy_button = button(
            self, self.tr("Copy"), name="copyDiagnosticsButton", look="primary"
        )
        self.copy_button.setDefault(True)
        self.foot.addWidget(self.close_button)
        self.foot.addStretch()
        self.foot.addWidget(self.copy_button)
        self.close_button.clicked.connect(self.reject)
        self.copy_button.clicked.connect(self._copy)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
