"""Text from outside, made safe to show: what is hidden becomes visible, what is long is cut."""

from __future__ import annotations

import unicodedata
from typing import Final

# Cc, Cf (bidi overrides and isolates, zero-width characters), Cs, Co, Cn, and the two separators
# that break lines: each could make a text look like another one, or leave its place.
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Joiners that scripts and emoji need; alone they change no order and hide nothing.
_NEEDED: Final = frozenset({"\u200c", "\u200d"})
# Letters and marks that look like nothing: two texts that differ by one of them look alike.
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code) for code in (*range(0x180B, 0x1810), *range(0xE0100, 0xE01F0))
}


def visible(text: str, limit: int = 1000) -> str:
    """Return text for one line: hidden characters as ⟨U+202E⟩, `limit` characters at most.

    Tabs and line breaks become hidden characters too: a value must not look like two.
    """
    cut = text[:limit]
    shown = "".join(_shown(char) for char in cut)
    return shown + "…" if len(text) > limit else shown


def _shown(char: str) -> str:
    if char in _NEEDED:
        return char
    if unicodedata.category(char) in _HIDDEN or char in _BLANK:
        return f"⟨U+{ord(char):04X}⟩"
    return char
