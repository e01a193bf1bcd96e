"""What to do where no password store runs, in the words of the desktop that this is."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from countersign.desktop.enroll.panel_dialog import PanelDialog
from countersign.desktop.enroll.parts import button, label
from countersign.desktop.theme import Type

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KDE: Final = frozenset({"kde", "lxqt"})
_GNOME: Final = frozenset(
    {"gnome", "unity", "x-cinnamon", "cinnamon", "mate", "xfce", "budgie", "pantheon", "lxde"}
)
"""Desktops whose own password store is GNOME Keyring, as XDG_CURRENT_DESKTOP names them."""

translate = QCoreApplication.translate


def how_to_fix(system: str = sys.platform, desktops: str | None = None) -> str:
    """Return what to do where the password store is missing.

    `desktops` is what XDG_CURRENT_DESKTOP says, names with colons between them.
    """
    if system == "win32":
        return translate(
            "PasswordStore",
            "Credential Manager works only for somebody who has signed in to this computer itself, "
            "with a password. Sign in that way, then try again.",
        )
    if system == "darwin":
        return translate(
            "PasswordStore",
            "Open Keychain Access and see that there is a keychain called “login”, then try again.",
        )
    if desktops is None:
        desktops = os.environ.get("XDG_CURRENT_DESKTOP", "")
    names = {name.lower() for name in desktops.split(":")}
    if names & _KDE:
        return translate(
            "PasswordStore",
            "Open System Settings and look for KDE Wallet. Switch on “Enable the KDE wallet "
            "subsystem” and “Use KWallet for the Secret Service interface”, then try again.",
        )
    if names & _GNOME:
        return translate(
            "PasswordStore",
            "Start GNOME Keyring: install the package “gnome-keyring” if it is missing, sign out "
            "of this computer and in again, then try again.",
        )
    return translate(
        "PasswordStore",
        "Start GNOME Keyring, KWallet or another Secret Service: install the package "
        "“gnome-keyring” or “kwallet” if there is none, sign out of this computer and in again, "
        "then try again.",
    )


class HowToFixDialog(PanelDialog):
    """`howToFixDialog`; use `open()`. It deletes itself when it is closed."""

    def __init__(self, parent: QWidget | None, sentence: str, steps: str) -> None:
        super().__init__(parent, "howToFixDialog", translate("PasswordStore", "How to fix"))
        self.sentence = label(self, sentence, scale=Type.TITLE)
        self.steps = label(self, steps)
        self.steps.setObjectName("howToFixText")
        check = label(
            self,
            self.tr("In a terminal, “countersign doctor” tells whether it works."),
            scale=Type.SMALL,
            look="quiet",
        )
        for text in (self.sentence, self.steps, check):
            self.column.addWidget(text)
        self.close_button = button(
            self, self.tr("Close"), name="closeHowToFixButton", look="primary"
        )
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        self.foot.addStretch()
        self.foot.addWidget(self.close_button)
