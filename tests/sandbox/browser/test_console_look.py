"""Whether the console can be read at every size, light and dark, and is called what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.browser.devtools import Page
    from tests.sandbox.world import World

    Open = Callable[..., Page]


@pytest.mark.parametrize("width", [1400, 900, 480])
@pytest.mark.parametrize("dark", [False, True])
def test_nothing_sticks_out_and_all_can_be_read(
    live: World, open_page: Open, width: int, *, dark: bool
) -> None:
    live.device()
    headers = {"Origin": live.base}
    live.http.post(f"{live.sandbox.control_url}/samples", json={}, headers=headers)
    sid = live.sandbox.client.state()["challenges"][3]["sid"]
    page = open_page(f"?challenge={sid}&drawer=faults", width, dark=dark)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    wide = (
        "[...document.querySelectorAll('.columns > *')].filter(e => e.scrollWidth > e.clientWidth)"
    )
    assert page.run(f"{wide}.length") == 0
    assert page.run(CONTRAST) == []


CONTRAST = """
(() => {
  const rgb = (text) => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const linear = (v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [x, y, z] = [r, g, b].map((v) => linear(v / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const e of document.querySelectorAll("body *")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.nodeValue.trim());
    if (!own || !e.checkVisibility() || e.closest("option, .said, :disabled")) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const what = `${e.className || e.nodeName}: ${e.textContent.trim().slice(0, 30)}`;
    if (ratio < 4.5) poor.push(`${what} ${ratio.toFixed(2)}`);
  }
  return poor;
})()
"""

NAMELESS = """
[...document.querySelectorAll("button, input, select, textarea, a, summary")]
  .filter((e) => e.type !== "hidden" && e.checkVisibility())
  .filter((e) => !(e.innerText || e.getAttribute("aria-label") || e.labels?.[0]?.innerText))
  .map((e) => e.outerHTML.slice(0, 80))
"""


def test_every_control_has_a_name(live: World, open_page: Open) -> None:
    sid = live.pending(live.device())
    for view in ("tab=request", "tab=change&drawer=faults", "tab=answer&drawer=scenarios"):
        page = open_page(f"?challenge={sid}&{view}")
        assert page.count("button") > 10
        assert page.run(NAMELESS) == []
