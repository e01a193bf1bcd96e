from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from countersign import __version__
from countersign.push.backend import AccessToken
from countersign.push.create import NewFactor, create_factor
from countersign.push.errors import AnswerLostError, ApiError, MappingError
from tests.unit.push.push_support import (
    CREDENTIAL_SID,
    FACTOR_SID,
    HTTP_DATE,
    IDENTITY,
    LOST,
    SERVICE_SID,
    ScriptedHttp,
    access_token,
    answer,
    as_json,
    factor_body,
    reply,
    run,
)

if TYPE_CHECKING:
    from countersign.push.http import Http
    from tests.unit.push.push_support import Server

NEW = NewFactor("Büro & Co", b"\xfb\xff\xfe", {"os": "Ümlaut/1"})
CREATED = answer(201, factor_body())


async def test_a_factor_is_created_by_one_post(server: Server, http: Http) -> None:
    server.answer_with(CREATED)
    factor = await create_factor(http, f"{server.url}/v2", access_token(), NEW)
    (got,) = server.requests
    assert got.method == "POST"
    assert got.target == f"/v2/Services/{SERVICE_SID}/Entities/{IDENTITY}/Factors"
    assert got.basic == ("token", "a.b.c.d.e")
    assert (factor.sid, factor.credential_sid) == (FACTOR_SID, CREDENTIAL_SID)


async def test_the_form_is_flat_and_names_no_notification_token(server: Server, http: Http) -> None:
    server.answer_with(CREATED)
    await create_factor(http, server.url, access_token(), NEW)
    form = dict(server.requests[0].form)
    assert len(form) == len(server.requests[0].form)
    assert json.loads(form.pop("Metadata")) == {"os": "Ümlaut/1"}
    assert form == {
        "FriendlyName": "Büro & Co",
        "FactorType": "push",
        "Binding.Alg": "ES256",
        "Binding.PublicKey": "+//+",
        "Config.AppId": "countersign",
        "Config.SdkVersion": __version__,
        "Config.NotificationPlatform": "none",
    }


async def test_an_identity_is_percent_encoded(server: Server, http: Http) -> None:
    token = AccessToken("t", SERVICE_SID, "a/b c?ü%")
    server.answer_with(answer(201, factor_body(identity="a/b c?ü%")))
    await create_factor(http, server.url, token, NEW)
    assert server.requests[0].target == (
        f"/Services/{SERVICE_SID}/Entities/a%2Fb%20c%3F%C3%BC%25/Factors"
    )


@pytest.mark.parametrize("headers", [(), (("Date", HTTP_DATE),)])
async def test_a_401_means_that_the_token_ran_out_and_is_never_retried(
    server: Server, http: Http, headers: tuple[tuple[str, str], ...]
) -> None:
    body = {"code": 20003, "message": "Authenticate", "more_info": "https://x", "status": 401}
    server.answer_with(answer(401, body, headers=headers), CREATED)
    with pytest.raises(ApiError) as caught:
        await create_factor(http, server.url, access_token(), NEW)
    error = caught.value
    assert (error.name, error.code, error.status) == ("token_expired", 20003, 401)
    assert (error.detail, error.more_info) == ("Authenticate", "https://x")
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("code", "status", "name"),
    [
        (60313, 403, "token_expired"),
        (60315, 400, "too_many_devices"),
        (60317, 409, "already_registered"),
        (60326, 429, "too_many_tries"),
    ],
)
async def test_a_refusal_has_its_name(
    server: Server, http: Http, code: int, status: int, name: str
) -> None:
    server.answer_with(answer(status, {"code": code, "message": "", "status": status}))
    with pytest.raises(ApiError) as caught:
        await create_factor(http, server.url, access_token(), NEW)
    assert (caught.value.name, caught.value.code) == (name, code)
    assert len(server.requests) == 1


async def test_a_lost_answer_is_never_followed_by_another_try(server: Server, http: Http) -> None:
    server.answer_with(LOST, CREATED)
    with pytest.raises(AnswerLostError):
        await create_factor(http, server.url, access_token(), NEW)
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"config": {}}, "no_credential"),
        ({"config": None}, "no_credential"),
        ({"service_sid": "VA" + "0" * 32}, "wrong_factor"),
        ({"identity": "somebody-else"}, "wrong_factor"),
        ({"status": "verified"}, "bad_answer"),
        ({"sid": None}, "bad_answer"),
    ],
)
def test_a_factor_that_is_not_the_one_asked_for_is_refused(
    changes: dict[str, object], name: str
) -> None:
    http = ScriptedHttp(reply(201, as_json(factor_body(**changes))))
    with pytest.raises(MappingError) as caught:
        run(create_factor(http, "https://api.test/v2", access_token(), NEW))
    assert caught.value.name == name


def test_no_refusal_shows_the_token() -> None:
    token = AccessToken("very-secret", SERVICE_SID, IDENTITY)
    http = ScriptedHttp(reply(401, b"very-odd"))
    with pytest.raises(ApiError) as caught:
        run(create_factor(http, "https://api.test/v2", token, NEW))
    assert "very-secret" not in f"{caught.value!r} {vars(caught.value)} {token!r} {token}"
