"""Creating a factor: the one call that a device makes with an access token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from countersign import __version__
from countersign.push.address import host_of
from countersign.push.api_errors import api_error, require_service
from countersign.push.encoding import base64_text
from countersign.push.errors import ApiError, MappingError
from countersign.push.values import FactorStatus, parse_factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.push.backend import AccessToken
    from countersign.push.http import Http, Reply
    from countersign.push.values import Factor

APP_ID: Final = "countersign"
MAX_FRIENDLY_NAME: Final = 64
"""Characters of a computer's name at the company; Metadata may have 1024."""


@dataclass(frozen=True, slots=True)
class NewFactor:
    """What a device says of itself: `public_key` is the DER SubjectPublicKeyInfo of a P-256 key.

    `metadata` goes to the company: never a person's or a computer's name or address.
    """

    friendly_name: str
    public_key: bytes
    metadata: Mapping[str, str]


async def create_factor(http: Http, api_url: str, token: AccessToken, new: NewFactor) -> Factor:
    """Create an unverified factor; never repeated, since each time makes another one.

    Raises AnswerLostError where a factor may exist that nobody holds the key's name of, and what
    FactorClient's calls raise. The factor that is returned has a credential_sid.
    """
    service, identity = quote(token.service_sid, safe=""), quote(token.identity, safe="")
    reply = await http.send(
        "POST",
        f"{api_url}/Services/{service}/Entities/{identity}/Factors",
        form=_form(new),
        auth=("token", token.token),
    )
    require_service(reply, host_of(api_url), sent=True)
    if not reply.ok:
        raise _refusal(reply, host_of(api_url))
    factor = parse_factor(reply.body)
    _check(factor, token, host_of(api_url))
    return factor


def _form(new: NewFactor) -> dict[str, str]:
    """No Config.NotificationToken: a desktop has none, its platform is `none`."""
    return {
        "FriendlyName": new.friendly_name,
        "FactorType": "push",
        "Binding.Alg": "ES256",
        "Binding.PublicKey": base64_text(new.public_key),
        "Config.AppId": APP_ID,
        "Config.SdkVersion": __version__,
        "Config.NotificationPlatform": "none",
        "Metadata": json.dumps(dict(new.metadata), separators=(",", ":")),
    }


def _check(factor: Factor, token: AccessToken, host: str) -> None:
    if factor.credential_sid is None:
        raise MappingError("no_credential", f"{host} left out what this computer needs to sign in.")
    if (factor.service_sid, factor.identity) != (token.service_sid, token.identity):
        raise MappingError("wrong_factor", f"{host} answered about another account.")
    if factor.status is not FactorStatus.UNVERIFIED:
        raise MappingError("bad_answer", f"{host} says that a new account was already checked.")


def _refusal(reply: Reply, host: str) -> ApiError:
    error = api_error(reply, host)
    if error.name == "not_authorized":  # here the password was the access token, not our key
        return ApiError(
            "token_expired",
            "The permission ran out before we could use it. Nothing was added.",
            "Try again.",
            code=error.code,
            status=error.status,
            detail=error.detail,
            more_info=error.more_info,
        )
    return error
