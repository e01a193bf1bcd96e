"""Random secrets go through every place that logs, and none of them is in the log."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersign.push.backend import fetch_access_token
from countersign.push.create import NewFactor, create_factor
from countersign.push.errors import CountersignError
from countersign.push.http import Http
from countersign.push.wire_log import masked
from countersign.sandbox.serve import running
from countersign.storage import keyring_keys
from countersign.storage.keyring_errors import translated
from countersign.storage.keyring_seal import Seal
from countersign.storage.log_file import log_path, logging_to
from countersign.storage.redaction import redacted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.sandbox.serve import Running

ours = logging.getLogger("countersign.some.part")
# Long enough that none turns up by chance in a line of the log.
WORDS = st.text("abcdefghijkmnpqrstuvwxyzABCDEFGH23456789", min_size=16, max_size=60)


def jwt(payload: str) -> str:
    """Return what a token looks like."""
    parts = (json.dumps({"alg": "ES256"}), json.dumps({"sub": payload}), secrets.token_hex(32))
    return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running() as made:
        yield made


def logged(*work: object) -> str:
    """Return the log, at the level that says most, of something."""
    with tempfile.TemporaryDirectory() as folder:
        with logging_to(Path(folder), "WIRE"):
            for one in work:
                asyncio.run(one)  # type: ignore[arg-type]  # coroutines
        file = log_path(Path(folder))
        return file.read_text(encoding="utf-8") if file.exists() else ""


async def enrolment(sandbox: Running, identity: str, code: str, header: str) -> None:
    """Go through the calls that carry secrets, with an answer, a refusal and no answer."""
    http = Http()
    try:
        token = await fetch_access_token(
            http, sandbox.backend_url, identity, code=code, headers={"Cookie": f"session={header}"}
        )
        key = keyring_keys.public_der(keyring_keys.new_key())
        with suppress(CountersignError):  # one identity has 20 at most
            await create_factor(http, sandbox.api_url, token, NewFactor("Desk", key, {}))
        for url in (f"{sandbox.backend_url}/{identity}?code={code}", "http://127.0.0.1:9/" + code):
            with suppress(CountersignError):
                await http.send("POST", url, form={"code": code}, auth=("token", header))
    finally:
        await http.aclose()


@settings(
    deadline=None,
    max_examples=15,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(WORDS, WORDS, WORDS)
def test_what_goes_over_the_network_leaves_nothing_in_the_log(
    sandbox: Running, identity: str, code: str, header: str
) -> None:
    text = logged(enrolment(sandbox, identity, code, header))
    assert "WIRE countersign.wire: POST" in text, "else nothing was tried"
    for secret in (identity, code, header):
        assert secret not in text


@given(WORDS)
def test_what_a_keyring_complains_of_leaves_nothing(secret: str) -> None:
    async def fail() -> None:
        error = OSError(f"can't keep {secret}")
        error.__cause__ = ValueError(secret)
        translated(error, lambda: "a store")
        ours.info("it broke", exc_info=error)

    assert secret not in logged(fail())


@given(WORDS)
def test_nothing_of_a_key_is_in_what_is_written_of_it(secret: str) -> None:
    seal = Seal()
    seal.unlock(secret.encode())
    key = keyring_keys.new_key()
    text = keyring_keys.to_text(key)
    kept = seal.close(text, "mine") if len(secret) in {16, 24, 32} else text
    for thing in (seal, key, keyring_keys.from_text(text)):
        assert secret not in repr(thing)
        assert text[20:60] not in repr(thing)
    assert text[20:60] not in redacted(f"a line with {text}")
    assert kept[20:60] not in redacted(f"a line with {kept}")


@given(st.sampled_from(["{}", "x {} y", "token={}", "Bearer {}", '"{}"', "https://h/{}?x"]), WORDS)
def test_a_token_that_somebody_logs_is_masked(frame: str, secret: str) -> None:
    async def careless() -> None:
        ours.info("%s", frame.format(jwt(secret)))

    text = logged(careless())
    for part in jwt(secret).split("."):
        assert part not in text


@pytest.mark.parametrize(
    "line",
    [
        "code={secret}",
        "see https://user:{secret}@host/",
        "Authorization: Basic {secret}",
        "{hex}",
        "-----BEGIN PRIVATE KEY-----\n{secret}\n-----END PRIVATE KEY-----",
        "pin1:{secret}",
    ],
)
def test_what_looks_like_a_secret_is_masked(line: str) -> None:
    secret, number = "Zm9vYmFyYmF6Zm9vYmFy", secrets.token_hex(32)
    told = redacted(line.format(secret=secret, hex=number))
    assert secret not in told
    assert number not in told
    assert "[masked]" in told


@pytest.mark.parametrize(
    "line",
    [
        "INFO countersign.push.http: verify.twilio.com answered 200",
        "YF" + "0123456789abcdef" * 2 + " was polled",
        "whether the user is here is told by: org.freedesktop.login1, org.gnome.ScreenSaver",
        "/home/ana/.local/share/countersign/profiles/default/countersign.log",
    ],
)
def test_what_helps_stays(line: str) -> None:
    assert redacted(line) == line


def test_an_address_keeps_what_the_protocol_fixes() -> None:
    service, factor = "VA" + "a" * 32, "YF" + "b" * 32
    url = f"https://u:p@h.example:8/v2/Services/{service}/Entities/ana/Factors/{factor}?Status=pending&x=y"
    assert masked(url) == (
        f"https://h.example:8/v2/Services/{service}/Entities/***/Factors/{factor}"
        "?Status=pending&x=***"
    )
