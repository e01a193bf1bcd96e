"""A made-up language: what a translator has seen is marked, and what isn't marked is hard-coded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTranslator
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

OPENING, CLOSING = "⟦א", "⟧"
"""Stand around every text. By the Hebrew letter, Qt takes it for one from right to left."""

_KEPT: Final = re.compile(r"(\{\w+\}|%n|%L?\d|&\w|<[^>]+>)")
_ACCENTS: Final = str.maketrans("AEIOUYaeiouycnsz", "ÅÉÎÖÛÝåéîöûýçñšž")
_LONGER: Final = 0.35
"""How much longer than English: as German is, and more for short words."""


class Pseudo(QTranslator):
    """Makes its words of the source's, where one of `models` has a translation: none is at hand.

    So a text that isn't in the translations, or under another context, shows up without a mark.
    """

    def __init__(self, models: Sequence[QTranslator], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models = models

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        known = (one.translate(context, sourceText, disambiguation, n) for one in self._models)
        return pseudo(sourceText) if any(known) else None


def pseudo(text: str) -> str:
    """Return a text with accents, longer and between marks; placeholders and mnemonics stay."""
    parts = _KEPT.split(text)
    accented = "".join(
        part if place % 2 else part.translate(_ACCENTS) for place, part in enumerate(parts)
    )
    more = "·" * max(2, round(len(text) * _LONGER))
    return f"{OPENING}{accented}{more}{CLOSING}"
