"""`inbox`, `show`, `wait`."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING, Any, Final

from countersign.cli.documents import challenge_document, challenge_lines
from countersign.cli.main import OK, exit_status
from countersign.cli.session import Session
from countersign.device import accounts
from countersign.device import inbox as requests
from countersign.device.plain_text import visible
from countersign.push.errors import (
    ApiError,
    BackendError,
    CountersignError,
    InputError,
    NetworkError,
)
from countersign.push.values import ChallengeStatus

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from countersign.cli.output import Output
    from countersign.device.inbox import AccountView, Request
    from countersign.device.records import Account

_POLL: Final = 2.0
_SLOWEST: Final = 300.0
_JITTER: Final = 0.1


def inbox(options: Namespace, output: Output) -> int:
    """Show requests of one account or of all."""
    status = None if options.status == "all" else ChallengeStatus(options.status)
    with Session(options, output) as session:
        session.settle()
        chosen = _chosen(session, options.account)
        views = session.run(requests.look(session.device, chosen, status, options.limit))
        session.tell_clock(chosen)
        _show(session, views, output, options.limit)
    return max((exit_status(view.error) for view in views if view.error), default=OK)


def show(options: Namespace, output: Output) -> int:
    """Show one request in full."""
    with Session(options, output) as session:
        session.settle()
        request = session.run(requests.find(session.device, options.challenge))
        session.tell_clock([request.account])
        output.document(challenge_document(request.challenge, raw=options.raw))
        show_request(session, request, output)
        if options.raw:
            for name, value in request.challenge.hidden_details.items():
                output.line(f"  hidden {visible(name)}: {visible(value)}")
    return 0


def wait(options: Namespace, output: Output) -> int:
    """Poll until something waits; a failure is told once and tried again, more and more slowly."""
    ends = None if options.timeout is None else time.monotonic() + options.timeout
    with Session(options, output) as session:
        session.settle()
        chosen = _chosen(session, None)
        if not chosen:
            raise _no_account()
        pause, told = _POLL, ""
        while True:
            views = session.run(
                requests.look(session.device, chosen, ChallengeStatus.PENDING, None)
            )
            if requests.merged(views):
                _show(session, views, output, None)
                return 0
            told = _tell_errors(views, told, output)
            pause = _next_pause(views, pause)
            _sleep_before(session, pause, ends)


def show_request(session: Session, request: Request, output: Output) -> None:
    """Print one request for people."""
    now = session.device.clock(request.account).now()
    for line in challenge_lines(request.challenge, request.account, now):
        output.line(line)


def _chosen(session: Session, factor_sid: str | None) -> list[Account]:
    if factor_sid is not None:
        return [session.run(accounts.get(session.device, factor_sid))]
    return list(session.run(session.device.verified_accounts()))


def _show(
    session: Session, views: Sequence[AccountView], output: Output, limit: int | None
) -> None:
    """Print what could be read, and say what couldn't: nothing is left out in silence."""
    found = requests.merged(views, limit)
    failed = [(view.account, output.error_document(view.error)) for view in views if view.error]
    document: dict[str, Any] = {
        "challenges": [challenge_document(request.challenge) for request in found]
    }
    if failed:
        document["errors"] = [{"factor_sid": account.sid} | error for account, error in failed]
        document["error"] = failed[0][1]
    output.document(document)
    for request in found:
        show_request(session, request, output)
        output.line()
    if not found and not failed:
        output.line("No requests." if views else "No account on this computer yet.")
    for account, error in failed:
        output.say(
            f"{visible(account.label)}: {visible(error['message'])} {visible(error['hint'])}"
        )
    for view in views:
        if view.unreadable:
            output.say(
                f"{visible(view.account.label)}: {view.unreadable} more came that can't be read."
            )


def _tell_errors(views: Sequence[AccountView], told: str, output: Output) -> str:
    now = "\n".join(
        f"{visible(view.account.label)}: {visible(output.error_document(view.error)['message'])}"
        for view in views
        if view.error
    )
    if now and now != told:
        output.say(now)
    return now


def _next_pause(views: Sequence[AccountView], pause: float) -> float:
    """Double on failure up to five minutes, and obey a service that says how long to wait."""
    errors = [view.error for view in views if view.error]
    for error in errors:
        if not isinstance(error, NetworkError | ApiError | BackendError):
            raise error  # waiting cures neither a locked password store nor a broken answer
    if not errors:
        return _POLL
    asked = [error.retry_after or 0.0 for error in errors if isinstance(error, ApiError)]
    return max([min(pause * 2, _SLOWEST), *asked])


def _sleep_before(session: Session, pause: float, ends: float | None) -> None:
    pause *= random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - so that a fleet doesn't poll in step
    if ends is not None and time.monotonic() + pause > ends:
        session.run(asyncio.sleep(max(0.0, ends - time.monotonic())))
        raise CountersignError("timeout", "No request came in time.", code=60401)
    session.run(asyncio.sleep(pause))


def _no_account() -> InputError:
    return InputError(
        "no_account", "There is no account on this computer yet.", "Add one: countersign enroll"
    )
