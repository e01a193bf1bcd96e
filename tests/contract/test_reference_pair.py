"""The reference device and the reference server agree, and each refuses what it must."""

import base64
import json
import ssl
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import trustme
from cryptography.hazmat.primitives.asymmetric import ec

from tests.contract.reference_device import (
    SIGNATURE_FIELDS,
    AccessToken,
    Decision,
    DeviceFactory,
    Dialect,
    Json,
    MappingError,
    ReferenceDevice,
    ServiceError,
    answer_payload,
    base64url,
    der_to_raw,
)
from tests.contract.reference_jose import same_value
from tests.contract.reference_server import (
    Answer,
    Behaviour,
    CloseAfterReading,
    CloseBeforeReading,
    Hang,
    HtmlPage,
    MalformedJson,
    NoSignatureHeader,
    ReferenceServer,
    TakeThenDrop,
    TruncatedBody,
)
from tests.contract.reference_service import split_pairs

ANSWER = "POST */Challenges/*"
VECTOR_KEY = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8GdwtibWe0kpgsFl6xPQBwhtwUEyeJkeozFmi2jiJDzxFSMwVy3kVR1h"
    "/dPVYOfgkC0EkfBRJ0J/6xW47FD5vA=="
)
VECTOR_DER = (
    "MEQCIFtun9Ioo+W+juCG7sOl8PPPuozb8cspsUtpu2TxnzP/AiAi1VpFNTr2eK+VX3b1DLHy8rPm3MOpTvUH14hyNr0G"
    "fg=="
)
VECTOR_RAW = (
    "W26f0iij5b6O4Ibuw6Xw88+6jNvxyymxS2m7ZPGfM/8i1VpFNTr2eK+VX3b1DLHy8rPm3MOpTvUH14hyNr0Gfg=="
)
VECTOR_CHALLENGE = (
    '{"sid":"challengeSid","factor_sid":"factorSid","date_created":"2020-02-19T16:39:57-08:00",'
    '"date_updated":"2020-02-21T18:39:57-08:00","status":"pending","details":{"message":'
    '"message123","fields":[{"label":"label123","value":"value123"}],"date":'
    '"2020-02-19T16:39:57-08:00"},"hidden_details":{"key1":"value1"},"expiration_date":'
    '"2020-02-27T08:50:57-08:00"}'
)


@pytest.fixture
def fresh(
    reference_server: ReferenceServer,
    reference_device_factory: DeviceFactory,
    encoding: Dialect,
) -> ReferenceDevice:
    """Give a device that isn't enrolled."""
    return reference_device_factory(
        reference_server.api_url, reference_server.backend_url, encoding=encoding
    )


@pytest.fixture
def device(fresh: ReferenceDevice) -> ReferenceDevice:
    """Give an enrolled device."""
    fresh.enrol("jane")
    return fresh


def outcome(response: httpx.Response) -> tuple[int, object]:
    """Return the status and Twilio's code; the rest of an error's body has to be right as well."""
    body = response.json()
    if response.is_success:
        return response.status_code, None
    assert body["status"] == response.status_code
    assert body["more_info"].endswith(f"/{body['code']}")
    return response.status_code, body["code"]


def refusal(call: Callable[[], object]) -> tuple[int, object]:
    """Return how the service refuses what `call` asks for."""
    with pytest.raises(ServiceError) as refused:
        call()
    return outcome(refused.value.response)


def methods(server: ReferenceServer) -> list[str]:
    """Return the methods of the requests so far."""
    return [request.method for request in server.requests]


# Enrolment


def test_enrolment_ends_with_a_verified_factor(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    factor = reference_server.factor(device.factor.sid)
    assert factor is not None
    assert factor["status"] == "verified"
    assert factor["config"]["credential_sid"] == device.factor.credential_sid
    assert factor["config"]["notification_platform"] == "none"
    assert [request.status for request in reference_server.requests] == [200, 201, 200]


def test_only_the_creation_shows_the_binding(fresh: ReferenceDevice) -> None:
    created = fresh.create_factor(fresh.fetch_token("jane"))
    assert created["binding"]["public_key"] == fresh.public_key()
    assert created["status"] == "unverified"
    assert "binding" not in fresh.verify()


def test_the_two_encodings_are_different_on_the_wire(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    """The key's base64 always ends in `==`; only one dialect escapes that."""
    sent = reference_server.requests[1].body
    assert split_pairs(sent.decode())["Binding.PublicKey"] == device.public_key()
    raw = f"Binding.PublicKey={device.public_key()}".replace("+", "%2B").encode()
    assert (raw in sent) == (device.encoding == "ios")
    assert (b"%3D%3D" in sent) == (device.encoding == "android")


def test_the_backend_names_the_identity(
    reference_server: ReferenceServer, fresh: ReferenceDevice
) -> None:
    token = fresh.fetch_token("jane")
    assert token.identity != "jane"
    assert token.service_sid == reference_server.service_sid
    assert token.token.count(".") == 4


@pytest.mark.parametrize("as_json", [False, True], ids=["form", "json"])
def test_the_backend_reads_forms_and_json(
    reference_server: ReferenceServer, *, as_json: bool
) -> None:
    body = {"identity": "jane"}
    url = reference_server.backend_url
    with httpx.Client(trust_env=False) as client:
        answer = client.post(url, json=body) if as_json else client.post(url, data=body)
        assert answer.json()["factorType"] == "push"
        missing = client.post(url)
    assert missing.status_code == 400
    assert missing.json()["error"]["message"].endswith("please provide: 'identity'.")


def test_an_identity_travels_percent_encoded(reference_device_factory: DeviceFactory) -> None:
    with ReferenceServer(identity_of=lambda asked: f"{asked}/ü ?#%2F") as server:
        device = reference_device_factory(server.api_url, server.backend_url)
        device.enrol("jane")
        assert server.factor_sids() == [device.factor.sid]


def test_an_access_token_is_used_once(fresh: ReferenceDevice) -> None:
    token = fresh.fetch_token("jane")
    fresh.create_factor(token)
    fresh.key = ec.generate_private_key(ec.SECP256R1())
    assert refusal(lambda: fresh.create_factor(token)) == (403, 60313)


def test_an_access_token_ends(reference_server: ReferenceServer, fresh: ReferenceDevice) -> None:
    token = fresh.fetch_token("jane")
    reference_server.skew = 60
    assert refusal(lambda: fresh.create_factor(token)) == (403, 60313)


def test_an_access_token_is_for_one_identity(fresh: ReferenceDevice) -> None:
    token = fresh.fetch_token("jane")
    other = AccessToken(token.token, token.service_sid, "somebody-else")
    assert refusal(lambda: fresh.create_factor(other)) == (403, 60313)


def test_creation_is_not_tried_again(
    reference_server: ReferenceServer, fresh: ReferenceDevice
) -> None:
    token = fresh.fetch_token("jane")
    unknown = AccessToken("a.b.c.d.e", token.service_sid, token.identity)
    assert refusal(lambda: fresh.create_factor(unknown)) == (401, 20003)
    assert len(reference_server.requests) == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"FriendlyName": None}, 60306),
        ({"FriendlyName": "x" * 65}, 60306),
        ({"FactorType": "totp"}, 60306),
        ({"Binding.Alg": "RS256"}, 60306),
        ({"Binding.PublicKey": None}, 60314),
        ({"Binding.PublicKey": VECTOR_KEY.rstrip("=")}, 60314),
        ({"Binding.PublicKey": VECTOR_KEY[:-8]}, 60314),
        ({"Config.AppId": "x" * 101}, 60306),
        ({"Config.SdkVersion": None}, 60306),
        ({"Config.NotificationPlatform": "fcm"}, 60306),
        ({"Config.NotificationToken": "t"}, 60306),
        ({"Metadata": '{"os":1}'}, 60306),
        ({"Metadata": "[]"}, 60306),
    ],
)
def test_a_wrong_parameter_of_a_factor_is_named(
    fresh: ReferenceDevice, change: dict[str, str | None], code: int
) -> None:
    token = fresh.fetch_token("jane")
    assert refusal(lambda: fresh.create_factor(token, change=change)) == (400, code)


def test_the_published_key_is_a_valid_binding(fresh: ReferenceDevice) -> None:
    body = fresh.create_factor(
        fresh.fetch_token("jane"), change={"Binding.PublicKey": VECTOR_KEY}, metadata={"os": "/="}
    )
    assert body["binding"]["public_key"] == VECTOR_KEY
    assert body["metadata"] == {"os": "/="}


def test_one_binding_makes_one_factor(device: ReferenceDevice) -> None:
    token = device.fetch_token("jane")
    assert refusal(lambda: device.create_factor(token)) == (409, 60317)


def test_an_entity_has_twenty_factors(fresh: ReferenceDevice) -> None:
    for _ in range(20):
        fresh.create_factor(fresh.fetch_token("jane"))
        fresh.key = ec.generate_private_key(ec.SECP256R1())
    token = fresh.fetch_token("jane")
    assert refusal(lambda: fresh.create_factor(token)) == (400, 60315)


def test_verification_needs_the_factors_own_key(fresh: ReferenceDevice) -> None:
    fresh.create_factor(fresh.fetch_token("jane"))
    assert refusal(lambda: fresh.verify(VECTOR_DER)) == (403, 60311)
    assert refusal(lambda: fresh.verify("not base64")) == (400, 60306)
    assert fresh.verify()["status"] == "verified"


# Tokens and the clock


@pytest.mark.parametrize(
    "change",
    [
        {"nbf": 1595358902, "exp": 1595359502},
        {"nbf": 32503680000, "exp": 32503680600},
        {"exp": 32503680600},
        {"nbf": "soon"},
        {"exp": None},
        {"sub": "AC" + "0" * 32},
    ],
    ids=["stale", "early", "long", "text", "endless", "account"],
)
def test_a_token_with_wrong_claims_is_refused(device: ReferenceDevice, change: Json) -> None:
    response = device.send("GET", device.factor_path, device.token(**change))
    assert outcome(response) == (401, 20003)
    assert "Date" in response.headers


@pytest.mark.parametrize(
    "change",
    [{"kid": "CR" + "0" * 32}, {"cty": "twilio-pba;v=2"}, {"alg": "none"}, {"x": "y"}],
    ids=["kid", "cty", "alg", "more"],
)
def test_a_token_with_a_wrong_header_is_refused(
    device: ReferenceDevice, change: dict[str, str]
) -> None:
    now = int(device.clock())
    claims = {"sub": device.factor.account_sid, "nbf": now, "exp": now + 600}
    kid = device.factor.credential_sid
    header = {"cty": "twilio-pba;v=1", "kid": kid, "typ": "JWT", "alg": "ES256"}
    good = device.send("GET", device.factor_path, device.sign(claims, header))
    bad = device.send("GET", device.factor_path, device.sign(claims, {**header, **change}))
    assert outcome(good) == (200, None)
    assert outcome(bad) == (401, 20003)


@pytest.mark.parametrize("login", ["", "a.b", "a.b.c", "e30.e30.AA", "e30.e30.AB"])
def test_what_is_no_token_is_refused(device: ReferenceDevice, login: str) -> None:
    assert outcome(device.send("GET", device.factor_path, login)) == (401, 20003)


def test_a_token_of_another_key_is_refused(device: ReferenceDevice) -> None:
    device.key = ec.generate_private_key(ec.SECP256R1())
    assert outcome(device.send("GET", device.factor_path, device.token())) == (401, 20003)


@pytest.mark.parametrize("skew", [-86400, -60, 700, 86400])
def test_a_wrong_clock_costs_one_request(
    reference_server: ReferenceServer, device: ReferenceDevice, skew: int
) -> None:
    before = len(reference_server.requests)
    reference_server.skew = skew
    for _ in range(2):
        device.list_pending()
    assert [request.status for request in reference_server.requests[before:]] == [401, 200, 200]
    assert abs(device.offset - skew) <= 2


def test_the_published_times(reference_device_factory: DeviceFactory) -> None:
    """The Date `Tue, 21 Jul 2020 17:07:32 GMT` sets a clock right that says 1595358902."""
    with ReferenceServer(clock=lambda: 1595351252.0) as server:
        device = reference_device_factory(
            server.api_url, server.backend_url, clock=lambda: 1595358902.0
        )
        device.enrol("jane")
        assert device.offset == 1595351252 - 1595358902
        answers = [request.status for request in server.requests]
        assert answers == [200, 201, 401, 200]
        claims = [claims_of(request.login[1]) for request in server.requests[2:]]
        response = device.send("GET", device.factor_path, device.token())
    assert (claims[0]["nbf"], claims[0]["exp"]) == (1595358902, 1595359502)
    assert (claims[1]["nbf"], claims[1]["exp"]) == (1595351252, 1595351852)
    assert response.headers["Date"] == "Tue, 21 Jul 2020 17:07:32 GMT"


def claims_of(token: str) -> Json:
    """Read a token's claims."""
    claims: Json = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return claims


def test_without_a_date_nothing_is_tried_again(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    before = len(reference_server.requests)
    reference_server.fault("GET *", Answer(401, b'{"code":20003}', {"Date": None}))
    with pytest.raises(ServiceError) as refused:
        device.list_pending()
    assert refused.value.code == 20003
    assert len(reference_server.requests) == before + 1


# The factor


def test_a_factor_is_renamed(reference_server: ReferenceServer, device: ReferenceDevice) -> None:
    assert device.update(FriendlyName="Büro = 1/2 & mehr")["friendly_name"] == "Büro = 1/2 & mehr"
    device.update(**{"Config.SdkVersion": "2"})
    factor = reference_server.factor(device.factor.sid)
    assert factor is not None
    assert factor["config"]["sdk_version"] == "2"
    assert refusal(lambda: device.update(FriendlyName="x" * 65)) == (400, 60306)


def test_a_deleted_factor_is_gone(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    device.delete()
    assert reference_server.factor_sids() == []
    assert refusal(device.list_pending) == (401, 20003)
    device.delete()  # 401 after one clock sync counts as done


def test_a_failed_deletion_is_told(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    reference_server.fault("DELETE *", Answer(404, b'{"code":20404}'))
    device.delete()
    reference_server.fault("DELETE *", Answer(500, b'{"code":20500}'))
    with pytest.raises(ServiceError, match="500"):
        device.delete()


# Lists


def test_lists_are_read_page_by_page_newest_first(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sids = [reference_server.add_challenge(device.factor.sid) for _ in range(5)]
    before = len(reference_server.requests)
    assert [item["sid"] for item in device.list_pending(page_size=2)] == sids[::-1]
    assert len(reference_server.requests) == before + 3
    name = "pageToken" if device.encoding == "ios" else "PageToken"
    assert name in reference_server.requests[-1].query


def test_the_oldest_come_first_unless_asked(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sids = [reference_server.add_challenge(device.factor.sid) for _ in range(3)]
    path = f"{device.entity_path}/Challenges"
    pages = [device.request("GET", path, query=[("PageSize", "2")]).json()]
    link = httpx.URL(pages[0]["meta"]["next_page_url"])
    pages.append(device.request("GET", path, query=link.params.multi_items()).json())
    assert [item["sid"] for page in pages for item in page["challenges"]] == sids
    assert pages[1]["meta"]["next_page_url"] is None


def test_a_list_holds_what_was_asked_for(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sids = [reference_server.add_challenge(device.factor.sid) for _ in range(4)]
    device.approve(sids[0])
    device.deny(sids[1])
    reference_server.expire(sids[2])
    for status, sid in zip(("approved", "denied", "expired", "pending"), sids, strict=True):
        page = device.list_page(status=status)
        assert [item["sid"] for item in page["challenges"]] == [sid]


def test_a_list_carries_no_signature_fields(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    listed = device.request("GET", f"{device.entity_path}/Challenges")
    fetched = device.request("GET", device.challenge_path(sid))
    assert SIGNATURE_FIELDS not in listed.headers
    assert fetched.headers[SIGNATURE_FIELDS].split(",")
    assert " " not in fetched.headers[SIGNATURE_FIELDS]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (("PageSize", "0"), (400, 60373)),
        (("PageSize", "1001"), (400, 60373)),
        (("PageSize", "many"), (400, 60373)),
        (("PageToken", "made-up"), (400, 60374)),
        (("Order", "random"), (400, 60306)),
        (("FactorSid", "YF" + "0" * 32), (404, 20404)),
    ],
)
def test_a_list_that_cannot_be_is_refused(
    device: ReferenceDevice, query: tuple[str, str], expected: tuple[int, int]
) -> None:
    response = device.request("GET", f"{device.entity_path}/Challenges", query=[query])
    assert outcome(response) == expected


# Answers


@pytest.mark.parametrize("decision", ["approved", "denied"])
def test_an_answer_is_taken(
    reference_server: ReferenceServer, device: ReferenceDevice, decision: Decision
) -> None:
    sid = reference_server.add_challenge(
        device.factor.sid, message="Größe / 1 = 1?", hidden_details={"ip": "10.0.0.1", "q": "a=b/c"}
    )
    before = len(reference_server.requests)
    body = device.answer(sid, decision)
    assert body["status"] == reference_server.status(sid) == decision
    assert methods(reference_server)[before:] == ["GET", "POST", "GET"]
    signed = reference_server.signed_answer(sid)
    assert signed is not None
    assert signed["x_risk"]["exact"] == 9007199254740993
    assert signed["hidden_details"] == {"ip": "10.0.0.1", "q": "a=b/c"}


def test_the_published_challenge_is_answered(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    text = VECTOR_CHALLENGE.replace("factorSid", device.factor.sid)
    sid = reference_server.add_challenge(
        device.factor.sid,
        sid="challengeSid",
        raw_body=text.encode(),
        signature_fields=",".join(json.loads(text)),
    )
    assert device.approve(sid)["status"] == "approved"
    assert reference_server.signed_answer(sid) == {**json.loads(text), "status": "approved"}


def with_signature(jws: str, change: Callable[[bytes], bytes]) -> str:
    """Replace a JWS's signature bytes."""
    signed, _, signature = jws.rpartition(".")
    return f"{signed}.{base64url(change(base64.urlsafe_b64decode(signature + '==')))}"


Tamper = Callable[[ReferenceDevice, Json], str]

WRONG_ANSWERS: dict[str, Tamper] = {
    "message": lambda d, p: d.sign({**p, "details": {**p["details"], "message": "Pay?"}}),
    "number": lambda d, p: d.sign({**p, "x_risk": {**p["x_risk"], "exact": 2.0**53}}),
    "true for one": lambda d, p: d.sign({**p, "x_risk": {**p["x_risk"], "score": True}}),
    "left out": lambda d, p: d.sign({k: v for k, v in p.items() if k != "identity"}),
    "null for absent": lambda d, p: d.sign({**p, "hidden_details": {}}),
    "added": lambda d, p: d.sign({**p, "account_sid": d.factor.account_sid}),
    "other sid": lambda d, p: d.sign({**p, "sid": "YC" + "0" * 32}),
    "pending": lambda d, p: d.sign({**p, "status": "pending"}),
    "expired": lambda d, p: d.sign({**p, "status": "expired"}),
    "upper case": lambda d, p: d.sign({**p, "status": "APPROVED"}),
    "list": lambda d, p: d.sign({**p, "status": ["approved"]}),
    "token's header": lambda d, p: d.sign(p, {"typ": "JWT", "alg": "ES256", "cty": "x"}),
    "no typ": lambda d, p: d.sign(p, {"alg": "ES256"}),
    "alg none": lambda d, p: d.sign(p, {"typ": "JWT", "alg": "none"}),
    "foreign key": lambda d, p: d.sign(p, key=ec.generate_private_key(ec.SECP256R1())),
    "short": lambda d, p: with_signature(d.sign(p), lambda raw: raw[:63]),
    "long": lambda d, p: with_signature(d.sign(p), lambda raw: raw + b"0"),
    "zeros": lambda d, p: with_signature(d.sign(p), lambda _: bytes(64)),
    "DER": lambda d, p: with_signature(d.sign(p), lambda _: base64.b64decode(VECTOR_DER)),
    "moved": lambda d, p: d.sign({"a": "b"}).rpartition(".")[0] + "." + d.sign(p).split(".")[2],
    "no object": lambda d, p: "W10." + d.sign(p).partition(".")[2],
    "twice": lambda d, p: d.sign(p).split(".")[0] + ".eyJhIjoxLCJhIjoyfQ." + "A" * 86,
}


@pytest.mark.parametrize("tamper", WRONG_ANSWERS.values(), ids=WRONG_ANSWERS)
def test_a_wrong_answer_leaves_the_challenge_pending(
    reference_server: ReferenceServer, device: ReferenceDevice, tamper: Tamper
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    payload = answer_payload(device.get(sid), "approved")
    assert outcome(device.post_answer(sid, tamper(device, payload))) == (403, 60324)
    assert reference_server.status(sid) == "pending"
    assert outcome(device.post_answer(sid, device.sign(payload))) == (200, None)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "a b.c.d", "e30=.e30=.AA==", "x" * 65537])
def test_an_auth_payload_is_three_parts(
    reference_server: ReferenceServer, device: ReferenceDevice, text: str
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    assert outcome(device.post_answer(sid, text)) == (400, 60306)
    assert outcome(device.request("POST", device.challenge_path(sid), form=[])) == (400, 60306)


def test_a_challenge_is_answered_once(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    opened = device.get(sid)
    device.deny(sid)
    again = device.post_answer(sid, device.sign(answer_payload(opened, "approved")))
    assert outcome(again) == (403, 60322)
    assert reference_server.status(sid) == "denied"
    with pytest.raises(MappingError, match="pending"):
        device.approve(sid)


def test_an_expired_challenge_is_not_answered(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    reference_server.expire(sid)
    assert outcome(device.post_answer(sid, answer)) == (403, 60323)
    assert reference_server.status(sid) == "expired"


def test_a_challenge_belongs_to_one_device(
    reference_server: ReferenceServer,
    device: ReferenceDevice,
    reference_device_factory: DeviceFactory,
) -> None:
    other = reference_device_factory(reference_server.api_url, reference_server.backend_url)
    other.enrol("jane")
    sid = reference_server.add_challenge(device.factor.sid)
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    assert refusal(lambda: other.get(sid)) == (404, 20404)
    assert outcome(other.post_answer(sid, answer)) == (404, 20404)
    assert other.list_pending() == []


def test_metadata_goes_with_an_answer_or_alone(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    answer = device.sign(answer_payload(device.get(sid), "approved"))
    taken = device.post_answer(sid, answer, metadata={"why": "a=b"})
    assert taken.json()["metadata"] == {"why": "a=b"}
    later = device.request("POST", device.challenge_path(sid), form=[("Metadata", '{"why":"c"}')])
    assert later.json()["metadata"] == {"why": "c"}


# What a device can't sign


@pytest.mark.parametrize(
    "raw_body",
    [
        b"",
        b"[]",
        b'{"sid":',
        b'{"sid":"\xff"}',
        b'\xef\xbb\xbf{"sid":"a"}',
        b'{"sid":"a","sid":"b"}',
        b'{"sid":"a","factor_sid":"b","details":{"message":"x","message":"y"}}',
        b'{"sid":"a","factor_sid":"b","details":NaN}',
        b'{"sid":"a","factor_sid":"b","details":' + b"[" * 32 + b"]" * 32 + b"}",
        b'{"sid":"a","factor_sid":"b","details":' + b"[" * 200000,
    ],
)
def test_a_body_that_can_be_read_in_two_ways_is_refused(
    reference_server: ReferenceServer, device: ReferenceDevice, raw_body: bytes
) -> None:
    sid = reference_server.add_challenge(
        device.factor.sid, raw_body=raw_body, signature_fields="sid,factor_sid,details"
    )
    assert device.request("GET", device.challenge_path(sid)).content == raw_body
    with pytest.raises(MappingError):
        device.get(sid)


@pytest.mark.parametrize(
    "fields",
    ["", "sid,factor_sid", "sid,details", "factor_sid,details", "sid,factor_sid,details,nothing"],
)
def test_signature_fields_that_do_not_fit_are_refused(
    reference_server: ReferenceServer, device: ReferenceDevice, fields: str
) -> None:
    sid = reference_server.add_challenge(device.factor.sid, signature_fields=fields)
    with pytest.raises(MappingError, match="fit"):
        device.get(sid)


def test_a_body_can_be_made_of_the_ordinary_one(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sid = reference_server.add_challenge(
        device.factor.sid, raw_body=lambda body: json.dumps({**body, "x": [1.50]}).encode()
    )
    assert device.get(sid).body["x"] == [1.5]
    assert device.approve(sid)["x"] == [1.5]


def test_the_details_need_not_be_signed_in_any_order(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    """A status that the service names as signed is the one asked for, not the body's."""
    sid = reference_server.add_challenge(
        device.factor.sid, signature_fields="status,sid,details,factor_sid"
    )
    device.deny(sid)
    signed = reference_server.signed_answer(sid)
    assert signed is not None
    assert signed["status"] == "denied"


# Faults, connections and the server's end


LOST: list[tuple[Behaviour, str]] = [
    (CloseBeforeReading(), "pending"),
    (CloseAfterReading(), "pending"),
    (TakeThenDrop(), "approved"),
    (TruncatedBody(), "approved"),
]


@pytest.mark.parametrize(("behaviour", "status"), LOST)
def test_a_lost_answer_was_taken_or_not(
    reference_server: ReferenceServer,
    device: ReferenceDevice,
    behaviour: Behaviour,
    status: str,
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    reference_server.fault(ANSWER, behaviour)
    with pytest.raises(httpx.TransportError):
        device.approve(sid)
    assert device.get(sid).body["status"] == reference_server.status(sid) == status


def test_faults_end_after_their_times(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    busy = Answer(429, b'{"code":20429}', {"Retry-After": "7"})
    fault = reference_server.fault(lambda request: request.method == "GET", busy, times=2)
    responses = [device.request("GET", device.factor_path) for _ in range(3)]
    assert [response.status_code for response in responses] == [429, 429, 200]
    assert responses[0].headers["Retry-After"] == "7"
    assert fault.reached.is_set()


def test_a_page_of_a_proxy_and_broken_json(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    reference_server.fault("GET */Factors/*", HtmlPage(503))
    page = device.request("GET", device.factor_path)
    assert (page.status_code, page.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    reference_server.fault("GET */Factors/*", MalformedJson())
    with pytest.raises(json.JSONDecodeError):
        device.request("GET", device.factor_path).json()


def test_a_missing_signature_header_is_noticed(
    reference_server: ReferenceServer, device: ReferenceDevice
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    reference_server.fault("GET */Challenges/*", NoSignatureHeader())
    with pytest.raises(MappingError, match="no signature fields"):
        device.approve(sid)
    assert device.approve(sid)["status"] == "approved"


@pytest.mark.parametrize("take", [False, True])
def test_a_hung_answer_goes_on_when_released(
    reference_server: ReferenceServer, device: ReferenceDevice, *, take: bool
) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    fault = reference_server.fault(ANSWER, Hang(take=take))
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(device.approve, sid)
        assert fault.reached.wait(30)
        assert reference_server.status(sid) == ("approved" if take else "pending")
        fault.release()
        assert answer.result(30)["status"] == "approved"


def test_the_server_ends_while_requests_hang(reference_device_factory: DeviceFactory) -> None:
    with ReferenceServer() as server, ThreadPoolExecutor(1) as pool:
        device = reference_device_factory(server.api_url, server.backend_url)
        device.enrol("jane")
        fault = server.fault("GET *", Hang(), times=2)
        answer = pool.submit(device.list_pending)
        assert fault.reached.wait(30)
        server.stop()
        assert isinstance(answer.exception(30), httpx.TransportError | None)
    assert not [t for t in threading.enumerate() if t.name == "reference-server"]


def test_a_connection_is_kept(reference_server: ReferenceServer, device: ReferenceDevice) -> None:
    sid = reference_server.add_challenge(device.factor.sid)
    device.approve(sid)
    device.list_pending()
    assert reference_server.connections == 1
    assert {request.connection for request in reference_server.requests} == {1}
    device.send("DELETE", device.factor_path, device.token())
    assert reference_server.connections == 1


def test_the_server_speaks_tls(reference_device_factory: DeviceFactory) -> None:
    authority = trustme.CA()
    mine = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(mine)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with ReferenceServer(tls=mine) as server:
        client = httpx.Client(verify=trusting, trust_env=False)
        device = reference_device_factory(server.api_url, server.backend_url, client=client)
        device.enrol("jane")
        sid = server.add_challenge(device.factor.sid)
        assert device.approve(sid)["status"] == "approved"
        stranger = reference_device_factory(server.api_url, server.backend_url)
        with pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"):
            stranger.enrol("joe")


def test_a_backend_need_not_name_the_api() -> None:
    with httpx.Client(trust_env=False) as client:
        for announce in (True, False):
            with ReferenceServer(announce_api=announce) as server:
                body = client.post(server.backend_url, data={"identity": "jane"}).json()
                assert body.get("api_url") == (server.api_url if announce else None)


# Vectors and the reader's own rules


def test_the_published_signature_in_both_forms() -> None:
    assert base64.b64encode(der_to_raw(base64.b64decode(VECTOR_DER))).decode() == VECTOR_RAW


def test_a_short_half_of_a_signature_is_padded() -> None:
    """DER leaves leading zeros out: r = 1, s = 2 are 32 bytes each all the same."""
    raw = der_to_raw(bytes.fromhex("3006020101020102"))
    assert raw == bytes(31) + b"\x01" + bytes(31) + b"\x02"


def test_values_are_compared_and_not_text() -> None:
    assert same_value({"a": 1, "b": [None, "x/"]}, {"b": [None, "x\x2f"], "a": 1.0})
    assert not same_value({"a": 1}, {"a": True})
    assert not same_value({"a": None}, {})
    assert not same_value([1, 2], [2, 1])
    assert not same_value([1], [1, 2])
    assert not same_value("1", 1)


def test_pairs_split_at_their_first_equals_sign() -> None:
    assert split_pairs("a=b=c/d:e&f=%3D+x&a=z&g") == {"a": "b=c/d:e", "f": "= x", "g": ""}
