"""Marking a denial of before as "it wasn't me": in history first, then at the service."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from countersign.push.errors import CountersignError, InputError
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from countersign.device.device import Device
    from countersign.device.records import Account, Decision
    from countersign.push.values import Challenge

SUSPICIOUS: Final = '{"reason":"suspicious"}'
"""Metadata that tells the company: a JSON object of strings, 1,024 characters at most."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark that history has.

    `before`: it had it already, so nobody was told now. `error` is why the service couldn't be
    told; `challenge` is its word where it was, as far as that could be read.
    """

    before: bool = False
    error: CountersignError | None = None
    challenge: Challenge | None = None

    @property
    def told(self) -> bool:
        """Whether the service took it just now."""
        return not self.before and self.error is None


def denied(decision: Decision, factor_sid: str) -> bool:
    """Tell whether an answer is a denial by this factor here, which the service confirmed."""
    confirmed = decision.server_status is ChallengeStatus.DENIED and decision.error is None
    return confirmed and decision.factor_sid == factor_sid


def can_mark(decision: Decision) -> bool:
    """Tell whether an answer is such a denial, and not marked yet."""
    return denied(decision, decision.factor_sid) and not decision.suspicious


async def mark(device: Device, factor_sid: str, challenge_sid: str) -> Mark:
    """Mark this device's denial of a challenge, and tell the service by its Metadata alone.

    The mark stays whether or not the service could be told, and is sent once at most: where it
    couldn't be, it isn't tried again. Raises InputError (`no_denial`) where history has no such
    denial, and StorageError where the mark couldn't be kept; then nothing was sent.
    """
    found = await device.decisions.find(challenge_sid)
    denials = [one for one in found if denied(one, factor_sid)]
    if not denials:
        raise InputError("no_denial", "History here has no denial of this request.")
    account = await device.accounts.get(factor_sid)
    if not await device.decisions.mark_suspicious(denials[-1].id):
        return Mark(before=True)
    try:
        return Mark(challenge=await _tell(device, account, challenge_sid))
    except CountersignError as error:
        _log.info("the service wasn't told of a suspicious request: %s", error.name)
        return Mark(error=error)


async def _tell(device: Device, account: Account | None, challenge_sid: str) -> Challenge | None:
    if account is None:
        raise InputError("account_removed", "The account was removed from this computer.")
    async with device.speaking_for(account) as client:
        return await client.annotate(challenge_sid, SUSPICIOUS)
