"""Encodings of the protocol: base64 in its two forms, ECDSA signatures in theirs."""

from __future__ import annotations

import base64

from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from countersign.push.errors import KeyStorageError

COORDINATE = 32
"""Bytes of each half of a raw P-256 signature, always: a short r or s is padded on the left."""


def base64_text(data: bytes) -> str:
    """Return standard base64 with padding, as Binding.PublicKey and AuthPayload take it."""
    return base64.b64encode(data).decode("ascii")


def base64url_text(data: bytes) -> str:
    """Return base64url without padding, as compact JWS takes it (RFC 7515, 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def raw_signature(der: bytes) -> bytes:
    """Turn a DER ECDSA signature into JWS's r‖s of 64 bytes (RFC 7518, 3.4).

    Raises KeyStorageError where the key's holder gave something else than a P-256 signature.
    """
    try:
        r, s = decode_dss_signature(der)
        return r.to_bytes(COORDINATE, "big") + s.to_bytes(COORDINATE, "big")
    except (ValueError, OverflowError) as error:
        raise KeyStorageError(
            "bad_signature", "The key made a signature that isn't one."
        ) from error
