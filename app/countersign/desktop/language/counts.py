"""The sentences with a number in them that are made outside of a widget.

lupdate gives a text its plural forms only where `self.tr` counts, so they stand in an object. One
thing alone has a sentence of its own where English needs it; here, more are counted.
"""

from __future__ import annotations

from PySide6.QtCore import QObject


class Counts(QObject):
    """Each returns its sentence in the user's language, for a number above 1."""

    def waiting(self, number: int) -> str:
        """Return what a notice says of several requests."""
        return self.tr("%n requests are waiting.", "", number)

    def waiting_here(self, number: int, app: str) -> str:
        """Return what the tray's icon says, after its own words."""
        return self.tr("{app}, %n requests are waiting", "", number).replace("{app}", app)

    def came(self, number: int) -> str:
        """Return what is announced when several requests come at once."""
        return self.tr("%n new requests", "", number)

    def expired_away(self, number: int) -> str:
        """Return what a banner says after sleep."""
        return self.tr("While you were away, %n requests expired.", "", number)

    def in_doubt(self, number: int) -> str:
        """Return what a banner says of answers whose fate isn't known."""
        return self.tr("We don't know yet if %n answers arrived.", "", number)

    def banners(self, number: int) -> str:
        """Return how many banners wait behind the one that is shown; also for 1."""
        return self.tr("%n more", "", number)

    def rows(self, number: int) -> str:
        """Return how many rows of a request are not read aloud; also for 1."""
        return self.tr("And %n more.", "", number)
