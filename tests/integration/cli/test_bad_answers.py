"""Answering on bad days: nothing lost, nothing sent twice, each outcome told as it is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.altering_proxy import DROP_AFTER, DROP_BEFORE, Answer

if TYPE_CHECKING:
    from tests.integration.cli.conftest import Device

JSON = {"Content-Type": "application/json"}
STALE = {"Content-Type": "application/json", "Date": "Tue, 21 Jul 2020 17:07:32 GMT"}


def error_answer(code: int, status: int, headers: dict[str, str] | None = None) -> Answer:
    """Return an error as the API words it."""
    body = {"code": code, "message": "No", "more_info": "https://a.example", "status": status}
    return Answer(status, headers or JSON, json.dumps(body).encode())


def test_an_answer_that_was_taken_and_its_confirmation_lost_counts(device: Device) -> None:
    sid = device.ask()
    device.proxy.spoil("POST", sid, DROP_AFTER)
    result = device.cli("approve", sid, "--json")
    assert result.json["status"] == "approved"
    assert device.proxy.count("POST", sid) == 1
    assert device.history()[0]["server_status"] == "approved"


def test_an_answer_that_never_arrived_is_said_so_and_not_repeated(device: Device) -> None:
    sid = device.ask()
    device.proxy.spoil("POST", sid, DROP_BEFORE)
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (1, "not_arrived")
    assert device.proxy.count("POST", sid) == 1
    assert device.status(sid) == "pending"
    assert device.history()[0]["error"] == "not_arrived"


@pytest.mark.parametrize(("spoiler", "fate"), [(DROP_AFTER, "approved"), (DROP_BEFORE, None)])
def test_an_unknown_fate_is_found_out_by_the_next_command(
    device: Device, spoiler: str, fate: str | None
) -> None:
    sid = device.ask()
    device.proxy.spoil("POST", sid, spoiler)
    device.proxy.spoil("GET", sid, DROP_BEFORE)
    # The first GET opens the request; only then does the network go away for good.
    device.proxy.spoil("GET", sid, lambda answer: answer, times=1)
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (1, "unknown")
    device.proxy.rules.clear()
    device.cli("inbox")
    assert device.history()[0]["server_status"] == fate
    assert device.proxy.count("POST", sid) == 1
    assert device.status(sid) == (fate or "pending")


def test_two_commands_at_once_send_one_answer(device: Device) -> None:
    sid = device.ask()
    running = [device.cli.start("approve", sid, "--json") for _ in range(2)]
    results = [device.cli.finish(process) for process in running]
    assert sorted(result.status for result in results) == [0, 1]
    (lost,) = [result for result in results if result.status]
    assert lost.error["name"] in {"being_answered", "already_answered"}
    assert device.proxy.count("POST", sid) == 1


def test_an_answered_request_is_told_from_one_answered_by_a_copied_key(device: Device) -> None:
    sid = device.ask()
    device.cli("approve", sid)
    again = device.cli("deny", sid, "--json")
    assert (again.status, again.error["code"], again.error["name"]) == (
        1,
        60322,
        "already_answered",
    )
    twin = type(device.cli)(device.cli.profile.with_name("copy"), device.cli.environment)
    device.cli.profile.with_name("copy").mkdir()
    other = device.ask()
    # A copy of the profile holds the same key's name, and so the same key.
    for file in device.cli.profile.glob("countersign.db*"):
        (twin.profile / file.name).write_bytes(file.read_bytes())
    assert twin("approve", other, "--json").status == 0
    alarm = device.cli("approve", other, "--json")
    assert (alarm.error["code"], alarm.error["name"]) == (60322, "answered_elsewhere")


def test_an_expired_request_is_refused_without_a_post(device: Device) -> None:
    sid = device.ask(expires_in=60)
    device.sandbox.client.move_clock(61)
    result = device.cli("approve", sid, "--json")
    assert (result.error["code"], result.error["name"]) == (60323, "expired")
    assert device.proxy.count("POST", sid) == 0


def test_a_request_that_expires_on_the_way(device: Device) -> None:
    sid = device.ask(expires_in=60)

    def expire(answer: Answer) -> Answer:
        device.sandbox.client.move_clock(61)
        return answer

    device.proxy.spoil("GET", sid, expire, times=1)
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (1, "expired")
    assert device.history()[0]["server_status"] == "expired"


def test_a_request_that_changed_is_never_approved(device: Device) -> None:
    sid = device.ask()

    def other_words(answer: Answer) -> Answer:
        text = answer.body.replace(b"Northwind", b"Eastwind")
        return Answer(answer.status, answer.headers, text)

    device.proxy.spoil("GET", sid, other_words, times=1)
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (1, "changed")
    assert device.status(sid) == "pending"


@pytest.mark.parametrize(
    ("spoiler", "status", "name"),
    [
        pytest.param(error_answer(20404, 404), 1, "no_such_request", id="404"),
        pytest.param(error_answer(20003, 401, {"Date": ""}), 1, "not_authorized", id="401 no date"),
        pytest.param(error_answer(20003, 401), 1, "not_authorized", id="401"),
        pytest.param(error_answer(20003, 401, STALE), 1, "clock", id="401 of another year"),
        pytest.param(error_answer(20403, 403), 1, "forbidden", id="403"),
        pytest.param(error_answer(60301, 409), 1, "conflict", id="409"),
        pytest.param(error_answer(20429, 429), 1, "too_many_requests", id="429"),
        pytest.param(error_answer(20500, 500), 1, "busy", id="500"),
        pytest.param(Answer(200, {}, b"<html>hello"), 1, "sign_in_first", id="a web page"),
        pytest.param(Answer(200, JSON, b'{"sid":"YC1"}'), 1, "bad_answer", id="parts missing"),
        pytest.param(DROP_BEFORE, 1, "answer_lost", id="connection lost"),
    ],
)
def test_a_request_that_cannot_be_opened(
    device: Device, spoiler: object, status: int, name: str
) -> None:
    sid = device.ask()
    device.proxy.spoil("GET", sid, spoiler)
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (status, name)
    assert device.proxy.count("POST", sid) == 0
    assert device.history() == []


@pytest.mark.parametrize(
    ("spoiler", "name"),
    [
        pytest.param(error_answer(20003, 401, {"X": "y"}), "not_authorized", id="401"),
        pytest.param(error_answer(20403, 403), "forbidden", id="403"),
        pytest.param(error_answer(20404, 404), "not_found", id="404"),
        pytest.param(error_answer(20429, 429), "too_many_requests", id="429"),
        pytest.param(error_answer(60324, 403), "signature_refused", id="signature refused"),
        pytest.param(error_answer(20500, 500), "not_arrived", id="500"),
    ],
)
def test_an_answer_that_is_refused_is_sent_once(device: Device, spoiler: Answer, name: str) -> None:
    sid = device.ask()
    device.proxy.spoil("POST", sid, spoiler)
    result = device.cli("approve", sid, "--json")
    assert (result.status, result.error["name"]) == (1, name)
    assert device.proxy.count("POST", sid) == 1
    assert device.history()[0]["error"] == name
    assert device.status(sid) == "pending"


def test_a_missing_signature_header_cannot_be_answered(device: Device) -> None:
    sid = device.ask()

    def without(answer: Answer) -> Answer:
        kept = {k: v for k, v in answer.headers.items() if "signature" not in k.lower()}
        return Answer(answer.status, kept, answer.body)

    device.proxy.spoil("GET", sid, without)
    assert device.cli("show", sid).status == 0
    assert device.cli("approve", sid, "--json").error["name"] == "no_signature_fields"


def test_a_request_of_another_account_is_not_shown(device: Device) -> None:
    sid = device.ask()

    def foreign(answer: Answer) -> Answer:
        text = answer.body.replace(device.factor_sid.encode(), b"YF" + b"0" * 32)
        return Answer(answer.status, answer.headers, text)

    device.proxy.spoil("GET", "/Challenges", foreign)
    assert device.cli("approve", sid, "--json").error["name"] == "wrong_factor"
    inbox = device.cli("inbox", "--json")
    assert inbox.json["challenges"] == []
    assert "1 more came that can't be read" in inbox.err


def test_a_wrong_clock_is_corrected_and_told(device: Device) -> None:
    device.sandbox.client.move_clock(1800)
    sid = device.ask()
    result = device.cli("approve", sid, "--json")
    assert result.status == 0
    assert "clock is 30 min slow" in result.err
