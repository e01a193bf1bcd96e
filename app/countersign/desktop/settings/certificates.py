"""The row of the certificate file: chosen, checked, and taken only where it can be used."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QVBoxLayout, QWidget

from countersign.desktop.enroll.parts import ButtonRow, breakable, button, label
from countersign.desktop.settings.rows import note
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type
from countersign.device.plain_text import visible
from countersign.push.errors import InputError
from countersign.push.trust import read_certificates

if TYPE_CHECKING:
    from collections.abc import Callable


class Certificates(QWidget):
    """`chosen` brings a path that was checked, or nothing to use none any more."""

    chosen = Signal(str)
    resized = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        managed: bool = False,
        check: Callable[[str], object] = read_certificates,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._path: str | None = None
        self._asked = 0  # so that an older answer doesn't speak over a newer one
        title = QLabel(self.tr("Certificate file"), self)
        self.path = label(self, look="quiet")
        self.path.setObjectName("caFileLabel")
        self.below = label(self, scale=Type.SMALL, look="danger")
        self.below.setObjectName("caFileProblem")
        self.below.hide()
        self.choose = button(self, self.tr("Choose…"), name="chooseCaFileButton")
        self.choose.setAccessibleName(self.tr("Choose a certificate file"))
        self.choose.clicked.connect(self.ask)
        self.remove = button(self, self.tr("Use none"), name="removeCaFileButton")
        self.remove.setAccessibleName(self.tr("Use no certificate file"))
        self.remove.clicked.connect(self._remove)
        self.tasks = Tasks(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        for widget in (title, self.path, self.below):
            column.addWidget(widget)
        column.addWidget(ButtonRow([self.choose, self.remove], self))
        if managed:
            column.addWidget(note(self, self.choose, self.remove))

    def show_value(self, path: str) -> None:
        """Show the file that holds, and whether it can be used still."""
        if path == self._path:
            return
        self._path = path
        name = breakable(visible(path)) if path else self.tr("None beside the system's own")
        self.path.setText(name)
        self.remove.setVisible(bool(path))
        self._say("")
        if path:
            self.tasks.start(self._look(path), "settings: certificate file")

    def ask(self) -> None:
        """Let the user choose a file."""
        dialog = QFileDialog(self, self.tr("Choose a certificate file"))
        dialog.setObjectName("caFileDialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        certificates = self.tr("Certificates")
        every = self.tr("All files")
        dialog.setNameFilters([f"{certificates} (*.pem *.crt *.cer)", f"{every} (*)"])
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, path: str) -> None:
        """Use this file, if it can be used; else the one of before stays."""
        self.tasks.start(self._take(path), "settings: certificate file")

    async def _take(self, path: str) -> None:
        problem = await self._problem(path)
        if problem == "":
            self.chosen.emit(path)
        elif problem is not None:
            self._say(problem)

    async def _look(self, path: str) -> None:
        problem = await self._problem(path)
        if problem is not None:
            self._say(problem)

    async def _problem(self, path: str) -> str | None:
        """Return a sentence, nothing where all is well, and None where it no longer matters."""
        self._asked += 1
        asked = self._asked
        problem = await self._checked(path)
        return problem if asked == self._asked else None

    async def _checked(self, path: str) -> str:
        try:
            await asyncio.to_thread(self._check, path)
        except InputError as error:
            if error.name == "ca_file_unreadable":
                return self.tr("This file can't be read.")
            return self.tr("This file has no certificates in PEM form that can be used.")
        return ""

    def _remove(self) -> None:
        self._asked += 1
        self._say("")
        self.chosen.emit("")
        self.choose.setFocus()

    def _say(self, text: str) -> None:
        self.below.setText(text)
        self.below.setVisible(bool(text))
        if self.choose.isEnabled():  # else it says why it can't be used
            self.choose.setAccessibleDescription(text)
        self.resized.emit()
