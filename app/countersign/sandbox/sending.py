"""What the sample backend, the console and the control API share: look around, send a challenge."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sqlalchemy import select

from countersign.sandbox import auth, challenges
from countersign.sandbox.errors import ApiError
from countersign.sandbox.models import Challenge, Entity, Factor, Service

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form

SHOWN = 100
"""Challenges in an overview."""


def factors(call: Call) -> list[Factor]:
    """Give all factors, oldest first."""
    query = select(Factor).where(auth.remembered(call)).order_by(Factor.id)
    return list(call.session.scalars(query))


def factor(call: Call, sid: str) -> Factor:
    """Give a factor of any service; else 20404."""
    query = select(Factor).where(Factor.sid == sid, auth.remembered(call))
    found = call.session.scalar(query)
    if found is None:
        raise ApiError(20404, "The factor was not found")
    return found


def factor_name(call: Call, sid: str) -> str:
    """Give what a device calls itself; empty when it is gone."""
    query = select(Factor.friendly_name).where(Factor.sid == sid)
    return call.session.scalar(query) or ""


def newest_factor(call: Call, identities: set[str]) -> Factor:
    """Give the newest verified factor of any of the identities; else 20404."""
    query = select(Factor).where(Factor.identity.in_(identities), Factor.status == "verified")
    found = call.session.scalar(query.order_by(Factor.id.desc()).limit(1))
    if found is None:
        raise ApiError(20404, "The identity has no verified factor")
    return found


def recent(call: Call) -> list[Challenge]:
    """Give the newest `SHOWN` challenges, newest first."""
    query = select(Challenge).order_by(Challenge.id.desc()).limit(SHOWN)
    return list(call.session.scalars(query))


def challenge(call: Call, sid: str) -> Challenge:
    """Give a challenge of any service; else 20404."""
    found = call.session.scalar(select(Challenge).where(Challenge.sid == sid))
    if found is None:
        raise ApiError(20404, "The challenge was not found")
    return found


def send(call: Call, to: Factor, form: Form) -> Challenge:
    """Send a challenge to a factor under the same checks as a company's own call."""
    service = call.session.scalar(select(Service).where(Service.sid == to.service_sid))
    entity = call.session.scalar(select(Entity).where(Entity.sid == to.entity_sid))
    if service is None or entity is None:
        raise ApiError(20404)
    here = dataclasses.replace(call, path={"service": service.sid, "identity": entity.identity})
    return challenges.send(here, service, entity, form)
