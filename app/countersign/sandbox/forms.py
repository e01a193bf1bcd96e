"""Form bodies and query strings, read so that all SDKs are understood (protocol 0.5, 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from countersign.sandbox.errors import ApiError
from countersign.sandbox.strictjson import string_members

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_BODY = 256 * 1024
"""Bytes of a request body that are read; more is refused with 60306 (our choice)."""
MAX_PAIRS = 1_000
IDENTITY = re.compile(r"[A-Za-z0-9-]{8,64}")
SID = re.compile(r"[A-Z]{2}[0-9a-fA-F]{32}")


def is_sid(text: str, prefix: str) -> bool:
    """Tell whether the text is a sid of that kind: two letters and 32 hex digits [OAI]."""
    return text.startswith(prefix) and SID.fullmatch(text) is not None


def _decode(raw: bytes) -> str:
    return unquote_to_bytes(raw.replace(b"+", b" ")).decode("utf-8")


@dataclass(frozen=True, slots=True)
class Form:
    """Names and values in the order they came. The getters raise `ApiError`, 60306 unless told."""

    pairs: tuple[tuple[str, str], ...] = ()

    @classmethod
    def parse(cls, raw: bytes) -> Form:
        """Read a form-urlencoded body, each pair split at its first equals sign.

        iOS leaves `=`, `/` and `:` raw in values. What isn't UTF-8 is refused, not replaced.
        """
        chunks = [chunk for chunk in raw.split(b"&") if chunk]
        if len(chunks) > MAX_PAIRS:
            raise ApiError(60306, "The request has too many parameters")
        try:
            split = (chunk.partition(b"=") for chunk in chunks)
            return cls(tuple((_decode(name), _decode(value)) for name, _, value in split))
        except UnicodeDecodeError as error:
            raise ApiError(60306, "The parameters are not UTF-8") from error

    @classmethod
    def of(cls, values: Mapping[str, str | None]) -> Form:
        """Make a form of our own, leaving out what is None."""
        return cls(tuple((name, value) for name, value in values.items() if value is not None))

    def all(self, name: str) -> list[str]:
        """Give every value that came under the name."""
        return [value for key, value in self.pairs if key == name]

    def get(self, name: str, code: int = 60306) -> str | None:
        """Give the only value of the name, or None; a second one is refused as ambiguous."""
        values = self.all(name)
        if len(values) > 1:
            raise ApiError(code, f"{name} was given more than once")
        return values[0] if values else None

    def text(self, name: str, limit: int, code: int = 60306) -> str | None:
        """Give an optional value of up to `limit` characters, NUL not among them."""
        value = self.get(name, code)
        # PostgreSQL keeps no NUL.
        if value is not None and (len(value) > limit or "\0" in value):
            raise ApiError(code, f"{name} is invalid: up to {limit} characters")
        return value

    def required(self, name: str, limit: int, code: int = 60306) -> str:
        """Give a value of 1 to `limit` characters."""
        value = self.text(name, limit, code)
        if not value:
            raise ApiError(code, f"{name} is required")
        return value

    def integer(self, name: str, low: int, high: int, *, code: int) -> int | None:
        """Give an optional whole number between the bounds, both included."""
        value = self.get(name, code)
        if value is None:
            return None
        # isascii and a short length keep out other scripts' digits and numbers of endless size.
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(high))):
            raise ApiError(code, f"{name} is invalid: a number from {low} to {high}")
        number = int(value)
        if not low <= number <= high:
            raise ApiError(code, f"{name} is invalid: a number from {low} to {high}")
        return number

    def boolean(self, name: str) -> bool | None:
        """Give an optional `true` or `false`; anything else is 60300."""
        value = self.get(name, 60300)
        if value is None:
            return None
        if value.lower() not in {"true", "false"}:
            raise ApiError(60300, f"{name} is invalid: true or false")
        return value.lower() == "true"

    def strings(self, name: str, limit: int = 1024) -> dict[str, str] | None:
        """Give an optional JSON object with string values, up to `limit` characters as it came.

        Absent and empty are both None.
        """
        value = self.get(name)
        if not value:
            return None
        if len(value) > limit:
            raise ApiError(60306, f"{name} is invalid: up to {limit} characters")
        try:
            return string_members(value)
        except ValueError as error:
            raise ApiError(60306, f"{name} is invalid: a JSON object of strings") from error


def checked_identity(text: str) -> str:
    """Give the identity back if it is 8 to 64 letters, digits and dashes, else raise 60306."""
    if IDENTITY.fullmatch(text) is None:
        raise ApiError(60306, "Identity is invalid: 8 to 64 letters, digits and dashes")
    return text
