from __future__ import annotations

import contextlib
import json
import logging
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from functools import partial
from typing import IO, TYPE_CHECKING

import httpx
import pytest

from countersign.sandbox.errors import SandboxError
from countersign.sandbox.serve import Ready, run, running
from countersign.sandbox.state import open_sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.sandbox.world import Device, Key, World

    Together = Callable[[Sequence[Callable[[], httpx.Response]]], list[httpx.Response]]

NAMES = [
    "api_url",
    "backend_url",
    "console_url",
    "control_url",
    "account_sid",
    "auth_token",
    "service_sid",
]
PROGRAM = """
import pathlib, sys
from countersign.sandbox.serve import run
folder = pathlib.Path(sys.argv[1]) if sys.argv[1] else None
sys.exit(run(port=int(sys.argv[2]), state_dir=folder))
"""


@contextlib.contextmanager
def started(folder: str = "", port: int = 0) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-W", "error", "-c", PROGRAM, folder, str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def first_line(stream: IO[str] | None) -> dict[str, str]:
    assert stream is not None
    value: dict[str, str] = json.loads(stream.readline())
    return value


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_ready_line_is_all_that_stdout_gets(number: signal.Signals) -> None:
    with started() as process:
        ready = first_line(process.stdout)
        assert list(ready) == NAMES
        base = ready["api_url"].removesuffix("/v2")
        assert base.startswith("http://127.0.0.1:")
        assert ready["backend_url"] == f"{base}/access-token"
        auth = (ready["account_sid"], ready["auth_token"])
        url = f"{ready['api_url']}/Services/{ready['service_sid']}"
        with httpx.Client(trust_env=False) as http:
            assert http.get(url, auth=auth).status_code == 200
            http.get(url, auth=("token", "a.b.c"))
            http.get(f"{ready['backend_url']}?identity=me@example.com")
            assert http.get(ready["console_url"]).status_code == 200
            assert http.get(ready["control_url"]).status_code == 200
            # The connection is still open: it must not keep the sandbox from stopping.
            process.send_signal(number)
            out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


def test_rubbish_on_the_wire_leaves_no_trace_of_secrets() -> None:
    with started() as process:
        ready = first_line(process.stdout)
        port = int(ready["api_url"].split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as raw:
            raw.sendall(f"{ready['auth_token']}\r\n\r\n".encode())
            assert raw.recv(100).startswith(b"HTTP/1.1 400")
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "")
        assert ready["auth_token"] not in err
        assert "Traceback" not in err


def test_a_taken_port_is_a_sentence_and_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run(port=taken.getsockname()[1]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("The sandbox can't listen on port")
    assert run(port=70_000) == 1


def test_an_unusable_folder_is_a_sentence_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert run(state_dir=tmp_path / "file") == 1
    (tmp_path / "sandbox.db").write_text("this is no database, it only has the name of one")
    assert run(state_dir=tmp_path) == 1
    assert capsys.readouterr().err.count("The sandbox's") == 2


def test_another_versions_database_is_refused(tmp_path: Path) -> None:
    open_sandbox(folder=tmp_path).close()
    with contextlib.closing(sqlite3.connect(tmp_path / "sandbox.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = 99")
        database.commit()
    with pytest.raises(SandboxError, match="another version"):
        open_sandbox(folder=tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes on Windows")
def test_the_state_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "sandbox"
    with running(state_dir=folder) as sandbox:
        sandbox.client.state()
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert set(modes.values()) == {0o600}
    assert "sandbox.db" in modes


def test_a_killed_sandbox_has_all_it_acknowledged(
    tmp_path: Path, new_world: type[World], new_device: type[Device], new_key: type[Key]
) -> None:
    with started(str(tmp_path)) as process:
        before = first_line(process.stdout)
        with new_world.over(Ready(**before)) as world:
            device = world.device()
            left = [world.pending(device) for _ in range(3)]
            assert device.answer(left[0]).status_code == 200
            token = world.access_token("another-one", Ttl="300")
        process.kill()
        process.wait(30)
    with started(str(tmp_path)) as process:
        after = first_line(process.stdout)
        assert [after[name] for name in NAMES[4:]] == [before[name] for name in NAMES[4:]]
        with new_world.over(Ready(**after)) as world:
            again = new_device(world, device.factor, device.key)
            listed = again.call("GET", "/Challenges").json()["challenges"]
            assert [item["sid"] for item in listed] == left
            assert [item["status"] for item in listed] == ["approved", "pending", "pending"]
            assert again.answer(left[1], "denied").status_code == 200
            assert world.create_factor("another-one", new_key(), token).status_code == 201


def test_a_sandbox_on_disk_takes_one_of_many_answers(
    tmp_path: Path, new_world: type[World], together: Together
) -> None:
    with running(state_dir=tmp_path) as sandbox, new_world.over(sandbox) as world:
        devices = [world.device() for _ in range(4)]
        sids = [world.pending(device) for device in devices]
        calls = []
        for device, sid in zip(devices, sids, strict=True):
            fetched = device.fetch(sid)
            payloads = [device.signed(fetched, status) for status in ("approved", "denied")]
            calls += [partial(device.post, sid, payload) for payload in payloads * 2]
        results = together(calls)
        assert sorted(result.status_code for result in results) == [200] * 4 + [403] * 12
        won = {item.json()["sid"]: item.json()["status"] for item in results if item.is_success}
        assert won == {sid: sandbox.client.challenge(sid)["status"] for sid in sids}


def test_two_sandboxes_share_nothing() -> None:
    with running() as one, running() as two:
        assert one.account_sid != two.account_sid
        auth = (one.account_sid, one.auth_token)
        with httpx.Client(trust_env=False) as http:
            assert http.get(f"{two.api_url}/Services", auth=auth).status_code == 401


def test_secrets_are_in_no_repr() -> None:
    with running() as sandbox:
        for text in (repr(sandbox), repr(sandbox.sandbox), repr(sandbox.client)):
            assert sandbox.auth_token not in text


def test_a_client_that_leaves_in_the_middle_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with running() as sandbox:
        port = int(sandbox.api_url.split(":")[2].split("/")[0])
        with socket.create_connection(("127.0.0.1", port)) as raw:
            head = ("POST /access-token HTTP/1.1", f"Host: 127.0.0.1:{port}", "Content-Length: 9")
            raw.sendall("\r\n".join((*head, "", "x")).encode())
        assert sandbox.client.state()["challenges"] == []
    assert caplog.records == []


def test_it_listens_on_loopback_alone() -> None:
    with running() as sandbox:
        port = int(sandbox.api_url.split(":")[2].split("/")[0])
        with (
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other,
            contextlib.suppress(OSError),
        ):
            # Another loopback address: only a server on all addresses would answer here.
            other.settimeout(5)
            assert other.connect_ex(("127.0.0.2", port)) != 0


def test_stopping_is_quick_with_an_idle_connection() -> None:
    with running() as sandbox, httpx.Client(trust_env=False) as http:
        http.get(sandbox.console_url)
        start = time.monotonic()
    assert time.monotonic() - start < 3
