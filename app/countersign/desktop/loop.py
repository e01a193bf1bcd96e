"""asyncio on Qt's own event loop, with the cures that qasync 0.28 needs.

- It sets no hooks for async generators: one that is left early is collected at random, printing
  "async generator ignored GeneratorExit". The base loop's hooks are set around the run.
- A loop that runs already (tests of pytest-qt) must not be stopped by `stop()`, which calls
  `app.exit()` and makes later waits fail: `leave()` ends the loop's own bookkeeping alone.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import qasync
from PySide6.QtCore import QCoreApplication, QEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


class Loop(qasync.QEventLoop):  # type: ignore[misc]  # qasync has no types
    """The app's event loop; use `asyncio.Runner(loop_factory=lambda: Loop(app))`."""

    def __init__(self, app: QApplication, *, already_running: bool = False) -> None:
        super().__init__(app, already_running=already_running)
        self._hooks_before = sys.get_asyncgen_hooks()
        # Python's own threads: qasync's are Qt's, which Python can't name, join or tell apart.
        self._threads = ThreadPoolExecutor(thread_name_prefix="countersign")
        self.set_default_executor(self._threads)
        if already_running:
            self._set_hooks()

    def run_forever(self) -> int:
        """Run until stopped, and look after async generators meanwhile."""
        self._hooks_before = sys.get_asyncgen_hooks()
        self._set_hooks()
        try:
            status: int = super().run_forever()
        finally:
            sys.set_asyncgen_hooks(*self._hooks_before)
        return status

    def leave(self) -> None:
        """End a loop made with `already_running`, without ending Qt's."""
        # A thread whose task was cancelled still says that it is done, which starts a timer: it
        # says so now, and not to a loop that is gone.
        self._threads.shutdown(wait=True)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
        sys.set_asyncgen_hooks(*self._hooks_before)
        self._after_run_forever()
        asyncio.events._set_running_loop(None)  # noqa: SLF001 - its counterpart in qasync
        self._QEventLoop__is_running = False
        # A call that was cancelled leaves its timer running to its end.
        for timer in list(self._timer._SimpleTimer__callbacks):  # noqa: SLF001 - it has no other way
            self._timer.killTimer(timer)
        self.close()

    def _set_hooks(self) -> None:
        sys.set_asyncgen_hooks(
            firstiter=self._asyncgen_firstiter_hook, finalizer=self._asyncgen_finalizer_hook
        )
