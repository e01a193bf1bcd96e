"""The settings: each change holds at once, and there is nothing to confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.language.errors import message_of
from countersign.desktop.pin.rows import PinRows
from countersign.desktop.settings.choosing import notice_levels, pauses
from countersign.desktop.settings.help import HelpRows
from countersign.desktop.settings.login import LoginRow
from countersign.desktop.settings.network import NetworkRows
from countersign.desktop.settings.rows import Choice, Tick
from countersign.desktop.settings.surroundings import Surroundings
from countersign.desktop.theme import Space
from countersign.device.policy import Policy
from countersign.device.settings import Appearance, Notices
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from countersign.desktop.preferences import Preferences
    from countersign.desktop.saving import Saving
    from countersign.desktop.settings.login import LoginItem

_SECURITY: Final = 2  # the page's number
_WIDTH: Final = 520


class SettingsDialog(PanelDialog):
    """`settingsDialog`; use `open()`. It deletes itself when it is closed.

    `saving` tells when something couldn't be saved. `managed` are the fields of Settings that the
    company decides. Where `login` is None, this system isn't told to start the app.
    A text that makes no sense has a sentence below it, and what was set before stays in force.
    """

    def __init__(  # noqa: PLR0913 - all that there is to show, each by name
        self,
        preferences: Preferences,
        parent: QWidget | None = None,
        *,
        saving: Saving | None = None,
        login: LoginItem | None = None,
        managed: frozenset[str] = frozenset(),
        surroundings: Surroundings | None = None,
    ) -> None:
        super().__init__(
            parent, "settingsDialog", QCoreApplication.translate("SettingsDialog", "Settings")
        )
        self._preferences = preferences
        self._managed = managed
        self._ticks: dict[str, Tick] = {}
        self._choices: dict[str, Choice[Any]] = {}
        surroundings = surroundings or Surroundings()
        self._languages = dict(surroundings.languages)
        self.network = NetworkRows(self, surroundings, managed)
        self.help = HelpRows(self, surroundings, managed)
        self.pin = PinRows(self, surroundings.pin, managed) if surroundings.pin else None
        groups: list[NetworkRows | HelpRows | PinRows] = [self.network, self.help]
        groups += [self.pin] if self.pin else []
        for rows in groups:
            rows.chosen.connect(self._change_all)
            rows.resized.connect(self._resized)
        self.login = LoginRow(self, login, managed="start_at_login" in managed) if login else None
        self.problem = label(self, look="warning")
        self.problem.setObjectName("settingsProblem")
        self.close_button = button(self, self.tr("Close"), name="closeSettingsButton")
        self.close_button.setProperty("look", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self._lay_out()
        self.tabs.setFocus()
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
        self.tabs.setCurrentIndex(_SECURITY)
        row = self._choices["history_days"]
        row.box.setFocus()
        self.scroller.ensureWidgetVisible(row)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Be wide enough for the tabs, whatever the language and the size of the text."""
        wanted = self.tabs.sizeHint().width() + 2 * Space.XXL
        self.setMinimumWidth(min(max(_WIDTH, wanted), self.screen().availableGeometry().width()))
        super().showEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends a line that is being typed, and not the dialog with it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and isinstance(
            self.focusWidget(), QLineEdit
        ):
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("settingsTabs")
        self.tabs.setAccessibleName(self.tr("Settings"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.pages = QStackedWidget(self)
        self.tabs.currentChanged.connect(self._turn)
        self.column.setSpacing(Space.L)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.pages)
        days = {days: self.tr("{days} days").format(days=days) for days in (30, 90, 365)}
        kept = self._choice("history_days", "historyDaysChooser", self.tr("Keep answers for"), days)
        self._page(self.tr("General"), self._general())
        self._page(self.tr("Requests"), self._requests())
        self._page(self.tr("Security"), [*([self.pin] if self.pin else []), kept])
        self._page(self.tr("Network"), [self.network])
        self._page(self.tr("Help"), [self.help])
        self.column.addStretch()
        self.problem.hide()
        self.foot.addWidget(self.problem, 1)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)

    def _resized(self) -> None:
        """Fit anew: what lies deep inside is forgotten by each layout around it only when told."""
        for each in self.pages.findChildren(QWidget):
            each.updateGeometry()
        self.pages.updateGeometry()
        self.fit()

    def _turn(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.scroller.verticalScrollBar().setValue(0)

    def _general(self) -> list[QWidget]:
        looks = {
            Appearance.SYSTEM: self.tr("As the system"),
            Appearance.LIGHT: self.tr("Light"),
            Appearance.DARK: self.tr("Dark"),
        }
        return [
            *([self.login] if self.login else []),
            self._tick("start_hidden", "startHiddenBox", self.tr("Start hidden in the tray")),
            self._tick(
                "keep_running", "keepRunningBox", self.tr("Closing the window keeps it running")
            ),
            self._choice("appearance", "appearanceChooser", self.tr("Appearance"), looks),
            *self._language(),
        ]

    def _language(self) -> list[QWidget]:
        if not self._languages:
            return []
        known = {"": self.tr("As the system")} | self._languages
        later = label(self, self.tr("In force when you start Countersign again."), look="quiet")
        return [self._choice("language", "languageChooser", self.tr("Language"), known), later]

    def _requests(self) -> list[QWidget]:
        policy, now = self._preferences.policy or Policy(), self._preferences.now
        active = pauses(policy, "check_active", now.check_active)
        behind = pauses(policy, "check_background", now.check_background)
        notices = notice_levels(policy)
        return [
            self._choice(
                "check_active", "checkActiveChooser", self.tr("Check while I'm here"), active
            ),
            self._choice(
                "check_background",
                "checkBackgroundChooser",
                self.tr("Check in the background"),
                behind,
            ),
            self._choice("notices", "noticesChooser", self.tr("Notices"), notices),
            self._tick("deny_in_notices", "denyInNoticesBox", self.tr("Offer Deny in notices")),
            self._tick(
                "keep_small_open", "keepSmallOpenBox", self.tr("Keep the small window open")
            ),
        ]

    def _page(self, title: str, rows: Sequence[QWidget]) -> None:
        page = QWidget(self.pages)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        for row in rows:
            column.addWidget(row)
        column.addStretch()
        self.pages.addWidget(page)
        self.tabs.addTab(title)

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

    def _change_all(self, values: Mapping[str, object]) -> None:
        self._say("")
        self._preferences.change(**values)
        if not values:  # what is set elsewhere: the PIN
            self._show()

    def _changed(self, _before: object) -> None:
        self._show()

    def _show(self) -> None:
        now = self._preferences.now
        for field, tick in self._ticks.items():
            tick.show_value(on=bool(getattr(now, field)))
        for field, choice in self._choices.items():
            choice.show_value(getattr(now, field))
        self.network.show_values(now)
        self.help.show_values(now)
        if self.pin is not None:
            self.pin.show_values(now)
        # A notice without the message has no Deny: nobody denies what they haven't read.
        self._ticks["deny_in_notices"].offer(offered=now.notices is Notices.FULL)

    def _not_saved(self, _error: object) -> None:
        self._say(self.tr("Couldn't save. Changes last until you quit."))

    def _login_failed(self, error: object) -> None:
        self._say(message_of(error) if isinstance(error, CountersignError) else str(error))

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.fit()
