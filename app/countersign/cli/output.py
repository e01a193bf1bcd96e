"""What commands print: for people safe text, for scripts one JSON document, never both at once."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from countersign.device.plain_text import visible
from countersign.device.policy import SUPPORT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from countersign.push.errors import CountersignError


class RawJson:
    """JSON text that goes out as it came in: each digit of a number, each member, in its order."""

    def __init__(self, text: bytes) -> None:
        self.text = ascii_escaped(text.decode("utf-8"))


class Output:
    """stdout holds what was asked for, stderr everything that is said about it.

    `support` is whom errors tell the user to ask: the company's policy names somebody.
    """

    def __init__(self, *, json: bool) -> None:
        self.json = json
        self.support = SUPPORT

    def line(self, text: str = "") -> None:
        """Print a line for people; nothing under `--json`."""
        if not self.json:
            print(_printable(text, sys.stdout.encoding))  # noqa: T201 - this is where we print

    def document(self, document: Mapping[str, Any] | RawJson) -> None:
        """Print the one JSON document; nothing without `--json`."""
        if self.json:
            print(to_json(document))  # noqa: T201 - this is where we print

    def say(self, text: str) -> None:
        """Tell the user something beside the answer."""
        print(_printable(text, sys.stderr.encoding), file=sys.stderr)  # noqa: T201 - as above

    def error(self, error: CountersignError) -> None:
        """Tell what went wrong and what to do."""
        document = self.error_document(error)
        self.document({"error": document})
        self.say(" ".join(filter(None, map(visible, (document["message"], document["hint"])))))

    def error_document(self, error: CountersignError) -> dict[str, Any]:
        """Return an error as scripts get it."""
        return {
            "code": error.code,
            "name": error.name,
            "message": error.message.replace(SUPPORT, self.support),
            "hint": error.hint.replace(SUPPORT, self.support),
        }

    def flush(self) -> None:
        """Write out what is buffered, so that a closed pipe is noticed here."""
        sys.stdout.flush()


def to_json(value: object) -> str:
    """Write JSON in ASCII alone, taking in raw JSON as it is."""
    match value:
        case RawJson():
            return value.text
        case dict():
            items = (f"{json.dumps(key)}: {to_json(item)}" for key, item in value.items())
            return "{" + ", ".join(items) + "}"
        case list() | tuple():
            return "[" + ", ".join(to_json(item) for item in value) + "]"
        case _:
            return json.dumps(value)


def ascii_escaped(text: str) -> str:
    """Escape what isn't ASCII in JSON text: that stands in strings alone, where it is the same."""
    return "".join(char if char.isascii() else json.dumps(char)[1:-1] for char in text)


def _printable(text: str, encoding: str | None) -> str:
    """Replace what a terminal's encoding lacks (LANG=C) rather than fail on it."""
    encoding = encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)
