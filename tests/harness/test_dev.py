import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import dev

_LISTING = """\
installed\tlibegl1\t
installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.84.4-3), libglib2.0-bin
config-files\tdbus\tdefault-dbus
not-installed\txvfb\t
"""


def test_packages_that_are_not_installed_are_missing() -> None:
    wanted = ["libegl1", "dbus", "xvfb", "imagemagick"]
    assert dev.missing(wanted, _LISTING) == ["dbus", "xvfb", "imagemagick"]


def test_a_renamed_package_is_known_by_what_it_provides() -> None:
    assert dev.missing(["libglib2.0-0"], _LISTING) == []


def test_without_rights_one_line_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "output", lambda _: _LISTING)
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    monkeypatch.setattr(dev, "TEST_PACKAGES", ("libegl1", "xvfb", "dbus"))
    monkeypatch.setattr(dev, "has_venv", lambda: True)
    assert dev.main(["setup"]) == 1
    said = capfd.readouterr().err
    assert said.count("\n") == 1
    assert said.strip().endswith("run: sudo apt-get install xvfb dbus")


def test_elsewhere_than_on_debian_it_goes_on(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "output", lambda _: None)
    dev.install_packages(["libegl1"])
    assert ("libegl1" in capfd.readouterr().out) == (sys.platform == "linux")


def test_a_stamp_stands_for_locks_python_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("one")
    first = dev.fingerprint(lock)
    assert dev.fingerprint(lock) == first
    lock.write_text("two")
    second = dev.fingerprint(lock)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    assert len({first, second, dev.fingerprint(lock)}) == 3


def _venv(place: Path) -> Path:
    python = dev.program("python", place)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return place


def test_an_environment_is_ready_when_it_was_finished_of_the_same(tmp_path: Path) -> None:
    venv = _venv(tmp_path / "venv")
    assert not dev.is_ready(venv, "these locks")
    dev.stamp(venv).write_text("these locks")
    assert dev.is_ready(venv, "these locks")
    assert not dev.is_ready(venv, "other locks")


def test_an_environment_whose_python_is_gone_is_not_ready(tmp_path: Path) -> None:
    venv = _venv(tmp_path / "venv")
    dev.stamp(venv).write_text("these locks")
    dev.program("python", venv).unlink()
    assert not dev.is_ready(venv, "these locks")


def test_an_installation_is_not_spoiled_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("VIRTUAL_ENV", "/somewhere")
    env = dev.clean_environment()
    assert not {"PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"} & set(env)
    assert env["UV_PYTHON_DOWNLOADS"] == "never"


def test_a_home_that_cannot_be_written_gets_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    assert dev.clean_environment()["UV_CACHE_DIR"].startswith(str(dev.ROOT))


@pytest.mark.parametrize(
    "text",
    [
        "https://" + "pypi" + ".org/simple",
        "see files.python" + "hosted.org",
        "--extra-" + "index-url somewhere",
        f"a = {str(dev.ROOT)!r}",
        f"in {dev.ROOT}/tests",
    ],
)
def test_registries_and_paths_of_this_machine_are_seen(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert dev.tells(text, dev.places_of_this_machine())


@pytest.mark.parametrize("text", ["PyPI", "/usr/bin/python3", "app/countersign", "/home/ana/x"])
def test_other_words_are_fine(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert dev.tells(text, dev.places_of_this_machine()) == []


def test_a_home_is_seen_wherever_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/somebody")
    assert dev.tells("cat /home/somebody/.netrc", dev.places_of_this_machine())


def _recorder(ran: list[object], status: int) -> Callable[..., int]:
    """Stand for `run`: keep the arguments and give a status."""

    def run(command: list[object], _env: object = None) -> int:
        ran.append(command[1:])
        return status

    return run


def test_a_failed_check_fails_but_the_rest_runs(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ran: list[object] = []
    monkeypatch.setattr(dev, "set_up", ran.append)
    monkeypatch.setattr(dev, "checks", lambda: {"lint": lambda: 1, "types": lambda: 0})
    monkeypatch.setattr(dev, "run", _recorder(ran, 0))
    assert dev.main(["test", "--", "--full", "tests/unit"]) == 1
    assert ran == [dev.FULL_PACKAGES, ["-m", "pytest", "--full", "tests/unit"]]
    said = capfd.readouterr().out.splitlines()
    assert said == ["== lint", "== types", "== tests", "FAILED: lint"]


def test_options_of_the_app_reach_it_and_its_status_comes_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[object] = []
    monkeypatch.setattr(dev, "set_up", lambda _: None)
    monkeypatch.setattr(dev, "run", _recorder(ran, 3))
    assert dev.main(["run", "--profile", "x", "inbox", "--json"]) == 3
    assert dev.main(["demo", "--help"]) == 3
    assert ran == [["--profile", "x", "inbox", "--json"], ["demo", "--help"]]


def test_screenshots_are_rendered_by_the_tests_own_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[object] = []
    monkeypatch.setattr(dev, "set_up", ran.append)
    monkeypatch.setattr(dev, "run", _recorder(ran, 0))
    assert dev.main(["screenshots", "--only", "inbox-empty"]) == 0
    assert ran == [dev.TEST_PACKAGES, ["-m", "tests.screenshots", "--only", "inbox-empty"]]


def test_translations_are_made_by_the_same_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[object] = []
    monkeypatch.setattr(dev, "set_up", ran.append)
    monkeypatch.setattr(dev, "run", _recorder(ran, 1))
    assert dev.main(["translate"]) == 1
    assert ran == [dev.RUNTIME_PACKAGES, ["-m", "tests.translations"]]


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.main(["--help"])
    told = re.findall(r"^  (\w+) +(?:\[|\.|only)", capsys.readouterr().out, re.MULTILINE)
    assert set(dev.HANDLERS) >= set(told)
    assert {"demo", "test", "run"} <= set(told)


def test_it_needs_nothing_but_the_standard_library() -> None:
    """In an isolated interpreter without site-packages, from anywhere."""
    command = [sys.executable, "-I", "-S", str(dev.ROOT / "dev.py"), "--help"]
    done = subprocess.run(command, cwd=os.sep, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert "dev.py COMMAND" in done.stdout


def test_ci_runs_the_commands_of_the_readme_and_no_others() -> None:
    run = dev.ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    lines = [line.partition(" #")[0].strip() for line in run.read_text().splitlines()]
    commands = [line for line in lines if line.startswith("python3")]
    assert commands == lines[-2:] == ["python3 dev.py test", "python3 dev.py test --full -m full"]
    readme = (dev.ROOT / "README.md").read_text()
    assert all(line in readme for line in commands)


@pytest.mark.parametrize(
    ("rest", "parallel"),
    [
        ([], True),
        (["--full"], True),
        (["--full", "-m", "full"], True),
        (["tests/unit"], False),
        (["-k", "name"], False),
    ],
)
def test_a_whole_run_uses_all_cores(rest: list[str], *, parallel: bool) -> None:
    assert bool(dev.at_once(rest)) is parallel
