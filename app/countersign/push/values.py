"""What the Verify API says of factors and challenges, parsed once, frozen, bounded."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from countersign.push import strict_json
from countersign.push.dates import parse_date
from countersign.push.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# Wider than ^XX[0-9a-f]{32}$, since the SDKs' own test bodies carry "challengeSid"; narrow enough
# to stand in a URL path, on a terminal and in a file as it is.
_SID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_MAX_MESSAGE = 4096  # 256 by the API; a foreign server may send more, never without bound
_MAX_TEXT = 4096
_MAX_FIELDS = 100  # 20 by the API

_T = TypeVar("_T")


class ChallengeStatus(enum.StrEnum):
    """A challenge's state as the API names it."""

    PENDING = "pending"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"


class FactorStatus(enum.StrEnum):
    """A factor's state as the API names it."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Field:
    """One label and value that the company shows."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor as the service describes it; `credential_sid` is None where it leaves that out."""

    sid: str
    account_sid: str
    service_sid: str
    identity: str
    friendly_name: str
    status: FactorStatus
    date_created: datetime
    credential_sid: str | None
    entity_sid: str | None


@dataclass(frozen=True, slots=True)
class Challenge:
    """A challenge and the body that it was read from.

    `members` holds each top-level value's exact JSON text: that is what gets signed, never a
    value that was parsed and written again. `signature_fields` is None for an item of a list,
    which therefore can't be answered (protocol.md §0.4). Text is as it came: untrusted.
    """

    sid: str
    factor_sid: str
    status: ChallengeStatus
    message: str
    fields: tuple[Field, ...]
    date_created: datetime
    expiration_date: datetime
    members: Mapping[str, msgspec.Raw]
    signature_fields: tuple[str, ...] | None = None
    service_sid: str | None = None

    @property
    def hidden_details(self) -> dict[str, str]:
        """What the company sent for the app alone, never shown; empty where there is none."""
        try:
            return msgspec.json.decode(
                self.members.get("hidden_details", b"{}"), type=dict[str, str]
            )
        except msgspec.DecodeError:
            return {}


def is_sid(text: str, prefix: str) -> bool:
    """Tell whether a text is a sid of this kind, `^XX[0-9a-fA-F]{32}$` (Twilio's OpenAPI)."""
    return re.fullmatch(prefix + "[0-9a-fA-F]{32}", text) is not None


class _Field(msgspec.Struct):
    label: str
    value: str


class _Details(msgspec.Struct):
    message: str
    fields: list[_Field] | None = None


class _Challenge(msgspec.Struct):
    sid: str
    factor_sid: str
    status: ChallengeStatus
    details: _Details
    date_created: str
    expiration_date: str
    service_sid: str | None = None


class _Config(msgspec.Struct):
    credential_sid: str | None = None


class _Factor(msgspec.Struct):
    sid: str
    account_sid: str
    service_sid: str
    identity: str
    friendly_name: str
    status: FactorStatus
    date_created: str
    config: _Config | None = None
    entity_sid: str | None = None


def parse_factor(body: bytes) -> Factor:
    """Read a factor; raises MappingError where the body isn't one."""
    strict_json.check(body)
    wire = _decode(body, _Factor)
    _require_sids(wire.sid, wire.account_sid, wire.service_sid)
    credential = wire.config.credential_sid if wire.config else None
    if credential is not None:
        _require_sids(credential)
    return Factor(
        sid=wire.sid,
        account_sid=wire.account_sid,
        service_sid=wire.service_sid,
        identity=_bounded(wire.identity, _MAX_TEXT),
        friendly_name=_bounded(wire.friendly_name, _MAX_TEXT),
        status=wire.status,
        date_created=_date(wire.date_created),
        credential_sid=credential,
        entity_sid=wire.entity_sid,
    )


def parse_challenge(
    body: bytes, signature_fields: str | None = None, *, checked: bool = False
) -> Challenge:
    """Read a challenge; `signature_fields` is the header Twilio-Verify-Signature-Fields.

    `checked`: the body is part of one that passed `strict_json.check`, as an item of a list is.

    Raises MappingError where the body isn't one, or the header can't be trusted to sign what is
    shown: it must name sid, factor_sid and details, and nothing that the body lacks.
    """
    members = strict_json.members(body, checked=checked)
    wire = _decode(body, _Challenge)
    _require_sids(wire.sid, wire.factor_sid)
    fields = wire.details.fields or []
    if len(fields) > _MAX_FIELDS:
        raise _bad("more fields than can be shown")
    return Challenge(
        sid=wire.sid,
        factor_sid=wire.factor_sid,
        status=wire.status,
        message=_bounded(wire.details.message, _MAX_MESSAGE),
        fields=tuple(
            Field(_bounded(f.label, _MAX_TEXT), _bounded(f.value, _MAX_TEXT)) for f in fields
        ),
        date_created=_date(wire.date_created),
        expiration_date=_date(wire.expiration_date),
        members=members,
        signature_fields=_signature_fields(signature_fields, members),
        service_sid=wire.service_sid,
    )


def _signature_fields(header: str | None, members: Mapping[str, Any]) -> tuple[str, ...] | None:
    if header is None:
        return None
    names = tuple(name.strip() for name in header.split(","))
    if len(set(names)) != len(names) or not set(names) <= set(members):
        raise _bad("a list of signed fields that doesn't fit its body")
    if not {"sid", "factor_sid", "details"} <= set(names):
        raise _bad("a signature that wouldn't cover what is shown")
    return names


def _decode(body: bytes, kind: type[_T]) -> _T:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, ValueError) as error:
        # The library's message may quote a value; only its kind of trouble is of use to a user.
        raise _bad("parts missing or of the wrong kind") from error


def _require_sids(*sids: str) -> None:
    if not all(_SID.fullmatch(sid) for sid in sids):
        raise _bad("an id that isn't one")


def _bounded(text: str, limit: int) -> str:
    if len(text) > limit:
        raise _bad("a text that is too long to show")
    return text


def _date(text: str) -> datetime:
    try:
        return parse_date(text)
    except ValueError as error:
        raise _bad("a date that isn't one") from error


def _bad(what: str) -> MappingError:
    return MappingError("bad_answer", f"The service's answer has {what}, so it wasn't used.")
