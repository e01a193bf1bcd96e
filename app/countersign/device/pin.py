"""The PIN: what makes one, how often it may be tried, and what a lock does for its user.

Knows nothing of keys and their wrapping; `storage.pin_lock` has that.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final, Protocol

from typing_extensions import override

from countersign.push.errors import InputError

SHORTEST: Final = 6
LONGEST: Final = 64
FREE_TRIES: Final = 5
"""Wrong ones in a row before the first pause."""
_FIRST_PAUSE: Final = 30.0
_LONGEST_PAUSE: Final = 3600.0


class PinError(InputError):
    """A PIN that isn't right, isn't one, or can't be tried now.

    Names: `wrong_pin`, `pin_wait` (too many wrong ones), `weak_pin`, `pin_set` (there is one),
    `no_pin`. `tries_left` is how many may still be tried before a pause, `wait` the seconds until
    the next one may be; each 0 where it doesn't matter.
    """

    def __init__(
        self, name: str, message: str, hint: str = "", *, tries_left: int = 0, wait: float = 0.0
    ) -> None:
        super().__init__(name, message, hint)
        self.tries_left = tries_left
        self.wait = wait


class PinLock(Protocol):
    """Keeps the keys wrapped; while it is locked there are none.

    What tries a PIN raises PinError (`wrong_pin`, `pin_wait`), and anything may raise StorageError
    or KeyStorageError. Every try counts, right from its beginning, whichever process makes it.
    """

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN."""

    @property
    def locked(self) -> bool:
        """Whether there is one, and nobody has entered it."""

    async def choose(self, pin: str) -> None:
        """Set a first PIN and wrap all keys; unlocked afterwards."""

    async def change(self, old: str, new: str) -> None:
        """Replace the PIN."""

    async def remove(self, pin: str) -> None:
        """Unwrap all keys and forget the PIN."""

    async def unlock(self, pin: str) -> None:
        """Let the keys be used again."""

    async def confirm(self, pin: str) -> None:
        """Return if this is the PIN; changes nothing else."""

    async def wait(self) -> float:
        """Return the seconds until a PIN may be tried, 0 for now."""

    def lock(self) -> None:
        """Let no key be used until `unlock`; nothing happens where there is no PIN."""

    async def forget(self) -> None:
        """Remove all accounts with their keys from this computer, and then the PIN."""


class NoPin(PinLock):
    """For a device whose keys nothing wraps: there is no PIN, and there can be none."""

    @property
    @override
    def is_set(self) -> bool:
        return False

    @property
    @override
    def locked(self) -> bool:
        return False

    @override
    async def choose(self, pin: str) -> None:
        raise no_pin()

    @override
    async def change(self, old: str, new: str) -> None:
        raise no_pin()

    @override
    async def remove(self, pin: str) -> None:
        raise no_pin()

    @override
    async def unlock(self, pin: str) -> None:
        raise no_pin()

    @override
    async def confirm(self, pin: str) -> None:
        raise no_pin()

    @override
    async def wait(self) -> float:
        return 0.0

    @override
    def lock(self) -> None:
        pass

    @override
    async def forget(self) -> None:
        raise no_pin()


def checked_pin(text: str) -> str:
    """Return a PIN that may be chosen: 6 to 64 characters, none of them invisible.

    Raises PinError `weak_pin`; so it does for one that is tried first by whoever guesses.
    """
    if len(text) < SHORTEST or len(text) > LONGEST or not text.isprintable():
        raise PinError("weak_pin", "A PIN has 6 to 64 digits or letters.")
    if _guessable(text):
        raise PinError("weak_pin", "This PIN is among the first that anybody would try.")
    return text


def pause_after(tries: int) -> float:
    """Return the seconds to wait after so many wrong PINs in a row."""
    if tries < FREE_TRIES:
        return 0.0
    return float(min(_FIRST_PAUSE * 2.0 ** min(tries - FREE_TRIES, 20), _LONGEST_PAUSE))


def wrong_pin(tries: int) -> PinError:
    """Return the error for a wrong PIN that was the one of this number in a row."""
    if tries >= FREE_TRIES:
        return pin_wait(pause_after(tries))
    left = FREE_TRIES - tries
    if left == 1:
        return PinError("wrong_pin", "Wrong PIN. 1 try left before a pause.", tries_left=left)
    return PinError("wrong_pin", f"Wrong PIN. {left} tries left before a pause.", tries_left=left)


def pin_wait(seconds: float) -> PinError:
    """Return the error for a PIN that can't be tried yet."""
    return PinError(
        "pin_wait",
        "Too many wrong PINs.",
        f"Try again in {max(1, round(seconds))} s.",
        wait=seconds,
    )


def pin_set() -> PinError:
    """Return the error for a first PIN where there is one."""
    return PinError("pin_set", "There is a PIN already.", "Change it instead.")


def no_pin() -> PinError:
    """Return the error for a PIN where there is none."""
    return PinError("no_pin", "There is no PIN.", "Choose one in the settings.")


def _guessable(text: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(steps) == 1 and steps <= {-1, 0, 1}
