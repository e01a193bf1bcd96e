from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator, validate
from starlette.routing import Route

from countersign.sandbox.app import create_app
from countersign.sandbox.client import SandboxClient
from countersign.sandbox.openapi.document import document
from tests.sandbox.openapi_judge import documented

if TYPE_CHECKING:
    from collections.abc import Callable

    import httpx

    from tests.sandbox.openapi_judge import Documented
    from tests.sandbox.world import World

    Refused = Callable[[httpx.Response, int, int], None]

DOCUMENT: dict[str, Any] = document("http://127.0.0.1:1")
ALL = list(documented(DOCUMENT))
DOCS = Path(__file__).parents[2] / "docs" / "sandbox.md"


def test_it_is_a_valid_document() -> None:
    validate(DOCUMENT, cls=OpenAPIV31SpecValidator)


def test_every_control_call_is_in_it_and_nothing_else(world: World) -> None:
    routes = {
        f"{method} {route.path}"
        for route in create_app(world.sandbox.sandbox).routes
        if isinstance(route, Route) and route.path.startswith("/control")
        for method in route.methods or ()
    }
    # A server answers HEAD wherever it answers GET, by what HTTP says.
    heads = {call for call in routes if call.startswith("HEAD")}
    assert {call.replace("HEAD", "GET") for call in heads} <= routes
    assert {each.id for each in ALL} == routes - heads


def test_the_documentation_names_the_same_calls() -> None:
    section = DOCS.read_text(encoding="utf-8").partition("\n## Control API\n")[2]
    table = section.partition("\n## ")[0]
    told = re.findall(
        r"`((?:GET|POST|DELETE) /control[^`?]*)",
        "\n".join(line.split("|")[1] for line in table.splitlines() if line.startswith("|")),
    )
    assert sorted(told) == sorted(each.id for each in ALL)


def test_the_documentation_names_every_member_of_a_body() -> None:
    section = DOCS.read_text(encoding="utf-8").partition("\n## Control API\n")[2]
    rows = {
        call: row
        for row in section.partition("\n## ")[0].splitlines()
        for call in re.findall(r"`((?:GET|POST|DELETE) /control[^`?]*)", row[: row.find("|", 1)])
    }
    for each in ALL:
        body = each.json.get("requestBody")
        if body is None:
            continue
        name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        inherited = rows["POST /control/challenges"] if "bursts" in each.path else ""
        for member in DOCUMENT["components"]["schemas"][name]["properties"]:
            assert f"`{member}`" in rows[each.id] + inherited, (each.id, member)


def test_the_sandbox_serves_it_with_its_own_address(world: World) -> None:
    served = world.http.get(f"{world.base}/control/openapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.json() == document(world.base)
    assert served.json()["servers"] == [{"url": world.base}]


@pytest.mark.parametrize("each", ALL, ids=lambda each: each.id)
def test_the_token_is_needed_where_it_says_so(
    world: World, refused: Refused, each: Documented
) -> None:
    url = world.base + re.sub(r"{\w+}", "1", each.path)
    plain = world.http.request(each.method, url)
    if each.json["security"]:
        refused(plain, 403, 20403)
        for headers in ({"X-Sandbox-Token": "wrong"}, {"Origin": "http://evil.example"}):
            refused(world.http.request(each.method, url, headers=headers), 403, 20403)
        for headers in (
            {"X-Sandbox-Token": world.sandbox.auth_token},
            {"Origin": world.base},
        ):
            allowed = world.http.request(each.method, url, headers=headers)
            assert allowed.status_code != 403
    else:
        assert plain.status_code in {200, 404}


def test_every_operation_has_a_name_of_its_own_and_most_are_the_clients() -> None:
    names = [each.json["operationId"] for each in ALL]
    assert len(set(names)) == len(names)
    methods = {name for name, _ in inspect.getmembers(SandboxClient, inspect.isfunction)}
    # Turning one fault off is `clear_faults` with its number.
    assert set(names) - methods == {"clear_fault"}


def test_every_answer_that_it_names_is_described() -> None:
    for each in ALL:
        for status, response in each.json["responses"].items():
            empty = status == "204"
            assert ("content" in response) is not empty, (each.id, status)
