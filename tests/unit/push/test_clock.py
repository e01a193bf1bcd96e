from __future__ import annotations

import pytest

from countersign.push.clock import MAX_CORRECTION, ServiceClock
from countersign.push.errors import TokenError
from tests.unit.push.push_support import NOW


def clock(**offsets: float) -> ServiceClock:
    return ServiceClock(local=lambda: float(NOW), **offsets)


def test_without_any_word_of_the_service_local_time_holds() -> None:
    assert (clock().now(), clock().token_now()) == (NOW, NOW)


def test_what_is_shown_follows_each_date_and_tokens_do_not() -> None:
    ours = clock()
    for offset in (90.0, -30.0):
        ours.observe(NOW + offset)
        assert (ours.now(), ours.token_now()) == (NOW + offset, NOW)


def test_a_correction_moves_both() -> None:
    ours = clock()
    ours.correct_tokens(NOW + 7200.0)
    assert (ours.token_offset, ours.display_offset) == (7200.0, 7200.0)


def test_no_date_changes_nothing() -> None:
    ours = clock(display_offset=5.0)
    ours.observe(None)
    assert ours.display_offset == 5.0


@pytest.mark.parametrize("sign", [1, -1])
def test_a_day_is_believed_and_more_is_not(sign: int) -> None:
    ours = clock()
    ours.correct_tokens(NOW + sign * MAX_CORRECTION)
    assert ours.token_offset == sign * 24 * 3600
    beyond = NOW + sign * (MAX_CORRECTION + 1)
    ours.observe(beyond)
    with pytest.raises(TokenError) as caught:
        ours.correct_tokens(beyond)
    assert (caught.value.name, caught.value.code) == ("clock", 60407)
    assert ours.token_offset == ours.display_offset == sign * 24 * 3600
