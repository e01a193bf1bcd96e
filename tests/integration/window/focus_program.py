"""A window and what polls behind it, wired as the app has it; prints each change of presence.

Beside it a second account is asked every second whatever the user does: by its beats a test
measures time in polls instead of seconds. The first line names both.
"""

from __future__ import annotations

import asyncio
import json
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from countersign.desktop.loop import Loop
from countersign.desktop.preferences import Preferences
from countersign.desktop.presence.following import Following
from countersign.desktop.tasks import Tasks
from countersign.device.device import Device
from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.device.polling import Poller, Presence
from countersign.device.settings import Settings
from countersign.push.http import Http
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.testing.keys import FailingKeyStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def say(**words: object) -> None:
    """Print a line for the test."""
    sys.stdout.write(f"{json.dumps(words)}\n")
    sys.stdout.flush()


@asynccontextmanager
async def enrolled(folder: Path, backend_url: str) -> AsyncIterator[tuple[Device, str]]:
    """Give a device with one account, and the account's sid."""
    database, http = Database(folder), Http()
    await database.open()
    keys = FailingKeyStore("locked", on=())
    device = Device(AccountTable(database), DecisionTable(database), keys, http)
    try:
        yield device, (await enrol(device, EnrolmentRequest(backend_url, folder.name * 2))).sid
    finally:
        await http.aclose()
        await database.aclose()


async def main(folder: Path, backend_url: str) -> None:
    """Poll until the process is ended."""
    window = QWidget()
    window.setWindowTitle("Countersign follows")
    window.resize(400, 300)
    window.show()
    async with AsyncExitStack() as stack:
        watched, sid = await stack.enter_async_context(enrolled(folder / "watched", backend_url))
        other, beat = await stack.enter_async_context(enrolled(folder / "metronome", backend_url))
        say(watched=sid, metronome=beat)
        metronome = Poller(other, lambda _: None)
        metronome.set_presence(Presence.ACTIVE)
        metronome.set_intervals(1, 1)
        metronome.schedule.eager_until = 0
        poller = Poller(watched, lambda _: None)
        following = Following(poller, Preferences(Settings(check_background=0)), window)
        following.presence.changed.connect(lambda presence: say(presence=presence.value))
        following.presence.woke.connect(lambda: say(presence="woke"))
        tasks = Tasks(window)
        tasks.failed.connect(lambda error: say(failed=repr(error)))
        following.start(tasks)
        await asyncio.gather(poller.run(), metronome.run())


if __name__ == "__main__":
    app = QApplication(["countersign"])
    with asyncio.Runner(loop_factory=lambda: Loop(app)) as runner:
        runner.run(main(Path(sys.argv[1]), sys.argv[2]))
