"""`countersign:` links, parsed strictly: anything unknown, doubled or too long is refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from countersign.push.address import checked_url
from countersign.push.errors import InputError

SCHEME: Final = "countersign"
_MAX_LINK: Final = 4096
_ENROLL: Final = frozenset({"backend", "identity", "name", "code"})


@dataclass(frozen=True, slots=True)
class EnrollLink:
    """Where and as whom to enrol; `code` is a one-time code of the company's own.

    A link never sets the API's address, and nothing in it is done before the user says so.
    """

    backend: str
    identity: str
    name: str | None = None
    code: str | None = field(default=None, repr=False)


def parse_enroll_link(text: str) -> EnrollLink:
    """Read `countersign://enroll?backend=…&identity=…[&name=…][&code=…]`.

    Raises InputError, with the address's own sentence where only that is wrong.
    """
    values = _parameters(text.strip(), "enroll", _ENROLL)
    if not values.get("backend") or not values.get("identity"):
        raise _broken()
    return EnrollLink(
        backend=checked_url(values["backend"]),
        identity=values["identity"],
        name=values.get("name") or None,
        code=values.get("code") or None,
    )


def _parameters(text: str, verb: str, known: frozenset[str]) -> dict[str, str]:
    if len(text) > _MAX_LINK or not text.isprintable():
        raise _broken()
    try:
        parts = urlsplit(text)
        pairs = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError as error:
        raise _broken() from error
    values = dict(pairs)
    well_formed = (
        parts.scheme == SCHEME
        and parts.netloc == verb
        and parts.path in {"", "/"}
        and not parts.fragment
        and len(values) == len(pairs)
        and values.keys() <= known
        and all(value.isprintable() for value in values.values())
    )
    if not well_formed:
        raise _broken()
    return values


def _broken() -> InputError:
    return InputError("broken_link", "This link isn't complete.", "Ask for a new one.")
