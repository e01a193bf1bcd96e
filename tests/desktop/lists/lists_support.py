"""Accounts, requests and answers to fill the lists with; one clock that stands still."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from countersign.device.inbox import AccountView, Request
from countersign.device.polling import Watch
from countersign.device.records import Account, Decision, Mode
from countersign.push.values import Challenge, ChallengeStatus, FactorStatus, Field

if TYPE_CHECKING:
    from collections.abc import Sequence

START = datetime(2026, 3, 2, 17, 40, 4, tzinfo=UTC)  # 23:10:04 in the tests' time zone
NOW = START.timestamp()
APPROVED, DENIED = ChallengeStatus.APPROVED, ChallengeStatus.DENIED


def now() -> float:
    """Return the time of all tests of the lists."""
    return NOW


def account(number: int = 1, label: str = "Northwind Bank", *, verified: bool = True) -> Account:
    """Return an account; a higher number was added later."""
    return Account(
        sid=f"YF{number:032d}",
        account_sid="AC" + "a" * 32,
        service_sid="VA" + "b" * 32,
        entity_sid=None,
        identity="0b5b4f6e-7a35",
        friendly_name="Linux computer",
        label=label,
        status=FactorStatus.VERIFIED if verified else FactorStatus.UNVERIFIED,
        credential_sid="CR" + "c" * 32,
        key_id="key",
        api_url="https://verify.example/v2",
        backend_url="https://auth.northwind.example/access-token",
        date_created=START + timedelta(seconds=number),
    )


def sid_of(number: int) -> str:
    """Return the sid of a request by its number."""
    return f"YC{number:032d}"


def request(  # noqa: PLR0913 - what a row shows
    number: int = 1,
    message: str = "Sign in to Northwind",
    fields: Sequence[str] = ("Berlin", "203.0.113.24"),
    *,
    age: float = 0,
    life: float = 300,
    of: Account | None = None,
) -> Request:
    """Return a request that was made `age` seconds ago."""
    of = of or account()
    created = START - timedelta(seconds=age)
    return Request(
        of,
        Challenge(
            sid=sid_of(number),
            factor_sid=of.sid,
            status=ChallengeStatus.PENDING,
            message=message,
            fields=tuple(Field("Label", value) for value in fields),
            date_created=created,
            expiration_date=created + timedelta(seconds=life),
            members={},
        ),
    )


def requests(numbers: Sequence[int]) -> list[Request]:
    """Return requests of which a higher number is newer."""
    return [request(number, f"Message {number}", age=20_000 - number) for number in numbers]


def watch(of: Account, pending: int = 0) -> Watch:
    """Return what a poll left of an account."""
    return Watch(of, AccountView(of, (request(of=of),) * pending))


def decision(  # noqa: PLR0913 - what a row shows
    number: int = 1,
    answer: ChallengeStatus = APPROVED,
    *,
    message: str = "Sign in to Northwind",
    age: float = 0,
    of: Account | None = None,
    status: ChallengeStatus | None = APPROVED,
    error: str | None = None,
    mode: Mode = Mode.HAND,
    suspicious: bool = False,
) -> Decision:
    """Return an answer that was given `age` seconds ago."""
    return Decision(
        id=f"decision-{number}",
        challenge_sid=sid_of(number),
        factor_sid=(of or account()).sid,
        message=message,
        fields=(Field("Location", "Berlin"),),
        answer=answer,
        mode=mode,
        decided_at=START - timedelta(seconds=age),
        suspicious=suspicious,
        server_status=status,
        error=error,
    )
