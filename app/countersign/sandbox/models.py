"""What the sandbox remembers. Times are whole seconds since 1970 unless a column says otherwise."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,  # noqa: TC002 - SQLAlchemy evaluates the annotations
    mapped_column,
)

SCHEMA_VERSION = 1

# JSON, never JSONB: it keeps the order of members and takes \u0000.
_Json = JSON(none_as_null=True)


class Base(DeclarativeBase):
    """Root of all tables."""


class SchemaInfo(Base):
    """The one row that says which version wrote this database."""

    __tablename__ = "schema_info"
    version: Mapped[int] = mapped_column(primary_key=True)


class Account(Base):
    """A customer of the service, with the token that its backend signs in with."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    sid: Mapped[str] = mapped_column(String(34), unique=True)
    auth_token: Mapped[str] = mapped_column(String(64))


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
