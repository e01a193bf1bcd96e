"""What helps where something doesn't work: a check-up, the log, whom to ask, the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from countersign import __version__
from countersign.desktop.enroll.parts import ButtonRow, button, label, value
from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.language.support import worded
from countersign.desktop.settings.checking import Checking
from countersign.desktop.settings.diagnostics import DiagnosticsDialog
from countersign.desktop.settings.rows import Choice
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type
from countersign.device.settings import Settings
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QPushButton

    from countersign.desktop.settings.surroundings import Diagnose, Surroundings


class HelpRows(QWidget):
    """`chosen` brings the settings to change, by name."""

    chosen = Signal(dict)
    resized = Signal()

    def __init__(
        self, parent: QWidget, surroundings: Surroundings, managed: frozenset[str]
    ) -> None:
        super().__init__(parent)
        self._settings = Settings()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(Space.M)
        self.check_up: Checking | None = None
        if surroundings.check_up is not None:
            text = self.tr("Check everything")
            names = ("checkUpButton", "checkUpResult")
            self.check_up = Checking(self, names, text, surroundings.check_up)
            self.check_up.resized.connect(self.resized)
            self.column.addWidget(self.check_up)
        self._level: Choice[str] | None = None
        if surroundings.log_file is not None:
            self._add_log(surroundings.log_file, managed="log_level" in managed)
        self.diagnostics: QPushButton | None = None
        self._tasks = Tasks(self)
        if surroundings.diagnose is not None:
            self._add_diagnostics(surroundings.diagnose)
        support = worded(surroundings.support)
        self.support = label(self, self.tr("Questions? Ask {support}.").format(support=support))
        self.support.setObjectName("supportLabel")
        self.version = value(self, f"Countersign {__version__}")
        self.version.setObjectName("versionLabel")
        for words in (self.support, self.version):
            self.column.addWidget(words)

    def show_values(self, settings: Settings) -> None:
        """Show what holds."""
        self._settings = settings
        if self._level is not None:
            self._level.show_value(settings.log_level)

    def _add_diagnostics(self, diagnose: Diagnose) -> None:
        text = self.tr("Copy diagnostics…")
        self.diagnostics = button(self, text, name="diagnosticsButton")
        self.diagnostics.setAccessibleName(text)
        self.diagnostics.clicked.connect(
            lambda: self._tasks.start(self._diagnose(diagnose), "diagnostics")
        )
        self.column.addWidget(ButtonRow([self.diagnostics], self))

    async def _diagnose(self, diagnose: Diagnose) -> None:
        try:
            text = await diagnose(self._settings)
        except CountersignError as error:
            text = f"{message_of(error)} {hint_of(error)}"
        DiagnosticsDialog(text, self.window()).open()

    def _add_log(self, file: Path, *, managed: bool) -> None:
        levels = {
            "WARNING": self.tr("Only trouble"),
            "INFO": self.tr("What happens"),
            "DEBUG": self.tr("Everything"),
            "WIRE": self.tr("Everything, and each request's outline"),
        }
        self._level = Choice[str](
            self, "logLevelChooser", self.tr("Kept in the log"), levels, managed=managed
        )
        self._level.chosen.connect(lambda level: self.chosen.emit({"log_level": level}))
        path = value(self, str(file), scale=Type.SMALL)
        path.setObjectName("logPathLabel")
        folder = button(self, self.tr("Show the log's folder"), name="showLogButton")
        folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
        )
        copy = button(self, self.tr("Copy the path"), name="copyLogPathButton")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(str(file)))
        for each in (folder, copy):
            each.setAccessibleName(each.text())
        rows = QVBoxLayout()
        rows.setSpacing(Space.XS)
        secret_free = label(
            self, self.tr("It has no messages, names or keys."), scale=Type.SMALL, look="quiet"
        )
        for widget in (self._level, secret_free, path, ButtonRow([folder, copy], self)):
            rows.addWidget(widget)
        self.column.addLayout(rows)
