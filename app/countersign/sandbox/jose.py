"""Keys, signatures and compact JWS, verified with `cryptography` alone.

Shares nothing with the app's own signing on purpose: a bug can't hide behind its own twin.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from countersign.sandbox import strictjson

SPKI_LENGTH = 91
RAW_LENGTH = 64
LEEWAY = 60
"""Seconds of grace on nbf and exp (protocol 5)."""
LIFETIME = 600
"""Seconds a device token may live (protocol 2)."""
_HALF = RAW_LENGTH // 2
_URL_SAFE = re.compile(r"[A-Za-z0-9_-]+")
_PARTS = 3
_ES256: Final = ec.ECDSA(hashes.SHA256())
_TOKEN_HEADER: Final = {"cty": "twilio-pba;v=1", "typ": "JWT", "alg": "ES256"}


@dataclass(frozen=True, slots=True, repr=False)
class Jws:
    """The three parts of a compact JWS, decoded but not yet believed."""

    header: bytes
    payload: bytes
    signature: bytes
    signed: bytes


def decode_url(text: str) -> bytes:
    """Decode base64url without padding. Raises ValueError for any other spelling of the bytes."""
    if _URL_SAFE.fullmatch(text) is None:
        raise ValueError("not base64url")
    decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    # Spare bits of the last character would give one value several spellings.
    if encode_url(decoded) != text:
        raise ValueError("not canonical base64url")
    return decoded


def encode_url(data: bytes) -> str:
    """Encode as base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode_standard(text: str) -> bytes:
    """Decode padded standard base64. Raises ValueError."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


def split(token: str) -> Jws:
    """Take a compact JWS apart. Raises ValueError unless it is three base64url parts."""
    parts = token.split(".")
    if len(parts) != _PARTS:
        raise ValueError("not three parts")
    header, payload, signature = map(decode_url, parts)
    return Jws(header, payload, signature, token.rpartition(".")[0].encode())


def read_object(part: bytes) -> dict[str, object]:
    """Read a part as a JSON object in UTF-8. Raises ValueError."""
    value = strictjson.loads(part.decode("utf-8"))
    if not isinstance(value, dict):
        raise ValueError("not an object")  # noqa: TRY004 - bad input, not a bad call
    return value


def read_public_key(text: str) -> bytes:
    """Give the DER of a standard base64 SubjectPublicKeyInfo of an uncompressed P-256 point.

    Raises ValueError for anything but the 91 bytes that protocol 2 describes.
    """
    der = decode_standard(text)
    if len(der) != SPKI_LENGTH:
        raise ValueError("not 91 bytes")
    _key(der)
    return der


@lru_cache(maxsize=4096)
def _key(der: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = serialization.load_der_public_key(der)
    except UnsupportedAlgorithm as error:
        raise ValueError("an unknown kind of key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("not a P-256 key")  # noqa: TRY004 - bad input, not a bad call
    return key


def verify_der(key: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether a DER signature (how a factor is verified) holds."""
    try:
        _key(key).verify(signature, data, _ES256)
    except InvalidSignature:
        return False
    return True


def verify(key: bytes, jws: Jws) -> bool:
    """Tell whether a JWS's signature, raw r and s of 32 bytes each, holds."""
    if len(jws.signature) != RAW_LENGTH:
        return False
    r = int.from_bytes(jws.signature[:_HALF], "big")
    s = int.from_bytes(jws.signature[_HALF:], "big")
    return verify_der(key, jws.signed, encode_dss_signature(r, s))


def key_id(jws: Jws) -> str:
    """Give the `kid` of a device token whose header is exactly protocol 2's. Raises ValueError."""
    header = read_object(jws.header)
    kid = header.pop("kid", None)
    if not isinstance(kid, str) or header != _TOKEN_HEADER:
        raise ValueError("not the header of a device token")
    return kid


def claims_hold(jws: Jws, account_sid: str, now: float) -> bool:
    """Tell whether a device token is for the account and valid now, give or take `LEEWAY`."""
    try:
        claims = read_object(jws.payload)
    except ValueError:
        return False
    start, end = claims.get("nbf"), claims.get("exp")
    # A bool is an int to Python and no date to anyone.
    if type(start) is not int or type(end) is not int:
        return False
    if claims.get("sub") != account_sid or not 0 < end - start <= LIFETIME:
        return False
    return start - LEEWAY <= now < end + LEEWAY
