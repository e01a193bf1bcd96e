"""`doctor`: what Countersign needs, whether it works here, and what to do where it doesn't."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from countersign.cli.main import ERROR, NO_KEYRING, OK
from countersign.cli.session import Session
from countersign.device.check_up import Check, check_policy, check_up, failed
from countersign.push.address import DEFAULT_API_URL
from countersign.push.errors import CountersignError
from countersign.storage.policy_file import read_policy

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from countersign.cli.output import Output


_NOT_NEEDED_HERE: Final = frozenset({"display"})


def doctor(options: Namespace, output: Output) -> int:
    """Run all checks, each whatever the others found."""
    try:
        with Session(options, output) as session:
            checks = session.run(check_up(session.device, options.api_url or DEFAULT_API_URL))
    except CountersignError as error:
        checks = [failed("storage", error), check_policy(read_policy())]
    checks.append(_display())
    output.document({"checks": [_document(check) for check in checks]})
    for check in checks:
        output.line(f"{'ok  ' if check.ok else 'FAIL'} {check.name}: {check.detail}")
        if check.hint:
            output.line(f"       {check.hint}")
    return _status(checks)


def _status(checks: Sequence[Check]) -> int:
    failed = {check.name for check in checks if not check.ok} - _NOT_NEEDED_HERE
    if "keyring" in failed:
        return NO_KEYRING
    return ERROR if failed else OK


def _document(check: Check) -> dict[str, object]:
    """Return what scripts may rely on (design §3)."""
    return {"name": check.name, "ok": check.ok, "detail": check.detail, "hint": check.hint}


def _display() -> Check:
    if sys.platform != "linux" or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY"):
        return Check(name="display", ok=True, detail="There is a display for the window.")
    return Check(
        name="display",
        ok=False,
        detail="There is no display, so no window can open.",
        hint="The commands work without one.",
    )
