"""A bug of ours, met in a task: logged, and told like any other error instead of hanging."""

from __future__ import annotations

import logging

from PySide6.QtCore import QCoreApplication

from countersign.push.errors import CountersignError

_log = logging.getLogger(__name__)


def told(error: BaseException) -> CountersignError:
    """Log what no code of ours expected, and return an error to show for it."""
    _log.error("a task of a dialog failed", exc_info=error)
    return CountersignError(
        "bug",
        QCoreApplication.translate("Bugs", "Something went wrong in Countersign itself."),
    )
