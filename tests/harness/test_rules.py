"""The harness catches what breaks its rules, for the right reason, and nothing else.

The specimens are tests that break a rule, or just don't. No normal run collects them; here they
run once, in a pytest of their own with our conftest, in an environment that is none of theirs.
"""

import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

_SPECIMENS = Path(__file__).parent / "specimens"
_ROOT = Path(__file__).parents[2]

# What the environment outside has, and no test may see.
_OUTSIDE = {
    "DISPLAY": ":77",
    "WAYLAND_DISPLAY": "wayland-77",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    "https_proxy": "http://192.0.2.1:9",
    "ALL_PROXY": "http://192.0.2.1:9",
    "COUNTERSIGN_PROFILE": "theirs",
    "HOME": "/nonexistent",
    "LANG": "C",
    "QT_QPA_PLATFORM": "xcb",
}

# Each bad specimen and the words by which it must be seen to fail.
REASONS = {
    "blocking.test_bad_sleep": "blocked the event loop: time.sleep",
    "blocking.test_bad_swallowed": "blocked the event loop: time.sleep",
    "blocking.test_bad_database": "blocked the event loop: sqlite3.Connection.execute",
    "blocking.test_bad_file": "blocked the event loop: io.TextIOWrapper.write",
    "blocking.test_bad_in_a_loop_of_its_own": "blocked the event loop: time.sleep",
    "logs.test_bad_undeclared_warning": "no expect_log mark.*WARNING specimen: a disk is on fire",
    "logs.test_bad_undeclared_where_propagation_is_off": "ERROR specimen: nobody hears this",
    "logs.test_bad_declared_and_missing": "record that never came: never comes",
    "logs.test_bad_declared_one_of_two": "no expect_log mark.*: and under water",
    "logs.test_bad_in_teardown": "no expect_log mark.*: said in teardown",
    "network.test_bad_connect": "beyond loopback: socket.connect to 192.0.2.1",
    "network.test_bad_swallowed": "beyond loopback: socket.connect to 192.0.2.1",
    "network.test_bad_datagram": "beyond loopback: socket.sendto to 192.0.2.1",
    "network.test_bad_name": "beyond loopback: socket.getaddrinfo to countersign.example",
    "network.test_bad_name_in_a_worker": "beyond loopback: socket.getaddrinfo to countersign",
    "network.test_bad_listening_to_the_world": "beyond loopback: socket.bind to 0.0.0.0",
    "qt.test_bad_message": "Qt messages with level WARNING",
    "qt.test_bad_message_in_teardown": "Qt said in setup or teardown: a message in teardown",
    "qt.test_bad_timer_left": "left a Qt timer running: QTimer specimen",
    "qt.test_bad_single_shot_left": "left a Qt timer running: Q\\w*Timer",
    "qt.test_bad_raw_timer_left": "left a Qt timer running: QObject raw",
    "qt.test_bad_window_left": "left a top-level widget: QWidget specimen",
    "qt.test_bad_exception_in_a_slot": "ZeroDivisionError",
    "tasks.test_bad_task_left": "left a task running: specimen .*_wait_for_ever",
    "tasks.test_bad_task_left_in_a_property": "left a task running: specimen",
    "tasks.test_bad_exception_never_retrieved": "nobody asked this task how it went",
    "tasks.TestMethods.test_bad_task_left_in_a_method": "left a task running: specimen",
    "threads.test_bad_thread_left": "left a thread running: specimen",
    "threads.test_bad_pool_left": "left a thread running: pool",
    "warning.test_bad_warning": "a specimen of a warning",
    "warning.test_bad_unraisable": "raised while it was collected",
    "warning.test_bad_thread_exception": "raised in a thread",
    "warning.test_bad_coroutine_never_awaited": "coroutine 'sleep' was never awaited",
}


def _names() -> set[str]:
    """Every specimen, as its source has it."""
    found = set()
    for file in _SPECIMENS.glob("*.py"):
        holder = file.stem
        for line in file.read_text().splitlines():
            if group := re.match(r"class (Test\w+)", line):
                holder = f"{file.stem}.{group[1]}"
            elif test := re.match(r"( *)(?:async )?def (test_\w+)", line):
                found.add(f"{holder if test[1] else file.stem}.{test[2]}")
    return found


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Run all specimens once; what pytest reported of each, empty where it passed."""
    result = tmp_path_factory.mktemp("specimens") / "report.xml"
    command = [sys.executable, "-m", "pytest", "-o", "python_files=*.py", str(_SPECIMENS)]
    command += [f"--junit-xml={result}", "-p", "no:cacheprovider"]
    environment = os.environ | _OUTSIDE
    subprocess.run(command, cwd=_ROOT, env=environment, check=False, capture_output=True)  # noqa: S603 - our own
    cases: defaultdict[str, list[str]] = defaultdict(list)
    for case in ET.parse(result).iter("testcase"):  # noqa: S314 - pytest wrote it just now
        name = f"{case.get('classname')}.{case.get('name')}".partition("specimens.")[2]
        told = [f"{each.get('message')}\n{each.text}" for each in case if "skip" not in each.tag]
        cases[name] += told
    return {name: "\n".join(told) for name, told in cases.items()}


@pytest.mark.parametrize("name", sorted(REASONS))
def test_what_breaks_a_rule_fails_for_that_reason(name: str, reports: dict[str, str]) -> None:
    assert re.search(REASONS[name], reports[name])


@pytest.mark.parametrize("name", sorted(name for name in _names() if ".test_good_" in name))
def test_what_breaks_none_passes(name: str, reports: dict[str, str]) -> None:
    assert reports[name] == ""


def test_no_specimen_is_forgotten(reports: dict[str, str]) -> None:
    assert set(reports) == _names()
    assert {name for name in _names() if ".test_good_" not in name} == set(REASONS)


def test_no_complaint_reaches_another_test(reports: dict[str, str]) -> None:
    """A bad test is the only one to suffer: the good twins around it are untouched."""
    assert {name for name, told in reports.items() if told} == set(REASONS)
