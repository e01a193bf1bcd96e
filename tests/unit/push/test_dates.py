from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countersign.push.dates import format_date, parse_date, parse_http_date
from tests.unit.push.push_support import HTTP_DATE, NOW

AT = datetime(2020, 2, 20, 0, 39, 57, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-02-20T00:39:57Z", AT),
        ("2020-02-19T16:39:57-08:00", AT),
        ("2020-02-20T06:09:57+05:30", AT),
        ("2020-02-20T00:39:57.5Z", AT + timedelta(milliseconds=500)),
        ("2020-02-20T00:39:57.123456789Z", AT + timedelta(microseconds=123456)),
        ("2020-02-20T00:39:57+00:00", AT),
        ("2020-02-29T00:00:00Z", datetime(2020, 2, 29, tzinfo=UTC)),
    ],
)
def test_the_services_dates_are_read_with_offsets_and_fractions(
    text: str, expected: datetime
) -> None:
    assert parse_date(text) == expected
    assert parse_date(text).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020-02-20",
        "2020-02-20T00:39:57",  # of which zone?
        "2020-02-20 00:39:57Z",
        "2020-02-20T00:39Z",
        "20200220T003957Z",
        "2020-W08-4T00:39:57Z",
        "2020-02-20T00:39:57z",
        "2020-02-20T00:39:57+0000",
        "2020-02-20T00:39:57.Z",
        "2020-02-20T00:39:57,5Z",
        "2020-02-20T00:39:57.1234567890Z",
        "2020-02-30T00:39:57Z",
        "2020-02-20T25:39:57Z",
        "2020-02-20T00:39:60Z",
        "2020-02-20T00:39:57+24:00",
        "2020-02-20T00:39:57Z\n",
        " 2020-02-20T00:39:57Z",
        "٢٠٢٠-02-20T00:39:57Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_date(text)


@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))  # noqa: DTZ001 - hypothesis wants its bounds naive
def test_a_date_is_written_as_the_service_writes_it(naive: datetime) -> None:
    whole = naive.replace(microsecond=0, tzinfo=UTC)
    assert parse_date(format_date(whole)) == whole
    assert parse_date(format_date(whole.astimezone(timezone(timedelta(hours=-8))))) == whole


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))  # noqa: DTZ001 - as above
def test_http_dates_are_read(naive: datetime) -> None:
    whole = naive.replace(microsecond=0, tzinfo=UTC)
    assert parse_http_date(format_datetime(whole, usegmt=True)) == whole.timestamp()


def test_the_older_forms_of_http_dates_are_read() -> None:
    assert parse_http_date("Tuesday, 21-Jul-20 19:15:02 GMT") == NOW
    assert parse_http_date("Tue Jul 21 19:15:02 2020") == NOW


@pytest.mark.parametrize("zone", ["", " -0000"])
def test_an_http_date_without_a_zone_is_not_read_as_local_time(
    monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert parse_http_date(HTTP_DATE.removesuffix(" GMT") + zone) == NOW
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("text", [None, "", " ", ",", "soon", "Tue, 99 Jul 2020 17:07:32 GMT", "0"])
def test_no_http_date_is_none(text: str | None) -> None:
    assert parse_http_date(text) is None


@given(st.text() | st.from_regex(r"\w{3}, \d+ \w{3} \d+ \d+:\d+:\d+ ([+-]?\d+|\w+)"))
def test_any_text_is_an_http_date_or_none(text: str) -> None:
    assert isinstance(parse_http_date(text), float | None)
