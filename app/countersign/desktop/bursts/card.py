"""The one entry that stands for a burst: what it is, what to think of it, and Deny all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from countersign.desktop.bursts.words import Words
from countersign.desktop.enroll.parts import ButtonRow, breakable, button, label
from countersign.desktop.lists.times import clock_text
from countersign.desktop.request.announcer import announce
from countersign.desktop.theme import Space, Type
from countersign.device.bursts import Denying

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.device.bursts import Burst


class BurstCard(QFrame):
    """`burstCard`. `denyWanted` brings the Burst as it was shown when it was clicked.

    `oneByOneWanted`, `muteWanted` and `markWanted` are its other buttons, `read` its OK in the end.
    """

    denyWanted = Signal(object)
    oneByOneWanted = Signal()
    muteWanted = Signal()
    markWanted = Signal()
    read = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("burstCard")
        self.setProperty("look", "warning")
        self._burst: Burst | None = None
        self._words = Words(self)
        self.busy = False
        """Whether its requests are being denied, or it is told how that ended."""
        self.title = label(self, scale=Type.TITLE)
        self.title.setObjectName("burstTitle")
        self.text = label(self)
        self.text.setObjectName("burstText")
        self.deny_all = button(self, "", name="denyAllButton", look="deny")
        self.one_by_one = button(self, self.tr("Show them one by one"), name="oneByOneButton")
        self.mute = button(self, "", name="burstMuteButton")
        self.not_me = button(self, self.tr("It wasn't me"), name="burstNotMeButton")
        self.ok = button(self, self.tr("OK"), name="burstReadButton")
        self._lay_out()
        self.deny_all.clicked.connect(self._deny)
        self.one_by_one.clicked.connect(self.oneByOneWanted)
        self.mute.clicked.connect(self.muteWanted)
        self.not_me.clicked.connect(self._mark)
        self.ok.clicked.connect(self.read)

    def show_burst(self, burst: Burst, muted_until: float | None) -> None:
        """Ask about a burst; `muted_until` is in POSIX seconds."""
        title = f"⚠ {self._words.title(burst)}"
        new = self._burst is None
        self._burst = burst
        self.title.setText(breakable(title))
        self.text.setText(self._words.question())
        self.deny_all.setText(self._words.deny_all(len(burst.requests)))
        self.mute.setText(self._mute_text(muted_until))
        self.mute.setEnabled(muted_until is None)
        self._offer(self.deny_all, self.one_by_one, self.mute)
        if new:
            announce(self, f"{title}. {self.text.text()}", urgent=False)

    def show_denying(self, state: Denying) -> None:
        """Say how far it is, or how it ended."""
        self.busy = True
        text = self._words.denied(state) if state.over else self._words.denying(state)
        self.text.setText(text)
        self._offer(*([self.ok] if state.over else []))
        if state.over:
            if state.done:
                self._offer(self.not_me, self.ok)
            announce(self, text, urgent=True)

    def _mark(self) -> None:
        self.text.setText(f"{self.text.text()} {self._words.marking()}")
        self._offer(self.ok)
        self.markWanted.emit()

    def _deny(self) -> None:
        if self._burst is not None and not self.busy:
            burst = self._burst
            self.show_denying(Denying(len(burst.requests)))
            self.denyWanted.emit(burst)

    def _mute_text(self, until: float | None) -> str:
        if until is None:
            return self.tr("Stop notices for 20 min")
        return self.tr("No notices until {time}").format(time=clock_text(until))

    def _offer(self, *wanted: QWidget) -> None:
        for each in self._buttons:
            each.setVisible(each in wanted)
        self._row.setVisible(bool(wanted))

    def _lay_out(self) -> None:
        self._buttons = (self.deny_all, self.one_by_one, self.mute, self.not_me, self.ok)
        self._row = ButtonRow(self._buttons, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        column.setSpacing(Space.S)
        for each in (self.title, self.text, self._row):
            column.addWidget(each)
