"""What of the console somebody looks at; all of it is in the address, so a view can be linked."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from countersign.sandbox.forms import is_sid
from countersign.sandbox.guard import CONSOLE
from countersign.sandbox.traffic import CALLERS, ONLY

if TYPE_CHECKING:
    from countersign.sandbox.forms import Form

STATUSES: Final = ("all", "pending", "approved", "denied", "expired")
TABS: Final = ("request", "answer", "events", "webhooks")
CHANGE: Final = "change"
"""A tab that only a pending request has: the form to change it by."""
DRAWERS: Final = ("traffic", "webhooks", "faults", "scenarios")
PAGE: Final = 50
MAX_SHOWN: Final = 1_000
QUERY_LIMIT: Final = 100


@dataclass(frozen=True, slots=True)
class View:
    """The parts of the address, each one valid: what isn't is as if it were not there."""

    challenge: str = ""
    tab: str = TABS[0]
    status: str = STATUSES[0]
    q: str = ""
    shown: int = PAGE
    template: str = ""
    drawer: str = ""
    """What of the bottom drawer is open, if it is."""
    caller: str = ""
    only: str = ""
    find: str = ""
    """Of the traffic: whose, which, and with what in it."""

    @classmethod
    def of(cls, query: Form) -> View:
        """Read an address that somebody may have typed."""
        given = dict(query.pairs)
        challenge, tab = given.get("challenge", ""), given.get("tab", "")
        status, shown = given.get("status", ""), given.get("shown", "")
        drawer, caller, only = (given.get(name, "") for name in ("drawer", "caller", "only"))
        return cls(
            challenge=challenge if is_sid(challenge, "YC") else "",
            tab=tab if tab in {*TABS, CHANGE} else TABS[0],
            status=status if status in STATUSES else STATUSES[0],
            q=given.get("q", "").strip()[:QUERY_LIMIT].replace("\0", ""),
            shown=_shown(shown),
            template=given.get("template", "")[:QUERY_LIMIT],
            drawer=drawer if drawer in DRAWERS else "",
            caller=caller if caller in CALLERS else "",
            only=only if only in ONLY else "",
            find=given.get("find", "").strip()[:QUERY_LIMIT].replace("\0", ""),
        )

    def link(self, **changes: str | int) -> str:
        """Write the address of this view, or of one that differs in something."""
        there = dataclasses.replace(self, **changes)  # type: ignore[arg-type]  # by name, from templates
        usual = View()
        pairs = [
            (item.name, getattr(there, item.name))
            for item in dataclasses.fields(there)
            if getattr(there, item.name) != getattr(usual, item.name)
        ]
        return f"{CONSOLE}?{urlencode(pairs)}" if pairs else CONSOLE


def _shown(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MAX_SHOWN))):
        return PAGE
    return min(max(int(text), PAGE), MAX_SHOWN)
