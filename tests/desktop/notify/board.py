"""What hangs on the board, and requests to put there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from countersign.desktop.notify.announcing import SUMMARY, Announcing
from countersign.desktop.notify.mutes import Mutes
from countersign.device.settings import Settings
from tests.desktop.request.world import ACCOUNT, challenge, listed

if TYPE_CHECKING:
    from countersign.desktop.notify.announcing import Told
    from countersign.device.inbox import Request

OTHER = replace(ACCOUNT, sid="YF" + "3" * 32, label="Acme Payroll")


def ask(number: int, *, of_other: bool = False, **more: Any) -> Request:  # noqa: ANN401 - as `challenge` takes it
    """Return a request that waits."""
    sid = f"YC{number:032d}"
    return listed(challenge(sid=sid, **more), OTHER if of_other else ACCOUNT)


def sid(number: int) -> str:
    """Return a request's sid."""
    return f"YC{number:032d}"


@dataclass
class World:
    """A board, a clock and settings; `hung` counts each notice that was hung up or brought anew."""

    settings: Settings = field(default_factory=Settings)
    time: float = 1000.0
    up: dict[str, Told] = field(default_factory=dict)
    hung: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mutes = Mutes(now=lambda: self.time)
        self.announcing = Announcing(self, lambda: self.settings, self.mutes, lambda: self.time)
        self.mutes.listeners.append(self.announcing.refresh)

    def tell(self, told: Told) -> None:
        """Hang one up."""
        self.up[told.id] = told
        self.hung.append(told)

    def withdraw(self, ident: str) -> None:
        """Take one down, which must be there."""
        del self.up[ident]

    def poll(self, *requests: Request, here: bool = False) -> list[str]:
        """See these waiting; the sids of those that want attention."""
        heard = self.announcing.follow(requests, here=here)
        return [one.challenge.sid for one in heard]

    @property
    def summary(self) -> Told:
        """The one notice that is there, which stands for several."""
        assert list(self.up) == [SUMMARY]
        return self.up[SUMMARY]
