from __future__ import annotations

import asyncio
import gzip
import ssl
import time
from typing import TYPE_CHECKING

import httpx
import pytest
import trustme

from countersign import __version__
from countersign.push import http as http_module
from countersign.push.errors import AnswerLostError, InputError, MappingError, NetworkError
from countersign.push.http import MAX_BODY, Http, network_error, parse_retry_after
from tests.unit.push.push_support import HTTP_DATE, LOST, NOW, STALLED, Answer, answer, cut, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.push.push_support import Server

AUTHORITY = trustme.CA()


def _server_context(authority: trustme.CA = AUTHORITY) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


def _trusting_authority() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    AUTHORITY.configure_trust(context)
    return context


# --- What is sent --


async def test_a_request_is_sent_as_asked(server: Server, http: Http) -> None:
    await http.send(
        "POST",
        f"{server.url}/a%2Fb?x=%20",
        form={"A": "1+/=& é", "B": ""},
        auth=("token", "p:w"),
        headers={"X-Company": "yes"},
    )
    (got,) = server.requests
    assert (got.method, got.target) == ("POST", "/a%2Fb?x=%20")
    assert got.form == [("A", "1+/=& é"), ("B", "")]
    assert got.headers["content-type"] == "application/x-www-form-urlencoded"
    assert got.basic == ("token", "p:w")
    assert got.headers["x-company"] == "yes"
    assert got.headers["accept"] == "application/json"


async def test_requests_name_the_app_and_its_version_only(server: Server, http: Http) -> None:
    await http.send("GET", server.url)
    assert server.requests[0].headers["user-agent"] == f"Countersign/{__version__}"


async def test_a_request_without_credentials_carries_none(server: Server, http: Http) -> None:
    await http.send("GET", server.url, auth=("token", "first"))
    await http.send("GET", server.url)
    assert "authorization" not in server.requests[1].headers


async def test_cookies_are_never_kept(server: Server, http: Http) -> None:
    server.answer_with(answer(headers=(("Set-Cookie", "who=me; Path=/"),)))
    await http.send("GET", server.url)
    await http.send("GET", server.url)
    assert [request.headers.get("cookie") for request in server.requests] == [None, None]


@pytest.mark.parametrize(
    ("url", "form", "headers"),
    [
        ("http://999.1.1.1", None, None),
        ("https://xn--zz", None, None),
        ("http://127.0.0.1:1", {"identity": "half a pair: \ud800"}, None),
        ("http://127.0.0.1:1", None, {"X-Company": "é"}),
    ],
)
async def test_what_cannot_be_written_down_is_refused_as_input(
    http: Http, url: str, form: dict[str, str] | None, headers: dict[str, str] | None
) -> None:
    with pytest.raises(InputError) as caught:
        await http.send("POST", url, form=form, headers=headers)
    assert caught.value.name == "not_sendable"


async def test_a_header_with_a_line_break_is_not_sent(server: Server, http: Http) -> None:
    with pytest.raises(NetworkError) as caught:
        await http.send("GET", server.url, headers={"X-Company": "a\r\nX-Other: b"})
    assert caught.value.name == "not_sent"
    assert type(caught.value) is NetworkError
    assert server.requests == []


# --- What comes back --


async def test_an_answer_comes_back_whole(server: Server, http: Http) -> None:
    headers = (("Date", HTTP_DATE), ("Retry-After", "7"), ("X-Other", "kept"))
    server.answer_with(answer(418, b"body", headers=headers))
    got = await http.send("GET", server.url)
    assert (got.status, got.body, got.ok) == (418, b"body", False)
    assert (got.date, got.retry_after) == (float(NOW), 7.0)
    assert got.headers.get("x-other") == "kept"


async def test_an_answer_without_dates_has_none(server: Server, http: Http) -> None:
    got = await http.send("GET", server.url)
    assert (got.ok, got.date, got.retry_after) == (True, None, None)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_not_followed(server: Server, http: Http, status: int) -> None:
    server.answer_with(answer(status, headers=(("Location", f"{server.url}/elsewhere"),)))
    got = await http.send("POST", server.url, form={"a": "b"}, auth=("token", "secret"))
    assert got.status == status
    assert len(server.requests) == 1


async def test_an_answer_of_the_size_allowed_is_taken(server: Server, http: Http) -> None:
    server.answer_with(answer(body=b"x" * MAX_BODY))
    assert len((await http.send("GET", server.url)).body) == MAX_BODY


async def test_a_larger_answer_is_refused(server: Server, http: Http) -> None:
    server.answer_with(answer(body=b"x" * (MAX_BODY + 1)))
    with pytest.raises(MappingError) as caught:
        await http.send("GET", server.url)
    assert caught.value.name == "answer_too_large"


async def test_a_small_answer_that_unpacks_to_a_large_one_is_refused(
    server: Server, http: Http
) -> None:
    packed = gzip.compress(b"x" * (4 * MAX_BODY))
    server.answer_with(answer(body=packed, headers=(("Content-Encoding", "gzip"),)))
    with pytest.raises(MappingError):
        await http.send("GET", server.url)


async def test_after_a_refused_answer_the_next_call_works(server: Server, http: Http) -> None:
    server.answer_with(answer(body=b"x" * (MAX_BODY + 1)), answer(body=b"fine"))
    with pytest.raises(MappingError):
        await http.send("GET", server.url)
    assert (await http.send("GET", server.url)).body == b"fine"


# --- Connections --


async def test_one_connection_serves_many_calls(server: Server, http: Http) -> None:
    for _ in range(5):
        await http.send("GET", server.url)
    assert (len(server.requests), server.connections) == (5, 1)


async def test_a_connection_that_the_server_closed_in_between_costs_nothing(
    server: Server, http: Http
) -> None:
    server.answer_with(answer(then="close"))
    await http.send("GET", server.url)
    await http.send("GET", server.url)
    assert server.connections == 2


async def test_a_cancelled_call_hangs_up_and_leaves_no_task(server: Server, http: Http) -> None:
    await http.send("GET", server.url)  # the server's task for the connection is there from now on
    before = asyncio.all_tasks()
    server.request_came.clear()
    server.answer_with(STALLED)
    call = asyncio.create_task(http.send("GET", server.url))
    await server.request_came.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await server.connection_ended.wait()
    assert asyncio.all_tasks() <= before


async def test_after_a_cancelled_call_the_next_one_works(server: Server, http: Http) -> None:
    server.answer_with(STALLED, answer(body=b"fine"))
    call = asyncio.create_task(http.send("GET", server.url))
    await server.request_came.wait()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert (await http.send("GET", server.url)).body == b"fine"


async def test_closing_hangs_up(server: Server) -> None:
    http = Http(verify=lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    await http.send("GET", server.url)
    await http.aclose()
    await server.connection_ended.wait()


async def test_certificates_are_read_once_and_not_before_the_first_request(server: Server) -> None:
    reads: list[int] = []

    def verify() -> ssl.SSLContext:
        reads.append(1)
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

    http = Http(verify=verify)
    assert reads == []
    await http.send("GET", server.url)
    await http.send("GET", server.url)
    assert reads == [1]
    await http.aclose()


# --- What goes wrong --


async def test_where_nobody_listens_nothing_was_sent(http: Http) -> None:
    async with serving() as gone:
        url = gone.url
    with pytest.raises(NetworkError) as caught:
        await http.send("POST", url, form={"a": "b"})
    assert (caught.value.name, type(caught.value)) == ("unreachable", NetworkError)


async def test_a_plain_http_port_spoken_to_by_tls_is_not_safe(http: Http) -> None:
    async def speak_plainly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer(400).raw)
        writer.close()
        await writer.wait_closed()

    listener = await asyncio.start_server(speak_plainly, "127.0.0.1", 0)
    async with listener:
        port = listener.sockets[0].getsockname()[1]
        with pytest.raises(NetworkError) as caught:
            await http.send("GET", f"https://127.0.0.1:{port}")
    assert (caught.value.name, type(caught.value)) == ("certificate", NetworkError)


async def test_a_certificate_of_nobody_known_is_not_safe() -> None:
    http = Http()  # the system's own store
    async with serving(_server_context()) as server:
        with pytest.raises(NetworkError) as caught:
            await http.send("POST", server.url, form={"a": "b"})
        assert server.requests == []
    assert (caught.value.name, type(caught.value)) == ("certificate", NetworkError)
    await http.aclose()


async def test_a_certificate_for_another_name_is_not_safe() -> None:
    http = Http(verify=_trusting_authority)
    async with serving(_server_context()) as server:
        with pytest.raises(NetworkError) as caught:
            await http.send("GET", server.url.replace("127.0.0.1", "localhost"))
    assert caught.value.name == "certificate"
    await http.aclose()


async def test_a_trusted_certificate_works() -> None:
    http = Http(verify=_trusting_authority)
    async with serving(_server_context()) as server:
        server.answer_with(answer(body=b"fine"))
        assert (await http.send("GET", server.url)).body == b"fine"
        await http.aclose()


async def test_a_connection_closed_before_the_request_is_read_leaves_its_fate_unknown(
    server: Server, http: Http
) -> None:
    server.hang_up_on_connect = True
    with pytest.raises(AnswerLostError):
        await http.send("POST", server.url, form={"a": "b"})


async def test_a_connection_closed_after_the_request_leaves_its_fate_unknown(
    server: Server, http: Http
) -> None:
    server.answer_with(LOST)
    with pytest.raises(AnswerLostError) as caught:
        await http.send("POST", server.url, form={"a": "b"})
    assert caught.value.name == "answer_lost"
    assert len(server.requests) == 1, "never sent again by itself"


@pytest.mark.parametrize(
    "broken",
    [
        cut(answer(body=b'{"status":"approved"}')),
        cut(answer(headers=(("Date", HTTP_DATE),))),
        answer(body=b"not gzip", headers=(("Content-Encoding", "gzip"),)),
    ],
    ids=["body", "headers", "compression"],
)
async def test_an_answer_that_breaks_off_leaves_the_fate_unknown(
    server: Server, http: Http, broken: Answer
) -> None:
    server.answer_with(broken)
    with pytest.raises(AnswerLostError):
        await http.send("POST", server.url, form={"a": "b"})


async def test_an_answer_that_is_not_http_leaves_the_fate_unknown(
    server: Server, http: Http
) -> None:
    server.answer_with(Answer(b"SSH-2.0-OpenSSH_9.6\r\n", "close"))
    with pytest.raises(AnswerLostError):
        await http.send("POST", server.url, form={"a": "b"})


async def test_an_answer_that_never_comes_is_lost_at_the_deadline(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "_DEADLINE", 0.05)
    server.answer_with(STALLED)
    with pytest.raises(AnswerLostError):
        await http.send("POST", server.url, form={"a": "b"})
    await server.connection_ended.wait()


# --- Proxies --


@pytest.fixture
async def dead_port() -> str:
    async with serving() as gone:
        return gone.url


PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"]
PROXY_VARIABLES += [name.lower() for name in PROXY_VARIABLES]


async def test_loopback_never_goes_through_a_proxy(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch, dead_port: str
) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    for name in PROXY_VARIABLES:
        monkeypatch.setenv(name, dead_port)
    for host in ("127.0.0.1", "localhost"):
        assert (await http.send("GET", server.url.replace("127.0.0.1", host))).ok


async def test_a_proxy_that_refuses_is_named(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.setenv(name, server.url)
    server.answer_with(answer(407, then="close"))
    with pytest.raises(NetworkError) as caught:
        await http.send("GET", "https://api.example.test/v2", auth=("token", "secret"))
    (asked,) = server.requests
    assert (asked.method, asked.target) == ("CONNECT", "api.example.test:443")
    assert "authorization" not in asked.headers
    assert (caught.value.name, type(caught.value)) == ("proxy", NetworkError)


# --- httpx's tree --


def _classes(of: type[httpx.HTTPError]) -> Iterator[type[httpx.HTTPError]]:
    yield of
    for kind in of.__subclasses__():
        yield from _classes(kind)


NOTHING_WAS_SENT = {
    httpx.ConnectError: "unreachable",
    httpx.ConnectTimeout: "unreachable",
    httpx.PoolTimeout: "unreachable",
    httpx.ProxyError: "proxy",
    httpx.UnsupportedProtocol: "not_sent",
    httpx.LocalProtocolError: "not_sent",
}


def _raised(kind: type[httpx.HTTPError]) -> httpx.HTTPError:
    if issubclass(kind, httpx.HTTPStatusError):
        request = httpx.Request("GET", "https://a.test")
        return kind("x", request=request, response=httpx.Response(500, request=request))
    return kind("x")


@pytest.mark.parametrize("kind", sorted(set(_classes(httpx.HTTPError)), key=str))
def test_only_what_fails_before_sending_is_said_to_be_unsent(kind: type[httpx.HTTPError]) -> None:
    ours = network_error(_raised(kind), "api.test")
    if kind in NOTHING_WAS_SENT:
        assert (ours.name, type(ours)) == (NOTHING_WAS_SENT[kind], NetworkError)
    else:
        assert (ours.name, type(ours)) == ("answer_lost", AnswerLostError)
    assert "api.test" in ours.message
    assert ours.code == 60401


# --- Retry-After --


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        (" 120 ", 120.0),
        ("120\x1f", 120.0),
        ("86400", 86400.0),
        ("86401", 86400.0),
        ("9" * 5000, 86400.0),
        ("-1", None),
        ("1.5", None),
        ("inf", None),
        ("nan", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 86400.0),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read_within_a_day(text: str | None, seconds: float | None) -> None:
    assert parse_retry_after(text) == seconds


def test_retry_after_as_a_date_counts_from_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW - 30.0)
    assert parse_retry_after(HTTP_DATE) == 30.0


def test_retry_after_as_a_date_is_by_the_clock_of_who_sent_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time", lambda: NOW - 7200.0)
    assert parse_retry_after(HTTP_DATE, NOW - 30.0) == 30.0
