"""`enroll`, `accounts`, `rename`, `label`, `remove`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.cli.documents import account_document, account_lines
from countersign.cli.session import Session
from countersign.device import accounts, enrolment
from countersign.device.enrolment import EnrolmentRequest
from countersign.device.identity import warning_about
from countersign.device.links import parse_enroll_link
from countersign.device.plain_text import visible
from countersign.push.address import host_of
from countersign.push.errors import InputError

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output
    from countersign.device.enrolment import Step
    from countersign.device.records import Account

_MAX_HEADERS: Final = 64 * 1024
# What frames a message isn't the user's to set, and a second value of it could split one in two.
_RESERVED: Final = frozenset({"host", "content-length", "content-type", "transfer-encoding"})


def enroll(options: Namespace, output: Output) -> int:
    """Add an account, or finish one."""
    if options.resume:
        return _resume(options, output)
    request = _request(options)
    warning = warning_about(request.identity)
    if warning:
        output.say(f"{warning} It is sent to {host_of(request.backend_url)}.")
        if not output.json and not confirmed("Send it all the same?"):
            raise InputError("not_sent", "Nothing was sent.")
    host = host_of(request.backend_url)

    def on_step(step: Step) -> None:
        output.say(f"{step.value.format(host=host)} ...")

    with Session(options, output) as session:
        account = session.run(enrolment.enrol(session.device, request, on_step))
    _show_ready(account, output)
    return 0


def list_accounts(options: Namespace, output: Output) -> int:
    """List all accounts, oldest first."""
    with Session(options, output) as session:
        found = session.run(session.device.accounts.all())
    output.document({"accounts": [account_document(account) for account in found]})
    for account in found:
        for line in account_lines(account):
            output.line(line)
    if not found:
        output.line("No account on this computer yet. Add one: countersign enroll")
    return 0


def rename(options: Namespace, output: Output) -> int:
    """Change the computer's name at the company."""
    with Session(options, output) as session:
        account = session.run(accounts.get(session.device, options.factor))
        renamed = session.run(accounts.rename(session.device, account, options.name))
    output.document(account_document(renamed))
    output.line(
        f"{visible(renamed.label)} now knows this computer as {visible(renamed.friendly_name)}."
    )
    return 0


def label(options: Namespace, output: Output) -> int:
    """Change an account's local name."""
    with Session(options, output) as session:
        account = session.run(accounts.get(session.device, options.factor))
        labelled = session.run(accounts.relabel(session.device, account, options.name))
    output.document(account_document(labelled))
    output.line(f"The account is now called {visible(labelled.label)}.")
    return 0


def remove(options: Namespace, output: Output) -> int:
    """Remove an account here, and at the service unless told otherwise."""
    with Session(options, output) as session:
        account = session.run(accounts.get(session.device, options.factor))
        at_service = session.run(
            accounts.remove(session.device, account, local_only=options.local_only)
        )
    output.document({"sid": account.sid, "removed_at_service": at_service})
    output.line(f"{visible(account.label)} is removed from this computer. Its history stays.")
    if not at_service:
        output.line(f"{host_of(account.api_url)} still lists this computer.")
    return 0


def confirmed(question: str) -> bool:
    """Ask on a terminal; without one nobody can be asked, and the command was the word."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)  # noqa: T201 - a prompt
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _resume(options: Namespace, output: Output) -> int:
    with Session(options, output) as session:
        account = session.run(accounts.get(session.device, options.resume))
        if not account.verified:
            account = session.run(enrolment.finish(session.device, account))
    _show_ready(account, output)
    return 0


def _show_ready(account: Account, output: Output) -> None:
    output.document(account_document(account))
    output.line(f"{visible(account.label)} is ready. New requests show up in: countersign inbox")
    for line in account_lines(account):
        output.line(line)


def _request(options: Namespace) -> EnrolmentRequest:
    if (options.link is None) == (options.backend is None):
        raise InputError(
            "bad_usage", "Give either a link, or --backend and --identity.", "See: enroll --help"
        )
    headers = _headers(options.header_file) if options.header_file else {}
    if options.link is not None:
        link = parse_enroll_link(options.link)
        return EnrolmentRequest(
            backend_url=link.backend,
            identity=link.identity,
            friendly_name=options.name or link.name or "",
            label=options.label,
            code=options.code or link.code,
            headers=headers,
            api_url=options.api_url,
            hardware=options.tpm,
        )
    if not options.identity:
        raise InputError("bad_usage", "--backend needs --identity, your ID at the company.")
    return EnrolmentRequest(
        backend_url=options.backend,
        identity=options.identity,
        friendly_name=options.name,
        label=options.label,
        code=options.code,
        headers=headers,
        api_url=options.api_url,
        hardware=options.tpm,
    )


def _headers(file: str) -> dict[str, str]:
    """Read `Name: value` lines; they may hold secrets, so none is ever quoted."""
    try:
        text = sys.stdin.read(_MAX_HEADERS) if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("bad_headers", "The header file can't be read.") from error
    headers: dict[str, str] = {}
    for number, line in enumerate(text[:_MAX_HEADERS].splitlines(), 1):
        if not line.strip():
            continue
        name, colon, value = (part.strip() for part in line.partition(":"))
        token = name.replace("-", "").replace("_", "")
        if not colon or not token.isalnum() or not line.isascii() or not line.isprintable():
            raise InputError("bad_headers", f"Line {number} of the header file isn't Name: value.")
        if name.lower() in _RESERVED:
            raise InputError("bad_headers", f"Line {number} of the header file can't be set.")
        headers[name] = value
    return headers
