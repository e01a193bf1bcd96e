"""What an item of the lists tells beside its text: a contract for tests that drive the window.

Listed in `docs/automation.md`, and never renumbered without a major version.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

_FIRST: Final = int(Qt.ItemDataRole.UserRole) + 1

SidRole: Final = _FIRST
"""A request's sid (inbox, history) or an account's factor sid; "" for a heading."""
StatusRole: Final = _FIRST + 1
"""One word that is never translated.

Inbox: `pending`, `unknown` (its answer's fate), `expired` or `gone`. Accounts: `ok`, `unfinished`
or `failing`. History: `approved`, `denied`, `expired`, `failed` or `unknown`; "" for a heading.
"""
AccountRole: Final = _FIRST + 2
"""The factor sid of the account that the row belongs to; "" for a heading."""
BadgeRole: Final = _FIRST + 3
"""How many requests of an account wait, an int; 100 stands for 100 or more. Accounts only."""

RowRole: Final = _FIRST + 100
"""The row itself, from a model to its delegate; not part of the contract."""
