"""The colours can be read, and the compiled resources are those of `resources/`."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication

from countersign.desktop import theme as theme_module
from countersign.desktop.stylesheet import stylesheet
from countersign.desktop.theme import DARK, LIGHT, Type, font, tokens_for, zoom

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from countersign.desktop.theme import Theme, Tokens

ROOT = Path(__file__).parents[2]
TEXT = 4.5
"""WCAG 2.2 AA for text (1.4.3); 3 for the edges of controls (1.4.11)."""
EDGE = 3.0
STRICT = 7.0
SURFACES = ("window", "panel", "sidebar")
LOOKS = {
    "light": LIGHT,
    "dark": DARK,
    "contrast-light": tokens_for(dark=False, contrast=True),
    "contrast-dark": tokens_for(dark=True, contrast=True),
}
PAIRS = [
    *product(("text", "secondary", "accent", "danger", "ok", "warning"), ("window", "panel")),
    *product(("text", "secondary", "warning"), ("sidebar",)),
    *product(("text", "secondary"), ("selection",)),
    ("accent", "selection"),
    ("on_accent", "accent"),
    ("on_accent", "badge"),
    ("danger", "danger_fill"),
    ("text", "danger_fill"),
    ("warning", "warning_fill"),
    ("text", "warning_fill"),
    ("text", "neutral"),
    ("secondary", "window"),  # what is off: exempt from AA, and readable all the same
]


def luminance(color: str) -> float:
    """Return relative luminance as WCAG defines it."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize(("ink", "paper"), PAIRS)
def test_text_can_be_read(tokens: Tokens, ink: str, paper: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, paper)) >= TEXT


@pytest.mark.parametrize("tokens", LOOKS.values(), ids=LOOKS.keys())
@pytest.mark.parametrize("paper", SURFACES)
def test_controls_can_be_seen(tokens: Tokens, paper: str) -> None:
    assert contrast(tokens.edge, getattr(tokens, paper)) >= EDGE


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("ink", ["text", "secondary", "edge", "hairline", "accent"])
def test_high_contrast_is_high(ink: str, *, dark: bool) -> None:
    tokens = tokens_for(dark=dark, contrast=True)
    assert contrast(getattr(tokens, ink), tokens.window) >= STRICT


def test_type_follows_the_systems_size(qapp: QApplication) -> None:
    size = qapp.font().pointSizeF()
    assert font(Type.MESSAGE).pointSizeF() == pytest.approx(size * 1.6)
    assert font().pointSizeF() == pytest.approx(size)


@pytest.mark.parametrize(("points", "times"), [(8, 1.0), (10, 1.0), (20, 2.0)])
def test_what_grows_with_the_text_grows_as_much(
    qapp: QApplication, points: int, times: float
) -> None:
    before = qapp.font()
    qapp.setFont(QFont("Inter", points))
    try:
        assert zoom() == pytest.approx(times, abs=0.1)
    finally:
        qapp.setFont(before)


def test_a_system_that_asks_for_contrast_gets_it_at_once(
    theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme_module, "_high_contrast", lambda: True)
    hints = QGuiApplication.styleHints().accessibility()
    hints.contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    assert theme.tokens in {tokens_for(dark=dark, contrast=True) for dark in (False, True)}


@pytest.mark.usefixtures("theme")
def test_nothing_moves_by_itself(qapp: QApplication) -> None:
    assert [effect for effect in Qt.UIEffect if qapp.isEffectEnabled(effect)] == []


def test_a_change_of_colours_reaches_palette_and_widgets(theme: Theme, qapp: QApplication) -> None:
    theme.use(DARK)
    assert qapp.palette().window().color().name() == DARK.window
    assert DARK.danger in qapp.styleSheet()


def test_what_is_off_looks_different_in_high_contrast() -> None:
    for dark in (False, True):
        sheet = stylesheet(tokens_for(dark=dark, contrast=True))
        assert "1px dashed" in sheet
        assert "1px dashed" not in stylesheet(tokens_for(dark=dark, contrast=False))


@pytest.mark.parametrize(("tokens", "tick"), [(LIGHT, "light"), (DARK, "dark")])
def test_a_tick_is_drawn_for_the_ground_it_lies_on(tokens: Tokens, tick: str) -> None:
    assert f"check-on-{tick}.svg" in stylesheet(tokens)
    drawn = (ROOT / "resources" / "icons" / f"check-on-{tick}.svg").read_text()
    (ink,) = re.findall(r'stroke="(#\w{6})"', drawn)
    assert contrast(ink, tokens.accent) >= TEXT


def test_every_icon_takes_a_colour(theme: Theme) -> None:
    for path in (ROOT / "resources" / "icons").glob("*.svg"):
        image = theme.pixmap(path.stem, "danger", 24).toImage()
        inked = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert inked == {LIGHT.danger}, path


def test_the_compiled_resources_are_those_of_the_folder(tmp_path: Path) -> None:
    made = tmp_path / "resources.py"
    compiler = Path(sys.executable).with_name("pyside6-rcc")
    source = ROOT / "resources" / "countersign.qrc"
    command = [str(compiler), "-g", "python", "--format-version", "1", "-o", str(made), str(source)]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 - our own tool

    def body(path: Path) -> list[str]:
        # The head names the version of Qt, which differs between Pythons.
        return [line for line in path.read_text().splitlines() if not line.startswith("#")]

    committed = ROOT / "app" / "countersign" / "desktop" / "_resources_rc.py"
    assert body(made) == body(committed)
