"""The settings: each change holds at once, and there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from countersign import __version__
from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.settings.login import LoginRow
from countersign.desktop.settings.rows import Choice, Tick
from countersign.desktop.theme import Space, Type
from countersign.device.settings import Appearance, Notices
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from countersign.desktop.preferences import Preferences
    from countersign.desktop.saving import Saving
    from countersign.desktop.settings.login import LoginItem


class SettingsDialog(PanelDialog):
    """`settingsDialog`; use `open()`. It deletes itself when it is closed.

    `saving` tells when something couldn't be saved. `managed` are the fields of Settings that the
    company decides. Where `login` is None, this system isn't told to start the app.
    """

    def __init__(
        self,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        saving: Saving | None = None,
        login: LoginItem | None = None,
        managed: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(
            parent, "settingsDialog", QCoreApplication.translate("SettingsDialog", "Settings")
        )
        self._preferences = preferences
        self._managed = managed
        self._ticks: dict[str, Tick] = {}
        self._choices: dict[str, Choice[Any]] = {}
        self.login = LoginRow(self, login, managed="start_at_login" in managed) if login else None
        self.problem = label(self, look="warning")
        self.problem.setObjectName("settingsProblem")
        self.close_button = button(self, self.tr("Close"), name="closeSettingsButton")
        self.close_button.setProperty("look", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self._show()
        preferences.changed.connect(self._changed)
        if saving is not None:
            saving.tasks.failed.connect(self._not_saved)
        if self.login is not None:
            self.login.failed.connect(self._login_failed)

    async def settled(self) -> None:
        """Wait for what is being changed."""
        if self.login is not None:
            await self.login.tasks.done()

    def show_history(self) -> None:
        """Bring the user to the days that answers are kept."""
        self._choices["history_days"].box.setFocus()
        self.scroller.ensureWidgetVisible(self._choices["history_days"])

    def _lay_out(self) -> None:
        tr = self.tr
        self._section(tr("General"), self._general())
        self._section(tr("Requests"), self._requests())
        days = {days: tr("{days} days").format(days=days) for days in (30, 90, 365)}
        kept = self._choice("history_days", "historyDaysChooser", tr("Keep answers for"), days)
        self._section(tr("History"), [kept])
        version = label(self, f"Countersign {__version__}")
        version.setObjectName("versionLabel")
        self._section(tr("About"), [version])
        self.column.addStretch()
        self.problem.hide()
        self.foot.addWidget(self.problem, 1)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)

    def _general(self) -> list[QWidget]:
        tr = self.tr
        looks = {
            Appearance.SYSTEM: tr("As the system"),
            Appearance.LIGHT: tr("Light"),
            Appearance.DARK: tr("Dark"),
        }
        return [
            *([self.login] if self.login else []),
            self._tick("start_hidden", "startHiddenBox", tr("Start hidden in the tray")),
            self._tick("keep_running", "keepRunningBox", tr("Closing the window keeps it running")),
            self._choice("appearance", "appearanceChooser", tr("Appearance"), looks),
        ]

    def _requests(self) -> list[QWidget]:
        tr = self.tr
        every = {s: tr("every {seconds} s").format(seconds=s) for s in (5, 10, 30)}
        behind = {10: every[10], 30: every[30], 60: tr("every minute"), 0: tr("never")}
        notices = {
            Notices.FULL: tr("with the message"),
            Notices.SHORT: tr("without the message"),
            Notices.OFF: tr("off"),
        }
        return [
            self._choice("check_active", "checkActiveChooser", tr("Check while I'm here"), every),
            self._choice(
                "check_background", "checkBackgroundChooser", tr("Check in the background"), behind
            ),
            self._choice("notices", "noticesChooser", tr("Notices"), notices),
            self._tick("deny_in_notices", "denyInNoticesBox", tr("Offer Deny in notices")),
            self._tick("keep_small_open", "keepSmallOpenBox", tr("Keep the small window open")),
        ]

    def _section(self, title: str, rows: Sequence[QWidget]) -> None:
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addWidget(label(self, title, scale=Type.TITLE))
        for row in rows:
            column.addWidget(row)
        self.column.addLayout(column)

    def _tick(self, field: str, name: str, text: str) -> Tick:
        made = self._ticks[field] = Tick(self, name, text, managed=field in self._managed)
        made.chosen.connect(lambda on: self._change(field, on))
        return made

    def _choice(self, field: str, name: str, text: str, values: Mapping[Any, str]) -> Choice[Any]:
        managed = field in self._managed
        made = self._choices[field] = Choice[Any](self, name, text, values, managed=managed)
        made.chosen.connect(lambda value: self._change(field, value))
        return made

    def _change(self, field: str, value: object) -> None:
        self._say("")
        self._preferences.change(**{field: value})

    def _changed(self, _before: object) -> None:
        self._show()

    def _show(self) -> None:
        now = self._preferences.now
        for field, tick in self._ticks.items():
            tick.show_value(on=bool(getattr(now, field)))
        for field, choice in self._choices.items():
            choice.show_value(getattr(now, field))
        # A notice without the message has no Deny: nobody denies what they haven't read.
        self._ticks["deny_in_notices"].offer(offered=now.notices is Notices.FULL)

    def _not_saved(self, _error: object) -> None:
        self._say(self.tr("Couldn't save. Changes last until you quit."))

    def _login_failed(self, error: object) -> None:
        self._say(error.message if isinstance(error, CountersignError) else str(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.fit()
