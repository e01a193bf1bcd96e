"""What the user is told about an identity, and what a company is told about the computer."""

from __future__ import annotations

import pytest

from countersign.device.identity import checked_identity, computer_name, metadata, warning_about
from countersign.push.errors import InputError


@pytest.mark.parametrize("identity", ["jane@example.com", "a@b", "Jane.Doe+x@mail.example.org"])
def test_an_e_mail_address_is_warned_about(identity: str) -> None:
    assert "e-mail" in (warning_about(identity) or "")


@pytest.mark.parametrize("identity", ["+41 44 668 18 00", "0446681800", "(555) 123-4567"])
def test_a_phone_number_is_warned_about(identity: str) -> None:
    assert "phone" in (warning_about(identity) or "")


@pytest.mark.parametrize(
    "identity", ["0b5b4f6e-7a35-4c1e-9f40-1f3b2f1a9c01", "user-42", "123456", "a@b@c d", "...-..."]
)
def test_an_opaque_id_is_not_warned_about(identity: str) -> None:
    assert warning_about(identity) is None


@pytest.mark.parametrize("identity", ["a", "x" * 256, "机器 7", "jane@example.com"])
def test_what_a_company_takes_is_its_backend_s_business(identity: str) -> None:
    assert checked_identity(identity) == identity


@pytest.mark.parametrize("identity", ["", "x" * 257, " a", "a ", "a\tb", "a\u202eb", "\ud800"])
def test_what_can_not_be_sent_or_shown_is_refused(identity: str) -> None:
    with pytest.raises(InputError) as raised:
        checked_identity(identity)
    assert raised.value.name == "bad_identity"


@pytest.mark.parametrize(
    ("system", "word"),
    [("Linux", "Linux"), ("Darwin", "macOS"), ("Windows", "Windows"), ("Plan9", "Desktop")],
)
def test_the_computer_s_name_is_its_system_s(
    monkeypatch: pytest.MonkeyPatch, system: str, word: str
) -> None:
    monkeypatch.setattr("platform.system", lambda: system)
    assert computer_name() == f"{word} computer"


def test_metadata_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.system", lambda: "Plan9")
    monkeypatch.setattr("platform.release", lambda: "x" * 500)
    told = metadata()
    assert (told["os"], len(told["os_version"])) == ("other", 64)
