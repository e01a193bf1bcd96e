"""The whole way: a key in a real password store, a signed answer over real HTTP."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization

if TYPE_CHECKING:
    from countersign.testing.secret_service import PrivateSecretService
    from tests.integration.cli.conftest import Cli, Device


def test_an_enrolled_account_is_listed_with_the_apis_keys(device: Device) -> None:
    (account,) = device.cli("accounts", "--json").json["accounts"]
    assert account["sid"] == device.factor_sid
    assert account["status"] == "verified"
    assert account["factor_type"] == "push"
    (factor,) = device.sandbox.client.factors()
    assert factor["friendly_name"] == account["friendly_name"] == "Linux computer"


def test_the_company_learns_the_system_and_no_name(device: Device) -> None:
    (factor,) = device.sandbox.client.factors()
    assert set(factor["metadata"] or {}) == {"os", "os_version", "app_version"}


def test_what_is_approved_here_is_approved_there(device: Device) -> None:
    sid = device.ask()
    result = device.cli("approve", sid, "--json")
    assert result.status == 0
    assert result.json["status"] == "approved"
    assert device.status(sid) == "approved"


def test_what_is_denied_as_suspicious_is_marked_there_too(device: Device) -> None:
    sid = device.ask()
    assert device.cli("deny", sid, "--reason", "suspicious", "--json").json["status"] == "denied"
    assert device.sandbox.client.challenge(sid)["metadata"] == {"reason": "suspicious"}
    (decision,) = device.history()
    assert decision["suspicious"] is True
    assert decision["server_status"] == "denied"
    assert decision["mode"] == "command line"


def test_a_denial_of_before_is_marked_and_told_once(device: Device) -> None:
    sid = device.ask()
    device.cli("deny", sid)
    device.proxy.seen.clear()
    told = device.cli("deny", sid, "--reason", "suspicious", "--json")
    assert (told.status, told.json["status"]) == (0, "denied")
    assert told.json["metadata"] == {"reason": "suspicious"}
    assert device.sandbox.client.challenge(sid)["metadata"] == {"reason": "suspicious"}
    (decision,) = device.history()
    assert (decision["suspicious"], decision["answer"]) == (True, "denied")
    again = device.cli("deny", sid, "--reason", "suspicious")
    assert again.status == 0
    assert "marked before, so nothing was sent" in again.out
    assert [method for method, _ in device.proxy.seen] == ["GET", "POST", "GET"]


def test_a_mark_that_the_service_refuses_is_kept_and_the_command_says_so(device: Device) -> None:
    sid = device.ask()
    device.cli("deny", sid)

    def refuse(answer: object) -> object:
        answer.status = 400  # type: ignore[attr-defined]  # an Answer
        return answer

    device.proxy.spoil("POST", sid, refuse)
    told = device.cli("deny", sid, "--reason", "suspicious")
    assert told.status == 1
    assert "Noted in history here." in told.err
    assert "couldn't be told:" in told.err
    (decision,) = device.history()
    assert decision["suspicious"] is True


def test_only_a_denial_of_ours_is_marked(device: Device) -> None:
    sid = device.ask()
    device.cli("approve", sid)
    refused = device.cli("deny", sid, "--reason", "suspicious", "--json")
    assert refused.error["name"] == "already_answered"
    (decision,) = device.history()
    assert decision["suspicious"] is False


def test_an_answer_is_one_read_and_one_post(device: Device) -> None:
    sid = device.ask()
    device.cli("approve", sid, "--json")
    assert [method for method, _ in device.proxy.seen] == ["GET", "POST"]


def test_the_inbox_is_newest_first_without_hidden_details(device: Device) -> None:
    sids = [device.ask(f"Request {number}", hidden_details={"id": "7"}) for number in range(3)]
    challenges = device.cli("inbox", "--json").json["challenges"]
    assert {challenge["sid"] for challenge in challenges} == set(sids)
    assert not any("hidden_details" in challenge for challenge in challenges)
    assert device.cli("inbox", "--limit", "2", "--json").json["challenges"] == challenges[:2]


def test_hidden_details_are_shown_to_testers_alone(device: Device) -> None:
    sid = device.ask(hidden_details={"id": "7"})
    assert "hidden_details" not in device.cli("show", sid, "--json").json
    assert device.cli("show", sid, "--raw", "--json").json["hidden_details"] == {"id": "7"}
    assert "hidden id: 7" in device.cli("show", sid, "--raw").out


def test_exact_values_go_through_and_people_see_hidden_characters(device: Device) -> None:
    message = "Überweisung \u202e100 €\u200b"
    sid = device.ask(message, fields=[{"label": "一", "value": "\u202ex"}])
    assert device.cli("show", sid, "--json").json["details"]["message"] == message
    shown = device.cli("show", sid).out
    assert "\u202e" not in shown
    assert "⟨U+202E⟩100 €⟨U+200B⟩" in shown


def test_answered_requests_are_listed_by_their_status(device: Device) -> None:
    approved, denied, pending = device.ask("a"), device.ask("b"), device.ask("c")
    device.cli("approve", approved)
    device.cli("deny", denied)
    for status, sids in (("approved", {approved}), ("denied", {denied}), ("pending", {pending})):
        found = device.cli("inbox", "--status", status, "--json").json["challenges"]
        assert {challenge["sid"] for challenge in found} == sids
    assert len(device.cli("inbox", "--status", "all", "--json").json["challenges"]) == 3


def test_both_names_can_be_changed(device: Device) -> None:
    renamed = device.cli("rename", device.factor_sid, "Desk 4", "--json").json
    assert renamed["friendly_name"] == "Desk 4"
    assert device.sandbox.client.factors()[0]["friendly_name"] == "Desk 4"
    assert device.cli("label", device.factor_sid, "Bank", "--json").json["label"] == "Bank"


def test_the_key_is_in_the_password_store_and_nowhere_else(
    device: Device, secret_service: PrivateSecretService
) -> None:
    device.cli("approve", device.ask())
    (item,) = secret_service.items()
    key = serialization.load_der_private_key(base64.b64decode(item.secret), None)
    numbers = key.private_numbers().private_value  # type: ignore[union-attr]  # a P-256 key
    forms = [
        item.secret,
        base64.b64decode(item.secret),
        numbers.to_bytes(32, "big"),
        numbers.to_bytes(32, "big").hex().encode(),
        base64.b64encode(numbers.to_bytes(32, "big")),
        str(numbers).encode(),
    ]
    files = [path for path in device.cli.profile.parent.rglob("*") if path.is_file()]
    assert files
    for path in files:
        content = path.read_bytes()
        assert not any(form in content for form in forms), path


def test_removing_the_last_account_leaves_nothing_behind(
    device: Device, secret_service: PrivateSecretService
) -> None:
    result = device.cli("remove", device.factor_sid, "--json")
    assert result.json == {"sid": device.factor_sid, "removed_at_service": True}
    assert secret_service.items() == []
    assert device.sandbox.client.factors() == []
    assert device.cli("accounts", "--json").json == {"accounts": []}


def test_history_stays_after_its_account(device: Device) -> None:
    sid = device.ask()
    device.cli("approve", sid)
    device.cli("remove", device.factor_sid)
    assert [decision["challenge_sid"] for decision in device.history()] == [sid]


def test_history_is_saved_as_a_table_that_runs_no_formula(device: Device) -> None:
    device.cli("deny", device.ask("=HYPERLINK(1)"))
    file = device.cli.profile / "history.csv"
    assert device.cli("history", "--csv", str(file)).status == 0
    assert "'=HYPERLINK(1)" in file.read_text()


def test_a_link_enrols_as_its_words_would(cli: Cli, device: Device) -> None:
    backend = f"{device.proxy.url}/access-token"
    link = f"countersign://enroll?backend={backend}&identity=by-link-01&name=Desk%209"
    account = cli("enroll", link, "--json").json
    assert account["friendly_name"] == "Desk 9"
    assert len(cli("accounts", "--json").json["accounts"]) == 2


def test_wait_prints_what_waits_and_says_when_nothing_came(device: Device) -> None:
    nothing = device.cli("wait", "--timeout", "0", "--json")
    assert nothing.status == 1
    assert nothing.error["name"] == "timeout"
    sid = device.ask()
    (challenge,) = device.cli("wait", "--timeout", "30", "--json").json["challenges"]
    assert challenge["sid"] == sid


def test_two_profiles_never_see_each_other(
    device: Device, cli: Cli, secret_service: PrivateSecretService
) -> None:
    other = type(cli)(cli.profile.with_name("other"), cli.environment)
    assert other("accounts", "--json").json == {"accounts": []}
    missing = other("rename", device.factor_sid, "Mine", "--json")
    assert missing.error["name"] == "no_such_account"
    assert len(secret_service.items()) == 1


def test_doctor_finds_all_well(device: Device) -> None:
    result = device.cli("doctor", "--json")
    checks = {check["name"]: check["ok"] for check in result.json["checks"]}
    assert result.status == 0, result.out
    assert {"keyring", "storage", "network", "clock"} <= {name for name, ok in checks.items() if ok}


def test_a_number_too_large_for_any_float_is_printed_digit_for_digit(device: Device) -> None:
    sid = device.ask()
    digits = "9" * 400 + ".1"

    def add(answer: object) -> object:
        body = answer.body  # type: ignore[attr-defined]  # an Answer
        answer.body = body[:-1] + b',"amount":' + digits.encode() + b"}"  # type: ignore[attr-defined]
        return answer

    device.proxy.spoil("GET", sid, add)
    out = device.cli("show", sid, "--json").out
    assert digits in out
    json.loads(out)
