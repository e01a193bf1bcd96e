"""What a device signs: its tokens, its answers, the proof of a new factor.

All three use the factor's P-256 key with SHA-256, held by somebody who never gives it out: a
`Sign` takes bytes and returns a DER signature.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from countersign.push.encoding import base64_text, base64url_text, raw_signature
from countersign.push.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from countersign.push.values import Challenge, ChallengeStatus

    Sign = Callable[[bytes], Awaitable[bytes]]

TOKEN_LIFE: Final = 600
"""Seconds between a device token's nbf and exp."""


async def device_token(sign: Sign, *, account_sid: str, credential_sid: str, now: int) -> str:
    """Return a token for one factor; `now` is POSIX seconds on the service's clock.

    The header and the claims are those of Twilio's device SDKs (protocol.md §2).
    """
    header = {"cty": "twilio-pba;v=1", "kid": credential_sid, "typ": "JWT", "alg": "ES256"}
    claims = {"sub": account_sid, "nbf": now, "exp": now + TOKEN_LIFE}
    return await _compact_jws(sign, _json(header), _json(claims))


async def factor_proof(sign: Sign, factor_sid: str) -> str:
    """Return the AuthPayload that verifies a factor: no JWT, a DER signature over its sid."""
    return base64_text(await sign(factor_sid.encode()))


async def answer_payload(sign: Sign, challenge: Challenge, answer: ChallengeStatus) -> str:
    """Return the AuthPayload of an answer: a JWS over each signed field as the body had it.

    Raises MappingError for a challenge out of a list, which says not which fields to sign.
    """
    return await _compact_jws(
        sign, _json({"typ": "JWT", "alg": "ES256"}), signed_text(challenge, answer)
    )


def signed_text(challenge: Challenge, answer: ChallengeStatus) -> bytes:
    """Return the JSON that is signed: raw values of the fetched body, then the new status."""
    if challenge.signature_fields is None:
        raise MappingError(
            "no_signature_fields", "The service didn't say what to sign, so it can't be answered."
        )
    names = [name for name in challenge.signature_fields if name != "status"]
    values = [_json(name) + b":" + bytes(challenge.members[name]) for name in names]
    return b"{" + b",".join([*values, b'"status":' + _json(answer.value)]) + b"}"


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


async def _compact_jws(sign: Sign, header: bytes, payload: bytes) -> str:
    signing_input = f"{base64url_text(header)}.{base64url_text(payload)}"
    der = await sign(signing_input.encode())
    return f"{signing_input}.{base64url_text(raw_signature(der))}"
