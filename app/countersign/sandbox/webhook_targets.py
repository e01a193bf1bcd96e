"""Where webhooks may go, and the signature that they carry (protocol 3)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import ipaddress
from typing import TYPE_CHECKING, Final

import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_URL: Final = 2_048
_PORTS: Final = {None, *range(1, 65_536)}
SIGNATURE: Final = "X-Twilio-Signature"


def checked_url(text: str) -> str:
    """Give a webhook's address as it goes over the wire.

    That is how the receiver sees it, and what is signed: default ports are left out, an empty
    path is a slash. Raises ValueError for anything but http and https, and for a user name (it
    would stand in the log) or a fragment (which is never sent).
    """
    if not text.isascii() or not text.isprintable() or " " in text:
        raise ValueError("not an address")
    try:
        url = httpx.URL(text)
    except httpx.InvalidURL as error:
        raise ValueError("not an address") from error
    if url.scheme not in {"http", "https"} or not url.host or url.port not in _PORTS:
        raise ValueError("not an http address")
    if url.userinfo or "#" in text:
        raise ValueError("a user name or a fragment")
    return str(url.copy_with(raw_path=url.raw_path))  # which has the slash that `url` may lack


def is_loopback(url: str) -> bool:
    """Tell whether an address leads to this machine by its own name: no name is looked up.

    A name that DNS points to 127.0.0.1 today may point into the company's network tomorrow.
    """
    host = httpx.URL(url).host
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def signature(url: str, parameters: Mapping[str, str], auth_token: str) -> str:
    """Sign a form: HMAC-SHA1 over the address and each name and value, sorted by name."""
    text = url + "".join(name + parameters[name] for name in sorted(parameters))
    # SHA-1 is what the real service signs with; HMAC doesn't rest on what is broken in it.
    digest = hmac.new(auth_token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
