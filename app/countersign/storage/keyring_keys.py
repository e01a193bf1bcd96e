"""P-256 keys as text for a keyring, which keeps nothing else.

cryptography is imported on use: it takes longer than the app may take to show its window.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey


def new_key() -> EllipticCurvePrivateKey:
    """Make a key."""
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - see above

    return ec.generate_private_key(ec.SECP256R1())


def to_text(key: EllipticCurvePrivateKey) -> str:
    """Return the base64 of a key's DER PKCS#8."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above

    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return base64.b64encode(der).decode("ascii")


def from_text(text: str) -> EllipticCurvePrivateKey | None:
    """Return the key that a text holds, or None: an error could carry the text along."""
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    try:
        key = serialization.load_der_private_key(base64.b64decode(text, validate=True), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):  # TypeError: it wants a password
        return None
    if isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        return key
    return None


def public_der(key: EllipticCurvePrivateKey) -> bytes:
    """Return a key's DER SubjectPublicKeyInfo."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - see above

    return key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def signature(key: EllipticCurvePrivateKey, data: bytes) -> bytes:
    """Return a DER ECDSA-SHA256 signature."""
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - see above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    return key.sign(data, ec.ECDSA(hashes.SHA256()))
