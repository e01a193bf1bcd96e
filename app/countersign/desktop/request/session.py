"""One request from being opened to its end: reading, answering, and finding out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from countersign.desktop.request import endings
from countersign.desktop.request.lookout import Lookout
from countersign.desktop.request.rows import compared, differs, rows, shown
from countersign.desktop.request.state import State
from countersign.desktop.request.view import EventKind, Phase, Say
from countersign.device import fate
from countersign.device.decisions import Answer
from countersign.device.inbox import Request
from countersign.push.errors import CountersignError, StorageError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.desktop.request.ports import Task, Timer, World
    from countersign.desktop.request.view import Event
    from countersign.device.records import Decision
    from countersign.push.values import Challenge


class Session(State):
    """One open request. Nothing in it answers by itself, and nothing answers twice."""

    def __init__(
        self,
        request: Request,
        world: World,
        on_change: Callable[[State], None],
        on_event: Callable[[Event], None],
    ) -> None:
        super().__init__(request, world, on_change, on_event)
        self._account = request.account
        self._challenge = request.challenge
        self._chosen = False
        self._reading: Task | None = None
        self._slow: Timer | None = None
        self._lookout = Lookout(world, self.view.sid, self._found, self._still_unknown)

    @property
    def at_work(self) -> bool:
        """Whether an answer is on its way, or its fate still to be found out."""
        return self.view.phase in {Phase.SENDING, Phase.UNKNOWN}

    # --- Reading -----------------------------------------------------------------------------

    def open(self, *, chosen: bool) -> None:
        """Show what the list has at once, and fetch the rest."""
        self._chosen = chosen
        self._set(phase=Phase.LOADING)
        self._tick()
        self._read()

    def show(self) -> None:
        """Show it again after something else was shown; only one `at_work` is ever kept."""
        self._watched = True
        self._set()
        self._tick()

    def leave(self) -> None:
        """Stop what only serves the reader; an answer on its way goes on."""
        self._watched = False
        self._still()
        if self._reading is not None and not self.at_work:
            self._reading.cancel()

    def stop(self) -> None:
        """Let no timer run on."""
        self._still()
        self._lookout.stop()
        if self._slow is not None:
            self._slow.cancel()

    def read_again(self) -> None:
        """Fetch the text anew, after a change was seen or reading failed."""
        if self.view.phase is Phase.CHANGED:
            self._set(phase=Phase.LOADING, notice=Say.NOTHING)
            self._chosen = False
            self._read(before=self._challenge)
        elif self.view.phase is Phase.UNREADABLE:
            before = None if self.view.rows is None else self._challenge
            self._set(phase=Phase.LOADING, result=Say.NOTHING, error=None)
            self._read(before=before)

    def seen(self, challenge: Challenge) -> None:
        """Compare with what a poll saw; the text that is being read stays as it is."""
        if self.view.phase is Phase.READY and differs(self._challenge, challenge):
            self._still()
            self._set(phase=Phase.CHANGED, notice=Say.CHANGED_SEEN, notice_at=self._clock.now())
            self._tick()
            self._emit(EventKind.CHANGED)

    def _read(self, before: Challenge | None = None) -> None:
        if not self._watched:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._world.start(self._fetch(before), f"read {self.view.sid}")

    async def _fetch(self, before: Challenge | None) -> None:
        source = self._world.source
        try:
            async with source.speaking_for(self._account) as client:
                challenge = await client.challenge(self.view.sid)
            known = await source.decisions.find(self.view.sid)
        except CountersignError as error:
            if self.view.phase is not Phase.EXPIRED:
                self._couldnt_read(error)
        else:
            self._take(challenge, known, before)

    def _couldnt_read(self, error: CountersignError) -> None:
        ending = endings.of_error(error)
        if ending.phase is not Phase.CLOSED:
            ending = replace(ending, phase=Phase.UNREADABLE, say=Say.UNREADABLE)
        self._end(ending, error)
        self._emit(EventKind.FAILED, code=ending.code)

    def _take(
        self, challenge: Challenge, known: Sequence[Decision], before: Challenge | None
    ) -> None:
        """Show the full text; from here on it is the one that gets signed."""
        as_listed = self._challenge
        self._challenge = challenge
        base = before or as_listed
        moved = challenge.message != base.message
        self._set(
            message=shown(challenge.message),
            message_was=shown(base.message) if before and moved else None,
            rows=compared(before.fields, challenge.fields) if before else rows(challenge.fields),
            asked=challenge.date_created.timestamp(),
            expires=challenge.expiration_date.timestamp(),
        )
        unsettled = next((one for one in known if one.open), None)
        verdict = fate.judge_before(challenge, known, self._clock.now())
        if unsettled is not None:
            self._set(answer=unsettled.answer, suspicious=unsettled.suspicious)
            self._become_unknown(Say.UNKNOWN)
        elif verdict is not None:
            self._set(answer=verdict.status)
            self._end(endings.of_verdict(verdict.error))
        else:
            self._still()
            self._set(phase=Phase.READY)
            changed = before is not None and differs(before, challenge)
            self._guard(everything=moved or not self._chosen, approve=changed)
            self._tick()
            self._emit(EventKind.READY)

    # --- Answering ---------------------------------------------------------------------------

    def answer(self, status: ChallengeStatus, *, suspicious: bool = False) -> None:
        """Answer, if its button is on; from here on both are off, so that two clicks are one."""
        approves = status is ChallengeStatus.APPROVED
        if not (self.view.can_approve if approves else self.view.can_deny):
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
        work = self._send(Answer(status, suspicious=suspicious), slow)
        self._world.start(work, f"answer {self.view.sid}")

    def mark_suspicious(self) -> None:
        """Say that it wasn't the user: denies with that mark, or marks what was denied."""
        if self.view.phase is Phase.DONE and self.view.answer is ChallengeStatus.DENIED:
            self._set(suspicious=True)
        else:
            self.answer(ChallengeStatus.DENIED, suspicious=True)

    def check_now(self) -> None:
        """Ask at once what became of the answer."""
        if self.view.phase is Phase.UNKNOWN:
            self._lookout.look_now()

    async def _send(self, answer: Answer, slow: Timer) -> None:
        try:
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
