import os
import shutil
import tempfile
from pathlib import Path

import keyring.backends.SecretService
import keyring.errors
import pytest
from keyring.backend import KeyringBackend

from countersign.testing.secret_service import PrivateSecretService, SecretServiceUnavailable


def _keyring() -> KeyringBackend:
    return keyring.backends.SecretService.Keyring()  # type: ignore[no-untyped-call]


def test_it_keeps_what_keyring_stores(secret_service: PrivateSecretService) -> None:
    assert secret_service.items() == []
    _keyring().set_password("a service", "a user", "a secret")
    assert _keyring().get_password("a service", "a user") == "a secret"
    (item,) = secret_service.items()
    assert item.secret == b"a secret"
    assert item.attributes["service"] == "a service"
    assert "a user" in item.label


def test_keyring_itself_chooses_it(secret_service: PrivateSecretService) -> None:
    keyring.set_password("a service", "a user", "a secret")
    assert len(secret_service.items()) == 1


def test_locked_it_gives_nothing_and_asks_nobody(secret_service: PrivateSecretService) -> None:
    _keyring().set_password("a service", "a user", "a secret")
    secret_service.lock()
    with pytest.raises(keyring.errors.KeyringLocked):
        _keyring().get_password("a service", "a user")
    secret_service.unlock()
    assert _keyring().get_password("a service", "a user") == "a secret"


def test_wiped_it_is_empty_and_open(secret_service: PrivateSecretService) -> None:
    _keyring().set_password("a service", "a user", "a secret")
    secret_service.lock()
    secret_service.wipe()
    assert secret_service.items() == []


def test_killed_nothing_takes_its_place(secret_service: PrivateSecretService) -> None:
    assert secret_service.is_alive()
    secret_service.kill()
    assert not secret_service.is_alive()
    with pytest.raises(keyring.errors.InitError):
        _keyring().get_password("a service", "a user")


def test_two_share_nothing(secret_service: PrivateSecretService) -> None:
    _keyring().set_password("a service", "a user", "a secret")
    with PrivateSecretService() as other:
        assert other.environment != secret_service.environment
        assert other.items() == []


def test_closed_it_leaves_no_file_and_no_process(tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        with PrivateSecretService() as service:
            bus, daemon = service._bus, service._daemon
            assert len(list(tmp_path.iterdir())) == 1
    assert list(tmp_path.iterdir()) == []
    assert bus is not None
    assert daemon is not None
    assert None not in {bus.returncode, daemon.returncode}
    service.close()


def test_it_says_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"dbus-daemon": "/usr/bin/dbus-daemon"}
    monkeypatch.setattr(shutil, "which", found.get)
    with pytest.raises(SecretServiceUnavailable, match="needs gnome-keyring, which"):
        PrivateSecretService().__enter__()


def test_it_says_what_the_daemon_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "dbus-daemon"
    program.write_text("#!/bin/sh\necho no more sockets >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(SecretServiceUnavailable, match="no more sockets"):
        PrivateSecretService().__enter__()
