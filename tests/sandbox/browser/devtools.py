"""A browser without a window, driven by the DevTools protocol: what these tests need and no more.

Debian's Chromium speaks it by itself, over a WebSocket; Playwright and Selenium would bring a
driver each that has to fit its version.
"""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from websockets.sync.connection import Connection

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
START_WAIT = 60.0
WAIT = 20.0
KEYS = {"Enter": 13, "Escape": 27, "Tab": 9}
_CTRL = 2


class PageError(AssertionError):
    """The page did something that it must not, or didn't do what it was waited for."""


def program() -> str | None:
    """Find a browser; None if this machine has none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextlib.contextmanager
def browser() -> Iterator[str]:
    """Run a browser with a profile of its own for as long as the block lasts; give its address."""
    path = program()
    assert path is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        command = [path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        command += [
            "--no-first-run",
            "--disable-background-networking",
            "--remote-debugging-port=0",
        ]
        command += ["--disable-component-update", f"--user-data-dir={place}", "about:blank"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - a fixed program
        try:
            yield _address(Path(place), process)
        finally:
            process.terminate()
            process.wait(30)


@contextlib.contextmanager
def connected(address: str) -> Iterator[Browser]:
    """Talk to a browser for as long as the block lasts."""
    with connect(address, max_size=None) as line:
        yield Browser(line)


def _address(place: Path, process: subprocess.Popen[bytes]) -> str:
    """Read where the browser listens from the file that it writes when it does."""
    file, until = place / "DevToolsActivePort", time.monotonic() + START_WAIT
    while time.monotonic() < until and process.poll() is None:
        lines = file.read_text().splitlines() if file.exists() else []
        if len(lines) == 2:
            return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
        time.sleep(0.05)
    raise PageError("The browser did not start")


@dataclass
class Browser:
    """The browser's one line, shared by its pages."""

    line: Connection
    last: int = 0
    events: list[dict[str, Any]] = field(default_factory=list)

    def call(self, method: str, session: str | None = None, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - the protocol's own
        """Call a method and give its result; what happens meanwhile is kept in `events`."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters}
        self.line.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            told = json.loads(self.line.recv(START_WAIT))
            if told.get("id") != self.last:
                self.events.append(told)
            elif "error" in told:
                raise PageError(f"{method}: {told['error']['message']}")
            else:
                return dict(told["result"])

    def page(self, width: int = 1400, height: int = 900, *, dark: bool = False) -> Page:
        """Open an empty page of that size."""
        # A context of its own: no cookies, no permissions of the page before.
        context = self.call("Target.createBrowserContext")["browserContextId"]
        made = self.call("Target.createTarget", url="about:blank", browserContextId=context)
        target = made["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        page = Page(self, attached["sessionId"], context)
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        page.call("Emulation.setEmulatedMedia", features=[scheme])
        page.size(width, height)
        return page


@dataclass
class Page:
    """One tab."""

    browser: Browser
    session: str
    context: str

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - the protocol's own
        """Call a method of this page."""
        return self.browser.call(method, self.session, **parameters)

    def size(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)

    def open(self, address: str) -> None:
        """Go to an address, and wait until its script runs."""
        self.call("Page.navigate", url=address)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'")

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """Run a script in the page and give its value, awaited."""
        told = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in told:
            raise PageError(str(told["exceptionDetails"]["exception"].get("description")))
        return told["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until a condition holds in the page."""
        until = time.monotonic() + WAIT
        while not self.run(f"Boolean({condition})"):
            if time.monotonic() > until:
                here = self.run("location.href")
                raise PageError(f"It never came: {condition}\n{here}\n{self.text('body')}")
            time.sleep(0.03)

    def text(self, selector: str) -> str:
        """Give what stands in an element, as a person reads it."""
        return str(self.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''"))

    def wait_text(self, selector: str, part: str) -> None:
        """Wait until an element says something."""
        chosen, wanted = json.dumps(selector), json.dumps(part)
        self.wait(f"(document.querySelector({chosen})?.innerText ?? '').includes({wanted})")

    def count(self, selector: str) -> int:
        """Count the elements that fit."""
        return int(self.run(f"document.querySelectorAll({json.dumps(selector)}).length"))

    def click(self, selector: str, text: str = "") -> None:
        """Click the first element that fits and says that, as a person does: where it is seen."""
        find = (
            f"[...document.querySelectorAll({json.dumps(selector)})]"
            f".find((e) => e.innerText.includes({json.dumps(text)}) && e.checkVisibility())"
        )
        self.wait(find)
        # A page that was just loaded takes no clicks before it was painted.
        self.run("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        place = self.run(
            f"(() => {{ const e = {find}; e.scrollIntoView({{block: 'nearest'}});"
            " const r = e.getBoundingClientRect();"
            " return [r.x + r.width / 2, r.y + r.height / 2]; })()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            where = {"x": place[0], "y": place[1], "button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", type=kind, **where)

    def key(self, key: str, *, ctrl: bool = False) -> None:
        """Press a key."""
        code = KEYS.get(key) or ord(key.upper())
        parameters: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": code}
        if len(key) == 1 and not ctrl:
            parameters["text"] = key
        elif key == "Enter":
            parameters["text"] = "\r"
        parameters["modifiers"] = _CTRL if ctrl else 0
        self.call("Input.dispatchKeyEvent", type="keyDown", **parameters)
        parameters.pop("text", None)
        self.call("Input.dispatchKeyEvent", type="keyUp", **parameters)

    def type(self, text: str) -> None:
        """Type a text where the focus is."""
        self.call("Input.insertText", text=text)

    def save(self, file: Path) -> None:
        """Save what is seen as a PNG."""
        shot = self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(shot["data"]))

    def complaints(self) -> list[str]:
        """Give what the browser's console says went wrong since it was asked last."""
        self.run("1")  # what was told before its answer is known now
        found, rest = [], []
        for event in self.browser.events:
            complaint = _complaint(event) if event.get("sessionId") == self.session else None
            if complaint is None:
                rest.append(event)
            else:
                found.append(complaint)
        self.browser.events = rest
        return found

    def addresses(self) -> set[str]:
        """Give every address that the page has asked for."""
        return {
            str(event["params"]["request"]["url"])
            for event in self.browser.events
            if event["method"] == "Network.requestWillBeSent"
            and event.get("sessionId") == self.session
        }

    def close(self) -> None:
        """Close it."""
        self.browser.call("Target.disposeBrowserContext", browserContextId=self.context)
        self.browser.events.clear()


def _complaint(event: dict[str, Any]) -> str | None:
    given = event["params"]
    if event["method"] == "Log.entryAdded" and given["entry"]["level"] == "error":
        return f"{given['entry']['text']} {given['entry'].get('url', '')}"
    if event["method"] == "Runtime.exceptionThrown":
        return str(given["exceptionDetails"])
    return None
