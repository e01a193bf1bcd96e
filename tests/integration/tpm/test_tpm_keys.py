"""Keys in a TPM, by its own end of the port, checked with `cryptography` alone."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersign.push.errors import KeyStorageError
from countersign.storage import tpm_keys
from countersign.storage.tpm_keys import TpmKeys, tpm_available
from tests.unit.storage.keys.keys_support import check_signature

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.tpm.conftest import SoftTpm


@pytest.fixture
def keys(soft_tpm: SoftTpm) -> Iterator[TpmKeys]:
    assert soft_tpm.tcti
    made = TpmKeys()
    yield made
    made.close()


def refusal(keys: TpmKeys, text: str) -> KeyStorageError:
    with pytest.raises(KeyStorageError) as caught:
        keys.sign(text, b"data")
    return caught.value


def test_there_is_one_where_the_environment_says_so(soft_tpm: SoftTpm) -> None:
    assert soft_tpm.tcti
    assert tpm_available()


def test_there_is_none_without_a_device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("COUNTERSIGN_TPM_TCTI", raising=False)
    monkeypatch.setattr(tpm_keys, "_DEVICE", tmp_path / "none")
    assert not tpm_available()


def test_a_key_signs_and_its_public_part_stays_the_same(keys: TpmKeys) -> None:
    text, public = keys.create()
    assert len(public) == 91
    check_signature(public, keys.sign(text, b"data"), b"data")
    check_signature(public, keys.sign(text, b"\0" * 100_000), b"\0" * 100_000)
    assert keys.public_der(text) == public
    assert keys.create()[1] != public


def test_nothing_of_ours_stays_in_the_tpm(keys: TpmKeys, soft_tpm: SoftTpm) -> None:
    text, _ = keys.create()
    keys.sign(text, b"data")
    refusal(keys, "tpm2:AAAA")
    keys.close()  # it serves one at a time
    import tpm2_pytss as tpm  # noqa: PLC0415 - compiled, and not everywhere

    esapi = tpm.ESAPI(soft_tpm.tcti)
    for first in (tpm.TPM2_HC.TRANSIENT_FIRST, tpm.TPM2_HC.PERSISTENT_FIRST):
        _, data = esapi.get_capability(tpm.TPM2_CAP.HANDLES, first, 16)
        assert data.data.handles.count == 0
    esapi.close()


def test_a_key_outlives_the_power_switch(keys: TpmKeys, soft_tpm: SoftTpm) -> None:
    text, public = keys.create()
    keys.close()
    soft_tpm.stop()
    soft_tpm.start()
    check_signature(public, keys.sign(text, b"data"), b"data")


def test_a_tpm_that_went_away_is_told_and_used_again_when_it_is_back(
    keys: TpmKeys, soft_tpm: SoftTpm
) -> None:
    text, public = keys.create()
    soft_tpm.stop()
    assert refusal(keys, text).name == "failed"
    soft_tpm.start()
    check_signature(public, keys.sign(text, b"data"), b"data")


def test_a_tpm_that_goes_away_half_way_loses_no_key(
    keys: TpmKeys, soft_tpm: SoftTpm, monkeypatch: pytest.MonkeyPatch
) -> None:
    text, public = keys.create()
    load = keys._esapi.load

    def fail(*parts: object) -> object:
        soft_tpm.stop()
        return load(*parts)

    monkeypatch.setattr(keys._esapi, "load", fail)
    assert refusal(keys, text).name == "failed", "not gone: nobody shall remove the account"
    soft_tpm.start()
    check_signature(public, keys.sign(text, b"data"), b"data")


@pytest.mark.parametrize("code", [0x922, 0x902, 0x101, 0xA000A, 0x18B])
def test_what_passes_is_no_refusal(code: int) -> None:
    """Try again, out of memory, failure, the transport, a handle."""
    assert not tpm_keys._is_refusal(code)


def test_another_tpm_can_do_nothing_with_it(keys: TpmKeys, soft_tpm: SoftTpm) -> None:
    text, _ = keys.create()
    keys.close()
    soft_tpm.clear()
    error = refusal(keys, text)
    assert (error.name, error.hint) == ("gone", "Remove the account and add it again.")
    with pytest.raises(KeyStorageError):
        keys.public_der(text)


@pytest.mark.parametrize(
    "change",
    [
        lambda blob: blob[:-1],
        lambda blob: blob + b"\0",
        lambda blob: blob[:20] + bytes([blob[20] ^ 1]) + blob[21:],
        lambda blob: blob[:-9] + bytes([blob[-9] ^ 1]) + blob[-8:],
        lambda _: b"",
    ],
    ids=["shorter", "longer", "another public part", "another private part", "nothing"],
)
def test_a_text_that_was_changed_is_no_key(keys: TpmKeys, change: object) -> None:
    text, _ = keys.create()
    blob = base64.b64decode(text.removeprefix("tpm2:"))
    changed = change(blob)  # type: ignore[operator]  # one of the above
    assert refusal(keys, "tpm2:" + base64.b64encode(changed).decode()).name == "gone"
    check_signature(keys.public_der(text), keys.sign(text, b"x"), b"x")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.one_of(st.text(max_size=80), st.binary(max_size=300).map(lambda b: b.hex())))
def test_rubbish_is_no_key(keys: TpmKeys, rubbish: str) -> None:
    assert refusal(keys, "tpm2:" + rubbish).name == "gone"


def test_a_long_text_is_not_even_decoded(keys: TpmKeys) -> None:
    assert refusal(keys, "tpm2:" + "A" * 1_000_000).name == "gone"
