"""Which screens and states there are to see (the issue's list), and the scenes that show them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.screenshots.stage import Stage

Play = Callable[["Stage"], Awaitable[None]]

STATES: Final[dict[str, str]] = {
    "request": "nothing-chosen loading ready no-fields long many-fields hurry guard sending slow "
    "approved denied not-me quiet copied-key already couldnt-read failed-details",
    "compact": "one several many-fields approved",
    "first-start": "welcome problem sandbox-starting sandbox-failed",
    "add-account": "link link-broken typed typed-wrong confirm confirm-test-address "
    "confirm-email confirm-tpm at-work cant-stop done not-https cant-reach certificate "
    "not-as-expected sign-in-first refused not-push permission-expired twenty-devices "
    "too-many-tries same-key store-locked disk-full answer-lost check-failed busy",
    "unfinished": "waiting failed too-late removed",
    "account-details": "plain why saved couldnt-save technical remove remove-offline remove-failed",
    "history": "list filtered no-match empty detail",
    "inbox": "empty muted looking more loading-more more-failed search no-match",
    "offline": "all sign-in-first details one-account busy clock problem while-away",
    "password-store": "locked missing how-to-fix refused locked-at-start dismissed gone "
    "missing-banner how-to-fix-banner",
    "changed": "seen on-click",
    "unknown-fate": "asking arrived not-arrived expired-first after-restart",
    "expired": "open too-late taken-back",
    "tray": "icons menu keep-running minimized quit",
    "burst": "folded denying denied one-by-one",
    "silent": "off allowed choose refused waiting on ended",
    "settings": "general managed couldnt-save diagnostics requests security network proxy help "
    "checked",
    "policy": "broken pin requests network help companies company not-allowed",
    "pin": "locked wrong pause forgot choose change remove settings approval approval-wrong",
    "shortcuts": "list",
}
"""By screen of `screens.md`, in its order; a state that is added here needs a scene."""


@dataclass(frozen=True)
class Scene:
    """A state of a screen and how to bring it about."""

    screen: str
    state: str
    play: Play

    @property
    def name(self) -> str:
        """How its files' names begin."""
        return f"{self.screen}-{self.state}"


SCENES: Final[dict[str, Scene]] = {}
"""By name; filled by `scene`, in the order of the modules of `scenes`."""


def scene(screen: str, state: str) -> Callable[[Play], Play]:
    """Enter a function into the table."""

    def enter(play: Play) -> Play:
        made = Scene(screen, state, play)
        if made.name in SCENES:
            raise ValueError(f"two scenes {made.name}")
        SCENES[made.name] = made
        return play

    return enter
