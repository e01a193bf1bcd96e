"""Fixtures that more than one folder of tests uses, and the `--full` option."""

import sys
from collections.abc import Iterator

import pytest

from countersign.testing.secret_service import PrivateSecretService


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--full`."""
    parser.addoption(
        "--full", action="store_true", help="run the tests marked `full` too: slow or thorough"
    )
    parser.addoption(
        "--write-docs", action="store_true", help="have tests write the pages that they generate"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "full: slow or thorough; runs with --full only.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the tests marked `full` out, unless asked for."""
    if config.getoption("--full"):
        return
    left_out = [item for item in items if item.get_closest_marker("full")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("full")]


@pytest.fixture
def secret_service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PrivateSecretService]:
    """Start an empty, unlocked keyring that this test's environment points to."""
    if sys.platform != "linux":
        pytest.skip("the Secret Service is Linux's keyring")
    with PrivateSecretService() as service:
        for name, value in service.environment.items():
            monkeypatch.setenv(name, value)
        yield service
