from __future__ import annotations

import base64
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import httpx

    from tests.sandbox.world import Device, Key, World

    Refused = Callable[[httpx.Response, int, int], None]
    Together = Callable[[Sequence[Callable[[], httpx.Response]]], list[httpx.Response]]

WHO = "0f5b2f9e-user"


def spki(curve: ec.EllipticCurve, point: serialization.PublicFormat) -> str:
    key = ec.generate_private_key(curve).public_key()
    encoding = serialization.Encoding.DER
    if point is serialization.PublicFormat.CompressedPoint:
        return base64.b64encode(key.public_bytes(serialization.Encoding.X962, point)).decode()
    return base64.b64encode(key.public_bytes(encoding, point)).decode()


def test_a_factor_is_made_with_all_its_fields(world: World, new_key: type[Key]) -> None:
    key = new_key()
    meta = '{"os":"Debian","name":"Büro"}'
    response = world.create_factor(WHO, key, Metadata=meta)
    assert response.status_code == 201
    body = response.json()
    assert re.fullmatch("YF[0-9a-f]{32}", body["sid"])
    assert re.fullmatch("CR[0-9a-f]{32}", body["config"].pop("credential_sid"))
    assert body["config"] == {
        "sdk_version": "1.0",
        "app_id": "com.example.app",
        "notification_platform": "none",
        "notification_token": None,
    }
    assert body["binding"] == {"alg": "ES256", "public_key": key.public()}
    assert body["status"] == "unverified"
    assert body["factor_type"] == "push"
    assert body["friendly_name"] == "Laptop"
    assert body["identity"] == WHO
    assert body["metadata"] == {"os": "Debian", "name": "Büro"}
    assert body["date_created"] == body["date_updated"] == "2023-11-14T22:13:20Z"
    assert body["entity_sid"] == world.company("GET", f"/Entities/{WHO}").json()["sid"]


def test_an_access_token_is_used_once(world: World, new_key: type[Key], refused: Refused) -> None:
    token = world.access_token(WHO)
    assert world.create_factor(WHO, new_key(), token).status_code == 201
    refused(world.create_factor(WHO, new_key(), token), 403, 60313)


def test_an_access_token_survives_a_refused_creation(world: World, new_key: type[Key]) -> None:
    token = world.access_token(WHO)
    assert world.create_factor(WHO, new_key(), token, FriendlyName=None).status_code == 400
    assert world.create_factor(WHO, new_key(), token).status_code == 201


def test_one_access_token_makes_one_factor_whatever_the_race(
    world: World, new_key: type[Key], together: Together
) -> None:
    token = world.access_token(WHO)
    keys = [new_key() for _ in range(8)]
    results = together([partial(world.create_factor, WHO, key, token) for key in keys])
    assert sorted(result.status_code for result in results) == [201] + [403] * 7


def test_an_access_token_lives_as_long_as_its_ttl(
    world: World, new_key: type[Key], refused: Refused
) -> None:
    tokens = [world.access_token(WHO), world.access_token(WHO), world.access_token(WHO, Ttl="300")]
    world.move(59.9)
    assert world.create_factor(WHO, new_key(), tokens[0]).status_code == 201
    world.move(60)
    refused(world.create_factor(WHO, new_key(), tokens[1]), 403, 60313)
    world.move(299.9)
    assert world.create_factor(WHO, new_key(), tokens[2]).status_code == 201


def test_an_access_token_is_for_its_identity_and_service(
    world: World, new_key: type[Key], refused: Refused
) -> None:
    token = world.access_token(WHO)
    refused(world.create_factor("another-one", new_key(), token), 403, 60313)
    other = world.company(
        "POST", f"{world.sandbox.api_url}/Services", data={"FriendlyName": "Other"}
    ).json()
    response = world.http.post(
        f"{other['url']}/Entities/{WHO}/Factors",
        data=world.parameters(new_key()),
        auth=("token", token),
    )
    refused(response, 403, 60313)


def test_who_may_create_a_factor(world: World, new_key: type[Key], refused: Refused) -> None:
    refused(world.create_factor(WHO, new_key(), "a.b.c.d.e"), 401, 20003)
    url = f"/Entities/{WHO}/Factors"
    refused(world.company("POST", url, data=world.parameters(new_key())), 403, 60313)
    wrong = (world.sandbox.account_sid, "wrong")
    refused(world.company("POST", url, data=world.parameters(new_key()), auth=wrong), 401, 20003)
    nowhere = f"{world.sandbox.api_url}/Services/VA{'0' * 32}{url}"
    token = world.access_token(WHO)
    refused(world.http.post(nowhere, auth=("token", token)), 404, 20404)
    refused(world.http.post(nowhere), 401, 20003)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"FriendlyName": None}, 60306),
        ({"FriendlyName": "x" * 65}, 60306),
        ({"FactorType": None}, 60306),
        ({"FactorType": "totp"}, 60306),
        ({"Config_AppId": None}, 60306),
        ({"Config_AppId": "x" * 101}, 60306),
        ({"Config_SdkVersion": None}, 60306),
        ({"Config_NotificationPlatform": None}, 60306),
        ({"Config_NotificationPlatform": "pigeon"}, 60306),
        ({"Config_NotificationToken": "given-with-none"}, 60306),
        ({"Config_NotificationPlatform": "fcm"}, 60306),
        ({"Metadata": "[]"}, 60306),
        ({"Metadata": '{"a":1}'}, 60306),
        ({"Metadata": '{"a":"1","a":"2"}'}, 60306),
        ({"Metadata": '{"a":"\\ud800"}'}, 60306),
        ({"Metadata": '{"a":"%s"}' % ("x" * 1024)}, 60306),
        ({"Binding_Alg": None}, 60306),
        ({"Binding_PublicKey": None}, 60306),
        ({"Binding_Alg": "ES384"}, 60314),
        ({"Binding_PublicKey": "not base64"}, 60314),
        ({"Binding_PublicKey": base64.b64encode(b"x" * 91).decode()}, 60314),
        # Well formed up to the point, which lies on no curve.
        (
            {"Binding_PublicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE" + "A" * 88},
            60314,
        ),
        ({"Binding_PublicKey": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE"}, 60314),
    ],
)
def test_a_factors_parameters_are_checked(
    world: World,
    new_key: type[Key],
    refused: Refused,
    change: dict[str, str | None],
    code: int,
) -> None:
    refused(world.create_factor(WHO, new_key(), None, **change), 400, code)
    # Nothing is left of it, not even the entity.
    assert world.company("GET", "/Entities").json()["entities"] == []


def test_other_curves_and_encodings_are_no_binding(
    world: World, new_key: type[Key], refused: Refused
) -> None:
    info = serialization.PublicFormat.SubjectPublicKeyInfo
    for text in (
        spki(ec.SECP384R1(), info),
        spki(ec.SECP256K1(), info),
        spki(ec.SECP256R1(), serialization.PublicFormat.CompressedPoint),
    ):
        refused(world.create_factor(WHO, new_key(), Binding_PublicKey=text), 400, 60314)


def test_the_published_key_is_taken(world: World, new_key: type[Key]) -> None:
    text = (
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8GdwtibWe0kpgsFl6xPQBwhtwUEyeJkeozFmi2jiJDzxFSMwVy3kVR1"
        "h/dPVYOfgkC0EkfBRJ0J/6xW47FD5vA=="
    )
    response = world.create_factor(WHO, new_key(), Binding_PublicKey=text)
    assert response.json()["binding"]["public_key"] == text


def test_an_identity_in_the_path_is_checked(
    world: World, new_key: type[Key], refused: Refused
) -> None:
    # There is no token for such an identity, so the token is the first thing wrong.
    token = world.access_token(WHO)
    refused(world.create_factor("no", new_key(), token), 403, 60313)


def test_the_same_key_is_enrolled_once(world: World, device: Device, refused: Refused) -> None:
    refused(world.create_factor("another-one", device.key), 409, 60317)
    refused(world.create_factor(str(device.factor["identity"]), device.key), 409, 60317)


def test_an_entity_has_twenty_factors(world: World, new_key: type[Key], refused: Refused) -> None:
    for _ in range(20):
        assert world.create_factor(WHO, new_key()).status_code == 201
    refused(world.create_factor(WHO, new_key()), 400, 60315)
    assert world.create_factor("another-one", new_key()).status_code == 201


def test_an_entity_makes_a_hundred_factors_a_day(
    world: World, new_key: type[Key], refused: Refused
) -> None:
    for _ in range(100):
        made = world.create_factor(WHO, new_key())
        assert made.status_code == 201
        url = made.json()["url"]
        assert world.company("DELETE", url).status_code == 204
    refused(world.create_factor(WHO, new_key()), 429, 60326)
    world.move(86_400)
    assert world.create_factor(WHO, new_key()).status_code == 201


def test_ios_leaves_signs_raw_in_its_bodies(world: World, new_key: type[Key]) -> None:
    key = new_key()
    while "+" in key.public():
        key = new_key()
    pairs = world.parameters(key, FriendlyName="a=b/c:d")
    body = "&".join(f"{name}={value}" for name, value in pairs.items())
    response = world.http.post(
        f"{world.service}/Entities/{WHO}/Factors",
        content=body,
        headers={"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"},
        auth=("token", world.access_token(WHO)),
    )
    assert response.status_code == 201
    assert response.json()["friendly_name"] == "a=b/c:d"
