"""What this device keeps: its accounts (a factor and what belongs to it) and its decisions."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from countersign.push.client import Credentials
from countersign.push.values import FactorStatus

if TYPE_CHECKING:
    from datetime import datetime

    from countersign.push.values import ChallengeStatus, Field


@dataclass(frozen=True, slots=True)
class Account:
    """A factor on this device. Holds no secret: `key_id` names a key in the key store.

    `label` is the local name, `friendly_name` the computer's name at the company.
    `token_offset` is service minus local time in seconds, as the last 401 set it.
    `sign_in_address` is the template of the user's own; `silent_sign_in` and `silent_everything`
    are whether he lets silent approval be turned on at all (design §5): both are off at first.
    """

    sid: str
    account_sid: str
    service_sid: str
    entity_sid: str | None
    identity: str
    friendly_name: str
    label: str
    status: FactorStatus
    credential_sid: str
    key_id: str
    api_url: str
    backend_url: str
    date_created: datetime
    token_offset: float = 0.0
    sign_in_address: str = ""
    silent_sign_in: bool = False
    silent_everything: bool = False

    @property
    def credentials(self) -> Credentials:
        """What the protocol's client must know of it."""
        return Credentials(
            api_url=self.api_url,
            account_sid=self.account_sid,
            service_sid=self.service_sid,
            identity=self.identity,
            factor_sid=self.sid,
            credential_sid=self.credential_sid,
        )

    @property
    def verified(self) -> bool:
        """False while the last step of adding it is still to be done."""
        return self.status is FactorStatus.VERIFIED


class Mode(enum.StrEnum):
    """How an answer came about, as history says it."""

    HAND = "hand"
    COMMAND = "command line"
    SILENT_SIGN_IN = "silent: sign-in from here"
    SILENT_WINDOW = "silent: for a while"


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer to one challenge, from the click to the service's word.

    Open while `server_status` and `error` are both None. `error` holds an error's stable name,
    never its sentence. `id` is made by us; times are UTC.
    """

    id: str
    challenge_sid: str
    factor_sid: str
    message: str
    fields: tuple[Field, ...]
    answer: ChallengeStatus
    mode: Mode
    decided_at: datetime
    suspicious: bool = False
    server_status: ChallengeStatus | None = None
    finished_at: datetime | None = None
    error: str | None = None

    @property
    def open(self) -> bool:
        """True until it is known what became of it."""
        return self.server_status is None and self.error is None

    def finished(
        self, when: datetime, status: ChallengeStatus | None = None, error: str | None = None
    ) -> Decision:
        """Return it completed."""
        return replace(self, server_status=status, error=error, finished_at=when)
