"""What the commands show of accounts, requests and decisions: as JSON, and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from countersign.cli.output import RawJson
from countersign.device.key_ids import in_hardware
from countersign.device.plain_text import visible
from countersign.push.address import host_of
from countersign.push.dates import format_date
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from countersign.device.records import Account, Decision
    from countersign.push.values import Challenge

_HIDDEN: Final = "hidden_details"
_WORDS: Final = {
    ChallengeStatus.PENDING: "waiting",
    ChallengeStatus.APPROVED: "approved",
    ChallengeStatus.DENIED: "denied",
    ChallengeStatus.EXPIRED: "expired",
}


def account_document(account: Account) -> dict[str, Any]:
    """Return an account with the Verify API's keys, `label` being the local name."""
    return {
        "sid": account.sid,
        "account_sid": account.account_sid,
        "service_sid": account.service_sid,
        "entity_sid": account.entity_sid,
        "identity": account.identity,
        "friendly_name": account.friendly_name,
        "label": account.label,
        "status": account.status.value,
        "factor_type": "push",
        "date_created": format_date(account.date_created),
        "api_url": account.api_url,
        "backend_url": account.backend_url,
        "key_in_hardware": in_hardware(account.key_id),
    }


def challenge_document(challenge: Challenge, *, raw: bool = False) -> RawJson:
    """Return a challenge's body value for value; hidden details only if `raw`."""
    members = [
        b'"' + _escaped(name) + b'": ' + bytes(value)
        for name, value in challenge.members.items()
        if raw or name != _HIDDEN
    ]
    return RawJson(b"{" + b", ".join(members) + b"}")


def decision_document(decision: Decision) -> dict[str, Any]:
    """Return a decision with the keys of the contract (design §3)."""
    return {
        "challenge_sid": decision.challenge_sid,
        "factor_sid": decision.factor_sid,
        "message": decision.message,
        "answer": decision.answer.value,
        "mode": decision.mode.value,
        "suspicious": decision.suspicious,
        "decided_at": format_date(decision.decided_at),
        "server_status": decision.server_status.value if decision.server_status else None,
        "error": decision.error,
    }


def account_lines(account: Account) -> Iterable[str]:
    """Yield an account as people read it."""
    yield visible(account.label)
    yield f"  {account.sid}" + ("" if account.verified else "  Not finished")
    yield f"  Address: {host_of(account.backend_url)}"
    yield f"  Your ID there: {visible(account.identity)}"
    yield f"  Name of this computer: {visible(account.friendly_name)}"
    if in_hardware(account.key_id):
        yield "  Key: in this computer's TPM"


def challenge_lines(challenge: Challenge, account: Account, now: float) -> Iterable[str]:
    """Yield a request as people read it: what the company says apart from what we know.

    `now` is POSIX seconds on the service's clock.
    """
    yield visible(challenge.message)
    if challenge.fields:
        yield f"  What {visible(account.label)} says:"
    for field in challenge.fields:
        yield f"    {visible(field.label)}: {visible(field.value)}"
    if not challenge.fields:
        yield f"  {visible(account.label)} gave no details."
    yield (
        f"  Asked {clock_time(challenge.date_created)}, "
        f"expires {clock_time(challenge.expiration_date)} ({time_left(challenge, now)})"
    )
    yield f"  {visible(account.label)}, {host_of(account.backend_url)}"
    yield f"  {challenge.sid}"


def time_left(challenge: Challenge, now: float) -> str:
    """Return what there is to say of a request's time, or what became of it."""
    if challenge.status is not ChallengeStatus.PENDING:
        return _WORDS[challenge.status]
    seconds = int(challenge.expiration_date.timestamp() - now)
    if seconds <= 0:
        return "expired"
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes} min {seconds} s left" if minutes else f"{seconds} s left"


def clock_time(when: datetime) -> str:
    """Return a time of day here, with its date where that isn't today's."""
    local = when.astimezone()
    today = local.now(local.tzinfo).date()
    return local.strftime("%H:%M:%S" if local.date() == today else "%Y-%m-%d %H:%M:%S")


def _escaped(name: str) -> bytes:
    from countersign.cli.output import to_json  # noqa: PLC0415 - only its text is wanted

    return to_json(name)[1:-1].encode()
