"""Adding an account on bad days: a sentence, the right exit status, and nothing left behind."""

from __future__ import annotations

import json
import socket
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.integration.cli.altering_proxy import DROP_AFTER, DROP_BEFORE, Answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from countersign.sandbox.serve import Running
    from countersign.testing.secret_service import PrivateSecretService
    from tests.integration.cli.altering_proxy import AlteringProxy
    from tests.integration.cli.conftest import Cli, Result

    Check = Callable[[Result, str], None]
    Enrolling = tuple[AlteringProxy, Callable[[], Result]]

TOKEN = "/access-token"
FACTORS = "/Factors"
HTML = Answer(200, {"Content-Type": "text/html"}, b"<!doctype html><title>Welcome</title>")


def error_body(code: int, status: int) -> Answer:
    """Return an error as the API words it."""
    more = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": "No", "more_info": more, "status": status}
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(body).encode())


def changed(**values: object) -> Callable[[Answer], Answer]:
    """Change members of a JSON answer; None takes one away."""

    def spoil(answer: Answer) -> Answer:
        document = answer.json() | values
        kept = {name: value for name, value in document.items() if value is not None}
        return Answer(answer.status, answer.headers, json.dumps(kept).encode())

    return spoil


@pytest.fixture
def fails(cli: Cli, secret_service: PrivateSecretService) -> Check:
    """Enrol and check that it fails as named, in one sentence, with nothing left behind."""

    def check(result: Result, name: str) -> None:
        assert result.error["name"] == name, result.error
        assert result.error["message"] in result.err
        assert result.status == 1
        assert secret_service.items() == []
        assert cli("accounts", "--json").json == {"accounts": []}
        database = sqlite3.connect(cli.profile / "countersign.db")
        assert database.execute("SELECT * FROM stray_keys").fetchall() == []
        database.close()

    return check


def enrol(cli: Cli, proxy: AlteringProxy, words: tuple[str, ...]) -> Result:
    """Enrol through the proxy, API and all."""
    return cli("--api-url", f"{proxy.url}/v2", *words)


@pytest.fixture
def enrolling(cli: Cli, proxy: AlteringProxy, enrolment: tuple[str, ...]) -> Enrolling:
    """Give the proxy and what enrols through it."""
    return proxy, lambda: enrol(cli, proxy, enrolment)


@pytest.mark.parametrize(
    ("spoiler", "name"),
    [
        pytest.param(HTML, "unexpected", id="a web page"),
        pytest.param(Answer(404, {}, b"not here"), "unexpected", id="404"),
        pytest.param(Answer(200, {}, b'{"token":'), "unexpected", id="half an answer"),
        pytest.param(changed(token=None), "unexpected", id="no token"),
        pytest.param(changed(serviceSid="VAxyz"), "unexpected", id="no service"),
        pytest.param(changed(identity=None), "unexpected", id="no identity"),
        pytest.param(changed(factorType="totp"), "not_push", id="not push"),
        pytest.param(changed(api_url="https://example.com/v2"), "unexpected", id="API elsewhere"),
        pytest.param(Answer(401, {}, b""), "refused_by_company", id="401"),
        pytest.param(Answer(403, {}, b"{}"), "refused_by_company", id="403"),
        pytest.param(Answer(302, {"Location": "/login"}, b""), "sign_in_first", id="redirect"),
        pytest.param(Answer(429, {"Retry-After": "7"}, b""), "busy", id="429"),
        pytest.param(Answer(503, {}, b"<html>"), "busy", id="503"),
        pytest.param(DROP_BEFORE, "answer_lost", id="connection lost"),
    ],
)
def test_a_backend_that_gives_no_permission(
    enrolling: Enrolling, fails: Check, spoiler: object, name: str
) -> None:
    proxy, enrol = enrolling
    proxy.spoil("POST", TOKEN, spoiler)
    fails(enrol(), name)
    assert proxy.count("POST", FACTORS) == 0


@pytest.mark.parametrize(
    ("spoiler", "name"),
    [
        pytest.param(error_body(60313, 403), "token_expired", id="permission expired"),
        pytest.param(error_body(20003, 401), "token_expired", id="401"),
        pytest.param(error_body(60315, 400), "too_many_devices", id="20 devices"),
        pytest.param(error_body(60317, 409), "already_registered", id="same key"),
        pytest.param(error_body(60326, 429), "too_many_tries", id="100 a day"),
        pytest.param(error_body(20500, 500), "busy", id="500"),
        pytest.param(HTML, "sign_in_first", id="a web page"),
        pytest.param(changed(config={}), "no_credential", id="no credential"),
        pytest.param(changed(identity="somebody-else"), "wrong_factor", id="another identity"),
        pytest.param(DROP_BEFORE, "maybe_registered", id="lost before"),
        pytest.param(DROP_AFTER, "maybe_registered", id="lost after"),
    ],
)
def test_a_service_that_registers_nothing(
    enrolling: Enrolling, fails: Check, spoiler: object, name: str
) -> None:
    proxy, enrol = enrolling
    proxy.spoil("POST", FACTORS, spoiler)
    fails(enrol(), name)
    assert proxy.count("POST", FACTORS) == 1  # never tried again: each time makes another one


def test_a_permission_that_ran_out_before_its_use(
    cli: Cli, proxy: AlteringProxy, sandbox: Running, enrolment: tuple[str, ...], fails: Check
) -> None:
    def let_it_expire(answer: Answer) -> Answer:
        sandbox.client.move_clock(61)
        return answer

    proxy.spoil("POST", TOKEN, let_it_expire)
    fails(enrol(cli, proxy, enrolment), "token_expired")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("http://auth.example.com/access-token", "not_https"),
        ("ftp://127.0.0.1/", "bad_address"),
        ("https://user:word@127.0.0.1/", "bad_address"),
        ("nonsense", "bad_address"),
    ],
)
def test_an_address_that_cannot_be_called(cli: Cli, address: str, name: str) -> None:
    result = cli("enroll", "--backend", address, "--identity", "test-user-1", "--json")
    assert (result.status, result.error["name"]) == (1, name)


def test_a_backend_that_is_not_there(cli: Cli, fails: Check) -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    address = f"http://127.0.0.1:{port}/access-token"
    fails(cli("enroll", "--backend", address, "--identity", "test-user-1", "--json"), "unreachable")


def test_a_backend_that_speaks_no_tls(cli: Cli, proxy: AlteringProxy, fails: Check) -> None:
    address = proxy.url.replace("http:", "https:") + TOKEN
    fails(cli("enroll", "--backend", address, "--identity", "test-user-1", "--json"), "certificate")
    assert proxy.seen == []


def test_a_check_that_failed_can_be_finished_later(
    cli: Cli, proxy: AlteringProxy, sandbox: Running, enrolment: tuple[str, ...]
) -> None:
    proxy.spoil("POST", "/Factors/YF", error_body(20500, 500), times=1)
    result = enrol(cli, proxy, enrolment)
    assert (result.status, result.error["name"]) == (1, "unfinished")
    (account,) = cli("accounts", "--json").json["accounts"]
    assert account["status"] == "unverified"
    assert "Not finished" in cli("accounts").out
    assert cli("enroll", "--resume", account["sid"], "--json").json["status"] == "verified"
    assert sandbox.client.factors()[0]["status"] == "verified"


def test_an_unfinished_account_that_the_service_forgot(
    cli: Cli, proxy: AlteringProxy, sandbox: Running, enrolment: tuple[str, ...]
) -> None:
    proxy.spoil("POST", "/Factors/YF", DROP_BEFORE, times=1)
    enrol(cli, proxy, enrolment)
    (account,) = cli("accounts", "--json").json["accounts"]
    sandbox.client.move_clock(2 * 3600)
    assert cli("enroll", "--resume", account["sid"], "--json").error["name"] == "too_late"
    assert cli("remove", account["sid"], "--json").status == 0


@pytest.mark.parametrize(
    "link",
    [
        "countersign://enroll?backend=https://a.example/t",
        "countersign://enroll?backend=https://a.example/t&identity=x&api_url=https://b.example",
        "countersign://enroll?backend=https://a.example/t&identity=x&identity=y",
        "https://enroll?backend=https://a.example/t&identity=x",
    ],
)
def test_a_link_that_is_broken_or_says_too_much(cli: Cli, link: str) -> None:
    result = cli("enroll", link, "--json")
    assert (result.status, result.error["name"]) == (1, "broken_link")


def test_headers_go_to_the_backend_alone_and_never_into_words(
    cli: Cli, proxy: AlteringProxy, enrolment: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "headers"
    file.write_text("Cookie: session=s3cret-value\n")
    result = enrol(cli, proxy, (*enrolment, "--header-file", str(file)))
    assert result.status == 0
    assert "s3cret-value" not in result.out + result.err
    file.write_text("s3cret-value without a colon\n")
    broken = enrol(cli, proxy, (*enrolment, "--header-file", str(file)))
    assert broken.error["name"] == "bad_headers"
    assert "s3cret-value" not in broken.out + broken.err


def test_an_identity_that_looks_like_an_email_is_warned_about(
    cli: Cli, proxy: AlteringProxy
) -> None:
    words = ("enroll", "--backend", proxy.url + TOKEN, "--identity", "jo@example.com", "--json")
    assert "looks like an e-mail address" in cli(*words).err
