"""JSON, read strictly: nothing that two readers could take in two ways (protocol 2)."""

from __future__ import annotations

import json
from typing import NoReturn


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member is named twice")
    return members


def _constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant)


def loads(text: str) -> object:
    """Read a JSON document.

    Raises ValueError for what is no JSON, a member named twice, NaN, a lone surrogate (it could be
    neither stored nor sent on) and nesting too deep to read.
    """
    try:
        value: object = _DECODER.decode(text)
        # One pass over the whole value finds a lone surrogate at any depth.
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    return value


def dumps(value: object) -> str:
    """Write the shortest JSON of a value, in its own characters, members in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def same(one: object, other: object) -> bool:
    """Compare two JSON values: member order doesn't matter, and true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other


def string_members(text: str) -> dict[str, str]:
    """Read a JSON object with string values only. Raises ValueError for anything else."""
    value = loads(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - bad input, not a bad call
    if not all(isinstance(item, str) for item in value.values()):
        raise ValueError("a value is not a string")
    return value
