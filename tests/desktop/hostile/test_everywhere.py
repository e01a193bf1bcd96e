"""Hostile text in every place that a company can write to, looked at wherever it is shown."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from countersign.desktop.account.details import AccountDetails
from countersign.desktop.account.remove import RemoveAccountDialog
from countersign.desktop.notify import words
from countersign.desktop.notify.announcing import Told
from countersign.desktop.tray.menu import TrayMenu
from countersign.device.history_table import table
from countersign.device.settings import Settings
from countersign.push.values import ChallengeStatus
from tests.desktop.language.texts import texts
from tests.screenshots.people import NORTHWIND, Asked
from tests.screenshots.render import SIZES, play, prepare
from tests.screenshots.stage import View
from tests.screenshots.table import Scene

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from countersign.desktop.loop import Loop
    from countersign.desktop.theme import Theme
    from tests.screenshots.stage import Stage

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HOSTILE: Final = {
    "html": "<b>bold</b> <a href='https://evil.example'>here</a> <img src=x> <script>1</script>",
    "style": "<qt><table width=9999><tr><td bgcolor=red>pay</td></tr></table></qt>",
    "links": "https://evil.example/ file:///etc/passwd javascript:alert(1) data:text/html,x",
    "controls": "a\x00b\x07c\x08d\x7fe\x9bf\tg",
    "terminal": "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07here\x1b]8;;\x07 \x1b[2J",
    "lines": "first\r\nsecond\n\n\nthird\u2028fourth\u2029fifth\x85sixth",
    "bidi": "pay \u202e052 RUE\u202c \u2066to\u2069 \u200fme\u200e \u061c",
    "hidden": "a\u200bb\u2060c\ufeffd\u00ade\u3164f\U000e0041g",
    "combining": "Z" + "\u0335\u0321\u0489" * 600,
    "long word": "W" * 4000,
    "many words": "word " * 800,
    "many lines": "\n" * 2000,
    "mnemonics": "&File && &Approve [*] %1 %s {account} {host} %n",
    "formula": "=cmd|' /C calc'!A0",
    "other scripts": "שלום عليكم 東京 नमस्ते 👩\u200d💻",
}
JOINERS: Final = {"\u200c", "\u200d"}
OURS: Final = {"\n", "\u200b"}
"""A label's own line breaks, and where a long word may be broken."""
LONGEST: Final = 90_000
"""Characters: what is signed is never cut, and each hidden one becomes ten."""


@pytest.fixture
def look(
    qapp: QApplication, qtbot: QtBot, qt_loop: Loop, tmp_path: Path
) -> Iterator[tuple[Theme, QtBot, Loop, Path]]:
    """Give what a scene is played with, and the app as it was afterwards."""
    font, flash = qapp.font(), qapp.cursorFlashTime()
    theme = prepare(qapp)
    yield theme, qtbot, qt_loop, tmp_path / "profile"
    qapp.setStyleSheet("")
    qapp.setFont(font)
    qapp.setCursorFlashTime(flash)
    theme.deleteLater()


def hides(text: str) -> set[str]:
    """Return what in a text could hide, turn or break it."""
    odd = {char for char in text if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    return odd - JOINERS - OURS


def complaints(top: QWidget) -> list[str]:
    """Return what is wrong with what a window shows or says."""
    found = []
    for where, text in texts(top):
        if hides(text):
            found.append(f"{where}: hides {hides(text)!r}")
        if len(text) > LONGEST:
            found.append(f"{where}: {len(text)} characters")
    for label in top.findChildren(QLabel):
        rich = label.textFormat() is not Qt.TextFormat.PlainText
        if rich and "evil" in label.text():
            found.append(f"{label.objectName() or type(label).__name__}: rich text")
        if label.openExternalLinks():
            found.append(f"{label.objectName()}: opens links")
    return found


async def everywhere(stage: Stage, text: str) -> list[str]:
    """Let a company say it wherever it can, and look at each place."""
    short = text[:64]
    account = replace(NORTHWIND, label=short, friendly_name=short)
    await stage.has(account)
    sid = stage.asks(account, Asked(text[:4000], ((short, text[:4000]), (text[:200], short))))
    await stage.start()
    await stage.read(sid)
    found = complaints(stage.window)
    (request,) = stage.controller.showing.all_requests()
    assert stage.controller.read_small(sid)
    found += complaints(stage.controller.reading.small)
    menu = TrayMenu()
    menu.set_requests([request], 1)
    found += [f"tray: {hides(one.text())}" for one in menu.actions() if hides(one.text())]
    found += [f"tray: {len(one.text())}" for one in menu.actions() if len(one.text()) > 1000]
    menu.deleteLater()
    for requests in ((request,), (request, request)):
        notice = words.notice(Told(sid, requests[:1], len(requests)), Settings())
        found += [f"notice: {hides(part)}" for part in (notice.title, notice.body) if hides(part)]
        assert len(notice.body) < 3000
    for dialog in (
        AccountDetails(stage.process.device, account, stage.window),
        RemoveAccountDialog(stage.process.device, account, stage.window),
    ):
        dialog.open()
        found += complaints(dialog)
        dialog.close()
    stage.controller.reading.close()
    return found + await answered(stage, sid)


async def answered(stage: Stage, sid: str) -> list[str]:
    """Deny it, and look at history and its file."""
    confirmed: list[str] = []
    stage.window.decisionConfirmed.connect(lambda done, _: confirmed.append(done))
    await stage.until(stage.pane._page.bar.deny.isEnabled)
    stage.click("denyButton", stage.pane)
    await stage.until(lambda: sid in confirmed)
    stage.controller.workspace.inbox.show_history_tab()
    decisions = await stage.process.log.all()
    history = stage.controller.workspace.inbox.history.list
    await stage.until(lambda: history.model().rowCount() >= len(decisions) == 1)
    history.decisionChosen.emit(decisions[0].id)
    await stage.settle()
    assert decisions[0].answer is ChallengeStatus.DENIED
    accounts = {one.sid: one for one in await stage.process.accounts.all()}
    rows = table(decisions, accounts).splitlines()
    cells = [cell for row in rows for cell in row.split('","')]
    wrong = [f"csv: {cell[:20]!r}" for cell in cells if cell.strip('"').startswith(("=", "+", "@"))]
    return complaints(stage.window) + wrong


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_shown_plain_and_nothing_in_it_hides(
    look: tuple[Theme, QtBot, Loop, Path], name: str
) -> None:
    theme, qtbot, loop, folder = look
    found: list[str] = []

    async def scene(stage: Stage) -> None:
        found.extend(await everywhere(stage, HOSTILE[name]))

    work = play(Scene("hostile", name, scene), theme, View(folder, SIZES["wide"]), lambda _: None)
    task = loop.create_task(work)
    qtbot.waitUntil(task.done, timeout=60_000)
    task.result()
    assert found == []


def test_what_hides_is_seen(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QLabel("a\u202eb", window)
    QLabel("<b>evil</b>", window)
    told = "\n".join(complaints(window))
    assert "hides" in told
    assert "rich text" in told
