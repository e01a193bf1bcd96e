"""Compact JWS and JSON values as the reference *server* reads them.

The reference device has its own writing code: reader and writer share nothing, so that one
misreading can't hide in both.
"""

import base64
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

Json = dict[str, Any]

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_HALF = 32  # bytes of r, and of s, on P-256
_JWS_PARTS = 3


@dataclass(frozen=True, slots=True)
class Jws:
    """A compact JWS taken apart, its signature not yet checked."""

    header: Json
    payload: Json
    signed: bytes
    signature: bytes

    def is_signed_by(self, key: ec.EllipticCurvePublicKey) -> bool:
        """Whether `key` made the signature, which is r and s in exactly 64 bytes."""
        if len(self.signature) != 2 * _HALF:
            return False
        r = int.from_bytes(self.signature[:_HALF], "big")
        s = int.from_bytes(self.signature[_HALF:], "big")
        return der_is_signed_by(key, encode_dss_signature(r, s), self.signed)


def der_is_signed_by(key: ec.EllipticCurvePublicKey, signature: bytes, signed: bytes) -> bool:
    """Whether `key` made the DER ECDSA-SHA256 `signature` over `signed`."""
    try:
        key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def split_jws(text: str) -> tuple[bytes, bytes, bytes]:
    """Header, payload and signature bytes; ValueError unless these are three base64url parts."""
    parts = text.split(".")
    if len(parts) != _JWS_PARTS:
        raise ValueError("a compact JWS has three parts")
    header, payload, signature = (_from_base64url(part) for part in parts)
    return header, payload, signature


def read_jws(text: str) -> Jws:
    """Read the JWS in `text`; ValueError unless header and payload are JSON objects too."""
    header, payload, signature = split_jws(text)
    signed = text.rpartition(".")[0].encode("ascii")
    return Jws(_read_object(header), _read_object(payload), signed, signature)


def loads(text: bytes) -> Any:  # noqa: ANN401 - a JSON value has no narrower type
    """Any JSON value, numbers kept exact, so that no rounding makes two of them equal."""
    return json.loads(text.decode("utf-8"), parse_float=Decimal)


def same_value(left: object, right: object) -> bool:
    """Whether two JSON values are the same: no order of members, and true is not 1."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same_value(left[k], right[k]) for k in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same_value, left, right))
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def _from_base64url(part: str) -> bytes:
    if not _BASE64URL.fullmatch(part):
        raise ValueError("not base64url without padding")
    decoded = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if base64.urlsafe_b64encode(decoded).rstrip(b"=") != part.encode("ascii"):
        raise ValueError("base64url with stray bits at its end")
    return decoded


def _read_object(text: bytes) -> Json:
    value = json.loads(text.decode("utf-8"), parse_float=Decimal, object_pairs_hook=_no_twins)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - callers know one error: unreadable
    return value


def _no_twins(pairs: list[tuple[str, Any]]) -> Json:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members
