"""Twilio's Node client drives the sandbox: a script a check, in a process of its own.

`dev.py test --full` installs what the script needs.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import dev

if TYPE_CHECKING:
    from tests.sandbox.world import World

pytestmark = pytest.mark.full

HERE = Path(__file__).parent
PATIENCE = 60.0
CHECKS = (
    "services",
    "accessTokens",
    "entities",
    "factors",
    "challenges",
    "notifications",
    "webhooks",
    "paging",
    "everyListIsRead",
    "errors",
    "webhookDeliveries",
    "sampleBackend",
)


@pytest.fixture
def database_url() -> None:
    """Keep to one database: what the client is answered doesn't depend on it."""


@pytest.fixture
def node() -> str:
    """Find node, which runs only where the client is installed too."""
    program = shutil.which("node")
    if program is None or not (dev.NODE / "node_modules" / "twilio").exists():
        pytest.skip("twilio-node isn't installed: `dev.py test --full` does it")
    return program


def run(node: str, *arguments: str, given: str = "") -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own script
        [node, str(HERE / "run.js"), *arguments],
        input=given,
        env={**os.environ, "NODE_PATH": str(dev.NODE / "node_modules")},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    outcome: dict[str, Any] = json.loads(done.stdout)
    return outcome


def test_every_check_of_the_script_is_run(node: str) -> None:
    assert run(node) == {"checks": list(CHECKS)}


@pytest.mark.parametrize("check", CHECKS)
def test_node(world: World, node: str, check: str) -> None:
    # By standard input: arguments are for everybody on the machine to see.
    ready = json.loads(world.ready.line()) | {"now": world.now}
    outcome = run(node, check, given=json.dumps(ready))
    assert outcome.get("error") is None, outcome["error"]
    assert outcome == {"check": check, "ok": True}


def test_the_lock_names_no_registry_and_checks_all() -> None:
    lock = json.loads((HERE / "package-lock.json").read_text())
    packages = [package for name, package in lock["packages"].items() if name]
    assert len(packages) > 1
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)
