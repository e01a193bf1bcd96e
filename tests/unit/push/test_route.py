"""Requests go the way that is set: through a real proxy, and trusting one more authority."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

import pytest
import trustme

from countersign.push.errors import InputError, NetworkError
from countersign.push.http import Http
from countersign.push.route import Route, checked_proxy
from countersign.push.trust import MAX_CA_FILE, read_certificates
from tests.unit.push.connect_proxy import proxying
from tests.unit.push.push_support import STALLED, answer, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.unit.push.push_support import Server

HOST = "api.example.test"
URL = f"https://{HOST}/v2"
AUTHORITY = trustme.CA()


def context_for(*names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert(*names).configure_cert(context)
    return context


def nobody() -> ssl.SSLContext:
    """Trust nobody: whoever is trusted comes from the file."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def ca_file(tmp_path: Path) -> str:
    file = tmp_path / "company.pem"
    file.write_bytes("Unser Zertifikat, für alle\n".encode() + AUTHORITY.cert_pem.bytes())
    return str(file)


@pytest.fixture
async def api() -> AsyncIterator[Server]:
    """Give a service that only a proxy finds."""
    async with serving(context_for(HOST)) as running:
        yield running


@pytest.mark.parametrize("proxy_tls", [False, True], ids=["http", "https"])
async def test_a_manual_proxy_and_a_company_s_own_authority(
    api: Server, ca_file: str, *, proxy_tls: bool
) -> None:
    tls = context_for("127.0.0.1") if proxy_tls else None
    async with proxying(api.url, tls) as proxy:
        http = Http(nobody, Route(checked_proxy(proxy.url), ca_file))
        assert (await http.send("GET", URL)).ok
        assert (await http.send("GET", URL)).ok
        await http.aclose()
    assert proxy.asked == [f"{HOST}:443"], "and one connection serves both"


async def test_loopback_goes_through_no_proxy_that_is_set(server: Server) -> None:
    async with proxying("http://127.0.0.1:1") as proxy:
        http = Http(nobody, Route(proxy.url))
        assert (await http.send("GET", server.url)).ok
        await http.aclose()
    assert proxy.asked == []


async def test_no_proxy_means_not_even_the_system_s(
    api: Server, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxying(api.url) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        http = Http(nobody, Route(None, ca_file))
        assert (await http.send("GET", URL)).ok
        assert len(proxy.asked) == 1
        gone = "https://127.0.0.1:1/v2"
        await http.reconfigure(Route("", ca_file))
        monkeypatch.setattr("countersign.push.pools.is_loopback", lambda _url: False)
        with pytest.raises(NetworkError):
            await http.send("GET", gone)
        assert len(proxy.asked) == 1
        await http.aclose()


async def test_a_new_way_holds_from_the_next_request_on_and_cuts_none(
    api: Server, ca_file: str
) -> None:
    async with proxying(api.url) as old, proxying(api.url) as new:
        http = Http(nobody, Route(old.url, ca_file))
        api.answer_with(STALLED, answer(body=b"second"))
        first = asyncio.create_task(http.send("GET", URL))
        await api.request_came.wait()
        [stalled] = api.open
        await http.reconfigure(Route(new.url, ca_file))
        assert (await http.send("GET", URL)).body == b"second"
        assert (len(old.asked), len(new.asked)) == (1, 1)
        assert not first.done()
        api.connection_ended.clear()
        stalled.write(answer(body=b"first").raw)
        assert (await first).body == b"first"
        await api.connection_ended.wait()  # what nobody uses any more is hung up
        await http.aclose()


async def test_the_same_way_keeps_its_connections(server: Server) -> None:
    http = Http(nobody, Route(""))
    await http.send("GET", server.url)
    await http.reconfigure(Route(""))
    await http.send("GET", server.url)
    assert server.connections == 1
    await http.aclose()


async def test_a_way_that_changes_while_its_trust_is_read_is_not_taken(
    api: Server, ca_file: str
) -> None:
    async with proxying(api.url) as old, proxying(api.url) as new:
        http = Http(nobody, Route(old.url, ca_file))
        sending = asyncio.create_task(http.send("GET", URL))
        await asyncio.sleep(0)  # it has begun
        await http.reconfigure(Route(new.url, ca_file))
        assert (await sending).ok
        assert (old.asked, len(new.asked)) == ([], 1)
        await http.aclose()


async def test_a_proxy_that_is_gone_is_named() -> None:
    async with serving() as gone:
        url = gone.url
    http = Http(nobody, Route(url))
    with pytest.raises(NetworkError) as caught:
        await http.send("POST", URL, form={"a": "b"})
    assert (caught.value.name, type(caught.value)) == ("proxy", NetworkError)
    assert url.partition("://")[2] in caught.value.message
    await http.aclose()


@pytest.mark.parametrize("address", ["socks5://user:secret@127.0.0.1:1", "ftp://127.0.0.1"])
async def test_a_system_s_proxy_that_is_of_no_use_is_said_without_its_password(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("https_proxy", address)
    http = Http(nobody)
    with pytest.raises(NetworkError) as caught:
        await http.send("GET", URL)
    assert caught.value.name == "proxy"
    assert "secret" not in caught.value.message + caught.value.hint
    await http.aclose()


async def test_without_its_file_a_company_s_service_is_not_trusted(
    api: Server, ca_file: str, tmp_path: Path
) -> None:
    async with proxying(api.url) as proxy:
        for file in ("", str(tmp_path / "gone.pem")):
            http = Http(nobody, Route(proxy.url, file))
            with pytest.raises(NetworkError) as caught:
                await http.send("GET", URL)
            assert caught.value.name == "certificate"
            assert ("certificate file" in caught.value.hint) is bool(file)
            await http.reconfigure(Route(proxy.url, ca_file))
            assert (await http.send("GET", URL)).ok
            await http.aclose()
    assert all(request.target == "/v2" for request in api.requests)


# --- Certificate files --


def test_all_of_a_file_s_certificates_are_read(tmp_path: Path) -> None:
    other = trustme.CA()
    file = tmp_path / "two.pem"
    file.write_bytes(AUTHORITY.cert_pem.bytes() + b"\nthe other\n" + other.cert_pem.bytes())
    context = nobody()
    context.load_verify_locations(cadata=read_certificates(str(file)))
    assert len(context.get_ca_certs()) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing of the kind",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        AUTHORITY.private_key_pem.bytes(),
        b" " * MAX_CA_FILE + AUTHORITY.cert_pem.bytes(),
    ],
    ids=["empty", "text", "broken", "a key", "too large"],
)
def test_a_file_without_certificates_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.pem"
    file.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_certificates(str(file))
    assert caught.value.name == "ca_file_bad"


@pytest.mark.parametrize("name", ["gone.pem", ".", "a\0b"])
def test_a_file_that_can_not_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError) as caught:
        read_certificates(f"{tmp_path}/{name}")
    assert caught.value.name == "ca_file_unreadable"


# --- Proxies' addresses --


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("http://proxy.example.com:8080", "http://proxy.example.com:8080"),
        ("proxy.example.com:3128", "http://proxy.example.com:3128"),
        ("HTTPS://10.0.0.1:1/", "https://10.0.0.1:1"),
        ("http://[2001:db8::1]:8080", "http://[2001:db8::1]:8080"),
        ("proxy", "http://proxy"),
    ],
)
def test_a_proxy_s_address(typed: str, address: str) -> None:
    assert checked_proxy(typed) == address
    assert checked_proxy(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://",
        "socks5://proxy:1",
        "http://user:word@proxy:1",
        "http://proxy:99999",
        "http://proxy:0",
        "http://proxy/path",
        "http://proxy?query",
        "http://pro xy",
        "http://pröxy",
        "http://proxy:port",
        "file:///etc/passwd",
        "x" * 5000,
    ],
)
def test_what_is_no_proxy_s_address(typed: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_proxy(typed)
    assert caught.value.name == "bad_proxy"
    assert "word" not in caught.value.message.replace("password", "")
