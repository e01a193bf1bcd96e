"""The commands and their words: a contract that people script against (design §3)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign import __version__
from countersign.cli import parser_types, sandbox_parser

if TYPE_CHECKING:
    from collections.abc import Sequence

    _Commands = argparse._SubParsersAction["_Parser"]  # noqa: SLF001 - it has no public name

_LEVELS: Final = ("wire", "debug", "info", "warning", "error")

_DESCRIPTION: Final = """\
Approve sign-ins from this computer.

Add the account that your company gave you, see what asks for your approval, and answer:

  countersign enroll --backend https://auth.example.com/access-token --identity YOUR-ID
  countersign inbox
  countersign approve YC...

Nothing to try it on? `countersign demo` shows it all against a service of its own.
"""

_EXIT: Final = """\
exit status: 0 done; 1 an error; 2 wrong usage; 3 the password store can't be used
environment: COUNTERSIGN_PROFILE and COUNTERSIGN_API_URL are the flags' twins
"""


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; wrong ones end the process with status 2 and a sentence."""
    return _parser().parse_args(argv)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="countersign", description=_DESCRIPTION, epilog=_EXIT)
    parser.add_argument("--version", action="version", version=f"countersign {__version__}")
    parser.add_argument(
        "--profile",
        metavar="NAME_OR_DIR",
        default=os.environ.get("COUNTERSIGN_PROFILE") or None,
        help="which set of accounts: a name, or a folder (anything with a separator)",
    )
    parser.add_argument(
        "--api-url",
        metavar="URL",
        default=os.environ.get("COUNTERSIGN_API_URL") or None,
        help="where to enrol, if not at Twilio's own address; accounts keep theirs",
    )
    parser.add_argument(
        "--log-level", metavar="L", choices=_LEVELS, default="error", help=", ".join(_LEVELS)
    )
    parser.set_defaults(module="gui", function="gui", hidden=False, link=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for add in (_accounts, _requests, _records, _surroundings):
        add(commands)
    return parser


class _Parser(argparse.ArgumentParser):
    """Keeps the line breaks of descriptions, and takes no abbreviations: they'd become contract."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **kwargs,  # type: ignore[arg-type]  # argparse makes sub-parsers through this same class
        )


def _command(  # noqa: PLR0913 - the facts of a command, each by name
    commands: _Commands, name: str, where: str, help_: str, more: str = "", *, data: bool = True
) -> argparse.ArgumentParser:
    module, _, function = where.partition(".")
    parser = commands.add_parser(name, help=help_, description=f"{help_}\n\n{more}".strip())
    parser.set_defaults(module=module, function=function)
    if data:
        parser.add_argument("--json", action="store_true", help="one JSON document on stdout")
    return parser


def _accounts(commands: _Commands) -> None:
    add = _command(
        commands,
        "enroll",
        "accounts.enroll",
        "Add an account to this computer.",
        "Give the link that your company sent, or its address and your ID:\n\n"
        "  countersign enroll 'countersign://enroll?backend=...&identity=...'\n"
        "  countersign enroll --backend https://auth.example.com/access-token \\\n"
        "    --identity YOUR-ID\n\n"
        "The key is made here and stays in this computer's password store.",
    )
    add.add_argument("link", nargs="?", metavar="LINK", help="a countersign:// link")
    add.add_argument("--backend", metavar="URL", help="your company's address")
    add.add_argument("--identity", metavar="ID", help="your ID there; not your e-mail address")
    add.add_argument("--name", default="", help="this computer's name; your company sees it")
    add.add_argument(
        "--label", metavar="NAME", default="", help="the account's name; only you see it"
    )
    add.add_argument("--code", help="a one-time code, if your company gave you one")
    add.add_argument(
        "--header-file", metavar="FILE", help="headers for the company's address, or -"
    )
    add.add_argument("--tpm", action="store_true", help="keep the key in this computer's TPM 2.0")
    add.add_argument(
        "--resume", type=parser_types.factor, metavar="YF", help="finish an unfinished account"
    )
    _command(commands, "accounts", "accounts.list_accounts", "List the accounts on this computer.")
    name = _command(
        commands, "rename", "accounts.rename", "Change this computer's name at the company."
    )
    name.add_argument("factor", type=parser_types.factor, metavar="YF")
    name.add_argument("name", metavar="NAME")
    label = _command(
        commands, "label", "accounts.label", "Change an account's name; only you see it."
    )
    label.add_argument("factor", type=parser_types.factor, metavar="YF")
    label.add_argument("name", metavar="NAME")
    remove = _command(
        commands,
        "remove",
        "accounts.remove",
        "Remove an account and its key.",
        "Removes it at the company too; where that can't be reached, nothing is removed.",
    )
    remove.add_argument("factor", type=parser_types.factor, metavar="YF")
    remove.add_argument(
        "--local-only", action="store_true", help="only here: the company still lists this computer"
    )


def _requests(commands: _Commands) -> None:
    inbox = _command(
        commands,
        "inbox",
        "requests.inbox",
        "Show the requests that wait, newest first.",
        "Without options: all that wait, of all accounts.",
    )
    inbox.add_argument(
        "--account", type=parser_types.factor, metavar="YF", help="of one account only"
    )
    inbox.add_argument(
        "--status", choices=("pending", "approved", "denied", "expired", "all"), default="pending"
    )
    inbox.add_argument("--limit", type=parser_types.positive, metavar="N", help="at most so many")
    show = _command(commands, "show", "requests.show", "Show one request in full.")
    show.add_argument("challenge", type=parser_types.challenge, metavar="YC")
    show.add_argument("--raw", action="store_true", help="with the hidden details, for testers")
    approve = _command(
        commands,
        "approve",
        "answers.approve",
        "Approve a request.",
        "On a terminal it shows the request and asks. You can't undo an answer.",
    )
    approve.add_argument("challenge", type=parser_types.challenge, metavar="YC")
    deny = _command(commands, "deny", "answers.deny", "Deny a request. You can't undo an answer.")
    deny.add_argument("challenge", type=parser_types.challenge, metavar="YC")
    deny.add_argument("--reason", choices=("suspicious",), help="it wasn't you who asked")
    wait = _command(
        commands, "wait", "requests.wait", "Wait until there is a request, then print what waits."
    )
    wait.add_argument(
        "--timeout", type=parser_types.seconds, metavar="S", help="seconds; without it, forever"
    )


def _records(commands: _Commands) -> None:
    history = _command(
        commands,
        "history",
        "history.history",
        "Show what was answered from this computer.",
        "Kept for 90 days.",
    )
    history.add_argument("--csv", metavar="FILE", help="save it as a table instead")
    _command(
        commands,
        "doctor",
        "doctor.doctor",
        "Check what Countersign needs, and say what to do.",
        "Password store, storage, network, TLS, clock, display. Exits 0 if all but the display "
        "work:\nthe commands need none.",
    )


def _surroundings(commands: _Commands) -> None:
    gui = _command(
        commands,
        "gui",
        "gui.gui",
        "Show the window; the same as no command at all.",
        "A second start brings the first one to the front.",
        data=False,
    )
    gui.add_argument("--hidden", action="store_true", help="start in the tray")
    gui.add_argument(
        "link",
        nargs="?",
        type=parser_types.link,
        metavar="LINK",
        help="a countersign:// link to follow",
    )
    links = _command(
        commands,
        "links",
        "links.links",
        "Open countersign: links with this program, or no longer.",
        "A link shows something: an account to add, a request. It never answers one.",
    )
    links.add_argument("action", choices=("register", "unregister", "status"))
    sandbox = _command(commands, "sandbox", "sandbox.run", *sandbox_parser.HELP, data=False)
    sandbox_parser.add_words(sandbox)
    demo = _command(
        commands,
        "demo",
        "demo.demo",
        "See it work: a sandbox, an account, three requests, three answers.",
        "Uses a profile of its own and leaves nothing behind. Without a display it goes\n"
        "through it all by itself, on a screen of its own, and saves what is to be seen there.",
        data=False,
    )
    demo.add_argument("--headless", action="store_true", help="by itself, display or not")
    demo.add_argument(
        "--screenshots", type=Path, default=Path("build/demo"), metavar="DIR", help="%(default)s"
    )
