"""`dev.py screenshots`: renders every screen and state into a folder, the same each time."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"

# All that Qt and the words depend on; nothing of this machine's but its fonts.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "LC_ALL": "C.UTF-8",
    "QT_QPA_PLATFORM": "offscreen",
    "QT_FONT_DPI": "96",
    "TZ": "CET-01:00",
}
SPOILERS = (
    "QT_SCALE_FACTOR",
    "QT_STYLE_OVERRIDE",
    "QT_AUTO_SCREEN_SCALE_FACTOR",
    "XDG_CURRENT_DESKTOP",
)


def main() -> int:
    """Render; the exit status."""
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description=__doc__)
    parser.add_argument("--into", type=Path, default=FOLDER, metavar="FOLDER")
    parser.add_argument("--only", action="append", default=[], metavar="SCENE")
    options = parser.parse_args()
    for name in SPOILERS:
        os.environ.pop(name, None)
    os.environ.update(ENVIRONMENT)
    time.tzset()
    # After the environment: Qt reads it when it is loaded.
    from tests.screenshots import console  # noqa: PLC0415
    from tests.screenshots.index import page  # noqa: PLC0415
    from tests.screenshots.render import render  # noqa: PLC0415
    from tests.screenshots.table import SCENES  # noqa: PLC0415

    if unknown := set(options.only) - SCENES.keys():
        parser.error(f"no such scene: {', '.join(sorted(unknown))}")
    options.into.mkdir(parents=True, exist_ok=True)
    if not options.only:
        for old in options.into.glob("*.png"):
            old.unlink()
    made = render(options.into, options.only or SCENES)
    if not options.only:
        made += console.render(options.into)
        (options.into / "README.md").write_text(page(options.into), encoding="utf-8")
    size = sum(file.stat().st_size for file in made)
    print(  # noqa: T201 - a command's own words to its user
        f"{len(made)} screenshots, {size / 1e6:.1f} MB: {options.into}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
