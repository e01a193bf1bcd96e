"""Who asks in the screenshots, and what; all invented, at addresses reserved for examples."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from countersign.device.records import Account, Decision, Mode
from countersign.push.values import ChallengeStatus, FactorStatus, Field
from tests.screenshots.frozen import START

if TYPE_CHECKING:
    from collections.abc import Sequence

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """A request as a scene sends it: seconds of age and of life."""

    message: str
    fields: Fields = ()
    age: float = 0
    life: float = 300

    @property
    def details(self) -> dict[str, Any]:
        """The challenge's member of that name."""
        fields = [{"label": label, "value": value} for label, value in self.fields]
        return {"message": self.message, "fields": fields}


def _sid(prefix: str, number: int) -> str:
    return prefix + hashlib.sha256(f"{prefix}{number}".encode()).hexdigest()[:32]


def account(number: int, label: str, host: str) -> Account:
    """Return an account that was added some weeks ago."""
    return Account(
        sid=_sid("YF", number),
        account_sid=_sid("AC", 0),
        service_sid=_sid("VA", number),
        entity_sid=_sid("YE", number),
        identity=f"{number}b5b4f6e-7a35-4c1d-9e0f",
        friendly_name="Linux computer",
        label=label,
        status=FactorStatus.VERIFIED,
        credential_sid=_sid("CR", number),
        key_id=f"key-{number}",
        api_url="https://verify.example/v2",
        backend_url=f"https://{host}/access-token",
        date_created=datetime.fromtimestamp(START, UTC) - timedelta(days=40 - number),
    )


NORTHWIND = account(1, "Northwind Bank", "auth.northwind.example")
ACME = account(2, "Acme Payroll", "login.acme.example")
STAGING = account(3, "Staging", "staging.example")
ALL = (NORTHWIND, ACME, STAGING)

SIGN_IN = Asked(
    "Sign in to Northwind online banking",
    (
        ("Location", "Berlin, Germany"),
        ("IP address", "203.0.113.24"),
        ("Device", "Firefox 144 on Linux"),
    ),
    age=8,
)
TRANSFER = Asked(
    "Transfer € 1,250.00 to M. Weber", (("IBAN", "DE89 3704 0044 0532 0130 00"),), age=79
)
PAYROLL = Asked(
    "Approve payroll run for March",
    (("Employees", "214 employees"), ("Sum", "€ 482,110.00")),
    age=202,
)
PLAIN = Asked("Sign in to Northwind online banking", age=8)
MANY = Asked(
    "Sign in to Northwind online banking",
    (
        *SIGN_IN.fields,
        ("Purpose", "Opening the account statement of February and downloading it as a file"),
        *((f"Reference {number}", f"NW-2026-{4711 + number}") for number in range(1, 13)),
    ),
    age=8,
)
LONG = Asked(
    "Confirm the standing order of € 12,480.00 a month to Donaudampfschifffahrtsgesellschaft, "
    "beginning on 1 April and ending when you cancel it, for the purpose given below",
    (
        (
            "What the money is for, as you wrote it",
            "Rent of the warehouse at Hafenstraße 12 with heating, water and the insurance",
        ),
        ("Checksum", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ),
    age=8,
)
HURRY = Asked(SIGN_IN.message, SIGN_IN.fields, age=278)
CHANGED = Asked(
    SIGN_IN.message,
    (SIGN_IN.fields[0], ("IP address", "198.51.100.77"), SIGN_IN.fields[2]),
    age=8,
)


def _answered(  # noqa: PLR0913 - a row of the table below
    number: int,
    of: Account,
    asked: Asked,
    hours: float,
    answer: ChallengeStatus = ChallengeStatus.APPROVED,
    *,
    status: ChallengeStatus | None = None,
    mode: Mode = Mode.HAND,
    error: str | None = None,
    suspicious: bool = False,
) -> Decision:
    when = datetime.fromtimestamp(START, UTC) - timedelta(hours=hours)
    return Decision(
        id=f"decision-{number}",
        challenge_sid=f"YC{1000 + number:032x}",
        factor_sid=of.sid,
        message=asked.message,
        fields=tuple(Field(*field) for field in asked.fields),
        answer=answer,
        mode=mode,
        decided_at=when,
        suspicious=suspicious,
        server_status=None if error else status or answer,
        finished_at=when + timedelta(seconds=1),
        error=error,
    )


def history() -> Sequence[Decision]:
    """Return a week of answers, one of each kind among them."""
    denied = ChallengeStatus.DENIED
    return (
        _answered(1, NORTHWIND, SIGN_IN, 0.4),
        _answered(2, ACME, PAYROLL, 3.1),
        _answered(3, NORTHWIND, SIGN_IN, 5.5, denied, suspicious=True),
        _answered(4, NORTHWIND, TRANSFER, 24.2, mode=Mode.COMMAND),
        _answered(5, STAGING, Asked("Sign in to staging"), 26.0, mode=Mode.SILENT_SIGN_IN),
        _answered(6, STAGING, Asked("Sign in to staging"), 26.1, mode=Mode.SILENT_WINDOW),
        _answered(7, ACME, PAYROLL, 50.0, error="expired"),
        _answered(8, NORTHWIND, SIGN_IN, 75.0, error="not_arrived"),
        _answered(9, NORTHWIND, TRANSFER, 99.0, denied),
    )
