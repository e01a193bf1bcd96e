"""`demo`: the window, with an account and requests to answer, against a service of its own.

With a display the user clicks. Without one the demo goes through it by itself, on a screen of its
own with real clicks and keys, and the *service* tells whether each of them did what it should.
Either way nothing stays: not in the password store, not on the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from countersign.cli import demo_headless, demo_window
from countersign.cli.demo_stage import opened
from countersign.push.errors import InitializationError, KeyStorageError
from countersign.storage.keyring_store import OsKeyStore
from countersign.testing.secret_service import PrivateSecretService, SecretServiceUnavailable

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from countersign.cli.output import Output


def demo(options: Namespace, output: Output) -> int:
    """Show it, and return 0 where the service agrees with what was seen."""
    by_itself = options.headless or not _has_screen()
    with contextlib.ExitStack() as stack:
        stack.enter_context(_ended_in_order())
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="countersign-demo-")))
        stack.enter_context(_password_store(output))
        stack.enter_context(_environment(_runtime(root)))
        stage = stack.enter_context(opened(root, output))
        try:
            agreed = (
                demo_headless.play(stage, options.screenshots)
                if by_itself
                else demo_window.play(stage)
            )
        finally:
            stage.remove_accounts()
        factors = stage.service.factors()
        stage.says(f"{len(factors)} accounts left")
    agreed = agreed and not factors
    output.line("The service agrees with every step." if agreed else "The service disagrees.")
    return 0 if agreed else 1


def _has_screen() -> bool:
    return sys.platform != "linux" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def _runtime(root: Path) -> dict[str, str]:
    """Give the window a folder for its socket where there is no login session."""
    if os.environ.get("XDG_RUNTIME_DIR") or sys.platform != "linux":
        return {}
    folder = root / "run"
    folder.mkdir(mode=0o700)
    return {"XDG_RUNTIME_DIR": str(folder)}


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """Clean up too where the terminal is closed or somebody ends us."""

    def interrupt(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    signals = [getattr(signal, name, signal.SIGTERM) for name in ("SIGTERM", "SIGHUP")]
    before = {number: signal.signal(number, interrupt) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _password_store(output: Output) -> Iterator[None]:
    """Use the user's own password store where one answers, else one of the demo's own."""
    try:
        name = asyncio.run(_store_name())
    except KeyStorageError as error:
        output.line(f"{error.message} The demo starts a GNOME Keyring of its own.")
    else:
        output.line(f"Keys go to {name}, and are removed at the end.")
        yield
        return
    try:
        with PrivateSecretService() as service, _environment(service.environment):
            yield
    except SecretServiceUnavailable as error:
        raise InitializationError(
            "no_keyring", str(error), "Install dbus and gnome-keyring, then try again."
        ) from error


async def _store_name() -> str:
    store = OsKeyStore("demo")
    try:
        return await store.check()
    finally:
        await store.aclose()


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
