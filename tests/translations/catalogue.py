"""What stands in a catalogue (Qt's .ts format)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Message:
    """A text and its translation: several where it counts, one for each of the language's forms."""

    context: str
    source: str
    translations: tuple[str, ...]
    numerus: bool
    finished: bool


def messages(catalogue: Path) -> list[Message]:
    """Read a catalogue of ours."""
    root = ET.parse(catalogue).getroot()  # noqa: S314 - a file of this repository
    return [
        _message(context.findtext("name") or "", element)
        for context in root.iter("context")
        for element in context.iter("message")
    ]


def missing(catalogue: Path) -> list[Message]:
    """Return what has no finished translation, or one that is empty."""
    every = messages(catalogue)
    return [one for one in every if not one.finished or not all(one.translations)]


def _message(context: str, element: ET.Element) -> Message:
    translation = element.find("translation")
    if translation is None:
        return Message(
            context, element.findtext("source") or "", ("",), numerus=False, finished=False
        )
    forms = [form.text or "" for form in translation.iter("numerusform")]
    return Message(
        context,
        element.findtext("source") or "",
        tuple(forms) if forms else (translation.text or "",),
        numerus=element.get("numerus") == "yes",
        finished=translation.get("type") is None,
    )
