"""What the sandbox is fuzzed with: values that a schema allows, and values that nobody expects.

`@names@` in a value are replaced when it is sent, by sids and signatures that hold there and then.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

Json = dict[str, Any]
KNOWN: Final = (
    *("@factor@", "@unverified@", "@challenge@", "@identity@", "@webhook@"),
    *("@answer@", "@signature@", "@key@", "@token@", "@permission@", "@delivery@", "@fault@"),
)
_FITTING: Final = {"factor_sid": "@factor@", "identity": "@identity@", "sid": "@challenge@"}
"""What a schema can't say: which text is the sid of something that is there."""
DEEP: Final = 40_000
NASTY: Final = (
    *("", " ", "\0", "a\0b", "\r\nX: y", "\u202e", "\ufeff", "\ufffe", "e\u0301" * 99, "😀" * 65),
    *("x" * 37, "x" * 129, "x" * 257, "x" * 1_025, "x" * 5_457, "x" * 70_000),
    *("0", "-1", "1e999", "9" * 18, "9" * 19, "9" * 5_000, "٢", "²", "0x10", "1_0", "+1", "1.0"),
    *(
        "null",
        "true",
        "TRUE",
        "[]",
        "{}",
        '"',
        "{",
        '{"a":1}',
        '{"a":"b","a":"c"}',
        '{"a":"\\ud800"}',
    ),
    *("[" * DEEP, '{"a":' * DEEP, "[" * DEEP + "]" * DEEP, "[1e999]", "NaN", '[{"label":"a"}]'),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2023-11-14T22:14:20.5Z", "P1D"),
    *("../..", "/", "%", "%zz", "%00", "*" * 200, "[!a]*[", "%s%n{0}", "'; DROP TABLE factors; --"),
    *(
        "a.b.c",
        "e30.e30.AA",
        "....",
        "AA==",
        "A" * 124,
        "PT",
        "PTbi4wLjA",
        "PTbi4xLjk5OTk5OTk5OTk5",
    ),
    *("http://127.0.0.1:1/", "https://[::1", "http://a@b/", "http://x:99999/", "javascript:1"),
    *("YF" + "0" * 32, "YC" + "f" * 32, "CR" + "0" * 32, "AC" + "a" * 31),
)
TEXT: Final = st.one_of(
    st.sampled_from(NASTY), st.sampled_from(KNOWN), st.text(st.characters(), max_size=12)
)
ODD: Final[SearchStrategy[object]] = st.recursive(
    st.one_of(
        st.sampled_from([None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63) - 1, 10**30]),
        st.sampled_from([10**4_000, 0.1, -0.0, 1e308, 1e-320, 5e15, 10**9 + 1]),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        TEXT,
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)


def allowed(schema: Json, components: Json) -> SearchStrategy[Any]:
    """Draw what a schema of an OpenAPI document allows."""
    if "$ref" in schema:
        return allowed(components[schema["$ref"].rpartition("/")[2]], components)
    if "anyOf" in schema:
        return st.one_of(*(allowed(each, components) for each in schema["anyOf"]))
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return _KINDS[schema["type"]](schema, components)


def _integers(schema: Json, _components: Json) -> SearchStrategy[int]:
    low, high = schema["minimum"], schema["maximum"]
    return st.integers(low, high) | st.sampled_from([low, high])


def _numbers(schema: Json, _components: Json) -> SearchStrategy[float]:
    low, high = schema["minimum"], schema["maximum"]
    return st.floats(low, high) | st.sampled_from([low, high])


def _arrays(schema: Json, components: Json) -> SearchStrategy[list[Any]]:
    items = allowed(schema["items"], components)
    most = min(schema.get("maxItems", 9), 25)
    return st.lists(items, min_size=schema.get("minItems", 0), max_size=most)


def _strings(schema: Json, _components: Json) -> SearchStrategy[str]:
    if "maxLength" in schema:
        return st.text(min_size=schema.get("minLength", 0), max_size=min(schema["maxLength"], 64))
    return st.sampled_from([*KNOWN[:4], *schema.get("examples", ())])


def _objects(schema: Json, components: Json) -> SearchStrategy[Json]:
    if "properties" not in schema:
        values = st.text(max_size=9)
        return st.dictionaries(st.text(max_size=9), values, max_size=3)
    members = {name: allowed(each, components) for name, each in schema["properties"].items()}
    needed = {name: members.pop(name) for name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional=members)


_KINDS: Final[dict[str, Callable[[Json, Json], SearchStrategy[Any]]]] = {
    "null": lambda _schema, _components: st.none(),
    "boolean": lambda _schema, _components: st.booleans(),
    "integer": _integers,
    "number": _numbers,
    "string": _strings,
    "array": _arrays,
    "object": _objects,
}


@st.composite
def json_bodies(draw: st.DrawFn, schema: Json | None, components: Json) -> bytes:
    """Draw a body that the schema allows, one with a mistake or more, or anything at all."""
    if schema is None or draw(st.integers(0, 9)) == 9:
        return draw(st.binary(max_size=64) | ODD.map(_written))
    body = draw(allowed(schema, components))
    if draw(st.sampled_from([True, True, False])):
        body |= {
            name: there for name, there in _FITTING.items() if name in _members(schema, components)
        }
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        name = draw(st.sampled_from([*body, "another"]) if body else st.just("another"))
        if draw(st.integers(0, 4)) == 0:
            body.pop(name, None)
        else:
            body[name] = draw(ODD)
    written = _written(body, ascii_only=draw(st.booleans()))
    return _broken(draw, written) if draw(st.integers(0, 9)) == 9 else written


def _members(schema: Json, components: Json) -> Json:
    named: Json = components[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return dict(named.get("properties", {}))


def _written(value: object, *, ascii_only: bool = True) -> bytes:
    return json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")


def _broken(draw: st.DrawFn, body: bytes) -> bytes:
    at = draw(st.integers(0, len(body)))
    return draw(
        st.sampled_from(
            [
                body[:at],
                body[:at] + b"\xff" + body[at:],
                b"\xef\xbb\xbf" + body,
                body.decode("utf-8", "replace").encode("utf-16"),
                b"\x1f\x8b" + body,
                body + body,
                b'{"count":1,"count":2}',
                b" " * (256 * 1024) + body,
            ]
        )
    )


@st.composite
def forms(draw: st.DrawFn, parameters: dict[str, SearchStrategy[str]]) -> bytes:
    """Draw a form or a query of known parameters: good ones, bad ones, repeated ones, rubbish."""
    if draw(st.integers(0, 19)) == 19:
        rubbish = [b"&" * 2_000, b"a&" * 1_001, b"%ff=%fe", b"=", b"%", b"a=b=c;d=%0", b"%00=%00"]
        return draw(st.sampled_from(rubbish))
    pairs = [(name, draw(good)) for name, good in parameters.items() if draw(st.integers(0, 9)) < 9]
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        name = draw(st.sampled_from([*parameters, "Another"]))
        if draw(st.booleans()):
            pairs = [pair for pair in pairs if pair[0] != name]
        pairs.append((name, draw(TEXT)))
    return b"&".join(escaped(name) + b"=" + escaped(value) for name, value in pairs)


def escaped(text: str) -> bytes:
    """Write a value as addresses and forms do; the names in it stay to be found."""
    return quote(text, safe="@", errors="surrogatepass").encode()


HEADERS: Final = (
    ("Accept", "text/html;q=1e9"),
    ("Accept-Encoding", "gzip, \xff"),
    ("Authorization", "Basic ///"),
    ("Authorization", "Basic " + "A" * 9_000),
    ("Authorization", "Basic YTpi"),
    ("Authorization", "Basic dG9rZW46YS5iLmM="),
    ("Authorization", "Bearer \xe9"),
    ("Authorization", "BASIC AAAA"),
    ("Content-Encoding", "gzip"),
    ("Content-Type", "application/json; charset=utf-16"),
    ("Content-Type", "multipart/form-data; boundary="),
    ("Content-Type", "\xff"),
    ("Content-Type", ""),
    ("Cookie", "a=b; c"),
    ("Expect", "100-continue"),
    ("If-None-Match", "*"),
    ("Origin", "null"),
    ("Origin", "http://\xe9vil.example"),
    ("Range", "bytes=5-1"),
    ("Referer", "\xff" * 900),
    ("Sec-Fetch-Site", "cross-site"),
    ("X-Forwarded-Host", "evil.example"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("X-Sandbox-Token", "\xff\xfe"),
    ("X-Sandbox-Token", ""),
)
METHODS: Final = (
    *("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"),
    *("get", "QUERY", "M" * 99, "!#$%&'*+-.^_`|~"),
)
