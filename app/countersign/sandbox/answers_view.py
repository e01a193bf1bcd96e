"""A signed answer taken apart for a person: what it says, whether it holds, where it differs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from countersign.sandbox import jose, strictjson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from countersign.sandbox.journal import ChallengeEvent

MISSING = "—"


@dataclass(frozen=True, slots=True)
class Compared:
    """One field as it was served and as it was signed, both as JSON text."""

    name: str
    served: str
    signed: str
    same: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer that a device sent, taken or not."""

    at: float
    text: str
    code: int | None
    auth_payload: str
    problem: str | None
    """Why it can't even be read; then there is nothing below."""
    header: str = ""
    valid: bool = False
    """Whether the signature is that of the factor's key."""
    fields: tuple[Compared, ...] = ()

    @property
    def same(self) -> bool:
        """Whether everything that was served was signed, and nothing else."""
        return all(field.same for field in self.fields)


def view(event: ChallengeEvent) -> AnswerView:
    """Take an answer apart, by itself: nothing of what was decided then is believed."""
    payload = event.auth_payload or ""
    start = event.at, event.text, event.code, payload
    try:
        jws = jose.split(payload)
        header, signed = jose.read_object(jws.header), jose.read_object(jws.payload)
    except ValueError as error:
        return AnswerView(*start, problem=f"Not a compact JWS: {error}")
    valid = event.public_key is not None and jose.verify(event.public_key, jws)
    fields = tuple(_compared(event.served or {}, signed))
    return AnswerView(*start, None, strictjson.dumps(header), valid, fields)


def _compared(served: dict[str, object], signed: dict[str, object]) -> Iterator[Compared]:
    for name, value in served.items():
        told = _text(signed[name]) if name in signed else MISSING
        if name == "status":
            # The one field that an answer changes.
            fits = signed.get(name) in {"approved", "denied"}
            yield Compared(name, _text(value), told, fits, "the answer" if fits else "")
        else:
            same = name in signed and strictjson.same(value, signed[name])
            yield Compared(name, _text(value), told, same)
    for name, value in signed.items():
        if name not in served:
            yield Compared(name, MISSING, _text(value), same=False, why="not asked for")


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
