"""Names of keys: random, and telling of what kind a key is."""

from __future__ import annotations

import uuid
from typing import Final

_HARDWARE: Final = "tpm2-"


def new_key_id(*, hardware: bool = False) -> str:
    """Return a name for a key that is about to be made; `hardware`: in this computer's TPM."""
    return (_HARDWARE if hardware else "") + uuid.uuid4().hex


def in_hardware(key_id: str) -> bool:
    """Tell whether a key of this name never leaves this computer's TPM."""
    return key_id.startswith(_HARDWARE)
