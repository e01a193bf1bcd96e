"""Lists to their end, page after page, over the links that the sandbox gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from twilio.base.exceptions import TwilioException

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conformance.python.sdk import Sdk, Typed
    from tests.sandbox.world import Device, World

    Filled = tuple[Typed, list[str]]

COUNT = 5


def services(_: World, sdk: Sdk) -> Filled:
    first = sdk.service.fetch().sid
    return sdk.services, [first, *(sdk.services.create(f"S{n}").sid for n in range(COUNT - 1))]


def webhooks(_: World, sdk: Sdk) -> Filled:
    made = sdk.service.webhooks
    return made, [made.create(f"W{n}", ["*"], "https://example.com").sid for n in range(COUNT)]


def entities(_: World, sdk: Sdk) -> Filled:
    made = sdk.service.entities
    return made, [made.create(f"identity-{n}").sid for n in range(COUNT)]


def factors(world: World, sdk: Sdk) -> Filled:
    made = [world.device("somebody", verified=False).sid for _ in range(COUNT)]
    return sdk.entity("somebody").factors, made


def challenges(world: World, sdk: Sdk) -> Filled:
    device = world.device("somebody")
    return sdk.entity("somebody").challenges, [world.pending(device) for _ in range(COUNT)]


def sids(found: Typed) -> list[str]:
    return [item.sid for item in found]


@pytest.mark.parametrize("fill", [services, webhooks, entities, factors, challenges])
def test_every_list_is_read_to_its_end(
    world: World, sdk: Sdk, fill: Callable[[World, Sdk], Filled]
) -> None:
    resource, made = fill(world, sdk)
    sdk.asked()
    assert sids(resource.list()) == made
    assert len(sdk.asked()) == 1
    assert sids(resource.list(page_size=2)) == made
    assert ["PageSize=2" in line for line in sdk.asked()] == [True] * 3
    assert sids(resource.stream(page_size=1)) == made
    assert len(sdk.asked()) == COUNT
    # As many as were made fill the last page: no empty one comes after it.
    assert sids(resource.list(page_size=COUNT)) == made
    assert len(sdk.asked()) == 1
    assert sids(resource.stream(limit=3, page_size=2)) == made[:3]
    assert len(sdk.asked()) == 2
    assert sids(resource.list(limit=2)) == made[:2]
    assert len(sdk.asked()) == 1
    assert sids(resource.list(limit=5_000, page_size=1_000)) == made


def test_pages_are_turned_both_ways(world: World, sdk: Sdk) -> None:
    resource, made = challenges(world, sdk)
    first = resource.page(order="desc", status="pending", page_size=2)
    newest = made[::-1]
    assert sids(first) == newest[:2]
    assert first.previous_page_url is None
    second = first.next_page()
    assert sids(second) == newest[2:4]
    third = second.next_page()
    assert sids(third) == newest[4:]
    assert third.next_page_url is None
    assert third.next_page() is None
    back = third.previous_page()
    assert sids(back) == newest[2:4]
    assert sids(back.previous_page()) == newest[:2]
    assert back.previous_page().previous_page() is None


def test_a_page_has_an_address(world: World, sdk: Sdk) -> None:
    resource, made = challenges(world, sdk)
    first = resource.page(page_size=2)
    assert sids(resource.get_page(first.next_page_url)) == made[2:4]
    meta = sdk.last["meta"]
    assert (meta["page"], meta["page_size"], meta["key"]) == (1, 2, "challenges")
    assert sids(resource.get_page(meta["url"])) == made[2:4]
    assert sids(resource.get_page(meta["first_page_url"])) == made[:2]
    assert sids(resource.get_page(meta["previous_page_url"])) == made[:2]
    assert sids(resource.page(page_number=2, page_size=2)) == made[4:]
    assert sids(resource.page(page_number=9, page_size=2)) == []


def test_an_answer_between_two_pages_hides_no_request(
    world: World, sdk: Sdk, device: Device
) -> None:
    made = [world.pending(device) for _ in range(4)]
    resource = sdk.entity(device.factor["identity"]).challenges
    first = resource.page(status="pending", page_size=2)
    assert sids(first) == made[:2]
    assert device.answer(made[0]).status_code == 200
    assert sids(first.next_page()) == made[2:]


def test_a_page_that_is_none(sdk: Sdk) -> None:
    """For a page the client raises without a code; the answer lies in the exception.

    Against its own documentation the client sends a limit over 1,000 as the page size.
    """
    services = sdk.services
    wrong: list[tuple[Callable[[], object], int]] = [
        (lambda: services.page(page_size=1_001), 60373),
        (lambda: services.list(limit=1_001), 60373),
        (lambda: services.page(page_token="PTx"), 60374),
        (lambda: services.page(page_number=-1), 60306),
    ]
    for call, code in wrong:
        with pytest.raises(TwilioException, match="Unable to fetch page") as refused:
            call()
        assert refused.value.args[1].status_code == 400
        assert sdk.last["code"] == code
