"""The settings in force, for everything in the window: one object, one signal when they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from countersign.device.policy import Policy, effective
from countersign.device.settings import Settings

if TYPE_CHECKING:
    from typing import Any

    from countersign.device.policy import PolicyState


class Preferences(QObject):
    """Holds the settings in force; a change is in force at once, before it is saved.

    In force is what the company's policy makes of the user's own settings, which stay what they
    are: without the policy they hold again. `changed` comes after each change with the settings in
    force before; who saves the user's own listens to it.
    """

    changed = Signal(object)

    def __init__(
        self,
        settings: Settings | None = None,
        parent: QObject | None = None,
        *,
        policy: PolicyState | None = None,
    ) -> None:
        super().__init__(parent)
        self.policy = policy or Policy()
        self._own = settings or Settings()
        self._now = effective(self.policy, self._own)

    @property
    def own(self) -> Settings:
        """What the user has set: what is saved."""
        return self._own

    @property
    def now(self) -> Settings:
        """The settings in force."""
        return self._now

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Settings
        """Change fields by name; the caller has checked the values."""
        before, own = self._now, replace(self._own, **values)
        if own != self._own:
            self._own, self._now = own, effective(self.policy, own)
            self.changed.emit(before)
