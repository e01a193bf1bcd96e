"""The two kinds of keys that a password store's entry may hold, behind one face.

A key in software is kept as the base64 of its DER PKCS#8. Of a key in this computer's TPM the
entry holds what only that TPM can use; its id begins with `tpm2-`, its text with `tpm2:`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from countersign.device.key_ids import in_hardware
from countersign.storage import keyring_keys
from countersign.storage.keyring_errors import unusable_key_error

if TYPE_CHECKING:
    from countersign.storage.tpm_keys import TpmKeys

_IN_TPM: Final = "tpm2:"  # tpm_keys.PREFIX, without importing it


class KeyKinds:
    """Makes keys and uses them, by their texts; for one thread."""

    def __init__(self) -> None:
        self._tpm: TpmKeys | None = None

    def create(self, key_id: str) -> tuple[str, bytes]:
        """Make a key; returns its text and its DER SubjectPublicKeyInfo."""
        if in_hardware(key_id):
            return self._hardware().create()
        key = keyring_keys.new_key()
        return keyring_keys.to_text(key), keyring_keys.public_der(key)

    def sign(self, text: str, data: bytes) -> bytes:
        """Return a DER ECDSA-SHA256 signature; raises KeyStorageError `gone` for rubbish."""
        if text.startswith(_IN_TPM):
            return self._hardware().sign(text, data)
        key = keyring_keys.from_text(text)
        if key is None:
            raise unusable_key_error()
        return keyring_keys.signature(key, data)

    def public_key(self, text: str) -> bytes:
        """Return the DER SubjectPublicKeyInfo; raises KeyStorageError `gone` for rubbish."""
        if text.startswith(_IN_TPM):
            return self._hardware().public_der(text)
        key = keyring_keys.from_text(text)
        if key is None:
            raise unusable_key_error()
        return keyring_keys.public_der(key)

    def _hardware(self) -> TpmKeys:
        if self._tpm is None:
            from countersign.storage.tpm_keys import TpmKeys  # noqa: PLC0415 - rarely needed

            self._tpm = TpmKeys()
        return self._tpm
