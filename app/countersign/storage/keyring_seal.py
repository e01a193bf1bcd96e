"""The form in which a key's text lies in the password store: as it is, or wrapped by a PIN's key.

A wrapped text is `pin1:` and the base64 of a nonce of 12 bytes, the text under AES-256-GCM, and
its tag of 16; the entry's name is authenticated along, so that no entry can pose as another one.
"""

from __future__ import annotations

import base64
import secrets
from typing import Final

from typing_extensions import override

from countersign.storage.keyring_errors import key_error, unusable_key_error

PREFIX: Final = "pin1:"
MASTER_BYTES: Final = 32
_NONCE: Final = 12


class Seal:
    """Wraps and unwraps texts with the master key that the PIN gives, while it has it.

    Without a PIN it leaves texts as they are. `protect` says that there is a PIN: from then on
    nothing is opened, not even a text that isn't wrapped, until `unlock` brings the master key.
    """

    def __init__(self) -> None:
        self._protected = False
        self._master: bytes | None = None

    @override
    def __repr__(self) -> str:
        return f"Seal(protected={self._protected}, locked={self.locked})"

    @property
    def protected(self) -> bool:
        """Whether there is a PIN."""
        return self._protected

    @property
    def locked(self) -> bool:
        """Whether there is a PIN and no master key."""
        return self._protected and self._master is None

    def protect(self) -> None:
        """Take in that there is a PIN."""
        self._protected = True

    def unlock(self, master: bytes) -> None:
        """Take the master key."""
        self._protected, self._master = True, master

    def lock(self) -> None:
        """Let go of the master key; Python can't wipe it, and says nothing of when it is gone."""
        if self._protected:
            self._master = None

    def leave(self) -> None:
        """Wrap nothing any more, but still open what is wrapped: the PIN is being removed."""
        self._protected = False

    def clear(self) -> None:
        """Take in that there is no PIN any more, and nothing that is wrapped by one."""
        self._protected, self._master = False, None

    def require_open(self) -> None:
        """Raise KeyStorageError `pin` while it is locked."""
        if self.locked:
            raise key_error("pin")

    def close(self, text: str, name: str) -> str:
        """Return a text in the form in which it is to be kept; raises KeyStorageError `pin`."""
        protected, master = self._protected, self._master  # once: another thread may lock
        if not protected:
            return text
        if master is None:
            raise key_error("pin")
        return PREFIX + _encrypt(master, text, name)

    def open(self, kept: str, name: str) -> str:
        """Return the text that is kept in either form.

        Raises KeyStorageError: `pin` where it can't be opened now, `gone` where it never can.
        """
        self.require_open()
        master = self._master
        if not kept.startswith(PREFIX):
            return kept
        if master is None:  # another process has set a PIN since, or this one was locked
            raise key_error("pin")
        text = _decrypt(master, kept.removeprefix(PREFIX), name)
        if text is None:
            raise unusable_key_error()
        return text

    def fits(self, kept: str) -> bool:
        """Tell whether a text is in the form in which it is to be kept."""
        return kept.startswith(PREFIX) is self._protected


def new_master() -> bytes:
    """Make a master key."""
    return secrets.token_bytes(MASTER_BYTES)


def seal_bytes(key: bytes, plain: bytes, name: bytes) -> bytes:
    """Return nonce, ciphertext and tag of AES-256-GCM under a fresh random nonce."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow to import

    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, name)


def unseal_bytes(key: bytes, sealed: bytes, name: bytes) -> bytes | None:
    """Return what `seal_bytes` was given, or None where anything differs."""
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to import
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], name)
    except (InvalidTag, ValueError):
        return None


def _encrypt(master: bytes, text: str, name: str) -> str:
    return base64.b64encode(seal_bytes(master, text.encode(), name.encode())).decode("ascii")


def _decrypt(master: bytes, kept: str, name: str) -> str | None:
    try:
        plain = unseal_bytes(master, base64.b64decode(kept, validate=True), name.encode())
        return None if plain is None else plain.decode()
    except ValueError:
        return None
