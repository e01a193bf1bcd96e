"""A company that uses Twilio's own client."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.sandbox.conformance.python.sdk import Sdk
from tests.sandbox.receiver import receiving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.sandbox.receiver import Receiver
    from tests.sandbox.world import World


@pytest.fixture
def sdk(world: World) -> Iterator[Sdk]:
    """Lead twilio-python to the sandbox of this test."""
    ready = world.ready
    with Sdk.over(world, ready.account_sid, ready.auth_token) as made:
        yield made


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as listening:
        yield listening
