"""The look follows the setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from countersign.desktop.preferences import Preferences
    from countersign.desktop.theme import Theme


def follow(theme: Theme, preferences: Preferences) -> None:
    """Look as the user has set it, now and from now on."""
    preferences.changed.connect(lambda _before: theme.set_appearance(preferences.now.appearance))
    theme.set_appearance(preferences.now.appearance)
