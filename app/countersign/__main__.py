"""`python -m countersign`, and the `countersign` command."""

from __future__ import annotations

import faulthandler
import os
import sys


def main() -> int:
    """Run the command line and return its exit status."""
    os.environ.setdefault("QT_API", "pyside6")
    if sys.stderr is not None:  # a windowed program on Windows has none
        faulthandler.enable()
    from countersign.cli import main as run  # noqa: PLC0415 - after QT_API, which imports may read

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
