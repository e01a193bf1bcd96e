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
from countersign.sandbox.console.view import TABS
from countersign.sandbox.openapi.document import document
from tests.sandbox.fuzz_stage import PATIENCE, Drawn, Stage, backend_refusal, twilio_code
from tests.sandbox.fuzz_targets import BACKEND, VERIFY
from tests.sandbox.fuzz_values import (
    HEADERS,
    KNOWN,
    METHODS,
    TEXT,
    allowed,
    escaped,
    forms,
    json_bodies,
)
from tests.sandbox.openapi_judge import Judge, documented

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hypothesis.strategies import SearchStrategy

    from tests.sandbox.fuzz_targets import Parameters
    from tests.sandbox.openapi_judge import Documented
    from tests.sandbox.world import World

pytestmark = pytest.mark.timeout(900)
FORM = ("Content-Type", "application/x-www-form-urlencoded")
JSON = ("Content-Type", "application/json")
DOCUMENT: dict[str, Any] = document("http://127.0.0.1:1")
COMPONENTS: dict[str, Any] = DOCUMENT["components"]["schemas"]
# What is there under each name in a path; sids by what stands before them.
IN_PATHS = {
    "{service}": ("@service@",),
    "{spare}": ("@spare@",),
    "{identity}": ("@identity@",),
    "AccessTokens/{sid}": ("@permission@",),
    "Challenges/{sid}": ("@challenge@",),
    "Factors/{sid}": ("@factor@", "@factor@", "@unverified@"),
    "Webhooks/{sid}": ("@webhook@",),
    "challenges/{sid}": ("@challenge@",),
    "deliveries/{id}": ("@delivery@",),
    "faults/{id}": ("@fault@",),
    "scenarios/{name}": ("burst", "one-of-each", "good-day", "clock-10-min-slow"),
}
DELETE_SERVICE = "DELETE /v2/Services/{service}"
ALTERING = ("/clock", "/expire", "/reset", "/scenarios", "/change")
"""Control calls after which a request, a factor or the time isn't what it was."""


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


@st.composite
def paths(draw: st.DrawFn, pattern: str) -> bytes:
    """Draw an address of that pattern, mostly of something that is there."""
    parts = []
    before = ""
    for part in pattern.split("/"):
        if not part.startswith("{"):
            parts.append(part.encode())
        elif draw(st.integers(0, 19)) > 0:
            there = IN_PATHS.get(part) or IN_PATHS.get(f"{before}/{part}") or ("x",)
            parts.append(draw(st.sampled_from(there)).encode())
        else:
            parts.append(escaped(draw(TEXT | st.sampled_from(KNOWN))[:3_000]))
        before = part
    return b"/".join(parts)


def some_headers() -> SearchStrategy[tuple[tuple[str, str], ...]]:
    """Draw no odd headers, mostly."""
    few = st.lists(st.sampled_from(HEADERS), max_size=2, unique_by=lambda pair: pair[0])
    return st.integers(0, 4).flatmap(lambda odd: few.map(tuple) if odd == 0 else st.just(()))


@st.composite
def control_calls(draw: st.DrawFn, each: Documented) -> Drawn:
    parameters: Parameters = {
        parameter["name"]: allowed(parameter["schema"], COMPONENTS).map(str)
        for parameter in each.json.get("parameters", [])
        if parameter["in"] == "query"
    }
    body = each.json.get("requestBody")
    schema = None if body is None else body["content"]["application/json"]["schema"]
    takes = each.method == "POST" or draw(st.integers(0, 9)) == 0
    return Drawn(
        each.method,
        draw(paths(each.path)),
        draw(forms(parameters)) if parameters or draw(st.integers(0, 9)) == 0 else b"",
        draw(some_headers()),
        draw(json_bodies(schema, COMPONENTS)) if takes else None,
        chunked=draw(st.booleans()),
    )


@st.composite
def form_calls(draw: st.DrawFn, call: str, parameters: Parameters) -> Drawn:
    method, _, path = call.partition(" ")
    given = draw(forms(parameters))
    if method != "POST":
        return Drawn(method, draw(paths(path)), given, draw(some_headers()))
    if draw(st.integers(0, 9)) == 0:
        schema = {"type": "object"}
        headers = (JSON, *draw(some_headers()))
        return Drawn(method, draw(paths(path)), b"", headers, draw(json_bodies(schema, {})))
    extra = draw(forms({})) if draw(st.integers(0, 9)) == 0 else b""
    headers = (FORM, *draw(some_headers()))
    return Drawn(method, draw(paths(path)), extra, headers, given, chunked=draw(st.booleans()))


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
    for drawer in ("traffic", "faults", "scenarios"):
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


@st.composite
def anything(draw: st.DrawFn) -> Drawn:
    """Draw any method on any path, known or not, with anything along."""
    known = [each.path for each in documented(DOCUMENT)]
    known += [call.partition(" ")[2] for call in (*VERIFY, *BACKEND)]
    known += ["/console", "/console/parts", "/console/do/{name}", "/console/static/{name}"]
    path = draw(st.sampled_from(known).flatmap(paths))
    if draw(st.booleans()):
        odd = escaped(draw(TEXT)[:3_000])
        path += draw(st.sampled_from([b"/", b"/..", b"//", b"/" + odd, odd, b"%2e%2e/", b";a"]))
    return Drawn(
        draw(st.sampled_from(METHODS)),
        path,
        draw(forms({})),
        draw(st.lists(st.sampled_from(HEADERS), max_size=4, unique_by=lambda p: p[0]).map(tuple)),
        draw(st.none() | st.binary(max_size=99) | TEXT.map(escaped)),
        chunked=draw(st.booleans()),
    )


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
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused_by_the_server_itself(world: World, raw: bytes) -> None:
    port = int(world.base.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as line:
        line.sendall(raw)
        answer = line.makefile("rb").read()
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
