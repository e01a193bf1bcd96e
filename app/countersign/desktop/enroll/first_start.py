"""What a window without accounts shows: one thing to do, and two ways to do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop import _resources_rc  # noqa: F401 - registers `:/icons`
from countersign.desktop.bugs import bug_error
from countersign.desktop.enroll.companies import Companies, make_tall
from countersign.desktop.enroll.parts import Problem, button, label, set_look
from countersign.desktop.enroll.store_page import StorePage
from countersign.desktop.enroll.trying import TrySandbox, installed
from countersign.desktop.language.errors import hint_of, message_of
from countersign.desktop.language.support import worded
from countersign.desktop.main_window.banner import Banner
from countersign.desktop.overflow import Overflow
from countersign.desktop.tasks import Tasks
from countersign.desktop.theme import Space, Type, font, zoom
from countersign.device.policy import Policy
from countersign.push.errors import KeyStorageError

if TYPE_CHECKING:
    import asyncio

    from PySide6.QtGui import QShowEvent
    from PySide6.QtWidgets import QPushButton

    from countersign.device.device import Device
    from countersign.device.policy import PolicyState
    from countersign.push.errors import CountersignError

_WIDTH: Final = 420
_LOGO: Final = 56
_MORE: Final = 1000


class FirstStart(QWidget):
    """Asks for the first account; where no key could be kept, it says that instead.

    The password store is checked when this is shown, since some can't be used at all: better to
    know before there is an account to add. `checked` brings whether it can be used.
    `linkRequested` brings the link of a sandbox that was started here, `companyRequested` a Company
    of the policy's. `banner` is for errors that
    belong to no pane: it says what the other pages' banner says.
    """

    pasteRequested = Signal()
    typeRequested = Signal()
    linkRequested = Signal(str)
    companyRequested = Signal(object)
    checked = Signal(bool)

    def __init__(self, device: Device, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("emptyState")
        self._device = device
        self._tasks = Tasks(self)
        self._tasks.failed.connect(self._broke)
        self._check: asyncio.Task[object] | None = None
        self.banner = Banner(self)
        self.welcome = QWidget(self)
        self.store = StorePage(self)
        self.store.hide()
        self.paste_button = self._tall(self.tr("Paste link"), "pasteLinkButton", "primary")
        self.type_button = self._tall(self.tr("Type it in"), "typeInButton")
        self.companies = Companies(self.welcome)
        self.sandbox_button = button(
            self.welcome,
            self.tr("Just trying? Use the sandbox"),
            name="useSandboxButton",
            look="link",
        )
        self.problem = Problem(self.welcome, "firstStartError")
        self.trying = TrySandbox(self)
        self._lay_out()
        self._center()
        self.offer(device.policy)
        self._offer_sandbox()
        self.companies.chosen.connect(self.companyRequested)
        self.paste_button.clicked.connect(self.pasteRequested)
        self.type_button.clicked.connect(self.typeRequested)
        self.store.tryRequested.connect(self.check)

    def offer(self, policy: PolicyState) -> None:
        """Offer what a policy names: whom to ask, and companies; a link is for another one then."""
        self._ask.setText(self.tr("No link? Ask {support}.").format(support=worded(policy.support)))
        if isinstance(policy, Policy) and policy.companies:
            self.companies.offer(policy.companies)
            set_look(self.paste_button, "")

    def check(self) -> None:
        """See whether the password store can be used; it may ask the user."""
        if self._check is None or self._check.done():
            self.store.show_waiting()
            self._check = self._tasks.start(self._look(), "checking the password store")

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Check when first seen; afterwards only when the user asks, for a check may prompt."""
        super().showEvent(event)
        if self._check is None:
            self.check()

    async def _look(self) -> None:
        usable = True
        try:
            await self._device.keys.check()
        except KeyStorageError as error:
            usable = False
            self.store.show_error(error)
        self._show_store(shown=not usable)
        self.checked.emit(usable)

    def _broke(self, bug: BaseException) -> None:
        self.store.show_error(bug_error(bug))
        self._show_store(shown=True)
        self.checked.emit(False)  # noqa: FBT003 - a signal takes no names

    def _offer_sandbox(self) -> None:
        """Offer to try it without a company, where the sandbox is installed."""
        self.sandbox_button.setFont(font(Type.SMALL))
        self.sandbox_button.setVisible(installed())
        self.sandbox_button.setToolTip(
            self.tr("Starts a company of your own on this computer, until you quit Countersign.")
        )
        self.sandbox_button.clicked.connect(self._start_sandbox)
        self.trying.ready.connect(self._sandbox_ready)
        self.trying.failed.connect(self._no_sandbox)

    def _start_sandbox(self) -> None:
        self.problem.hide()
        self._sandbox_says(self.tr("Starting the sandbox…"), enabled=False)
        self.trying.start()

    def _sandbox_ready(self, link: str) -> None:
        self._sandbox_says(self.tr("Just trying? Use the sandbox"), enabled=True)
        self.linkRequested.emit(link)

    def _no_sandbox(self, error: CountersignError) -> None:
        self._sandbox_says(self.tr("Just trying? Use the sandbox"), enabled=True)
        self.problem.show_error(error, f"{message_of(error)} {hint_of(error)}")

    def _sandbox_says(self, text: str, *, enabled: bool) -> None:
        self.sandbox_button.setText(text)
        self.sandbox_button.setEnabled(enabled)

    def _show_store(self, *, shown: bool) -> None:
        focus = QApplication.focusWidget()
        had_focus = focus is not None and self.isAncestorOf(focus)
        self.welcome.setVisible(not shown)
        self.store.setVisible(shown)
        if had_focus:
            (self.store.try_button if shown else self.paste_button).setFocus()

    def _lay_out(self) -> None:
        logo = QLabel(self.welcome)
        logo.setPixmap(QIcon(":/icons/countersign.svg").pixmap(QSize(_LOGO, _LOGO)))
        title = label(self.welcome, self.tr("Approve sign-ins from this computer"))
        title.setFont(font(Type.MESSAGE, bold=True))
        what = label(self.welcome, self.tr("Add the account your company gave you."), look="quiet")
        self._ask = ask = label(
            self.welcome,
            scale=Type.SMALL,
            look="quiet",
        )
        inside = QVBoxLayout(self.welcome)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(Space.S)
        for text in (logo, title, what, ask):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget, after in (
            (logo, Space.S),
            (title, 0),
            (what, Space.M),
            (self.companies, 0),
            (self.paste_button, 0),
            (self.type_button, 0),
            (ask, 0),
        ):
            inside.addWidget(widget)
            inside.addSpacing(after)
        inside.addWidget(self.sandbox_button, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(self.problem)

    def _center(self) -> None:
        """Put both pages into one column in the middle, under the banner."""
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.banner)
        inside = QWidget()
        column = QVBoxLayout(inside)
        outer.addWidget(Overflow(inside, self), 1)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        column.addStretch()
        for page in (self.welcome, self.store):
            page.setMaximumWidth(round(_WIDTH * zoom()))
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(page, _MORE)  # all the width that it may have, then the margins
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch()

    def _tall(self, text: str, name: str, look: str = "") -> QPushButton:
        made = button(self.welcome, text, name=name, look=look)
        make_tall(made)
        return made
