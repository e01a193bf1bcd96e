"""One sandbox: its database, clock, settings, and the account and service it starts with."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from countersign.sandbox.changes import Changes
from countersign.sandbox.clock import Clock
from countersign.sandbox.deliveries_worker import Deliveries
from countersign.sandbox.faults import Faults
from countersign.sandbox.models import AccessToken, Account, Challenge, Delivery, Entity, Service
from countersign.sandbox.models import FactorCreation as Creation
from countersign.sandbox.pacing import Pacer
from countersign.sandbox.sightings import Sightings
from countersign.sandbox.store import THREADS, Store
from countersign.sandbox.traffic import Traffic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.orm import Session

FORGET_AFTER = 3_600
FIRST_NAME = "Countersign sandbox"


def new_sid(prefix: str) -> str:
    """Make a sid of that kind."""
    return prefix + secrets.token_hex(16)


@dataclass(frozen=True, slots=True)
class Settings:
    """What whoever starts the sandbox may choose."""

    hash_identity: bool = True
    """The sample backend stores the SHA-256 of the identity, as the real sample does."""
    strict_authpayload: bool = False
    """Enforce the published 5,456 characters, and refuse challenges whose answer can't fit."""
    forget_after: int = FORGET_AFTER
    """Seconds until an unverified factor is forgotten; the real service takes 1 to 24 hours."""
    max_page_size: int = 1_000
    """The largest PageSize; Twilio's own pages name both 1,000 and 25."""
    webhooks_anywhere: bool = False
    """Deliver webhooks to other machines, too: otherwise whoever may make one could reach into the
    network that the sandbox stands in."""


def _workers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="countersign-sandbox")


@dataclass(slots=True)
class Sandbox:
    """Everything a request needs. Made by `open_sandbox`; `close` it."""

    store: Store
    clock: Clock
    settings: Settings
    account_sid: str
    auth_token: str = field(repr=False)
    service_sid: str
    workers: ThreadPoolExecutor = field(repr=False, default_factory=_workers)
    """The threads that requests are worked on in; they and the pool's connections are as many."""
    changes: Changes = field(repr=False, default_factory=Changes)
    """Bumped after whatever the console shows has changed."""
    deliveries: Deliveries = field(repr=False, default_factory=Deliveries)
    seen: Sightings = field(init=False, repr=False)
    traffic: Traffic = field(repr=False, default_factory=Traffic)
    faults: Faults = field(init=False, repr=False)
    pacer: Pacer = field(init=False, repr=False)
    """Sends a run again at the pace it had."""
    after_change: list[Callable[[], None]] = field(repr=False, default_factory=list)
    """Called in a worker's thread after each committed change; they must not raise."""

    def __post_init__(self) -> None:
        """Connect the parts."""
        self.seen = Sightings(self.changes)
        self.faults = Faults(self.changes.bump)
        self.pacer = Pacer(self.clock, self.changes.bump)

    def changed(self) -> None:
        """Say that something was committed."""
        self.changes.bump()
        for act in tuple(self.after_change):
            act()

    def close(self) -> None:
        """Wait for the work under way, end the threads, and close the database."""
        self.pacer.close()
        self.workers.shutdown()
        self.store.close()

    def reset(self, session: Session, *, everything: bool) -> None:
        """Forget challenges, deliveries and what waits; with `everything` entities and all theirs.

        Accounts, services and webhooks stay: the addresses and sids in use remain valid.
        """
        more = (Entity, AccessToken, Creation) if everything else ()
        for table in (Challenge, Delivery, *more):
            session.execute(delete(table))
        self.pacer.clear()
        if everything:
            self.clock.move(0)
            self.faults.clear()


def open_sandbox(
    *,
    folder: Path | None = None,
    database_url: str | None = None,
    clock: Clock | None = None,
    settings: Settings | None = None,
) -> Sandbox:
    """Open the sandbox kept in a folder or a database, or a new one in memory.

    Raises SandboxError when the database can't be used.
    """
    store = Store(database_url, folder)
    clock = clock or Clock()
    with store.write() as session:
        account = _account(session)
        service = _service(session, account.sid, int(clock.now()))
        return Sandbox(
            store, clock, settings or Settings(), account.sid, account.auth_token, service.sid
        )


def _account(session: Session) -> Account:
    account = session.scalar(select(Account).order_by(Account.id).limit(1))
    return account or make_account(session, FIRST_NAME)


def make_account(session: Session, friendly_name: str) -> Account:
    """Add an account, with a token of its own and no service yet."""
    account = Account(
        sid=new_sid("AC"), auth_token=secrets.token_hex(16), friendly_name=friendly_name
    )
    session.add(account)
    return account


def _service(session: Session, account_sid: str, now: int) -> Service:
    oldest = select(Service).where(Service.account_sid == account_sid).order_by(Service.id)
    service = session.scalar(oldest.limit(1))
    if service is None:
        service = make_service(account_sid, FIRST_NAME, now)
        session.add(service)
    return service


def make_service(account_sid: str, friendly_name: str, now: int) -> Service:
    """Make a service with the defaults of [OAI], not yet in the database."""
    return Service(
        sid=new_sid("VA"),
        account_sid=account_sid,
        friendly_name=friendly_name,
        include_date=False,
        apn_credential_sid=None,
        fcm_credential_sid=None,
        created=now,
        updated=now,
    )
