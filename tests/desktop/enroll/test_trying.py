"""Trying Countersign with a sandbox that the first start runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from countersign.desktop.enroll import trying
from countersign.desktop.enroll.first_start import FirstStart
from countersign.desktop.enroll.trying import TrySandbox
from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.device.links import parse_enroll_link
from countersign.push.address import is_loopback
from tests.desktop.enroll.desk import find

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.desktop.enroll.desk import Desk

STARTING = 90_000
HEADLESS = ("--port", "0", "--quiet")  # opens no browser


def test_its_link_adds_an_account_until_the_app_ends(desk: Desk) -> None:
    sandbox = TrySandbox(desk.window, HEADLESS)
    with desk.qtbot.waitSignal(sandbox.ready, timeout=STARTING) as ready:
        sandbox.start()
    link = parse_enroll_link(ready.args[0])
    assert is_loopback(link.backend)
    account = desk.wait(enrol(desk.device, EnrolmentRequest(link.backend, link.identity)))
    assert account.verified
    with desk.qtbot.waitSignal(sandbox.ready) as again:
        sandbox.start()
    assert again.args == ready.args, "one is enough"
    desk.wait(sandbox.settled())
    assert not sandbox.running


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(3)",
        "print('no JSON')",
        'print(\'{"backend_url": "https://evil.example/"}\')',
        "print('x' * 100_000, end='', flush=True); import time; time.sleep(60)",
    ],
    ids=["ends", "no JSON", "elsewhere", "endless"],
)
def test_a_sandbox_that_does_not_start_is_told(
    qtbot: QtBot, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    fake = tmp_path / "python"
    fake.write_text(f"#!{sys.executable}\n{program}\n")
    fake.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(fake))
    page = FirstStart(desk.device, desk.window)
    with qtbot.waitSignal(page.checked):
        page.show()
    with qtbot.waitSignal(page.trying.failed, timeout=STARTING):
        desk.click(page, "useSandboxButton")
    assert page.problem.sentence.text().startswith("The sandbox didn't start.")
    assert find(page, QPushButton, "useSandboxButton").isEnabled()
    qtbot.waitUntil(lambda: not page.trying.running)


def test_it_is_offered_only_where_it_is_installed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trying.installed()
    monkeypatch.setattr(trying, "_NEEDED", ("a_package_that_nobody_has",))
    page = FirstStart(desk.device, desk.window)
    with desk.qtbot.waitSignal(page.checked):
        page.show()
    assert not page.sandbox_button.isVisible()
