from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import Device, World

    Refused = Callable[[httpx.Response, int, int], None]

SIGNED = (
    "sid,account_sid,service_sid,entity_sid,identity,factor_sid,date_created,date_updated,"
    "expiration_date,status,details,hidden_details"
)
HEADER = "Twilio-Verify-Signature-Fields"


def test_signature_fields_come_with_one_challenge_to_its_device_alone(
    world: World, device: Device
) -> None:
    made = world.challenge(device)
    sid = made.json()["sid"]
    assert device.fetch(sid).headers[HEADER] == SIGNED
    others = (
        made,
        world.company("GET", f"{device.path}/Challenges/{sid}"),
        device.call("GET", "/Challenges"),
        world.company("GET", f"{device.path}/Challenges"),
    )
    assert [HEADER in response.headers for response in others] == [False] * 4


def test_challenges_expire_by_the_sandboxs_clock(world: World, device: Device) -> None:
    sid = world.pending(device)
    world.move(299.4)
    assert device.fetch(sid).json()["status"] == "pending"
    world.move(299.5)
    assert device.fetch(sid).json()["status"] == "expired"
    assert [
        len(device.call("GET", "/Challenges", params={"Status": status}).json()["challenges"])
        for status in ("pending", "expired", "approved", "denied")
    ] == [0, 1, 0, 0]
    world.move(0)
    assert device.fetch(sid).json()["status"] == "pending"


def test_details_have_a_date_where_the_service_includes_it(world: World, device: Device) -> None:
    assert "date" not in world.challenge(device).json()["details"]
    world.company("POST", "", data={"Push.IncludeDate": "true"})
    made = world.challenge(device).json()
    assert made["details"]["date"] == "2023-11-14T22:13:20Z"
    assert device.answer(made["sid"]).status_code == 200


def test_lists_are_filtered_and_ordered(world: World, device: Device, refused: Refused) -> None:
    other = world.device(str(device.factor["identity"]))
    sids = [world.pending(device) for _ in range(4)]
    foreign = world.pending(other)
    device.answer(sids[1])
    device.answer(sids[2], "denied")

    def listed(**params: str) -> list[str]:
        body = device.call("GET", "/Challenges", params=params).json()
        return [item["sid"] for item in body["challenges"]]

    assert listed() == sids
    assert listed(Order="asc", FactorSid=device.sid) == sids
    assert listed(Order="desc", Status="pending") == [sids[3], sids[0]]
    assert listed(Status="approved") == [sids[1]]
    assert listed(Status="denied") == [sids[2]]
    every = world.company("GET", f"{device.path}/Challenges").json()["challenges"]
    assert [item["sid"] for item in every] == [*sids, foreign]
    params = {"FactorSid": other.sid}
    one = world.company("GET", f"{device.path}/Challenges", params=params).json()["challenges"]
    assert [item["sid"] for item in one] == [foreign]
    refused(device.call("GET", "/Challenges", params=params), 404, 20404)
    for bad in ({"Status": "Pending"}, {"Order": "up"}, {"FactorSid": "YF1"}):
        refused(device.call("GET", "/Challenges", params=bad), 400, 60306)


@pytest.mark.parametrize("spelling", ["PageToken", "pageToken"])
def test_answering_while_paging_skips_nothing(world: World, device: Device, spelling: str) -> None:
    sids = [world.pending(device) for _ in range(6)]
    seen: list[str] = []
    params = {"FactorSid": device.sid, "Status": "pending", "Order": "desc", "PageSize": "2"}
    token: str | None = None
    while True:
        page = params if token is None else params | {spelling: token}
        body = device.call("GET", "/Challenges", params=page).json()
        for item in body["challenges"]:
            seen.append(item["sid"])
            device.answer(item["sid"])
        following = body["meta"]["next_page_url"]
        if following is None:
            break
        found = re.search(r"[?&]PageToken=([^&]+)", following)
        assert found is not None
        token = found[1]
        assert "Status=pending" in following
    assert seen == sids[::-1]


def test_a_device_reads_only_its_own_challenges(
    world: World, device: Device, refused: Refused
) -> None:
    other = world.device(str(device.factor["identity"]))
    sid = world.pending(other)
    refused(device.fetch(sid), 404, 20404)
    refused(device.post(sid, "a.b.c"), 404, 20404)
    refused(device.fetch("YC" + "0" * 32), 404, 20404)
    refused(world.company("DELETE", f"{device.path}/Challenges/{sid}"), 405, 20004)


def test_metadata_is_set_alone_by_either(world: World, device: Device, refused: Refused) -> None:
    sid = world.pending(device)
    url = f"{device.path}/Challenges/{sid}"
    world.move(5)
    body = device.call("POST", f"/Challenges/{sid}", data={"Metadata": '{"a":"b"}'}).json()
    assert (body["metadata"], body["status"]) == ({"a": "b"}, "pending")
    assert body["date_updated"] == "2023-11-14T22:13:25Z"
    done = world.company("POST", url, data={"Metadata": '{"c":"d"}'})
    assert done.json()["metadata"] == {"c": "d"}
    refused(world.company("POST", url, data={"Metadata": "[]"}), 400, 60306)
    assert device.answer(sid).json()["metadata"] == {"c": "d"}


def test_challenges_outlive_their_factor(world: World, device: Device) -> None:
    sid = world.pending(device)
    device.answer(sid)
    device.call("DELETE", f"/Factors/{device.sid}")
    seen = world.company("GET", f"{device.path}/Challenges/{sid}").json()
    assert (seen["status"], seen["factor_sid"]) == ("approved", device.sid)
