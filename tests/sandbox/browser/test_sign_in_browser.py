"""The toy site as somebody signs in at it: a button, a wait, and the outcome by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from tests.sandbox.browser.test_console_look import CONTRAST, NAMELESS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.browser.devtools import Page
    from tests.sandbox.world import World

    Open = Callable[..., Page]

BUTTON: Final = "#sign-in-button"
OURS: Final = "0123456789abcdef" * 2


def begun(world: World) -> str:
    """Return the sid of the one request that the page has sent."""
    (challenge,) = world.sandbox.client.state()["challenges"]
    return challenge["sid"]


@pytest.mark.parametrize(
    ("answer", "words", "colour"),
    [
        ("approved", "You're signed in", "rgb(21, 112, 58)"),
        ("denied", "Sign-in was denied", "rgb(179, 38, 30)"),
    ],
)
def test_the_page_follows_the_answer(
    live: World, open_site: Open, answer: str, words: str, colour: str
) -> None:
    device = live.device("tester-01")
    page = open_site()
    assert page.run("document.getElementById('identity').value") == "tester-01"
    page.click(BUTTON, "Sign in on this computer")
    page.wait_text("#outcome", "Open Countersign on Laptop and press Approve.")
    sid = begun(live)
    link = page.run("document.getElementById('open-countersign').href")
    assert link == f"countersign://challenge?factor_sid={device.sid}&challenge_sid={sid}"
    device.answer(sid, answer)
    page.wait_text("#outcome", words)
    page.wait("document.readyState === 'complete'")  # its colours are there, too
    shown = page.run("getComputedStyle(document.querySelector('#outcome h1')).color")
    assert shown == colour
    assert words in page.run("document.title")


def test_a_sign_in_that_nobody_confirms_expires(live: World, open_site: Open) -> None:
    live.device()
    page = open_site()
    page.click(BUTTON)
    page.wait_text("#outcome", "Waiting for you")
    live.sandbox.client.move_clock(121)
    page.wait_text("#outcome", "Sign-in expired")
    page.click("#again", "Try again")
    page.wait(f"document.querySelector('{BUTTON}')")


def test_the_address_that_the_app_opens_needs_one_press(live: World, open_site: Open) -> None:
    device = live.device()
    page = open_site(f"?transaction={OURS}&factor={device.sid}")
    page.wait_text("#sign-in", "You came from Countersign")
    assert live.sandbox.client.state()["challenges"] == []
    page.click(BUTTON, "Sign in")
    page.wait_text("#outcome", "Countersign confirms this by itself.")
    hidden = live.sandbox.client.challenge(begun(live))["hidden_details"]
    assert hidden == {"site": "sandbox", "transaction": OURS}
    device.answer(begun(live))
    page.wait_text("#outcome", "You're signed in")


def test_a_wrong_id_is_said_and_stays_to_be_mended(live: World, open_site: Open) -> None:
    live.device("tester-01")
    page = open_site()
    page.run("document.getElementById('identity').select()")
    page.type("tester-99")
    page.key("Enter")
    page.wait_text(".problem", "Nobody here has that ID")
    assert page.run("document.getElementById('identity').value") == "tester-99"
    (complaint,) = page.complaints()
    assert "404" in complaint


@pytest.mark.parametrize("width", [900, 360])
@pytest.mark.parametrize("dark", [False, True])
def test_every_page_can_be_read(live: World, open_site: Open, width: int, *, dark: bool) -> None:
    device = live.device()
    page = open_site("", width, dark=dark)
    seen = []

    def look() -> None:
        page.wait("document.readyState === 'complete'")  # its colours are there, too
        seen.append(page.text("#sign-in h1"))
        assert page.run(CONTRAST) == []
        assert page.run(NAMELESS) == []
        assert page.run("document.documentElement.scrollWidth <= innerWidth")

    look()
    page.click(BUTTON)
    page.wait_text("#outcome", "Waiting for you")
    look()
    device.answer(begun(live))
    page.wait_text("#outcome", "You're signed in")
    look()
    assert seen == ["Sandbox site", "Waiting for you", "You're signed in"]
