"""What stands over and in an inbox: why it is empty, and when the services were asked last."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from countersign.desktop.lists.times import checked_text, clock_text
from countersign.desktop.main_window.removed import removed_text
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from countersign.device.polling import Watch

translate = QCoreApplication.translate


def why_empty(shown: Sequence[Watch]) -> str:
    """Return why a list of these accounts has no requests."""
    if shown and all(watch.removed for watch in shown):
        return removed_text(visible(shown[0].account.label))
    if shown and all(watch.failing_since for watch in shown):
        return translate("Showing", "Countersign can't see requests now.")
    if all(watch.checked_at is None for watch in shown):
        return translate("Showing", "Looking for requests…")
    return translate("Showing", "No requests.\nNew ones show up here by themselves.")


def checked(shown: Sequence[Watch]) -> str:
    """Return when they were asked last; nothing where they never were."""
    times = [watch.checked_at for watch in shown if watch.checked_at is not None]
    if not times:
        return ""
    ago = time.monotonic() - min(times)
    if all(watch.failing_since for watch in shown):
        return translate("Showing", "As of {time}").format(time=clock_text(time.time() - ago))
    return checked_text(ago)
