"""Scenarios: situations by name, each with what an app is expected to make of it."""

from __future__ import annotations

import dataclasses
from typing import Final

from countersign.sandbox import composing
from countersign.sandbox.fault_kinds import ONE_CHALLENGE, Kind
from countersign.sandbox.faults import Fault
from countersign.sandbox.scenario import Scenario

__all__ = ["ANSWERS", "GOOD_DAY", "NETWORK", "REQUESTS", "SCENARIOS", "Scenario"]

ANY_CHALLENGE: Final = "*/Challenges*"


SIGN_IN: Final = composing.SIGN_IN


def _once(kind: Kind, method: str | None = None, path: str | None = None) -> Fault:
    return Fault(kind, method=method, path=path)


REQUESTS: Final = (
    Scenario("sign-in", "A sign-in", "Show it, and let the user approve or deny.", SIGN_IN),
    Scenario(
        "expired-in-5s",
        "A request with 5 seconds to live",
        "Count it down; when it is over say so, and send no answer.",
        dataclasses.replace(SIGN_IN, expires_in=5),
    ),
    Scenario(
        "ten-pending",
        "10 requests wait",
        "Show all, newest first, and the number 10 everywhere.",
        SIGN_IN,
        count=10,
    ),
    Scenario(
        "thousand-pending",
        "1,000 requests wait",
        "Show the newest at once, say 99+, and load the others as they are looked for.",
        dataclasses.replace(SIGN_IN, expires_in=3_600),
        count=1_000,
    ),
    Scenario(
        "burst",
        "8 requests at once: someone hopes for one tap too many",
        "Fold them into one card that asks whether the user is signing in at all.",
        SIGN_IN,
        count=8,
    ),
    Scenario(
        "one-of-each",
        "One request in each state",
        "Tell waiting, approved, denied and expired apart.",
        samples=True,
    ),
    Scenario(
        "twenty-fields",
        "A request with 20 fields",
        "Show every line, and let nobody approve before they could be seen.",
        composing.FULL,
    ),
    Scenario(
        "long-message",
        "A message, a label and a value of the greatest length",
        "Show all of it without pushing the buttons out of reach.",
        composing.LONGEST,
    ),
    Scenario(
        "html",
        "Markup in message and fields",
        "Show it letter by letter: no bold, no picture, no link to click.",
        composing.MARKUP,
    ),
    Scenario(
        "right-to-left",
        "Arabic and Hebrew, and a character that turns text around",
        "Lay out each line by its own direction, and make the override visible.",
        composing.RIGHT_TO_LEFT,
    ),
    Scenario(
        "hostile-text",
        "Text that poses as the app's own",
        "Keep what the company says apart from what the app knows; show hidden characters.",
        composing.HOSTILE,
    ),
)
ANSWERS: Final = (
    Scenario(
        "copied-key",
        "Somebody with a copy of the key approves first",
        "Raise an alarm: this request was answered with the user's key, but not by this app.",
        SIGN_IN,
        faults=(_once(Kind.COPIED_KEY),),
    ),
    Scenario(
        "changed-after-shown",
        "The request changes after it was shown",
        "Send nothing more: say that it changed, show the new text, and ask again.",
        SIGN_IN,
        faults=(_once(Kind.CHANGED),),
    ),
    Scenario(
        "reply-lost",
        "The answer is taken, and the reply to it lost",
        "Look up what became of it and say approved; send it once only.",
        SIGN_IN,
        faults=(_once(Kind.DROP_AFTER, "POST", ONE_CHALLENGE),),
    ),
    Scenario(
        "answer-lost",
        "The connection breaks before the answer arrives",
        "Look it up, say that it did not arrive, and let the user answer again.",
        SIGN_IN,
        faults=(_once(Kind.DROP_BEFORE, "POST", ONE_CHALLENGE),),
    ),
    Scenario(
        "answer-refused",
        "The service is out of order when the answer comes",
        "Look up what became of it; it did not arrive, so the request still waits.",
        SIGN_IN,
        faults=(_once(Kind.SERVER_ERROR, "POST", ONE_CHALLENGE),),
    ),
    Scenario(
        "no-signature-fields",
        "The service doesn't say what to sign",
        "Show the request, refuse to answer it, and say why.",
        SIGN_IN,
        faults=(Fault(Kind.NO_SIGNATURE_FIELDS, left=None),),
    ),
)
NETWORK: Final = (
    Scenario(
        "slow",
        "Every answer takes 3 seconds",
        "Stay usable, show that it is at work, and do nothing twice.",
        faults=(Fault(Kind.LATENCY, left=None, seconds=3),),
    ),
    Scenario(
        "flaky",
        "Each second call fails, each fifth breaks off",
        "Say once that it doesn't get through, keep trying more rarely, and lose no request.",
        SIGN_IN,
        faults=(
            Fault(Kind.DROP_BEFORE, left=None, every=5, path=ANY_CHALLENGE),
            Fault(Kind.UNAVAILABLE, left=None, every=2, seconds=1, path=ANY_CHALLENGE),
        ),
    ),
    Scenario(
        "rate-limited",
        "429 for the next 2 calls, with Retry-After: 3",
        "Ask again no sooner than after 3 seconds, and then show the request.",
        SIGN_IN,
        faults=(Fault(Kind.RATE_LIMITED, left=2, seconds=3, path=ANY_CHALLENGE),),
    ),
    Scenario(
        "offline",
        "Every connection breaks",
        "Say that it is offline and since when; keep what was there, and come back by itself.",
        faults=(Fault(Kind.DROP_BEFORE, left=None),),
    ),
    Scenario(
        "out-of-order",
        "500 for every call",
        "Say that the service is busy, keep what was there, and ask more and more rarely.",
        faults=(Fault(Kind.SERVER_ERROR, left=None),),
    ),
    Scenario(
        "unauthorized",
        "401 for every call",
        "Try once more, then say that the key isn't accepted; remove nothing by itself.",
        faults=(Fault(Kind.UNAUTHORIZED, left=None),),
    ),
    Scenario(
        "malformed",
        "The next 3 answers are JSON that isn't whole",
        "Use nothing of them, and say that the answer can't be read.",
        SIGN_IN,
        faults=(Fault(Kind.MALFORMED, left=3, path=ANY_CHALLENGE),),
    ),
    Scenario(
        "truncated",
        "The next 3 answers break off in the middle",
        "Treat them as lost, and use nothing of them.",
        SIGN_IN,
        faults=(Fault(Kind.TRUNCATED, left=3, path=ANY_CHALLENGE),),
    ),
    Scenario(
        "clock-10-min-slow",
        "This computer's clock is 10 minutes slow",
        "Show times by the service's Date, answer, and tell the user.",
        SIGN_IN,
        clock=600,
    ),
    Scenario(
        "clock-10-min-fast",
        "This computer's clock is 10 minutes fast",
        "Correct its tokens by the Date of the one 401, answer, and tell the user.",
        SIGN_IN,
        clock=-600,
    ),
    Scenario(
        "expired-token",
        "The access token runs out before the account is made",
        "Say that the permission ran out, leave no key behind, and let the user try again.",
        faults=(_once(Kind.EXPIRED_TOKEN),),
    ),
)
GOOD_DAY: Final = Scenario(
    "good-day",
    "No faults, and the right time",
    "Recover by itself.",
    clock=0,
)
SCENARIOS: Final = {each.name: each for each in (*REQUESTS, *ANSWERS, *NETWORK, GOOD_DAY)}
