"""The settings in force, for everything in the window: one object, one signal when they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from countersign.device.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable
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
        self.policy: PolicyState | None = None
        self._rule: Callable[[PolicyState, Settings], Settings] | None = None
        self._own = settings or Settings()
        self._now = self._own
        if policy is not None:
            self.obey(policy)

    @property
    def own(self) -> Settings:
        """What the user has set: what is saved."""
        return self._own

    @property
    def now(self) -> Settings:
        """The settings in force."""
        return self._now

    def obey(self, policy: PolicyState) -> None:
        """Have the company's policy hold over the user's settings from now on.

        It comes with the device, after the first paint: until then nothing is asked that it sets.
        """
        from countersign.device.policy import effective  # noqa: PLC0415 - slow to import

        before, self.policy, self._rule = self._now, policy, effective
        self._now = self._ruled(self._own)
        if self._now != before:
            self.changed.emit(before)

    def change(self, **values: Any) -> None:  # noqa: ANN401 - the fields of Settings
        """Change fields by name; the caller has checked the values."""
        before, own = self._now, replace(self._own, **values)
        if own != self._own:
            self._own, self._now = own, self._ruled(own)
            self.changed.emit(before)

    def _ruled(self, own: Settings) -> Settings:
        return own if self._rule is None or self.policy is None else self._rule(self.policy, own)
