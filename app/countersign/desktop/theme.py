"""The visual system: colours, spacing, type, icons. Nothing else in `desktop` names a colour.

Colours follow the system (light, dark, high contrast), type follows the system's font size, and
spacing is a short scale, so that panes made apart look as if made together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QIcon, QPainter, QPalette

from countersign.desktop import _resources_rc  # noqa: F401 - registers `:/icons`
from countersign.desktop.stylesheet import stylesheet
from countersign.device.settings import Appearance

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QApplication


class Space:
    """The spacing scale, in device-independent pixels."""

    XS: Final = 4
    S: Final = 8
    M: Final = 12
    L: Final = 16
    XL: Final = 24
    XXL: Final = 28


RADIUS: Final = 8
_USUAL: Final = 13.0
"""The height of text in pixels that spacing and widths are made for: 10 pt, at 96 dpi."""


class Type:
    """Sizes of type as multiples of the system's."""

    SMALL: Final = 0.9
    BODY: Final = 1.0
    TITLE: Final = 1.15
    MESSAGE: Final = 1.6


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by what they are for, as `#rrggbb`; red means deny or danger and nothing else."""

    window: str
    panel: str
    sidebar: str
    hairline: str
    edge: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    selection: str
    danger: str
    danger_fill: str
    ok: str
    warning: str
    warning_fill: str
    badge: str
    neutral: str


LIGHT: Final = Tokens(
    window="#f6f7f9",
    panel="#ffffff",
    sidebar="#eceef2",
    hairline="#dde1e8",
    edge="#818996",
    text="#14181f",
    secondary="#566070",
    accent="#2457d6",
    on_accent="#ffffff",
    selection="#d6e2fc",
    danger="#b3261e",
    danger_fill="#fbe9e7",
    ok="#1e7a46",
    warning="#7a4f00",
    warning_fill="#fff1d0",
    badge="#2457d6",
    neutral="#d3d8e1",
)
DARK: Final = Tokens(
    window="#14171c",
    panel="#1f242d",
    sidebar="#0f1217",
    hairline="#343b47",
    edge="#7c8696",
    text="#e9ecf1",
    secondary="#a3adbb",
    accent="#7aa2ff",
    on_accent="#0b1220",
    selection="#243457",
    danger="#ff9a91",
    danger_fill="#42211f",
    ok="#7bd8a0",
    warning="#ffd58a",
    warning_fill="#3a2f14",
    badge="#7aa2ff",
    neutral="#3a4250",
)
_CONTRAST_LIGHT: Final = replace(
    LIGHT,
    window="#ffffff",
    sidebar="#ffffff",
    hairline="#000000",
    edge="#000000",
    text="#000000",
    secondary="#1f2630",
    accent="#0037a8",
    danger="#8c0b05",
    badge="#0037a8",
)
_CONTRAST_DARK: Final = replace(
    DARK,
    window="#000000",
    panel="#000000",
    sidebar="#000000",
    hairline="#ffffff",
    edge="#ffffff",
    text="#ffffff",
    secondary="#e3e8f0",
    accent="#a9c4ff",
    badge="#a9c4ff",
)


def tokens_for(*, dark: bool, contrast: bool) -> Tokens:
    """Return the colours for a system that is dark or not, with high contrast or not."""
    if contrast:
        return _CONTRAST_DARK if dark else _CONTRAST_LIGHT
    return DARK if dark else LIGHT


class Theme(QObject):
    """The app's look; there is one, made before the first window. `changed` asks for a repaint."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = LIGHT
        app.setStyle("Fusion")  # the one style that takes a palette whole on every system
        for effect in Qt.UIEffect:  # nothing here moves by itself, whatever the system's setting
            app.setEffectEnabled(effect, enable=False)
        self._appearance = Appearance.SYSTEM
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self.follow_system)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self.follow_system)
        self.follow_system()

    def set_appearance(self, appearance: Appearance) -> None:
        """Look as the user has set it."""
        if appearance is not self._appearance:
            self._appearance = appearance
            self.follow_system()

    def follow_system(self) -> None:
        """Take the system's contrast, and its colours unless the user has set which."""
        dark = self._appearance is Appearance.DARK
        if self._appearance is Appearance.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        self.use(tokens_for(dark=dark, contrast=_high_contrast()))

    def use(self, tokens: Tokens) -> None:
        """Show these colours from now on."""
        self.tokens = tokens
        self._app.setPalette(_palette(tokens))
        self._app.setStyleSheet(stylesheet(tokens))
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """Return a token as a colour to paint with."""
        return QColor(getattr(self.tokens, name))

    def icon_of_app(self) -> QIcon:
        """Return the app's icon, by the desktop's own theme where it is installed."""
        return QIcon.fromTheme("countersign", QIcon(":/icons/countersign.svg"))

    def logo(self, size: int) -> QPixmap:
        """Return the app's mark, in its own colours, `size` device-independent pixels high."""
        icon = QIcon(":/icons/countersign.svg")
        return icon.pixmap(QSize(size, size), self._app.devicePixelRatio())

    def icon(self, name: str, color: str = "text") -> QIcon:
        """Return one of our icons in a token's colour, crisp at any scale."""
        icon = QIcon()
        for size in (16, 20, 24, 32, 48):
            icon.addPixmap(self.pixmap(name, color, size))
        return icon

    def pixmap(self, name: str, color: str, size: int) -> QPixmap:
        """Return one of our icons as a pixmap of `size` device-independent pixels."""
        ratio = self._app.devicePixelRatio()
        pixmap = QIcon(f":/icons/{name}.svg").pixmap(QSize(size, size), ratio)
        painter = QPainter(pixmap)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.fillRect(pixmap.rect(), self.color(color))
        painter.end()
        return pixmap


def zoom() -> float:
    """Return how much larger the system's text is than usual; 1 where it is smaller.

    What must grow with the text is measured in this: the width of a pane, a letter's ground.
    """
    return max(1.0, QFontInfo(QGuiApplication.font()).pixelSize() / _USUAL)


def font(scale: float = Type.BODY, *, bold: bool = False) -> QFont:
    """Return the system's font at a multiple of its size."""
    found = QFont(QGuiApplication.font())
    found.setPointSizeF(found.pointSizeF() * scale)
    if bold:
        found.setWeight(QFont.Weight.DemiBold)
    return found


def _palette(tokens: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, name in {
        roles.Window: tokens.window,
        roles.Base: tokens.panel,
        roles.AlternateBase: tokens.window,
        roles.Button: tokens.panel,
        roles.WindowText: tokens.text,
        roles.Text: tokens.text,
        roles.ButtonText: tokens.text,
        roles.PlaceholderText: tokens.secondary,
        roles.Highlight: tokens.selection,
        roles.HighlightedText: tokens.text,
        roles.Link: tokens.accent,
        roles.ToolTipBase: tokens.panel,
        roles.ToolTipText: tokens.text,
        # What Fusion draws lines and shadows with, black unless it is told otherwise.
        roles.Light: tokens.panel,
        roles.Midlight: tokens.hairline,
        roles.Mid: tokens.edge,
        roles.Dark: tokens.edge,
        roles.Shadow: tokens.edge,
        roles.Accent: tokens.accent,
    }.items():
        palette.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.secondary))
    return palette


def _high_contrast() -> bool:
    """Tell whether the system asks for high contrast, where this Qt can say (6.10)."""
    accessibility = getattr(QGuiApplication.styleHints(), "accessibility", None)
    preference = getattr(accessibility() if accessibility else None, "contrastPreference", None)
    return bool(preference and "High" in str(preference()))
