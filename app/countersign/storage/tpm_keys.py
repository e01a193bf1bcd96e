"""Keys that never leave this computer's TPM 2.0 (the extra `tpm`; Linux).

What is kept of a key is `tpm2:` and the base64 of its public area and of its private part, which
the TPM has encrypted for itself: no other TPM loads it, nor this one once it was cleared. Its
parent is made anew for each use from the owner hierarchy's seed and the template below, so that
nothing of ours stays in the TPM. Keys are signed with over a digest that is made here.

Which TPM: `COUNTERSIGN_TPM_TCTI` as tpm2-tss writes it (`swtpm:path=…`), else /dev/tpmrm0.
"""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from countersign.push.errors import KeyStorageError
from countersign.storage.keyring_errors import unusable_key_error

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX: Final = "tpm2:"
VARIABLE: Final = "COUNTERSIGN_TPM_TCTI"
_DEVICE: Final = Path("/dev/tpmrm0")
_LONGEST: Final = 2048
"""Characters of a text; one of a P-256 key has some 300."""
_READERS: Final = frozenset({7, 8, 9})
"""Layers of tpm2-tss that read what they are given: ESYS, SYS and MU."""
_PARENT: Final = "ecc256:aes128cfb"
_SIGNER: Final = "ecc256:ecdsa-sha256"


def tpm_available() -> bool:
    """Tell whether there is a TPM that this user may use, and what speaks to it. Never raises."""
    there = bool(os.environ.get(VARIABLE)) or os.access(_DEVICE, os.R_OK | os.W_OK)
    return there and find_spec("tpm2_pytss") is not None


class TpmKeys:
    """Makes keys and signs with them, by their texts; for one thread. Opened on first use."""

    def __init__(self) -> None:
        self._esapi: Any = None

    def create(self) -> tuple[str, bytes]:
        """Make a key; returns its text and its DER SubjectPublicKeyInfo."""
        with self._parent() as (tpm, parent):
            secret = tpm.TPM2B_SENSITIVE_CREATE()
            template = tpm.TPM2B_PUBLIC.parse(_SIGNER, objectAttributes=_attributes(tpm, "sign"))
            private, public, *_ = self._esapi.create(parent, secret, template)
            return _text(public.marshal() + private.marshal()), bytes(public.to_der())

    def sign(self, text: str, data: bytes) -> bytes:
        """Return a DER ECDSA-SHA256 signature; raises KeyStorageError (`gone`, `failed`)."""
        from cryptography.hazmat.primitives.asymmetric.utils import (  # noqa: PLC0415 - slow
            encode_dss_signature,
        )

        with self._parent() as (tpm, parent), self._loaded(tpm, parent, text) as key:
            # What is read from it points into its memory: it has to outlive that.
            signed = self._esapi.sign(
                key,
                tpm.TPM2B_DIGEST(hashlib.sha256(data).digest()),
                tpm.TPMT_SIG_SCHEME(scheme=tpm.TPM2_ALG.NULL),
                tpm.TPMT_TK_HASHCHECK(tag=tpm.TPM2_ST.HASHCHECK, hierarchy=tpm.TPM2_RH.OWNER),
            )
            pair = signed.signature.ecdsa
            numbers = _number(pair.signatureR), _number(pair.signatureS)
            del pair, signed
        return encode_dss_signature(*numbers)

    def public_der(self, text: str) -> bytes:
        """Return the DER SubjectPublicKeyInfo, once the TPM has agreed that the key is its own."""
        with self._parent() as (tpm, parent), self._loaded(tpm, parent, text):
            return bytes(_parts(tpm, text)[0].to_der())

    def close(self) -> None:
        """Let go of the TPM; it is opened again on the next use."""
        if self._esapi is not None:
            self._esapi.close()
            self._esapi = None

    @contextmanager
    def _parent(self) -> Iterator[tuple[Any, Any]]:
        """Give the library and the parent of all keys, which is gone again afterwards."""
        tpm = _library()
        try:
            if self._esapi is None:
                self._esapi = tpm.ESAPI(os.environ.get(VARIABLE) or f"device:{_DEVICE}")
            template = tpm.TPM2B_PUBLIC.parse(_PARENT, objectAttributes=_attributes(tpm, "parent"))
            secret = tpm.TPM2B_SENSITIVE_CREATE()
            parent, *_ = self._esapi.create_primary(secret, template, tpm.ESYS_TR.OWNER)
            try:
                yield tpm, parent
            finally:
                self._flush(tpm, parent)
        except tpm.TSS2_Exception as error:
            self._drop()
            raise _failed() from error

    @contextmanager
    def _loaded(self, tpm: Any, parent: Any, text: str) -> Iterator[Any]:  # noqa: ANN401 - untyped
        public, private = _parts(tpm, text)
        try:
            key = self._esapi.load(parent, private, public)
        except tpm.TSS2_Exception as error:
            if not _is_refusal(error.rc):
                raise  # busy, or gone itself: the key may be as good as ever
            raise unusable_key_error() from None  # another TPM's, or one that was cleared since
        try:
            yield key
        finally:
            self._flush(tpm, key)

    def _flush(self, tpm: Any, handle: Any) -> None:  # noqa: ANN401 - untyped
        """Let go of what was loaded; where that fails the connection goes, and with it the rest."""
        if self._esapi is None:
            return
        try:
            self._esapi.flush_context(handle)
        except tpm.TSS2_Exception:
            self._drop()

    def _drop(self) -> None:
        """Begin anew next time: the connection may be what failed."""
        broken, self._esapi = self._esapi, None
        if broken is not None:
            broken.close()


def _is_refusal(code: int) -> bool:
    """Tell whether a code says that what was to be loaded is no key of this TPM.

    So do the TPM's own words on a parameter (TPM 2.0 part 2, 6.6: format one, with a number of a
    parameter) and those of the layers that read it first; not the transport's, nor warnings.
    """
    layer, format_one, of_parameter = code >> 16 & 0xFF, code & 0x80, code & 0x40
    return layer in _READERS or (layer == 0 and bool(format_one) and bool(of_parameter))


def _library() -> Any:  # noqa: ANN401 - untyped
    os.environ.setdefault("TSS2_LOG", "all+NONE")  # it would write to standard error by itself
    try:
        import tpm2_pytss  # noqa: PLC0415 - optional
    except (ImportError, NotImplementedError) as error:
        raise KeyStorageError(
            "failed",
            "This account's key is in the TPM, and this Countersign can't speak to it.",
            "Install Countersign with its extra `tpm`.",
        ) from error
    return tpm2_pytss


def _attributes(tpm: Any, use: str) -> Any:  # noqa: ANN401 - untyped
    """Say that a key was made in the TPM, stays there, and takes part in no lock-out."""
    flags = tpm.TPMA_OBJECT
    both = flags.FIXEDTPM | flags.FIXEDPARENT | flags.SENSITIVEDATAORIGIN
    both |= flags.USERWITHAUTH | flags.NODA
    return both | (flags.SIGN_ENCRYPT if use == "sign" else flags.RESTRICTED | flags.DECRYPT)


def _parts(tpm: Any, text: str) -> tuple[Any, Any]:  # noqa: ANN401 - untyped
    """Return public area and private part; raises KeyStorageError `gone` for rubbish."""
    if not text.startswith(PREFIX) or len(text) > _LONGEST:
        raise unusable_key_error()
    try:
        blob = base64.b64decode(text.removeprefix(PREFIX), validate=True)
        public, length = tpm.TPM2B_PUBLIC.unmarshal(blob)
        private, rest = tpm.TPM2B_PRIVATE.unmarshal(blob[length:])
        whole = length + rest == len(blob)
    except (ValueError, TypeError, tpm.TSS2_Exception):
        raise unusable_key_error() from None
    if not whole:
        raise unusable_key_error()
    return public, private


def _text(blob: bytes) -> str:
    return PREFIX + base64.b64encode(blob).decode("ascii")


def _number(parameter: Any) -> int:  # noqa: ANN401 - untyped
    return int.from_bytes(bytes(parameter), "big")


def _failed() -> KeyStorageError:
    return KeyStorageError(
        "failed",
        "This computer's TPM, which keeps the key, didn't do what Countersign asked of it.",
        "Try again. If that doesn't help, restart this computer.",
    )
