"""The API's error answers, turned into errors with a sentence (protocol.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from countersign.push.errors import AnswerLostError, ApiError, NetworkError

if TYPE_CHECKING:
    from countersign.push.http import Reply

_MAX_WORDS = 500
_REDIRECTS: Final = range(300, 400)
_SIGN_IN_FIRST: Final = 511  # RFC 6585, 6: a network's own sign-in page
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
SIGN_IN_FIRST: Final = "sign_in_first"
"""The name of the error where a network's sign-in page answered in the service's place."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    name: str
    message: str
    hint: str = ""


_BY_CODE: Final = {
    60311: _Meaning("check_failed", "{host} didn't accept the proof of this computer's key."),
    60313: _Meaning(
        "token_expired",
        "The permission ran out before we could use it. Nothing was added.",
        "Try again.",
    ),
    60315: _Meaning(
        "too_many_devices",
        "This ID already has 20 devices.",
        "Remove one, or ask whoever gave you this account.",
    ),
    60317: _Meaning("already_registered", "This computer is already registered."),
    60318: _Meaning(
        "unfinished", "This account isn't finished.", "Finish it, or remove it and add it again."
    ),
    60322: _Meaning("already_answered", "This request was already answered."),
    60323: _Meaning(
        "expired",
        "This request expired. Nothing was approved.",
        "Still signing in? Start again there.",
    ),
    60324: _Meaning("signature_refused", "{host} didn't accept the signature of the answer."),
    60326: _Meaning("too_many_tries", "Too many tries today for this ID.", "Try again tomorrow."),
}
_BY_STATUS: Final = {
    401: _Meaning(
        "not_authorized",
        "{host} doesn't accept this computer's key.",
        "If it stays so, remove the account and add it again.",
    ),
    403: _Meaning("forbidden", "{host} refused this."),
    404: _Meaning("not_found", "{host} doesn't know this request or account."),
    409: _Meaning("conflict", "{host} says that this exists already."),
    429: _Meaning("too_many_requests", "{host} is busy.", "Try again in a minute."),
}
_BUSY: Final = _Meaning("busy", "{host} is busy.", "Try again in a minute.")
_REFUSED: Final = _Meaning("refused", "{host} refused this request.")
_UNEXPECTED: Final = _Meaning(
    "unexpected", "{host} answered, but not as expected.", "The address may be wrong."
)


class _Body(msgspec.Struct):
    code: int
    message: str = ""
    more_info: str = ""


def api_error(reply: Reply, host: str) -> ApiError:
    """Return the error that an answer with a status beyond 2xx stands for.

    Where the body isn't the API's (a proxy's page, say), the code is one of our own.
    """
    said = _read(reply.body)
    meaning = _meaning(said.code if said else None, reply.status)
    hint = meaning.hint
    if reply.retry_after is not None:
        hint = f"Try again in {round(reply.retry_after)} s."
    return ApiError(
        meaning.name,
        meaning.message.format(host=host),
        hint,
        code=said.code if said else _own_code(reply.status),
        status=reply.status,
        detail=said.message[:_MAX_WORDS] if said else "",
        more_info=said.more_info[:_MAX_WORDS] if said else "",
        retry_after=reply.retry_after,
    )


def require_service(reply: Reply, host: str, *, sent: bool) -> None:
    """Raise NetworkError where a page answered that isn't the service's: see `SIGN_IN_FIRST`.

    That is 511, any redirect (the API sends none) and a page with a status of success. `sent`: the
    request may have changed something; then a page leaves open whether it got there
    (AnswerLostError), for a gateway may show one after passing it on.
    """
    page = reply.ok and reply.body.lstrip(_BLANK).startswith(b"<")
    if page or reply.status == _SIGN_IN_FIRST or reply.status in _REDIRECTS:
        kind = AnswerLostError if page and sent else NetworkError
        raise kind(
            SIGN_IN_FIRST,
            f"This network, or {host}, wants you to sign in first.",
            "Do that in your browser, then try again.",
        )


def _own_code(status: int) -> int:
    return 60401 if status == 429 or status >= 500 else 60402  # noqa: PLR2004 - busy, or not ours


def _meaning(code: int | None, status: int) -> _Meaning:
    if code in _BY_CODE:
        return _BY_CODE[code]
    if status >= 500:  # noqa: PLR2004 - the server's own trouble
        return _BUSY
    if code is None and status not in {401, 429}:
        return _UNEXPECTED
    return _BY_STATUS.get(status, _REFUSED)


def _read(body: bytes) -> _Body | None:
    try:
        return msgspec.json.decode(body, type=_Body)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
