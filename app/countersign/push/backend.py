"""The company's backend: it hands out the access token that a new factor is created with.

The contract is that of Twilio's sample backend (protocol.md §2): POST `identity`, get back
`{"token", "serviceSid", "identity", "factorType": "push"}`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from countersign.push import strict_json
from countersign.push.address import checked_api_url, checked_url, host_of, is_loopback
from countersign.push.errors import (
    AnswerLostError,
    BackendError,
    InputError,
    MappingError,
    NetworkError,
)
from countersign.push.values import is_sid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.push.http import Http, Reply

_MAX_TOKEN: Final = 16 * 1024
_MAX_IDENTITY: Final = 256
_DOT_SEGMENTS: Final = frozenset({".", ".."})  # as an identity in a path they'd name another one
_REDIRECTS: Final = range(300, 400)
_SIGN_IN_FIRST: Final = 511  # RFC 6585: a network's own sign-in page


@dataclass(frozen=True, slots=True)
class AccessToken:
    """Permission to create one factor, good for a minute or so; the token never shows in a repr.

    `api_url` is the API's address where a loopback backend named one, else None.
    """

    token: str = field(repr=False)
    service_sid: str
    identity: str
    api_url: str | None = None


class _Answer(msgspec.Struct):
    token: str
    identity: str
    service_sid: str = msgspec.field(name="serviceSid")
    factor_type: str = msgspec.field(name="factorType")
    api_url: str | None = None


async def fetch_access_token(
    http: Http,
    backend_url: str,
    identity: str,
    *,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> AccessToken:
    """Ask a backend for an access token; call it right before creating the factor.

    `code` is the company's own one-time code, sent as one more form field. Raises InputError,
    NetworkError, BackendError or MappingError, each with the sentence to show.
    """
    url = checked_url(backend_url)
    form = {"identity": identity} | ({"code": code} if code else {})
    try:
        reply = await http.send("POST", url, form=form, headers=headers)
    except AnswerLostError as error:  # nothing is made by a token that nobody received
        raise NetworkError(error.name, error.message, error.hint) from error
    return _read(reply, url)


def _read(reply: Reply, url: str) -> AccessToken:
    host = host_of(url)
    if not reply.ok:
        raise _refusal(reply, host)
    try:
        strict_json.check(reply.body)
        answer = msgspec.json.decode(reply.body, type=_Answer)
    except (MappingError, msgspec.DecodeError) as error:
        raise _not_as_expected(host) from error
    if answer.factor_type != "push":
        raise MappingError(
            "not_push",
            "This account isn't for approving requests.",
            "Tell whoever gave you this account.",
        )
    if (
        not is_sid(answer.service_sid, "VA")
        or not 0 < len(answer.token) <= _MAX_TOKEN
        or not answer.token.isascii()
        or not answer.token.isprintable()
        or not 0 < len(answer.identity) <= _MAX_IDENTITY
        or answer.identity in _DOT_SEGMENTS
    ):
        raise _not_as_expected(host)
    return AccessToken(
        token=answer.token,
        service_sid=answer.service_sid,
        identity=answer.identity,
        api_url=_loopback_api(answer.api_url, url),
    )


def _loopback_api(api_url: str | None, backend_url: str) -> str | None:
    """Let a backend on this very computer point to an API on this very computer, and no other."""
    if api_url is None:
        return None
    if not is_loopback(backend_url):
        raise _not_as_expected(host_of(backend_url))
    try:
        checked = checked_api_url(api_url)
    except InputError as error:
        raise _not_as_expected(host_of(backend_url)) from error
    if not is_loopback(checked):
        raise _not_as_expected(host_of(backend_url))
    return checked


def _refusal(reply: Reply, host: str) -> BackendError:
    status = reply.status
    if status == _SIGN_IN_FIRST or status in _REDIRECTS:
        return BackendError(
            "sign_in_first",
            f"This network, or {host}, wants you to sign in first.",
            "Do that in your browser, then try again.",
            status=status,
        )
    if status in {401, 403}:
        return BackendError(
            "refused_by_company",
            f"{host} said no to this ID or code.",
            "Check both, or ask for a new code.",
            status=status,
        )
    if status == 429 or status >= 500:  # noqa: PLR2004 - too many requests, or the server's trouble
        wait = f"in {round(reply.retry_after)} s" if reply.retry_after else "in a minute"
        return BackendError("busy", f"{host} is busy.", f"Try again {wait}.", status=status)
    if status == 400:  # noqa: PLR2004 - bad request
        return BackendError(
            "refused_by_company", f"{host} can't use this ID.", "Check it.", status=status
        )
    return BackendError(
        "unexpected",
        f"{host} answered, but not as expected.",
        "The address may be wrong.",
        status=status,
    )


def _not_as_expected(host: str) -> MappingError:
    return MappingError(
        "unexpected", f"{host} answered, but not as expected.", "The address may be wrong."
    )
