"""The words of `sandbox` and `sandbox send`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

PORT: Final = 8620
_MAX_COUNT: Final = 100
_LAST_PORT: Final = 65_535
_DAY: Final = 86_400
_MAX_PAGE_SIZE: Final = 1_000

HELP: Final = (
    "Run a Verify Push service on this computer, for tests.",
    """\
Prints one JSON line when it is ready, and a line a request on stderr. With --profile a restart
has the same service, accounts and requests; without, it forgets all when it ends.

While it runs, from another terminal:

  countersign sandbox send              a sign-in to approve or deny
  countersign sandbox send reply-lost   a situation that an app must get right
  countersign sandbox send good-day     all faults off again
""",
)
_SEND: Final = """\
Give --profile if the sandbox was started with it, --port if with another port; the newest account
gets the requests. The scenarios are those of docs/sandbox.md; an unknown name lists them.
"""


def add_words(sandbox: argparse.ArgumentParser) -> None:
    """Add what `sandbox` takes."""
    sandbox.add_argument(
        "--port", type=_port, default=PORT, metavar="N", help="%(default)s; 0 takes a free one"
    )
    sandbox.add_argument(
        "--scenario", metavar="NAME", help="start with one; its requests wait for an account"
    )
    sandbox.add_argument(
        "--plain-identity", action="store_true", help="don't hash the IDs, as a backend should"
    )
    sandbox.add_argument(
        "--strict-authpayload", action="store_true", help="refuse answers over 5456 characters"
    )
    sandbox.add_argument(
        "--forget-after",
        type=_from_one_to(_DAY),
        metavar="SECONDS",
        help="forget accounts that were begun and not finished; 3600, the real service 1 to 24 h",
    )
    sandbox.add_argument(
        "--max-page-size",
        type=_from_one_to(_MAX_PAGE_SIZE),
        metavar="N",
        help="refuse lists of larger pages; 1000, and 25 to be as strict as Twilio may be",
    )
    sandbox.add_argument(
        "--webhooks-anywhere",
        action="store_true",
        help="deliver webhooks to other computers too: whoever may set one can reach your network",
    )
    sandbox.add_argument("--open", action="store_true", help="open its page in the browser")
    sandbox.add_argument("--quiet", action="store_true", help="no line a request on stderr")
    _add_send(sandbox)


def _add_send(sandbox: argparse.ArgumentParser) -> None:
    parts = sandbox.add_subparsers(metavar="", title="while it runs")
    help_ = "Send a request, or play a scenario, at the sandbox that runs."
    send = parts.add_parser("send", help=help_, description=f"{help_}\n\n{_SEND}")
    send.set_defaults(module="sandbox_send", function="send")
    send.add_argument("scenario_name", nargs="?", default="sign-in", metavar="SCENARIO")
    send.add_argument(
        "--count",
        type=_from_one_to(_MAX_COUNT),
        default=1,
        metavar="N",
        help="so many times, 100 at most",
    )
    send.add_argument("--json", action="store_true", help="one JSON document on stdout")


def _from_one_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        # The length first: int() refuses endless digits in words of its own.
        short = text.isascii() and text.isdigit() and len(text) <= len(str(most))
        if not (short and 1 <= int(text) <= most):
            raise argparse.ArgumentTypeError(f"not a number from 1 to {most}")
        return int(text)

    return read


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:6]) > _LAST_PORT:
        raise argparse.ArgumentTypeError("not a port")
    return int(text)
