from __future__ import annotations

import ipaddress

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.push.address import (
    DEFAULT_API_URL,
    checked_api_url,
    checked_url,
    host_of,
    is_loopback,
)
from countersign.push.errors import InputError


@pytest.mark.parametrize(
    "url",
    [
        DEFAULT_API_URL,
        "https://company.example/verify/access-token?tenant=7",
        "https://company.example:8443",
        "https://10.0.0.1/x",
        "https://[2001:db8::1]:8443/x",
        "https://xn--bcher-kva.example",
        "https://under_score.example.",
        "http://localhost:8000",
        "http://127.0.0.1:8000/v2",
        "http://127.255.255.254",
        "http://[::1]:8000",
        "http://[0:0:0:0:0:0:0:1]",
    ],
)
def test_https_and_plain_loopback_may_be_called(url: str) -> None:
    assert checked_url(url) == url


def test_scheme_and_host_are_read_in_any_case() -> None:
    assert checked_url("HTTP://LocalHost:1") == "HTTP://LocalHost:1"


def test_a_backends_address_is_called_as_it_was_given() -> None:
    for address in ("https://company.example/a/", "https://company.example/?next=/"):
        assert checked_url(address) == address


def test_the_apis_address_is_one_that_paths_can_follow() -> None:
    assert checked_api_url("https://company.example/v2//") == "https://company.example/v2"
    with pytest.raises(InputError):
        checked_api_url("https://company.example/v2?a=b")


@pytest.mark.parametrize(
    "host",
    [
        "company.example",
        "localhost.evil",
        "localhost.",
        "localhost.localdomain",
        "127.0.0.1.evil",
        "10.0.0.1",
        "128.0.0.1",
        "0.0.0.0",  # noqa: S104 - refused, not bound
        "[::]",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "127-0-0-1.evil",
    ],
)
def test_plain_http_to_any_other_host_is_refused(host: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_url(f"http://{host}/x")
    assert caught.value.name == "not_https"
    assert not is_loopback(f"http://{host}/x")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "company.example",
        "//company.example",
        "https://",
        "https:///path",
        "https:company.example",
        "ftp://company.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://user@company.example",
        "https://user:secret@company.example",
        "https://@company.example",
        "http://localhost@evil.example",
        "http://evil.example@localhost",
        "http://localhost\\@evil.example",
        "https://company.example/#there",
        "https://company.example#",
        "https://company.example/a b",
        "https://company.example/\n",
        "https://company.example\t",
        "https://company\x00.example",
        "https://company.example\x7f",
        " https://company.example",
        "https://bücher.example",
        "https://аррӏе.example",  # noqa: RUF001 - Cyrillic, which is the point
        "https://company。example",
        "https://company.example/é",
        "https://1.1.1.1\N{FULLWIDTH FULL STOP}2",
        "https://" + "a" * 2041,
        "https://company.example/" + "a" * 2048,
        "https://" + "a" * 64 + ".example",
        "https://" + "a." * 130 + "example",
        "https://company.example:65536",
        "https://company.example:x",
        "https://company.example:-1",
        "https://a..b",
        "https://-a.example",
        "https://a%2eb",
        "https://a,b",
        "https://[::1",
        "https://[::1%25eth0]",
        "https://[v1.a]",
        "https://[company.example]",
        "https://1.2.3",
        "https://1.2.3.256",
        "https://1.2.3.4.",
        "http://2130706433",
        "http://127.1",
        "http://0177.0.0.1",
        "http://0x7f000001",
        "http://[::1]evil.example",
        "http://evil.example[::1]",
        "http://evil.example:80[::1]",
        "http://127.0.0.1%2eevil.example",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    with pytest.raises(InputError) as caught:
        checked_url(url)
    assert caught.value.name in {"bad_address", "not_https"}
    assert "secret" not in f"{caught.value} {caught.value.hint}"


ODD = st.text(st.sampled_from("ahx01.:/[]@%#?\\-_;&~ \té"), max_size=12)
PARTS = st.sampled_from(
    ["http://", "https://", "127.0.0.1", "localhost", "[::1]", "evil.example", ":80", "/", "@"]
)


def _is_own(host: str) -> bool:
    return ipaddress.ip_address(host).is_loopback


@given(st.lists(PARTS | ODD, max_size=6).map("".join))
def test_the_host_that_was_judged_is_the_host_that_is_called(text: str) -> None:
    try:
        url = checked_url(text)
    except InputError:
        return
    called = httpx.URL(url)
    assert called.host in host_of(url).lower()
    assert called.scheme == "https" or called.host == "localhost" or _is_own(called.host)
    assert is_loopback(url) is is_loopback(str(called))


def test_the_host_is_shown_with_a_port_that_is_not_the_usual_one() -> None:
    assert host_of("https://company.example/x?y") == "company.example"
    assert host_of("http://localhost:8000/x") == "localhost:8000"
