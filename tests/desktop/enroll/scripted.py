"""An enrolment that does what a test says, in place of the real one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from countersign.desktop.enroll import flow
from countersign.device.enrolment import Step

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from countersign.device.device import Device
    from countersign.device.enrolment import EnrolmentRequest
    from countersign.device.records import Account


@dataclass
class Scripted:
    """Stops at a step: by an error, or until it is let go on or cancelled."""

    at: Step
    error: Exception | None = None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    reached: bool = False
    cleaned_up: bool = False

    def put_in_place(self, monkeypatch: pytest.MonkeyPatch) -> Scripted:
        """Take the real one's place."""
        monkeypatch.setattr(flow, "enrol", self._enrol)
        return self

    async def _enrol(
        self,
        _device: Device,
        request: EnrolmentRequest,
        on_step: Callable[[Step], None],
        on_api: Callable[[str], None],
    ) -> Account:
        for step in Step:
            if step is Step.REGISTER:
                on_api(request.backend_url)  # the API is at the same host there
            on_step(step)
            await asyncio.sleep(0)
            if step is self.at:
                self.reached = True
                await self._stop(request)
        raise AssertionError("the script has an end")

    async def _stop(self, _request: EnrolmentRequest) -> None:
        if self.error is not None:
            raise self.error
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            self.cleaned_up = True
            raise
