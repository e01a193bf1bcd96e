"""The kinds of faults, and what an app should do about each."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final


class Kind(enum.Enum):
    """What can go wrong, by the name that the control API has for it."""

    LATENCY = "latency"
    UNAUTHORIZED = "unauthorized"
    NOT_FOUND = "not-found"
    CONFLICT = "conflict"
    RATE_LIMITED = "rate-limited"
    SERVER_ERROR = "server-error"
    UNAVAILABLE = "unavailable"
    DROP_BEFORE = "drop-before"
    DROP_AFTER = "drop-after"
    TRUNCATED = "truncated"
    MALFORMED = "malformed"
    NO_SIGNATURE_FIELDS = "no-signature-fields"
    CHANGED = "changed"
    COPIED_KEY = "copied-key"
    EXPIRED_TOKEN = "expired-token"  # noqa: S105 - a fault's name


ONE_CHALLENGE: Final = "*/Challenges/*"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a kind."""

    short: str
    title: str
    app_should: str
    seconds: float | None = None
    """The default number of seconds; None where the kind takes none."""
    method: str | None = None
    path: str = "*"
    """Together with `method`: the only requests that it can happen to."""


FACTS: Final[dict[Kind, Facts]] = {
    Kind.LATENCY: Facts(
        "slow",
        "Slow: the answer comes late; what was asked is done at once",
        "Stay usable and show that it is at work; after its own time limit treat the answer as "
        "lost, and send nothing twice.",
        seconds=2.0,
    ),
    Kind.UNAUTHORIZED: Facts(
        "401",
        "401, with a Date that is off by so many seconds",
        "Set its token's clock by the Date and try once more; after a second 401 say that the "
        "account isn't accepted. A Date more than a day off is refused, and said.",
        seconds=0.0,
    ),
    Kind.NOT_FOUND: Facts(
        "404",
        "404: the service doesn't know it",
        "Say that the request or account isn't there any more; keep the key.",
    ),
    Kind.CONFLICT: Facts("409", "409: it exists already", "Say so, and try nothing again."),
    Kind.RATE_LIMITED: Facts(
        "429",
        "429, with Retry-After",
        "Wait at least as long as Retry-After says; show that the service is busy, lose nothing.",
        seconds=5.0,
    ),
    Kind.SERVER_ERROR: Facts(
        "500",
        "500: the service failed, and did nothing",
        "Poll more and more rarely; ask by GET what became of an answer, and send it once.",
    ),
    Kind.UNAVAILABLE: Facts(
        "503",
        "503, with Retry-After",
        "As with 500, and not before Retry-After is over.",
        seconds=5.0,
    ),
    Kind.DROP_BEFORE: Facts(
        "drop",
        "Connection dropped before anything was done",
        "Look up what became of an answer before saying anything; then say that it did not "
        "arrive, and let the user answer again.",
    ),
    Kind.DROP_AFTER: Facts(
        "reply lost",
        "Connection dropped after it was done: the reply is lost",
        "Look up what became of an answer, and tell it as it is: approved. Never send it twice.",
    ),
    Kind.TRUNCATED: Facts(
        "cut off",
        "The body ends in the middle and the connection closes",
        "Treat it as a lost reply: use nothing of it.",
    ),
    Kind.MALFORMED: Facts(
        "bad JSON",
        "200 with JSON that isn't whole",
        "Use nothing of it and say that the answer can't be read; look up an answer's fate.",
    ),
    Kind.NO_SIGNATURE_FIELDS: Facts(
        "no header",
        "Twilio-Verify-Signature-Fields is missing",
        "Show the request, refuse to answer it, and say why.",
        method="GET",
        path=ONE_CHALLENGE,
    ),
    Kind.CHANGED: Facts(
        "changed",
        "The request changes right after it was shown",
        "On 60324 fetch it once; see that it differs, say that it changed, and sign nothing "
        "without a new click.",
        method="GET",
        path=ONE_CHALLENGE,
    ),
    Kind.COPIED_KEY: Facts(
        "copied key",
        "Somebody with a copied key approves it first",
        "Tell this alarm from a request that it answered itself: someone may have the key.",
        method="POST",
        path=ONE_CHALLENGE,
    ),
    Kind.EXPIRED_TOKEN: Facts(
        "token expired",
        "The access token ran out before the account was made",
        "Say that the permission ran out; leave no key and no account behind; let the user try "
        "again.",
        method="POST",
        path="*/Factors",
    ),
}
