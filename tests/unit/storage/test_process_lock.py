"""Whether the process that left a mark still runs."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from countersign.storage.process_lock import ProcessLock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from countersign.storage.process_lock import ProcessLock
lock = ProcessLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
if sys.argv[2:]:
    lock.release()
"""


@pytest.fixture
def lock(tmp_path: Path) -> Iterator[ProcessLock]:
    lock = ProcessLock(tmp_path)
    yield lock
    lock.release()


@contextmanager
def holder(folder: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run another process that holds its lock; give it and its name."""
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", HOLD, str(folder), *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_taking_it_twice_is_taking_it_once(lock: ProcessLock) -> None:
    assert lock.take() == lock.take()


def test_a_process_knows_itself(lock: ProcessLock) -> None:
    name = lock.take()
    assert lock.held_by_us(name)
    assert lock.runs(name)


def test_a_name_that_was_never_taken_does_not_run(lock: ProcessLock) -> None:
    assert not lock.runs("0" * 32)
    assert not lock.held_by_us("0" * 32)


def test_every_process_has_a_name_of_its_own(tmp_path: Path) -> None:
    locks = [ProcessLock(tmp_path) for _ in range(3)]
    assert len({one.take() for one in locks}) == 3
    for one in locks:
        one.release()


def test_another_process_runs_until_it_is_killed(lock: ProcessLock, tmp_path: Path) -> None:
    with holder(tmp_path) as (process, name):
        assert lock.runs(name)
        assert not lock.held_by_us(name)
        process.kill()  # no goodbye: SIGKILL
        process.wait()
        assert not lock.runs(name)


def test_asking_about_a_running_process_takes_nothing_from_it(
    lock: ProcessLock, tmp_path: Path
) -> None:
    with holder(tmp_path) as (_, name):
        assert [lock.runs(name) for _ in range(3)] == [True, True, True]


def test_what_a_killed_process_left_is_tidied_up(lock: ProcessLock, tmp_path: Path) -> None:
    with holder(tmp_path) as (process, name):
        process.kill()
        process.wait()
    lock.runs(name)
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_lets_go_leaves_no_file(lock: ProcessLock, tmp_path: Path) -> None:
    with holder(tmp_path, "release") as (process, name):
        process.communicate("")
        assert list(tmp_path.iterdir()) == []
        assert not lock.runs(name)


def test_letting_go_twice_does_no_harm(lock: ProcessLock) -> None:
    lock.take()
    lock.release()
    lock.release()


def test_where_no_lock_can_be_kept_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        ProcessLock(tmp_path / "file").take()
