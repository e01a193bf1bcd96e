"""What the tray's icon tells, and that each state is told by its shape."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QIcon, QImage

from countersign.desktop.tray.icon import SIZES, picture, tray_icon
from countersign.desktop.tray.look import Look, Sign, look_of
from countersign.device.inbox import AccountView
from countersign.device.polling import Watch
from countersign.push.errors import ApiError, KeyStorageError, NetworkError
from tests.desktop.notify.board import OTHER, ask
from tests.desktop.request.world import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from countersign.push.errors import CountersignError

OFFLINE = NetworkError("unreachable", "No answer.")
LOCKED = KeyStorageError("locked", "It is locked.")
REFUSED = ApiError("unauthorized", "No.", code=20403, status=403)


def watch(
    error: CountersignError | None = None, *, failures: int = 0, other: bool = False
) -> Watch:
    account = OTHER if other else ACCOUNT
    return Watch(account, AccountView(account, (ask(1),), error=error), failures=failures)


@pytest.mark.parametrize(
    ("watches", "sign"),
    [
        ([], Sign.NORMAL),
        ([watch()], Sign.NORMAL),
        ([watch(OFFLINE, failures=1)], Sign.OFFLINE),
        ([watch(OFFLINE, failures=9), watch(other=True)], Sign.NORMAL),
        ([watch(LOCKED, failures=1)], Sign.WARNING),
        ([watch(REFUSED, failures=1), watch(other=True)], Sign.NORMAL),
        ([watch(REFUSED, failures=2), watch(other=True)], Sign.WARNING),
        ([watch(OFFLINE, failures=3), watch(LOCKED, failures=1, other=True)], Sign.WARNING),
    ],
)
def test_the_sign_says_what_keeps_requests_from_being_seen(
    watches: list[Watch], sign: Sign
) -> None:
    assert look_of(watches, "3").sign is sign
    assert look_of(watches, "3").badge == "3"


def test_a_locked_app_shows_no_number() -> None:
    assert look_of([watch()], "3", locked=True) == Look(Sign.LOCKED)


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (Look(), "Countersign"),
        (Look(badge="1"), "Countersign, 1 request is waiting"),
        (Look(badge="99+"), "Countersign, 99+ requests are waiting"),
        (Look(Sign.OFFLINE, "3"), "Countersign: offline, can't see new requests"),
    ],
)
def test_it_says_so_in_words_too(look: Look, words: str) -> None:
    assert look.words == words


def shape(image: QImage) -> list[bool]:
    """Return which pixels there are, and which of these are light: what is left without colours."""
    grey = image.convertToFormat(QImage.Format.Format_ARGB32)
    size = range(image.width())
    colors = [grey.pixelColor(x, y) for y, x in itertools.product(size, size)]
    lightness = [color.alphaF() > 0.5 and color.lightnessF() > 0.5 for color in colors]
    return [color.alphaF() > 0.5 for color in colors] + lightness


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("size", SIZES)
def test_each_state_and_number_has_a_shape_of_its_own(
    qapp: object, size: int, *, dark: bool
) -> None:
    assert qapp is not None
    looks = [Look(sign) for sign in Sign]
    looks += [Look(badge=badge) for badge in ("1", "2", "12", "99+")]
    looks += [Look(Sign.WARNING, "12"), Look(Sign.OFFLINE, "12")]
    shapes = [shape(picture(look, size, dark_panel=dark).toImage()) for look in looks]
    for one, other in itertools.combinations(shapes, 2):
        differing = sum(a is not b for a, b in zip(one, other, strict=True))
        assert differing > size * size * 0.01


@pytest.mark.parametrize("panel", [0, 255])
@pytest.mark.parametrize("dark", [True, False])
def test_it_can_be_seen_on_a_panel_that_is_not_as_dark_as_was_thought(
    qapp: object, panel: int, *, dark: bool
) -> None:
    assert qapp is not None
    image = picture(Look(), 22, dark_panel=dark).toImage()
    pixels = [image.pixelColor(x, y) for y in range(22) for x in range(22)]
    seen = [one for one in pixels if one.alphaF() > 0.8 and abs(one.lightness() - panel) > 128]
    assert len(seen) > 30


def test_the_icon_has_all_sizes(qapp: object) -> None:
    assert qapp is not None
    icon = tray_icon(Look(badge="7"), dark_panel=True)
    assert [size.width() for size in icon.availableSizes()] == list(SIZES)


@pytest.fixture
def own_style(qapp: object, tmp_path: Path) -> Iterator[None]:
    """Use an icon theme that has pictures of its own for two states."""
    assert qapp is not None
    before = QIcon.themeSearchPaths(), QIcon.themeName()
    folder = tmp_path / "ours"
    pictures = folder / "scalable"
    pictures.mkdir(parents=True)
    (folder / "index.theme").write_text(
        "[Icon Theme]\nName=ours\nDirectories=scalable\n\n"
        "[scalable]\nSize=48\nType=Scalable\nMinSize=8\nMaxSize=512\n"
    )
    for name in ("countersign-tray", "countersign-tray-offline"):
        (pictures / f"{name}.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    QIcon.setThemeSearchPaths([str(tmp_path)])
    QIcon.setThemeName("ours")
    yield
    QIcon.setThemeSearchPaths(before[0])
    QIcon.setThemeName(before[1])


@pytest.mark.usefixtures("own_style")
@pytest.mark.parametrize(
    ("look", "name"),
    [
        (Look(), "countersign-tray"),
        (Look(Sign.OFFLINE), "countersign-tray-offline"),
        (Look(Sign.LOCKED), ""),
        (Look(badge="1"), ""),
        (Look(Sign.OFFLINE, "3"), ""),
    ],
)
def test_a_themes_own_icon_is_used_by_name_but_never_hides_the_number(
    look: Look, name: str
) -> None:
    icon = tray_icon(look, dark_panel=True)
    assert icon.name() == name
    assert name or [size.width() for size in icon.availableSizes()] == list(SIZES)
