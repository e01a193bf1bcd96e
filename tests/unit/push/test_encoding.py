from __future__ import annotations

import base64
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from countersign.push.encoding import base64_text, base64url_text, raw_signature
from countersign.push.errors import KeyStorageError

COORDINATES = st.integers(0, 2**256 - 1) | st.integers(0, 2**16) | st.integers(0, 2**241)


@given(COORDINATES, COORDINATES)
def test_both_halves_of_a_signature_are_always_32_bytes(r: int, s: int) -> None:
    raw = raw_signature(encode_dss_signature(r, s))
    assert len(raw) == 64
    assert (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")) == (r, s)


@pytest.mark.parametrize(
    "der",
    [
        b"",
        b"\x30\x00",
        b"not der",
        encode_dss_signature(2**256, 1),
        encode_dss_signature(1, 2**383),
        bytes.fromhex("3006020101020101ff"),  # something after its end
        bytes.fromhex("30060201ff0201ff"),  # negative
    ],
)
def test_what_is_no_p256_signature_is_the_key_stores_failure(der: bytes) -> None:
    with pytest.raises(KeyStorageError) as caught:
        raw_signature(der)
    assert (caught.value.name, caught.value.code) == ("bad_signature", 60405)


@given(st.binary(max_size=80))
def test_any_bytes_are_a_signature_or_the_key_stores_failure(der: bytes) -> None:
    with suppress(KeyStorageError):
        assert len(raw_signature(der)) == 64


@given(st.binary())
def test_base64_is_the_usual_one(data: bytes) -> None:
    assert base64_text(data) == base64.b64encode(data).decode()
    assert base64url_text(data) == base64.urlsafe_b64encode(data).decode().rstrip("=")
