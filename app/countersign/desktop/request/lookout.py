"""Asks again and again what became of an answer, more and more rarely, and never sends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.push.errors import CountersignError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.request.ports import Timer, World
    from countersign.device.records import Decision

_EVEN: Final = 3  # looks at the first interval, before it starts to double


class Lookout:
    """Calls `found` once with the decision that is known to have ended, else `in_vain`."""

    def __init__(
        self,
        world: World,
        sid: str,
        found: Callable[[Decision], None],
        in_vain: Callable[[], None],
    ) -> None:
        self._world = world
        self._sid = sid
        self._found = found
        self._in_vain = in_vain
        self._looks = 0
        self._looking = False
        self._timer: Timer | None = None

    def begin(self) -> None:
        """Look in a while, and go on until it is known."""
        self.stop()
        self._looks = 0
        self._later()

    def look_now(self) -> None:
        """Look at once, unless that is being done."""
        self.stop()
        if not self._looking:
            self._looking = True
            self._world.start(self._look(), f"settle {self._sid}")

    def stop(self) -> None:
        """Look no more by itself."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def may_be_open(self) -> bool:
        """Tell whether history has an answer without an end, or can't be asked."""
        try:
            known = await self._world.source.decisions.find(self._sid)
        except StorageError:
            return True
        return any(decision.open for decision in known)

    def _later(self) -> None:
        waits = self._world.waits
        doublings = min(max(0, self._looks - _EVEN + 1), 10)
        pause = min(waits.look * 2.0**doublings, waits.look_most)
        self._timer = self._world.after(pause, self.look_now)

    async def _look(self) -> None:
        try:
            decision = await self._latest()
        except CountersignError:
            decision = None
        except Exception:  # a bug of ours, told elsewhere: it must not end the asking
            self._ask_again()
            raise
        finally:
            self._looking = False
        if decision is not None and not decision.open:
            self._found(decision)
        else:
            self._ask_again()

    def _ask_again(self) -> None:
        self._looks += 1
        self._in_vain()
        self._later()

    async def _latest(self) -> Decision | None:
        """Return the last decision; whoever settled it, history has it."""
        await self._world.answers.settle()
        known = await self._world.source.decisions.find(self._sid)
        return max(known, key=lambda decision: decision.decided_at, default=None)
