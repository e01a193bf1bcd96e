"""An account whose key is in the TPM: added by dialog and by command, used, shown, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QCheckBox

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.device import accounts
from countersign.device.enrolment import EnrolmentRequest, enrol
from countersign.device.key_ids import in_hardware
from countersign.push.errors import InputError
from countersign.storage.keyring_store import OsKeyStore
from countersign.testing.app import TIMEOUT
from tests.unit.storage.keys.keys_support import Entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest
    from tests.integration.tpm.conftest import SoftTpm


@pytest.fixture
def entries() -> Entries:
    return Entries()


@pytest.fixture
def app(
    countersign_app: AppUnderTest, soft_tpm: SoftTpm, entries: Entries
) -> Iterator[AppUnderTest]:
    """Give the app on a computer with a TPM."""
    assert soft_tpm.tcti
    keys = OsKeyStore("tests", backend_factory=entries.backend)
    countersign_app.device.keys, countersign_app.device.hardware = keys, True
    yield countersign_app
    countersign_app.run(keys.aclose())


def test_chosen_in_the_dialog_it_approves_and_goes_with_the_account(
    app: AppUnderTest, countersign_sandbox: Running, qtbot: QtBot, entries: Entries
) -> None:
    app.show()
    app.click("typeInButton")
    (dialog,) = app.window.findChildren(EnrollDialog)
    dialog.typed_page.fill_in(countersign_sandbox.backend_url, "Desk", "Northwind")
    app.type_text("identityEdit", "northwind-1")
    app.click("continueButton")
    app.find("hardwareKeyBox", QCheckBox).click()
    with qtbot.waitSignal(app.window.enrollmentFinished, timeout=TIMEOUT) as finished:
        app.click("enrollButton")
    app.click("doneButton")
    account = app.run(accounts.get(app.device, str(finished.args[0])))
    assert in_hardware(account.key_id)
    (text,) = entries.secrets.values()
    assert text.startswith("tpm2:")
    client = countersign_sandbox.client
    sid = str(client.create_challenge(account.sid, message="Sign in?")["sid"])
    with qtbot.waitSignal(app.window.inboxChanged, timeout=TIMEOUT):
        app.controller.poller.check_now()
    app.select("inboxList", sid)
    with qtbot.waitSignal(app.window.decisionConfirmed, timeout=TIMEOUT):
        app.click("approveButton")
    assert client.challenge(sid)["status"] == "approved"
    app.controller.dialogs.details(account.sid)
    app.click("technicalButton")
    assert "security chip" in _details(app)
    app.run(accounts.remove(app.device, account, local_only=False))
    assert not entries.secrets


def test_without_a_choice_the_key_is_in_the_password_store(
    app: AppUnderTest, countersign_sandbox: Running, entries: Entries
) -> None:
    account = app.enrol(countersign_sandbox.backend_url, "northwind-1")
    assert not in_hardware(account.key_id)
    assert not next(iter(entries.secrets.values())).startswith("tpm2:")


def test_a_computer_without_one_refuses_before_anything_is_made(
    app: AppUnderTest, countersign_sandbox: Running, entries: Entries
) -> None:
    app.device.hardware = False
    request = EnrolmentRequest(countersign_sandbox.backend_url, "northwind-1", hardware=True)
    with pytest.raises(InputError, match="no TPM"):
        app.run(enrol(app.device, request))
    assert not entries.secrets
    assert not app.run(app.device.accounts.stray_keys())


def _details(app: AppUnderTest) -> str:
    from countersign.desktop.account.details import AccountDetails  # noqa: PLC0415 - only here

    (dialog,) = app.window.findChildren(AccountDetails)
    return " ".join(line.text() for line in dialog.technical.lines.values())
