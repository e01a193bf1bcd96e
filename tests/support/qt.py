"""No test leaves a Qt timer or a top-level widget behind, and Qt has nothing to say.

pytest-qt fails a test for Qt's messages while it is set up and runs (`qt_log_level_fail`); here
is the rest: messages while it is torn down, and leaks.
"""

import contextlib
import gc
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support import watch

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType

_messages: list[str] = []


def _note_message(kind: "QtMsgType", context: "QMessageLogContext", text: str) -> None:
    """Take what Qt says while pytest-qt isn't listening."""
    del context
    if kind.name not in {"QtDebugMsg", "QtInfoMsg"}:
        _messages.append(f"Qt said in setup or teardown: {text}")


def _has_application() -> bool:
    core = sys.modules.get("PySide6.QtCore")
    return core is not None and core.QCoreApplication.instance() is not None


def _timers() -> dict[int, str]:
    """Name what has a Qt timer running, by identity."""
    import shiboken6  # noqa: PLC0415 - only where Qt is in use
    from PySide6.QtCore import QAbstractEventDispatcher, QObject, Qt  # noqa: PLC0415

    dispatcher = QAbstractEventDispatcher.instance()
    owners = [each for each in shiboken6.getAllValidWrappers() if isinstance(each, QObject)]
    # A single shot without an owner is the dispatcher's child.
    owners += dispatcher.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return {
        shiboken6.getCppPointer(owner)[0]: f"{owner.metaObject().className()} {owner.objectName()}"
        for owner in owners
        if dispatcher.registeredTimers(owner)
    }


def _windows() -> dict[int, str]:
    """Name the top-level widgets, by identity."""
    import shiboken6  # noqa: PLC0415 - only where Qt is in use
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    if not isinstance(QApplication.instance(), QApplication):
        return {}
    return {
        shiboken6.getCppPointer(widget)[0]: f"{type(widget).__name__} {widget.objectName()}"
        for widget in QApplication.topLevelWidgets()
    }


def _settle() -> None:
    """Finish what was asked for: deletions that wait for the loop, garbage that holds widgets."""
    from PySide6.QtCore import QCoreApplication, QEvent  # noqa: PLC0415 - only where Qt is in use

    for _ in range(2):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _leaks(windows: dict[int, str], timers: dict[int, str]) -> list[str]:
    left = {key: name for key, name in _windows().items() if key not in windows}
    running = {key: name for key, name in _timers().items() if key not in timers}
    return [
        *(f"left a top-level widget: {name}" for name in left.values()),
        *(f"left a Qt timer running: {name}" for name in running.values()),
    ]


@contextlib.contextmanager
def _rule(item: pytest.Item, complaints: list[str]) -> Iterator[None]:
    del item
    _messages.clear()
    windows, timers = (_windows(), _timers()) if _has_application() else ({}, {})
    yield
    if _has_application() and _leaks(windows, timers):
        # Only now: collecting a whole suite's garbage after each of its tests takes minutes.
        _settle()
        complaints += _leaks(windows, timers)
    complaints += _messages


def pytest_configure() -> None:
    """Start to look; pytest-qt gives the handler back to this one after each test."""
    from PySide6.QtCore import qInstallMessageHandler  # noqa: PLC0415 - after the environment

    qInstallMessageHandler(_note_message)
    watch.add_rule(_rule)
