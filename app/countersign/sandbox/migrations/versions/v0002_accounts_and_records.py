"""Accounts have names, PostgreSQL gets wider numbers, and what happens is put on record."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_Int = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_WIDER = {
    "schema_info": ("version",),
    "accounts": ("id",),
    "services": ("id", "created", "updated"),
    "access_tokens": ("id", "created", "updated", "ttl"),
    "entities": ("id", "created", "updated"),
    "factors": ("id", "created", "updated"),
    "challenges": ("id", "created", "updated", "expires", "responded"),
    "factor_creations": ("id",),
}


def upgrade() -> None:
    """Bring version 1 to this one."""
    if op.get_context().dialect.name == "postgresql":
        _widen()
    # Programs of the first version look here and nowhere else, and refuse what isn't theirs.
    op.execute("UPDATE schema_info SET version = 2")
    _name_accounts()
    _challenge_events()
    _notifications_and_webhooks()
    _deliveries()


def _widen() -> None:
    # Its INTEGER ends in 2038, and refuses the larger ones that a page token may carry.
    for table, columns in _WIDER.items():
        for column in columns:
            op.alter_column(table, column, type_=sa.BigInteger())


def _name_accounts() -> None:
    op.add_column("accounts", sa.Column("friendly_name", sa.String(64)))
    op.execute("UPDATE accounts SET friendly_name = 'Countersign sandbox'")
    with op.batch_alter_table("accounts") as accounts:
        accounts.alter_column("friendly_name", existing_type=sa.String(64), nullable=False)


def _challenge_events() -> None:
    challenge = sa.ForeignKey("challenges.sid", ondelete="CASCADE")
    op.create_table(
        "challenge_events",
        sa.Column("id", _Int, primary_key=True),
        sa.Column("challenge_sid", sa.String(34), challenge, nullable=False, index=True),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("code", _Int),
        sa.Column("auth_payload", sa.String()),
        sa.Column("served", sa.JSON()),
        sa.Column("public_key", sa.LargeBinary()),
    )


def _dated() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", _Int, primary_key=True),
        sa.Column("sid", sa.String(34), nullable=False, unique=True),
        sa.Column("account_sid", sa.String(34), nullable=False),
        sa.Column("created", _Int, nullable=False),
        sa.Column("updated", _Int, nullable=False),
    ]


def _notifications_and_webhooks() -> None:
    challenge = sa.ForeignKey("challenges.sid", ondelete="CASCADE")
    service = sa.ForeignKey("services.sid", ondelete="CASCADE")
    op.create_table(
        "notifications",
        *_dated(),
        sa.Column("challenge_sid", sa.String(34), challenge, nullable=False, index=True),
        sa.Column("ttl", _Int, nullable=False),
    )
    op.create_table(
        "webhooks",
        *_dated(),
        sa.Column("service_sid", sa.String(34), service, nullable=False, index=True),
        sa.Column("friendly_name", sa.String(), nullable=False),
        sa.Column("event_types", sa.JSON(), nullable=False),
        sa.Column("webhook_url", sa.String(), nullable=False),
        sa.Column("status", sa.String(8), nullable=False),
        sa.Column("version", sa.String(2), nullable=False),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", _Int, primary_key=True),
        sa.Column("uuid", sa.String(36), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("account_sid", sa.String(34), nullable=False),
        sa.Column("service_sid", sa.String(34), nullable=False),
        sa.Column("webhook_sid", sa.String(34), nullable=False, index=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("attempted", _Int, nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("created", sa.Double(), nullable=False),
        sa.Column("next_at", sa.Double()),
        sa.Column("redelivery_of", _Int),
        sa.Index("deliveries_by_state", "state", "next_at", "id"),
    )
    delivery = sa.ForeignKey("deliveries.id", ondelete="CASCADE")
    op.create_table(
        "delivery_attempts",
        sa.Column("id", _Int, primary_key=True),
        sa.Column("delivery_id", _Int, delivery, nullable=False, index=True),
        sa.Column("number", _Int, nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("took_ms", _Int, nullable=False),
        sa.Column("status", _Int),
        sa.Column("body", sa.String()),
        sa.Column("error", sa.String()),
    )
