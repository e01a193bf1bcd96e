"""The tables as the first version made them, all at once and without Alembic."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _dated() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sid", sa.String(34), nullable=False, unique=True),
        sa.Column("account_sid", sa.String(34), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
    ]


def _service_sid() -> sa.Column[str]:
    parent = sa.ForeignKey("services.sid", ondelete="CASCADE")
    return sa.Column("service_sid", sa.String(34), parent, nullable=False, index=True)


def _identity(*, index: bool = False) -> sa.Column[str]:
    return sa.Column("identity", sa.String(), nullable=False, index=index)


def _of_entity() -> list[sa.Column[Any]]:
    parent = sa.ForeignKey("entities.sid", ondelete="CASCADE")
    return [
        *_dated(),
        _service_sid(),
        _identity(),
        sa.Column("entity_sid", sa.String(34), parent, nullable=False, index=True),
        sa.Column("meta", sa.JSON()),
    ]


def upgrade() -> None:
    """Make the tables."""
    op.create_table("schema_info", sa.Column("version", sa.Integer(), primary_key=True))
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("sid", sa.String(34), nullable=False, unique=True),
        sa.Column("auth_token", sa.String(64), nullable=False),
    )
    _services_and_entities()
    _factors_and_challenges()
    op.bulk_insert(sa.table("schema_info", sa.column("version", sa.Integer())), [{"version": 1}])


def _services_and_entities() -> None:
    op.create_table(
        "services",
        *_dated(),
        sa.Column("friendly_name", sa.String(), nullable=False),
        sa.Column("include_date", sa.Boolean(), nullable=False),
        sa.Column("apn_credential_sid", sa.String()),
        sa.Column("fcm_credential_sid", sa.String()),
    )
    op.create_table(
        "access_tokens",
        *_dated(),
        _service_sid(),
        _identity(),
        sa.Column("token", sa.String(), nullable=False, unique=True),
        sa.Column("factor_friendly_name", sa.String()),
        sa.Column("ttl", sa.Integer(), nullable=False),
        sa.Column("expires", sa.Double(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "entities",
        *_dated(),
        _service_sid(),
        _identity(),
        sa.UniqueConstraint("service_sid", "identity"),
    )


def _factors_and_challenges() -> None:
    op.create_table(
        "factors",
        *_of_entity(),
        sa.Column("friendly_name", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("credential_sid", sa.String(34), nullable=False, unique=True),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("service_sid", "public_key"),
    )
    op.create_table(
        "challenges",
        *_of_entity(),
        sa.Column("factor_sid", sa.String(34), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("hidden_details", sa.JSON()),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("expires", sa.Integer(), nullable=False),
        sa.Column("responded", sa.Integer()),
        sa.Index("challenges_by_factor", "factor_sid", "status", "id"),
    )
    op.create_table(
        "factor_creations",
        sa.Column("id", sa.Integer(), primary_key=True),
        _service_sid(),
        _identity(index=True),
        sa.Column("created", sa.Double(), nullable=False),
    )
