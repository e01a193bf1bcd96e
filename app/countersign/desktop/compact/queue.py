"""The requests that the small window leads through, and which of them is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from countersign.device.inbox import Request


class Queue:
    """Follows the polls without moving what is being read.

    While something is read, new requests come last; what no longer waits goes, but not what is
    being read.
    """

    def __init__(self) -> None:
        self._requests: dict[str, Request] = {}
        self._waiting: set[str] = set()
        self._reading = ""

    def __contains__(self, sid: str) -> bool:
        return sid in self._requests

    @property
    def reading(self) -> Request | None:
        """What is being read, whether it still waits or not."""
        return self._requests.get(self._reading)

    @property
    def position(self) -> tuple[int, int]:
        """Return the place of what is being read, from 1, and of how many."""
        return list(self._requests).index(self._reading) + 1, len(self._requests)

    @property
    def others(self) -> int:
        """How many wait beside what is being read."""
        return len(self._waiting - {self._reading})

    def follow(self, requests: Iterable[Request]) -> None:
        """Take in what waits, newest first."""
        seen = {request.challenge.sid: request for request in requests}
        self._waiting = set(seen)
        kept = {
            sid: seen.get(sid, request)
            for sid, request in self._requests.items()
            if self._reading and (sid in seen or sid == self._reading)
        }
        self._requests = kept | seen

    def read(self, sid: str) -> Request | None:
        """Go to a request; None, and nothing happens, where there is no such one."""
        if sid not in self._requests:
            return None
        self._leave()
        self._reading = sid
        return self._requests[sid]

    def beside(self, step: int) -> str:
        """Return the sid of the request some places on (or back, below 0); "" at the end."""
        there = self.position[0] - 1 + step
        sids = list(self._requests)
        return sids[there] if 0 <= there < len(sids) else ""

    def following(self) -> str:
        """Return the sid of the request to read after this one: the next, else the first."""
        return self.beside(1) or next((sid for sid in self._requests if sid != self._reading), "")

    def close(self) -> None:
        """Read nothing."""
        self._leave()
        self._reading = ""

    def _leave(self) -> None:
        if self._reading and self._reading not in self._waiting:
            del self._requests[self._reading]
