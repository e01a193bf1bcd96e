"""The app as it starts with the session: hidden."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from countersign.desktop.application import run

if TYPE_CHECKING:
    from countersign.desktop.application import OpenDevice

FOLDER = Path(sys.argv[1])


def load() -> OpenDevice:
    """Compose the device, as `countersign gui` does."""
    from countersign.cli.session import open_device  # noqa: PLC0415 - after the first paint

    return partial(open_device, FOLDER)


if __name__ == "__main__":
    sys.exit(run(load, FOLDER, hidden=True))
