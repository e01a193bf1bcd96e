"""A company's policy is obeyed as it is written, or it is broken: nothing in between."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countersign.device.policy import Company, Policy, PolicyBroken
from countersign.device.settings import Notices, Proxy
from countersign.storage.policy_file import policy_path, read_policy

if TYPE_CHECKING:
    from countersign.device.policy import PolicyState

posix = pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
ME = os.getuid() if os.name == "posix" else 0

FULL = """
support = "the IT desk, phone 1234"
notices = "short"
[accounts]
backends = ["https://login.example.com/access-token"]
api_urls = ["https://verify.twilio.com/v2"]
[approvals]
silent_sign_in = true
silent_everything = false
pin_required = true
[checking]
fastest = 5
slowest = 60
[network]
proxy = "http://proxy.example.com:3128"
ca_file = "/etc/ssl/northwind.pem"
[[companies]]
name = "Northwind"
backend = "https://login.example.com/access-token"
sign_in = "https://login.example.com/start?id={transaction}"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "countersign"
    folder.mkdir(mode=0o755)
    return folder / "policy.toml"


def read(file: Path, text: str | bytes) -> PolicyState:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    file.chmod(0o644)
    return read_policy(file, owner=ME)


def test_where_it_lies() -> None:
    wanted = {
        "linux": Path("/etc/countersign/policy.toml"),
        "darwin": Path("/Library/Application Support/Countersign/policy.toml"),
    }
    if sys.platform in wanted:
        assert policy_path() == wanted[sys.platform]
    else:
        assert policy_path().parts[-2:] == ("Countersign", "policy.toml")


def test_all_of_it_is_read(file: Path) -> None:
    assert read(file, FULL) == Policy(
        support="the IT desk, phone 1234",
        notices=Notices.SHORT,
        backends=("https://login.example.com/access-token",),
        api_urls=("https://verify.twilio.com/v2",),
        silent_everything=False,
        pin_required=True,
        fastest=5,
        slowest=60,
        proxy=Proxy.MANUAL,
        proxy_url="http://proxy.example.com:3128",
        ca_file="/etc/ssl/northwind.pem",
        companies=(
            Company(
                "Northwind",
                "https://login.example.com/access-token",
                "https://login.example.com/start?id={transaction}",
            ),
        ),
    )


def test_none_is_no_policy(file: Path) -> None:
    assert read_policy(file, owner=ME) == Policy()
    assert read_policy(file.parent / "none" / "policy.toml", owner=ME) == Policy()


def test_an_empty_one_sets_nothing(file: Path) -> None:
    assert read(file, "") == Policy()


@pytest.mark.parametrize(("word", "proxy"), [("system", Proxy.SYSTEM), ("none", Proxy.NONE)])
def test_a_proxy_by_word(file: Path, word: str, proxy: Proxy) -> None:
    found = read(file, f'[network]\nproxy = "{word}"')
    assert isinstance(found, Policy)
    assert (found.proxy, found.proxy_url) == (proxy, "")


@pytest.mark.parametrize(
    "text",
    [
        "silent = false",
        "[approvals]\nsilent = false",
        '[approvals]\nsilent_sign_in = "no"',
        "[approvals]\nsilent_sign_in = 0",
        "[approvals]\npin_required = true\npin_required = false",
        'notices = "everything"',
        "notices = 1",
        "support = 1",
        'support = ""',
        'support = "a\\nb"',
        f'support = "{"x" * 201}"',
        '[accounts]\nbackends = "https://a.example"',
        '[accounts]\nbackends = ["http://a.example"]',
        '[accounts]\nbackends = ["nonsense"]',
        '[accounts]\napi_urls = ["https://a.example/?x"]',
        f"[accounts]\nbackends = {['https://a.example'] * 101}",
        "[checking]\nfastest = 1",
        "[checking]\nfastest = 0",
        "[checking]\nslowest = 0",
        "[checking]\nslowest = 301",
        "[checking]\nfastest = 60\nslowest = 30",
        "[checking]\nfastest = 2.5",
        '[network]\nproxy = "ftp://p"',
        '[network]\nproxy = "http://jane:secret@p:1"',
        '[network]\nca_file = "ca.pem"',
        "[[companies]]\nname = 'N'",
        "[[companies]]\nname = ''\nbackend = 'https://a.example'",
        "[[companies]]\nname = 'N'\nbackend = 'http://a.example'",
        "[[companies]]\nname = 'N'\nbackend = 'https://a.example'\nsign_in = 'https://a.example'",
        "[[companies]]\nname = 'N'\nbackend = 'https://a.example'\nsign_in = 'http://127.0.0.1/{transaction}'",
        "= 1",
        "a = [" * 5000,
        b"\xff\xfe",
        "x = 1\n" * 20_000,
    ],
    ids=lambda text: repr(text)[:40],
)
def test_a_part_that_is_not_understood_breaks_all_of_it(file: Path, text: str | bytes) -> None:
    found = read(file, text)
    assert isinstance(found, PolicyBroken)
    assert str(file) in found.why
    assert len(found.why) < 1000
    assert "secret" not in found.why


@posix
@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
@pytest.mark.parametrize("what", ["file", "folder"])
def test_one_that_others_can_change(file: Path, mode: int, what: str) -> None:
    read(file, FULL)
    (file if what == "file" else file.parent).chmod(mode | 0o111)
    assert isinstance(read_policy(file, owner=ME), PolicyBroken)


@posix
def test_one_of_another_owner(file: Path) -> None:
    read(file, FULL)
    assert isinstance(read_policy(file, owner=ME + 1), PolicyBroken)


@posix
def test_a_link_to_one(file: Path) -> None:
    other = file.with_name("other.toml")
    read(other, FULL)
    file.symlink_to(other)
    assert isinstance(read_policy(file, owner=ME), PolicyBroken)


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file(file: Path, kind: str) -> None:
    if kind == "folder":
        file.mkdir()
    else:
        os.mkfifo(file)
    assert isinstance(read_policy(file, owner=ME), PolicyBroken)


def test_one_that_can_not_be_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read(file, FULL)

    def refuse(*_: object) -> int:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    assert isinstance(read_policy(file, owner=ME), PolicyBroken)


@settings(deadline=None, database=None, max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        st.lists(st.sampled_from(FULL.splitlines()), max_size=12).map(
            lambda lines: "\n".join(lines).encode()
        ),
    )
)
def test_whatever_is_in_it_is_a_policy_or_broken(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    file = tmp_path_factory.mktemp("policy") / "policy.toml"
    assert isinstance(read(file, data), Policy | PolicyBroken)


def test_where_it_was_read_is_known(file: Path) -> None:
    found = read(file, FULL)
    assert isinstance(found, Policy)
    assert found.source == str(file)
