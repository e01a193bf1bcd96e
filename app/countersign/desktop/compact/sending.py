"""The answers that were on their way when their request was left, so that an end can wait."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from countersign.desktop.request.view import Phase

if TYPE_CHECKING:
    from countersign.desktop.request.pane import RequestPane


class Sending:
    """Knows of an answer from `note` until the pane tells of its end, whichever that is."""

    def __init__(self, pane: RequestPane) -> None:
        self._pane = pane
        self._sids: set[str] = set()
        self._none_left = asyncio.Event()
        for signal in (pane.decisionConfirmed, pane.decisionFailed, pane.decisionUnknown):
            signal.connect(self._ended)

    def note(self) -> None:
        """Remember what is shown, if its answer is on its way."""
        view = self._pane.presenter.view
        if view is not None and view.phase is Phase.SENDING:
            self._sids.add(view.sid)
            self._none_left.clear()

    async def ended(self) -> None:
        """Wait until none is on its way; HTTP's timeouts bound that."""
        self.note()
        if self._sids:
            await self._none_left.wait()

    def _ended(self, sid: str) -> None:
        self._sids.discard(sid)
        if not self._sids:
            self._none_left.set()
