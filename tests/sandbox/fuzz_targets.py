"""What of the Verify API and of the sample backend is fuzzed: each call and its parameters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Parameters = dict[str, "SearchStrategy[str]"]


def _of(*values: str) -> SearchStrategy[str]:
    return st.sampled_from(values)


def _text(most: int, least: int = 1) -> SearchStrategy[str]:
    return st.text(min_size=least, max_size=most)


def _pairs() -> SearchStrategy[str]:
    return st.dictionaries(st.text(max_size=9), st.text(max_size=9), max_size=3).map(json.dumps)


_FIELD: Final = st.fixed_dictionaries({"label": _text(36, 0), "value": _text(128, 0)})
_DETAILS: Final = st.lists(_FIELD, max_size=20).map(json.dumps) | _FIELD.map(json.dumps)
_DATE: Final = _of("2023-11-14T22:14:20Z", "2023-11-14T23:13:10+01:00", "20231114T221330Z")
_PAGE: Final[Parameters] = {
    "PageSize": st.integers(1, 1_000).map(str),
    "Page": st.integers(0, 9).map(str),
}
_SERVICE: Final = "/v2/Services/{service}"
_ENTITY: Final = f"{_SERVICE}/Entities/{{identity}}"
_PUSH: Final[Parameters] = {
    "FriendlyName": _text(32),
    "Push.IncludeDate": _of("true", "false"),
    "Push.ApnCredentialSid": _of("CR" + "0" * 32, ""),
    "Push.FcmCredentialSid": _of("CR" + "0" * 32, ""),
}
_HOOK: Final[Parameters] = {
    "FriendlyName": _text(64),
    "EventTypes": _of("*", "factor.created", "challenge.approved"),
    "WebhookUrl": _of("http://127.0.0.1:1/", "https://example.com/hook"),
    "Status": _of("enabled", "disabled"),
    "Version": _of("v1", "v2"),
}
_DEVICE: Final[Parameters] = {
    "FriendlyName": _text(64),
    "Config.AppId": _of("com.example.app"),
    "Config.SdkVersion": _of("1.0"),
    "Config.NotificationPlatform": _of("none"),
}

VERIFY: Final[dict[str, Parameters]] = {
    "POST /v2/Services": _PUSH,
    "GET /v2/Services": _PAGE,
    f"GET {_SERVICE}": {},
    f"POST {_SERVICE}": _PUSH,
    f"DELETE {_SERVICE}": {},
    f"POST {_SERVICE}/AccessTokens": {
        "Identity": _of("@identity@", "somebody-else"),
        "FactorType": _of("push"),
        "Ttl": st.integers(60, 300).map(str),
        "FactorFriendlyName": _text(64),
    },
    f"GET {_SERVICE}/AccessTokens/{{sid}}": {},
    f"POST {_SERVICE}/Webhooks": _HOOK,
    f"GET {_SERVICE}/Webhooks": _PAGE,
    f"GET {_SERVICE}/Webhooks/{{sid}}": {},
    f"POST {_SERVICE}/Webhooks/{{sid}}": _HOOK,
    f"DELETE {_SERVICE}/Webhooks/{{sid}}": {},
    f"POST {_SERVICE}/Entities": {"Identity": st.from_regex("[A-Za-z0-9-]{8,64}", fullmatch=True)},
    f"GET {_SERVICE}/Entities": _PAGE,
    f"GET {_ENTITY}": {},
    f"DELETE {_ENTITY}": {},
    f"POST {_ENTITY}/Factors": _DEVICE
    | {
        "FactorType": _of("push"),
        "Metadata": _pairs(),
        "Binding.Alg": _of("ES256"),
        "Binding.PublicKey": _of("@key@"),
    },
    f"GET {_ENTITY}/Factors": _PAGE,
    f"GET {_ENTITY}/Factors/{{sid}}": {},
    f"POST {_ENTITY}/Factors/{{sid}}": _DEVICE | {"AuthPayload": _of("@signature@")},
    f"DELETE {_ENTITY}/Factors/{{sid}}": {},
    f"POST {_ENTITY}/Challenges": {
        "FactorSid": _of("@factor@"),
        "Details.Message": _text(256),
        "Details.Fields": _DETAILS,
        "HiddenDetails": _pairs(),
        "ExpirationDate": _DATE,
    },
    f"GET {_ENTITY}/Challenges": _PAGE
    | {
        "FactorSid": _of("@factor@"),
        "Status": _of("pending", "approved", "denied", "expired"),
        "Order": _of("asc", "desc"),
    },
    f"GET {_ENTITY}/Challenges/{{sid}}": {},
    f"POST {_ENTITY}/Challenges/{{sid}}": {"AuthPayload": _of("@answer@"), "Metadata": _pairs()},
    f"POST {_ENTITY}/Challenges/{{sid}}/Notifications": {"Ttl": st.integers(0, 300).map(str)},
}
"""By method and path. What isn't a path's goes into the query of a GET, and into a form else."""

_BACKEND: Final[dict[str, Parameters]] = {
    "/access-token": {"identity": _text(40)},
    "/list-factors": {"identity": _of("@identity@")},
    "/create-challenge": {
        "identity": _of("@identity@"),
        "message": _text(256),
        "factor": _of("@factor@"),
        "details": _DETAILS,
        "hiddenDetails": _pairs(),
    },
    "/challenge-status": {"identity": _of("@identity@"), "sid": _of("@challenge@")},
}
BACKEND: Final[dict[str, Parameters]] = {
    f"{method} {prefix}{path}": parameters
    for prefix in ("", "/services/{service}")
    for path, parameters in _BACKEND.items()
    for method in ("GET", "POST")
}
