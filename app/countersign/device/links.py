"""`countersign:` links, parsed strictly: anything unknown, doubled or too long is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from countersign.push.address import checked_url
from countersign.push.errors import InputError
from countersign.push.values import is_sid

SCHEME: Final = "countersign"
_MAX_LINK: Final = 4096
_ENROLL: Final = frozenset({"backend", "identity", "name", "code"})
_REQUEST: Final = frozenset({"factor_sid", "challenge_sid"})
_VERB: Final = re.compile(rf"\s*{SCHEME}://([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EnrollLink:
    """Where and as whom to enrol; `code` is a one-time code of the company's own.

    A link never sets the API's address, and nothing in it is done before the user says so.
    """

    backend: str
    identity: str
    name: str | None = None
    code: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class ChallengeLink:
    """Shows one request, with its details and guard; who sent the link is unknown."""

    factor_sid: str
    challenge_sid: str


@dataclass(frozen=True, slots=True)
class SignInLink:
    """Shows the request of a sign-in that a page claims to have begun: the user still answers.

    It carries no id of a sign-in that was started here, and can't: silent approval knows only
    its own.
    """

    factor_sid: str
    challenge_sid: str


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Brings the window to the front."""


Link = EnrollLink | ChallengeLink | SignInLink | OpenLink


def parse_link(text: str) -> Link:
    """Read any `countersign:` link; raises InputError.

    `enroll` as below; `challenge` and `signin` with `factor_sid` and `challenge_sid`; `open`.
    """
    verb = _VERB.match(text[:_MAX_LINK])
    match verb[1] if verb else None:
        case "enroll":
            return parse_enroll_link(text)
        case "challenge":
            return ChallengeLink(*_request(text, "challenge"))
        case "signin":
            return SignInLink(*_request(text, "signin"))
        case "open":
            _parameters(text.strip(), "open", frozenset())
            return OpenLink()
        case _:
            raise _broken()


def is_enroll_link(text: str) -> bool:
    """Tell whether a link is about an account to add, complete or not."""
    verb = _VERB.match(text[:_MAX_LINK])
    return verb is not None and verb[1] == "enroll"


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


def _request(text: str, verb: str) -> tuple[str, str]:
    values = _parameters(text.strip(), verb, _REQUEST)
    factor_sid, challenge_sid = values.get("factor_sid", ""), values.get("challenge_sid", "")
    if not is_sid(factor_sid, "YF") or not is_sid(challenge_sid, "YC"):
        raise _broken()
    return factor_sid, challenge_sid


def _parameters(text: str, verb: str, known: frozenset[str]) -> dict[str, str]:
    if len(text) > _MAX_LINK or not text.isprintable():
        raise _broken()
    try:
        parts = urlsplit(text)
        pairs = _pairs(parts.query) if parts.query else []
    except ValueError as error:
        raise _broken() from error
    values = dict(pairs)
    well_formed = (
        parts.scheme == SCHEME
        and parts.netloc == verb
        and parts.path in {"", "/"}
        and "#" not in text  # an empty fragment too, which `urlsplit` drops
        and len(values) == len(pairs)
        and values.keys() <= known
        and all(value.isprintable() for value in values.values())
    )
    if not well_formed:
        raise _broken()
    return values


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True, strict_parsing=True, errors="strict")


def _broken() -> InputError:
    return InputError("broken_link", "This link isn't complete.", "Ask for a new one.")
