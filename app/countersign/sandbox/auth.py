"""Who calls: the company's backend, a device with its own token, or one that enrols."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, or_, select

from countersign.sandbox import jose
from countersign.sandbox.errors import ApiError
from countersign.sandbox.models import AccessToken, Account, Factor

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from countersign.sandbox.call import Call

DEVICE = "token"
"""The user name of every device; the password is its token."""

# Made once: every device's request asks it, and to put it together takes longer than to run it.
_BY_CREDENTIAL: Final = select(Factor).where(
    Factor.credential_sid == bindparam("credential_sid"),
    or_(Factor.status == "verified", Factor.created > bindparam("since")),
)


def credentials(call: Call) -> tuple[str, str]:
    """Give user and password of HTTP Basic. Raises 20003 without them."""
    scheme, _, encoded = call.headers.get("authorization", "").partition(" ")
    try:
        user, colon, password = jose.decode_standard(encoded.strip()).decode("utf-8").partition(":")
    except ValueError as error:
        raise ApiError(20003) from error
    # No credentials of ours have a NUL, and PostgreSQL can't even be asked for one.
    if scheme.lower() != "basic" or not colon or "\0" in user + password:
        raise ApiError(20003)
    return user, password


def company(call: Call) -> str:
    """Give the sid of the account whose backend calls. Anybody else: 20003."""
    user, password = credentials(call)
    account = call.session.scalar(select(Account).where(Account.sid == user))
    known = account.auth_token if account else ""
    if not secrets.compare_digest(known.encode(), password.encode()) or account is None:
        raise ApiError(20003)
    return account.sid


def caller(call: Call) -> tuple[str, Factor | None]:
    """Give the account, and the factor if it is a device that calls. Anybody else: 20003."""
    user, password = credentials(call)
    if user != DEVICE:
        return company(call), None
    factor = _device(call, password)
    return factor.account_sid, factor


def _device(call: Call, token: str) -> Factor:
    try:
        jws = jose.split(token)
        kid = jose.key_id(jws)
        if "\0" in kid:
            raise ValueError("no credential sid has a NUL")  # noqa: TRY301 - handled as all bad tokens
    except ValueError as error:
        raise ApiError(20003) from error
    values = {"credential_sid": kid, "since": _oldest_unverified(call)}
    factor = call.session.scalar(_BY_CREDENTIAL, values)
    if factor is None or not jose.claims_hold(jws, factor.account_sid, call.now):
        raise ApiError(20003)
    if not jose.verify(factor.public_key, jws):
        raise ApiError(20003)
    call.sandbox.seen.note(factor.sid, call.now)
    return factor


def remembered(call: Call) -> ColumnElement[bool]:
    """Select the factors that still exist: unverified ones are forgotten after a while."""
    return or_(Factor.status == "verified", Factor.created > _oldest_unverified(call))


def _oldest_unverified(call: Call) -> int:
    return call.second - call.sandbox.settings.forget_after


def enrolling(call: Call, service_sid: str, identity: str) -> AccessToken:
    """Give the access token that a device enrols with, not yet marked as used.

    A token we never made, or none: 20003. Anybody else who may not create this factor, be it by a
    token of another identity or service, a used or an expired one, or as a company: 60313.
    """
    user, password = credentials(call)
    if user != DEVICE:
        company(call)
        raise ApiError(60313, "A push factor is created by the device, with an access token")
    # Locked, so that of two requests with one token the second sees it used.
    mine = select(AccessToken).where(AccessToken.token == password).with_for_update()
    token = call.session.scalar(mine)
    if token is None:
        raise ApiError(20003)
    gone = token.used or call.now >= token.expires
    if gone or (token.service_sid, token.identity) != (service_sid, identity):
        raise ApiError(60313, "The access token was used, has expired or is for another identity")
    return token
