"""The app on a server written from protocol.md alone, by somebody who never saw the app."""

from __future__ import annotations

import json
import ssl
from typing import TYPE_CHECKING

import pytest
import trustme

from tests.contract.reference_server import NoSignatureHeader, ReferenceServer, TakeThenDrop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.integration.cli.conftest import Cli


@pytest.fixture(params=["http", "https"])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ReferenceServer]:
    """Run the reference server, once in the clear and once with a certificate of our own CA."""
    context = None
    if request.param == "https":
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv(
            "SSL_CERT_FILE", str(tmp_path / "ca.pem")
        )  # the system's store, so to say
    with ReferenceServer(tls=context) as running:
        yield running


@pytest.fixture
def factor(cli: Cli, server: ReferenceServer) -> str:
    """Enrol at the reference server."""
    words = ("--backend", server.backend_url, "--identity", "test-user-1", "--label", "Northwind")
    result = cli("enroll", *words, "--json")
    assert result.status == 0, result.err
    account = result.json
    assert account["status"] == "verified"
    assert account["api_url"] == server.api_url
    sid: str = account["sid"]
    return sid


def test_every_kind_of_answer_is_taken(cli: Cli, server: ReferenceServer, factor: str) -> None:
    approved = server.add_challenge(factor, message="Überweisung 100 €", fields=[("IBAN", "DE89")])
    denied = server.add_challenge(factor, message="Sign in", hidden_details={"a": "b"})
    assert cli("approve", approved, "--json").json["status"] == "approved"
    assert cli("deny", denied, "--json").json["status"] == "denied"
    assert (server.status(approved), server.status(denied)) == ("approved", "denied")


def test_all_pages_are_listed(cli: Cli, server: ReferenceServer, factor: str) -> None:
    sids = {server.add_challenge(factor, message=f"Request {number}") for number in range(120)}
    challenges = cli("inbox", "--json").json["challenges"]
    assert {challenge["sid"] for challenge in challenges} == sids


def test_a_body_written_in_an_odd_way_is_signed_value_for_value(
    cli: Cli, server: ReferenceServer, factor: str
) -> None:
    def oddly(body: dict[str, object]) -> bytes:
        body["details"] = {**body["details"], "amount": 2**70, "deep": [[{"x": None}]]}  # type: ignore[dict-item]
        return json.dumps(body, indent=3).replace("/", "\\/").encode()

    sid = server.add_challenge(factor, message="Pay 1/2 of it", raw_body=oddly)
    assert cli("approve", sid, "--json").json["status"] == "approved"
    assert server.status(sid) == "approved"


def test_a_confirmation_that_got_lost_is_looked_up(
    cli: Cli, server: ReferenceServer, factor: str
) -> None:
    sid = server.add_challenge(factor, message="Sign in")
    server.fault("POST */Challenges/*", TakeThenDrop())
    assert cli("approve", sid, "--json").json["status"] == "approved"
    assert (
        sum(1 for request in server.requests if request.method == "POST" and sid in request.path)
        == 1
    )


def test_what_cannot_be_signed_is_not_answered(
    cli: Cli, server: ReferenceServer, factor: str
) -> None:
    sid = server.add_challenge(factor, message="Sign in")
    server.fault("GET */Challenges/*", NoSignatureHeader())
    assert cli("approve", sid, "--json").error["name"] == "no_signature_fields"
    other = server.add_challenge(factor, message="Sign in", signature_fields="sid,factor_sid")
    assert cli("approve", other, "--json").status == 1
    assert server.status(other) == "pending"


@pytest.mark.parametrize("skew", [-7200, 7200])
def test_a_clock_that_differs_by_hours_is_corrected_once(
    cli: Cli, server: ReferenceServer, factor: str, skew: int
) -> None:
    server.skew = skew
    sid = server.add_challenge(factor, message="Sign in")
    result = cli("approve", sid, "--json")
    assert result.json["status"] == "approved"
    assert f"clock is 120 min {'slow' if skew > 0 else 'fast'}" in result.err
    before = len(server.requests)
    cli("inbox", "--json")
    assert [request.status for request in server.requests[before:]] == [200]  # it was remembered


def test_rename_and_remove(cli: Cli, server: ReferenceServer, factor: str) -> None:
    assert cli("rename", factor, "Desk 4", "--json").json["friendly_name"] == "Desk 4"
    server.remove_factor(factor)
    # Unknown there by now, which counts as removed.
    assert cli("remove", factor, "--json").json == {"sid": factor, "removed_at_service": True}
