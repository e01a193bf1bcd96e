"""Every text that a window shows or says, and what of it the app has not translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QTabBar, QWidget

from countersign.desktop.language.speaking import LANGUAGES
from countersign.push.address import host_of
from tests.screenshots import people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtCore import QAbstractItemModel

_SAYING: Final = (
    "accessibleDescription",
    "accessibleName",
    "placeholderText",
    "text",
    "title",
    "toolTip",
    "windowTitle",
)
_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)
_TECHNICAL: Final = {"errorDetails", "keyFingerprint"}
"""Labels of what is copied for whoever helps: codes, in English everywhere."""
_MARKED: Final = re.compile(r"⟦[^⟦⟧]*⟧")
_DATES: Final = re.compile(r"\w+, \d+ \w+ \d{4}")  # of the locale, which has no pseudo one
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")
_NAMES: Final = (
    *LANGUAGES.values(),
    "GNOME Keyring",
    r"/(home|gone)/\S+",
    r"/etc/[\w./-]+",
    r"(verify\.a-rather\S+|auth\.example|(http://)?proxy\.example)\.com(:8080)?",
    "Countersign",
    "</?qt>",
    "<br>",
    "countersign://enroll",
    r"0\.1\.0\S*",
)


def texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield what is shown or said, each with the widget's kind and name."""
    for each in (top, *top.findChildren(QWidget)):
        if each.objectName() in _TECHNICAL:
            continue
        where = f"{type(each).__name__} {each.objectName()}"
        for text in _of(each):
            if text:
                yield where, text


def untranslated(top: QWidget) -> list[tuple[str, str]]:
    """Return what is neither marked by the pseudo language nor said by a company or a user."""
    return [(where, text) for where, text in texts(top) if _LETTERS.search(_rest(text))]


def _rest(text: str) -> str:
    for said in _data():
        text = text.replace(said, "")
    text = re.sub("|".join((*_NAMES, _DATES.pattern)), "", text)
    while _MARKED.search(text):  # a translated sentence may hold another
        text = _MARKED.sub("", text)
    return text


def _data() -> list[str]:
    found: set[str] = set()
    for one in vars(people).values():
        if isinstance(one, people.Asked):
            found |= {one.message, *(part for field in one.fields for part in field)}
    for account in people.ALL:
        found |= {account.label, host_of(account.backend_url), account.friendly_name}
    found |= {decision.message for decision in people.history()}
    return sorted(found, key=len, reverse=True)


def _of(widget: QWidget) -> Iterator[str]:
    for name in _SAYING:
        # What stands in a field is the user's; what stands in a choice comes below.
        if name == "text" and isinstance(widget, QLineEdit):
            continue
        said = getattr(widget, name, None)
        text = said() if callable(said) and (name != "text" or _has_text(widget)) else ""
        if isinstance(text, str):
            yield text
    yield from (action.text() for action in widget.actions())
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from _rows(widget)


def _has_text(widget: QWidget) -> bool:
    return not isinstance(widget, QAbstractItemView)


def _rows(view: QAbstractItemView) -> Iterator[str]:
    model: QAbstractItemModel | None = view.model()
    if model is None:
        return
    for row in range(model.rowCount()):
        for role in _ROLES:
            text = model.index(row, 0).data(role)
            if isinstance(text, str):
                yield text
