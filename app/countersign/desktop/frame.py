"""What is there from the start: the empty window, and what it was started with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from countersign.desktop.instance import Instance
    from countersign.desktop.main_window.window import MainWindow
    from countersign.desktop.preferences import Preferences
    from countersign.desktop.saving import Keep
    from countersign.desktop.settings.login import LoginItem
    from countersign.desktop.theme import Theme


@dataclass
class Frame:
    """`hidden`: it isn't to be shown by itself. `links` are to be followed as soon as it can be.

    `keep` writes settings down and may block; None where they aren't kept. `login` starts the app
    with the user's session; None where it can't. `log_file` is where a log is kept, if one is.
    """

    window: MainWindow
    theme: Theme
    instance: Instance
    preferences: Preferences
    keep: Keep | None = None
    hidden: bool = False
    login: LoginItem | None = None
    log_file: Path | None = None
    links: list[str] = field(default_factory=list)
