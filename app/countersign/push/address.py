"""Addresses of backends and of the API: which may be called, and how."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from countersign.push.errors import InputError

DEFAULT_API_URL = "https://verify.twilio.com/v2"
_MAX = 2048
_PRINTABLE = re.compile(r"[\x21-\x7e]+")


def checked_url(text: str) -> str:
    """Return an address that may be called; raises InputError with a sentence where it may not.

    `https:` for all, `http:` for loopback alone; no user names, passwords or fragments in it.
    Host names beyond ASCII are refused rather than converted: a look-alike letter would pass.
    """
    if len(text) > _MAX or not _PRINTABLE.fullmatch(text):
        raise InputError("bad_address", "That isn't a web address.", "Check it, or paste it again.")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise InputError("bad_address", "That isn't a web address.", "Check it.") from error
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc or parts.fragment:
        raise InputError(
            "bad_address", "That isn't a web address.", "An address starts with https://."
        )
    if parts.scheme == "http" and not is_loopback(text):
        raise InputError("not_https", "The address must start with https://. Nothing was sent.")
    return text.rstrip("/")


def is_loopback(url: str) -> bool:
    """Tell whether an address is this very computer: 127.0.0.0/8, ::1 or exactly `localhost`."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_of(url: str) -> str:
    """Return the host, with its port where it isn't the usual one, as users are shown it."""
    return urlsplit(url).netloc
