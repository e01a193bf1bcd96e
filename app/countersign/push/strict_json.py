"""JSON off the wire, read so that what is shown can't differ from what is signed.

Two readers of one ambiguous text may see different values: the app shows one, the server takes
the other. So a body is refused unless it is strict UTF-8, names no member twice at any depth,
nests at most 32 deep and holds JSON alone (no NaN) (protocol.md, "Answer").
"""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, NoReturn

import msgspec

from countersign.push.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_DEPTH = 32

Canonical = tuple[str, object]
"""A JSON value in a form in which equal values compare equal and `1` is not `true`."""


def members(body: bytes, *, checked: bool = False) -> dict[str, msgspec.Raw]:
    """Return an object's members with the exact text of each value, in the body's own order.

    `checked`: it is part of a body that passed `check`, and isn't checked once more.
    Raises MappingError where the body isn't one unambiguous JSON object.
    """
    if not checked:
        check(body)
    try:
        return msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, ValueError) as error:
        raise _refuse("isn't a JSON object") from error


def check(body: bytes) -> None:
    """Raise MappingError where two readers could disagree about this text."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refuse("isn't UTF-8") from error
    try:
        value = _load(text)
    except (ValueError, RecursionError) as error:
        raise _refuse("isn't JSON") from error
    _check_depth(value)


def canonical(value: bytes | msgspec.Raw) -> Canonical:
    """Return the value of a text that passed `check`, for comparison with others."""
    text = bytes(value).decode("utf-8")
    return _canonical(_load(text))


def _load(text: str) -> object:
    return json.loads(
        text,
        parse_int=_number,
        parse_float=_number,
        parse_constant=_no_constant,
        object_pairs_hook=_unique,
    )


def _number(text: str) -> Decimal:
    """Keep each digit: a float would make 0.1 and 0.10000000000000000001 the same amount."""
    try:
        return Decimal(text)
    except InvalidOperation as error:  # an exponent beyond what even Decimal holds
        raise ValueError("number out of range") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _refuse("names a member twice")
    return found


def _check_depth(value: object) -> None:
    """Go down level by level, through what is read already: a scan of the text would cost more."""
    level = _containers([value])
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in _containers(outer.values() if isinstance(outer, dict) else outer)
        ]
    if level:
        raise _refuse(f"nests deeper than {MAX_DEPTH}")


def _containers(values: Iterable[object]) -> list[dict[str, object] | list[object]]:
    return [value for value in values if isinstance(value, (dict, list))]


def _canonical(value: object) -> Canonical:
    if isinstance(value, dict):
        return ("object", frozenset((key, _canonical(item)) for key, item in value.items()))
    if isinstance(value, list):
        return ("array", tuple(_canonical(item) for item in value))
    return (type(value).__name__, value)


def _refuse(why: str) -> MappingError:
    return MappingError("bad_answer", f"The service's answer {why}, so it wasn't used.")
