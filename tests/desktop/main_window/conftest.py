"""The app with an account at a sandbox, not shown yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from countersign.sandbox.serve import Running
    from countersign.testing.app import AppUnderTest


@pytest.fixture
def app(countersign_app: AppUnderTest) -> AppUnderTest:
    return countersign_app


@pytest.fixture
def sandbox(countersign_sandbox: Running) -> Running:
    return countersign_sandbox


@pytest.fixture
def enrolled(app: AppUnderTest, sandbox: Running) -> str:
    """Give the sid of an account, enrolled before the window opens."""
    return app.enrol(sandbox.backend_url, "northwind-1", "Northwind Bank").sid
