"""Reading a request: fetching its full text, and following what becomes of it meanwhile."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from countersign.desktop.request import endings
from countersign.desktop.request.rows import compared, differs, rows, shown
from countersign.desktop.request.sightings import Patience, Sighting, compare
from countersign.desktop.request.state import State
from countersign.desktop.request.view import EventKind, Phase, Say
from countersign.device import fate
from countersign.push.errors import CountersignError, KeyStorageError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.desktop.request.ports import Task, World
    from countersign.desktop.request.view import Event
    from countersign.device.inbox import Request
    from countersign.device.records import Decision
    from countersign.push.values import Challenge


_PASSING: Final = (NetworkError, KeyStorageError)


class Reading(State, ABC):
    """The text that is shown. It is never swapped under the reader, and is what gets signed."""

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
        self._look: Task | None = None
        self._patience = Patience()

    @abstractmethod
    def _become_unknown(self, say: Say) -> None:
        """Find out about an answer that history has no end of."""

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
        if self._look is not None:
            self._look.cancel()
        if self._reading is not None and not self.at_work:
            self._reading.cancel()

    def read_again(self) -> None:
        """Fetch the text anew, after a change was seen or reading failed; or unlock the keys."""
        if self.view.phase is Phase.CHANGED:
            self._set(phase=Phase.LOADING, notice=Say.NOTHING)
            self._chosen = False
            self._read(before=self._challenge)
        elif self.view.phase is Phase.UNREADABLE:
            before = None if self.view.rows is None else self._challenge
            self._set(phase=Phase.LOADING, result=Say.NOTHING, error=None)
            self._read(before=before)
        elif self.view.locked:
            self._set(result=Say.UNLOCKING, error=None)
            self._world.start(self._unlock(), "unlock the password store")

    async def _unlock(self) -> None:
        """Have the password store ask; an answer that comes first tells by itself how it went."""
        failed: CountersignError | None = None
        try:
            await self._world.source.keys.check()
        except CountersignError as error:
            failed = error
        if self.view.result is Say.UNLOCKING:
            self._set(result=Say.NOT_TAKEN if failed else Say.NOTHING, error=failed)

    # --- What polls tell ---------------------------------------------------------------------

    def seen(self, challenge: Challenge) -> None:
        """Compare with what a poll saw; the text that is being read stays as it is.

        What couldn't be had for want of a connection or a key is asked for again: both are back.
        """
        if self.view.phase is Phase.UNREADABLE and isinstance(self.view.error, _PASSING):
            self._try_again()
        if self.view.phase is not Phase.READY:
            return
        match compare(self._challenge, challenge):
            case Sighting.SAME:
                self._patience.renew()
            case Sighting.NEWER:
                self._has_changed()
            case Sighting.UNCLEAR:
                self._look_up()
            case Sighting.OLDER:  # that poll began before this text was fetched
                pass

    def missed(self) -> None:
        """Take in that a poll saw all that is pending, and not this one: look what it is."""
        if self.view.phase in {Phase.READY, Phase.CHANGED}:
            self._look_up()

    def _try_again(self) -> None:
        if self._patience.over():
            self._patience.spend()
            self._chosen = False
            self.read_again()

    def _look_up(self) -> None:
        looking = self._look is not None and not self._look.done()
        if not looking and self._patience.over():
            self._look = self._world.start(self._find_out(), f"look at {self.view.sid}")

    async def _find_out(self) -> None:
        """Ask once what became of it; a click that came first is the one that counts."""
        try:
            challenge, known = await self._ask()
        except CountersignError as error:
            if self._may_be_moved() and endings.of_error(error).say is Say.GONE:
                self._couldnt_read(error)
            else:
                self._patience.spend()
            return
        except Exception:  # a bug of ours: it is told elsewhere
            self._patience.spend()
            raise
        if not self._may_be_moved() or self._is_over(challenge, known):
            return
        self._patience.spend()
        newer = compare(self._challenge, challenge) in {Sighting.NEWER, Sighting.UNCLEAR}
        if newer and self.view.phase is Phase.READY:
            self._has_changed()

    def _may_be_moved(self) -> bool:
        return self.view.phase in {Phase.READY, Phase.CHANGED}

    def _has_changed(self) -> None:
        self._still()
        self._set(phase=Phase.CHANGED, notice=Say.CHANGED_SEEN, notice_at=self._clock.now())
        self._tick()
        self._emit(EventKind.CHANGED)

    # --- Fetching ----------------------------------------------------------------------------

    def _read(self, before: Challenge | None = None) -> None:
        if not self._watched:
            return
        for running in (self._reading, self._look):
            if running is not None:
                running.cancel()
        self._look = None
        self._reading = self._world.start(self._fetch(before), f"read {self.view.sid}")

    async def _ask(self) -> tuple[Challenge, Sequence[Decision]]:
        source = self._world.source
        async with source.speaking_for(self._account) as client:
            challenge = await client.challenge(self.view.sid)
        return challenge, await source.decisions.find(self.view.sid)

    async def _fetch(self, before: Challenge | None) -> None:
        try:
            challenge, known = await self._ask()
        except CountersignError as error:
            if self.view.phase is not Phase.EXPIRED:
                self._couldnt_read(error)
        except Exception:  # a bug of ours: it is told elsewhere, and here it may be tried again
            if self.view.phase is not Phase.EXPIRED:
                self._couldnt_read(endings.bug())
            raise
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
        self._patience.renew()
        base = before or as_listed
        moved = challenge.message != base.message
        self._set(
            message=shown(challenge.message),
            message_was=shown(base.message) if before and moved else None,
            rows=compared(before.fields, challenge.fields) if before else rows(challenge.fields),
            asked=challenge.date_created.timestamp(),
            expires=challenge.expiration_date.timestamp(),
        )
        if self._is_over(challenge, known):
            return
        self._still()
        self._set(phase=Phase.READY)
        changed = before is not None and differs(before, challenge)
        self._guard(everything=moved or not self._chosen, approve=changed)
        self._tick()
        self._emit(EventKind.READY)

    def _is_over(self, challenge: Challenge, known: Sequence[Decision]) -> bool:
        """Show what ended it already, if something did; history knows which answer was ours."""
        unsettled = next((one for one in known if one.open), None)
        if unsettled is not None:
            self._set(answer=unsettled.answer, suspicious=unsettled.suspicious)
            self._become_unknown(Say.UNKNOWN)
            return True
        now = self._clock.now()
        verdict = fate.judge_before(challenge, known, now)
        if verdict is None:
            return False
        ending = endings.of_verdict(verdict.error)
        # One may be made to expire before its time.
        ended = min(now, challenge.expiration_date.timestamp())
        self._set(answer=verdict.status, expires=ended if _expired(ending) else self.view.expires)
        self._end(ending)
        if ending.say is Say.ALREADY_ANSWERED and verdict.status is not None:
            self._emit(EventKind.CONFIRMED, status=verdict.status.value)
        elif not _expired(ending):
            self._emit(EventKind.FAILED, code=ending.code)
        return True


def _expired(ending: endings.Ending) -> bool:
    return ending.phase is Phase.EXPIRED
