"""`countersign demo`: the service agrees, and nothing stays."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from countersign.testing.secret_service import PrivateSecretService


def demo(environment: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it, with temporary files where a test can see what stays of them."""
    return subprocess.run(
        [sys.executable, "-m", "countersign", "demo"],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
        env=os.environ | environment | {"TMPDIR": str(folder)},
    )


def test_it_uses_the_users_password_store_and_leaves_nothing_in_it(
    secret_service: PrivateSecretService, tmp_path: Path
) -> None:
    result = demo(secret_service.environment, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "Keys go to GNOME Keyring" in result.stdout
    for status in ("verified", "approved", "denied", "expired"):
        assert f" is {status}\n" in result.stdout
    assert secret_service.items() == []
    assert list(tmp_path.iterdir()) == []


def test_without_a_password_store_it_brings_its_own(tmp_path: Path) -> None:
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent"}
    result = demo(nowhere, tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "starts a GNOME Keyring of its own" in result.stdout
    assert "The service agrees with every step." in result.stdout
    assert list(tmp_path.iterdir()) == []
