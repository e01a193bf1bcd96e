from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]


def ask(device: Device, token: str) -> httpx.Response:
    return device.call("GET", f"/Factors/{device.sid}", auth=("token", token))


@pytest.mark.parametrize(("offset", "good"), [(-60, True), (-61, False), (659, True), (660, False)])
def test_nbf_and_exp_have_a_minute_of_grace(
    world: World, device: Device, refused: Refused, offset: int, *, good: bool
) -> None:
    token = device.token()
    # The clock stands at half a second past.
    world.move(offset - 0.5)
    if good:
        assert ask(device, token).status_code == 200
    else:
        refused(ask(device, token), 401, 20003)


def test_a_401_tells_the_time(world: World, device: Device, refused: Refused) -> None:
    token = device.token()
    world.move(5_000)
    response = ask(device, token)
    refused(response, 401, 20003)
    assert response.headers["date"] == "Tue, 14 Nov 2023 23:36:40 GMT"
    assert ask(device, device.token()).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "AC" + "0" * 32},
        {"sub": None},
        {"nbf": None},
        {"exp": "1700000600"},
        {"exp": True},
        {"exp": 1_700_000_601},
        {"exp": 1_700_000_000},
        {"exp": 10**400},
    ],
)
def test_claims_are_checked(device: Device, refused: Refused, claims: dict[str, object]) -> None:
    refused(ask(device, device.token(claims=claims)), 401, 20003)


@pytest.mark.parametrize(
    "header",
    [
        {"cty": "twilio-pba;v=2"},
        {"kid": "CR" + "0" * 32},
        {"kid": None},
        {"typ": "jwt"},
        {"alg": "none"},
        {"alg": "HS256"},
        {"more": "than this"},
    ],
)
def test_the_header_is_exactly_what_it_should_be(
    device: Device, refused: Refused, header: dict[str, object]
) -> None:
    refused(ask(device, device.token(header)), 401, 20003)


def test_signatures_are_checked(world: World, device: Device, refused: Refused) -> None:
    good = device.token()
    signed, _, signature = good.rpartition(".")
    forged = world.device()
    forged.factor = device.factor
    for token in (
        forged.token(),
        f"{signed}.",
        f"{signed}.{signature[:-2]}",
        f"{signed}.{signature}==",
        f"{signed}.{'A' * 86}",
        f"{signed}.{signature}.x",
        good.replace(".", ""),
        "",
        "e30.e30.e30",
        "W10.W10.W10",
        "gIA.e30.e30",
    ):
        refused(ask(device, token), 401, 20003)
    assert ask(device, good).status_code == 200


def test_a_token_is_good_for_more_than_one_request(device: Device) -> None:
    token = device.token()
    assert [ask(device, token).status_code for _ in range(3)] == [200] * 3
