"""`links`: whether `countersign:` links open with this program; only the user's word changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.cli.main import OK
from countersign.storage.link_registration import for_profile

if TYPE_CHECKING:
    from argparse import Namespace

    from countersign.cli.output import Output
    from countersign.storage.link_registration import LinkStatus


def links(options: Namespace, output: Output) -> int:
    """Register, unregister, or look."""
    registration = for_profile(options.profile)
    if options.action == "register":
        registration.register()
    elif options.action == "unregister":
        registration.unregister()
    status = registration.status()
    output.document(
        {
            "registered": status.registered,
            "handler": status.handler or None,
            "command": status.command,
        }
    )
    output.line(_sentence(status))
    if options.action == "register" and not status.registered:
        output.say("Something else on this computer comes first; choose Countersign there.")
    return OK


def _sentence(status: LinkStatus) -> str:
    if status.registered:
        return "countersign: links open with this Countersign."
    if status.handler:
        return f"countersign: links open with something else: {status.handler}"
    return "countersign: links open with nothing. To change that: countersign links register"
