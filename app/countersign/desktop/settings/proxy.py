"""The rows of the proxy: which, and where it is, taken once its address makes sense."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from countersign.desktop.enroll.fields import Field
from countersign.desktop.settings.rows import Choice
from countersign.desktop.theme import Space
from countersign.device.settings import Proxy
from countersign.push.errors import InputError
from countersign.push.route import checked_proxy


class _Address(Field):
    """Where the proxy is."""

    @override
    def leave(self) -> None:
        """Say what is wrong; an empty one is not yet anything."""
        self.say("")
        if self.text and self.problem:
            self.say(self.tr("That isn't a proxy's address. What was set before stays in force."))
            if "@" in self.text:
                self.say(self.tr("Leave the name and password out: they can't be kept safely."))


class ProxyRows(QWidget):
    """`chosen` brings the settings to change, by name; an address among them was checked."""

    chosen = Signal(dict)
    resized = Signal()

    def __init__(self, parent: QWidget, *, managed: bool = False) -> None:
        super().__init__(parent)
        kinds = {
            Proxy.SYSTEM: self.tr("As the system"),
            Proxy.NONE: self.tr("None"),
            Proxy.MANUAL: self.tr("This one"),
        }
        self.kind = Choice[Proxy](self, "proxyChooser", self.tr("Proxy"), kinds, managed=managed)
        self.kind.chosen.connect(self._choose)
        self.address = _Address(
            self,
            self.tr("Proxy's address"),
            "proxyUrlEdit",
            self.tr("It looks like http://proxy.example.com:8080."),
            checked_proxy,
        )
        self.address.edit.setEnabled(not managed)
        self.address.edit.editingFinished.connect(self._typed)
        self.address.resized.connect(self.resized)
        self._waits = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(self.kind)
        column.addWidget(self.address)

    def show_value(self, proxy: Proxy, address: str) -> None:
        """Show what holds; what the user is at stays."""
        if self._waits and proxy is not Proxy.MANUAL:
            return
        if not self.address.edit.isModified():
            self.address.edit.setText(address)
            self.address.say("")
        self._show(proxy)

    def _show(self, proxy: Proxy) -> None:
        self.kind.show_value(proxy)
        self.address.setVisible(proxy is Proxy.MANUAL)
        self.resized.emit()

    def _choose(self, proxy: Proxy) -> None:
        self._waits = proxy is Proxy.MANUAL and not self._checked()
        self._show(proxy)
        if self._waits:  # for an address: only then it is in force
            self.address.edit.setFocus()
        elif proxy is Proxy.MANUAL:
            self._take(self._checked())
        else:
            self.address.edit.setModified(False)
            self.chosen.emit({"proxy": proxy})

    def _typed(self) -> None:
        """Take the address, if it is one: Enter was pressed, or the focus has left it."""
        if self.address.isVisibleTo(self) and (address := self._checked()):
            self._take(address)

    def _take(self, address: str) -> None:
        self._waits = False
        self.address.edit.setText(address)  # from now on unmodified
        self.chosen.emit({"proxy": Proxy.MANUAL, "proxy_url": address})

    def _checked(self) -> str:
        try:
            return checked_proxy(self.address.text)
        except InputError:
            return ""
