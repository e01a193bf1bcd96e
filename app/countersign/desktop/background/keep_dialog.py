"""Two questions about ending: asked once on closing the window, and before a tray's Quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal

from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.theme import Type

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton, QWidget

translate = QCoreApplication.translate


class KeepDialog(PanelDialog):
    """`keepRunningDialog`; use `open()`. `chosen` brings whether to keep running; Esc: neither.

    `tray` is whether there is one: else the window stays in the taskbar.
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget, *, tray: bool = True) -> None:
        super().__init__(
            parent,
            "keepRunningDialog",
            translate("KeepDialog", "Keep running in the tray?")
            if tray
            else translate("KeepDialog", "Keep running, minimized?"),
        )
        title = label(self, self.windowTitle(), scale=Type.TITLE)
        text = self.tr(
            "Countersign then tells you when a request comes. You find it by its icon in the tray, "
            "and quit there."
        )
        if not tray:
            text = self.tr(
                "Countersign then tells you when a request comes. There is no tray here, so its "
                "window is only minimized. Ctrl+Q quits."
            )
        self.column.addWidget(title)
        self.column.addWidget(label(self, text))
        self.column.addWidget(
            label(self, self.tr("You can change this in Settings."), look="quiet")
        )
        self.quit_button = button(self, self.tr("Quit"), name="quitButton")
        self.keep_button = button(
            self, self.tr("Keep running"), name="keepRunningButton", look="primary"
        )
        _foot(self, self.quit_button, self.keep_button)
        self.quit_button.clicked.connect(lambda: self._choose(keep=False))
        self.keep_button.clicked.connect(lambda: self._choose(keep=True))
        self.keep_button.setFocus()

    def _choose(self, *, keep: bool) -> None:
        self.accept()
        self.chosen.emit(keep)


class QuitDialog(PanelDialog):
    """`quitDialog`; use `open()`. `accepted` means to quit."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent, "quitDialog", translate("QuitDialog", "Quit Countersign"))
        self.column.addWidget(label(self, self.tr("Quit?"), scale=Type.TITLE))
        self.column.addWidget(
            label(self, self.tr("You won't see requests until you start it again."))
        )
        self.cancel_button = button(self, self.tr("Cancel"), name="cancelQuitButton")
        self.quit_button = button(self, self.tr("Quit"), name="confirmQuitButton", look="primary")
        _foot(self, self.cancel_button, self.quit_button)
        self.cancel_button.clicked.connect(self.reject)
        self.quit_button.clicked.connect(self.accept)
        self.cancel_button.setFocus()


def _foot(dialog: PanelDialog, left: QPushButton, right: QPushButton) -> None:
    dialog.foot.addWidget(left)
    dialog.foot.addStretch()
    dialog.foot.addWidget(right)
