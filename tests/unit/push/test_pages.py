"""A page of a list: a size that a service refuses, and one too large to be read while painting."""

from __future__ import annotations

import asyncio
import json
import re
import threading
from typing import TYPE_CHECKING

import pytest

from countersign.push import pages
from countersign.push.errors import ApiError, MappingError
from tests.unit.push.push_support import (
    FACTOR_SID,
    ScriptedHttp,
    as_json,
    challenge_body,
    client,
    reply,
    run,
)

if TYPE_CHECKING:
    from countersign.push.pages import ChallengePage

TOO_LARGE = reply(400, as_json({"code": 60373, "message": "Page size is invalid", "status": 400}))
EMPTY = reply(200, as_json({"challenges": [], "meta": {}}))


def sizes(http: ScriptedHttp) -> list[str]:
    return re.findall(r"PageSize=(\d+)", " ".join(url for _, url, _, _ in http.sent))


def page(count: int, text: str) -> bytes:
    items = [
        challenge_body(sid=f"YC{number:032x}", details={"message": text}) for number in range(count)
    ]
    return json.dumps({"challenges": items, "meta": {"next_page_url": None}}).encode()


def test_a_size_that_is_refused_becomes_one_that_no_service_refuses() -> None:
    http = ScriptedHttp(TOO_LARGE, EMPTY, EMPTY, EMPTY)
    device = client(http)
    for size in (100, 100, 10):
        run(device.challenges(page_size=size))
    assert sizes(http) == ["100", "25", "25", "10"]  # and it is remembered


def test_whoever_refuses_even_that_has_said_no() -> None:
    http = ScriptedHttp(TOO_LARGE, TOO_LARGE, TOO_LARGE)
    device = client(http)
    for _ in range(2):
        with pytest.raises(ApiError) as caught:
            run(device.challenges())
        assert caught.value.code == 60373
    assert sizes(http) == ["100", "25", "25"]


def test_another_refusal_is_no_matter_of_size() -> None:
    http = ScriptedHttp(reply(400, as_json({"code": 60374, "status": 400})))
    with pytest.raises(ApiError):
        run(client(http).challenges())
    assert sizes(http) == ["100"]


async def read(body: bytes) -> tuple[ChallengePage, bool]:
    """Read a page; also tell whether that happened in this thread."""
    threads: list[threading.Thread] = []
    parse = pages.parse

    def watched(body: bytes, host: str, factor_sid: str) -> ChallengePage:
        threads.append(threading.current_thread())
        return parse(body, host, factor_sid)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "parse", watched)
        found = await pages.parse_in_time(body, "api.example", FACTOR_SID)
    return found, threads == [threading.current_thread()]


@pytest.mark.parametrize(("count", "here"), [(1, True), (100, False)])
def test_a_large_page_is_read_elsewhere(count: int, *, here: bool) -> None:
    found, was_here = asyncio.run(read(page(count, "Sign in?")))
    assert was_here is here
    assert [one.sid for one in found.challenges] == [f"YC{number:032x}" for number in range(count)]


def test_what_is_wrong_with_a_large_page_is_said_all_the_same() -> None:
    body = page(100, "Sign in?").replace(b'"meta"', b'"challenges"')
    with pytest.raises(MappingError):
        asyncio.run(read(body))
