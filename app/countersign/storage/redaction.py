"""The log's second line of defence: what looks like a secret is masked, whoever logged it.

The first is that nothing secret is logged; this one is for the line that somebody adds some day.
"""

from __future__ import annotations

import re
from typing import Final

_MASK: Final = "[masked]"
_PATTERNS: Final = (
    re.compile(r"-----BEGIN [^-]{1,60}-----.*?(?:-----END [^-]{1,60}-----|$)", re.DOTALL),
    re.compile(r"(?i)\b(?:basic|bearer)\s+[\w+/=.~-]{8,}"),
    re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,4}"),  # a JWT, whole or cut
    re.compile(r"(?i)(?<=://)[^/\s@]{1,200}@"),  # user and password in an address
    re.compile(r"(?i)\b(?:code|token|password|passwd|secret|pin|identity)=[^&\s,;]+"),
    re.compile(r"\b(?:pin1|tpm2):[\w+/=]+"),
    re.compile(r"(?<![\w+/-])[0-9a-fA-F]{48,}(?![\w+/-])"),
    re.compile(r"(?<![\w+/-])(?=[\w+/-]*\d)(?=[\w+/-]*[a-z])(?=[\w+/-]*[A-Z])[\w+/-]{40,}=*"),
)


def redacted(text: str) -> str:
    """Return a line in which tokens, keys, passwords and one-time codes are masked."""
    for pattern in _PATTERNS:
        text = pattern.sub(_MASK, text)
    return text
