"""A profile's device with a log beside it: for the window, which runs for days unseen."""

from __future__ import annotations

import asyncio
import logging
import platform
from contextlib import ExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from countersign import __version__
from countersign.cli.session import open_device
from countersign.storage.log_file import logging_to

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from countersign.device.device import Device

_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_logged(folder: Path, level: str) -> AsyncIterator[Device]:
    """Open a profile as `open_device` does, with a log from `level` on."""
    log = ExitStack()
    await asyncio.to_thread(log.enter_context, logging_to(folder, level))
    try:
        python = platform.python_version()
        _log.info("Countersign %s, Python %s, %s", __version__, python, platform.system())
        async with open_device(folder) as device:
            yield device
    finally:
        _log.info("the end")
        await asyncio.to_thread(log.close)
