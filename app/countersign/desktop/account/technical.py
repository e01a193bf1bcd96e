"""What those who help need to know of an account: sids, and the fingerprint of its key."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit

from countersign.desktop.enroll.parts import Fold, button, value
from countersign.desktop.theme import Type, font
from countersign.device.key_ids import in_hardware
from countersign.device.plain_text import visible

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from countersign.device.records import Account

_FLAT: Final = """
QLineEdit { border: 1px solid transparent; background: transparent; padding: 2px 0; }
QLineEdit:focus { border: 1px solid palette(link); padding: 2px 0; }
"""


def fingerprint(public_key: bytes) -> str:
    """Return SHA-256 of a DER SubjectPublicKeyInfo, in hex, in groups of four that can be read."""
    digest = hashlib.sha256(public_key).hexdigest()
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def read_only(parent: QWidget, text: str, title: str, scale: float = Type.BODY) -> QLineEdit:
    """Return a line that can be selected, copied and scrolled, but not changed."""
    line = QLineEdit(visible(text), parent)
    line.setReadOnly(True)
    line.setStyleSheet(_FLAT)  # it can't be typed in, so it doesn't look like a field
    line.setFont(font(scale))
    line.setAccessibleName(title)
    line.setCursorPosition(0)
    return line


class Technical(Fold):
    """The fold "Technical", with Copy all."""

    def __init__(self, account: Account, parent: QWidget) -> None:
        super().__init__("", parent)
        self.link.setText(self.tr("Technical"))
        self.link.setObjectName("technicalButton")
        self.lines: dict[str, QLineEdit | QLabel] = {}
        self._form = QFormLayout()
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.inside.addLayout(self._form)
        for title, text in (
            (self.tr("Factor"), account.sid),
            (self.tr("Account SID"), account.account_sid),
            (self.tr("Service"), account.service_sid),
            (self.tr("Entity"), account.entity_sid or ""),
            (self.tr("Credential"), account.credential_sid),
            (self.tr("API address"), account.api_url),
            (self.tr("Key"), self._where(account)),
        ):
            self._add(title, text)
        self.fingerprint = value(self.body, scale=Type.SMALL)
        self.fingerprint.setObjectName("keyFingerprint")
        self.fingerprint.setContentsMargins(3, 0, 0, 0)  # as a line edit's text is
        self._add_line(self.tr("Key fingerprint"), self.fingerprint)
        self.copy = button(self.body, self.tr("Copy all"), name="copyAllButton", look="link")
        self.copy.clicked.connect(self._copy)
        self.inside.addWidget(self.copy, alignment=Qt.AlignmentFlag.AlignLeft)

    def _where(self, account: Account) -> str:
        if in_hardware(account.key_id):
            return self.tr("in this computer's security chip (TPM)")
        return self.tr("in the password store")

    def show_fingerprint(self, text: str) -> None:
        """Show the key's fingerprint, or why there is none."""
        self.fingerprint.setText(visible(text))
        self.changed.emit()  # it takes two lines

    def _add(self, title: str, text: str) -> None:
        self._add_line(title, read_only(self.body, text, title, Type.SMALL))

    def _add_line(self, title: str, line: QLineEdit | QLabel) -> None:
        self.lines[title] = line
        name = QLabel(title, self.body)
        name.setFont(font(Type.SMALL))
        name.setProperty("look", "quiet")
        name.setBuddy(line)
        self._form.addRow(name, line)

    def _copy(self) -> None:
        lines = (f"{title}: {line.text()}" for title, line in self.lines.items())
        QGuiApplication.clipboard().setText("\n".join(lines))
