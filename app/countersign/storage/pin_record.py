"""The PIN's row in the profile's database: the wrapped master key, and the tries.

The PIN itself is nowhere. From it Argon2id (RFC 9106, the second recommended choice: 64 MiB, 3
passes, 4 lanes) derives the key that wraps the master key, which in turn wraps every key; so a
change of the PIN writes this one row, and no key is ever there in two forms.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from countersign.device.pin import pause_after
from countersign.storage.database import damaged
from countersign.storage.keyring_seal import MASTER_BYTES, seal_bytes, unseal_bytes

if TYPE_CHECKING:
    import sqlite3
    from typing import Any, Self

_MEMORY_KIB: Final = 64 * 1024
_PASSES: Final = 3
_LANES: Final = 4
_SALT: Final = 16
_MOST_MEMORY: Final = 1024 * 1024
_MOST_PASSES: Final = 64
_MOST_LANES: Final = 64
_NAME: Final = b"countersign/pin/master"
_COLUMNS: Final = "salt, memory_kib, passes, lanes, wrapped, leaving, tries, tried_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class PinRecord:
    """The row; `memory_kib`, `passes` and `lanes` are what this PIN was derived with.

    `leaving`: its removal was begun. `tried_at` is in POSIX seconds.
    """

    salt: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)
    memory_kib: int = _MEMORY_KIB
    passes: int = _PASSES
    lanes: int = _LANES
    leaving: bool = False
    tries: int = 0
    tried_at: float = 0.0

    @classmethod
    def made(cls, pin: str, master: bytes) -> Self:
        """Wrap a master key by a PIN under a fresh salt; takes a moment, on purpose."""
        salt = secrets.token_bytes(_SALT)
        key = _derive(pin, salt, _MEMORY_KIB, _PASSES, _LANES)
        return cls(salt=salt, wrapped=seal_bytes(key, master, _NAME))

    def master(self, pin: str) -> bytes | None:
        """Return the master key, or None for another PIN; takes a moment, on purpose."""
        key = _derive(pin, self.salt, self.memory_kib, self.passes, self.lanes)
        return unseal_bytes(key, self.wrapped, _NAME)


def read(connection: sqlite3.Connection) -> PinRecord | None:
    """Return the row, checked; raises StorageError for one that this app never wrote."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM pin").fetchone()  # noqa: S608 - our own columns
    if row is None:
        return None
    names = [name.strip() for name in _COLUMNS.split(",")]
    record = PinRecord(**dict(zip(names, row, strict=True)))
    sane = (
        len(record.salt) == _SALT
        and len(record.wrapped) == 12 + MASTER_BYTES + 16
        and 8 * record.lanes <= record.memory_kib <= _MOST_MEMORY
        and 1 <= record.passes <= _MOST_PASSES
        and 1 <= record.lanes <= _MOST_LANES
    )
    if not sane:
        raise damaged()
    return record


def write(connection: sqlite3.Connection, record: PinRecord, *, first: bool) -> bool:
    """Write a PIN's row; False where `first` and there is one."""
    if first and read(connection) is not None:
        return False
    values: tuple[Any, ...] = (
        record.salt,
        record.memory_kib,
        record.passes,
        record.lanes,
        record.wrapped,
        record.leaving,
        record.tries,
        record.tried_at,
    )
    connection.execute(
        f"INSERT OR REPLACE INTO pin (one, {_COLUMNS}) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - our own columns
        values,
    )
    return True


def begin_try(connection: sqlite3.Connection, now: float) -> tuple[PinRecord, float] | None:
    """Count a try and return the row as it is then, with 0; or the seconds to wait, uncounted.

    Counted before it is known how it ends: ending the app in between must not save a try. A clock
    that was set back begins the pause anew; None where there is no PIN.
    """
    record = read(connection)
    if record is None:
        return None
    pause = pause_after(record.tries)
    if pause and now < record.tried_at:
        connection.execute("UPDATE pin SET tried_at = ?", (now,))
        return record, pause
    left = record.tried_at + pause - now
    if pause and left > 0:
        return record, left
    connection.execute("UPDATE pin SET tries = tries + 1, tried_at = ?", (now,))
    return read(connection) or record, 0.0


def seconds_to_wait(connection: sqlite3.Connection, now: float) -> float:
    """Return how long no PIN can be tried, 0 for now."""
    record = read(connection)
    if record is None or not (pause := pause_after(record.tries)):
        return 0.0
    return min(pause, max(0.0, record.tried_at + pause - now))


def right(connection: sqlite3.Connection) -> None:
    """Count from the beginning: the PIN was right."""
    connection.execute("UPDATE pin SET tries = 0")


def set_leaving(connection: sqlite3.Connection, *, leaving: bool) -> None:
    """Note that the removal of the PIN begins, or that it was called off."""
    connection.execute("UPDATE pin SET leaving = ?", (leaving,))


def delete(connection: sqlite3.Connection) -> None:
    """Forget the PIN."""
    connection.execute("DELETE FROM pin")


def _derive(pin: str, salt: bytes, memory_kib: int, passes: int, lanes: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - slow to import

    kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory_kib)
    return kdf.derive(pin.encode("utf-8", "surrogatepass"))
