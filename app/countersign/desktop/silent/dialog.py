"""Everything for a while: for how long, how many, which only, and what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale
from typing_extensions import override

from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.fields import Field
from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import Fold, Problem, breakable, button, label
from countersign.desktop.settings.rows import Choice
from countersign.desktop.silent.words import refused_text
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Type
from countersign.device.plain_text import visible
from countersign.device.silent.period import MOST, FieldIs, Terms
from countersign.push.errors import CountersignError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.desktop.silent.silent import Silent
    from countersign.device.records import Account

_MINUTES: Final = (5, 10, 15)
_FIRST_COUNT: Final = 3
_MINUTE: Final = 60.0
_NAME: Final = 40


class EverythingDialog(PanelDialog):
    """`everythingDialog`; use `open()`. Closing it while it looks begins nothing."""

    def __init__(self, silent: Silent, account: Account, parent: QWidget | None) -> None:
        super().__init__(
            parent,
            "everythingDialog",
            QCoreApplication.translate("EverythingDialog", "Approve everything for a while"),
        )
        self._silent = silent
        self._account = account
        self._tasks = Tasks(self)
        self._tasks.failed.connect(lambda error: self._failed(bug_error(error)))
        self._make_terms()
        self._make_only()
        self.problem = Problem(self, "everythingError")
        self.problem.changed.connect(self.fit)
        self.looking = label(self, self.tr("Looking at what waits…"), look="quiet")
        self.looking.hide()
        self.cancel_button = button(self, self.tr("Cancel"), name="cancelEverythingButton")
        self.turn_on_button = button(self, self.tr("Turn on"), name="turnOnButton", look="primary")
        self._lay_out()
        self.cancel_button.clicked.connect(self.reject)
        self.turn_on_button.clicked.connect(self._turn_on)
        self.cancel_button.setFocus()

    def _make_terms(self) -> None:
        minutes = {each: self.tr("{minutes} min").format(minutes=each) for each in _MINUTES}
        self.minutes = Choice(self, "silentMinutesBox", self.tr("For"), minutes)
        self.minutes.show_value(_MINUTES[0])
        counts = {each: QLocale().toString(each) for each in range(1, MOST + 1)}
        self.count = Choice(self, "silentCountBox", self.tr("Requests, at most"), counts)
        self.count.show_value(_FIRST_COUNT)

    def _make_only(self) -> None:
        self.only = Fold(self.tr("Only some of them"), self)
        self.only.link.setObjectName("onlySomeButton")
        self.only.changed.connect(self.fit)
        self.field = Field(
            self, self.tr("Only where this field"), "onlyFieldEdit", self.tr("Its exact name")
        )
        self.value = Field(self, self.tr("is exactly"), "onlyValueEdit", "")
        for each in (self.field, self.value):
            self.only.inside.addWidget(each)
            each.changed.connect(self._follow_only)

    def _lay_out(self) -> None:
        title = self.tr("Approve everything from {account} without asking")
        name = visible(self._account.label, _NAME)
        self.column.addWidget(label(self, breakable(title.format(account=name)), scale=Type.TITLE))
        danger = self.tr("Anyone who can send requests gets in. Use it for tests.")
        self.column.addWidget(label(self, danger, look="danger"))
        self.column.addWidget(self.minutes)
        self.column.addWidget(self.count)
        self.column.addWidget(self.only)
        self.column.addWidget(label(self, self._rest(), scale=Type.SMALL, look="quiet"))
        self.column.addWidget(self.looking)
        self.column.addWidget(self.problem)
        self.foot.addWidget(self.cancel_button)
        self.foot.addStretch()
        self.foot.addWidget(self.turn_on_button)

    def _rest(self) -> str:
        return self.tr(
            "What waits already stays for you to answer. It ends when the screen is locked or the "
            "window is closed, and rests while you use another one."
        )

    def terms(self) -> Terms:
        """Return what is chosen."""
        minutes = _MINUTES[self.minutes.box.currentIndex()]
        count = self.count.box.currentIndex() + 1
        only = FieldIs(self.field.text, self.value.text) if self.field.text else None
        return Terms(minutes * _MINUTE, count, only)

    @override
    def reject(self) -> None:
        """Begin nothing, also where it was about to."""
        self._tasks.cancel()
        super().reject()

    def _follow_only(self) -> None:
        """Don't begin with half of a bound: it would be none."""
        whole = bool(self.field.text) == bool(self.value.text)
        self.turn_on_button.setEnabled(whole)

    def _turn_on(self) -> None:
        self.turn_on_button.setEnabled(False)
        self.problem.hide()
        self.looking.show()
        self.fit()
        self._tasks.start(self._begin(), "silent approval")

    async def _begin(self) -> None:
        try:
            await self._silent.everything(self._account, self.terms())
        except CountersignError as error:
            self._failed(error)
        else:
            self.accept()

    def _failed(self, error: CountersignError) -> None:
        self.looking.hide()
        self.turn_on_button.setEnabled(True)
        self.problem.show_error(error, refused_text(error))
