"""Whether text fits where it stands: what a translator's long words and other layouts do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar
from typing_extensions import override

from countersign.desktop.lists.accounts import AllRequestsButton
from countersign.desktop.request.text_label import TextLabel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

STRETCH: Final = 0.4
"""How much longer than English a German or Finnish text may be."""
SLACK: Final = 1
PAINTED: Final = (AllRequestsButton,)
"""Paint themselves and cut what has no room with "…"."""


class LongWords(QTranslator):
    """Translates everything into itself, longer."""

    @override
    def isEmpty(self) -> bool:
        """Claim to know something."""
        return False

    @override
    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        """Stretch a text by words as long as German ones."""
        more = max(1, round(len(source) * STRETCH))
        return source + " " + "weitereswort"[: more - 1] if more < 12 else _filled(source, more)


def _filled(source: str, more: int) -> str:
    word = "weiteres "
    return f"{source} {(word * (more // len(word) + 1))[: more - 1]}"


def misfits(top: QWidget) -> Iterator[str]:
    """Name the visible labels, buttons and tabs whose text doesn't fit."""
    for label in top.findChildren(QLabel):
        if label.isVisible() and label.text() and not _label_fits(label):
            yield f"label {label.objectName()} {label.text()!r} in {label.size().toTuple()}"
    for button in top.findChildren(QAbstractButton):
        if isinstance(button, PAINTED) or not button.isVisible() or not button.text():
            continue
        needs, has = button.sizeHint(), button.size()
        if needs.width() > has.width() + SLACK or needs.height() > has.height() + SLACK:
            yield f"button {button.objectName()} {button.text()!r}: {has.toTuple()}"
    for tabs in top.findChildren(QTabBar):
        if tabs.isVisible() and tabs.sizeHint().width() > tabs.width() + SLACK:
            texts = [tabs.tabText(place) for place in range(tabs.count())]
            yield f"tabs {tabs.objectName()} {texts}: {tabs.size().toTuple()}"
    yield from _outside(top)


def _label_fits(label: QLabel) -> bool:
    if isinstance(label, TextLabel):
        return label.height() + SLACK >= label.heightForWidth(label.width())
    if label.wordWrap():
        return label.height() + SLACK >= label.heightForWidth(label.width())
    return label.width() + SLACK >= label.sizeHint().width()


def _outside(top: QWidget) -> Iterator[str]:
    """Name what stands outside of its parent; what is scrolled may."""
    texts: tuple[QLabel | QAbstractButton, ...]
    texts = (*top.findChildren(QLabel), *top.findChildren(QAbstractButton))
    for each in texts:
        parent = each.parentWidget()
        if not each.isVisible() or parent is None or not each.text():
            continue
        room = parent.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not room.contains(each.geometry()):
            yield f"{each.objectName()} {each.text()!r} outside of its parent"
