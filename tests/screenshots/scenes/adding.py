"""Screen 4: adding an account, with each way in which it may fail."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.push.errors import NetworkError, StorageError
from tests.screenshots.table import scene
from tests.unit.device.device_support import answer, fail, lost, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.screenshots.stage import Stage
    from tests.unit.device.device_support import Behaviour

BACKEND = "https://auth.northwind.example/access-token"
IDENTITY = "1b5b4f6e-7a35-4c1d-9e0f"
TOKEN, CREATE, CHECK = "/access-token", "/Factors", "/Factors/"


def link(backend: str = BACKEND, identity: str = IDENTITY) -> str:
    """Return a link as a company gives it."""
    query = urlencode({"backend": backend, "identity": identity, "name": "Linux computer"})
    return f"countersign://enroll?{query}"


async def opened(stage: Stage, given: str | None = None) -> EnrollDialog:
    """Open the dialog over a new profile's window."""
    await stage.start_empty()
    EnrollDialog(stage.process.device, stage.window, link=given, login=True).open()
    dialog = await stage.dialog(EnrollDialog)
    dialog.showAccountRequested.connect(lambda _sid: None)
    return dialog


async def agreed(stage: Stage) -> EnrollDialog:
    """Agree to the address."""
    dialog = await opened(stage, link())
    stage.click("enrollButton", dialog)
    return dialog


@scene("add-account", "link")
async def empty_link(stage: Stage) -> None:
    await opened(stage)


@scene("add-account", "link-broken")
async def broken_link(stage: Stage) -> None:
    await opened(stage, "countersign://enroll?backend=https://auth.northwind.example")


@scene("add-account", "not-https")
async def not_https(stage: Stage) -> None:
    await opened(stage, link("http://auth.northwind.example/access-token"))


@scene("add-account", "typed")
async def typed(stage: Stage) -> None:
    dialog = await opened(stage)
    stage.click("typeInsteadButton", dialog)


@scene("add-account", "typed-wrong")
async def typed_wrong(stage: Stage) -> None:
    dialog = await opened(stage)
    stage.click("typeInsteadButton", dialog)
    for name, text in (
        ("backendUrlEdit", "http://auth.northwind.example/access-token"),
        ("identityEdit", "1b5b"),
    ):
        edit = stage.find(QLineEdit, name, dialog)
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)


@scene("add-account", "confirm")
async def confirm(stage: Stage) -> None:
    await opened(stage, link())


@scene("add-account", "confirm-test-address")
async def confirm_test(stage: Stage) -> None:
    await opened(stage, link("http://127.0.0.1:4010/access-token"))


@scene("add-account", "confirm-email")
async def confirm_email(stage: Stage) -> None:
    await opened(stage, link(identity="jane.doe@northwind.example"))


@scene("add-account", "confirm-tpm")
async def confirm_tpm(stage: Stage) -> None:
    stage.process.device.hardware = True
    await opened(stage, link())


async def held(stage: Stage, part: str) -> EnrollDialog:
    """Stop at a step."""
    dialog = await opened(stage, link())
    await stage.hold("POST", part, lambda: stage.click("enrollButton", dialog))
    return dialog


@scene("add-account", "at-work")
async def at_work(stage: Stage) -> None:
    await held(stage, TOKEN)


@scene("add-account", "cant-stop")
async def cant_stop(stage: Stage) -> None:
    dialog = await held(stage, CREATE)
    stage.click("cancelEnrollButton", dialog)


@scene("add-account", "done")
async def done(stage: Stage) -> None:
    stage.service.granted["identity"] = IDENTITY
    dialog = await agreed(stage)
    await stage.until(dialog.end_page.isVisible)


async def fails(stage: Stage, prepare: Callable[[Stage], object]) -> None:
    """Meet an error."""
    stage.service.granted["identity"] = IDENTITY
    await stage.start_empty()
    prepare(stage)
    EnrollDialog(stage.process.device, stage.window, link=link()).open()
    dialog = await stage.dialog(EnrollDialog)
    stage.click("enrollButton", dialog)
    await stage.until(dialog.steps_page.problem.isVisible)


def on(part: str, behaviour: Behaviour) -> Callable[[Stage], object]:
    """Return what makes a call fail."""
    return lambda stage: stage.service.on("POST", part, behaviour)


def full_disk(stage: Stage) -> None:
    """Let nothing be saved."""

    async def note_key(_key_id: str) -> None:
        await asyncio.sleep(0)
        raise StorageError("disk", "The disk is full.")

    setattr(stage.process.accounts, "note_key", note_key)  # noqa: B010 - a method of one object


def network(name: str) -> Exception:
    """Return an error of the network."""
    return NetworkError(name, "No.")


FAILURES: dict[str, Callable[[Stage], object]] = {
    "cant-reach": on(TOKEN, fail(network("unreachable"))),
    "certificate": on(TOKEN, fail(network("certificate"))),
    "not-as-expected": on(TOKEN, answer(200, b"<h1>Welcome</h1>")),
    "sign-in-first": on(TOKEN, fail(network("sign_in_first"))),
    "refused": on(TOKEN, answer(403, {"error": "no"})),
    "not-push": lambda stage: stage.service.granted.update(factorType="sms"),
    "permission-expired": on(CREATE, refuse(401, 20003)),
    "twenty-devices": on(CREATE, refuse(400, 60315)),
    "too-many-tries": on(CREATE, refuse(429, 60326)),
    "same-key": on(CREATE, refuse(409, 60317)),
    "store-locked": lambda stage: stage.keys.lock("create"),
    "disk-full": full_disk,
    "answer-lost": on(CREATE, fail(lost())),
    "check-failed": on(CHECK, fail(network("unreachable"))),
    "busy": on(TOKEN, answer(503, b"<h1>Busy</h1>")),
}


def enter(state: str, prepare: Callable[[Stage], object]) -> None:
    """Make a scene of a failure."""

    async def play(stage: Stage) -> None:
        await fails(stage, prepare)

    scene("add-account", state)(play)


for each, way in FAILURES.items():
    enter(each, way)
