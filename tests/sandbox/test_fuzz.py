"""Whatever is sent, the sandbox answers in its own words, and goes on.

Each call of the control API's document, of the Verify API and of the sample backend gets values
that fit and values that don't, and then methods, paths, queries, headers and bodies of all kinds.
The draws are the same in each run; `--full` has many more, and PostgreSQL.

Each WARNING that is logged fails these tests, too: so does every exception that nobody caught.
"""

from __future__ import annotations

import re
import socket
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countersign.sandbox import api, backend
from countersign.sandbox.call import Dispatcher
from countersign.sandbox.console.view import DRAWERS, TABS
from countersign.sandbox.openapi.document import document
from tests.sandbox.fuzz_calls import DOCUMENT, JSON, anything, control_calls, form_calls
from tests.sandbox.fuzz_stage import PATIENCE, Stage, backend_refusal, twilio_code
from tests.sandbox.fuzz_targets import BACKEND, VERIFY
from tests.sandbox.openapi_judge import Judge, documented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

    from tests.sandbox.fuzz_stage import Drawn
    from tests.sandbox.openapi_judge import Documented
    from tests.sandbox.world import World

pytestmark = pytest.mark.timeout(900)
DELETE_SERVICE = "DELETE /v2/Services/{service}"
ALTERING = ("/clock", "/expire", "/reset", "/scenarios", "/change", "/faults")
"""Control calls after which a request, a factor, the time or the weather isn't what it was."""


@pytest.fixture
def stage(world: World) -> Iterator[Stage]:
    with Stage.over(world) as made:
        yield made


@pytest.fixture
def examples(pytestconfig: pytest.Config) -> int:
    """Give how often each call is made."""
    return 60 if pytestconfig.getoption("--full") else 20


def fuzz(count: int, requests: SearchStrategy[Any], check: Callable[[Any], None]) -> None:
    """Draw requests, the same ones in each run, and check each."""

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests)
    def one(request: Any) -> None:  # noqa: ANN401 - whatever was drawn
        check(request)

    one()


def callers(call: str) -> tuple[str, ...]:
    """Give who makes a call: mostly somebody who may."""
    enrolls = call.startswith("POST") and call.endswith("/Factors")
    answers = call.startswith("POST") and call.endswith("/Challenges/{sid}")
    usual = "enrolling" if enrolls else "device" if answers else "company"
    return usual, usual, usual, usual, "company", "device", "enrolling", "nobody"


def is_sound(world: World) -> None:
    """Whatever was taken can be shown again, by the control API and on the page."""
    judge = Judge(document(world.base))
    for path in ("", "/factors", "/accounts", "/deliveries?limit=1000", "/faults", "/traffic"):
        judge.note(world.http.get(world.sandbox.control_url + path))
    judge.note(world.http.get(f"{world.sandbox.control_url}/export?limit=1000"))
    for drawer in DRAWERS:
        page = world.http.get(f"{world.base}/console", params={"drawer": drawer, "shown": "1000"})
        assert page.status_code == 200, page.text
    for challenge in world.sandbox.client.state()["challenges"][:5]:
        for tab in TABS:
            asked = {"challenge": challenge["sid"], "tab": tab}
            page = world.http.get(f"{world.base}/console/parts", params=asked)
            assert page.status_code == 200, page.text


@pytest.mark.parametrize("group", ["GET", "POST", "DELETE"])
def test_control_calls_withstand_anything(stage: Stage, examples: int, group: str) -> None:
    token = (JSON, ("X-Sandbox-Token", stage.world.sandbox.auth_token))
    judge = Judge(document(stage.world.base))
    done = set()

    def check(each: Documented, drawn: Drawn) -> None:
        stage.furnish()
        answer = stage.send(drawn, token)
        if answer.status < 300:
            success = each.json["responses"][str(answer.status)]
            if answer.status != 204:
                schema = success["content"]["application/json"]["schema"]
                judge.check(schema, answer.json())
            done.add(each.id)
            if each.method == "DELETE" or any(word in each.path for word in ALTERING):
                stage.forget()
        else:
            code = twilio_code(answer)
            # A parameter that is no part of a path any more leads elsewhere.
            elsewhere = b"%2F" in drawn.path or drawn.path.count(b"/") != each.path.count("/")
            empty = b"//" in drawn.path or drawn.path.endswith(b"/")
            known = each.codes() | ({(404, 20404), (405, 20004)} if elsewhere or empty else set())
            assert (answer.status, code) in known, (each.id, drawn, answer)

    for each in documented(judge.strict):
        if each.method == group:
            fuzz(examples, control_calls(each), partial(check, each))
    is_sound(stage.world)
    assert done == {each.id for each in documented(DOCUMENT) if each.method == group}


def test_the_verify_api_withstands_anything(stage: Stage, examples: int) -> None:
    done = set()

    def check(call: str, asked: tuple[str, Drawn]) -> None:
        who, drawn = asked
        stage.furnish()
        answer = stage.send(drawn, stage.authorization(who))
        if answer.status < 300:
            assert answer.status == 204 or answer.json()
            done.add(call)
            if drawn.method == "DELETE" or b"AuthPayload" in (drawn.body or b""):
                stage.forget()
        else:
            twilio_code(answer)

    for call, parameters in VERIFY.items():
        # The service that all else is asked of stays.
        where = call.replace("{service}", "{spare}") if call == DELETE_SERVICE else call
        requests = st.tuples(st.sampled_from(callers(call)), form_calls(where, parameters))
        fuzz(examples, requests, partial(check, call))
    is_sound(stage.world)
    assert done == set(VERIFY)


def test_the_sample_backend_withstands_anything(stage: Stage, examples: int) -> None:
    done = set()

    def check(call: str, drawn: Drawn) -> None:
        stage.furnish()
        answer = stage.send(drawn)
        if answer.status < 300:
            assert answer.json() is not None
            done.add(call)
        elif answer.status in {403, 404, 405} and b'"error"' not in answer.body:
            twilio_code(answer)  # nobody came as far as the backend
        else:
            backend_refusal(answer)

    for call, parameters in BACKEND.items():
        fuzz(examples, form_calls(call, parameters), partial(check, call))
    is_sound(stage.world)
    assert done == set(BACKEND)


def test_any_method_on_any_path_is_answered(stage: Stage, examples: int) -> None:
    def check(drawn: Drawn) -> None:
        stage.furnish()
        answer = stage.send(drawn)
        if answer.status >= 400 and drawn.method != "HEAD" and b'"error"' not in answer.body:
            twilio_code(answer)

    fuzz(examples * 20, anything(), check)
    is_sound(stage.world)


@pytest.mark.expect_log("WARNING uvicorn.error: Invalid HTTP request received")
@pytest.mark.parametrize(
    "raw",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET /v2/\xff HTTP/1.1\r\n\r\n",
        b"GET /v2/Services\r\n\r\n",
        b"GET /v2/Services HTTP/1.1\r\nA\x00: b\r\n\r\n",
        b"POST /v2/Services HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"POST /v2/Services HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_by_the_server_itself(world: World, raw: bytes) -> None:
    port = int(world.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(raw)
        with line.makefile("rb") as reader:
            answer = reader.read()
    assert re.match(rb"HTTP/1.1 (400|501) ", answer), answer[:99]
    assert b"Traceback" not in answer
    assert world.http.get(world.sandbox.control_url).status_code == 200


def test_every_call_is_fuzzed(world: World) -> None:
    dispatcher = Dispatcher(world.sandbox.sandbox)
    for served, fuzzed in ((api, VERIFY), (backend, BACKEND)):
        routes = {
            f"{method} {route.path}"
            for route in served.routes(dispatcher)
            for method in (route.methods or set()) - {"HEAD"}
        }
        assert set(fuzzed) == routes
