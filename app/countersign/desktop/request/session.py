"""One request from being opened to its end: answering it, and finding out what became of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from countersign.desktop.request import endings
from countersign.desktop.request.lookout import Lookout
from countersign.desktop.request.reading import Reading
from countersign.desktop.request.view import EventKind, Phase, Say
from countersign.device.decisions import Answer
from countersign.device.inbox import Request
from countersign.push.errors import CountersignError, StorageError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from countersign.desktop.request.ports import Timer, World
    from countersign.desktop.request.state import State
    from countersign.desktop.request.view import Event
    from countersign.device.records import Decision


class Session(Reading):
    """One open request. Nothing in it answers by itself, and nothing answers twice."""

    def __init__(
        self,
        request: Request,
        world: World,
        on_change: Callable[[State], None],
        on_event: Callable[[Event], None],
    ) -> None:
        super().__init__(request, world, on_change, on_event)
        self._slow: Timer | None = None
        self._lookout = Lookout(world, self.view.sid, self._found, self._still_unknown)

    def stop(self) -> None:
        """Let no timer run on."""
        self._still()
        self._lookout.stop()
        if self._slow is not None:
            self._slow.cancel()

    # --- Answering ---------------------------------------------------------------------------

    def answer(self, status: ChallengeStatus, *, suspicious: bool = False, pin: str = "") -> None:
        """Answer, if its button is on; from here on both are off, so that two clicks are one.

        `pin` is what was entered, where the view asks for it: nothing is sent before it is known
        to be right.
        """
        approves = status is ChallengeStatus.APPROVED
        if not (self.view.can_approve if approves else self.view.can_deny):
            return
        if approves and self.view.asks_pin and not pin:
            return
        self._still()
        self._set(
            phase=Phase.SENDING,
            result=Say.SENDING,
            notice=Say.NOTHING,
            answer=status,
            suspicious=suspicious,
            error=None,
        )
        slow = self._world.after(self._world.waits.slow, lambda: self._set(result=Say.SLOW))
        self._slow = slow
        confirm = pin if approves and self.view.asks_pin else None
        work = self._send(Answer(status, suspicious=suspicious), slow, confirm)
        self._world.start(work, f"answer {self.view.sid}")

    def mark_suspicious(self) -> None:
        """Say that it wasn't the user: denies with that mark, or marks what was denied."""
        if self.view.phase is not Phase.DONE:
            self.answer(ChallengeStatus.DENIED, suspicious=True)
        elif self.view.can_mark:
            self._set(suspicious=True, mark=None)
            self._world.start(self._mark(), f"mark {self.view.sid}")

    async def _mark(self) -> None:
        """Mark what was denied; where that isn't kept, the button comes back."""
        view = self.view
        try:
            mark = await self._world.answers.mark_suspicious(view.factor_sid, view.sid)
        except CountersignError as error:
            self._set(suspicious=False, mark=error)
        except Exception:  # a bug of ours: it is told elsewhere
            self._set(suspicious=False, mark=endings.bug())
            raise
        else:
            self._set(mark=mark)
            self._emit(EventKind.MARKED)

    def check_now(self) -> None:
        """Ask at once what became of the answer."""
        if self.view.phase is Phase.UNKNOWN:
            self._lookout.look_now()

    async def _send(self, answer: Answer, slow: Timer, pin: str | None) -> None:
        try:
            if pin is not None:
                await self._world.source.pin.confirm(pin)
            answered = await self._world.answers.answer(
                Request(self._account, self._challenge), answer
            )
        except CountersignError as error:
            slow.cancel()  # what comes now has words of its own
            await self._failed(error)
        except Exception:  # a bug of ours: it is told elsewhere, and nothing is known here
            self._become_unknown(Say.UNKNOWN)
            raise
        else:
            self._end(endings.Ending(Phase.DONE, Say.CONFIRMED))
            self._emit(EventKind.CONFIRMED, status=answered.challenge.status.value)
        finally:
            slow.cancel()

    async def _failed(self, error: CountersignError) -> None:
        ending = endings.of_error(error)
        if isinstance(error, StorageError) and await self._lookout.may_be_open():
            ending = endings.UNKNOWN  # it was sent, and its end couldn't be written down
        if ending.phase is Phase.UNKNOWN:
            self._become_unknown(ending.say)
        else:
            self._fail(ending, error)

    def _fail(self, ending: endings.Ending, error: CountersignError | None) -> None:
        """Show how an answer failed; text that may have changed is fetched anew first."""
        if ending.reread:
            changed = ending.say is Say.CHANGED_ON_CLICK
            where = {"notice": ending.say} if changed else {"result": ending.say}
            before = self._challenge
            self._chosen = False
            self._set(phase=Phase.LOADING, **{"result": Say.NOTHING} | where)
            self._read(before)
        else:
            if ending.say is Say.ALREADY_ANSWERED:
                self._set(answer=None)  # how isn't known here, and needn't be as just clicked
            self._end(ending, error)
        self._emit(EventKind.FAILED, code=ending.code)
        if ending.say is Say.CHANGED_ON_CLICK:
            self._emit(EventKind.CHANGED)

    # --- Finding out -------------------------------------------------------------------------

    @override
    def _become_unknown(self, say: Say) -> None:
        self._end(endings.Ending(Phase.UNKNOWN, say))
        self._lookout.begin()
        self._emit(EventKind.UNKNOWN)

    def _still_unknown(self) -> None:
        self._set(result=Say.STILL_UNKNOWN)

    def _found(self, decision: Decision) -> None:
        self._set(answer=decision.answer)
        if decision.error is not None:
            self._fail(endings.of_fate(decision.error), None)
            return
        self._end(endings.Ending(Phase.DONE, Say.ARRIVED))
        status = decision.server_status or decision.answer
        self._emit(EventKind.CONFIRMED, status=status.value)
