"""What a check found, in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.language.errors import translated
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from countersign.device.check_up import Check

translate = QCoreApplication.translate
_LONGEST: Final = 300
_POLICY: Final = 700
"""A path, what is wrong there, and whom to ask."""


def check_words(check: Check) -> str:
    """Return the sentence, and what to do where it isn't fine. Safe to show."""
    text = _fine(check) if check.ok else _wrong(check)
    if check.name == "policy" and not check.ok:
        return visible(f"{translated(check.detail)} {translated(check.hint)}".strip(), _POLICY)
    if text:
        text = text.format(about=check.about, minutes=abs(check.minutes))
    return visible(text or f"{check.detail} {check.hint}".strip(), _LONGEST)


def _fine(check: Check) -> str:
    if check.name == "policy":
        if not check.about:
            return translate("Checks", "Your company has set nothing on this computer.")
        return translate("Checks", "Your company's settings are in force: {about}")
    return {
        "storage": translate("Checks", "The profile can be read and written."),
        "keyring": translate("Checks", "{about} keeps the keys, and gives them back."),
        "network": translate("Checks", "{about} answers."),
        "tls": translate("Checks", "{about} has proven who it is."),
        "clock": translate("Checks", "This computer and {about} agree on the time."),
    }.get(check.name, "")


def _wrong(check: Check) -> str:
    if check.name == "clock":
        slow = translate("Checks", "This computer's clock is {minutes} min slow. Set it.")
        fast = translate("Checks", "This computer's clock is {minutes} min fast. Set it.")
        return slow if check.minutes > 0 else fast
    if check.name == "storage":
        return translate(
            "Checks",
            "Can't save on this computer: the disk is full or read-only.",
        )
    return {
        "unreachable": translate(
            "Checks", "Can't reach {about}. Check the address and your connection."
        ),
        "answer_lost": translate("Checks", "{about} was reached, but didn't answer."),
        "certificate": translate("Checks", "The connection to {about} isn't safe."),
        "missing": translate("Checks", "No password store is running on this computer."),
        "locked": translate("Checks", "Your password store is locked."),
        "dismissed": translate("Checks", "Your password store is still locked."),
        "refused": translate(
            "Checks",
            "The password store here keeps secrets unprotected, so Countersign won't use it.",
        ),
    }.get(check.error, "")
