"""The address at which a sign-in starts: a template with the ids that tell it from others."""

from __future__ import annotations

import re
import secrets
from typing import Final
from urllib.parse import urlsplit

from countersign.push.address import checked_url, is_loopback
from countersign.push.errors import InputError

_TRANSACTION: Final = "{transaction}"
_FACTOR: Final = "{factor}"
_BITS: Final = 128


def checked_template(template: str, api_url: str) -> str:
    """Return a sign-in address that may be opened for an account of this API.

    It names `{transaction}` once and may name `{factor}`, both after the host; https, or http on
    loopback for a loopback account. Raises InputError.
    """
    text = template.strip()
    url = checked_url(expanded(text, "0" * (_BITS // 4), "YF" + "0" * 32))
    origin = re.match(r"[a-z]+://[^/?]*", text)
    if (
        text.count(_TRANSACTION) != 1
        or re.search(r"[{}]", url)
        or origin is None
        or "{" in origin[0]
    ):
        raise InputError(
            "bad_sign_in_address",
            "A sign-in address has {transaction} in it once, after the company's name.",
            "For example: https://login.example.com/start?id={transaction}",
        )
    if urlsplit(url).scheme != "https" and not is_loopback(api_url):
        raise InputError("not_https", "The address must start with https://. Nothing was sent.")
    return text


def new_transaction() -> str:
    """Return a fresh id of 128 random bits, as 32 hexadecimal digits."""
    return secrets.token_hex(_BITS // 8)


def expanded(template: str, transaction: str, factor_sid: str) -> str:
    """Return the address to open."""
    return template.replace(_TRANSACTION, transaction).replace(_FACTOR, factor_sid)
