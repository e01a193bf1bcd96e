"""Keeps a key that happens to be in memory out of a core file."""

from __future__ import annotations

import contextlib


def forbid_core_dumps() -> None:
    """Have the system keep no core of this process, nor of what it starts; for good.

    By the limit alone, which systemd-coredump respects too. Linux's PR_SET_DUMPABLE
    would keep other programs of this user from looking in as well, but among those are the desktop
    portals, by which Qt learns of dark mode. Does nothing on Windows, where no core is written.
    """
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
