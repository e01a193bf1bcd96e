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
    from countersign.sandbox.journal import ChallengeEvent
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
        "challenges": _exported(call, rows),
    }


def _exported(call: Call, rows: list[Challenge]) -> list[dict[str, object]]:
    written: list[dict[str, object]] = []
    first = last = 0.0
    for row in rows:
        events = journal.of(call, row.sid)
        sent = next((event.at for event in events if event.kind == journal.SENT), row.created)
        first = first if written else sent
        # Never before the one ahead of it, even where the clock was put back in between.
        last = max(last, round(sent - first, 3))
        written.append(_whole(call, row, events) | {"after": last})
    return written


def _whole(call: Call, row: Challenge, events: list[ChallengeEvent]) -> dict[str, object]:
    return {
        "sid": row.sid,
        "factor_sid": row.factor_sid,
        "identity": row.identity,
        "date_created": dates.stamp(row.created),
        "status": render.status(row, call.now),
        **_asked(row),
        "events": [
            {"at": event.at, "kind": event.kind, "text": event.text, "code": event.code}
            for event in events
        ],
    }


@dataclass(frozen=True, slots=True)
class Item:
    """One request of a run, and how long after the first one it was sent, in seconds."""

    request: Request
    after: float
    factor_sid: str
    identity: str

    def send(self, call: Call, to: Factor | None) -> Challenge:
        """Send it to the factor, else to whom it was for; 20404 if nobody is there."""
        return self.request.send(call, to or self._recipient(call))

    def _recipient(self, call: Call) -> Factor:
        try:
            return sending.factor(call, self.factor_sid)
        except ApiError:
            return sending.newest_factor(call, {self.identity})


def items(run: object) -> list[Item]:
    """Read a run's requests, none before the one ahead of it; 60306 if it isn't a run."""
    if not isinstance(run, dict) or run.get("sandbox_run") != FORMAT:
        raise ApiError(60306, "run is invalid: what /control/export gave")
    given = run.get("challenges")
    if not isinstance(given, list) or len(given) > MAX_REQUESTS:
        raise ApiError(60306, f"run is invalid: up to {MAX_REQUESTS} challenges")
    read: list[Item] = []
    for each in given:
        read.append(_item(each, read[-1].after if read else 0.0))
    return read


def _item(given: object, last: float) -> Item:
    if not isinstance(given, dict):
        raise ApiError(60306, "run is invalid: challenges are objects")
    after = jsonbody.seconds(given, "after")
    return Item(
        request=Request.of(given),
        after=last if after is None else max(after, last),
        factor_sid=jsonbody.text(given, "factor_sid") or "",
        identity=jsonbody.text(given, "identity") or "",
    )
