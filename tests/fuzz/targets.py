"""What is fuzzed: each parser of something from outside, with examples to begin from.

A target returns, or raises one of our own errors; anything else is a find. Where there is a rule
that holds of whatever comes out, it is asserted here.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from countersign.desktop import instance
from countersign.device.links import parse_link
from countersign.device.plain_text import visible
from countersign.device.settings import Settings
from countersign.device.silent.address import checked_template
from countersign.push import backend, confirm, pages, strict_json
from countersign.push.address import checked_url, host_of
from countersign.push.api_errors import api_error
from countersign.push.dates import parse_date, parse_http_date
from countersign.push.errors import CountersignError, KeyStorageError
from countersign.push.http import Reply, parse_retry_after
from countersign.push.signing import signed_text
from countersign.push.values import ChallengeStatus, parse_challenge, parse_factor
from countersign.storage import keyring_keys, policy_file, settings_file
from countersign.storage.keyring_seal import Seal
from tests.unit.push.push_support import (
    CHALLENGE_SID,
    FACTOR_SID,
    HTTP_DATE,
    IDENTITY,
    SERVICE_SID,
    as_json,
    challenge_body,
    factor_body,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from countersign.device.links import Link

FIELDS: Final = "sid,identity,details,hidden_details,date_created"
_SHOWN: Final = 200
_FOLDER: Final = Path(tempfile.mkdtemp(prefix="cs-fuzz-"))


@dataclass(frozen=True)
class Target:
    """A parser, what may come out of it besides a value, and where to begin."""

    run: Callable[[bytes], object]
    seeds: Sequence[bytes]
    errors: tuple[type[Exception], ...] = (CountersignError,)

    def __call__(self, data: bytes) -> None:
        """Give it an input; what isn't one of its errors comes through."""
        with contextlib.suppress(*self.errors):
            self.run(data)


def _reply(status: int, body: bytes) -> Reply:
    return Reply(status, {}, body, None, None)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _challenge(data: bytes) -> None:
    challenge = parse_challenge(data, FIELDS)
    text = signed_text(challenge, ChallengeStatus.APPROVED)
    assert strict_json.members(text)["status"] == b'"approved"'
    assert confirm.same_content(challenge, challenge)


def _page(data: bytes) -> None:
    for challenge in pages.parse(data, "api.test", FACTOR_SID).challenges:
        assert challenge.factor_sid == FACTOR_SID


def _error(data: bytes) -> None:
    error = api_error(_reply(400 + (data[0] if data else 0), data), "api.test")
    assert len(error.message) < 10_000


def _token(data: bytes) -> None:
    token = backend._read(_reply(200, data), "http://127.0.0.1:1/token")
    assert token.token.isprintable()


def _header(data: bytes) -> None:
    text = _text(data)
    wait = parse_retry_after(text, 0.0)
    assert wait is None or wait >= 0
    parse_http_date(text)


def _date(data: bytes) -> None:
    parse_date(_text(data))


def _address(data: bytes) -> None:
    text = checked_url(_text(data))
    assert checked_url(text) == text
    assert host_of(text)


def _template(data: bytes) -> None:
    checked_template(_text(data), "https://api.test/v2")


def _link(data: bytes) -> Link:
    return parse_link(_text(data))


def _socket(data: bytes) -> None:
    link = instance._link(data)
    assert link.isprintable()
    assert instance._link(instance._said(_text(data)))


def _policy(data: bytes) -> None:
    policy_file._parse(data)


def _settings(data: bytes) -> None:
    (_FOLDER / settings_file.FILE).write_bytes(data)
    assert isinstance(settings_file.read(_FOLDER), Settings)


def _plain(data: bytes) -> None:
    shown = visible(_text(data), _SHOWN)
    hides = {char for char in shown if unicodedata.category(char)[0] == "C"}
    assert hides <= {"\u200c", "\u200d"}, "but for the joiners that scripts need"
    assert len(shown.splitlines()) <= 1


def _key(data: bytes) -> None:
    keyring_keys.from_text(_text(data))


def _sealed(data: bytes) -> None:
    seal = Seal()
    seal.unlock(bytes(32))
    text = seal.open(_text(data), "mine")
    assert not data.startswith(b"pin1:"), "nobody guesses what opens under this key"
    assert text == _text(data)


_CHALLENGE: Final = as_json(challenge_body())
_META: Final = {"next_page_url": "x?PageToken=y"}
_PAGE: Final = as_json({"challenges": [challenge_body()], "meta": _META})
_TOKEN: Final = as_json(
    {"token": "t", "serviceSid": SERVICE_SID, "identity": IDENTITY, "factorType": "push"}
)
_POLICY: Final = b"""support = "the desk"
notices = "short"
[accounts]
backends = ["https://a.example/x"]
[approvals]
pin_required = true
[checking]
fastest = 5
slowest = 60
[[companies]]
name = "N"
backend = "https://a.example/x"
"""

TARGETS: Final[dict[str, Target]] = {
    "challenge": Target(_challenge, [_CHALLENGE]),
    "factor": Target(parse_factor, [as_json(factor_body())]),
    "page": Target(_page, [_PAGE]),
    "error": Target(_error, [as_json({"code": 60323, "message": "m", "status": 403}), b"<html>"]),
    "token": Target(_token, [_TOKEN]),
    "header": Target(_header, [b"120", HTTP_DATE.encode()]),
    "date": Target(
        _date, [b"2020-07-21T19:15:02Z", b"2020-07-21T19:15:02.123+02:00"], (ValueError,)
    ),
    "address": Target(_address, [b"https://a.example:8443/x?y=1", b"http://[::1]:1/"]),
    "template": Target(_template, [b"https://a.example/?t={transaction}&f={factor}"]),
    "link": Target(
        _link,
        [
            b"countersign://enroll?backend=https%3A%2F%2Fa.example%2Fx&identity=u-1&code=123",
            f"countersign://challenge?factor_sid={FACTOR_SID}&challenge_sid={CHALLENGE_SID}".encode(),
        ],
    ),
    "socket": Target(_socket, [b"show\n", instance._said("countersign://enroll?identity=u")]),
    "policy": Target(_policy, [_POLICY], (policy_file._BadError,)),
    "settings": Target(_settings, [json.dumps({"check_active": 5, "proxy": "none"}).encode()]),
    "plain": Target(_plain, ["a\u202eb\x1b[31m".encode()]),
    "key": Target(_key, [keyring_keys.to_text(keyring_keys.new_key()).encode()]),
    "sealed": Target(_sealed, [b"pin1:AAAA", b"text"], (KeyStorageError,)),
}

FIND_ME: Final = {"find-me": Target(int, [b"12"])}
"""A parser that breaks, for the test of the program itself."""
