"""The accounts of the left column, and how to add one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from sqlalchemy import func, select

from countersign.sandbox import sending
from countersign.sandbox.models import Account, FactorCreation, Service

if TYPE_CHECKING:
    from countersign.sandbox.call import Call

SCHEME = "countersign"
MAX_COMPANIES = 50
"""Companies whose addresses the page has; the control API has them all."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One device that was added."""

    sid: str
    name: str
    identity: str
    status: str
    service: str
    """Its service's name, where there is more than one service; else empty."""
    seen: float | None
    """When it called last, by the sandbox's clock."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """How to add this computer: a link for the app, or a command."""

    link: str
    command: str


@dataclass(frozen=True, slots=True)
class Company:
    """What one account is reached by. Its token isn't there."""

    sid: str
    name: str
    first: bool
    """Whether it is the one that whoever started the sandbox signs in as."""
    services: list[tuple[str, str, str]]
    """Of each service its sid, its name, and where its sample backend gives access tokens."""


@dataclass(frozen=True, slots=True)
class Companies:
    """All of them as far as they are shown, oldest first, and how many there are besides."""

    shown: list[Company]
    more: int


def companies(call: Call) -> Companies:
    """Give what signs in to the API, and where; no secrets."""
    count = call.session.scalar(select(func.count()).select_from(Account)) or 0
    found = list(call.session.scalars(select(Account).order_by(Account.id).limit(MAX_COMPANIES)))
    services: dict[str, list[tuple[str, str, str]]] = {}
    of_these = Service.account_sid.in_([row.sid for row in found])
    for row in call.session.scalars(select(Service).where(of_these).order_by(Service.id)):
        where = f"{call.base}/services/{row.sid}/access-token"
        services.setdefault(row.account_sid, []).append((row.sid, row.friendly_name, where))
    own = call.sandbox.account_sid
    shown = [
        Company(row.sid, row.friendly_name, row.sid == own, services.get(row.sid, []))
        for row in found
    ]
    return Companies(shown, count - len(found))


def account_rows(call: Call) -> list[AccountRow]:
    """Give all accounts, the newest first."""
    services = {row.sid: row.friendly_name for row in call.session.scalars(select(Service))}
    several = len(services) > 1
    return [
        AccountRow(
            sid=row.sid,
            name=row.friendly_name,
            identity=row.identity,
            status=row.status,
            service=services.get(row.service_sid, "") if several else "",
            seen=call.sandbox.seen.last(row.sid),
        )
        for row in reversed(sending.factors(call))
    ]


def invitation(call: Call) -> Invitation:
    """Invite with an ID that nobody has used, as far as that can be known."""
    count = call.session.scalar(select(func.count()).select_from(FactorCreation)) or 0
    backend, identity = f"{call.base}/access-token", f"tester-{count + 1:02}"
    query = urlencode({"backend": backend, "identity": identity})
    return Invitation(
        link=f"{SCHEME}://enroll?{query}",
        command=f"countersign enroll --backend {backend} --identity {identity}",
    )
