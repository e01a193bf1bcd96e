"""What goes over the network, for the log: at a level of its own, and with nothing secret in it.

Of a request there are method, host, path and the names of what was sent; of an answer status,
length and time. Never a header, a value of a form, an identity, a token or a body.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl, quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

WIRE: Final = 7
"""Below DEBUG: somebody has to ask for it by name. Not 5, which uvicorn has named already."""
_SHOWN: Final = frozenset({"Status", "Order", "PageSize"})
_PUBLIC: Final = frozenset({"v2", "Services", "Entities", "Factors", "Challenges"})
_SIDS: Final = ("VA", "YF", "YC")
_SID: Final = 34
_log = logging.getLogger("countersign.wire")

logging.addLevelName(WIRE, "WIRE")


def note(method: str, url: str, form: Iterable[str], outcome: str) -> None:
    """Write one exchange down, where the log has that level."""
    if _log.isEnabledFor(WIRE):
        fields = ",".join(sorted(form)) or "-"
        _log.log(WIRE, "%s %s form %s: %s", method, masked(url), fields, outcome)


def masked(url: str) -> str:
    """Return an address of which only what the protocol fixes, and sids, can be read."""
    parts = urlsplit(url)
    path = "/".join(part if _known(part) else "***" for part in parts.path.split("/"))
    query = "&".join(
        f"{quote(name)}={value if name in _SHOWN else '***'}"
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
    )
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{path}{'?' if query else ''}{query}"


def _known(part: str) -> bool:
    sid = len(part) == _SID and part.startswith(_SIDS) and part.isalnum()
    return not part or part in _PUBLIC or sid
