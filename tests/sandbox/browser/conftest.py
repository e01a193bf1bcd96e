"""One browser for all tests here, and a sandbox in real time for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from countersign.sandbox.serve import running
from tests.sandbox.browser import devtools
from tests.sandbox.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.sandbox.browser.devtools import Browser, Page


PARTS = "location.origin + '/console/parts' + location.search"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if devtools.program() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    with devtools.browser() as made:
        yield made


@pytest.fixture
def browser(address: str) -> Iterator[Browser]:
    with devtools.connected(address) as made:
        yield made


@pytest.fixture
def live() -> Iterator[World]:
    with running() as sandbox, World.over(sandbox) as made:
        yield made


@pytest.fixture
def open_page(browser: Browser, live: World) -> Iterator[Callable[..., Page]]:
    """Open the console; at the end no page may have complained or reached beyond the sandbox."""
    pages: list[Page] = []

    def opened(
        query: str = "", width: int = 1400, height: int = 900, *, dark: bool = False
    ) -> Page:
        page = browser.page(width, height, dark=dark)
        pages.append(page)
        page.open(f"{live.sandbox.console_url}{query}")
        page.wait("document.documentElement.classList.contains('scripted')")
        # The first news has come: from now on the page is live.
        page.wait(f"performance.getEntriesByName({PARTS}).length")
        return page

    yield opened
    _leave(pages, live)


@pytest.fixture
def open_site(browser: Browser, live: World) -> Iterator[Callable[..., Page]]:
    """Open the toy site's sign-in page; it may complain and reach out no more than the console."""
    pages: list[Page] = []

    def opened(query: str = "", width: int = 900, *, dark: bool = False) -> Page:
        page = browser.page(width, 800, dark=dark)
        pages.append(page)
        page.open(f"{live.base}/sign-in{query}")
        return page

    yield opened
    _leave(pages, live)


def _leave(pages: list[Page], live: World) -> None:
    for page in pages:
        assert page.complaints() == []
        assert all(address.startswith(live.base) for address in page.addresses())
        page.close()
