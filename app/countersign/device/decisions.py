"""Answering: written down before it is sent, confirmed by the service, never sent twice.

The order of an answer: the challenge as it was shown is checked against the clock; the decision
is written to history, where one open decision a challenge is all that fits; it is signed and
sent; the service's word completes it. Whatever leaves its fate open is asked about, by GET only.
"""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from countersign.device import fate, sending, suspicion
from countersign.device.permit import guarded
from countersign.device.policy import check_answer
from countersign.device.records import Decision, Mode
from countersign.push.confirm import confirms
from countersign.push.errors import (
    AnswerLostError,
    ApiError,
    CountersignError,
    MappingError,
    StorageError,
)
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.device import Device
    from countersign.device.inbox import Request
    from countersign.device.permit import Permit
    from countersign.device.suspicion import Mark
    from countersign.push.client import FactorClient
    from countersign.push.values import Challenge

_SECOND_LOOK: Final = 2.0
_NEAR: Final = 0.05
_STILL_AT_WORK: Final = timedelta(minutes=2)
_NOT_FOUND: Final = 404
_SERVER_TROUBLE: Final = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What the user decided and how; `status` is approved or denied."""

    status: ChallengeStatus
    mode: Mode = Mode.HAND
    suspicious: bool = False
    permit: Permit | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A confirmed answer: what history has of it, and the challenge as the service shows it."""

    decision: Decision
    challenge: Challenge


class Decisions:
    """Answers requests, and finds out about answers whose fate was left open.

    `second_look` is how long, in seconds, a service that may still be at work on an answer is
    given before "pending" is taken to mean that the answer never arrived.
    """

    def __init__(self, device: Device, *, second_look: float = _SECOND_LOOK) -> None:
        self._device = device
        self._second_look = second_look
        self._in_flight: set[str] = set()
        self._marking: set[asyncio.Task[Mark]] = set()

    async def answer(self, request: Request, answer: Answer) -> Answered:
        """Answer a request exactly as `inbox.find` fetched it, and return what is confirmed.

        Raises DecisionError where it wasn't taken as wanted, UnknownFateError where that isn't
        known yet, AlreadyDecidingError and StorageError before anything is sent, PolicyError where
        the company's policy stands against it, and what FactorClient's calls raise.
        """
        check_answer(self._device.policy, answer.status, pin_set=self._device.pin.is_set)
        async with self._device.speaking_for(request.account) as client:
            await self._check(request.challenge, answer.status, client.clock.now())
            decision = _new_decision(request, answer)
            self._in_flight.add(decision.id)
            try:
                await self._device.decisions.begin(decision)
                sender = guarded(self._device, request.account, client, answer.permit)
                return await self._send(client, sender, request.challenge, decision)
            finally:
                self._in_flight.discard(decision.id)

    async def mark_suspicious(self, factor_sid: str, challenge_sid: str) -> Mark:
        """Mark a denial of before as asked for by somebody else; see `suspicion.mark`.

        It goes on where its caller is cancelled, since the service is told now or never.
        """
        work = asyncio.create_task(suspicion.mark(self._device, factor_sid, challenge_sid))
        self._marking.add(work)
        work.add_done_callback(self._marking.discard)
        return await asyncio.shield(work)

    async def idle(self) -> None:
        """Wait until nothing is on its way: for an end that leaves none to be looked up later."""
        while self._in_flight or self._marking:  # noqa: ASYNC110 - bounded by HTTP, at the app's end
            await asyncio.sleep(_NEAR)

    async def settle(self) -> Sequence[Decision]:
        """Ask about each answer that a crash or a lost connection left open.

        Returns those whose fate is known now; the others stay open for the next time.
        """
        waiting = await self._device.decisions.unresolved()
        ours = [decision for decision in waiting if decision.id not in self._in_flight]
        outcomes = await asyncio.gather(
            *(self._settle(decision) for decision in ours), return_exceptions=True
        )
        for outcome in outcomes:  # by now none is still at work
            if isinstance(outcome, BaseException):
                raise outcome
        return [one for one in outcomes if isinstance(one, Decision) and not one.open]

    async def _check(self, challenge: Challenge, answer: ChallengeStatus, now: float) -> None:
        """Refuse what surely can't be answered, without asking the service."""
        known = await self._device.decisions.find(challenge.sid)
        verdict = fate.judge_before(challenge, known, now)
        if verdict is not None:
            raise fate.explain(verdict, answer)
        if challenge.signature_fields is None:
            raise MappingError(
                "no_signature_fields",
                "The service didn't say what to sign, so this request can't be answered.",
                "Tell whoever gave you this account.",
            )

    async def _send(
        self, client: FactorClient, sender: FactorClient, challenge: Challenge, decision: Decision
    ) -> Answered:
        try:
            said = await sending.post(sender, challenge, decision)
        except (AnswerLostError, MappingError):
            return await self._look(client, decision, challenge)
        except ApiError as error:
            return await self._refused(client, challenge, decision, error)
        except CountersignError as error:  # it never left this computer
            await self._finish(decision, fate.Verdict(None, error.name))
            raise
        if said is not None and confirms(challenge, said, decision.answer):
            return Answered(await self._finish(decision, fate.Verdict(said.status)), said)
        return await self._look(client, decision, challenge)

    async def _refused(
        self, client: FactorClient, challenge: Challenge, decision: Decision, error: ApiError
    ) -> Answered:
        """Find out why the service refused; one GET, and never a second answer."""
        if error.status >= _SERVER_TROUBLE:  # it may have taken it and failed afterwards
            return await self._look(client, decision, challenge)
        verdict = None
        if error.name in {"already_answered", "expired", "signature_refused"}:
            verdict = await self._verdict_on_refusal(client, challenge, decision, error)
        await self._finish(decision, verdict or fate.Verdict(None, error.name))
        raise error if verdict is None else fate.explain(verdict, decision.answer) from error

    async def _verdict_on_refusal(
        self, client: FactorClient, challenge: Challenge, decision: Decision, error: ApiError
    ) -> fate.Verdict | None:
        try:
            seen = await client.challenge(challenge.sid)
        except CountersignError:
            # The refusal itself is certain; what lies behind it can't be seen now.
            return fate.Verdict(ChallengeStatus.EXPIRED, "expired") if _expired(error) else None
        others = [
            other
            for other in await self._device.decisions.find(challenge.sid)
            if other.id != decision.id
        ]
        return fate.judge_refusal(seen, challenge, others)

    async def _look(
        self, client: FactorClient, decision: Decision, asked: Challenge | None
    ) -> Answered:
        """Find out by GET alone what became of an answer, and complete it or leave it open."""
        try:
            seen = await client.challenge(decision.challenge_sid)
            if seen.status is ChallengeStatus.PENDING and _recent(decision):
                await asyncio.sleep(self._second_look)
                seen = await client.challenge(decision.challenge_sid)
        except ApiError as error:
            if error.status != _NOT_FOUND:
                raise sending.unknown(decision) from error
            await self._finish(decision, fate.Verdict(None, "not_found"))
            raise
        except CountersignError as error:
            raise sending.unknown(decision) from error
        verdict = fate.judge(decision, seen, asked)
        finished = await self._finish(decision, verdict)
        if verdict.error is not None:
            raise fate.explain(verdict, decision.answer)
        return Answered(finished, seen)

    async def _settle(self, decision: Decision) -> Decision:
        account = await self._device.accounts.get(decision.factor_sid)
        if account is None:
            return await self._finish(decision, fate.Verdict(None, "account_removed"))
        try:
            async with self._device.speaking_for(account) as client:
                return (await self._look(client, decision, None)).decision
        except StorageError:
            raise
        except CountersignError:
            # Concluded against the user's wish, or still open: either way the log knows which.
            found = await self._device.decisions.find(decision.challenge_sid)
            return next((known for known in found if known.id == decision.id), decision)

    async def _finish(self, decision: Decision, verdict: fate.Verdict) -> Decision:
        finished = decision.finished(datetime.now(UTC), verdict.status, verdict.error)
        await self._device.decisions.finish(finished)
        return finished


def _new_decision(request: Request, answer: Answer) -> Decision:
    return Decision(
        id=uuid.uuid4().hex,
        challenge_sid=request.challenge.sid,
        factor_sid=request.account.sid,
        message=request.challenge.message,
        fields=request.challenge.fields,
        answer=answer.status,
        mode=answer.mode,
        decided_at=datetime.now(UTC),
        suspicious=answer.suspicious,
    )


def _recent(decision: Decision) -> bool:
    """Tell whether the service may still be at work on an answer."""
    return datetime.now(UTC) - decision.decided_at < _STILL_AT_WORK


def _expired(error: ApiError) -> bool:
    return error.name == "expired"
