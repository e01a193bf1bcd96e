"""The request that is open, and those that were left while their answer was on its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.request.session import Session
from countersign.desktop.request.view import Phase
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from countersign.desktop.request.ports import World
    from countersign.desktop.request.state import State
    from countersign.desktop.request.view import Event, RequestView
    from countersign.device.inbox import Request
    from countersign.push.values import Challenge


class RequestPresenter:
    """Shows one request at a time. Leaving it never answers, and never calls an answer back."""

    def __init__(
        self,
        world: World,
        on_change: Callable[[RequestView | None], None],
        on_event: Callable[[Event], None],
    ) -> None:
        self._world = world
        self._on_change = on_change
        self._on_event = on_event
        self._open: Session | None = None
        self._at_work: dict[str, Session] = {}
        self._reachable = True

    @property
    def view(self) -> RequestView | None:
        """What is shown; None where nothing is open."""
        return self._open.view if self._open else None

    def open(self, request: Request, *, chosen: bool) -> None:
        """Show a request; `chosen` tells whether the user picked this very one.

        One that is open stays as it is, however often a list is made anew around it.
        """
        sid = request.challenge.sid
        if self._open is not None and self._open.view.sid == sid:
            if self._open.view.phase is Phase.UNREADABLE:
                self._open.read_again()
            return
        self._leave()
        known = self._at_work.pop(sid, None)
        self._open = known or Session(request, self._world, self._changed, self._on_event)
        self._open.set_reachable(reachable=self._reachable)
        if known is None:
            self._open.open(chosen=chosen)
        else:
            known.show()

    def close(self) -> None:
        """Show nothing."""
        self._leave()
        self._on_change(None)

    def approve(self, pin: str = "") -> None:
        """Approve what is shown, if that button is on; with the PIN, where the view asks for it."""
        if self._open is not None:
            self._open.answer(ChallengeStatus.APPROVED, pin=pin)

    def deny(self) -> None:
        """Deny what is shown, if that button is on."""
        if self._open is not None:
            self._open.answer(ChallengeStatus.DENIED)

    def mark_suspicious(self) -> None:
        """Say that it wasn't the user."""
        if self._open is not None:
            self._open.mark_suspicious()

    def read_again(self) -> None:
        """Show the new text after a change, or try again to read it."""
        if self._open is not None:
            self._open.read_again()

    def check_now(self) -> None:
        """Ask at once what became of an answer."""
        if self._open is not None:
            self._open.check_now()

    def set_reachable(self, *, reachable: bool) -> None:
        """Say whether an answer to what is shown could be sent now; it holds for the next too."""
        self._reachable = reachable
        if self._open is not None:
            self._open.set_reachable(reachable=reachable)

    def seen_in_poll(
        self, challenges: Mapping[str, Challenge], complete: Collection[str] = ()
    ) -> None:
        """Take in what a poll saw, by sid; `complete` are the factors of which it saw all."""
        if self._open is None:
            return
        view = self._open.view
        seen = challenges.get(view.sid)
        if seen is not None and seen.factor_sid == view.factor_sid:
            self._open.seen(seen)
        elif view.factor_sid in complete:
            self._open.missed()

    def stop(self) -> None:
        """Let no timer run on: the window goes. What is open then, history settles."""
        for session in (self._open, *self._at_work.values()):
            if session is not None:
                session.stop()
        self._open = None
        self._at_work.clear()

    def _leave(self) -> None:
        if self._open is not None:
            self._open.leave()
            if self._open.at_work:
                self._at_work[self._open.view.sid] = self._open
        self._open = None

    def _changed(self, session: State) -> None:
        if session is self._open:
            self._on_change(session.view)
        elif isinstance(session, Session) and not session.at_work:
            session.leave()
            self._at_work.pop(session.view.sid, None)
