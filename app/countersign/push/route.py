"""The way to other computers: through which proxy, and trusting whom beside the system."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from countersign.push.address import checked_api_url
from countersign.push.errors import InputError

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


@dataclass(frozen=True, slots=True)
class Route:
    """How requests travel; loopback never goes through a proxy.

    `proxy` is an address that `checked_proxy` has returned, empty for none, and None for what the
    system says. `ca_file` is the path of a PEM file, or empty.
    """

    proxy: str | None = None
    ca_file: str = ""


def checked_proxy(text: str) -> str:
    """Return a proxy's address as `http://host:port` or `https://host:port`; raises InputError.

    The scheme may be left out. A name and password in it are refused: settings are kept in a plain
    file. Other computers' addresses may be `http:` here, for what is sent on is TLS all the way.
    """
    address = text if _SCHEME.match(text) else f"http://{text}"
    scheme, _, rest = address.partition("://")
    if scheme.lower() not in {"http", "https"}:
        raise _bad("A proxy's address starts with http:// or https://.")
    if "@" in rest:
        raise _bad("A proxy's address can't hold a name and password: it is kept in a plain file.")
    try:
        parts = urlsplit(checked_api_url(f"https://{rest}"))
    except InputError as error:
        raise _bad("That isn't a proxy's address.") from error
    if parts.path or parts.port == 0:
        raise _bad("That isn't a proxy's address.")
    return f"{scheme.lower()}://{parts.netloc}"


def _bad(sentence: str) -> InputError:
    return InputError("bad_proxy", sentence, "It looks like http://proxy.example.com:8080.")
