"""Requests to fuzz the sandbox with: each call as it should be, and with all that may be wrong.

Each choice's simplest value, the first or the smallest, is the one that is right: Hypothesis begins
with all of these, so that each call is right at least once, whatever else comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from countersign.sandbox.openapi.document import document
from tests.sandbox.fuzz_stage import Drawn
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
from tests.sandbox.openapi_judge import documented

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from tests.sandbox.fuzz_targets import Parameters
    from tests.sandbox.openapi_judge import Documented

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


@st.composite
def paths(draw: st.DrawFn, pattern: str) -> bytes:
    """Draw an address of that pattern, mostly of something that is there."""
    parts = []
    before = ""
    for part in pattern.split("/"):
        if not part.startswith("{"):
            parts.append(part.encode())
        elif draw(st.integers(0, 19)) < 19:
            there = IN_PATHS.get(part) or IN_PATHS.get(f"{before}/{part}") or ("x",)
            parts.append(draw(st.sampled_from(there)).encode())
        else:
            parts.append(escaped(draw(TEXT | st.sampled_from(KNOWN))[:3_000]))
        before = part
    return b"/".join(parts)


def some_headers() -> SearchStrategy[tuple[tuple[str, str], ...]]:
    """Draw no odd headers, mostly."""
    few = st.lists(st.sampled_from(HEADERS), max_size=2, unique_by=lambda pair: pair[0])
    return st.integers(0, 4).flatmap(lambda odd: few.map(tuple) if odd == 4 else st.just(()))


@st.composite
def control_calls(draw: st.DrawFn, each: Documented) -> Drawn:
    parameters: Parameters = {
        parameter["name"]: allowed(parameter["schema"], COMPONENTS).map(str)
        for parameter in each.json.get("parameters", [])
        if parameter["in"] == "query"
    }
    body = each.json.get("requestBody")
    schema = None if body is None else body["content"]["application/json"]["schema"]
    takes = each.method == "POST" or draw(st.integers(0, 9)) == 9
    return Drawn(
        each.method,
        draw(paths(each.path)),
        draw(forms(parameters)) if parameters or draw(st.integers(0, 9)) == 9 else b"",
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
    if draw(st.integers(0, 9)) == 9:
        schema = {"type": "object"}
        headers = (JSON, *draw(some_headers()))
        return Drawn(method, draw(paths(path)), b"", headers, draw(json_bodies(schema, {})))
    extra = draw(forms({})) if draw(st.integers(0, 9)) == 9 else b""
    headers = (FORM, *draw(some_headers()))
    return Drawn(method, draw(paths(path)), extra, headers, given, chunked=draw(st.booleans()))


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
