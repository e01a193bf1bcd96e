from __future__ import annotations

import pytest

from countersign.sandbox import dates, jose, strictjson
from countersign.sandbox.clock import MAX_OFFSET, Clock
from countersign.sandbox.forms import Form


def test_pairs_split_at_the_first_equals_sign() -> None:
    form = Form.parse(b"a=b=c/:+%2B&d&=e&&f=%zz")
    assert form.pairs == (("a", "b=c/: +"), ("d", ""), ("", "e"), ("f", "%zz"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "NaN",
        "[Infinity]",
        '{"a":1,"a":1}',
        '[{"a":{"b":1,"b":2}}]',
        '"\\ud800"',
        "[" * 99_999,
    ],
)
def test_json_that_two_readers_could_take_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message is whatever the reader says
        strictjson.loads(text)


def test_json_values_are_compared_by_value_and_kind() -> None:
    assert strictjson.same({"a": [1, {"b": None}], "c": "d"}, {"c": "d", "a": [1, {"b": None}]})
    for one, other in ((True, 1), (1, 1.0), ([1], [1, 2]), ({}, None), ({"a": 1}, {"b": 1})):
        assert not strictjson.same(one, other)


def test_base64url_has_one_spelling() -> None:
    assert jose.decode_url("AA") == b"\0"
    for text in ("AB", "AA==", "A", "A A", "", "A+", "AA\n"):
        with pytest.raises(ValueError):  # noqa: PT011 - binascii's words
            jose.decode_url(text)


def test_the_published_signature_becomes_raw() -> None:
    raw = jose.decode_standard(
        "W26f0iij5b6O4Ibuw6Xw88+6jNvxyymxS2m7ZPGfM/8i1VpFNTr2eK+VX3b1DLHy8rPm3MOpTvUH14hyNr0Gfg=="
    )
    assert len(raw) == jose.RAW_LENGTH


def test_dates() -> None:
    assert dates.http_date(1_595_351_252) == "Tue, 21 Jul 2020 17:07:32 GMT"
    assert dates.stamp(1_595_351_252) == "2020-07-21T17:07:32Z"
    assert dates.read("2020-02-19T16:39:57-08:00") == dates.read("2020-02-20T00:39:57.9Z")
    with pytest.raises(ValueError, match="offset"):
        dates.read("2020-02-19T16:39:57")


def test_the_clock_moves_from_real_time() -> None:
    clock = Clock(lambda: 100.0)
    clock.move(5)
    clock.move(7)
    assert (clock.now(), clock.offset) == (107.0, 7.0)
    for far in (MAX_OFFSET + 1, -MAX_OFFSET - 1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="at most"):
            clock.move(far)
    assert clock.now() == 107.0
