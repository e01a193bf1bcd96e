"""An error's sentences in the user's language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.error_sentences import SENTENCES
from countersign.desktop.language.support import support as whom_to_ask
from countersign.desktop.language.support import worded
from countersign.device.policy import SUPPORT

if TYPE_CHECKING:
    from countersign.push.errors import CountersignError

_FIELD: Final = re.compile(r"\{(\w+)\}")
_SPARE: Final = " A spare entry may stay there. Nothing is kept here."
"""What enrolment adds to another error's sentence."""
_STORE: Final = "The password store"
"""A store of which nothing better is known; every other one has a name of its own."""


def message_of(error: CountersignError) -> str:
    """Return what happened; an error that isn't known here keeps its own words."""
    return translated(error.message)


def hint_of(error: CountersignError) -> str:
    """Return what can be done; may be empty, as the error's own."""
    return translated(error.hint)


def translated(text: str) -> str:
    """Return a sentence of another layer in the user's language, its fields as they are."""
    if text.endswith(_SPARE) and text not in SENTENCES:
        first = translated(text.removesuffix(_SPARE))
        return f"{first} {translated(_SPARE.strip())}"
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(text):
            fields = found.groupdict()
            if fields.get("Store") == _STORE:
                fields["Store"] = QCoreApplication.translate("Errors", "The password store")
            if "support" in fields:
                named = fields["support"]
                fields["support"] = whom_to_ask() if named == SUPPORT else worded(named)
            return _filled(QCoreApplication.translate("Errors", sentence), fields)
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what each sentence looks like once it is filled in; those that say most first."""
    plain_first = sorted(SENTENCES, key=lambda one: ("{" in one, -len(_FIELD.sub("", one))))
    return tuple((one, _pattern(one)) for one in plain_first)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = _FIELD.split(sentence)
    texts = [re.escape(part) for part in parts[::2]]
    fields = [f"(?P<{name}>.+)" for name in parts[1::2]] + [""]
    return re.compile("".join(a + b for a, b in zip(texts, fields, strict=True)), re.DOTALL)


def _filled(words: str, fields: dict[str, str]) -> str:
    return _FIELD.sub(lambda name: fields.get(name[1], name[0]), words)
