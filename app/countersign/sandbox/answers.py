"""Checking a signed answer (protocol 2, 5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.sandbox import jose, journal, render, strictjson
from countersign.sandbox.errors import ApiError

if TYPE_CHECKING:
    from countersign.sandbox.call import Call
    from countersign.sandbox.forms import Form
    from countersign.sandbox.models import Challenge, Factor

PUBLISHED_LIMIT: Final = 5_456
"""Characters of AuthPayload by [OAI]; an answer with 20 full fields doesn't fit."""
LENIENT_LIMIT: Final = 65_536
_HEADER: Final[dict[str, object]] = {"typ": "JWT", "alg": "ES256"}
_HEADER_TEXT: Final = '{"typ":"JWT","alg":"ES256"}'
ANSWERS: Final = frozenset({"approved", "denied"})


def decide(call: Call, challenge: Challenge, device: Factor, form: Form) -> ApiError | None:
    """Take a device's answer over a challenge that is known to be its own; or say why not.

    Either is written to the challenge's journal.
    """
    served = served_fields(call, challenge)
    payload = _kept(form)
    event: journal.ChallengeEvent | None
    refusal = None
    try:
        _decide(call, challenge, device, form)
    except ApiError as error:
        refusal = error
        event = journal.refused(call, challenge, error, payload, device.public_key)
    else:
        event = journal.answered(call, challenge, payload, device.public_key)
    if event is not None:
        event.served = served
    return refusal


def _kept(form: Form) -> str | None:
    # What no JWS can be isn't worth keeping, and PostgreSQL takes no NUL.
    payload = form.get("AuthPayload")
    fits = payload is not None and payload.isascii() and payload.isprintable()
    return payload[:LENIENT_LIMIT] if payload and fits else None


def _decide(call: Call, challenge: Challenge, device: Factor, form: Form) -> None:
    """Take an answer, or raise.

    Order of errors: 60318, 60323, 60322, 60306, 60324; each leaves the challenge as it was.
    """
    if device.status != "verified":
        raise ApiError(60318)
    # By time alone, so an answered challenge whose time is over is 60323 too: expiry goes first.
    if call.now >= challenge.expires:
        raise ApiError(60323)
    if challenge.status != "pending":
        raise ApiError(60322)
    meta = form.strings("Metadata")
    jws = _read(form, strict=call.sandbox.settings.strict_authpayload)
    challenge.status = _checked(call, challenge, device, jws)
    challenge.responded = challenge.updated = call.second
    if meta is not None:
        challenge.meta = meta


def _read(form: Form, *, strict: bool) -> jose.Jws:
    limit = PUBLISHED_LIMIT if strict else LENIENT_LIMIT
    payload = form.required("AuthPayload", limit)
    try:
        return jose.split(payload)
    except ValueError as error:
        raise ApiError(60306, "AuthPayload is invalid: a compact JWS") from error


def _checked(call: Call, challenge: Challenge, device: Factor, jws: jose.Jws) -> str:
    try:
        header, payload = jose.read_object(jws.header), jose.read_object(jws.payload)
    except ValueError as error:
        raise ApiError(60324) from error
    if header != _HEADER or not jose.verify(device.public_key, jws):
        raise ApiError(60324)
    status = payload.get("status")
    if not isinstance(status, str) or status not in ANSWERS:
        raise ApiError(60324)
    if not strictjson.same(payload, served_fields(call, challenge) | {"status": status}):
        raise ApiError(60324)
    return status


def served_fields(call: Call, challenge: Challenge) -> dict[str, object]:
    """Give the fields that an answer signs, with the values that a device is served now."""
    body = render.challenge(call.api, challenge, call.now)
    return {name: body[name] for name in render.SIGNED}


def check_answerable(call: Call, challenge: Challenge) -> None:
    """Raise 60306 if even the shortest answer is longer than the published limit."""
    payload = strictjson.dumps(served_fields(call, challenge) | {"status": "approved"})
    parts = (_HEADER_TEXT.encode(), payload.encode(), bytes(jose.RAW_LENGTH))
    if len(".".join(map(jose.encode_url, parts))) > PUBLISHED_LIMIT:
        raise ApiError(60306, f"The answer to this challenge can't fit in {PUBLISHED_LIMIT}")
