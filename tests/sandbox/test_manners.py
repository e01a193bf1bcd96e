from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.world import World

    Refused = Callable[[httpx.Response, int, int], None]

WHO = "0f5b2f9e-user"


def test_nobody_gets_in_without_the_right_credentials(world: World, refused: Refused) -> None:
    sid, token = world.sandbox.account_sid, world.sandbox.auth_token
    for auth in ((sid, "wrong"), ("AC" + "0" * 32, token), ("token", token), (sid, "")):
        response = world.http.get(world.service, auth=auth)
        refused(response, 401, 20003)
        assert response.headers["www-authenticate"] == 'Basic realm="Twilio API"'
    for header in ("", "Basic", "Basic ???", "Basic bm9jb2xvbg==", "Bearer x", "Basic /w=="):
        refused(world.http.get(world.service, headers={"Authorization": header}), 401, 20003)
    refused(world.http.get(world.service), 401, 20003)


def test_who_may_not_call_learns_nothing_of_what_exists(world: World, refused: Refused) -> None:
    refused(world.http.get(f"{world.sandbox.api_url}/Services/VA1/Entities/x"), 401, 20003)


def test_unknown_paths_and_methods_speak_twilios_shape(world: World, refused: Refused) -> None:
    refused(world.company("GET", f"{world.base}/v2/Nothing"), 404, 20404)
    refused(world.company("GET", f"{world.base}/elsewhere"), 404, 20404)
    refused(world.company("GET", f"{world.base}/v2/Services/"), 404, 20404)
    refused(world.company("PATCH", ""), 405, 20004)


def test_bodies_that_nobody_should_send_are_refused(world: World, refused: Refused) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (b"Identity=%ff%fe%ff%fe%ff", b"Identity=" + b"x" * 300_000, b"a&" * 2_000):
        refused(world.company("POST", "/Entities", content=body, headers=form), 400, 60306)
    refused(world.company("POST", "/Entities", json={"Identity": WHO}), 400, 60306)


def test_lists_are_read_in_pages_both_ways(world: World) -> None:
    names = [f"identity-{number}" for number in range(5)]
    for name in names:
        world.company("POST", "/Entities", data={"Identity": name})
    first = world.company("GET", "/Entities", params={"PageSize": "2"}).json()
    assert set(first["meta"]) == {
        "first_page_url",
        "key",
        "next_page_url",
        "page",
        "page_size",
        "previous_page_url",
        "url",
    }
    assert first["meta"]["key"] == "entities"
    assert first["meta"]["previous_page_url"] is None
    pages = [first]
    while pages[-1]["meta"]["next_page_url"]:
        pages.append(world.company("GET", pages[-1]["meta"]["next_page_url"]).json())
    assert [item["identity"] for page in pages for item in page["entities"]] == names
    assert [page["meta"]["page"] for page in pages] == [0, 1, 2]
    assert all(page["meta"]["page_size"] == 2 for page in pages)
    back = world.company("GET", pages[2]["meta"]["previous_page_url"]).json()
    assert [item["identity"] for item in back["entities"]] == names[2:4]
    assert (
        world.company("GET", back["meta"]["previous_page_url"]).json()["entities"]
        == (first["entities"])
    )
    assert world.company("GET", back["meta"]["next_page_url"]).json() == pages[2]
    assert world.company("GET", first["meta"]["first_page_url"]).json() == first
    assert world.company("GET", pages[1]["meta"]["url"]).json() == pages[1]
    by_number = world.company("GET", "/Entities", params={"PageSize": "2", "Page": "1"}).json()
    assert by_number["entities"] == pages[1]["entities"]


def test_links_lead_back_the_way_the_caller_came(world: World) -> None:
    url = world.service.replace("127.0.0.1", "localhost")
    body = world.company("GET", f"{url}/Entities").json()
    assert body["meta"]["url"].startswith(url)


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"PageSize": "0"}, 60373),
        ({"PageSize": "1001"}, 60373),
        ({"PageSize": "-1"}, 60373),
        ({"PageSize": "ten"}, 60373),
        ({"PageSize": ""}, 60373),
        ({"Page": "-1"}, 60306),
        ({"PageToken": "nonsense"}, 60374),
        ({"PageToken": ""}, 60374),
        ({"PageToken": "PTbi4xLng"}, 60374),
        ({"PageToken": "PTbi4xLjE", "pageToken": "PTbi4xLjI"}, 60374),
    ],
)
def test_paging_is_checked(
    world: World, refused: Refused, params: dict[str, str], code: int
) -> None:
    refused(world.company("GET", "/Entities", params=params), 400, code)


def test_the_largest_page_is_taken(world: World) -> None:
    response = world.company("GET", "/Entities", params={"PageSize": "1000"})
    assert response.json()["meta"]["page_size"] == 1000
    assert world.company("GET", "/Entities").json()["meta"]["page_size"] == 50


def test_every_answer_carries_the_sandboxs_own_date(world: World) -> None:
    world.move(86_400)
    assert world.company("GET", "").headers["date"] == "Wed, 15 Nov 2023 22:13:20 GMT"
    assert world.http.get(world.base).headers["date"] == "Wed, 15 Nov 2023 22:13:20 GMT"


@pytest.mark.expect_log("ERROR countersign.sandbox.call: .*/Entities failed")
def test_an_unexpected_error_is_twilios_500_and_logged(
    world: World,
    refused: Refused,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("countersign.sandbox.render.entity", broken)
    refused(world.company("POST", "/Entities", data={"Identity": WHO}), 500, 20500)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert WHO not in caplog.records[0].getMessage()
    caplog.clear()
    monkeypatch.undo()
    # The failed request's transaction was undone.
    assert world.company("GET", "/Entities").json()["entities"] == []
