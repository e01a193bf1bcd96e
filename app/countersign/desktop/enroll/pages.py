"""The dialog's pages, but the steps: a link, the same typed in, whom to trust, and the end."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.fields import Field
from countersign.desktop.enroll.page import Page
from countersign.desktop.enroll.parts import breakable, button, label, value
from countersign.desktop.enroll.words import field_words
from countersign.desktop.theme import Space, Type
from countersign.device.enrolment import EnrolmentRequest, checked_name
from countersign.device.identity import checked_identity, computer_name, warning_about
from countersign.device.links import parse_enroll_link
from countersign.device.plain_text import visible
from countersign.push.address import checked_url, host_of, is_loopback

_LONGEST = 26  # letters in a line at the size of the host


class LinkPage(Page):
    """Takes a link."""

    typeRequested = Signal()
    pasted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.link = Field(self, self.tr("Link"), "enrollLinkEdit", "", parse_enroll_link)
        self.link.edit.setPlaceholderText("countersign://enroll?…")
        self.paste_button = button(self, self.tr("Paste"), name="pasteButton")
        self.type_button = button(self, self.tr("No link? Type it in"), look="link")
        self.type_button.setObjectName("typeInsteadButton")
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        self.link.column.replaceWidget(self.link.edit, holder := QWidget(self.link))
        row.addWidget(self.link.edit, 1)
        row.addWidget(self.paste_button)
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self.column.addWidget(self.link)
        below = QHBoxLayout()
        below.addWidget(self.type_button)
        below.addStretch()
        self.column.addLayout(below)
        self.column.addStretch()
        self.continue_button = self.add_button(self.tr("Continue"), "continueButton", "primary")
        self.paste_button.clicked.connect(self.paste)
        self.type_button.clicked.connect(self.typeRequested)
        self.link.changed.connect(self._ready)
        self.link.resized.connect(self.resized)
        self._ready()
        QWidget.setTabOrder(self.link.edit, self.paste_button)

    def paste(self) -> None:
        """Take what the clipboard holds, and go on where that is a whole link."""
        self.take(QGuiApplication.clipboard().text())

    def take(self, text: str) -> None:
        """Take a link from elsewhere, and go on where it is whole."""
        self.link.edit.setText(text.strip()[:5000])  # more than any link may have
        self.link.say("")
        self._ready()
        problem = self.link.problem
        if problem is None:
            self.pasted.emit()
            return
        self.link.say(field_words(problem))
        self.paste_button.setText(self.tr("Paste again"))

    @override
    def start(self) -> None:
        """Begin with the link."""
        self.link.edit.setFocus()

    def request(self, api_url: str | None) -> EnrolmentRequest:
        """Return what the link says; raises InputError."""
        link = parse_enroll_link(self.link.text)
        return EnrolmentRequest(
            backend_url=link.backend,
            identity=link.identity,
            friendly_name=link.name or "",
            code=link.code,
            api_url=api_url,
        )

    def _ready(self) -> None:
        self.continue_button.setEnabled(self.link.problem is None)


class TypedPage(Page):
    """Takes the same by hand."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.backend = Field(
            self,
            self.tr("Company address"),
            "backendUrlEdit",
            self.tr("Starts with https://"),
            checked_url,
        )
        self.identity = Field(
            self,
            self.tr("Your ID"),
            "identityEdit",
            self.tr("8\u201364 letters, digits or dashes; not your e-mail"),
            checked_identity,
        )
        self.code = Field(
            self, self.tr("One-time code"), "oneTimeCodeEdit", self.tr("If you were given one")
        )
        self.computer = Field(
            self,
            self.tr("Name of this computer"),
            "friendlyNameEdit",
            self.tr("Your company sees this"),
            _name_or_nothing,
        )
        self.account = Field(
            self,
            self.tr("Account name"),
            "accountNameEdit",
            self.tr("Only you see this"),
            _name_or_nothing,
        )
        self._begin()

    def _begin(self) -> None:
        self.computer.edit.setPlaceholderText(computer_name())
        self.fields = (self.backend, self.identity, self.code, self.computer, self.account)
        for field in self.fields:
            self.column.addWidget(field)
            field.changed.connect(self._ready)
            field.resized.connect(self.resized)
        self.column.addStretch()
        self.continue_button = self.add_button(self.tr("Continue"), "continueButton", "primary")
        self._ready()

    def fill_in(self, backend_url: str, computer: str, account: str) -> None:
        """Fill in what was typed before; the ID isn't kept, often only a hash (protocol.md)."""
        self.backend.edit.setText(backend_url)
        self.computer.edit.setText(computer)
        self.account.edit.setText(account)
        self._ready()

    def fix_backend(self) -> None:
        """Keep the address as it is: the company's policy names it."""
        self.backend.fix(self.tr("Set by your company"))

    @override
    def start(self) -> None:
        """Begin with the first field that is empty."""
        empty = next((field for field in self.fields if not field.text), self.backend)
        empty.edit.setFocus()

    def request(self, api_url: str | None) -> EnrolmentRequest:
        """Return what was typed; what was left empty gets its usual value later."""
        return EnrolmentRequest(
            backend_url=self.backend.text,
            identity=self.identity.text,
            friendly_name=self.computer.text,
            label=self.account.text,
            code=self.code.text or None,
            api_url=api_url,
        )

    def _ready(self) -> None:
        valid = all(field.problem is None for field in self.fields)
        self.continue_button.setEnabled(valid)
        host = host_of(self.backend.text) if self.backend.problem is None else ""
        self.account.edit.setPlaceholderText(visible(host))


class ConfirmPage(Page):
    """Asks whether the user knows the address: the one thing that only he can tell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = label(self, self.tr("Add an account from"))
        self.host = value(self, scale=Type.MESSAGE)
        self.host.setObjectName("enrollConfirmHost")
        self.advice = label(self, self.tr("Go on only if you know this address."))
        self.loopback = label(self, self.tr("Test address on your own computer."), look="quiet")
        self.personal = label(self, look="warning")
        self.personal.setObjectName("enrollIdentityWarning")
        words = self.tr("Keep the key in this computer's security chip (TPM)")
        self.hardware = QCheckBox(words, self)
        self.hardware.setObjectName("hardwareKeyBox")
        self.hardware.setAccessibleName(words)
        self.why = label(
            self,
            self.tr("Nobody can copy it from there. It is gone if the chip is cleared."),
            scale=Type.SMALL,
            look="quiet",
        )
        self.hardware.setAccessibleDescription(self.why.text())
        for widget in (self.title, self.host, self.advice, self.loopback, self.personal):
            self.column.addWidget(widget)
        self.column.addWidget(self.hardware)
        self.column.addWidget(self.why)
        self.offer_hardware(offered=False)
        self.column.addStretch()
        self.back_button = self.add_button(self.tr("Back"), "backButton")
        self.add_account_button = self.add_button(self.tr("Add account"), "enrollButton", "primary")
        # No default here: an Enter that was meant for another window must not agree to this one.
        for each in self.buttons:
            each.setAutoDefault(True)

    def offer_hardware(self, *, offered: bool) -> None:
        """Offer to make the key in the TPM, where there is one."""
        for part in (self.hardware, self.why):
            part.setVisible(offered)

    def ask_about(self, request: EnrolmentRequest) -> None:
        """Show whom this is about."""
        self.host.setText(breakable(visible(host_of(request.backend_url)), _LONGEST))
        self.loopback.setVisible(is_loopback(request.backend_url))
        warning = warning_about(request.identity)
        self.personal.setText(self._translated(warning) if warning else "")
        self.personal.setVisible(warning is not None)

    @override
    def start(self) -> None:
        """Begin with the way back."""
        self.back_button.setFocus()

    def _translated(self, warning: str) -> str:
        if "phone" in warning:
            return self.tr("This looks like a phone number. Use the ID from your company.")
        return self.tr("This looks like an e-mail address. Use the ID from your company.")


class EndPage(Page):
    """Says that it worked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentence = label(self, scale=Type.TITLE, look="ok")
        self.sentence.setObjectName("enrollDone")
        self.column.addWidget(self.sentence)
        words = self.tr("Start when I sign in to this computer")
        self.login = QCheckBox(words, self)
        self.login.setObjectName("startWithSessionBox")
        self.login.setAccessibleName(words)
        self.why = label(self, self.tr("Otherwise you'll miss requests."), look="quiet")
        self.login.setAccessibleDescription(self.why.text())
        self.column.addWidget(self.login)
        self.column.addWidget(self.why)
        self.offer_login(offered=False)
        self.column.addStretch()
        self.done_button = self.add_button(self.tr("Done"), "doneButton", "primary")

    def show_account(self, name: str) -> None:
        """Name the account that is ready."""
        ready = self.tr("✓ {account} is ready. New requests show up here.")
        self.sentence.setText(ready.replace("{account}", breakable(visible(name))))

    def offer_login(self, *, offered: bool) -> None:
        """Offer to start the app with the user's session: ticked, and done by Done."""
        self.login.setChecked(offered)
        for part in (self.login, self.why):
            part.setVisible(offered)

    @override
    def start(self) -> None:
        """Begin and end with Done."""
        self.done_button.setFocus()


def _name_or_nothing(text: str) -> None:
    if text:
        checked_name(text)
