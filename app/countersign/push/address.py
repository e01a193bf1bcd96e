"""Addresses of backends and of the API: which may be called, and how."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from countersign.push.errors import InputError

DEFAULT_API_URL = "https://verify.twilio.com/v2"
_MAX = 2048
_PRINTABLE = re.compile(r"[\x21-\x7e]+")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
# Stricter than urlsplit, which sees the host ::1 in `evil.com[::1]`: no two readers may differ.
_HOST_AND_PORT = re.compile(rf"(?:\[[0-9A-Fa-f:.]+\]|{_LABEL}(?:\.{_LABEL})*\.?)(?::[0-9]*)?")
_NUMBER_LAST = re.compile(r"(?:.*\.)?[0-9]+\.?")  # then it is an IPv4 address, or nothing
_MAX_HOST = 253
_IPV6_LOOPBACK = ipaddress.IPv6Address("::1")


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
    if (
        parts.scheme not in {"http", "https"}
        or not _HOST_AND_PORT.fullmatch(parts.netloc)
        or not _is_host(host or "")
        or "#" in text
    ):
        raise InputError(
            "bad_address", "That isn't a web address.", "An address starts with https://."
        )
    if parts.scheme == "http" and not is_loopback(text):
        raise InputError("not_https", "The address must start with https://. Nothing was sent.")
    return text


def checked_api_url(text: str) -> str:
    """Return the API's base address, to which paths are appended; raises InputError as above."""
    url = checked_url(text)
    if "?" in url:
        raise InputError("bad_address", "The API's address can't have a query.", "Check it.")
    return url.rstrip("/")


def is_loopback(url: str) -> bool:
    """Tell whether an address is this very computer: 127.0.0.0/8, ::1 or exactly `localhost`."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback if address.version == 4 else address == _IPV6_LOOPBACK  # noqa: PLR2004 - IPv4


def _is_host(host: str) -> bool:
    if ":" not in host and not _NUMBER_LAST.fullmatch(host):
        return len(host) <= _MAX_HOST
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def host_of(url: str) -> str:
    """Return the host, with its port where it isn't the usual one, as users are shown it."""
    return urlsplit(url).netloc
