"""Which sign-in addresses may be opened."""

from __future__ import annotations

import re

import pytest

from countersign.device.silent.address import checked_template, expanded, new_transaction
from countersign.push.errors import InputError

API = "https://verify.twilio.com/v2"
LOOPBACK = "http://127.0.0.1:4010/v2"


@pytest.mark.parametrize(
    "template",
    [
        "https://login.example.com/start?id={transaction}",
        "https://login.example.com/{factor}/{transaction}",
        "https://login.example.com/start?id={transaction}&f={factor}&g={factor}",
        " https://login.example.com:8443?{transaction}\n",
    ],
)
def test_a_good_one(template: str) -> None:
    assert checked_template(template, API) == template.strip()


@pytest.mark.parametrize(
    "template",
    [
        "",
        "https://login.example.com/start",
        "https://login.example.com/{factor}",
        "https://login.example.com/{transaction}/{transaction}",
        "https://{transaction}.example.com/",
        "https://{factor}/{transaction}",
        "https://login.example.com:{transaction}/",
        "https://login.example.com/{transaction}#x",
        "https://jane:secret@login.example.com/{transaction}",
        "https://login.example.com/{transaction}{user}",
        "https://login.example.com/{{transaction}}",
        "javascript:alert({transaction})",
        "file:///etc/{transaction}",
        "http://login.example.com/{transaction}",
        "http://127.0.0.1/{transaction}",
    ],
)
def test_any_other_is_refused(template: str) -> None:
    with pytest.raises(InputError):
        checked_template(template, API)


def test_a_loopback_account_may_sign_in_on_loopback() -> None:
    template = "http://127.0.0.1:4010/sign-in?id={transaction}"
    assert checked_template(template, LOOPBACK) == template


def test_a_loopback_account_may_not_sign_in_elsewhere_in_the_clear() -> None:
    with pytest.raises(InputError):
        checked_template("http://example.com/{transaction}", LOOPBACK)


def test_each_id_is_128_bits_and_fresh() -> None:
    ids = {new_transaction() for _ in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)


def test_both_ids_are_filled_in() -> None:
    assert expanded("https://a/{factor}?{transaction}", "t", "YF1") == "https://a/YF1?t"
