"""One command's hold on a profile: an event loop that runs while there is something to await."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

from countersign.device.decisions import Decisions
from countersign.device.device import Device
from countersign.device.errors import restored_error
from countersign.device.network import route_of
from countersign.device.policy import effective
from countersign.push.clock import NOTICEABLE
from countersign.push.http import Http
from countersign.storage import settings_file
from countersign.storage.account_table import AccountTable
from countersign.storage.database import Database
from countersign.storage.decision_table import DecisionTable
from countersign.storage.keyring_store import OsKeyStore
from countersign.storage.paths import DEFAULT_PROFILE, profile_folder
from countersign.storage.pin_lock import OsPinLock
from countersign.storage.policy_file import read_policy
from countersign.storage.tpm_keys import tpm_available

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import AsyncIterator, Coroutine
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from countersign.cli.output import Output
    from countersign.device.records import Account, Decision

_T = TypeVar("_T")


@asynccontextmanager
async def open_device(folder: Path) -> AsyncIterator[Device]:
    """Open a profile, with the real ends of all ports, and close it whatever happens.

    The company's policy is read here; no command and no variable names another one.
    Raises StorageError or InitializationError. Tidies up: history beyond its days, stray keys.
    """
    async with AsyncExitStack() as stack:
        database = Database(folder)
        stack.push_async_callback(database.aclose)
        await database.open()
        keys = OsKeyStore(await database.namespace())
        stack.push_async_callback(keys.aclose)
        policy = await asyncio.to_thread(read_policy)
        settings = effective(policy, await asyncio.to_thread(settings_file.read, folder))
        http = Http(route=route_of(settings))
        stack.push_async_callback(http.aclose)
        log = DecisionTable(database)
        await log.prune(settings.history_days)
        accounts = AccountTable(database)
        pin = OsPinLock(database, accounts, keys)
        await pin.load()
        device = Device(accounts, log, keys, http, policy, pin)
        device.restored = database.recovered.aside if database.recovered else ""
        device.hardware = await asyncio.to_thread(tpm_available)
        await device.remove_stray_keys()
        yield device


class Session:
    """Opens the profile and closes it; between two `run`s nothing runs, so a prompt may block."""

    device: Device
    decisions: Decisions

    def __init__(self, options: Namespace, output: Output) -> None:
        self._folder = profile_folder(options.profile or DEFAULT_PROFILE)
        self._output = output
        self._runner = asyncio.Runner()
        self._stack = AsyncExitStack()

    def __enter__(self) -> Self:
        self._runner.__enter__()
        try:
            self.run(self._open())
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def run(self, work: Coroutine[object, object, _T]) -> _T:
        """Await something; Ctrl+C cancels it and comes out as KeyboardInterrupt."""
        return self._runner.run(work)

    def settle(self) -> None:
        """Find out what became of answers that a crash or a lost connection left open."""
        for decision in self.run(self.decisions.settle()):
            self._output.say(_settled(decision))

    def tell_clock(self, accounts: list[Account]) -> None:
        """Tell the user where this computer's clock is off by more than a minute."""
        offsets = (self.device.clock(account).display_offset for account in accounts)
        worst = max(offsets, key=abs, default=0.0)
        if abs(worst) >= NOTICEABLE:
            way = "slow" if worst > 0 else "fast"
            self._output.say(
                f"This computer's clock is {round(abs(worst) / 60)} min {way}. "
                "Times here are corrected."
            )

    def _close(self) -> None:
        try:
            self.run(self._stack.aclose())
        finally:
            self._runner.close()

    async def _open(self) -> None:
        self.device = await self._stack.enter_async_context(open_device(self._folder))
        self.decisions = Decisions(self.device)
        self._output.support = self.device.policy.support
        if self.device.restored:
            told = restored_error(self.device.restored)
            self._output.say(f"{told.message} {told.hint}")


def _settled(decision: Decision) -> str:
    if decision.error is None:
        return f"{decision.challenge_sid}: {decision.answer}. Your answer had arrived."
    if decision.error == "not_arrived":
        return (
            f"{decision.challenge_sid}: your answer did not arrive. Nothing was {decision.answer}."
        )
    return f"{decision.challenge_sid}: not {decision.answer} ({decision.error.replace('_', ' ')})."
