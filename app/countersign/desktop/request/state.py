"""A request's view over time: the countdown, the guards of its buttons, and its end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from countersign.desktop.request import endings
from countersign.desktop.request.rows import shown
from countersign.desktop.request.view import Event, EventKind, Phase, RequestView, Say
from countersign.device.policy import against_approving
from countersign.push.address import host_of
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.request.ports import Timer, World
    from countersign.device.inbox import Request
    from countersign.push.errors import CountersignError

_SETTLING: Final = 0.02  # past the full second, so that rounding shows the new one
_WAITING: Final = frozenset({Phase.LOADING, Phase.READY, Phase.CHANGED, Phase.UNREADABLE})


class State:
    """Keeps `view` true. Time passes by `after` alone, and the only clock is the service's."""

    def __init__(
        self,
        request: Request,
        world: World,
        on_change: Callable[[State], None],
        on_event: Callable[[Event], None],
    ) -> None:
        self._world = world
        self._on_change = on_change
        self._on_event = on_event
        self._clock = world.source.clock(request.account)
        self._ticking: Timer | None = None
        self._guards: list[Timer] = []
        self._new_text = False  # whether Approve still waits for its text to be read anew
        self._watched = True  # False once it was left: then no timer serves a reader
        account, challenge = request.account, request.challenge
        self.view = RequestView(
            sid=challenge.sid,
            factor_sid=account.sid,
            label=shown(account.label),
            host=shown(host_of(account.backend_url)),
            phase=Phase.LOADING,
            message=shown(challenge.message),
            rows=None,
            asked=challenge.date_created.timestamp(),
            expires=challenge.expiration_date.timestamp(),
            now=self._clock.now(),
            against=against_approving(world.source.policy, pin_set=world.source.pin.is_set),
            asks_pin=world.asks_pin(),
            flooded=world.flooded(account.sid) > 0,
        )

    @property
    def at_work(self) -> bool:
        """Whether an answer is on its way, or its fate still to be found out."""
        return self.view.phase in {Phase.SENDING, Phase.UNKNOWN}

    def set_reachable(self, *, reachable: bool) -> None:
        """Take the buttons off while nothing can be sent; they come back under guard."""
        if reachable is self.view.reachable:
            return
        self._unguard()
        self._set(reachable=reachable)
        if reachable and self.view.phase is Phase.READY:
            self._guard(everything=True, approve=self._new_text)

    def _set(self, **changes: Any) -> None:  # noqa: ANN401 - the members of RequestView
        """Take changes into the view; buttons that no longer apply go off with it."""
        view = replace(self.view, now=self._clock.now(), **changes)
        ready = view.phase is Phase.READY and view.reachable
        denied = view.phase is Phase.DONE and view.answer is ChallengeStatus.DENIED
        can_deny = ready and view.can_deny
        self.view = replace(
            view,
            can_approve=ready and view.can_approve and view.against is None,
            can_deny=can_deny,
            can_mark=can_deny or (denied and not view.suspicious),
            notice=view.notice if view.phase in _WAITING else Say.NOTHING,
        )
        self._on_change(self)

    def _emit(self, kind: EventKind, *, status: str = "", code: int = 0) -> None:
        self._on_event(Event(kind, self.view.sid, status, code))

    def _end(self, ending: endings.Ending, error: CountersignError | None = None) -> None:
        """Take up the state that something led to."""
        self._still()
        now = self._clock.now()
        known = self.view.phase is Phase.EXPIRED
        self._set(phase=ending.phase, result=ending.say, result_at=now, error=error)
        if ending.phase is Phase.READY:  # nothing was taken: the buttons come back, under guard
            self._guard(everything=True, approve=False)
        self._tick()
        if ending.phase is Phase.EXPIRED and not known:
            self._emit(EventKind.EXPIRED)

    def _guard(self, *, everything: bool, approve: bool) -> None:
        """Switch the buttons on, each when its time has come.

        `everything` waits because text came without the user's choice, `approve` because it is
        another text than before; in a flood Approve waits longest. While nothing can be sent, no
        button has a time.
        """
        self._new_text = approve
        if not self.view.reachable:
            return
        waits = self._world.waits
        guard = waits.guard if everything else 0.0
        self._enable_after(guard, "can_deny")
        flood = self._world.flooded(self.view.factor_sid)
        self._enable_after(max(flood, waits.changed if approve else guard), "can_approve")

    def _enable_after(self, seconds: float, button: str) -> None:
        def enable() -> None:
            if button == "can_approve":
                self._new_text = False
            self._set(**{button: True})

        if not self._watched:
            return
        if seconds > 0:
            self._guards.append(self._world.after(seconds, enable))
        else:
            enable()

    def _still(self) -> None:
        """Let no more time pass: neither the countdown nor a guard."""
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None
        self._unguard()

    def _unguard(self) -> None:
        for timer in self._guards:
            timer.cancel()
        self._guards.clear()

    def _tick(self) -> None:
        """Show the time left, once a second while it matters."""
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None
        if not (self._watched and self.view.counting):
            return
        self._set()
        if self.view.left:
            to_next = self.view.left % 1
            pause = to_next + _SETTLING if to_next > _SETTLING else 1.0
            self._ticking = self._world.after(pause, self._tick)
        elif self.view.phase in _WAITING:
            self._end(endings.of_verdict("expired"))
