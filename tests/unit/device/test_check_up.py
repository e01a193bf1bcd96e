"""What the settings and `doctor` find out, and the way that the settings name."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from countersign.device.check_up import NO_POLICY, check_policy, check_services, check_up
from countersign.device.network import route_of
from countersign.device.policy import Policy, PolicyBroken
from countersign.device.settings import Proxy, Settings
from countersign.push.address import DEFAULT_API_URL
from countersign.push.errors import CountersignError, NetworkError, StorageError
from countersign.push.http import Http, Reply
from countersign.push.route import Route
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.device.policy import PolicyState
    from countersign.device.records import Account
    from tests.unit.device.device_support import Process

PROXY = "http://proxy.example.com:8080"


class Answering(Http):
    """Gives one answer; an error is raised."""

    def __init__(self, answer: float | CountersignError | None) -> None:
        super().__init__()
        self.answer = answer
        self.asked: list[str] = []

    @override
    async def send(
        self,
        method: str,
        url: str,
        *,
        form: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """Answer with a clock that is off by so many seconds, or without one."""
        assert (method, form, auth, headers) == ("GET", None, None, None)
        self.asked.append(url)
        if isinstance(self.answer, CountersignError):
            raise self.answer
        date = None if self.answer is None else time.time() + self.answer
        return Reply(404, {}, b"", date, None)


async def found(process: Process, http: Http) -> list[tuple[str, bool]]:
    process.device.http = http
    checks = await check_services(process.device, DEFAULT_API_URL)
    return [(check.name, check.ok) for check in checks]


async def test_without_accounts_the_usual_service_is_asked(process: Process) -> None:
    http = Answering(0.0)
    assert await found(process, http) == [("network", True), ("tls", True), ("clock", True)]
    assert http.asked == [DEFAULT_API_URL]


async def test_a_service_of_accounts_is_asked_once(process: Process, account: Account) -> None:
    await process.add_account()
    http = Answering(None)
    assert await found(process, http) == [("network", True)], "loopback has no TLS, nor a clock"
    assert http.asked == [account.api_url]


@pytest.mark.parametrize(("offset", "minutes"), [(-600.0, -10), (3600.0, 60)])
async def test_a_clock_that_is_off(process: Process, offset: float, minutes: int) -> None:
    process.device.http = Answering(offset)
    *_, clock = await check_services(process.device, DEFAULT_API_URL)
    assert (clock.name, clock.ok, clock.minutes) == ("clock", False, minutes)
    assert ("slow" if offset > 0 else "fast") in clock.detail


@pytest.mark.parametrize(("error", "name"), [("certificate", "tls"), ("unreachable", "network")])
async def test_a_service_that_is_not_reached(process: Process, error: str, name: str) -> None:
    process.device.http = Answering(NetworkError(error, "What it says.", "A hint."))
    [check] = await check_services(process.device, DEFAULT_API_URL)
    assert (check.name, check.ok, check.error) == (name, False, error)
    assert (check.detail, check.hint, check.about) == (
        "What it says.",
        "A hint.",
        "verify.twilio.com",
    )


async def test_each_is_checked_whatever_the_others_found(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_key_id: str) -> None:
        raise StorageError("disk", "It is full.")

    monkeypatch.setattr(process.device.accounts, "note_key", full)
    process.device.keys = FailingKeyStore("locked")
    process.device.http = Answering(0.0)
    checks = await check_up(process.device, DEFAULT_API_URL)
    assert [(check.name, check.ok, check.error) for check in checks] == [
        ("storage", False, "disk"),
        ("keyring", False, "locked"),
        ("policy", True, ""),
        ("network", True, ""),
        ("tls", True, ""),
        ("clock", True, ""),
    ]


async def test_a_check_leaves_nothing_behind(process: Process) -> None:
    process.device.http = Answering(0.0)
    checks = await check_up(process.device, DEFAULT_API_URL)
    assert all(check.ok for check in checks)
    assert await process.device.accounts.stray_keys() == []


@pytest.mark.parametrize(
    ("settings", "route"),
    [
        (Settings(), Route(None)),
        (Settings(proxy=Proxy.NONE, proxy_url=PROXY), Route("")),
        (Settings(proxy=Proxy.MANUAL, proxy_url=PROXY), Route(PROXY)),
        (Settings(proxy=Proxy.MANUAL, proxy_url="socks5://x"), Route(None)),
        (Settings(proxy=Proxy.MANUAL), Route(None)),
        (Settings(ca_file="/x.pem"), Route(None, "/x.pem")),
    ],
)
def test_the_way_that_the_settings_name(settings: Settings, route: Route) -> None:
    assert route_of(settings) == route


@pytest.mark.parametrize(
    ("policy", "ok", "words"),
    [
        (Policy(), True, NO_POLICY),
        (Policy(source="/etc/x/policy.toml"), True, "in force: /etc/x/policy.toml"),
        (PolicyBroken("/etc/x/policy.toml is too long."), False, "/etc/x/policy.toml is too long."),
        (Policy(source="/etc/x/policy.toml", pin_required=True), False, "wants a PIN"),
    ],
    ids=["none", "in force", "broken", "a PIN"],
)
def test_the_policy_is_none_in_force_or_in_the_way(
    policy: PolicyState, words: str, *, ok: bool
) -> None:
    check = check_policy(policy)
    assert (check.name, check.ok) == ("policy", ok)
    assert words in check.detail
    assert bool(check.hint) is not ok
