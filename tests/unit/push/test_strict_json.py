from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.push.errors import MappingError
from countersign.push.strict_json import MAX_DEPTH, canonical, check, members

MIB = 1024 * 1024


def refusal(body: bytes) -> str:
    with pytest.raises(MappingError) as caught:
        check(body)
    assert caught.value.name == "bad_answer"
    return caught.value.message


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"\\u0061":2}',
        b'{"a":{"b":1,"b":2}}',
        b'[[{"x":[{"a":1,"b":2,"a":3}]}]]',
        b'{"\\ud83d\\ude00":1,"\xf0\x9f\x98\x80":2}',
        b'{"/":1,"\\/":2}',
        b'{"":1,"":2}',
    ],
)
def test_a_member_named_twice_is_refused(body: bytes) -> None:
    assert "names a member twice" in refusal(body)


@pytest.mark.parametrize(
    "body",
    [b'{"a":1,"A":2}', b'{"a":{"a":{"a":1}}}', b'[{"a":1},{"a":1}]', b'{"\xc3\xa9":1,"e":2}'],
)
def test_equal_names_in_different_places_are_fine(body: bytes) -> None:
    check(body)


def test_names_that_only_look_alike_are_two_names() -> None:
    check('{"é":1,"e\u0301":2}'.encode())  # one letter, composed and in two parts


@pytest.mark.parametrize(("start", "end"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_nesting_ends_at_32(start: bytes, end: bytes) -> None:
    check(start * MAX_DEPTH + b"1" + end * MAX_DEPTH)
    too_deep = refusal(start * (MAX_DEPTH + 1) + b"1" + end * (MAX_DEPTH + 1))
    assert MAX_DEPTH == 32
    assert "nests deeper than 32" in too_deep


def test_brackets_in_strings_are_no_nesting() -> None:
    check(b'["' + b"[" * 100 + b'", "\\"' + b"{" * 100 + b'", "\\\\", [1]]')


def test_nesting_side_by_side_is_not_deep() -> None:
    check(b"[" + b"[[]]," * 100 + b"{}]")


@pytest.mark.parametrize(
    "body",
    [
        b'"\xff"',
        b'"\xc0\xaf"',  # an overlong slash
        b'"\xed\xa0\x80"',  # half a surrogate pair
        b'"\xf4\x90\x80\x80"',  # beyond the last code point
        b'"\xc3',
        '{"a":1}'.encode("utf-16"),
    ],
)
def test_what_is_not_utf8_is_refused(body: bytes) -> None:
    assert "isn't UTF-8" in refusal(body)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"\xef\xbb\xbf{}",
        b"NaN",
        b'{"a":NaN}',
        b"[Infinity]",
        b"[-Infinity]",
        b"{}{}",
        b"{} x",
        b"[1,]",
        b'{"a":1,}',
        b"{'a':1}",
        b"{a:1}",
        b"[01]",
        b"[1.]",
        b"[.5]",
        b"[+1]",
        b"[0x10]",
        b"[1e]",
        b'["\x01"]',
        b'["\n"]',
        b'["\\x41"]',
        b'["\\u00"]',
        b"[\xc2\xa01]",
        b"\x0c1",
        b"/* */ 1",
        b"<html>",
        "[\u0661]".encode(),
        b"True",
        b"\x00",
    ],
)
def test_what_is_not_json_is_refused(body: bytes) -> None:
    assert "isn't JSON" in refusal(body)


@pytest.mark.parametrize("body", [b"1e99999999999999999999", b"[-1E+99999999999999999999]"])
def test_an_exponent_that_no_reader_holds_is_refused(body: bytes) -> None:
    assert "isn't JSON" in refusal(body)


@pytest.mark.parametrize("number", [b"9" * 5000, b"-" + b"9" * 5000, b"0." + b"3" * 5000, b"1e400"])
def test_a_number_of_any_length_is_fine(number: bytes) -> None:
    check(b"[" + number + b"]")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 8 * MIB,
        b'{"a":' * (8 * MIB // 5),
        b'"' * 8 * MIB,
        b'"' + b'\\"' * 4 * MIB,
        b'["' + b"a" * 8 * MIB,
        b"[" + b'"",' * (8 * MIB // 3),
        b"{" + b'"' * 8 * MIB,
        b"1" * 8 * MIB + b"x",
        b" " * 8 * MIB,
        b"[" * 33 + b'"' + b"\\\\" * 4 * MIB + b'"' + b"]" * 33,
        b"[" * 33 + b'"' + b"[" * 8 * MIB + b'"' + b"]" * 33,
    ],
    ids=lambda body: f"{body[:6]!r}",
)
def test_a_great_deal_of_rubbish_is_refused_all_the_same(body: bytes) -> None:
    refusal(body)


def test_a_string_as_long_as_an_answer_may_be_is_fine() -> None:
    check(b'["' + b"a[\\\\" * 2 * MIB + b'"]')


# --- members --


def test_members_keep_the_exact_text_and_order() -> None:
    body = b' { "b" : [ 1.50 , "\\/" ] ,\n"a":{"x" : 1E2},"\\u0063":  null } '
    found = members(body)
    assert [(name, bytes(value)) for name, value in found.items()] == [
        ("b", b'[ 1.50 , "\\/" ]'),
        ("a", b'{"x" : 1E2}'),
        ("c", b"null"),
    ]


@pytest.mark.parametrize("body", [b"[]", b"1", b'"a"', b"null", b'{"\\ud800":1}'])
def test_what_is_no_object_has_no_members(body: bytes) -> None:
    with pytest.raises(MappingError):
        members(body)


# --- canonical --

SAME = [
    (b"1", b"1.0"),
    (b"100", b"1e2"),
    (b"0", b"-0.0"),
    (b"0.1", b"0.10"),
    (b'{"a":1,"b":2}', b'{ "b":2, "a":1 }'),
    (b'"a/\xc3\xa9"', b'"\\u0061\\/\\u00E9"'),
    (b'"\\ud83d\\ude00"', b'"\xf0\x9f\x98\x80"'),
    (b"[1, [ ] ]", b"[1,[]]"),
    (b"1e999999999999", b"10E+999999999998"),
]
DIFFERENT = [
    (b"1", b"true"),
    (b"0", b"false"),
    (b"0", b"null"),
    (b"1", b'"1"'),
    (b'"true"', b"true"),
    (b'""', b"null"),
    (b"[]", b"{}"),
    (b"[]", b"null"),
    (b"[1,2]", b"[2,1]"),
    (b"[1]", b"[1,1]"),
    (b'{"a":1}', b'{"a":1,"b":null}'),
    (b'{"a":1}', b'{"A":1}'),
    (b'{"a":[1]}', b'{"a":[true]}'),
    (b"0.1", b"0.10000000000000000001"),
    (b"9007199254740993", b"9007199254740992.0"),
    (b"1" * 5000, b"1" * 4999 + b"2"),
    (b'"\xc3\xa9"', b'"e\xcc\x81"'),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_a_value_written_another_way_is_the_same(one: bytes, other: bytes) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_value_is_not_the_same(one: bytes, other: bytes) -> None:
    assert canonical(one) != canonical(other)
    assert canonical(b"[" + one + b"]") != canonical(b"[" + other + b"]")
    assert canonical(b'{"a":' + one + b"}") != canonical(b'{"a":' + other + b"}")


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_values_compare_as_their_plain_writing_does(one: object, other: object) -> None:
    texts = [json.dumps(value, sort_keys=True).encode() for value in (one, other)]
    assert (canonical(texts[0]) == canonical(texts[1])) is (texts[0] == texts[1])
    assert canonical(json.dumps(one, ensure_ascii=False).encode()) == canonical(texts[0])
