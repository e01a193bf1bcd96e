"""Whose certificates are trusted: the system's, and those of one file beside them."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Final

from countersign.push.errors import InputError

MAX_CA_FILE: Final = 1024 * 1024
"""Bytes of a certificate file at most: all of Mozilla's authorities are a quarter of that."""


def read_certificates(path: str) -> bytes:
    """Return the certificates of a PEM file as DER, one after the other. Blocks.

    Raises InputError: `ca_file_unreadable` where it can't be read, `ca_file_bad` where it is too
    large, where no certificate is in it, or where one of them is broken.
    """
    from cryptography import x509  # noqa: PLC0415 - 40 ms that hardly anybody needs
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - the same

    try:
        with Path(path).open("rb") as file:
            text = file.read(MAX_CA_FILE + 1)
    except (OSError, ValueError) as error:  # ValueError: a null character
        raise InputError(
            "ca_file_unreadable", "The certificate file can't be read.", "Choose it again."
        ) from error
    try:
        found = x509.load_pem_x509_certificates(text) if len(text) <= MAX_CA_FILE else []
        certificates = b"".join(one.public_bytes(Encoding.DER) for one in found)
    except ValueError:
        certificates = b""
    if not certificates:
        raise InputError(
            "ca_file_bad",
            "This file has no certificates that can be used.",
            "Choose a file with certificates in PEM form.",
        )
    return certificates


def system_trust() -> ssl.SSLContext:
    """Return a context that trusts what the system does."""
    import truststore  # noqa: PLC0415 - 20 ms that nobody should pay before the first request

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
