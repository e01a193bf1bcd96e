"""What was seen of the user, in one place, and what follows from it. Knows no Qt and no D-Bus."""

from __future__ import annotations

from dataclasses import dataclass, field

from countersign.device.schedule import Presence


@dataclass
class Signs:
    """Each sign as its source saw it last; a source that goes away takes its sign back.

    `lock_asked`: somebody asked for a lock, and no locker has said yet that there is one.
    """

    active: bool = False
    asleep: bool = False
    lock_asked: bool = False
    locked_by: set[str] = field(default_factory=set)

    @property
    def presence(self) -> Presence:
        """Where the user is."""
        if self.asleep or self.lock_asked or self.locked_by:
            return Presence.AWAY
        return Presence.ACTIVE if self.active else Presence.BACKGROUND

    def set_active(self, *, active: bool) -> None:
        """Take in whether one of the app's windows has the focus.

        One that gets it is proof that no screen is locked, if all that was seen is that somebody
        asked for that: where no locker runs, nobody would ever take it back.
        """
        if active and not self.active:
            self.lock_asked = False
        self.active = active

    def set_locked(self, source: str, *, locked: bool) -> None:
        """Take in a source's word on the screen."""
        if locked:
            self.locked_by.add(source)
        else:
            self.locked_by.discard(source)
            self.lock_asked = False
