"""A run as JSON: what was sent and what became of it, to be kept, handed on, and sent again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select

from countersign.sandbox import control, dates, journal, jsonbody, render, sending
from countersign.sandbox.challenges import DEFAULT_LIFE
from countersign.sandbox.errors import ApiError
from countersign.sandbox.forms import Form
from countersign.sandbox.models import Challenge

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.models import Factor

FORMAT: Final = 1
MAX_REQUESTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Request:
    """What a challenge asks, without whom."""

    message: str | None
    fields: str | None
    hidden_details: str | None
    expires_in: float

    @classmethod
    def of(cls, body: dict[str, object]) -> Request:
        """Read the members of a control call; their content is checked when it is sent."""
        hidden = body.get("hidden_details")
        return cls(
            message=jsonbody.text(body, "message"),
            fields=jsonbody.dumped(body, "fields"),
            hidden_details=jsonbody.dumped(body, "hidden_details") if hidden else None,
            expires_in=jsonbody.seconds(body, "expires_in") or DEFAULT_LIFE,
        )

    def send(self, call: Call, to: Factor) -> Challenge:
        """Send it, under the same checks as a company's own call."""
        form = Form.of(
            {
                "FactorSid": to.sid,
                "Details.Message": self.message,
                "Details.Fields": self.fields,
                "HiddenDetails": self.hidden_details,
                "ExpirationDate": control.expiration(call, self.expires_in),
            }
        )
        return sending.send(call, to, form)


def request_of(row: Challenge) -> Request:
    """Give what a challenge asked, to ask it again."""
    return Request.of(_asked(row))


def _asked(row: Challenge) -> dict[str, object]:
    return {
        "message": row.details["message"],
        "fields": row.details["fields"],
        "hidden_details": row.hidden_details,
        # One that was expired by hand gets the usual time again.
        "expires_in": row.expires - row.created if row.expires > row.updated else DEFAULT_LIFE,
    }


def export(call: Call, limit: int) -> dict[str, object]:
    """Write the newest challenges, oldest first."""
    query = select(Challenge).order_by(Challenge.id.desc()).limit(limit)
    rows = list(call.session.scalars(query))[::-1]
    return {
        "sandbox_run": FORMAT,
        "exported": dates.stamp(call.second),
        "clock_offset": call.sandbox.clock.offset,
        "factors": [
            render.factor(call.api, row, for_device=False) for row in sending.factors(call)
        ],
        "challenges": [_exported(call, row) for row in rows],
    }


def _exported(call: Call, row: Challenge) -> dict[str, object]:
    return {
        "sid": row.sid,
        "factor_sid": row.factor_sid,
        "identity": row.identity,
        "date_created": dates.stamp(row.created),
        "status": render.status(row, call.now),
        **_asked(row),
        "events": [
            {"at": event.at, "kind": event.kind, "text": event.text, "code": event.code}
            for event in journal.of(call, row.sid)
        ],
    }


def replay(call: Call, run: object, to: Factor | None) -> list[Challenge]:
    """Send a run's challenges again, in their order; 60306 if it isn't one."""
    if not isinstance(run, dict) or run.get("sandbox_run") != FORMAT:
        raise ApiError(60306, "run is invalid: what /control/export gave")
    items = run.get("challenges")
    if not isinstance(items, list) or len(items) > MAX_REQUESTS:
        raise ApiError(60306, f"run is invalid: up to {MAX_REQUESTS} challenges")
    return [_again(call, item, to) for item in items]


def _again(call: Call, item: object, to: Factor | None) -> Challenge:
    if not isinstance(item, dict):
        raise ApiError(60306, "run is invalid: challenges are objects")
    return Request.of(item).send(call, to or _recipient(call, item))


def _recipient(call: Call, item: dict[str, object]) -> Factor:
    identity = jsonbody.text(item, "identity") or ""
    try:
        return sending.factor(call, jsonbody.text(item, "factor_sid") or "")
    except ApiError:
        return sending.newest_factor(call, {identity})
