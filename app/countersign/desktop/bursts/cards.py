"""The cards over the list, one for each account that is flooded, and what their buttons do."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from countersign.desktop.bursts.card import BurstCard
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space
from countersign.device.bursts import deny_all
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from countersign.desktop.bursts.watch import BurstWatch
    from countersign.desktop.notify.mutes import Mutes
    from countersign.device.bursts import Burst
    from countersign.device.decisions import Decisions
    from countersign.device.device import Device


class BurstCards(QWidget):
    """Follows a `BurstWatch`. `answered` comes after each denial, `changed` as cards come and go.

    `tasks.failed` brings what nobody expected; await `settled` in the end.
    """

    answered = Signal()
    changed = Signal()

    def __init__(
        self, watch: BurstWatch, device: Device, decisions: Decisions, mutes: Mutes
    ) -> None:
        super().__init__()
        self._watch = watch
        self._device, self._decisions, self._mutes = device, decisions, mutes
        self._cards: dict[str, BurstCard] = {}
        self._account = ""
        self.tasks = Tasks(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._column.setSpacing(Space.S)
        mutes.listeners.append(self.refresh)

    @property
    def there(self) -> bool:
        """Whether there is any card."""
        return bool(self._cards)

    def show_account(self, account: str) -> None:
        """Show an account's card, or those of all with an empty sid."""
        self._account = account
        self.refresh()

    def refresh(self) -> None:
        """Follow what is folded now."""
        folded = {burst.factor_sid: burst for burst in self._watch.folded(self._account)}
        before = set(self._cards)
        for sid, card in list(self._cards.items()):
            if sid not in folded and not card.busy:
                self._drop(sid)
        for sid, burst in folded.items():
            card = self._cards.get(sid) or self._make(sid)
            if not card.busy:
                card.show_burst(burst, self._mutes.until(sid))
        if before != set(self._cards):
            self.changed.emit()

    async def settled(self) -> None:
        """End in order: what the user has said to deny is denied; HTTP's timeouts bound that."""
        await self.tasks.done()

    def _make(self, sid: str) -> BurstCard:
        card = self._cards[sid] = BurstCard(self)
        burst: list[Burst] = []

        def deny(shown: Burst) -> None:
            burst[:] = [shown]
            self.tasks.start(self._deny(card, shown), f"deny all of {sid}")

        card.denyWanted.connect(deny)
        card.oneByOneWanted.connect(lambda: self._watch.unfold(sid))
        card.muteWanted.connect(lambda: self._mutes.mute(sid))
        card.markWanted.connect(lambda: self.tasks.start(self._mark(burst[0]), "mark all"))
        card.read.connect(lambda: self._read(sid))
        self._column.addWidget(card)
        return card

    def _read(self, sid: str) -> None:
        self._drop(sid)
        self.refresh()

    def _drop(self, sid: str) -> None:
        card = self._cards.pop(sid)
        card.hide()
        card.deleteLater()

    async def _deny(self, card: BurstCard, burst: Burst) -> None:
        over = False
        try:
            async for state in deny_all(self._device, self._decisions, burst.requests):
                over = state.over
                card.show_denying(state)
                self.answered.emit()
        finally:
            if not over:  # a bug, which is told elsewhere: the card asks anew
                card.busy = False
                self.refresh()

    async def _mark(self, burst: Burst) -> None:
        """Say of each that was denied that somebody else had asked; the others have no denial."""
        for request in burst.requests:
            with contextlib.suppress(InputError):
                await self._decisions.mark_suspicious(burst.factor_sid, request.challenge.sid)
        self.answered.emit()
