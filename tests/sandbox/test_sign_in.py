"""The toy site: who presses its button gets a request, and sees what became of it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersign.sandbox.sign_in import device as named_browser

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

OURS: Final = "0123456789abcdef" * 2
"""An id as the app makes them."""


def begin(world: World, origin: str | None = None, **fields: str) -> httpx.Response:
    headers = {"Origin": world.base if origin is None else origin}
    return world.http.post(f"{world.base}/sign-in", data=fields, headers=headers)


def waiting(world: World) -> list[Any]:
    return list(world.sandbox.client.state()["challenges"])


def said(response: httpx.Response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.text)).split())


def test_a_sign_in_is_confirmed_in_the_app(world: World) -> None:
    device = world.device("tester-01")
    form = world.http.get(f"{world.base}/sign-in")
    assert form.status_code == 200
    assert "Sign in on this computer" in said(form)
    assert "open Countersign and press Approve" in said(form)
    assert waiting(world) == [], "looking begins nothing"
    begun = begin(world, identity="tester-01")
    (challenge,) = waiting(world)
    assert begun.status_code == 303
    assert begun.headers["location"] == f"/sign-in/{challenge['sid']}"
    assert challenge["factor_sid"] == device.sid
    assert challenge["details"]["message"] == "Sign in to Sandbox site"
    assert [field["label"] for field in challenge["details"]["fields"]] == ["Location", "Device"]
    assert challenge["hidden_details"] == {"site": "sandbox"}
    assert challenge["expiration_date"] == "2023-11-14T22:15:20Z"
    place = world.base + begun.headers["location"]
    page = world.http.get(place)
    assert "Open Countersign on Laptop and press Approve" in said(page)
    link = re.search(r'href="(countersign:[^"]+)"', page.text)
    assert link
    wanted = f"countersign://challenge?factor_sid={device.sid}&challenge_sid={challenge['sid']}"
    assert unescape(link[1]) == wanted
    assert world.http.get(f"{place}/status").json() == {"status": "pending"}
    device.answer(challenge["sid"])
    assert world.http.get(f"{place}/status").json() == {"status": "approved"}
    after = world.http.get(place)
    assert "You're signed in" in said(after)
    assert 'data-status="approved"' in after.text
    assert "countersign:" not in after.text


def test_what_is_denied_or_comes_to_nothing_is_said(world: World, device: Device) -> None:
    places = []
    for _ in range(2):
        begun = begin(world, factor=device.sid)
        places.append(world.base + begun.headers["location"])
    device.answer(places[0].rpartition("/")[2], "denied")
    assert "Sign-in was denied" in said(world.http.get(places[0]))
    world.move(121)
    assert "Sign-in expired" in said(world.http.get(places[1]))
    assert world.http.get(f"{places[1]}/status").json() == {"status": "expired"}


def test_the_apps_own_id_comes_back_to_it_in_the_hidden_details(
    world: World, device: Device
) -> None:
    address = f"{world.base}/sign-in?transaction={OURS}&factor={device.sid}"
    form = world.http.get(address)
    assert waiting(world) == [], "opening the address begins nothing"
    assert "Countersign confirms by itself" in said(form)
    assert 'name="identity"' not in form.text
    assert f'name="transaction" value="{OURS}"' in form.text
    begun = begin(world, factor=device.sid, transaction=OURS)
    (challenge,) = waiting(world)
    assert challenge["hidden_details"] == {"site": "sandbox", "transaction": OURS}
    page = world.http.get(world.base + begun.headers["location"])
    assert "Countersign confirms this by itself" in said(page)
    assert OURS not in page.text


def test_a_second_press_is_the_same_sign_in(world: World, device: Device) -> None:
    first, second = (begin(world, factor=device.sid, transaction=OURS) for _ in range(2))
    assert first.headers["location"] == second.headers["location"]
    other = world.device()
    assert begin(world, factor=other.sid, transaction=OURS).status_code == 400
    assert len(waiting(world)) == 1


def test_the_id_that_was_given_to_enrol_is_an_id_here(
    world: World, sha256: Callable[[str], str]
) -> None:
    device = world.device(sha256("tester-02"))
    assert begin(world, identity=" tester-02 ").status_code == 303
    assert waiting(world)[0]["factor_sid"] == device.sid


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 400, "Type your ID."),
        ({"identity": " "}, 400, "Type your ID."),
        ({"identity": "nobody-here"}, 404, "Nobody here has that ID"),
        ({"identity": "x" * 65}, 400, "up to 64 characters"),
        ({"identity": "a\0b"}, 400, "up to 64 characters"),
        ({"factor": "YF1"}, 400, "This address isn't complete."),
        ({"factor": "YF" + "0" * 32}, 404, "The factor was not found"),
        ({"identity": "someone-1", "transaction": "short"}, 400, "This address isn't complete."),
        ({"identity": "someone-1", "transaction": "a" * 65}, 400, "This address isn't complete."),
        ({"identity": "someone-1", "transaction": "<" * 20}, 400, "This address isn't complete."),
    ],
)
def test_what_is_wrong_is_said_on_the_page(
    world: World, fields: dict[str, str], status: int, words: str
) -> None:
    world.device("someone-1")
    answer = begin(world, **fields)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert words in said(answer)
    assert waiting(world) == []
    if {"factor", "transaction"} & set(fields):
        assert words in said(world.http.get(f"{world.base}/sign-in", params=fields))


def test_an_unfinished_account_signs_in_nobody(world: World) -> None:
    device = world.device("someone-2", verified=False)
    assert "No accounts yet" in said(world.http.get(f"{world.base}/sign-in"))
    assert begin(world, identity="someone-2").status_code == 404
    assert begin(world, factor=device.sid).status_code == 404
    assert waiting(world) == []


def test_it_begins_for_nobody_elses_page(world: World, device: Device, refused: Refused) -> None:
    for origin in ("http://evil.example", "null", "http://localhost:1", ""):
        refused(begin(world, origin, factor=device.sid), 403, 20403)
    bare = world.http.post(f"{world.base}/sign-in", data={"factor": device.sid})
    refused(bare, 403, 20403)
    headers = {"Origin": world.base, "Sec-Fetch-Site": "cross-site"}
    refused(world.http.post(f"{world.base}/sign-in", headers=headers), 403, 20403)
    refused(world.http.get(f"{world.base}/sign-in", headers={"Host": "evil.example"}), 403, 20403)
    assert waiting(world) == []
    # A link to it on another page, as a company's own would have, leads there.
    link = {"Sec-Fetch-Site": "cross-site"}
    assert world.http.get(f"{world.base}/sign-in", headers=link).status_code == 200


def test_its_pages_keep_to_themselves(world: World, device: Device) -> None:
    begun = begin(world, factor=device.sid)
    for path in ("/sign-in", begun.headers["location"]):
        page = world.http.get(world.base + path)
        assert "SANDBOX" in page.text
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert not any(name.startswith("access-control") for name in page.headers)
        assert "<style" not in page.text
        assert world.sandbox.auth_token not in page.text
        for address in re.findall(r'(?:src|href)="(/console/static/[^"]+)"', page.text):
            assert world.http.get(world.base + address).status_code == 200


def test_names_are_text(world: World) -> None:
    device = world.device("someone-3")
    hostile = "<img src=x>\u202e"
    device.call("POST", f"/Factors/{device.sid}", data={"FriendlyName": hostile})
    begun = begin(world, identity="someone-3")
    for page in (
        world.http.get(f"{world.base}/sign-in"),
        world.http.get(f"{world.base}/sign-in?factor={device.sid}"),
        world.http.get(world.base + begun.headers["location"]),
        begin(world, identity=hostile),
    ):
        assert "<img" not in page.text
    assert "<img src=x>[U+202E]" in said(world.http.get(world.base + begun.headers["location"]))


def test_it_tells_of_its_own_sign_ins_alone(world: World, device: Device, refused: Refused) -> None:
    other = world.pending(device)
    for sid in (other, "YC" + "0" * 32, "YC1"):
        page = world.http.get(f"{world.base}/sign-in/{sid}")
        assert page.status_code == 404
        assert "No such sign-in" in said(page)
        refused(world.http.get(f"{world.base}/sign-in/{sid}/status"), 404, 20404)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X) Version/18 Safari/605", "Safari, macOS"),
        ("Mozilla/5.0 (Linux; Android 16) Chrome/140 Safari/537", "Chrome, Android"),
        ("<script>", "Unknown browser"),
        ("x" * 100_000, "Unknown browser"),
    ],
)
def test_a_browser_is_called_by_our_words(user_agent: str, words: str) -> None:
    assert named_browser(user_agent) == words


TEXTS: Final = st.one_of(
    st.text(max_size=80),
    st.sampled_from(["someone-4", "YF" + "0" * 32, OURS, "YC1", "\0", "\ud800", "../..", "<b>"]),
)


@settings(
    deadline=None,
    database=None,
    max_examples=150,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(["identity", "factor", "transaction", "x"]), TEXTS), max_size=5
    ),
    post=st.booleans(),
)
def test_whatever_it_is_given_it_answers_with_a_page(
    world: World, *, pairs: list[tuple[str, str]], post: bool
) -> None:
    query = urlencode(pairs, errors="surrogatepass")
    if post:
        headers = {"Origin": world.base, "Content-Type": "application/x-www-form-urlencoded"}
        url = f"{world.base}/sign-in"
        answer = world.http.post(url, content=query.encode(), headers=headers)
    else:
        answer = world.http.get(f"{world.base}/sign-in?{query}")
    if not post:
        assert answer.status_code in {200, 400, 404}
        assert waiting(world) == []
    assert answer.status_code in {200, 303, 400, 404}
    if answer.status_code != 303 and _is_utf8(pairs):
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert "<b>" not in answer.text


def _is_utf8(pairs: list[tuple[str, str]]) -> bool:
    """Tell it from what no form of a browser sends, which is refused before it is read."""
    return not any("\ud800" in value for _, value in pairs)


def test_the_console_leads_there(world: World) -> None:
    assert (
        'href="/sign-in"'
        not in world.http.get(world.sandbox.console_url).text.partition('id="part-accounts"')[2]
    )
    world.device()
    page = world.http.get(world.sandbox.console_url).text
    assert '<a href="/sign-in"' in page
    assert f"{world.base}/sign-in" in page
