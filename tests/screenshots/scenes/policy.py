"""A company's policy: what it sets, and where it is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from countersign.desktop.enroll.dialog import EnrollDialog
from countersign.desktop.preferences import Preferences
from countersign.desktop.settings.dialog import SettingsDialog
from countersign.desktop.settings.surroundings import Surroundings
from countersign.device.check_up import check_policy
from countersign.device.policy import Company, Policy, PolicyBroken, managed
from countersign.device.settings import Notices, Proxy
from tests.screenshots.scenes.adding import link
from tests.screenshots.scenes.settings_pages import FOUND
from tests.screenshots.table import scene

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.check_up import Check
    from countersign.device.policy import PolicyState
    from tests.screenshots.stage import Stage

FILE = "/etc/countersign/policy.toml"
DESK = "the IT desk, phone 1234"
BACKEND = "https://auth.northwind.example/access-token"
BROKEN = PolicyBroken(f"{FILE}: checking needs 2 <= fastest <= slowest <= 300.")
SET = Policy(
    source=FILE,
    support=DESK,
    companies=(
        Company("Northwind Bank", BACKEND),
        Company("Contoso Payroll", "https://login.contoso.example/access-token"),
    ),
    notices=Notices.OFF,
    fastest=10,
    slowest=30,
    proxy=Proxy.MANUAL,
    proxy_url="http://proxy.northwind.example:3128",
    ca_file="/etc/ssl/certs/northwind.pem",
)


async def found() -> Sequence[Check]:
    return (*FOUND[:2], check_policy(SET))


async def settings(stage: Stage, page: int) -> SettingsDialog:
    """Open a page of the settings under the policy."""
    stage.process.device.policy = SET
    await stage.has()
    await stage.start()
    dialog = SettingsDialog(
        Preferences(parent=stage.window, policy=SET),
        stage.window,
        managed=managed(SET),
        surroundings=Surroundings(check_up=found, support=DESK),
    )
    dialog.open()
    dialog.tabs.setCurrentIndex(page)
    return await stage.dialog(SettingsDialog)


async def reading(stage: Stage, policy: PolicyState) -> None:
    stage.process.device.policy = policy
    stage.pane._support = policy.support
    await stage.reading()


@scene("policy", "broken")
async def broken(stage: Stage) -> None:
    await reading(stage, BROKEN)


@scene("policy", "pin")
async def pin(stage: Stage) -> None:
    await reading(stage, Policy(source=FILE, pin_required=True, support=DESK))


@scene("policy", "requests")
async def requests(stage: Stage) -> None:
    await settings(stage, 1)


@scene("policy", "network")
async def network(stage: Stage) -> None:
    dialog = await settings(stage, 3)
    await stage.until(dialog.network.certificates.below.isVisible)


@scene("policy", "help")
async def checked(stage: Stage) -> None:
    dialog = await settings(stage, 4)
    assert dialog.help.check_up is not None
    dialog.help.check_up.check()
    await dialog.help.check_up.tasks.done()


@scene("policy", "companies")
async def companies(stage: Stage) -> None:
    stage.controller.first_start.offer(SET)
    await stage.start_empty()


@scene("policy", "company")
async def company(stage: Stage) -> None:
    await companies(stage)
    stage.controller.first_start.companies.buttons[0].click()
    await stage.dialog(EnrollDialog)


@scene("policy", "not-allowed")
async def not_allowed(stage: Stage) -> None:
    stage.process.device.policy = Policy(backends=("https://other.example",), support=DESK)
    await stage.start_empty()
    stage.controller.dialogs.add(link=link())
    dialog = await stage.dialog(EnrollDialog)
    stage.click("enrollButton", dialog)
    await stage.until(lambda: dialog.steps_page.buttons)
