"""What the sandbox remembers. Times are whole seconds since 1970 unless a column says otherwise."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,  # noqa: TC002 - SQLAlchemy evaluates the annotations
    mapped_column,
)

# JSON, never JSONB: it keeps the order of members and takes \u0000.
_Json = JSON(none_as_null=True)


class Base(DeclarativeBase):
    """Root of all tables. A change here needs a new version: see `migrations`."""

    # PostgreSQL's INTEGER ends in 2038; SQLite's has 64 bits, and no other type counts up.
    type_annotation_map: ClassVar = {int: BigInteger().with_variant(Integer(), "sqlite")}


class SchemaInfo(Base):
    """One row, for programs of the first version: they refuse what isn't 1. Ours ask Alembic."""

    __tablename__ = "schema_info"
    version: Mapped[int] = mapped_column(primary_key=True)


class Account(Base):
    """A customer of the service, with the token that its backend signs in with."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(String(34), unique=True)
    auth_token: Mapped[str] = mapped_column(String(64))
    friendly_name: Mapped[str] = mapped_column(String(64))


class Dated:
    """Columns that every resource has; `id` gives the order of creation within one second."""

    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(String(34), unique=True)
    account_sid: Mapped[str] = mapped_column(String(34))
    created: Mapped[int]
    updated: Mapped[int]


class Service(Dated, Base):
    """A Verify service."""

    __tablename__ = "services"
    friendly_name: Mapped[str]
    include_date: Mapped[bool]
    apn_credential_sid: Mapped[str | None]
    fcm_credential_sid: Mapped[str | None]


class OfService(Dated):
    """Columns of all that hangs under a service and goes with it."""

    service_sid: Mapped[str] = mapped_column(
        ForeignKey("services.sid", ondelete="CASCADE"), index=True
    )
    identity: Mapped[str]


class AccessToken(OfService, Base):
    """What lets a device create one factor. The token itself lives here: GET shows it again."""

    __tablename__ = "access_tokens"
    token: Mapped[str] = mapped_column(unique=True)
    factor_friendly_name: Mapped[str | None]
    ttl: Mapped[int]
    expires: Mapped[float]
    """With fractions: a token cut to whole seconds would live up to a second too short."""
    used: Mapped[bool]


class Entity(OfService, Base):
    """One user of the company."""

    __tablename__ = "entities"
    __table_args__ = (UniqueConstraint("service_sid", "identity"),)


class OfEntity(OfService):
    """Columns of all that goes with an entity."""

    entity_sid: Mapped[str] = mapped_column(
        ForeignKey("entities.sid", ondelete="CASCADE"), index=True
    )
    meta: Mapped[dict[str, str] | None] = mapped_column(_Json)


class Factor(OfEntity, Base):
    """One device's key."""

    __tablename__ = "factors"
    __table_args__ = (UniqueConstraint("service_sid", "public_key"),)
    friendly_name: Mapped[str]
    status: Mapped[str]
    config: Mapped[dict[str, str | None]] = mapped_column(_Json)
    credential_sid: Mapped[str] = mapped_column(String(34), unique=True)
    public_key: Mapped[bytes]
    """DER of the SubjectPublicKeyInfo."""


class Challenge(OfEntity, Base):
    """One request. `status` is never `expired` here: that is read off the clock."""

    __tablename__ = "challenges"
    __table_args__ = (Index("challenges_by_factor", "factor_sid", "status", "id"),)
    # No foreign key: a challenge outlives its factor, for the company's records (our choice).
    factor_sid: Mapped[str] = mapped_column(String(34))
    details: Mapped[dict[str, object]] = mapped_column(_Json)
    hidden_details: Mapped[dict[str, str] | None] = mapped_column(_Json)
    status: Mapped[str]
    expires: Mapped[int]
    responded: Mapped[int | None]


class FactorCreation(Base):
    """One factor made, kept a day: the limit of 60326 counts those that were deleted, too."""

    __tablename__ = "factor_creations"
    id: Mapped[int] = mapped_column(primary_key=True)
    service_sid: Mapped[str] = mapped_column(
        ForeignKey("services.sid", ondelete="CASCADE"), index=True
    )
    identity: Mapped[str] = mapped_column(index=True)
    created: Mapped[float]


class Notification(Dated, Base):
    """One push message asked for. The sandbox sends none: it counts them."""

    __tablename__ = "notifications"
    challenge_sid: Mapped[str] = mapped_column(
        String(34), ForeignKey("challenges.sid", ondelete="CASCADE"), index=True
    )
    ttl: Mapped[int]
    """Seconds."""


class Webhook(Dated, Base):
    """Where a company hears of what happens in a service."""

    __tablename__ = "webhooks"
    service_sid: Mapped[str] = mapped_column(
        String(34), ForeignKey("services.sid", ondelete="CASCADE"), index=True
    )
    friendly_name: Mapped[str]
    event_types: Mapped[list[str]] = mapped_column(_Json)
    webhook_url: Mapped[str]
    status: Mapped[str] = mapped_column(String(8))
    version: Mapped[str] = mapped_column(String(2))


class Delivery(Base):
    """One event for one webhook, kept as a log when it is done.

    No foreign keys: the log outlives webhooks and services.
    """

    __tablename__ = "deliveries"
    __table_args__ = (Index("deliveries_by_state", "state", "next_at", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36))
    event: Mapped[str] = mapped_column(String(32))
    account_sid: Mapped[str] = mapped_column(String(34))
    service_sid: Mapped[str] = mapped_column(String(34))
    webhook_sid: Mapped[str] = mapped_column(String(34), index=True)
    url: Mapped[str]
    parameters: Mapped[dict[str, str]] = mapped_column(_Json)
    state: Mapped[str] = mapped_column(String(10))
    attempted: Mapped[int]
    """How often it was tried."""
    reason: Mapped[str | None]
    """Why it was given up without, or after, the last attempt."""
    created: Mapped[float]
    next_at: Mapped[float | None]
    """When it is tried next; None once it is done."""
    redelivery_of: Mapped[int | None]


class DeliveryAttempt(Base):
    """One try, and what came of it."""

    __tablename__ = "delivery_attempts"
    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("deliveries.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    at: Mapped[float]
    took_ms: Mapped[int]
    status: Mapped[int | None]
    body: Mapped[str | None]
    """The beginning of the answer."""
    error: Mapped[str | None]
