"""The JSON bodies of control calls: who may send one, and its members read one by one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from countersign.sandbox import strictjson
from countersign.sandbox.errors import ApiError

if TYPE_CHECKING:
    from countersign.sandbox.call import Call

TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105 - the header's name
MAX_SECONDS = 10**9


def permit(call: Call) -> None:
    """Raise 20403 unless the call comes from our own page or carries the control token."""
    token = call.headers.get(TOKEN_HEADER, "")
    known = secrets.compare_digest(token.encode(), call.sandbox.auth_token.encode())
    if not known and call.headers.get("origin", "").lower() != call.base.lower():
        raise ApiError(20403, f"Changes need the header {TOKEN_HEADER}")


def read(call: Call) -> dict[str, object]:
    """Give the body of a call that may change something; none counts as an empty object.

    Raises 20403, and 60306 for anything but a JSON object.
    """
    permit(call)
    try:
        value = strictjson.loads(call.body.decode("utf-8")) if call.body else {}
    except ValueError as error:
        raise ApiError(60306, "The body is not JSON") from error
    if not isinstance(value, dict):
        raise ApiError(60306, "The body is not a JSON object")
    return value


def text(body: dict[str, object], name: str) -> str | None:
    """Give an optional string."""
    value = body.get(name)
    if value is not None and (not isinstance(value, str) or "\0" in value):
        raise ApiError(60306, f"{name} is invalid: a string without NUL")
    return value


def seconds(body: dict[str, object], name: str) -> float | None:
    """Give an optional number of seconds, up to `MAX_SECONDS` either way."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MAX_SECONDS:
        raise ApiError(60306, f"{name} is invalid: a number of seconds")
    return value


def number(body: dict[str, object], name: str, low: int, high: int) -> int | None:
    """Give an optional whole number between the bounds, both included."""
    value = body.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise ApiError(60306, f"{name} is invalid: a number from {low} to {high}")
    return value


def flag(body: dict[str, object], name: str) -> bool:
    """Give true or false; left out it is false."""
    value = body.get(name, False)
    if not isinstance(value, bool):
        raise ApiError(60306, f"{name} is invalid: true or false")
    return value


def dumped(body: dict[str, object], name: str) -> str | None:
    """Give an optional member as JSON text, which is how the API takes what is nested."""
    value = body.get(name)
    return None if value is None else strictjson.dumps(value)
